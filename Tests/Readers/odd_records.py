#!/usr/bin/env python3
"""Makes odd bill records of version 1, right in themselves, that a layout has to make decent pages of.

  odd_records.py COUNT [SEED]      JSON Lines: optional parts there or not, six currencies, 0 to 8 sections, 0 to 60 lines a section, 1 to 8 lines of
                                   address, both formats, long names, names from right to left, fields below `extra` there or not

The same count and seed give the same bytes.
"""
import json
import random
import sys
from decimal import Decimal

CURRENCIES = {"USD": 2, "EUR": 2, "GBP": 2, "JPY": 0, "KWD": 3, "CHF": 2}
NAMES = [
    "Ana Petrović", "R. A.", "Σοφία Παπαδοπούλου", "Иван Сергеевич Кузнецов", "عمر فاروق", "דוד גולדברג", "Nguyễn Thị Minh Khai", "O’Connor & Søn",
    "Bartholomew Featherstonehaugh-Cholmondeley III", "شركة النور للتجارة والمقاولات العامة المحدودة", "Guðrún Ragnheiður Þorsteinsdóttir Vilhjálmsson",
    "Otto von Hohenlohe-Langenburg-Bartenstein und Jagstberg zu Schillingsfürst-Waldenburg", "María del Carmen Fernández de la Vega y Montenegro",
    "Larkspur Property Holdings LLC, Attn: Accounts Payable", "מרים בת־שבע לוי־אברמוביץ׳"]
STREETS = ["18 Larkspur Ave", "General Delivery", "11875 NW Thurman St Unit 4120-B", "PO Box 1", "Dr. Martin Luther King Jr. Blvd 1204, Building 7"]
EXTRA_LINES = ["c/o Hohenlohe Family Property Holdings LLC", "Third Floor", "Apt 4", "The Larkspur Professional Center", "Attn: Accounts", "Multnomah County"]
TITLES = ["Electricity supply", "Delivery and grid", "Programs and credits", "Gas", "Water and sewer services of the city and the county", "Other", "Repairs", "Light"]
WORDS = ["Peak energy", "Basic service charge", "Adjustment after a corrected reading of your meter on November 3, 2026, for the period before", "Fee", "Credit",
         "Wartungsvertrag für Heizungsumwälzpumpe", "Distribution charge"]
MONTHS = {"en-US": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), "es-US": "ene feb mar abr may jun jul ago sep oct nov dic".split()}


def record(rng, index):
    currency = rng.choice(list(CURRENCIES))
    unit = Decimal(1).scaleb(-CURRENCIES[currency])

    def amount(low, high):
        return Decimal(rng.randint(low * 100, high * 100)).scaleb(-2).quantize(unit)

    def maybe(share, make):
        return make() if rng.random() < share else None

    language = rng.choice(["en-US", "en-US", "es-US"])
    sections, total = [], Decimal(0)
    for number in range(rng.choice([0, 1, 1, 2, 3, 3, 4, 6, 8])):
        lines, sub = [], Decimal(0)
        for _ in range(rng.choice([0, 1, 2, 3, 5, 8, 13, 30, 60])):
            value = amount(-40, 300) if rng.random() < 0.97 else amount(10_000, 9_999_999)
            words = rng.choice(WORDS) if rng.random() < 0.995 else "Ref:" + "X9" * 24
            line = {"description": words, "amount": str(value)}
            if rng.random() < 0.5:
                line["date"] = f"2026-{rng.choice(['10-2', '11-1'])}{rng.randint(0, 9)}"
            if rng.random() < 0.4:
                line |= {"quantity": str(rng.choice([1, 12, Decimal("0.5"), 123456])), "unit": rng.choice(["kWh", "m³", "days"])}
            if rng.random() < 0.1:
                line["date"] = None
            lines.append(line)
            sub += value
        section = {"title": TITLES[number], "lines": lines}
        if not lines:
            sub = amount(0, 90)
        if not lines or rng.random() < 0.7:
            section["subtotal"] = str(sub)
        sections.append(section)
        total += sub
    bill = {"v": 1, "account": rng.choice([f"{index}", f"4400-{index:04d}-{index % 97:02d}", f"AC.{index:06d}/A{index % 10}"]), "invoice": f"2026-11-{index:06d}"}
    bill["kind"] = rng.choice(["bill", "bill", "bill", "bill", "credit", "final", "termination"])
    bill |= {"issued": "2026-11-23", "due": maybe(0.8, lambda: "2026-12-14")}
    if rng.random() < 0.8:
        bill["period"] = {"from": "2026-10-20", "to": "2026-11-19"}
    bill |= {"currency": currency, "language": language}
    for key, share, value in (("segment", 0.5, "farm"), ("jurisdiction", 0.5, "US-OR")):
        if rng.random() < share:
            bill[key] = value
    count = rng.randint(1, 8)
    address = (["General Delivery"] if count == 1 else [rng.choice(STREETS)] + rng.sample(EXTRA_LINES, max(0, count - 2)) + ["Portland OR 97204"])
    customer = {"name": rng.choice(NAMES), "address": address}
    if rng.random() < 0.6:
        customer["postal"] = {
            "city": "Portland", "region": "OR", "code": "97204", "country": "US",
            "imb_routing": rng.choice([None, "97204", "972041234", "97204123418"])}
    if rng.random() < 0.3:
        customer["email"] = f"customer.{index}@mail.example"
    bill["customer"] = customer
    bill["delivery"] = rng.choice(["paper", "paper", "paper", "both", "electronic"])
    if bill["delivery"] == "electronic" or rng.random() < 0.1:
        bill["consent"] = {"date": "2026-11-05", "source": "web", "scope": "all"}
    bill["format"] = rng.choice(["standard", "standard", "standard", "large-print"])
    taxes = [
        {"label": label, "amount": str(amount(0, 40))} for label in rng.sample(["City utility tax", "Oregon public purpose charge", "VAT"], rng.randint(0, 3))]
    for tax in taxes:
        total += Decimal(tax["amount"])
    previous, payments = Decimal(0).quantize(unit), Decimal(0).quantize(unit)
    balance = None
    if rng.random() < 0.8:
        previous = amount(-20, 300)
        payments = rng.choice([-previous, Decimal(0).quantize(unit), amount(-400, 0)])
        balance = {"previous": str(previous), "payments": str(payments)}
        if rng.random() < 0.3:
            change = amount(-20, 20)
            balance["adjustments"] = str(change)
            previous += change
    if balance:
        bill["balance"] = balance
    bill["sections"] = sections
    if taxes:
        bill["taxes"] = taxes
    bill["totals"] = {"charges": str(total.quantize(unit)), "due": str((total + previous + payments).quantize(unit))}
    if rng.random() < 0.5:
        bill["payment"] = {
            "iban": maybe(0.4, lambda: "DE89370400440532013000"), "name": maybe(0.6, lambda: "Larkspur Light & Power"),
            "reference": maybe(0.5, lambda: "RF18 5390 0754 7034"), "scan_line": maybe(0.3, lambda: "004400118207 0000008702 9")}
    if rng.random() < 0.8:
        months, start = MONTHS[language], rng.choice([12, 12, 12, 11, 24, 3, 1])
        level = rng.choice([5, 600, 600, 90_000])
        bill["usage"] = [
            {"label": months[(10 - back) % 12], "value": None if back and rng.random() < 0.06 else str(rng.randint(0 if back else 1, 2 * level))}
            for back in range(start, -1, -1)]
    extra, use = {}, rng.randint(1, 3000)
    parts = {
        "meter": "E-4471-09", "service_address": f"{rng.choice(STREETS)}, Portland OR 97204", "estimated": rng.random() < 0.3, "rate": "Time of Use, Schedule 7",
        "next_reading": "2026-12-21",
        "readings": [
            {"meter": f"E-4471-{n:02d}", "from": "2026-10-20", "to": "2026-11-19", "previous": "48213", "current": str(48213 + use), "multiplier": "1",
             "use": str(use), "estimated": n == 1} for n in range(rng.choice([0, 1, 1, 1, 2, 4]))],
        "price_date": "2026-10-20",
        "prices": [
            {"name": rng.choice(WORDS), "energy": rng.random() < 0.6, "quantity": str(use), "price": "0.1832", "last_quantity": str(use // 2), "last_price": "0.1746"}
            for _ in range(rng.choice([0, 1, 4, 9]))],
        "last_bill": {"from": "2026-09-19", "to": "2026-10-19", "charges": str(amount(0, 400)), "use": str(rng.choice([0, use, 571]))},
        "last_year": {"from": "2025-10-21", "to": "2025-11-19", "charges": str(amount(0, 400)), "use": str(rng.choice([0, use, 688]))}}
    for name, value in parts.items():
        if rng.random() < 0.7:
            extra[name] = value
    if rng.random() < 0.85:
        bill["extra"] = extra
    return bill


def main(words):
    rng = random.Random(int(words[1]) if len(words) > 1 else 1)
    for index in range(int(words[0])):
        print(json.dumps(record(rng, index + 1), ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main(sys.argv[1:])
