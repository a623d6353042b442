"""A bill of very many lines: makes its record, and adds up the sums that were carried from page to page.

    long_bill.py make LINES FILE      writes the record of a bill of so many lines
    long_bill.py check LINES TEXT     reads what `pdftotext -layout` found on its pages, adds up the lines, and holds every sum carried and
                                      brought forward against that; ends with 1 where one differs or a line is missing"""

import argparse
import json
import re
import sys


def decimal(cents):
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def record(account, count):
    """A record whose lines go up and down, so that a line that is left out shows in every later sum."""
    lines, total = [], 0
    for i in range(count):
        amount = (i * 7919) % 100000 - 20000
        total += amount
        lines.append({"date": "2026-11-%02d" % (i % 19 + 1), "description": f"Call to number {i}", "quantity": str(i % 50 + 1),
                      "unit": "min", "amount": decimal(amount)})
    return {"v": 1, "account": account, "invoice": "1", "kind": "bill", "issued": "2026-11-23", "due": "2026-12-14", "currency": "USD",
            "language": "en-US", "customer": {"name": "Ana Petrović", "address": ["18 Larkspur Ave Apt 4", "Portland OR 97204"]},
            "delivery": "paper", "format": "standard", "balance": {"previous": "0.00", "payments": "0.00"},
            "sections": [{"title": "Calls", "lines": lines, "subtotal": decimal(total)}],
            "totals": {"charges": decimal(total), "due": decimal(total)}}


def cents(text):
    return int(re.sub(r"\D", "", text)) * (-1 if text[0] in "-−" else 1)


def faults(pages):
    """What is wrong with the sums, and how many lines, carried and brought sums there are."""
    total, lines, carried, brought, found = 0, 0, 0, 0, []
    for number, page in enumerate(pages, 1):
        for line in page.splitlines():
            match = re.search(r"([-−]?[\d,]+\.\d\d)\s*$", line)
            if not match:
                continue
            amount = cents(match.group(1))
            if "Brought forward" in line:
                brought += 1
                if amount != total:
                    found.append(f"page {number}: brought {amount}, summed up {total}")
            elif "Carried forward" in line:
                carried += 1
                if amount != total:
                    found.append(f"page {number}: carried {amount}, summed up {total}")
            elif "Call to number" in line:
                lines += 1
                total += amount
    return found, lines, carried, brought


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("what", choices=["make", "check"])
    arguments.add_argument("lines", type=int)
    arguments.add_argument("file")
    given = arguments.parse_args()
    if given.what == "make":
        with open(given.file, "w", encoding="utf-8") as file:
            json.dump(record("long" if given.lines > 1000 else "short", given.lines), file, ensure_ascii=False)
        return
    with open(given.file, encoding="utf-8") as file:
        pages = file.read().split("\f")
    found, lines, carried, brought = faults(pages)
    print(f"{len(pages) - 1} pages, {lines} lines, {carried} sums carried, {brought} brought, {len(found)} wrong")
    for fault in found[:5]:
        print(fault)
    # Some 60 lines fill a page, and each but the last carries a sum.
    sys.exit(0 if not found and lines == given.lines and carried == brought and carried > given.lines // 90 else 1)


if __name__ == "__main__":
    main()
