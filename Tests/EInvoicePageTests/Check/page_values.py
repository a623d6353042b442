#!/usr/bin/env python3
"""Holds the text of an invoice's pages against the values of its XML, sharing no code with the program that set them.

    page_values.py LANGUAGE INVOICE.xml PAGE.txt [-- INVOICE.xml PAGE.txt]...

PAGE.txt is as `pdftotext -raw` writes it; LANGUAGE is de, en or fr. Prints one line for every value that does not stand unaltered, behind
those of each invoice a line `-- 1`, or `-- 0` where there was none, and ends with 1 if there is one.

Forwards, every amount, price, quantity, rate, date, identifier and account of the XML is looked for: amounts and dates as the language
writes them, identifiers and accounts character by character, an account in groups of four only if it is an IBAN by its check digits.
Backwards, every word of the page that holds a digit must come out of the XML.
"""
import datetime
import re
import sys
import xml.etree.ElementTree as ElementTree
from decimal import Decimal, InvalidOperation

MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "en": "January February March April May June July August September October November December".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
}
SHORT = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split(),
}
MARKS = {"de": (".", ","), "en": (",", "."), "fr": ("[\u202f\u00a0 ]", ",")}

SUMMATION = "SpecifiedTradeSettlementHeaderMonetarySummation"
# Identifiers that are codes, which the page tells in words.
CODES = {
    ("TaxScheme", "ID"), ("TaxCategory", "ID"), ("ClassifiedTaxCategory", "ID"), ("OriginTradeCountry", "ID"), ("PostalTradeAddress", "CountryID"),
}
ACCOUNTS = {
    ("PayeeFinancialAccount", "ID"), ("PayerFinancialAccount", "ID"), ("PayeePartyCreditorFinancialAccount", "IBANID"),
    ("PayeePartyCreditorFinancialAccount", "ProprietaryID"), ("PayerPartyDebtorFinancialAccount", "IBANID"),
}
# What is shown by what it does, not by its text.
UNSHOWN = {"EmbeddedDocumentBinaryObject", "AttachmentBinaryObject", "ChargeIndicator", "Indicator"}


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def leaves(root):
    """Parent's name, name and text of every element that has text of its own."""
    stack = [(root, "", "")]
    while stack:
        element, parent, above = stack.pop()
        if len(element) == 0 and element.text and element.text.strip():
            yield above, parent, local(element), " ".join(element.text.split())
        for child in reversed(list(element)):
            stack.append((child, local(element), parent))


def is_iban(text):
    letters = re.sub(r"[ \u00a0\u202f]", "", text).upper()
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", letters):
        return False
    return int("".join(str(int(c, 36)) for c in letters[4:] + letters[:4])) % 97 == 1


def flexible(text):
    """A pattern for a text that may be broken over lines, but has no character more or less."""
    parts = []
    for word in text.split():
        parts.append(r"\n?".join(re.escape(c) for c in word))
    return r"\s+".join(parts)


def number_pattern(text, language):
    """A pattern for a number: grouped, with at least its own decimals, of either sign."""
    value = Decimal(text).normalize()
    digits = format(abs(value), "f")
    whole, _, decimals = digits.partition(".")
    group, point = MARKS[language]
    grouped = whole
    if len(whole) > 3:
        head = len(whole) % 3
        pieces = ([whole[:head]] if head else []) + [whole[i:i + 3] for i in range(head, len(whole), 3)]
        grouped = (group if language == "fr" else re.escape(group)).join(pieces)
    tail = re.escape(point) + decimals + "0*" if decimals else "(?:" + re.escape(point) + "0+)?"
    separators = r"[\d.,]" if language != "fr" else r"[\d,]"
    return rf"(?<!{separators}){grouped}{tail}(?!\d)(?![.,]\d)"


def date_patterns(year, month, day, language):
    name = MONTHS[language][month - 1]
    if language == "de":
        return [rf"(?<!\d){day:02}\.{month:02}\.{year}(?!\d)", rf"(?<!\d){day}\.\s+{name}\s+{year}(?!\d)"]
    if language == "en":
        short = SHORT["en"][month - 1]
        return [rf"{word}\s+{day},\s+{year}(?!\d)" for word in (name, short)]
    return [rf"(?<!\d){day}\s+{re.escape(word)}\s+{year}(?!\d)" for word in (name, SHORT["fr"][month - 1])]


def payment_terms(root, leaves):
    """What follows from terms of payment: days that end a discount, and what it saves and leaves of the amount due."""
    found = list(leaves(root))
    first = lambda names: next((value for _, parent, name, value in found if (parent, name) in names), None)
    due = first({("LegalMonetaryTotal", "PayableAmount"), (SUMMATION, "DuePayableAmount")})
    issued = first({("Invoice", "IssueDate"), ("CreditNote", "IssueDate"), ("IssueDateTime", "DateTimeString")})
    terms = [(parent, name, value) for above, parent, name, value in found
             if "PaymentTerms" in above + parent or parent in ("SettlementPeriod", "BasisDateTime") or re.search("TradePayment.*Terms", above)]
    texts = " ".join(value for _, name, value in terms)
    percents = [Decimal(p) for p in re.findall(r"PROZENT=([0-9.]+)#", texts)]
    percents += [Decimal(value) for _, name, value in terms if name.endswith("Percent")]
    bases = [Decimal(b) for b in re.findall(r"BASISBETRAG=([0-9.]+)#", texts)] + ([Decimal(due)] if due else [])
    given = [Decimal(value) for _, name, value in terms if name.endswith("Amount")]
    cent = Decimal("0.01")
    saved = [(base * percent / 100).quantize(cent, rounding="ROUND_HALF_UP") for base in bases + given for percent in percents] + given
    amounts = percents + bases + saved + [whole - part for whole in bases + given for part in saved]
    days = []
    begins = [value for parent, _, value in terms if parent == "BasisDateTime"] + ([issued] if issued else [])
    lengths = re.findall(r"TAGE=([0-9]+)#", texts) + [value for _, name, value in terms if name.endswith("Measure")]
    for begin in begins:
        match = re.fullmatch(r"(\d{4})-?(\d\d)-?(\d\d).*", begin)
        for length in lengths if match else []:
            if re.fullmatch(r"[0-9]{1,4}", length):
                end = datetime.date(*(int(part) for part in match.groups())) + datetime.timedelta(days=int(length))
                days += [end.isoformat()]
    return days + lengths, amounts


def problems_of(language, invoice, page):
    """What is wrong with an invoice's page."""
    root = ElementTree.parse(invoice).getroot()
    raw = open(page, encoding="utf-8").read()
    text = re.sub("[\u00ad\u2066-\u2069\u200e\u200f]", "", raw).replace("\u2212", "-").replace("\f", "\n")
    problems, sources, count = [], [], 0

    def find(patterns, what, value):
        nonlocal count
        count += 1
        if not any(re.search(pattern, text) for pattern in patterns):
            problems.append(f"missing or altered: {what} '{value}'")

    lines_net = []
    for above, parent, name, value in leaves(root):
        if name in UNSHOWN:
            continue
        sources.append(value)
        day = re.fullmatch(r"(\d{4})-?(\d\d)-?(\d\d)(?:[Z+T-].*)?", value)
        if (parent, name) in ACCOUNTS:
            patterns = [rf"(?<![^\s]){flexible(value)}(?![^\s,])"]
            if is_iban(value):
                compact = re.sub(r"\s", "", value)
                patterns = [r"\s+".join(compact[i:i + 4] for i in range(0, len(compact), 4)) + r"(?!\S)"]
            find(patterns, "account", value)
        elif day and (name.endswith("Date") or name.startswith("Date")):
            year, month, number = (int(part) for part in day.groups()[:3])
            find(date_patterns(year, month, number, language) + [re.escape(value)], name, value)
        elif re.search("(Amount|Quantity|Percent|Numeric|MultiplierFactorNumeric)$", name):
            try:
                if Decimal(value) == 0:
                    continue
            except InvalidOperation:
                continue
            if name == "BaseQuantity" and Decimal(value) == 1 or name == "BasisQuantity" and Decimal(value) == 1:
                continue
            if name in ("LineExtensionAmount", "LineTotalAmount") and parent not in (
                    "LegalMonetaryTotal", SUMMATION):
                lines_net.append(Decimal(value))
            find([number_pattern(value, language), flexible(value)], name, value)
        elif (name.endswith("ID") or name in ("BuyerReference", "AccountingCost")) and (parent, name) not in CODES and name != "CountryID":
            if (above, parent, name) == ("PartyTaxScheme", "TaxScheme", "ID") or parent == "SpecifiedTaxRegistration" and len(value) < 4:
                continue
            find([flexible(value)], name, value)
    if count < 10:
        problems.append(f"only {count} values were looked for")

    # Backwards: what the page shows in digits, and in what follows from them.
    dense = lambda t: re.sub(r"[\s\u00ad\u202f\u00a0]", "", t)
    allowed = [dense(source) for source in sources]
    group, point = {"de": (".", ","), "en": (",", "."), "fr": ("", ",")}[language]

    def written(value):
        value = abs(Decimal(value))
        digits = format(value.normalize(), "f")
        whole, _, decimals = digits.partition(".")
        grouped = f"{int(whole):,}".replace(",", group)
        return [grouped + (point + decimals.ljust(places, "0") if places else "") for places in range(len(decimals), max(len(decimals), 3) + 1)]

    numbers = []
    for source in sources:
        if re.fullmatch(r"[-+]?\d+(\.\d*)?|[-+]?\.\d+", source):
            numbers.append(Decimal(source))
    total = Decimal(0)
    for net in lines_net:  # carried forward and brought forward
        total += net
        numbers.append(total)
    numbers.append(sum(lines_net, Decimal(0)))
    # Where a sum differs by a cent, the page says what the parts come to.
    totals = {}
    for above, parent, name, value in leaves(root):
        if name.endswith("Amount") and re.fullmatch(r"[-+]?\d+(\.\d*)?", value):
            totals.setdefault((parent, name), Decimal(value))
    nets = [totals.get(("LegalMonetaryTotal", "TaxExclusiveAmount")), totals.get((SUMMATION, "TaxBasisTotalAmount"))]
    taxes = [totals.get(("TaxTotal", "TaxAmount")), totals.get((SUMMATION, "TaxTotalAmount"))]
    numbers += [net + tax for net, tax in zip(nets, taxes) if net is not None and tax is not None]
    days, amounts = payment_terms(root, leaves)
    numbers += amounts
    sources += days
    for number in numbers:
        allowed += written(number)
    for source in sources:
        day = re.fullmatch(r"(\d{4})-?(\d\d)-?(\d\d)(?:[Z+T-].*)?", source)
        if day and 1 <= int(day[2]) <= 12:
            year, month, number = day[1], int(day[2]), int(day[3])
            allowed += [f"{day[3]}.{day[2]}.{year}", f"{number}.", f"{number},", year]
    embedded = [e for e in root.iter() if local(e).endswith("BinaryObject")]
    for element in embedded:
        size = len(re.sub(r"[\s=]", "", element.text or "")) * 3 // 4
        allowed += written(Decimal(size))
        for unit in (1_000, 1_000_000):
            allowed += written((Decimal(size) / unit).quantize(Decimal("0.1"), rounding="ROUND_UP").normalize())
        allowed += [dense(element.get("filename", "")), dense(element.get("mimeCode", ""))]
    for element in root.iter():
        allowed += [dense(v) for v in element.attrib.values()]
    stripped = text
    for pattern in (r"(?:Seite|Page) \d+ (?:von|of|sur) \d+",):
        stripped = re.sub(pattern, " ", stripped)
    everything = "\x01".join(allowed)
    for word in stripped.split():
        core = re.sub(r"^[-(\[„“\"'€$£]+|[)\]:;.,%“”\"'€$£]+$", "", word)
        core = re.sub(r"^(?:[A-Z]{3}|[-€$£])+(?=[\d.,]+$)", "", core)
        if not re.search(r"\d", core) or core in everything:
            continue
        # A sign the page gave an amount, a word of a list with its comma.
        if core.lstrip("-") in everything or core.replace("-", "") in everything:
            continue
        if not re.fullmatch(r"m[²³]|kg·m²|CO2|\d", core):
            problems.append(f"not in the XML: '{word}'")
    return problems


def main():
    code, rest = 0, sys.argv[2:]
    while rest:
        end = rest.index("--") if "--" in rest else len(rest)
        problems = problems_of(sys.argv[1], *rest[:end])
        print(*problems, f"-- {1 if problems else 0}", sep="\n")
        code, rest = code or (1 if problems else 0), rest[end + 1:]
    return code


if __name__ == "__main__":
    sys.exit(main())
