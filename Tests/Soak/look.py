"""Looks at bills of a finished cycle of the sample company with tools that are not ours.

Holds the summary against the data, and of some bills, chosen at random and always the same, what stands on the pages against their records: name,
amount, date, and with a notice its words, the new terms and the code, which is read from a picture of the page. Prints what is wrong; ends with
1 if anything is. Run from the package's folder."""

import argparse
import concurrent.futures
import json
import os
import random
import re
import subprocess
import sys

CAMPAIGN = "Samples/larkspur/campaign"
ACTIVE = {"en-US": "March 1, 2027", "es-US": "1 de marzo de 2027"}
HEADINGS = {"en-US": "Your choice: bills by e-mail from March 1, 2027", "es-US": "Factura digital desde el 1 de marzo de 2027"}
MONTHS = {
    "en-US": "January February March April May June July August September October November December".split(),
    "es-US": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
}


def fold(text):
    """The text without marks of direction, each stretch of white space one space."""
    return " ".join(re.sub("[\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]", "", text).split())


def last_sentence(path):
    """The last sentence of the terms: where it stands on a page, all of them do."""
    with open(path, encoding="utf-8") as file:
        lines = [line for line in file.read().splitlines() if line.strip()]
    return fold(re.sub(r"[*_`]", "", re.split(r"(?<=\.)\s+", lines[-1].strip())[-1]))


def date(text, tag):
    year, month, day = map(int, text.split("-"))
    return f"{day} de {MONTHS[tag][month - 1]} de {year}" if tag.startswith("es") else f"{MONTHS[tag][month - 1]} {day}, {year}"


def run(*words):
    return subprocess.run(words, capture_output=True, text=True)


def code(path, page):
    """What the QR codes on a page say."""
    picture = path + ".look"
    run("pdftoppm", "-q", "-r", "200", "-f", page, "-l", page, "-singlefile", "-png", path, picture)
    try:
        return run("zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", picture + ".png").stdout.split()
    finally:
        os.remove(picture + ".png")


def look(out, piece, record, terms):
    """What is wrong with one bill."""
    found = []
    path = piece["file"] if os.path.isabs(piece["file"]) else f"{out}/{piece['file']}"
    checked = run("qpdf", "--check", path)
    if checked.returncode != 0 or "WARNING" in checked.stdout + checked.stderr:
        found.append("qpdf --check")
    for line in run("pdffonts", path).stdout.splitlines()[2:]:
        if line.split()[-5:-2] != ["yes", "yes", "yes"]:
            found.append(f"font {line}")
    text = fold(run("pdftotext", "-q", path, "-").stdout)
    spread = fold(run("mutool", "draw", "-q", "-F", "txt", path).stdout)
    name = fold(record["customer"]["name"])
    if name not in text and name not in spread:
        found.append(f"no name {name}")
    due = f"${abs(float(piece['amount_due'])):,.2f}"
    if due not in text:
        found.append(f"no amount {due}")
    tag = piece["language"]
    if record["due"] and record["kind"] != "credit" and date(record["due"], tag) not in text:
        found.append(f"no date {record['due']}")
    if piece["notice"] and piece["notice"]["name"] == "standard":
        token = re.search(r"\b[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}\b", text)
        for words in (HEADINGS[tag], ACTIVE[tag], "my.larkspur.example/p", "1-800-555-0142", terms[tag]):
            if words not in text:
                found.append(f"no '{words}'")
        wanted = ["https://my.larkspur.example/p/" + token.group(0).replace("-", "")] if token else ["no token on the page"]
        read = code(path, str(piece["notice"]["page"]))
        if read != wanted:
            found.append(f"code {read}, expected {wanted}")
    return [f"{piece['file']}: {fault}" for fault in found]


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("out", help="the folder a cycle was rendered into")
    arguments.add_argument("data", help="its data, as JSON Lines")
    arguments.add_argument("--bills", type=int, default=200, help="how many bills are looked at (200)")
    given = arguments.parse_args()
    manifest = lines(f"{given.out}/manifest.jsonl")
    records = lines(given.data)
    with open(f"{given.out}/summary.json", encoding="utf-8") as file:
        summary = json.load(file)
    faults = []
    if summary["in"] != len(records) or summary["out"] != len(records) or len(manifest) != len(records):
        faults.append(f"{len(records)} records, the summary says {summary['in']} in, {summary['out']} out, the manifest has {len(manifest)}")
    terms = {tag: last_sentence(f"{CAMPAIGN}/terms/2027-03.{tag[:2]}.md") for tag in ACTIVE}
    by_identity = {(record["account"], record["invoice"]): record for record in records}
    chosen = random.Random(7).sample(manifest, min(given.bills, len(manifest)))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        for found in pool.map(lambda piece: look(given.out, piece, by_identity[piece["account"], piece["invoice"]], terms), chosen):
            faults += found
    noticed = sum(1 for piece in chosen if piece["notice"])
    print(f"{len(manifest)} bills, {len(chosen)} looked at, {noticed} of them with a notice, {len(faults)} faults")
    for fault in faults[:20]:
        print(" ", fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
