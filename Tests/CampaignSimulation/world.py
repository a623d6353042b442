"""A made-up company's campaign, layout, customers, records and events, all from one seed."""

import datetime
import json
import os
import random
import re
import shutil

CYCLES = ("2026-11", "2027-01", "2027-02", "2027-03")
# From when to when each cycle's bills are issued, the first and the second day of mailing, and the day named with --as-of.
ISSUED = (("2026-10-30", "2026-11-21"), ("2026-12-30", "2027-01-22"), ("2027-01-31", "2027-02-19"), ("2027-02-26", "2027-03-19"))
MAILED = (("2026-11-25", "2026-11-27"), ("2027-01-25", "2027-01-27"), ("2027-02-22", "2027-02-24"), ("2027-03-22", "2027-03-23"))
AS_OF = (None, None, "2027-02-10", None)
# What customers say before each cycle is dated between these days; some of it is later than the bills.
SAID = (("2026-09-10", "2026-11-22"), ("2026-11-24", "2027-01-23"), ("2027-01-20", "2027-02-18"), ("2027-02-15", "2027-03-21"))
STRINGS = ("en-US", "es-US", "fr-FR")
COMPANY = "Quarry Water & Light"


def marker(notice, phase, language, slot, number=0):
    """A word that stands in one place of the campaign's words and nowhere else."""
    parts = ["standard thanks kept again unreachable terms keep".split().index(notice), "announce remind final active".split().index(phase)]
    slots = "heading body action keep-paper benefits label".split()
    return f"Q{parts[0]}{parts[1]}{STRINGS.index(language)}{slots.index(slot)}{number}X"


def words(notice, phase, language, *slots):
    """Words with marks and values in them, told apart by their markers."""
    texts = {
        "heading": "Bills by e-mail from {campaign.active | date('long')} %s",
        "body": "Dear {customer.name}, this *is* %s. The terms are version {campaign.terms.version}.",
        "action": "**Scan** the code, %s", "keep-paper": "Prefer paper? Do nothing, %s", "benefits": "A reminder, %s",
    }
    found = {slot: texts[slot] % marker(notice, phase, language, slot) for slot in slots}
    if "benefits" in found:
        found["benefits"] = [found["benefits"], "A second one, " + marker(notice, phase, language, "benefits", 1)]
    return found


NOTICES = ("thanks", "kept", "again", "unreachable")


def campaign(names=NOTICES):
    """The campaign file as a value; JSON is YAML, too. Of the notices beside `standard` only those named; for each other one stands `kept`."""
    every = ("heading", "body", "action", "benefits")
    standard = {
        "announce": {
            "en-US": words("standard", "announce", "en-US", *every, "keep-paper"), "es-US": words("standard", "announce", "es-US", *every)},
        "remind": {"same-as": "announce", **{l: words("standard", "remind", l, "heading") for l in ("en-US", "es-US")}},
        "final": {"same-as": "remind", "en-US": words("standard", "final", "en-US", "body", "keep-paper")},
        "active": {"same-as": "announce", "en-US": {**words("standard", "active", "en-US", "heading", "action"), "benefits": []},
                   "es-US": words("standard", "active", "es-US", "heading", "body", "action")},
    }

    def other(name, *phases):
        found = {"prominence": "none"}
        for phase in phases:
            found[phase] = {language: words(name, phase, language, "body") for language in ("en-US", "es-US")}
        return found

    notices = {
        "standard": standard, "thanks": other("thanks", "announce", "active"), "kept": other("kept", "announce"),
        "again": other("again", "announce", "final"), "unreachable": other("unreachable", "announce", "remind", "final", "active"),
    }
    # Words of another phase, where one says nothing of a language.
    notices["thanks"]["final"] = {"same-as": "announce", "en-US": words("thanks", "final", "en-US", "body")}
    notices = {name: value for name, value in notices.items() if name == "standard" or name in names}
    rules = [
        ("ended", "kind eq 'termination'", "none", "none"),
        ("credited", "kind eq 'credit'", "none", None),
        ("agreed", "customer-state eq 'agreed'", "thanks", "bill"),
        ("keeps-paper", "customer-state eq 'paper'", "kept", "bill"),
        ("unreachable", "customer-state eq 'bounced' and not (delivery eq 'both')", "unreachable", "none"),
        ("closing", "kind eq 'final'", "none", "bill"),
        ("told-lately", "mode eq 'optional' and (mailed.days | default(999)) lt 20", "again", "none"),
        ("told-often", "mailed.notices ge 2 and phase eq 'final'", "standard", "none"),
        ("business", "(segment | default('')) eq 'business' or totals.due gt 400", "standard", None),
        ("never-told", "phase ne 'announce' and mailed.notices eq 0 and issued lt campaign.active", "standard", "bill"),
        ("required", "campaign.mode eq 'required'", "kept", "none"),
        ("undecided", None, "standard", "bill"),
    ]
    audience = []
    for rule, when, notice, terms in rules:
        entry = {"rule": rule, "notice": notice if notice in ("none", "standard", *names) else "kept"}
        entry |= {"when": when} if when else {}
        entry |= {"terms": terms} if terms else {}
        audience.append(entry)
    return {
        "billfold": "1", "id": "quarry-2027", "company": COMPANY, "languages": ["en-US", "es-US"], "mode": "optional", "consent": "before",
        "phases": {"announce": "2026-11-01", "remind": "2027-01-01", "final": "2027-02-01", "active": "2027-03-01"},
        "opt-in": {"url": "https://my.quarry.example/p/{token}", "show": "my.quarry.example/p", "phone": "+1 800 555 0177"},
        "paper": {"fee": "0.00", "currency": "USD"},
        "keep": {"how": {language: "Write, " + marker("keep", "announce", language, "body") for language in ("en-US", "es-US")}},
        "cycles": "monthly",
        "terms": {"version": "2027-03", "effective": "2027-03-01", "files": {l: f"terms/{l}.md" for l in ("en-US", "es-US")},
                  "previous": {"version": "2024-01", "files": {"en-US": "terms/old.md"}}},
        "prominence": {"page": "1", "area": "0.03", "heading": "1", "contrast": "7"},
        "audience": audience, "coverage": {"bills": "3"}, "jurisdictions": ["US"], "notices": notices,
    }


def terms(language):
    """The terms of a language, with markers."""
    marks = [marker("terms", "announce", language, "body", number) for number in range(3)]
    return f"# Terms {marks[0]}\n\nThe company bills once a month {marks[1]}.\n\n1. Paper costs nothing {marks[2]}\n2. Nothing else\n".encode()


SLOTS = '<text size="15pt" line-height="18pt" weight="bold"><slot name="heading"/></text><slot name="body"/><slot name="action"/><slot name="benefits"/>' \
    '<slot name="keep-paper"/><row gap="10pt"><column width="1fr"><slot name="address"/><slot name="phone"/></column>' \
    '<column width="90pt"><opt-in-qr size="60pt" describe="code"/></column></row>'
VARIANTS = {"full": "190pt", "middle": "90pt", "line": None}


def layout(variants=tuple(VARIANTS)):
    """A layout that costs little, with the notice `standard` in the named variants."""
    standard = "".join(
        f'<notice variant="{name}" padding="4pt" fill="#E7F1ED">{SLOTS}'
        + (f'<box height="{VARIANTS[name]}"/>' if VARIANTS[name] else "") + "</notice>" for name in variants)
    others = "".join(f'<notice name="{name}"><slot name="body"/></notice>' for name in ("thanks", "kept", "again", "unreachable"))
    return f"""<bill paper="420pt 500pt" style="body" xmlns="urn:billfold:layout:1">
  <style name="body" font="Inter, Noto Sans Hebrew" size="9pt" line-height="12pt"/>
  <page name="next" margin="20pt"/>
  <body>
    <text>{{customer.name}}</text>
    <text>{{account}} · {{invoice}} · <t key="due"/> {{totals.due | money}}</text>
    <messages>{standard}{others}</messages>
    <column><each each="section in sections"><text each="line in section.lines">{{line.description}}: {{line.amount | money}}</text></each></column>
    <messages><terms/></messages>
  </body>
</bill>
"""


def read_text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


FACES = ("Inter/Inter-Regular.otf", "Inter/Inter-Bold.otf", "Inter/Inter-Italic.otf", "NotoSansHebrew/NotoSansHebrew-Regular.ttf")


def write_company(folder, fonts, given_layout=None):
    """Campaign, layout, rules of law, key and fonts, as files: a layout that costs little with the few faces it needs, or another one with all
    faces. Returns the campaign's value and the bytes of its terms."""
    names = NOTICES
    if given_layout:
        shutil.copytree(given_layout, os.path.join(folder, "layout"), dirs_exist_ok=True)
        shutil.copytree(fonts, os.path.join(folder, "fonts"), dirs_exist_ok=True)
        names = {name for place, _, files in os.walk(given_layout) for file in files if file.endswith(".xml")
                 for name in re.findall(r'<notice name="([^"]+)"', read_text(os.path.join(place, file)))}
    value, texts = campaign(names), {language: terms(language) for language in ("en-US", "es-US")}
    files = {"campaign/campaign.yaml": json.dumps(value, ensure_ascii=False, indent=1).encode(), "campaign/terms/old.md": b"# Terms\n\nOld\n",
             "key": b"a key for a made-up company, never for real bills", "rules/RS.yaml": b"""billfold: 1
jurisdiction: RS
name: A company's own rules
rules:
  - {id: own-consent, title: Consent, source: House rule, seen: 2026-11-28, confirmed: no, consent-sources: [form, web]}
  - {id: own-paper, title: Paper, source: House rule, seen: 2026-11-28, confirmed: no, paper-kinds: [final]}
"""}
    if not given_layout:
        files["layout/layout.xml"] = layout().encode()
        for language, text in (("en-US", "due"), ("es-US", "a pagar"), ("fr-FR", "d\u00fb")):
            files[f"layout/strings/{language}.yaml"] = f"due: {text}\nspecimen: {text}\n".encode()
        os.makedirs(os.path.join(folder, "fonts"), exist_ok=True)
        for face in FACES:
            shutil.copy(os.path.join(fonts, face), os.path.join(folder, "fonts"))
    for language, text in texts.items():
        files[f"campaign/terms/{language}.md"] = text
    for name, data in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
    os.chmod(os.path.join(folder, "key"), 0o600)
    return value, texts


OWN_LAW = {"RS": [{"sources": ["form", "web"]}, {"paper-kinds": ["final"]}]}
# Names that must not become anything but names, and what is printed of them.
ODD_NAMES = {
    "<b>**Bo**</b> {totals.due} {{x}} [a](https://b.example) & Co": None, "\u202eevil\u202c Ana \u2067x\u2069": "evil Ana x",
    "`code` <!-- no --> ![p](q.png) \\": None, "# Heading & \"quotes\" 'n' %s {campaign.active}": None,
}


def shown(name):
    """What is printed of a name."""
    return ODD_NAMES.get(name) or name


class Customers:
    """Who is billed. `steady` ones are billed in every cycle and switched only when they may be: nobody of them may be missed."""

    def __init__(self, count, seed):
        self.random = random.Random(f"customers {seed}")
        self.all = [self.customer(number) for number in range(count)]

    def customer(self, number):
        draw = self.random
        kind = "steady" if draw.random() < 0.7 else "changing"
        account = f"{4400 + number // 1000}-{number % 1000:03d}-{draw.randrange(10)}"
        if number % 29 == 7:
            account = [f"=1+{number}", f"a, \"{number}\"", f"e\u0301 {number}", f"\u00e9 {number}", f"@{number}"][number // 29 % 5]
        name = draw.choice(["Ana Petrovic", "Bo Li", "Carmen Diaz", "Dov \u05d1\u05df", "Edgar Allan van der Waal-Montgomery"]) + f" N{number}"
        if number % 17 == 3:
            name = list(ODD_NAMES)[number // 17 % len(ODD_NAMES)]
        consent = None
        if draw.random() < 0.12:
            consent = {"date": draw.choice(["2026-08-11", "2026-12-05", "2027-02-01", None]), "source": draw.choice(["web", "app", "phone", "form", None])}
            consent = {key: value for key, value in consent.items() if value}
        return {
            "account": account, "name": name, "kind": kind, "consent": consent or None,
            "language": draw.choice(["en-US"] * 6 + ["es-US"] * 3 + ["es-MX", "en", "en-GB", "fr-FR"]) if kind == "changing"
            else draw.choice(["en-US", "en-US", "es-US", "en-GB", "es-MX"]),
            "place": draw.choice([None, "US-OR", "US-OR", "US", "RS", "XX"]), "segment": draw.choice([None, "residential", "residential", "business"]),
            "wants": draw.random() < 0.5, "both": draw.random() < 0.08, "from": 0 if kind == "steady" or draw.random() < 0.7 else draw.randrange(1, 4),
        }


def day(draw, bounds):
    """A day between two, both included."""
    first, last = (datetime.date.fromisoformat(text) for text in bounds)
    return (first + datetime.timedelta(days=draw.randrange((last - first).days + 1))).isoformat()


def events(customers, number, seed):
    """What the customers say before a cycle, as rows of a file, among them some that must be refused.

    Returns the rows as they are written, and of each the event, or None where it is to be refused."""
    draw = random.Random(f"events {seed} {number}")
    rows = []
    for customer in customers:
        chance = 0.3 if customer["kind"] == "steady" else 0.55
        if customer["kind"] == "steady" and customer.get("switched"):
            continue
        while draw.random() < chance:
            state = draw.choice(["consent"] * 5 + ["paper", "paper", "withdrawn", "bounced"])
            source = draw.choice(["web", "web", "email", "app", "phone", "form"]) if state == "consent" else draw.choice(["", "web", "phone"])
            event = (state, day(draw, SAID[number]), source, draw.choice(["", "all bills"]), draw.choice(["", f"log {draw.randrange(99)}", 'said "yes", twice']))
            rows.append(([customer["account"], *event], (customer["account"], event)))
            chance = 0.2
    account = customers[0]["account"]
    rows += [([account, state, date, source, "", evidence], None) for state, date, source, evidence in (
        ("agreed", SAID[number][0], "web", ""), ("consent", "2027-02-30", "web", ""), ("consent", SAID[number][0], "", ""),
        ("paper", "soon", "", ""), ("paper", SAID[number][0], "w" * 101, ""), ("paper", SAID[number][0], "", "a\tb"))]
    rows += [(["", "paper", SAID[number][0], "", "", ""], None), ([account, "paper"], None), ([account] + ["x"] * 7, None)]
    draw.shuffle(rows)
    return rows + rows[: len(rows) // 10]


def amount(cents):
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def record(customer, number, seed, electronic, invoice=0):
    """A customer's bill in a cycle, right by itself."""
    draw = random.Random(f"record {seed} {number} {customer['account']} {invoice}")
    kind = "bill" if customer["kind"] == "steady" else draw.choice(["bill"] * 8 + ["credit", "termination", "final"])
    delivery = "electronic" if electronic else "both" if customer["both"] else "paper"
    if customer["kind"] == "changing" and draw.random() < 0.06:
        delivery = "electronic"
    sign = -1 if kind == "credit" else 1
    lines = [{"description": f"Item {n}", "amount": amount(sign * draw.randrange(100, 900))} for n in range(draw.randrange(1, 52))]
    total = sum(int(line["amount"].replace(".", "")) for line in lines)
    bounds = ISSUED[number]
    issued = day(draw, bounds)
    if customer["kind"] == "steady":
        # Before the first phase a bill carries nothing.
        issued = max(issued, "2026-11-03")
    found = {
        "v": 1, "account": customer["account"], "invoice": f"{CYCLES[number]}-{invoice}", "kind": kind, "issued": issued, "due": None,
        "currency": "USD", "language": customer["language"], "customer": {"name": customer["name"], "address": ["1 Quarry Rd", "Portland OR 97204"]},
        "delivery": delivery, "consent": customer["consent"], "format": "large-print" if customer["kind"] == "changing" and draw.random() < 0.04 else "standard",
        "sections": [{"title": "Water", "lines": lines}], "totals": {"charges": amount(total), "due": amount(total)},
    }
    if customer["segment"]:
        found["segment"] = customer["segment"]
    if customer["place"]:
        found["jurisdiction"] = customer["place"]
    return found


def faulty(records, draw):
    """Lines that are no bills: each with the code it is refused by, and the account it would have had."""
    def changed(record, **values):
        return json.dumps({**record, **values}, ensure_ascii=False)

    base = {**draw.choice(records), "kind": "bill", "delivery": "paper"}
    customer = base["customer"]
    return [
        (changed(base, invoice="f-1", totals={**base["totals"], "due": "1.00", "charges": "1.00"}), "sum-mismatch"),
        (changed(base, invoice="f-2", customer={**customer, "name": "a" + "\u0301" * 10_000}), "too-long"),
        (changed(base, invoice="f-3", customer={**customer, "name": "a" + "\u0301" * 900}), "too-many-marks"),
        (changed(base, invoice="f-4", language="de-DE"), "language-not-offered"),
        (changed(base, invoice="f-5", colour="blue"), "unknown-key"), ('{"v":1,', "malformed-json"),
        (changed(base, invoice="f-6", issued="2027-02-30"), "bad-date"),
    ]
