#!/usr/bin/env python3
"""Makes up the records of the benchmark's statement.

usage: records.py N OUT.jsonl [SEED]

Record i depends on (SEED, i) only, so that a longer file begins with the shorter one. A record has an address of two to four lines, twelve months
of usage and 38 lines of charges, and fills two pages.
"""
import datetime
import json
import random
import sys

GIVEN = "Ada Bruno Carla Dmitri Esra Fiona Gérard Hana Ilse Jorge Kaja Léa Marek Nils Oona Pavel Quinn Rosalía Søren Tess".split()
FAMILY = "Abbott Bergström Castillo Dvořák Eriksen Faulkner Gallo Hughes Ibáñez Jansen Kaya Lindqvist Moreau Nakamura O'Neill Pruitt Reyes Schäfer Tran Young".split()
STREETS = "Alder Birchwood Copper Dune Elm Fairview Granite Hawthorn Iron Juniper Keel Lighthouse".split()
KINDS = "Avenue Court Drive Lane Place Road Street Way".split()
TOWNS = [("Marquette", "MI", 49855), ("Green Bay", "WI", 54301), ("Escanaba", "MI", 49829), ("Ashland", "WI", 54806), ("Houghton", "MI", 49931)]
CHARGES = [
    "Energy charge, off-peak hours", "Energy charge, mid-peak hours", "Energy charge, on-peak hours", "Distribution charge, primary voltage",
    "Transmission charge, regional grid", "Fuel cost adjustment, monthly", "Renewable energy surcharge", "Energy efficiency program",
    "Meter reading and data service", "Basic customer charge", "Outdoor lighting, shared area", "State sales tax", "Municipal franchise fee",
    "Power supply adjustment, rider C", "Demand charge, highest kilowatt", "Home heating assistance", "Storm repairs, docket 31-208",
    "Transformer rental, three-phase", "Standby service reservation", "Charging at night, vehicle credit",
]
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def amount(cents):
    """Cents as a record has them, '-12.30'."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def record(number, seed=1, count=38):
    """The record at a place of the file, from 0, with so many lines of charges."""
    r = random.Random(f"{seed}/{number}")
    town, state, code = r.choice(TOWNS)
    address = [f"{r.randint(1, 9999)} {r.choice(STREETS)} {r.choice(KINDS)}", f"{town}, {state} {code + r.randint(0, 40)}-{r.randint(1000, 9999)}"]
    more = r.randint(0, 2)
    if more >= 1:
        address.insert(1, f"Apartment {r.randint(1, 480)}{r.choice('ABCD')}")
    if more == 2:
        address.insert(0, f"c/o {r.choice(GIVEN)} {r.choice(FAMILY)}")
    issued = datetime.date(2026, 11, 5) + datetime.timedelta(days=r.randint(0, 20))
    begin, end = issued - datetime.timedelta(days=34), issued - datetime.timedelta(days=4)
    lines, total = [], 0
    for place in range(count):
        description = f"{r.choice(CHARGES)} {r.randint(100, 999)}"
        quantity, cents = r.randint(1, 900), r.randint(2, 99)
        if "credit" in description:
            cents = -cents
        total += quantity * cents
        day = begin + datetime.timedelta(days=place * 30 // count)
        lines.append(
            {"date": day.isoformat(), "description": description, "quantity": str(quantity), "price": amount(cents) + "00", "amount": amount(quantity * cents)})
    previous = r.randint(2000, 300000)
    paid = previous if r.random() < 0.8 else r.randint(0, previous)
    due = previous - paid + total
    usage = [{"label": MONTHS[(issued.month - 1 + place) % 12], "value": str(r.randint(150, 1900))} for place in range(12)]
    return {
        "v": 1, "account": f"{r.randint(1000, 9999)}-{r.randint(1000, 9999)}-{number:06d}", "invoice": f"{issued:%Y-%m}-{number:06d}", "kind": "bill",
        "issued": issued.isoformat(), "due": (issued + datetime.timedelta(days=22)).isoformat(),
        "period": {"from": begin.isoformat(), "to": end.isoformat()}, "currency": "USD", "language": "en-US",
        "customer": {"name": f"{r.choice(GIVEN)} {r.choice('ABCDEFGHJKLMNPRST')}. {r.choice(FAMILY)}", "address": address},
        "delivery": "paper", "consent": None, "format": "standard",
        "balance": {"previous": amount(previous), "payments": amount(-paid), "adjustments": "0.00"},
        "sections": [{"title": "Charges", "lines": lines, "subtotal": amount(total)}], "taxes": [], "usage": usage,
        "totals": {"charges": amount(total), "due": amount(due)}, "payment": None, "extra": {},
    }


if __name__ == "__main__":
    count, out = int(sys.argv[1]), sys.argv[2]
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with open(out, "w", encoding="utf-8") as file:
        for place in range(count):
            file.write(json.dumps(record(place, seed), ensure_ascii=False, separators=(",", ":")) + "\n")
