#!/usr/bin/env python3
"""Looks for a campaign's disclosures in the text of finished bills, as somebody with a PDF reader and the campaign's file would.

  disclosures.py PROGRAM LAYOUT CAMPAIGN [--bills 500] [--seed 17] [--fonts DIR] [--folder DIR] [--change FILE OLD NEW]...

Made-up bills of the layout are rendered in each of the four phases. In the text that poppler's `pdftotext` finds on their pages every phrase must
stand that the campaign maps: of the notice on its page, of the terms on theirs or in the enclosed leaflet. Words parted by a hyphen and phrases
that go on in the next column or on the next page count as read; other words do not. With `--change` a copy of the layout is tried, in whose file each
OLD has become NEW: larger type, hyphens. As a check of the check, each phrase with one word
changed must not be found.

Ends with 0 if all is so, else with 1 and what is missing. Knows nothing of the program but its command line, its manifest and its PDF files."""

import argparse
import collections
import concurrent.futures
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

PHASES = ["announce", "remind", "final", "active"]
MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
}
# How far from a page's edge the words of a phrase may be that goes on over it, in characters: footers and headers stand between.
EDGE = 700
# How a phrase stands: in lines, with words parted by hyphens, or over two pages.
WHOLE, HYPHENATED, OVER_PAGES = 1, 2, 3


def long_date(day, language):
    months = MONTHS[language.split("-")[0]]
    return f"{months[day.month - 1]} {day.day}, {day.year}" if language.startswith("en") else f"{day.day} de {months[day.month - 1]} de {day.year}"


def evaluated(text, campaign, language):
    """A phrase with its expressions filled in; those that this program does not know end it."""
    def value(match):
        expression = re.sub(r"\s*\|\s*default\(.*\)$", "", match.group(1).strip())
        found = re.fullmatch(r"campaign\.(announce|remind|final|active)\s*\|\s*date\('long'\)", expression)
        if found:
            return long_date(datetime.date.fromisoformat(campaign["phases"][found.group(1)]), language)
        plain = {
            "campaign.company": campaign.get("company"), "campaign.opt-in.phone": campaign["opt-in"]["phone"],
            "campaign.opt-in.show": campaign["opt-in"]["show"], "campaign.opt-in.open.show": campaign["opt-in"].get("open", {}).get("show"),
            "campaign.terms.version": campaign["terms"]["version"],
        }.get(expression)
        if isinstance(plain, dict):
            plain = plain[language]
        if plain is None:
            sys.exit(f"cannot fill in {{{expression}}}")
        return plain

    text = re.sub(r"\{([^{}]+)\}", value, text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return folded(re.sub(r"\\(.)|[*_`]", lambda match: match.group(1) or "", text))


def folded(text):
    text = re.sub(r"\u00ad\s*", "", text)
    # The hyphen a reader shows where a word is parted cannot be told from one that is written: both readings are tried where it matters.
    text = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "", text)
    return " ".join(text.split())


class Text:
    """The words of some pages of a file."""

    def __init__(self, path, first, last):
        self.pages = []
        for page in range(first, last + 1):
            raw = subprocess.run(["pdftotext", "-raw", "-f", str(page), "-l", str(page), path, "-"], capture_output=True, check=True).stdout
            text = raw.decode("utf-8").replace("\f", "")
            # As it stands, and with words put together that a hyphen parts at a line's end.
            self.pages.append([" ".join(text.split()), folded(text), folded(re.sub(r"(?<=\w)[-\u2010]\n", "", text)), folded(re.sub(r"(?<=\w[-/\u2010])\n", "", text))])

    def holds(self, phrase):
        """How the phrase stands there; None where it does not."""
        if any(stands(phrase, page[0]) for page in self.pages):
            return WHOLE
        if any(stands(phrase, text) for page in self.pages for text in page):
            return HYPHENATED
        words = phrase.split(" ")
        for before, after in zip(self.pages, self.pages[1:]):
            for cut in range(1, len(words)):
                head, tail = " ".join(words[:cut]), " ".join(words[cut:])
                if any(stands(head, text[-EDGE:]) for text in before) and any(stands(tail, text[:EDGE]) for text in after):
                    return OVER_PAGES
            # A word that a hyphen parts at the foot of a page: its first half stands before a hyphen.
            for cut in range(2, len(phrase) - 1):
                if phrase[cut - 1].isalpha() and phrase[cut].isalpha() and ends_in_hyphen(phrase[:cut], before[0][-EDGE:]) and any(
                        re.search(r"(?<!\w)" + re.escape(phrase[cut:]) + r"(?!\w)", text[:EDGE]) for text in after):
                    return OVER_PAGES
        return None


def ends_in_hyphen(head, text):
    between = r"(?:\u00ad\s*)?"
    return re.search(r"(?<!\w)" + between.join(re.escape(letter) if letter != " " else r"\s+" for letter in head) + "\u00ad", text) is not None


def stands(phrase, text):
    """Whether the phrase stands in the text, whole words of it."""
    start = r"(?<!\w)" if phrase[0].isalnum() else ""
    end = r"(?!\w)" if phrase[-1].isalnum() else ""
    return re.search(start + re.escape(phrase) + end, text) is not None


def changed(phrase):
    """The phrase with its longest word replaced."""
    words = phrase.split(" ")
    place = max(range(len(words)), key=lambda index: len(words[index]))
    words[place] = "otherwise" + words[place][:1]
    return " ".join(words)


def examine(line, out, campaign):
    """What of the disclosures that are due on a bill is missing, and how many are due."""
    notice, terms = line.get("notice"), line.get("terms")
    if not notice or notice["name"] != "standard":
        return [], 0, None, 0, 0
    path = os.path.join(out, line["file"])
    phase, language = notice["phase"], line["words"]
    on_notice = Text(path, notice["page"], notice["page"])
    if line.get("leaflet"):
        on_terms = Text(os.path.join(out, line["leaflet"]["file"]), 1, line["leaflet"]["pages"])
    else:
        on_terms = Text(path, terms["first_page"], line["pages"]) if terms else None
    missing, due, parted, turned = [], 0, 0, 0
    for disclosure in campaign["disclosures"]:
        if phase not in disclosure.get("phases", PHASES) or language not in disclosure["text"]:
            continue
        text = on_notice if disclosure["where"] == "notice" else on_terms
        if text is None:
            continue
        due += 1
        phrase = evaluated(disclosure["text"][language], campaign, language)
        found = text.holds(phrase)
        parted += found == HYPHENATED
        turned += found == OVER_PAGES
        if not found:
            missing.append(f"{line['file']} ({phase}, {language}): {disclosure['id']}: {phrase!r} is not found")
        if text.holds(changed(phrase)):
            missing.append(f"{line['file']} ({phase}, {language}): {disclosure['id']}: {changed(phrase)!r} is found")
    return missing, due, (phase, language, line["format"], "leaflet" if line.get("leaflet") else "bill"), parted, turned


def main():
    parser = argparse.ArgumentParser()
    for name in ["program", "layout", "campaign"]:
        parser.add_argument(name)
    parser.add_argument("--bills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--fonts", action="append", default=[])
    parser.add_argument("--folder")
    parser.add_argument("--change", action="append", nargs=3, default=[])
    options = parser.parse_args()
    with open(os.path.join(options.campaign, "campaign.yaml"), encoding="utf-8-sig") as file:
        campaign = yaml.load(file, yaml.BaseLoader)
    if not campaign.get("disclosures"):
        sys.exit("the campaign maps no disclosures")
    languages = campaign["languages"]
    folder = options.folder or tempfile.mkdtemp()
    layout = options.layout
    if options.change:
        layout = os.path.join(folder, "layout")
        shutil.copytree(options.layout, layout)
        for name, old, new in options.change:
            with open(os.path.join(layout, name), encoding="utf-8") as file:
                text = file.read()
            if old not in text:
                sys.exit(f"{name} does not hold {old!r}")
            with open(os.path.join(layout, name), "w", encoding="utf-8") as file:
                file.write(text.replace(old, new))
    key = os.path.join(folder, "key")
    with open(key, "wb") as file:
        file.write(bytes(range(1, 65)))
    os.chmod(key, 0o600)
    fonts = [part for font in options.fonts for part in ["--fonts", font]]
    missing, due, seen, bills, hyphens, over = [], 0, collections.Counter(), 0, 0, 0
    for number, phase in enumerate(PHASES):
        count = options.bills // 4 + (number < options.bills % 4)
        data = os.path.join(folder, f"{phase}.jsonl")
        issued = (datetime.date.fromisoformat(campaign["phases"][phase]) + datetime.timedelta(days=20)).isoformat()
        with open(data, "wb") as file:
            subprocess.run([options.program, "sample", "--layout", layout, "--count", str(count), "--seed", str(options.seed + number),
                            "--issued", issued], check=True, stdout=file)
        out = os.path.join(folder, phase)
        done = subprocess.run([options.program, "render", "--layout", layout, "--campaign", options.campaign, "--token-key", key, "--data",
                               data, "--out", out, "--accept", "no-consent", *fonts], capture_output=True, text=True)
        if done.returncode not in (0, 65):
            sys.exit(f"exit {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        with open(os.path.join(out, "rejects.jsonl"), encoding="utf-8") as file:
            rejected = [json.loads(line) for line in file]
        if any(reject["code"] == "disclosure-missing" for reject in rejected):
            sys.exit(f"exit {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        with open(os.path.join(out, "manifest.jsonl"), encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
        # The language of the words is the campaign's that a bill's looks up.
        leaflets = {(line["account"], line["invoice"]): line for line in lines if line["kind"] == "terms"}
        lines = [line for line in lines if line["kind"] == "bill"]
        for line in lines:
            line["words"] = next(tag for tag in languages if tag == line["language"] or tag.split("-")[0] == line["language"].split("-")[0])
            line["leaflet"] = leaflets.get((line["account"], line["invoice"]))
        bills += len(lines)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for lacks, count, kind, parted, turned in pool.map(lambda line: examine(line, out, campaign), lines):
                missing += lacks
                due += count
                hyphens += parted
                over += turned
                if kind:
                    seen[kind] += 1
    for kind, count in sorted(seen.items()):
        print(f"{count:5} bills: {', '.join(kind)}")
    print(f"{bills} bills, {sum(seen.values())} with the notice 'standard', {due} phrases looked for, "
          f"{hyphens} with words parted by a hyphen, {over} over two pages, {len(missing)} faults")
    for line in missing[:20]:
        print(line)
    # Every phase and language must have been met, or nothing was shown of it.
    unmet = [(phase, language) for phase in PHASES for language in languages if not any(kind[:2] == (phase, language) for kind in seen)]
    for phase, language in unmet:
        print(f"no bill of the phase {phase} in {language}")
    sys.exit(1 if missing or unmet or not due else 0)


if __name__ == "__main__":
    main()
