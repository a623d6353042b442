#!/usr/bin/env python3
"""Reckons bills of a metered utility anew from their JSON Lines, and says what does not add up. It knows no generator and no sample file.

  metered_bills.py FILE...      exit 1 if anything is wrong; prints how many bills and lines were looked at
"""
import datetime
import decimal
import json
import re
import sys

Decimal = decimal.Decimal
WEEKEND = re.compile(r"weekend|fin de semana", re.I)
WEEKDAY = re.compile(r"weekday|días hábiles", re.I)
HOLIDAYS = {(1, 1), (7, 4), (12, 25)}
MONTHS = {"en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), "es": "ene feb mar abr may jun jul ago sep oct nov dic".split()}


def money(value):
    return value.quantize(Decimal("0.01"), decimal.ROUND_HALF_UP)


def day(text):
    return datetime.date.fromisoformat(text)


def number(text):
    return Decimal(text)


class Check:
    def __init__(self):
        self.prices, self.wrong, self.lines, self.bills = {}, [], 0, 0

    def look(self, bill, place):
        def expect(holds, what, *figures):
            if not holds:
                self.wrong.append(f"{place} ({bill['invoice']}): {what} {' '.join(map(str, figures))}".rstrip())

        self.bills += 1
        extra, sections = bill.get("extra") or {}, bill["sections"]
        self.lines += sum(len(s["lines"]) for s in sections)
        # Sums.
        subtotals = Decimal(0)
        for section in sections:
            total = Decimal(0)
            dates = [line["date"] for line in section["lines"] if line.get("date")]
            expect(dates == sorted(dates), "the rows are not sorted by date in", section["title"])
            undated = [line["description"] for line in section["lines"] if not line.get("date")]
            expect(len(undated) == len(set(undated)), "a charge stands twice in", section["title"])
            for line in section["lines"]:
                total += number(line["amount"])
                if line.get("price") and line.get("quantity"):
                    expect(
                        money(number(line["quantity"]) * number(line["price"])) == number(line["amount"]), "quantity × price is not the amount:", line)
                if line.get("date"):
                    date = day(line["date"])
                    expect(day(bill["period"]["from"]) <= date <= day(bill["period"]["to"]), "a line lies outside the period:", line)
                    free = date.weekday() > 4 or (date.month, date.day) in HOLIDAYS
                    expect(not WEEKEND.search(line["description"]) or free, "not a weekend:", date, line["description"])
                    expect(not WEEKDAY.search(line["description"]) or not free, "not a weekday:", date, line["description"])
            expect(total == number(section["subtotal"]), "the lines come to", total, "not", section["subtotal"])
            subtotals += total
        for tax in bill.get("taxes") or []:
            expect(number(tax["base"]) == subtotals, "the tax is not on", subtotals)
            expect(money(number(tax["base"]) * number(tax["rate"]) / 100) == number(tax["amount"]), "the tax is wrong:", tax)
        charges = subtotals + sum(number(t["amount"]) for t in bill.get("taxes") or [])
        expect(charges == number(bill["totals"]["charges"]), "charges", charges, "not", bill["totals"]["charges"])
        balance = bill.get("balance") or {}
        due = charges + sum(number(balance.get(k) or "0") for k in ("previous", "payments", "adjustments"))
        expect(due == number(bill["totals"]["due"]), "due", due, "not", bill["totals"]["due"])
        readings = extra.get("readings")
        if not readings:
            expect(not sections, "charges without readings")
            return
        # Readings, lines, chart.
        use = Decimal(0)
        for reading in readings:
            expect(
                (number(reading["current"]) - number(reading["previous"])) * number(reading["multiplier"]) == number(reading["use"]),
                "a reading gives another use:", reading)
            expect(reading["from"] == bill["period"]["from"] and reading["to"] == bill["period"]["to"], "a reading of another period")
            expect(reading["meter"] == extra["meter"], "a reading of another meter")
            use += number(reading["use"])
        expect(bool(extra.get("estimated")) == any(r["estimated"] for r in readings), "estimated, and not")
        energy = sections[0]["lines"]
        expect(sum(number(line["quantity"]) for line in energy) == use, "the energy lines are not the use of", use)
        expect(all(number(line["quantity"]) > 0 for line in energy), "an energy line of nothing")
        usage = bill.get("usage") or []
        if usage:
            expect(number(usage[-1]["value"]) == use, "the chart's last month is", usage[-1]["value"], "not", use)
            labels = MONTHS[bill["language"][:2]]
            last = labels.index(usage[-1]["label"])
            expect(last == day(bill["period"]["to"]).month - 1, "the chart ends in another month")
            expect([u["label"] for u in usage] == [labels[(last - n) % 12] for n in range(len(usage))][::-1], "the chart leaves out a month")
        # Prices: one a tariff, on all bills.
        prices = extra.get("prices") or []
        for words, price in [(line["description"], line.get("price")) for s in sections for line in s["lines"]]:
            name = next((p["name"] for p in prices if words == p["name"] or words.startswith(tariff(p["name"]))), words)
            if price and number(price) != Decimal(self.prices.setdefault((bill["language"], name), price)):
                expect(False, "another price than on other bills:", name, price)
        if prices:
            by_name = {}
            for line in energy:
                name = next((p["name"] for p in prices if line["description"] == p["name"] or line["description"].startswith(tariff(p["name"]))), None)
                expect(name, "no price for", line["description"])
                by_name[name] = by_name.get(name, 0) + number(line["quantity"])
            expect(
                by_name == {p["name"]: number(p["quantity"]) for p in prices if p["energy"]}, "the tariffs' quantities are not those of the lines")
            expect(
                bool(extra.get("price_date")) == any(number(p["price"]) != number(p["last_price"]) for p in prices), "a change of prices without a date")
            last_use = sum(number(p["last_quantity"]) for p in prices if p["energy"])
            last_bill = extra["last_bill"]
            expect(last_use == number(last_bill["use"]), "last bill's tariffs come to", last_use, "not", last_bill["use"])
            for p in prices:
                if not p["energy"]:
                    expect(number(p["quantity"]) == use and number(p["last_quantity"]) == last_use, "a charge on another use:", p["name"])
        # The bills before.
        last_bill, last_year = extra.get("last_bill"), extra.get("last_year")
        expect(bool(prices) == bool(last_bill), "prices without a last bill")
        if last_bill:
            expect(day(last_bill["to"]) + datetime.timedelta(1) == day(bill["period"]["from"]), "the last bill ends on another day")
            if len(usage) > 1 and usage[-2]["value"] is not None:
                expect(number(usage[-2]["value"]) == number(last_bill["use"]), "the chart's month before is not the last bill's")
            if balance and number(balance["previous"]) >= 0:
                expect(number(balance["previous"]) == number(last_bill["charges"]), "the previous balance is not the last bill's charges")
        if last_year:
            expect(len(usage) == 13 and number(usage[0]["value"]) == number(last_year["use"]), "last year's use is not in the chart")
            expect(day(last_year["to"]).month == day(bill["period"]["to"]).month, "another month last year")
        # Mail and payment.
        postal = bill["customer"].get("postal") or {}
        routing = postal.get("imb_routing")
        if routing:
            expect(re.fullmatch(r"\d{11}", routing) and routing.startswith(postal["code"]), "the routing code is not of", postal["code"])
        line = (bill.get("payment") or {}).get("scan_line")
        if line:
            digits = [int(c) for c in line if c.isdigit()]
            doubled = [d if n % 2 == 0 else sum(divmod(d * 2, 10)) for n, d in enumerate(reversed(digits))]
            expect(sum(doubled) % 10 == 0, "the scan line's digit does not prove it:", line)
            expect(f"{int(due * 100):010d}" in line.replace(" ", ""), "the scan line has another amount:", line)


def tariff(name):
    """What the names of a tariff's parts of a day begin with: its words before a time."""
    return re.split(r",? \d", name)[0].split(",")[0] + ","


def main(paths):
    check = Check()
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for place, line in enumerate(lines, 1):
                check.look(json.loads(line), f"{path}:{place}")
    for fault in check.wrong[:40]:
        print(fault)
    print(f"{check.bills} bills, {check.lines} lines, {len(check.wrong)} faults")
    return 1 if check.wrong or not check.bills else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
