"""Four billing cycles of a campaign, and what each customer must get in them, computed anew and looked for.

Makes up customers, their records, consents, withdrawals, paper choices and bounces; has the program import, render and release; and compares
manifest, rejects, summary, ledger, plan, coverage and the words on the pages with what follows from records, campaign and events by the rules
of the trade. Shares no code with Billfold.

  simulate.py PROGRAM FONTS [--layout DIR] [--customers 60] [--seed 1] [--folder DIR]

Prints what it counted; exit code 1 with a list of the differences if there are any."""

import argparse
import collections
import csv
import hashlib
import hmac
import json
import os
import random
import re
import shutil
import sys
import tempfile

import counts
import world
from expectation import Campaign, Law, Mailing, Office
from program import Billfold, digest, page_texts, write_rows

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MARKER = re.compile(r"Q\d{5}X")


class Differences(list):
    """What was found to be other than it must be."""

    def add(self, what, expected, found, record=None):
        text = f"{what}: expected {expected!r}, found {found!r}"
        self.append(text + (f"\n    {json.dumps(record, ensure_ascii=False)[:900]}" if record else ""))

    def same(self, what, expected, found, record=None):
        if expected != found:
            self.add(what, expected, found, record)


def token(key, campaign, account):
    """The customer's code, in fours."""
    number = int.from_bytes(hmac.new(key, campaign.encode() + b"\0" + account.encode(), hashlib.sha256).digest()[:10], "big")
    text = "".join(ALPHABET[number >> 75 - 5 * n & 31] for n in range(16))
    return "-".join(text[n : n + 4] for n in range(0, 16, 4))


class Cycle:
    """What a cycle was made from."""

    def __init__(self, number, lines, data, options):
        self.number, self.data, self.options = number, data, options
        self.records = [record for _, record, _ in lines if record]
        # A language that no layout has is a fault of layout and record together; the record by itself can be read.
        self.readable = self.records + [json.loads(line) for line, _, code in lines if code == "language-not-offered"]
        self.unread = collections.Counter(code for _, _, code in lines if code and code != "language-not-offered")


class Simulation:
    # What other layouts warn of is theirs.
    WARNINGS = {"consent-source", "not-checked", "paper-by-law", "no-consent-printed", "language-region", "format-not-offered", "control-characters-removed"}

    def __init__(self, billfold, fonts, layout, count, seed):
        self.billfold, self.seed, self.found, self.is_own = billfold, seed, Differences(), layout is None
        value, terms = world.write_company(billfold.path(billfold.company), fonts, layout)
        place = billfold.path(f"{billfold.company}/layout")
        formats = re.search(r'<bill [^>]*formats="([^"]*)"', world.read_text(os.path.join(place, "layout.xml")))
        self.formats = formats.group(1).split() if formats else ["standard"]
        # An edition with a notice of its own may leave out what is not asked of a notice.
        large = os.path.join(place, "parts/large/notice.xml")
        self.is_brief = {"large-print"} if os.path.exists(large) and 'slot name="benefits"' not in world.read_text(large) else set()
        self.strings = sorted(name.removesuffix(".yaml") for name in os.listdir(os.path.join(place, "strings")))
        self.campaign = Campaign(value, terms)
        self.customers = world.Customers(count, seed).all
        self.events, self.mailing = {}, Mailing()
        self.office = self.with_mailing(self.mailing)
        self.tally = collections.Counter()
        with open(billfold.path(f"{billfold.company}/key"), "rb") as file:
            self.key = file.read()

    def with_mailing(self, mailing):
        return Office(self.campaign, Law(world.OWN_LAW), self.strings, self.formats, self.events, mailing)

    # MARK: Events

    def take_events(self, number, ledgers):
        """Imports what customers say before a cycle into each ledger, and compares counts and refused rows."""
        rows = world.events(self.customers, number, self.seed)
        write_rows(self.billfold.path("events.csv"), [row for row, _ in rows])
        fresh = known = 0
        for _, event in rows:
            if event:
                events = self.events.setdefault(event[0], set())
                fresh, known = (fresh, known + 1) if event[1] in events else (fresh + 1, known)
                events.add(event[1])
        refused = sum(event is None for _, event in rows)
        for ledger in ledgers:
            _, output, _ = self.billfold.run(
                "ledger", "import", "events.csv", "--ledger", ledger, "--rejects", "refused.csv", "--format", "json", codes=(65,))
            told = json.loads(output.splitlines()[-1])
            self.found.same(f"cycle {number}: imported", {"new": fresh, "known": known, "refused": refused}, told)
            with open(self.billfold.path("refused.csv"), encoding="utf-8", newline="") as file:
                lines = [int(row["line"]) for row in csv.DictReader(file, strict=True)]
            self.found.same(f"cycle {number}: lines refused", [n + 2 for n, (_, event) in enumerate(rows) if event is None], lines)
        self.tally["events"] += fresh
        self.tally["rows refused"] += refused

    # MARK: Data

    def records(self, number):
        """The cycle's bills, and the file they stand in: lines with, beside each, the record, or the code it is refused by."""
        draw = random.Random(f"data {self.seed} {number}")
        may_switch = {line["account"] for line in self.office.export() if line["may_switch"]}
        records = []
        for customer in self.customers:
            if customer["from"] > number:
                continue
            electronic = customer["wants"] and customer["account"] in may_switch
            customer["switched"] = customer.get("switched") or electronic
            records.append(world.record(customer, number, self.seed, electronic))
            if draw.random() < 0.04:
                records.append(world.record(customer, number, self.seed, electronic, invoice=1))
        lines = [(json.dumps(record, ensure_ascii=False), record, None) for record in records]
        for line, code in world.faulty(records, draw):
            lines.insert(draw.randrange(len(lines)), (line, None, code))
        for _ in range(2):
            record = draw.choice(records)
            lines.append((json.dumps(record, ensure_ascii=False), None, "duplicate"))
            other = {**record, "customer": {**record["customer"], "name": "Somebody Else"}}
            lines.append((json.dumps(other, ensure_ascii=False), None, "duplicate-differs"))
        return records, lines

    def write_data(self, number, lines):
        """Two files; gives their names, and of each line where it stands."""
        middle, places = len(lines) // 2, []
        for input, part in enumerate((lines[:middle], lines[middle:])):
            name = f"data-{number}-{input}.jsonl"
            with open(self.billfold.path(name), "w", encoding="utf-8") as file:
                for index, (line, _, _) in enumerate(part):
                    file.write(line + "\n")
                    places.append((input, index + 1))
        return [f"data-{number}-{input}.jsonl" for input in range(2)], places

    # MARK: A cycle

    def cycle(self, number, ledgers):
        """One cycle up to its release; gives the records."""
        billfold, found, campaign = self.billfold, self.found, self.campaign
        cycle, as_of = world.CYCLES[number], world.AS_OF[number]
        self.take_events(number, ledgers)
        self.compare_export(f"{cycle} before")
        records, lines = self.records(number)
        data, places = self.write_data(number, lines)
        accept = ("no-consent",) if number == 2 else ()
        options = ["--cycle", cycle] + (["--as-of", as_of] if as_of else []) + [word for code in accept for word in ("--accept", code)]
        expected, refused = {}, collections.Counter()
        for (_, record, code), place in zip(lines, places):
            if record is None:
                refused[(place, code)] += 1
                continue
            expectation = self.office.expect(record, cycle, as_of, accept)
            if expectation.reject:
                refused[(place, expectation.reject)] += 1
            else:
                expected[(record["account"], record["invoice"])] = (record, expectation, place)
        billfold.render(data, f"out-{number}", *options, codes=(65,))
        manifest, rejects = billfold.lines(f"out-{number}/manifest.jsonl"), billfold.lines(f"out-{number}/rejects.jsonl")
        told = collections.Counter(((line["input"], line["number"]), line["code"]) for line in rejects)
        for key in sorted((told - refused) | (refused - told)):
            found.add(f"{cycle}: reject of the record at {key[0]}", refused[key] and key[1], told[key] and key[1], self.at(lines, places, key[0]))
        bills = {(line["account"], line["invoice"]): line for line in manifest}
        found.same(f"{cycle}: bills", sorted(expected), sorted(bills))
        for key in sorted(set(expected) & set(bills)):
            self.compare_line(cycle, bills[key], *expected[key])
        self.compare_pages(number, [(bills[key], *expected[key][:2]) for key in sorted(set(expected) & set(bills))])
        with open(billfold.path(f"out-{number}/summary.json"), encoding="utf-8") as file:
            summary = json.load(file)
        for what, mine, its in counts.summary(summary, cycle, len(lines), manifest, rejects, expected, refused):
            found.same(f"{cycle}: summary's {what}", mine, its)
        self.tally.update({"records": len(lines), "bills": len(manifest), "rejects": len(rejects)})
        self.tally.update(f"state {line['state']}" for line in manifest)
        self.tally.update(f"rule {line['rule']}" for line in manifest)
        self.tally.update(f"variant {line['notice']['variant']}" for line in manifest if line["notice"] and line["notice"]["name"] == "standard")
        self.tally.update(f"warning {code}" for line in manifest for code in line["warnings"])
        self.tally.update(f"reject {line['code']}" for line in rejects)
        return Cycle(number, lines, data, options)

    @staticmethod
    def at(lines, places, place):
        return {"line": lines[places.index(place)][0][:700]}

    def compare_line(self, cycle, line, record, expectation, place):
        """A bill's line of the manifest."""
        campaign, what = self.campaign, f"{cycle}: {record['account']} {record['invoice']}"
        mine = {
            "kind": "bill", "bill_kind": record["kind"], "channel": expectation.channel, "cycle": cycle, "rule": expectation.rule,
            "state": expectation.state, "amount_due": record["totals"]["due"], "currency": "USD", "language": expectation.language,
            "format": record["format"] if record["format"] in self.formats else "standard", "record": place, "sheets": -(-line["pages"] // 2), "jurisdictions": self.office.places(record),
            "warnings": sorted(expectation.warnings | ({"control-characters-removed"} if "\u202e" in record["customer"]["name"] else set())),
        }
        its = {key: line.get(key) for key in mine}
        its["record"] = (line["record"]["input"], line["record"]["number"])
        if not self.is_own:
            its["warnings"] = [code for code in its["warnings"] if code in self.WARNINGS]
        if expectation.notice:
            language = expectation.words_language
            mine["notice"] = [expectation.notice, expectation.phase, expectation.rule, campaign.words_digest(expectation.notice, expectation.phase, language), 1]
            its["notice"] = [(line["notice"] or {}).get(key) for key in ("name", "phase", "rule", "words_digest", "page")]
        else:
            mine["notice"], its["notice"] = None, line["notice"]
        if expectation.terms == "bill":
            mine["terms"] = [campaign.value["terms"]["version"], campaign.terms_digest(expectation.words_language)]
            its["terms"] = [(line["terms"] or {}).get(key) for key in ("version", "digest")]
        else:
            mine["terms"], its["terms"] = None, line["terms"]
        for key in mine:
            self.found.same(f"{what}: {key}", mine[key], its[key], record)
        path = self.billfold.path(f"out-{world.CYCLES.index(cycle)}/{line['file']}")
        self.found.same(f"{what}: file", [line["sha256"], line["bytes"]], [digest(path), os.path.getsize(path)])

    def compare_pages(self, number, bills):
        """The words on the pages: those of the right notice, phase and language, and of the terms, and no others."""
        texts = page_texts([self.billfold.path(f"out-{number}/{line['file']}") for line, _, _ in bills])
        for pages, (line, record, expectation) in zip(texts, bills):
            what = f"{world.CYCLES[number]}: {record['account']} {record['invoice']} on the page"
            whole = "".join("".join(pages).split())
            mine = set()
            if expectation.notice:
                said = self.campaign.words(expectation.notice, expectation.phase, expectation.words_language)
                if expectation.notice == "standard":
                    said = {"keep-paper": self.campaign.value["keep"]["how"][expectation.words_language], **said}
                if line["format"] in self.is_brief:
                    said = {slot: text for slot, text in said.items() if slot != "benefits"}
                mine |= set(MARKER.findall(json.dumps(said)))
            if expectation.terms == "bill":
                mine |= set(MARKER.findall(self.campaign.terms[expectation.words_language].decode()))
            self.found.same(f"{what}: markers", sorted(mine), sorted(set(MARKER.findall(whole))), record)
            self.found.same(f"{what}: pages", line["pages"], len(pages))
            first = "".join(pages[0].split()) if pages else ""
            if expectation.notice:
                heads = set(MARKER.findall(json.dumps(said)))
                self.found.same(f"{what}: on page 1", True, heads <= set(MARKER.findall(first)), record)
            if expectation.notice == "standard":
                code = token(self.key, self.campaign.id, record["account"])
                self.found.same(f"{what}: code", True, code in whole, record)
            name = world.shown(record["customer"]["name"])
            if name.isascii() and self.is_own:
                times = 2 if expectation.notice else 1
                self.found.same(f"{what}: name", times, whole.count("".join(name.split())), record)
            self.found.same(f"{what}: invoice", True, record["invoice"] in whole)

    # MARK: Ledger

    def compare_export(self, when, ledger="ledger", office=None):
        """`ledger export`, line by line."""
        mine, its = (office or self.office).export(), [json.loads(line) for line in self.billfold.export(ledger).splitlines()]
        self.found.same(f"{when}: accounts of the ledger", [line["account"] for line in mine], [line["account"] for line in its])
        for own, line in zip(mine, its):
            line = dict(line)
            line["events"] = sorted(tuple(event[key] for key in ("state", "date", "source", "scope", "evidence")) for event in line["events"])
            line["pieces"] = sorted(
                (p["invoice"], p["kind"], p["cycle"], p["mailed"], p["sha256"], p["phase"] or "", p["rule"] or "", p["notice"] or "",
                 p["terms_digest"] or "", p["words_digest"] or "", tuple(p["jurisdictions"] or ())) for p in line["pieces"])
            self.found.same(f"{when}: export of {own['account']}", own, line)
        return its

    def release(self, number, books):
        """Releases a cycle in two parts, as it was mailed, into each ledger, and notes it in the books beside them."""
        manifest = self.billfold.lines(f"out-{number}/manifest.jsonl")
        draw = random.Random(f"release {self.seed} {number}")
        accounts = sorted({line["account"] for line in manifest})
        late = {account for account in accounts if draw.random() < 0.3}
        with open(self.billfold.path("late"), "w", encoding="utf-8") as file:
            file.writelines(account + "\n" for account in sorted(late))
        for ledger, mailing in books:
            for day, word, chosen in zip(world.MAILED[number], ("--exclude", "--only"), (set(accounts) - late, late)):
                printed = [line for line in manifest if line["account"] in chosen and line["channel"] == "print"]
                _, output, _ = self.billfold.run(
                    "release", f"out-{number}", "--ledger", ledger, "--mailed", day, word, "@late", "--format", "json")
                told = json.loads(output.splitlines()[-1])
                electronic = sum(line["channel"] == "electronic" for line in manifest)
                mine = {"pieces": len(printed), "new": len(printed), "known": 0, "electronic": electronic,
                        "skipped": len(manifest) - electronic - len(printed), "findings": 0}
                self.found.same(f"cycle {number}: release of {day}", mine, told)
                for line in printed:
                    mailing.add({
                        **line, "notice": (line["notice"] or {}).get("name"), "words_digest": (line["notice"] or {}).get("words_digest"),
                        "terms": (line["terms"] or {}).get("digest"), "campaign": self.campaign.id, "phase": line["phase"]}, day)
                self.tally["released"] += len(printed)

    # MARK: Variants

    def compare_variants(self, cycle):
        """The largest variant that adds no sheet: the cycle once with each variant alone says how many sheets each would take."""
        billfold = self.billfold
        bills = {(line["account"], line["invoice"]): line for line in billfold.lines(f"out-{cycle.number}/manifest.jsonl")}
        some = sorted({line["account"] for line in bills.values() if line["notice"] and line["notice"]["name"] == "standard"})[:40]
        with open(billfold.path("some"), "w", encoding="utf-8") as file:
            file.writelines(account + "\n" for account in some)
        alone = {}
        for variant in world.VARIANTS:
            layout = f"layout-{variant}"
            shutil.copytree(billfold.path(f"{billfold.company}/layout"), billfold.path(layout), dirs_exist_ok=True)
            with open(billfold.path(f"{layout}/layout.xml"), "w") as file:
                file.write(world.layout((variant,)))
            billfold.render(cycle.data, f"out-{variant}", *cycle.options, "--only", "@some", layout=layout)
            alone[variant] = {(line["account"], line["invoice"]): line for line in billfold.lines(f"out-{variant}/manifest.jsonl")}
        for key, bill in bills.items():
            if key[0] in some and bill["notice"] and bill["notice"]["name"] == "standard":
                sheets = {variant: alone[variant][key]["sheets"] for variant in world.VARIANTS}
                chosen = next(variant for variant in world.VARIANTS if sheets[variant] <= sheets["line"])
                self.found.same(f"variant of {key}, sheets {sheets}", [chosen, sheets[chosen]], [bill["notice"]["variant"], bill["sheets"]])
                self.found.same(f"page of {key}", alone[chosen][key]["content"], bill["content"])
                self.tally["variants compared"] += 1

    def steady(self, cycle):
        """The cycle's records of customers that no cycle may miss, in a file of their own."""
        accounts = {customer["account"] for customer in self.customers if customer["kind"] == "steady"}
        records = [record for record in cycle.records if record["account"] in accounts]
        self.billfold.write_records("steady.jsonl", records)
        return Cycle(cycle.number, [("", record, None) for record in records], ["steady.jsonl"], [])

    # MARK: All of it

    def run(self):
        billfold, company = self.billfold, self.campaign.value["company"]
        billfold.run("ledger", "create", "--ledger", "ledger", "--company", company)
        books, without = [("ledger", self.mailing)], Mailing()
        cycles = []
        for number, name in enumerate(world.CYCLES):
            cycle = self.cycle(number, [ledger for ledger, _ in books])
            cycles.append(cycle)
            counts.compare_plan(self, cycle)
            if number == 0 and self.is_own:
                self.compare_variants(cycle)
            if number == 1:
                # The same history but for the release of January.
                shutil.copyfile(billfold.path("ledger"), billfold.path("ledger-without"))
                without = self.mailing.copy()
                self.release(number, books)
                books.append(("ledger-without", without))
            else:
                self.release(number, books)
            self.compare_export(f"{name} released")
        left_out = self.with_mailing(without)
        self.compare_export("without January", "ledger-without", left_out)
        for cycle in cycles[2:]:
            name = world.CYCLES[cycle.number]
            counts.compare_coverage(self, f"coverage for {name}", "ledger", self.office, cycle)
            counts.compare_coverage(self, f"coverage for {name} without January", "ledger-without", left_out, cycle)
            steady = self.steady(cycle)
            counts.compare_coverage(self, f"coverage for the steady of {name}", "ledger", self.office, steady, clean=True)
            counts.compare_coverage(self, f"coverage for the steady of {name} without January", "ledger-without", left_out, steady)
        self.tally["customers"] = len(self.customers)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("fonts", help="the folder of fonts")
    arguments.add_argument("--layout", help="a layout instead of the one that is made up; its notices `thanks` and `kept` are used")
    arguments.add_argument("--customers", type=int, default=60)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--folder", help="where everything is left; a temporary folder otherwise")
    given = arguments.parse_args()
    folder = given.folder or tempfile.mkdtemp(prefix="billfold-campaign-")
    os.makedirs(folder, exist_ok=True)
    try:
        simulation = Simulation(Billfold(given.program, folder), given.fonts, given.layout, given.customers, given.seed)
        simulation.run()
    finally:
        if not given.folder:
            shutil.rmtree(folder)
    for name, count in sorted(simulation.tally.items()):
        print(f"{name}: {count}")
    for text in simulation.found[:40]:
        print("DIFFERENT", text)
    print(f"{len(simulation.found)} differences")
    sys.exit(bool(simulation.found))


if __name__ == "__main__":
    main()
