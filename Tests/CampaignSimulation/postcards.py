#!/usr/bin/env python3
"""Who gets the reminder postcard, worked out anew from records, events, earlier mailings and the campaign's rules, and looked for.

  postcards.py PROGRAM FONTS [--records 2000] [--seed 1] [--folder DIR]

Makes up a first run of bills, which is mailed on two days; then, for a postcard that goes out once in the campaign and for one that goes out once in
each run, two runs with cards; at last a run of a campaign whose postcard has no rules. In each run accounts have several records, some of them
faulty, twice there, electronic or both, in three files. Compared are the cards of the manifest (account, record, rule, phase, words, rank), the rejects
of bills and of cards, and what the ledger takes of them; a run with one job has the bytes of one with two.

Prints what it counted; exit code 1 with a list of the differences if there are any. Knows nothing of the program but its command line and the
files it leaves."""

import argparse
import collections
import hashlib
import json
import os
import random
import sys
import tempfile

import world
from conditions import Condition
from expectation import PHASES, Campaign, Law, Mailing, Office, days_between, lookup
from program import Billfold, tree, write_rows

LANGUAGES = ("en-US", "es-US")
# Of each run: its cycle, from when to when its bills are issued, and when its pieces are mailed.
BEFORE = ("2026-12", ("2026-12-01", "2026-12-05"), ("2026-12-08", "2026-12-22"))
RUNS = (("2027-01", ("2026-12-29", "2027-01-15"), "2027-01-20"), ("2027-02", ("2027-01-28", "2027-02-12"), "2027-02-18"))
RULES = [
    {"rule": "settled", "when": "customer-state eq 'agreed' or kind eq 'credit'", "card": "none"},
    {"rule": "business", "when": "(segment | default('')) eq 'business' and not (delivery eq 'electronic') and totals.due gt 20"},
    {"when": "customer-state eq 'undecided' and (mailed.days | default(99)) gt 20", "card": "send"},
    {"rule": "ended", "when": "kind eq 'termination' and phase ne 'announce'"},
]
# The card's own words: of two phases, which hold on, and of one language more than of the other.
OWN = {
    "announce": {"en-US": {"heading": "Still on paper, {customer.name}?", "benefits": []}},
    "final": {"same-as": "announce", "en-US": {"body": "Paper stops on {campaign.active | date('long')}."}, "es-US": {"action": "Vaya a {campaign.opt-in.show}"}},
}
POSTCARD = """<postcard paper="6in 4.25in" style="body" xmlns="urn:billfold:layout:1">
  <style name="body" font="Inter, Noto Sans Hebrew" size="8pt" line-height="10pt"/>
  <page name="next" margin="20pt"/>
  <body>
    <text><slot name="heading"/></text><slot name="body"/><slot name="action"/><slot name="keep-paper"/>
    <row gap="10pt"><column width="1fr"><slot name="address"/><slot name="phone"/></column><column width="110pt"><opt-in-qr size="72pt" describe="code"/></column></row>
    <page-break/>
    <text>{customer.name}</text>
    <text each="line in customer.address">{line}</text>
  </body>
</postcard>
"""


def company(billfold, fonts, card):
    """A campaign with few rules and the postcard `card`, and its layout; gives the campaign."""
    folder = billfold.path(billfold.company)
    value, terms = world.write_company(folder, fonts)
    value["opt-in"]["open"] = {"url": "https://my.quarry.example/paperless", "show": "my.quarry.example/paperless"}
    value["audience"] = [
        {"rule": "settled", "when": "kind eq 'termination' or customer-state eq 'agreed'", "notice": "none", "terms": "none"},
        {"rule": "rest", "notice": "standard", "terms": "none"},
    ]
    value["notices"] = {name: words for name, words in value["notices"].items() if name == "standard"}
    value["channels"] = {"postcard": card}
    with open(os.path.join(folder, "campaign/campaign.yaml"), "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False)
    with open(os.path.join(folder, "layout/postcard.xml"), "w", encoding="utf-8") as file:
        file.write(POSTCARD)
    return Campaign(value, terms)


class Cards:
    """Who gets one, and what it says, by the words of the contract."""

    def __init__(self, campaign):
        self.campaign, self.card = campaign, campaign.value["channels"]["postcard"]
        self.rules = [
            (rule.get("rule", f"postcard-{number}"), Condition(rule["when"]) if "when" in rule else None, rule.get("card", "send") == "send")
            for number, rule in enumerate(self.card.get("audience", []), 1)
        ]

    def rule(self, scene, printed):
        """The rule that sends a card; None where there is none."""
        if "audience" not in self.card:
            return "undecided" if printed and scene["kind"] == "bill" and scene["customer-state"] == "undecided" else None
        for name, condition, sends in self.rules:
            if condition is None or condition.holds(scene):
                return name if sends else None
        return None

    def own(self, phase, language):
        """The card's own words that hold in a phase: of the latest that has some in the language."""
        given = self.card.get("words", {})

        def of(name):
            entry = given.get(name)
            if entry is None:
                return None
            taken = of(entry["same-as"]) if "same-as" in entry else None
            return {**(taken or {}), **entry[language]} if language in entry else taken

        for name in reversed(PHASES[: PHASES.index(phase) + 1]):
            words = of(name)
            if words is not None:
                return words
        return {}

    def digest(self, phase, language):
        words = {**self.campaign.words("standard", phase, language), **self.own(phase, language)}
        return hashlib.sha256(json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def people(count, seed):
    """Who is billed, and what they say beforehand, as rows of a file and as the events of each account."""
    draw = random.Random(f"people {seed}")
    everyone, rows, events = [], [], {}
    for number in range(count):
        account = f"88-{number:05d}" if number % 31 else [f"a b {number}", f"\u00e9-{number}", f"#{number}"][number // 31 % 3]
        everyone.append({
            "account": account, "name": draw.choice(["Ana Petrovic", "Bo Li", "Dov \u05d1\u05df", "Carmen Diaz"]) + f" N{number}",
            "language": draw.choice(["en-US"] * 5 + ["es-US"] * 3 + ["es-MX", "en-GB", "fr-FR", "fr-FR"]),
            "segment": draw.choice([None, "residential", "residential", "business"]), "place": draw.choice([None, None, "US-OR"]),
            "consent": {"date": "2026-12-20", "source": "web"} if draw.random() < 0.06 else None,
        })
        while draw.random() < 0.35:
            state = draw.choice(["consent", "consent", "consent", "paper", "withdrawn", "bounced"])
            event = (state, world.day(draw, ("2026-11-10", "2027-02-20")), draw.choice(["web", "phone", "app"]) if state == "consent" else "", "", "")
            rows.append([account, *event])
            events.setdefault(account, set()).add(event)
    return everyone, rows, events


def record(person, cycle, invoice, bounds, draw):
    """A bill of one section, right by itself."""
    lines = [{"description": f"Item {n}", "amount": world.amount(draw.randrange(100, 2900))} for n in range(draw.randrange(1, 4))]
    kind = draw.choice(["bill"] * 9 + ["credit", "termination", "termination", "final"])
    if kind == "credit":
        lines = [{**line, "amount": "-" + line["amount"]} for line in lines]
    total = world.amount(sum(int(line["amount"].replace(".", "")) for line in lines))
    found = {
        "v": 1, "account": person["account"], "invoice": f"{cycle}-{invoice}", "kind": kind, "issued": world.day(draw, bounds), "due": None,
        "currency": "USD", "language": person["language"], "customer": {"name": person["name"], "address": ["1 Quarry Rd", "Portland OR 97204"]},
        "delivery": draw.choice(["paper"] * 8 + ["both", "electronic"]), "consent": person["consent"], "format": "standard",
        "sections": [{"title": "Water", "lines": lines}], "totals": {"charges": total, "due": total},
    }
    if person["segment"]:
        found["segment"] = person["segment"]
    if person["place"]:
        found["jurisdiction"] = person["place"]
    return found


def data(everyone, count, cycle, bounds, draw):
    """The lines of a run: each with its record, or with the account it has and the code it is refused by."""
    lines = []
    for number in range(count):
        person = draw.choice(everyone)
        made = record(person, cycle, number, bounds, draw)
        text = json.dumps(made, ensure_ascii=False)
        odd = draw.random()
        if odd < 0.03:
            # The first of its account, perhaps, which then gets no card.
            lines.append((json.dumps({**made, "totals": {"charges": "1.00", "due": "1.00"}}, ensure_ascii=False), made["account"], None, "sum-mismatch"))
        elif odd < 0.04:
            lines.append(('{"v":1,', None, None, "malformed-json"))
        elif odd < 0.05:
            lines.append((json.dumps({**made, "colour": "blue"}, ensure_ascii=False), made["account"], None, "unknown-key"))
        elif odd < 0.07:
            lines += [(text, made["account"], made, None), (text, made["account"], None, "duplicate")]
        else:
            lines.append((text, made["account"], made, None))
    return lines


class Simulation:
    def __init__(self, folder, program, fonts, card, count, seed, found, tally):
        self.billfold, self.found, self.tally = Billfold(program, folder), found, tally
        os.makedirs(self.billfold.path(self.billfold.company))
        self.campaign = company(self.billfold, fonts, card)
        self.cards = Cards(self.campaign)
        self.everyone, rows, events = people(count * 7 // 10, seed)
        self.mailing, self.carded, self.count = Mailing(), collections.defaultdict(list), count
        self.office = Office(self.campaign, Law({}), ["en-US", "es-US", "fr-FR"], ["standard"], events, self.mailing)
        self.draw = random.Random(f"data {seed}")
        self.billfold.run("ledger", "create", "--ledger", "ledger", "--company", world.COMPANY)
        write_rows(self.billfold.path("events.csv"), rows)
        self.billfold.run("ledger", "import", "events.csv", "--ledger", "ledger")

    def same(self, what, expected, found):
        if expected != found:
            self.found.append(f"{what}: expected {expected!r}, found {found!r}")

    def write(self, cycle, lines):
        """Three files; gives their names, and of each line where it stands."""
        names, places = [], []
        for input in range(3):
            part = lines[input * len(lines) // 3 : (input + 1) * len(lines) // 3]
            names.append(f"{cycle}-{input}.jsonl")
            with open(self.billfold.path(names[-1]), "w", encoding="utf-8") as file:
                for number, line in enumerate(part, 1):
                    file.write(line[0] + "\n")
                    places.append((input, number))
        return names, places

    def run(self, cycle, bounds, pieces, count):
        """Renders a run and compares it; gives its bills and its cards, by account, and where they lie."""
        lines = data(self.everyone, count, cycle, bounds, self.draw)
        names, places = self.write(cycle, lines)
        bills, cards, refused, met, found_terms = {}, [], collections.Counter(), set(), {}
        for (text, account, made, code), place in zip(lines, places):
            is_first = account is not None and account not in met
            if account is not None:
                met.add(account)
            if made is None:
                refused[("bill", place, code)] += 1
                self.tally["accounts without a card, their first record faulty"] += is_first and code != "duplicate"
                continue
            expected = self.office.expect(made, cycle)
            if expected.reject:
                refused[("bill", place, expected.reject)] += 1
                continue
            bills[(made["account"], made["invoice"])] = (made, expected)
            if "postcard" not in pieces or not is_first:
                continue
            day, account = made["issued"], made["account"]
            before = [mailed for mailed, its in self.carded[account] if its != cycle and mailed <= day]
            if self.cards.card.get("once", "campaign") == "campaign" and before:
                self.tally["accounts without a card, which they have had"] += 1
                continue
            noticed = self.mailing.noticed(account, self.campaign.id, day, besides=cycle)
            scene = {
                **made, "campaign": {**self.campaign.value, **self.campaign.value["phases"], "phase": expected.phase}, "phase": expected.phase,
                "mode": "optional", "customer-state": expected.state,
                "mailed": {"notices": len(noticed), "days": days_between(max(noticed), day) if noticed else None},
            }
            rule = self.cards.rule(scene, expected.channel == "print")
            if rule is None:
                continue
            language, _ = lookup(made["language"], self.campaign.languages)
            if language is None:
                refused[("postcard", place, "language-not-offered")] += 1
                continue
            cards.append((place, account, made["invoice"], rule, expected.phase, expected.state, self.cards.digest(expected.phase, language), language))
        options = ["--cycle", cycle, "--pieces", ",".join(pieces)]
        self.billfold.render(names, f"out-{cycle}", *options, codes=(65,))
        manifest, rejects = self.billfold.lines(f"out-{cycle}/manifest.jsonl"), self.billfold.lines(f"out-{cycle}/rejects.jsonl")
        told = collections.Counter((line.get("kind", "bill"), (line["input"], line["number"]), line["code"]) for line in rejects)
        for key in sorted(set(told) | set(refused)):
            self.same(f"{cycle}: rejects at {key}", refused[key], told[key])
        self.same(f"{cycle}: bills", sorted(bills) if "bill" in pieces else [],
                  sorted((line["account"], line["invoice"]) for line in manifest if line["kind"] == "bill"))
        # In the order of the files and their lines, from 1.
        mine = [(rank, *card) for rank, card in enumerate(sorted(cards), 1)]
        its = sorted((
            line["card"]["rank"], (line["record"]["input"], line["record"]["number"]), line["account"], line["invoice"], line["notice"]["rule"],
            line["notice"]["phase"], line["state"], line["notice"]["words_digest"], line["language"],
        ) for line in manifest if line["kind"] == "postcard")
        self.same(f"{cycle}: number of cards", len(mine), len(its))
        # The first that differs tells enough: all ranks after it are others.
        for expected, found in zip(mine, its):
            if expected != found:
                self.same(f"{cycle}: card", expected, found)
                break
        for line in manifest:
            if line["kind"] != "postcard":
                continue
            self.same(f"{cycle}: the card's notice", ("postcard", "standard"), (line["notice"]["name"], line["notice"]["variant"]))
            self.same(f"{cycle}: the card's size", (432, 306), (round(line["card"]["width"], 3), round(line["card"]["height"], 3)))
        self.tally.update({"records": len(lines), "bills": len(bills), "cards": len(cards)})
        self.tally.update(f"rule {card[3]}" for card in cards)
        self.tally.update(f"phase {card[4]}" for card in cards)
        self.tally.update(f"reject of a {kind}" for kind, _, _ in refused.elements())
        return names, bills, cards

    def release(self, cycle, bills, cards, mailed):
        """Hands a run over on one day, and notes what the ledger is to know of it."""
        self.billfold.run("release", f"out-{cycle}", "--ledger", "ledger", "--mailed", mailed)
        self.note(cycle, bills, cards, mailed)

    def note(self, cycle, bills, cards, mailed):
        for (account, _), (_, expected) in bills.items():
            if expected.channel == "print":
                self.mailing.add({"account": account, "kind": "bill", "notice": expected.notice, "campaign": self.campaign.id, "cycle": cycle}, mailed)
        for card in cards:
            self.carded[card[1]].append((mailed, cycle))

    def before(self):
        """Bills alone, of which some are mailed early and the rest late."""
        cycle, bounds, days = BEFORE
        _, bills, _ = self.run(cycle, bounds, ["bill"], self.count // 3)
        accounts = sorted({account for account, _ in bills})
        early = {account for number, account in enumerate(accounts) if number % 2}
        for chosen, mailed in ((early, days[0]), (set(accounts) - early, days[1])):
            with open(self.billfold.path("accounts"), "w", encoding="utf-8") as file:
                file.writelines(f"{account}\n" for account in sorted(chosen))
            self.billfold.run("release", f"out-{cycle}", "--ledger", "ledger", "--mailed", mailed, "--only", "@accounts")
            self.note(cycle, {key: value for key, value in bills.items() if key[0] in chosen}, [], mailed)

    def ledger_knows(self):
        """The ledger's cards, as `ledger export` tells them, are those that were handed over."""
        told = collections.Counter(
            (line["account"], piece["cycle"], piece["mailed"], piece["notice"])
            for line in map(json.loads, self.billfold.export().splitlines()) for piece in line["pieces"] if piece["kind"] == "postcard")
        mine = collections.Counter((account, cycle, mailed, "postcard") for account, cards in self.carded.items() for mailed, cycle in cards)
        self.same("the ledger's cards", sorted(mine.items()), sorted(told.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ["program", "fonts"]:
        parser.add_argument(name)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder")
    options = parser.parse_args()
    found, tally = [], collections.Counter()
    folder = options.folder or tempfile.mkdtemp()
    for once in ("campaign", "cycle"):
        simulation = Simulation(
            os.path.join(folder, once), options.program, options.fonts, {"audience": RULES, "once": once, "words": OWN},
            options.records // 2, options.seed, found, tally)
        simulation.before()
        for number, (cycle, bounds, mailed) in enumerate(RUNS):
            # Cards alone, too: their bills are judged all the same.
            pieces = ["postcard"] if once == "cycle" and number == 1 else ["bill", "postcard"]
            names, bills, cards = simulation.run(cycle, bounds, pieces, simulation.count // 2)
            if once == "campaign" and number == 1:
                simulation.billfold.render(
                    names, "out-one", "--cycle", cycle, "--pieces", "bill,postcard", "--jobs", "1", codes=(65,))
                simulation.same("bytes with one job", tree(simulation.billfold.path(f"out-{cycle}")), tree(simulation.billfold.path("out-one")))
            simulation.release(cycle, bills if "bill" in pieces else {}, cards, mailed)
        simulation.ledger_knows()
        tally[f"cards once a {once}"] += sum(len(cards) for cards in simulation.carded.values())
    simulation = Simulation(os.path.join(folder, "plain"), options.program, options.fonts, {}, options.records // 4, options.seed + 1, found, tally)
    simulation.run(RUNS[0][0], RUNS[0][1], ["bill", "postcard"], simulation.count)
    for what, count in sorted(tally.items()):
        print(f"{what}: {count}")
    print(f"{len(found)} differences")
    for line in found[:20]:
        print(line[:1500])
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
