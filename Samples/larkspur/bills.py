#!/usr/bin/env python3
"""Writes bills.jsonl beside it: forty bills of Larkspur Light & Power, of November 2026, the same whenever it runs.

    Samples/larkspur/bills.py                   bills.jsonl
    Samples/larkspur/bills.py 2027-01 > FILE    those of another of the campaign's months, up to 2027-03: the same customers, whose meters,
                                                balances and histories go on; who agreed is billed without paper, as events/*.csv say

Tariffs, charges, taxes and their words are those of Layouts/larkspur/sample.yaml. Every bill adds up: the readings times the multiplier are
the use of the month, which is the sum of the energy lines and the last bar of the usage history; a tariff has one price on all bills, and its
lines stand on days it holds; the previous balance is what the last bill charged.
"""
import csv
import dataclasses
import datetime
import json
import pathlib
import random
import sys
from decimal import ROUND_HALF_UP, Decimal

import yaml

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = yaml.safe_load((HERE.parent.parent / "Layouts/larkspur/sample.yaml").read_text(encoding="utf-8"))
METER = SOURCE["meter"]
DAY = datetime.timedelta(1)


@dataclasses.dataclass
class Month:
    """One month's bills: `index` counts from November, `start` to `end` is what they are for."""
    index: int
    start: datetime.date
    end: datetime.date
    issued: datetime.date
    last_year: tuple

    @property
    def number(self):
        """The month of the year, from zero."""
        return (10 + self.index) % 12

    @property
    def name(self):
        return f"{self.issued:%Y-%m}"

    @property
    def due(self):
        return self.issued + 21 * DAY

    @property
    def days(self):
        return [self.start + n * DAY for n in range((self.end - self.start).days + 1)]


def months():
    """November to March; meters are read on the 19th, and bills go out on the 22nd."""
    date = datetime.date
    yield Month(0, date(2026, 10, 20), date(2026, 11, 19), date(2026, 11, 23), (date(2025, 10, 21), date(2025, 11, 19)))
    for n, (year, month) in enumerate([(2026, 12), (2027, 1), (2027, 2), (2027, 3)], 1):
        start = (date(year, month, 1) - DAY).replace(day=20)
        yield Month(
            n, start, date(year, month, 19), date(year, month, 22), (start.replace(year=start.year - 1), date(year - 1, month, 19)))


NOVEMBER, *LATER = months()
# What the bill before November's was for.
LAST = (datetime.date(2026, 9, 19), datetime.date(2026, 10, 19))
CENT = Decimal("0.01")

# Invoice, account, name, address above the town's line (or all of it), ZIP code, language, kilowatt-hours.
CUSTOMERS = [
    ("4700", "4400-1000-00", "Ana Petrović", "18 Larkspur Ave", "97204", "en", 606),
    ("4701", "4400-1037-13", "James O’Connor", "25 SE Hawthorne Blvd Apt 2", "97205", "en", 715),
    ("4702", "4400-1074-26", "María Fernanda Gutiérrez Rodríguez", "32 NW Thurman St Apt 3", "97206", "es", 595),
    ("4703", "4400-1111-39", "Li Wei", "39 N Mississippi Ave", "97207", "en", 553),
    ("4704", "4400-1148-52", "Σοφία Παπαδοπούλου", "46 SW Vista Ave Apt 5", "97208", "en", 479),
    ("4705", "4400-1185-65", "Иван Сергеевич Кузнецов", "53 NE Alberta St Apt 6", "97209", "en", 604),
    ("4706", "4400-1222-78", "Noor Al-Hakim", "60 SE Division St", "97210", "es", 555),
    ("4707", "4400-1259-91", "David Goldberg", "67 NW Couch St Apt 8", "97211", "en", 388),
    ("4708", "4400-1296-04", "Søren Kjærgaard", "74 Larkspur Ave Apt 9", "97212", "en", 568),
    ("4709", "4400-1333-17", "Chloë Brontë-Whitfield", "81 SE Hawthorne Blvd", "97213", "en", 522),
    ("4710", "4400-1370-30", "Tran Thi Minh Khai", "88 NW Thurman St Apt 11", "97214", "en", 710),
    ("4712", "4400-1444-56", "Otto von Hohenlohe-Langenburg-Bartenstein und Jagstberg", ["Attn: Accounts Payable, Third Floor", "c/o Hohenlohe Family Property Holdings LLC", "Building 7, Suite 4120-B", "The Larkspur Professional Center", "11875 NW Thurman St", "Unincorporated Multnomah County", "Portland OR 97210-0042", "UNITED STATES"], "97216", "en", 605),
    ("4713", "4400-1481-69", "Grace Kim", "109 NE Alberta St Apt 2", "97217", "en", 621),
    ("4714", "4400-1518-82", "Luis Ortega", "116 SE Division St Apt 3", "97218", "es", 717),
    ("4715", "4400-1555-95", "Fatima Zahra Bensaïd", "123 NW Couch St", "97219", "en", 564),
    ("4716", "4400-1592-08", "Pat Lee", "130 Larkspur Ave Apt 5", "97220", "en", 481),
    ("4717", "4400-1629-21", "Zoë Müller", "137 SE Hawthorne Blvd Apt 6", "97221", "en", 528),
    ("4718", "4400-1666-34", "Étienne Lefèvre", "144 NW Thurman St", "97222", "es", 471),
    ("4719", "4400-1703-47", "Hannah Schwartz", "151 N Mississippi Ave Apt 8", "97223", "en", 543),
    ("4720", "4400-1740-60", "عمر فاروق", "158 SW Vista Ave Apt 9", "97204", "en", 557),
    ("4721", "4400-1777-73", "דוד גולדברג", "165 NE Alberta St", "97205", "en", 708),
    ("4722", "4400-1814-86", "Kofi Mensah", "172 SE Division St Apt 11", "97206", "es", 572),
    ("4723", "4400-1851-99", "Ingrid Åkesson", "179 NW Couch St Apt 12", "97207", "en", 579),
    ("4724", "4400-1888-12", "Jo Ray", "186 Larkspur Ave", "97208", "en", 577),
    ("4725", "4400-1925-25", "Walter J. Featherstonehaugh-Cholmondeley III", "193 SE Hawthorne Blvd Apt 2", "97209", "en", 628),
    ("4726", "4400-1962-38", "Rosa Delgado", "200 NW Thurman St Apt 3", "97210", "es", 613),
    ("4727", "4400-1999-51", "Tom Baker", "207 N Mississippi Ave", "97211", "en", 590),
    ("4728", "4400-2036-64", "Yuki Tanaka", "214 SW Vista Ave Apt 5", "97212", "en", 570),
    ("4729", "4400-2073-77", "Priya Raghunathan", "221 NE Alberta St Apt 6", "97213", "en", 427),
    ("4730", "4400-2110-90", "Eve Adams", "228 SE Division St", "97214", "es", 598),
    ("4731", "4400-2147-03", "Samuel Okonkwo-Eze", "235 NW Couch St Apt 8", "97215", "en", 766),
    ("4732", "4400-2184-16", "Marta Kowalczyk", "242 Larkspur Ave Apt 9", "97216", "en", 495),
    ("4733", "4400-2221-29", "Benjamin Franklin Pierce", "249 SE Hawthorne Blvd", "97217", "en", 712),
    ("4734", "4400-2258-42", "Lucía Núñez de la Vega", "256 NW Thurman St Apt 11", "97218", "es", 467),
    ("4735", "4400-2295-55", "Carl Weiss", "263 N Mississippi Ave Apt 12", "97219", "en", 526),
    ("4736", "4400-2332-68", "Ada Byron", "270 SW Vista Ave", "97220", "en", 455),
    ("4737", "4400-2369-81", "Mei-Ling Chang", "277 NE Alberta St Apt 2", "97221", "en", 657),
    ("4738", "4400-2406-94", "Dmitri Volkov", "284 SE Division St Apt 3", "97222", "es", 456),
    ("4739", "4400-2443-07", "Isabel Allende Llona", "291 NW Couch St", "97223", "en", 650),
]

# How many energy lines a bill has: 4 and fewer are the month's totals, up to 20 those of weeks, then of days, then of parts of days.
LINES = {
    "4701": 291, "4703": 6, "4705": 13, "4713": 1, "4716": 2, "4717": 9, "4719": 11, "4722": 81, "4724": 1, "4725": 7, "4726": 15, "4731": 51,
    "4732": 22, "4733": 36, "4734": 31, "4739": 15}
LINES |= dict.fromkeys(["4700", "4702", "4706", "4708", "4712", "4715", "4718", "4721", "4723", "4736"], 29)
# How many charges of delivery and of programs; 6 and 3 for most, more where the energy is in totals.
CHARGES = {"4703": (6, 0), "4704": (4, 0), "4713": (0, 0), "4716": (3, 0), "4724": (0, 0)}
USE = {"4713": 12, "4716": 24, "4724": 5_378_000, "4719": 488, "4701": 2715}
MULTIPLIERS = {"4724": 2000}
KINDS = {"4703": "credit", "4715": "final", "4716": "termination"}
DELIVERY = {"4708": "electronic", "4709": "both", "4730": "electronic"}
# Who is billed without paper has agreed to that.
CONSENTED = {"4708", "4710", "4730"}
CONSENT = {"date": "2026-11-05", "source": "web", "scope": "all", "evidence": "c-88121"}
EMAILS = {
    "4700": "ana.petrovic@mail.example", "4701": "james@oconnor.example", "4702": "maria.gutierrez@correo.example", "4703": "li.wei@mail.example",
    "4704": "sofia@papadopoulou.example", "4705": "ivan.kuznetsov@mail.example", "4706": "noor@alhakim.example", "4708": "soren@kjaergaard.example",
    "4709": "chloe+bills@bronte-whitfield.example", "4710": "minh.khai@mail.example", "4713": "grace.kim@mail.example", "4714": "luis@ortega.example",
    "4715": "fatima@bensaid.example", "4716": "pat.lee@mail.example", "4717": "zoe@müller.example", "4718": "etienne@lefevre.example",
    "4720": "omar.farouk@mail.example", "4721": "david@goldberg.example", "4722": "kofi.mensah@mail.example", "4724": "jo.ray@mail.example",
    "4725": "walter.featherstonehaugh-cholmondeley@mail.example", "4726": "rosa.delgado@correo.example", "4728": "yuki.tanaka@mail.example",
    "4730": "eve@adams.example", "4731": "samuel@okonkwo-eze.example", "4733": "hawkeye@mail.example", "4734": "lucia.nunez@correo.example",
    "4736": "ada@byron.example", "4739": "isabel@llona.example"}
LARGE_PRINT = {"4706", "4707"}
ESTIMATED = {"4723"}
SEGMENTS = {"4724": "small-business", "4734": "farm"}
# Months of history; thirteen for all others.
HISTORY = {"4727": 0, "4728": 4}
SCANNED = {"4705", "4732"}
UNROUTED = {"4704", "4712", "4721"}
EXTRA_LINES = {
    "4717": [
        ("2026-11-03", "Adjustment of the off-peak energy charge for the period from September 20 to October 19, 2026, after a corrected reading of "
         "your meter on November 3, 2026", None, None, None, "3.51"),
        (None, "Ref:X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9X9", None, None, None, "6.05")],
    "4719": [(None, "Solar export credit", "-412", "kWh", "0.0974", "-40.13")]}


def money(value):
    return value.quantize(CENT, ROUND_HALF_UP)


def luhn(text):
    digits = [int(c) for c in text if c.isdigit()][::-1]
    return -sum(d if i % 2 else d * 2 - 9 * (d > 4) for i, d in enumerate(digits)) % 10


def allows(tariff, day):
    """Whether a tariff holds on a day."""
    free = day.weekday() > 4 or day.strftime("%m-%d") in METER["holidays"]
    return tariff["days"] == "any" or (tariff["days"] == "weekends") == free


def places(count, names, month, used=()):
    """Date, name and tariff of `count` energy lines of a month, sorted by date; of a later month fewer where its days have fewer, and with
    all tariffs that were `used` in the month before."""
    tariffs = list(enumerate(METER["tariffs"]))
    days = month.days
    if count <= len(tariffs):
        # Of one line the day is free, so that any tariff may be it.
        return [(None, names[t]["name"], t) for t in ([3], [2, 3], [0, 2, 3], [0, 1, 2, 3])[count - 1]]
    if count <= 20:
        weeks = [days[max(0, n - 6):n + 1] for n, day in enumerate(days) if day.weekday() == 6] + [days[-4:]]
        found = []
        for week in weeks:
            for t, tariff in tariffs:
                held = [day for day in week if allows(tariff, day)]
                if held:
                    found.append((held[-1], names[t]["name"], t))
    elif count <= len(days):
        found = []
        for n, day in enumerate(days):
            held = [t for t, tariff in tariffs if allows(tariff, day)]
            # The parts of the day begin with another one after November, so that a day's line costs about as many rows as then.
            t = held[(n + min(month.index, 1)) % len(held)]
            found.append((day, names[t]["name"], t))
    else:
        found = [(day, names[t]["name"], t) for day in days for t, tariff in tariffs if allows(tariff, day)]
        if count > len(found):
            found = [
                (day, block, t) for day in days for t, tariff in tariffs if allows(tariff, day) for block in names[t]["blocks"]]
    assert used or count <= len(found), count
    count = min(count, len(found))
    found.sort(key=lambda place: place[0])
    chosen = [n * len(found) // count for n in range(count)]
    for t, _ in tariffs:
        there = [found[n][2] for n in chosen]
        if t not in there and names[t]["name"] in used:
            # In the place of one of the tariff that has the most lines, and as near to it as may be.
            most = max(set(there), key=lambda other: (there.count(other), -other))
            place = there.index(most)
            free = [n for n in range(len(found)) if found[n][2] == t and n not in chosen]
            chosen[place] = min(free, key=lambda n: abs(n - chosen[place]))
    return [found[n] for n in sorted(chosen)]


def parted(total, weights):
    """`total` in whole parts of one or more, in proportion to the weights."""
    rest, seen, given, parts = total - len(weights), 0, 0, []
    for weight in weights:
        seen += weight
        upto = rest * seen // sum(weights)
        parts.append(upto - given + 1)
        given = upto
    assert sum(parts) == total and min(parts) > 0
    return parts


def item_lines(items, use):
    """The lines of items, each once: description, quantity, unit, price, amount."""
    lines = []
    for item in items:
        if "price" in item:
            quantity = use if item["quantity"] == "use" else 1
            price = Decimal(str(item["price"])).quantize(Decimal("0.0001"))
            lines.append((item["description"], quantity, item["unit"], price, money(quantity * price)))
        else:
            lines.append((item["description"], None, None, None, money(Decimal(str(item["amount"])))))
    return lines


def is_without_paper(number, account, month):
    """Whether the company bills a customer without paper: who agreed on screen ten days before the bill, and has not said otherwise since."""
    said = [CONSENT | {"state": "consent"}] if number in CONSENTED else []
    for path in sorted((HERE / "events").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            said += [row for row in csv.DictReader(file) if row["account"] == account and row["date"] < month.issued.isoformat()]
    said.sort(key=lambda row: row["date"])
    last = said[-1] if said else None
    return bool(last) and last["state"] == "consent" and last["source"] in ("web", "email", "app") and (
        last["date"] <= (month.issued - 10 * DAY).isoformat())


def bill(customer, month=NOVEMBER, before=None):
    """A customer's bill of a month; `before` is the one of the month before, which all but November's need."""
    number, account, name, address, code, language, november_use = customer
    rng = random.Random("larkspur " + number + (f" {month.name}" if before else ""))
    tag = {"en": "en-US", "es": "es-US"}[language]
    voice = SOURCE["languages"][tag]
    supply, delivery, programs = voice["sections"]
    season = SOURCE["usage"]["season"]
    use = USE.get(number, november_use)
    if before:
        use = use * season[month.number] // season[10] * rng.randint(93, 108) // 100
        use = use // MULTIPLIERS.get(number, 1) * MULTIPLIERS.get(number, 1)
    count = LINES.get(number, 4)
    if count > 20:
        # Of a shorter month as many the fewer.
        count = count * len(month.days) // 31
    is_short = count <= 4
    grid, care = CHARGES.get(number, (6, 4 if is_short else 3))
    # Energy lines.
    used = {price["name"] for price in before["extra"]["prices"] if price["energy"]} if before else set()
    spots = places(count, supply["tariffs"], month, used)
    shares = [METER["tariffs"][t]["share"] for _, _, t in spots]
    quantities = parted(use, [share * rng.randint(70, 130) for share in shares])
    prices = [Decimal(str(t["price"])) for t in METER["tariffs"]]
    last_prices = [Decimal(str(t["last-price"])) for t in METER["tariffs"]]
    # Prices changed in October; since then they are what they were.
    prices_before = prices if before else last_prices
    by_tariff = [0] * len(prices)
    energy = []
    for (day, words, t), quantity in zip(spots, quantities):
        by_tariff[t] += quantity
        line = {"date": day.isoformat()} if day else {}
        line |= {
            "description": words, "quantity": str(quantity), "unit": "kWh", "price": str(prices[t]), "amount": str(money(quantity * prices[t]))}
        energy.append(line)
    items = delivery["items"][:grid], programs["items"][:care]

    def written(found):
        lines = []
        for words, quantity, unit, price, amount in found:
            line = {"description": words}
            if quantity is not None:
                line |= {"quantity": str(quantity), "unit": unit, "price": str(price)}
            lines.append(line | {"amount": str(amount)})
        return lines

    sections = []
    for title, lines in (
        (supply["title"], energy), (delivery["title"], written(item_lines(items[0], use))),
        (programs["title"], written(item_lines(items[1], use)))):
        if title == programs["title"]:
            for day, words, quantity, unit, price, amount in EXTRA_LINES.get(number, []) if not before else []:
                line = {"date": day} if day else {}
                line |= {"description": words}
                line |= {"quantity": quantity, "unit": unit, "price": price} if quantity else {}
                lines.append(line | {"amount": amount})
            lines.sort(key=lambda line: line.get("date", ""))
        if lines:
            sections.append({"title": title, "lines": lines, "subtotal": str(sum(Decimal(line["amount"]) for line in lines))})
    base = sum(Decimal(section["subtotal"]) for section in sections)
    taxes = [] if number == "4724" else voice["taxes"]
    tax_lines = [
        {"label": tax["label"], "rate": str(tax["rate"]), "base": str(base), "amount": str(money(base * Decimal(str(tax["rate"])) / 100))}
        for tax in taxes]
    charges = base + sum(Decimal(tax["amount"]) for tax in tax_lines)
    # Thirteen months of use: the company's seasons and this customer's chance; the last one is the period's.
    def like(n):
        # The month before varies more, so that bills go down as well as up.
        return use * season[(10 + n) % 12] // season[10] * (rng.randint(95, 145) if n == 11 else rng.randint(91, 109)) // 100

    usage = [max(1, like(n)) if use > 50 else use + 5 + rng.randint(0, 40) for n in range(12)] + [use]
    if number == "4724":
        usage = [value // 2000 * 2000 for value in usage[:11]] + [5_312_000, use]
    history = HISTORY.get(number, 13)
    if before:
        usage = [int(bar["value"]) for bar in before["usage"][-12:]] + [use]
        history = min(len(usage), 13) if history else 0
        usage = [0] * (13 - len(usage)) + usage
    names = [voice["months"][(month.number + n) % 12] for n in range(13)]

    def earlier(month_use):
        """Quantities by tariff and the charges of another month at the prices before."""
        used = [t for t in range(len(prices)) if by_tariff[t]]
        parts = dict(zip(used, parted(month_use, [by_tariff[t] * rng.randint(90, 110) for t in used])))
        subtotal = sum(money(parts[t] * last_prices[t]) for t in used)
        subtotal += sum(line[4] for kind in items for line in item_lines(kind, month_use))
        return parts, subtotal + sum(money(subtotal * Decimal(str(tax["rate"])) / 100) for tax in taxes)

    last_use = usage[11]
    if before:
        last_use = int(before["extra"]["readings"][0]["use"])
        last_charges = Decimal(before["totals"]["charges"])
        then = {price["name"]: int(price["quantity"]) for price in before["extra"]["prices"] if price["energy"]}
        last_quantities = {t: then.get(tariff["name"], 0) for t, tariff in enumerate(supply["tariffs"])}
    else:
        last_quantities, last_charges = earlier(last_use)
    priced = [
        {"name": supply["tariffs"][t]["name"], "energy": True, "quantity": str(by_tariff[t]), "price": str(prices[t]),
         "last_quantity": str(last_quantities[t]), "last_price": str(prices_before[t])} for t in range(len(prices)) if by_tariff[t]]
    for kind in items:
        for item in kind:
            if item.get("quantity") == "use":
                price = str(Decimal(str(item["price"])).quantize(Decimal("0.0001")))
                priced.append(
                    {"name": item["description"], "energy": False, "quantity": str(use), "price": price, "last_quantity": str(last_use),
                     "last_price": price})
    # Balance.
    balance, payments, adjustments = last_charges, -last_charges, Decimal("0.00")
    if before:
        # What November left open was settled in December.
        pass
    elif number == "4703":
        payments -= 200
    elif number == "4704":
        payments -= charges
    elif number == "4705":
        payments = Decimal("-50.00")
    elif number == "4714":
        adjustments = Decimal("-15.00")
    due = balance + payments + adjustments + charges
    # Meter.
    multiplier = MULTIPLIERS.get(number, 1)
    previous = int(before["extra"]["readings"][0]["current"]) if before else rng.randint(2_000, 60_000)
    meter = f"E-{4000 + (int(number) - 4700) * 11}-{int(number) - 4690:02d}"
    town = f"Portland OR {code}"
    lines = address if isinstance(address, list) else [address, town]
    street = {"4712": "102 SW Vista Ave"}.get(number) or address
    house = "".join(c for c in street.split()[0] if c.isdigit())
    routing = None if number in UNROUTED else f"{code}{rng.randint(1001, 9899):04d}{int(house) % 100:02d}"
    if before:
        routing = before["customer"]["postal"]["imb_routing"]
    kind = "bill" if before else KINDS.get(number, "bill")
    is_estimated = number in ESTIMATED and not before
    extra = {
        "meter": meter, "service_address": f"{street}, {town}", "rate": voice["rate"],
        "readings": [
            {"meter": meter, "from": month.start.isoformat(), "to": month.end.isoformat(), "previous": str(previous), "current": str(previous + use // multiplier),
             "multiplier": str(multiplier), "use": str(use), "estimated": is_estimated}]}
    if is_estimated:
        extra["estimated"] = True
    if number not in ("4715", "4716"):
        extra["next_reading"] = (month.end + datetime.timedelta(METER["next"])).isoformat()
    if any(by_tariff[t] and prices[t] != prices_before[t] for t in range(len(prices))):
        extra["price_date"] = month.start.isoformat()
    extra["prices"] = priced
    last = (before["period"]["from"], before["period"]["to"]) if before else tuple(day.isoformat() for day in LAST)
    extra["last_bill"] = {"from": last[0], "to": last[1], "charges": str(last_charges), "use": str(last_use)}
    if history == 13:
        extra["last_year"] = {
            "from": month.last_year[0].isoformat(), "to": month.last_year[1].isoformat(), "charges": str(earlier(usage[0])[1]), "use": str(usage[0])}
    payment = {"iban": None, "name": None, "reference": None, "scan_line": None}
    if number == "4729":
        payment |= {"iban": "DE89370400440532013000", "name": SOURCE_COMPANY, "reference": "RF18 5390 0754 7034"}
    if number in SCANNED:
        parts = [account.replace("-", "").zfill(12), str(due).replace(".", "").zfill(10), f"{month.due:%m%d%y}"]
        payment["scan_line"] = " ".join(parts + [str(luhn("".join(parts)))])
    delivery = DELIVERY.get(number, "paper")
    if before and delivery != "both":
        delivery = "electronic" if is_without_paper(number, account, month) else "paper"
    return {
        "v": 1, "account": account, "invoice": f"{month.name}-00{number}", "kind": kind, "issued": month.issued.isoformat(),
        "due": month.due.isoformat() if due != 0 else None, "period": {"from": month.start.isoformat(), "to": month.end.isoformat()},
        "currency": "USD",
        "language": tag, "segment": SEGMENTS.get(number, "residential"), "jurisdiction": "US-OR",
        "customer": {
            "name": name, "address": lines,
            "postal": {"city": "Portland", "region": "OR", "code": code, "country": "US", "imb_routing": routing}, "email": EMAILS.get(number)},
        "delivery": delivery,
        "consent": CONSENT if number in CONSENTED else None,
        "format": "large-print" if number in LARGE_PRINT else "standard",
        "balance": {"previous": str(balance), "payments": str(payments), "adjustments": str(adjustments)},
        "sections": sections, "taxes": tax_lines, "totals": {"charges": str(charges), "due": str(due)}, "payment": payment,
        "usage": [{"label": label, "value": str(value)} for label, value in list(zip(names, usage))[13 - history:]], "extra": extra}


SOURCE_COMPANY = "Larkspur Light & Power"
# The least a record may say.
SMALLEST = {
    "v": 1, "account": "7", "invoice": "1", "kind": "bill", "issued": "2026-11-23", "due": None, "currency": "USD", "language": "en-US",
    "customer": {"name": "R. A.", "address": ["General Delivery"]}, "delivery": "paper", "format": "standard", "sections": [],
    "totals": {"charges": "0.00", "due": "0.00"}}


def records(name):
    """The records of a month, in the order of the customers."""
    *_, wanted = [month for month in (NOVEMBER, *LATER) if month.name <= name]
    assert wanted.name == name, f"no month {name}"
    found = []
    for customer in CUSTOMERS:
        record = bill(customer)
        for month in LATER[:wanted.index]:
            # Who has left has no bills any more.
            record = bill(customer, month, record) if record and record["kind"] not in ("final", "termination") else None
        if record:
            found.append(record)
    found.insert(11, SMALLEST | {"invoice": str(wanted.index + 1), "issued": wanted.issued.isoformat()})
    return found


def lines(name):
    return "".join(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n" for record in records(name))


def main(names):
    if names:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        for name in names:
            sys.stdout.write(lines(name))
    else:
        (HERE / "bills.jsonl").write_text(lines(NOVEMBER.name), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
