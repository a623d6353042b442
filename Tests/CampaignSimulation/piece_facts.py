#!/usr/bin/env python3
"""Holds finished postcards and e-mails against the bills they go with, as somebody with all of them in their hands and a telephone would.

  piece_facts.py PROGRAM LAYOUT CAMPAIGN [--records 40] [--seed 7] [--fonts DIR] [--folder DIR]

Made-up records of the layout are rendered as bills, cards and e-mails in each of the four phases. In the text that poppler's `pdftotext` finds, the day paper stops,
the words that say whether customers choose, the phone number and how to keep paper stand on both; the card shows the address that is the same for
all, and its code, read by `zbarimg` from a picture of the card, leads there. Nothing of the account stands on a card: no token, no number of account
or invoice, no amount, neither in its text nor anywhere in its file.

Day, mode, phone, address and how to keep paper stand in both forms of the e-mail, too, which leads to the customer's own address; the token in it is
computed anew, and `billfold token verify` knows it.

A campaign without `channels.postcard` is tried with one that says no words of its own. Ends with 0 if all is so, else with 1 and what is not. Knows
nothing of the program but its command line, its manifest and its PDF files."""

import argparse
import collections
import concurrent.futures
import datetime
import hashlib
import hmac
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

from disclosures import PHASES, evaluated, folded, long_date
from message_facts import Message

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
AMOUNT = re.compile(r"[$\u20ac\u00a3]\s*\d|\d[.,]\d{2}(?!\d)")
GROUPS = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:[- ][0-9A-HJKMNP-TV-Z]{4}){3}\b")


def token(key, campaign, account):
    number = int.from_bytes(hmac.new(key, campaign.encode() + b"\0" + account.encode(), hashlib.sha256).digest()[:10], "big")
    return "".join(ALPHABET[number >> 75 - 5 * n & 31] for n in range(16))


def text_of(path):
    return subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout.decode("utf-8")


def squeezed(text):
    """The words without anything between them: lines break where they like, and amounts and numbers are set apart with spaces of all kinds."""
    return re.sub(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff\u2010\u2011-]", "", text)


def codes_of(path, folder):
    """What a telephone reads from pictures of the pages."""
    name = os.path.join(folder, hashlib.sha256(path.encode()).hexdigest()[:16])
    subprocess.run(["pdftoppm", "-r", "150", "-png", path, name], check=True)
    found = []
    for picture in sorted(entry for entry in os.listdir(folder) if entry.startswith(os.path.basename(name) + "-")):
        picture = os.path.join(folder, picture)
        read = subprocess.run(["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture], capture_output=True, text=True)
        found += read.stdout.split()
        os.remove(picture)
    return found


def whole_file(path):
    """Everything a PDF holds, its streams unpacked."""
    # Faults of structure are others' to find.
    return subprocess.run(["qpdf", "--qdf", "--object-streams=disable", "--warning-exit-0", path, "-"], capture_output=True).stdout


def facts_of(campaign, phase, language):
    """What every piece of a phase says, in a language of the campaign."""
    optin = campaign["opt-in"]
    phone = optin["phone"] if isinstance(optin["phone"], str) else optin["phone"][language]
    words = campaign["notices"].get("standard", campaign["notices"])

    def keep(name):
        entry = words[name]
        own = entry.get(language, {}).get("keep-paper")
        return own or (keep(entry["same-as"]) if "same-as" in entry else None)

    how = campaign.get("keep", {}).get("how")
    kept = keep(phase) or (how if isinstance(how, str) or how is None else how[language])
    facts = {"the day paper stops": long_date(datetime.date.fromisoformat(campaign["phases"]["active"]), language), "the phone number": phone,
             "how to keep paper": evaluated(kept, campaign, language)}
    for number, disclosure in enumerate(campaign.get("disclosures", [])):
        if disclosure["id"] == "mode" and disclosure["where"] == "notice" and phase in disclosure.get("phases", PHASES) and language in disclosure["text"]:
            facts[f"whether customers choose ({number})"] = evaluated(disclosure["text"][language], campaign, language)
    return facts


def changed(campaign, language, facts):
    """What is not so, and must not be found: a check of the check."""
    later = datetime.date.fromisoformat(campaign["phases"]["active"]) + datetime.timedelta(days=1)
    phone = facts["the phone number"]
    return (("another day", long_date(later, language)), ("another number", phone[:-1] + str((int(phone[-1]) + 1) % 10)))


def examine_message(line, bill, record, out, campaign, key):
    """What is wrong with an e-mail, and how many things were looked for."""
    wrong, looked = [], 0
    path, language, phase = os.path.join(out, line["file"]), line["words"], line["notice"]["phase"]
    message, secret = Message(path), token(key, campaign["id"], line["account"])
    bill_text = squeezed(text_of(os.path.join(out, bill["file"])))
    forms = {"the HTML": squeezed(folded(message.shown.text)), "the plain text": squeezed(folded(message.plain))}
    facts = facts_of(campaign, phase, language)
    facts["the address"] = campaign["opt-in"]["show"]
    facts["the code"] = "".join(secret)
    for what, fact in facts.items():
        for form, text in forms.items():
            looked += 1
            if squeezed(folded(fact)) not in text:
                wrong.append(f"{line['file']} ({phase}, {language}): {what} is not in {form}: {fact!r}")
        looked += 1
        if (bill["notice"] or {}).get("name") == "standard" and squeezed(folded(fact)) not in bill_text:
            wrong.append(f"{line['file']} ({phase}, {language}): {what} is not on the bill: {fact!r}")
    for what, other in changed(campaign, language, facts):
        looked += 1
        if any(squeezed(other) in text for text in forms.values()):
            wrong.append(f"{line['file']}: {what} is in the message: {other!r}")
    found = list(message.faults(line, record, campaign, language, secret))
    return wrong + [f"{line['file']} ({phase}, {language}): {fault}" for fault in found], looked + 16, ("e-mail", phase, language, line["format"])


def examine(line, bill, record, out, campaign, key, folder):
    """What is wrong with a card, and how many things were looked for."""
    wrong, looked = [], 0

    def expect(what, isSo):
        nonlocal looked
        looked += 1
        if not isSo:
            wrong.append(f"{line['file']} ({line['notice']['phase']}, {line['words']}): {what}")

    path, language, phase = os.path.join(out, line["file"]), line["words"], line["notice"]["phase"]
    card_text, bill_text = text_of(path), text_of(os.path.join(out, bill["file"]))
    card, paper = squeezed(card_text), squeezed(bill_text)
    optin, facts = campaign["opt-in"], facts_of(campaign, phase, language)
    for what, fact in facts.items():
        expect(f"{what} is not on the card: {fact!r}", squeezed(folded(fact)) in card)
        if (bill["notice"] or {}).get("name") == "standard":
            expect(f"{what} is not on the bill: {fact!r}", squeezed(folded(fact)) in paper)
    for what, other in changed(campaign, language, facts):
        expect(f"{what} is on the card: {other!r}", squeezed(other) not in card)
    expect(f"the address {optin['open']['show']!r} is not on the card", squeezed(optin["open"]["show"]) in card)
    expect("the bill shows no way in", squeezed(optin["show"]) in paper or (bill["notice"] or {}).get("name") != "standard")
    codes = codes_of(path, folder)
    expect(f"the code leads to {codes}, not to {optin['open']['url']!r}", codes == [optin["open"]["url"]])

    # Nothing of the account: as printed, with and without what stands between the groups, and in the file.
    secret, file = token(key, campaign["id"], line["account"]), whole_file(path)
    name = squeezed(record["customer"]["name"] + "".join(record["customer"]["address"]))
    account, invoice = squeezed(line["account"]), squeezed(line["invoice"])
    expect("a token is on the card", secret not in card.upper() and not GROUPS.search(card_text) and secret.encode() not in file)
    # What is part of the address anyway tells nothing.
    for what, number in (("account", account), ("invoice", invoice)):
        expect(f"the {what}'s number is on the card: {number}", number not in card or number in name)
        expect(f"the {what}'s number is in the card's file: {number}", line[what].encode() not in file)
    address = "\n".join([record["customer"]["name"], *record["customer"]["address"]])
    printed = AMOUNT.findall(card_text.replace(address, ""))
    own = [fact for fact in AMOUNT.findall(address)]
    fee = AMOUNT.findall(" ".join(str(fact) for fact in facts.values()))
    expect(f"an amount is on the card: {printed}", len(printed) <= len(own) + len(fee))
    for amount in {record["totals"]["due"], record["totals"]["charges"], *(section.get("subtotal", "0") for section in record["sections"])}:
        digits = amount.lstrip("-")
        if len(digits) > 5:
            expect(f"the amount {amount} is on the card", digits not in card_text and f"{float(digits):,.2f}" not in card_text)
    return wrong, looked, ("card", phase, language, line["format"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ["program", "layout", "campaign"]:
        parser.add_argument(name)
    parser.add_argument("--records", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--fonts", action="append", default=[])
    parser.add_argument("--folder")
    options = parser.parse_args()
    folder = options.folder or tempfile.mkdtemp()
    place = os.path.join(folder, "campaign")
    shutil.copytree(options.campaign, place)
    with open(os.path.join(place, "campaign.yaml"), encoding="utf-8-sig") as file:
        campaign = yaml.load(file, yaml.BaseLoader)
    campaign.setdefault("channels", {}).setdefault("postcard", {})
    # Everybody gets each: what they say is looked at here, not who gets them.
    for channel in campaign["channels"].values():
        channel |= {"audience": [{"rule": "everybody"}], "once": "cycle"}
    kinds = ["bill", *campaign["channels"]]
    with open(os.path.join(place, "campaign.yaml"), "w", encoding="utf-8") as file:
        json.dump(campaign, file, ensure_ascii=False)
    key = bytes(range(1, 65))
    with open(os.path.join(folder, "key"), "wb") as file:
        file.write(key)
    os.chmod(os.path.join(folder, "key"), 0o600)
    fonts = [part for font in options.fonts for part in ["--fonts", font]]
    wrong, looked, seen, pieces = [], 0, collections.Counter(), collections.Counter()
    for number, phase in enumerate(PHASES):
        data, out = os.path.join(folder, f"{phase}.jsonl"), os.path.join(folder, phase)
        issued = (datetime.date.fromisoformat(campaign["phases"][phase]) + datetime.timedelta(days=9)).isoformat()
        with open(data, "wb") as file:
            subprocess.run([options.program, "sample", "--layout", options.layout, "--count", str(-(-options.records // 4)), "--seed",
                            str(options.seed + number), "--issued", issued], check=True, stdout=file)
        with open(data, encoding="utf-8") as file:
            records = [json.loads(line) for line in file]
        # Each language comes up as often, whatever the sample's share of it.
        for place_in_file, record in enumerate(records):
            # Two customers share an address.
            record["customer"]["email"] = f"customer+{place_in_file // 2}@mail.example"
            record["language"] = campaign["languages"][place_in_file % len(campaign["languages"])]
        with open(data, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        done = subprocess.run([options.program, "render", "--layout", options.layout, "--campaign", place, "--token-key", os.path.join(folder, "key"),
                               "--pieces", ",".join(kinds), "--data", data, "--out", out, "--accept", "no-consent", *fonts],
                              capture_output=True, text=True)
        if done.returncode not in (0, 65):
            sys.exit(f"exit {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        with open(os.path.join(out, "rejects.jsonl"), encoding="utf-8") as file:
            wrong += [f"rejected: {line['kind']} {line['code']}: {line.get('message', '')}" for line in map(json.loads, file) if line.get("kind") in ("postcard", "email")]
        with open(os.path.join(out, "manifest.jsonl"), encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
        bills = {(line["account"], line["invoice"]): line for line in lines if line["kind"] == "bill"}
        lines = [line for line in lines if line["kind"] in ("postcard", "email")]
        for line in lines:
            line["words"] = next(tag for tag in campaign["languages"] if tag == line["language"] or tag.split("-")[0] == line["language"].split("-")[0])
        pieces.update(line["kind"] for line in lines)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            def look(line):
                bill, record = bills[line["account"], line["invoice"]], records[line["record"]["number"] - 1]
                if line["kind"] == "email":
                    return examine_message(line, bill, record, out, campaign, key)
                return examine(line, bill, record, out, campaign, key, folder)

            found = pool.map(look, lines)
            for lacks, count, kind in found:
                wrong += lacks
                looked += count
                seen[kind] += 1
    for kind, count in sorted(seen.items()):
        print(f"{count:5} of {', '.join(kind)}")
    # The program's own eye, on a token that was computed here.
    for line in lines[:1]:
        verified = subprocess.run([options.program, "token", "verify", token(key, campaign["id"], line["account"]), "--account", line["account"],
                                   "--campaign", place, "--token-key", os.path.join(folder, "key")], capture_output=True)
        if verified.returncode != 0:
            wrong.append(f"the token of {line['account']} is not known to be one")
    print(f"{pieces['postcard']} cards, {pieces['email']} e-mails, {looked} things looked for, {len(wrong)} faults")
    for line in wrong[:20]:
        print(line)
    made = ["card"] + (["e-mail"] if "email" in kinds else [])
    unmet = [(kind, phase, language) for kind in made for phase in PHASES for language in campaign["languages"]
             if not any(known[:3] == (kind, phase, language) for known in seen)]
    for kind, phase, language in unmet:
        print(f"no {kind} of the phase {phase} in {language}")
    sys.exit(1 if wrong or unmet or not pieces else 0)


if __name__ == "__main__":
    main()
