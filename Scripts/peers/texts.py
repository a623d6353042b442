#!/usr/bin/env python3
"""Prepares what all peers of the benchmark set: the statement's fixed texts and its records, everything formatted as Billfold's layout formats it.

usage: texts.py LAYOUT RECORDS.jsonl OUT [CONTENT.json]

Writes OUT/layout (the layout that Billfold is given: a copy of LAYOUT, with the texts of CONTENT.json in the place of its own where that is named),
OUT/texts.json (what every statement says) and OUT/bills.jsonl (what each says, in the order of RECORDS). No peer spends time on formatting.
"""
import datetime
import hashlib
import json
import pathlib
import re
import shutil
import sys

MONTHS = "January February March April May June July August September October November December".split()
MINUS = "\u2212"


def number(text, decimals=None):
    """A plain number of a record as en-US prints it: '-1234.5' as '−1,234.5'."""
    sign = MINUS if text.startswith("-") else ""
    whole, _, part = text.lstrip("-").partition(".")
    part = part if decimals is None else part.ljust(decimals, "0")[:decimals]
    return sign + f"{int(whole):,}" + ("." + part if part else "")


def money(text, decimals=2):
    """An amount in US dollars: '−$1,234.50'."""
    figure = number(text, decimals)
    return MINUS + "$" + figure[1:] if figure.startswith(MINUS) else "$" + figure


def long_date(text):
    day = datetime.date.fromisoformat(text)
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def medium_date(text):
    day = datetime.date.fromisoformat(text)
    return f"{MONTHS[day.month - 1][:3]} {day.day}, {day.year}"


def short_date(text):
    day = datetime.date.fromisoformat(text)
    return f"{day.month}/{day.day}/{day.year % 100:02d}"


def quoted(text):
    """A string as the layout's YAML files have it; a brace would begin an expression there."""
    if "{" in text or "}" in text:
        sys.exit(f"texts.py: braces cannot be taken over into a layout: {text!r}")
    return json.dumps(text, ensure_ascii=False)


def replace_texts(file, texts, pattern, line, missing):
    """Puts other texts into a YAML file: `pattern` finds a key's line, `line` says it anew; `missing` is what lacks a key that is not there once."""
    text = file.read_text(encoding="utf-8")
    for key, value in texts.items():
        text, found = re.subn(pattern.format(key), lambda match: line(match, key, quoted(value)), text)
        if found != 1:
            sys.exit(f"texts.py: {missing} '{key}'")
    file.write_text(text, encoding="utf-8")


def take_over(content, layout):
    """Puts the texts of a shared workload in the place of the layout's own."""
    lines = content["company_lines"]
    columns = dict(zip(["date", "description", "quantity", "price", "amount"], content["table_columns"]))
    payee = dict(zip(["payee", "payee-department", "payee-street", "payee-town"], content["coupon_payee"]))
    words = {
        "company": content["company"], "company-street": lines[0], "company-town": lines[1], "company-contact": lines[2],
        "title": content["doc_title"], "usage": content["chart_title"], "table": content["table_title"], **columns, **payee,
        "total": content["total_label"], "url-label": content["notice_url_label"], "terms-heading": content["terms_heading"],
        "detach": content["coupon_detach"], "enclosed": content["coupon_enclosed"], "check": content["coupon_check"],
    }
    replace_texts(
        layout / "strings" / "en-US.yaml", words, r"(?m)^{}: .*$", lambda _, key, value: f"{key}: {value}", "the layout has no string")
    # The last two sentences of the first paragraph are what is to be done; the second paragraph is for who keeps paper.
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z])", content["notice_body"][0])
    notice = {
        "heading": content["notice_heading"], "body": " ".join(sentences[:-2]), "action": " ".join(sentences[-2:]),
        "keep-paper": " ".join(content["notice_body"][1:]),
    }
    replace_texts(
        layout / "campaign" / "campaign.yaml", notice, r'(?m)^( +){}: ".*"$', lambda match, key, value: f"{match[1]}{key}: {value}",
        "the campaign has no notice with")
    (layout / "campaign" / "terms.md").write_text("\n\n".join(content["terms"]) + "\n", encoding="utf-8")


def fixed(layout):
    """What every statement of a layout says."""
    strings = {}
    for line in (layout / "strings" / "en-US.yaml").read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(": ")
        if value:
            strings[key] = json.loads(value)
    campaign = (layout / "campaign" / "campaign.yaml").read_text(encoding="utf-8")

    def said(key):
        return json.loads(re.search(rf'(?m)^ +{key}: (".*")$', campaign)[1])

    active = re.search(r"active: ([0-9-]+)", campaign)[1]
    heading = re.sub(r"\{campaign\.active \| date\('long'\)\}", long_date(active), said("heading"))
    terms = []
    for paragraph in (layout / "campaign" / "terms.md").read_text(encoding="utf-8").strip().split("\n\n"):
        item = re.match(r"(\d+\.) (.*)", " ".join(paragraph.split()))
        terms.append({"number": item[1] if item else "", "text": item[2] if item else " ".join(paragraph.split())})
    phone = re.search(r'phone: "(.*)"', campaign)[1]
    return {
        **strings, "notice-heading": heading, "notice-body": " ".join([said("body"), said("action"), said("keep-paper")]),
        "notice-phone": phone, "terms": terms,
    }


def bill(record, show):
    """What one statement says; the code for paperless billing is a made-up one of the same length."""
    code = hashlib.sha256(record["account"].encode()).hexdigest()[:16].upper()
    highest = max(int(one["value"]) for one in record["usage"])
    return {
        "account": record["account"], "name": record["customer"]["name"], "address": record["customer"]["address"],
        "issued": medium_date(record["issued"]), "due_date": medium_date(record["due"]),
        "period": f"{medium_date(record['period']['from'])} \u2013 {medium_date(record['period']['to'])}",
        "previous": money(record["balance"]["previous"]), "payments": money(record["balance"]["payments"]),
        "charges": money(record["totals"]["charges"]), "due": money(record["totals"]["due"]),
        "usage": [[one["label"], number(one["value"]), int(one["value"]) / highest] for one in record["usage"]],
        "lines": [
            [short_date(line["date"]), line["description"], number(line["quantity"]), money(line["price"], 4), money(line["amount"])]
            for section in record["sections"] for line in section["lines"]
        ],
        "address_code": show + " " + "-".join(code[place:place + 4] for place in range(0, 16, 4)),
    }


def main():
    source, records, out = (pathlib.Path(name) for name in sys.argv[1:4])
    layout = out / "layout"
    shutil.copytree(source, layout)
    if len(sys.argv) > 4:
        take_over(json.loads(pathlib.Path(sys.argv[4]).read_text(encoding="utf-8")), layout)
    texts = fixed(layout)
    (out / "texts.json").write_text(json.dumps(texts, ensure_ascii=False, indent=1), encoding="utf-8")
    show = re.search(r"(?m)^ +show: (\S+)$", (layout / "campaign" / "campaign.yaml").read_text(encoding="utf-8"))[1]
    with open(records, encoding="utf-8") as lines, open(out / "bills.jsonl", "w", encoding="utf-8") as bills:
        for line in lines:
            bills.write(json.dumps(bill(json.loads(line), show), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
