#!/usr/bin/env python3
"""Checks the Spanish of Larkspur's bills against Layouts/larkspur/strings/STYLE.md, as far as a program can.

  spanish_style.py ROOT            the layout's strings, the campaign's words and terms, the sample's words below a copy of the project
  spanish_style.py --words TEXT... texts
Prints each fault with its place; exit 1 if there is any.
"""
import pathlib
import re
import sys

import yaml

WORD = r"(?<![\w-]){}(?![\w-])"
MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
DAYS = "lunes martes miércoles jueves viernes sábado domingo".split()


def word(*words):
    return WORD.format("(?:" + "|".join(words) + ")")


# What must not stand in a printed text, and why. The text has its {…} left out, but for a date, which is ◆.
RULES = [
    ("familiar address", word("tú", "tu", "tus", "te", "ti", "contigo", "vos", "vosotros", "vosotras", "vuestr[oa]s?", "tienes", "puedes", "quieres", "eres"), re.I),
    ("'a más tardar el', not 'antes del'", r"\bantes (del? |de la )?(◆|\d)|\bantes del\b|fecha límite", re.I),
    ("'correo electrónico'", word("e-?mails?", "mails?"), re.I),
    ("American use", word("costes?", "contador(?:es)?", "festivos?", "laborables?", "ordenador(?:es)?", "móvil(?:es)?", "sellos?"), re.I),
    ("'factura'", word("recibos?"), re.I),
    ("'período'", word("periodos?"), re.I),
    ("'saldo', 'cargo'", word("balance", "fees?"), re.I),
    ("no accent since 2010", word("sólo", "éste", "ésta", "ése", "ésa"), re.I),
    ("'cortes de servicio'", word("apagón", "apagones"), re.I),
    ("small letters for months and days", r"(?<=[\w,◆] )" + word(*(m.capitalize() for m in MONTHS + DAYS)), 0),
    ("'el' before a date", r"(?<!el )(?<!del )(?<!y )(?<!al )(?<=\w )◆", 0),
    ("a date that a line may part", r"\d de (?:" + "|".join(MONTHS) + r")| de \d{4}\b", 0),
    ("clock of twelve hours with a. m. and p. m.", r"\b\d{1,2}(?::\d\d)?\s?(?:h|hs|hrs)\b(?<!24 h)|\d ?[ap]\.?m\.?\b|\b(?:1[3-9]|2[0-3])(?::\d\d| ?h\b)|(?<!vie )\b\d{1,2}–1[3-9]\b(?! ?[a\d])", re.I),
    ("point for decimals", r"\d\.\d{3},\d|\d,\d{2}(?!\d)", 0),
    ("curly quotation marks", r"[\"«»]|(?<!\w)'|'(?!\w)", 0),
    ("range with an en dash", r"\d ?- ?\d(?!\d{2}-)(?!\d*-)", 0),
    ("two spaces", r"  ", 0),
    ("a space before a sign", r" [,;:!?](?!\w)", 0),
]


def faults(text):
    """The rules a text breaks."""
    plain = re.sub(r"\{[^{}|]*date[^{}]*\}|\{date\}|\{campaign\.active[^{}]*\}", "◆", text)
    plain = re.sub(r"\{[^{}]*\}", "§", plain)
    # Addresses of the web, telephone numbers and versions are no prose.
    plain = re.sub(r"\b[\w.-]+\.example\S*|\+?\d[\d-]*-\d[\d-]+|\+1(?: \d+)+|\b\d \d{3} \d{3} \d{4}\b|20\d\d-\d\d", "§", plain)
    found = [name for name, pattern, flags in RULES if re.search(pattern, plain, flags)]
    for opening, closing in ("¿?", "¡!"):
        if plain.count(opening) != plain.count(closing):
            found.append(f"{opening}…{closing} open and close")
    return found


def walk(value, where):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from walk(inner, f"{where}[{index}]")
    elif isinstance(value, str):
        yield where, value


def spanish(value, where):
    """What stands below a key of Spanish."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if str(key).startswith("es"):
                yield from walk(inner, f"{where}.{key}")
            else:
                yield from spanish(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from spanish(inner, f"{where}[{index}]")


def texts(root):
    def read(path):
        # Everything as text: a date in a sample is no date here.
        return yaml.load((root / path).read_text(encoding="utf-8"), yaml.BaseLoader)

    strings = "Layouts/larkspur/strings/es-US.yaml"
    # The indicia of cards are the post's words, not the company's.
    yield from walk({k: v for k, v in read(strings).items() if not k.startswith("indicia-")}, strings)
    campaign = "Samples/larkspur/campaign/campaign.yaml"
    for where, text in spanish(read(campaign), campaign):
        if not text.endswith(".md"):
            yield where, text
    for path in sorted((root / "Samples/larkspur/campaign/terms").glob("*.es.md")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{path.relative_to(root)}:{number}", re.sub(r"^#+ |\*\*|^- |^\d+\. ", "", line)
    sample = "Layouts/larkspur/sample.yaml"
    voice = read(sample)["languages"]["es-US"]
    for where, text in walk({k: v for k, v in voice.items() if k != "months"}, sample):
        if not re.search(r"\.(share|unit|quantity|price|amount|rate)$", where) or where.endswith("es-US.rate"):
            yield where, text


def main(words):
    if words[0] == "--words":
        found = [(f"words {number}", text, fault) for number, text in enumerate(words[1:]) for fault in faults(text)]
    else:
        found = [(where, text, fault) for where, text in texts(pathlib.Path(words[0])) for fault in faults(text)]
    for where, text, fault in found:
        print(f"{where}: {fault}: {text}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
