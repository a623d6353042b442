#!/usr/bin/env python3
"""Reads the codes of printed bills back from pictures of their pages and holds them, field by field, against the data.

    page_codes.py larkspur OUT BILLS.jsonl CAMPAIGN.yaml KEY
    page_codes.py e-invoice OUT INVOICES...

`larkspur`: the opt-in code by zxing (address and token, which is computed here anew from the key), the scan line by tesseract (account, amount,
due date, check digit), the Intelligent Mail barcode by the rules of USPS-B-3200, its measures and clear zone, and whether address and
barcode stay in the envelope's window wherever the sheet slides. `e-invoice`: the GiroCode (EPC069-12) by zxing, against the XML.

Shares no code with the program that made the pages. One line a bill; ends with 1 if a field differs or a code is missing where it must be.
"""
import hashlib
import hmac
import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import yaml
import zxingcpp
from PIL import Image

from page_parts import MM, Rect, read_pages

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Readers"))
import imb
import scan_line as scan_lines

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# The window of 115 × 28.6 mm lies at 9.3, 56.2 mm and moves by 12.7 and 4.2 mm to each side: what it always shows, and what it may show.
CORE = Rect(22 * MM, 60.4 * MM, 111.6 * MM, 80.6 * MM)
REACH = Rect(0, 52 * MM, 137 * MM, 89 * MM)
INCH = 72


def picture(path, page, dpi, rect=None):
    """A grey picture of a page, or of a part of it."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-gray", "-r", str(dpi), "-f", str(page), "-l", str(page), str(path), f"{folder}/p"], check=True)
        with Image.open(next(Path(folder).iterdir())) as opened:
            image = opened.convert("L")
    if rect:
        image = image.crop([round(v * dpi / 72) for v in (rect.x0, rect.y0, rect.x1, rect.y1)])
    return image


def read_squares(path, page):
    """Texts of all QR codes on a page."""
    found = zxingcpp.read_barcodes(picture(path, page, 200))
    return [f.text for f in found if "QR" in str(f.format)]


def token(key, campaign, account):
    """The first 10 bytes of HMAC-SHA256(key, campaign ‖ 0 ‖ account), 5 bits a character."""
    digest = hmac.new(key, campaign.encode() + b"\0" + account.encode(), hashlib.sha256).digest()
    value = int.from_bytes(digest[:10], "big")
    return "".join(ALPHABET[value >> shift & 31] for shift in range(75, -1, -5))


def scan_line(record):
    """What the scan line must say: account, amount in cents, due date, check digit."""
    if record.get("payment") and record["payment"].get("scan_line"):
        return record["payment"]["scan_line"]
    account = re.sub(r"[^0-9]", "", record["account"]).rjust(12, "0")
    amount = re.sub(r"[^0-9]", "", record["totals"]["due"]).rjust(12, "0")
    year, month, day = record["due"].split("-")
    parts = [account, amount, month + day + year[2:]]
    return " ".join(parts + [str(scan_lines.luhn("".join(parts)))])


def check_larkspur(out, records, campaign, key):
    campaign_id, faults, counts = campaign["id"], 0, {}
    for line in open(out / "manifest.jsonl", encoding="utf-8"):
        piece = json.loads(line)
        if piece["kind"] != "bill":
            continue
        record, path = records[piece["account"], piece["invoice"]], out / piece["file"]
        wrong, seen = [], []
        pages = read_pages(path)
        first = pages[0]
        if piece["notice"] and campaign["opt-in"]["url"].find("{token}") >= 0:
            expected = campaign["opt-in"]["url"].replace("{token}", token(key, campaign_id, piece["account"]))
            read = read_squares(path, piece["notice"]["page"])
            if read != [expected]:
                wrong.append(f"opt-in code: {read} is not {expected}")
            fours = "-".join(re.findall("....", expected[-16:]))
            if not any(fours in l.text for l in pages[piece["notice"]["page"] - 1].lines):
                wrong.append(f"printed code: {fours} is missing")
            seen.append("opt-in")
        # Scan line: every line in OCR-B on the page, as a reader's camera sees it.
        lines = [l for l in first.lines if "OCR" in l.font]
        owed = record["due"] and not record["totals"]["due"].startswith("-") and float(record["totals"]["due"]) > 0
        if lines:
            box = Rect.around([l.ink for l in lines])
            box = Rect(box.x0 - 12, box.y0 - 12, box.x1 + 12, box.y1 + 12)
            with tempfile.TemporaryDirectory() as folder:
                picture(path, 1, 300, box).save(f"{folder}/line.png")
                text = subprocess.run(
                    ["tesseract", f"{folder}/line.png", "-", "--psm", "7", "-c", "tessedit_char_whitelist=0123456789 "],
                    capture_output=True, check=True, text=True).stdout
            expected = scan_line(record)
            if text.split() != expected.split() and "".join(text.split()) != "".join(expected.split()):
                wrong.append(f"scan line: read {text.strip()}, expected {expected}")
            foot = first.height - box.y0 - 12
            if foot > 2 * INCH:
                wrong.append(f"scan line {foot / INCH:.2f} in above the foot")
            near = [l.text for l in first.lines if l not in lines and l.ink.touches(Rect(0, box.y0 + 12 - 0.25 * INCH, first.width, box.y1 - 12 + 0.1 * INCH))]
            if near:
                wrong.append(f"scan line's band holds {near}")
            seen.append("scan line")
        elif owed and piece["format"] == "standard" and piece["channel"] == "print":
            wrong.append("no scan line")
        # Intelligent Mail, read from the picture at 600 dpi.
        address = [record["customer"]["name"], *record["customer"]["address"]]
        routing = (record["customer"].get("postal") or {}).get("imb_routing")
        block = []
        try:
            dpi, (left, top) = 600, (0, 48)
            box = [str(round(v * MM / 72 * dpi)) for v in (left, top, 140, 44)]
            letters, measures = imb.on_page(str(path), 1, dpi, box)
            fields = imb.decode(letters)
            serial = re.sub(r"[^0-9]", "", piece["invoice"])[-9:].rjust(9, "0")
            for name, value in {"routing": routing, "serial": serial[-len(fields["serial"]):]}.items():
                if fields[name] != value:
                    wrong.append(f"barcode's {name}: {fields[name]} is not {value}")
            for name, value in measures.items():
                low, high = imb.BOUNDS.get(name, (0, 99))
                if not low - 1 / dpi <= value <= high + 1 / dpi:
                    wrong.append(f"barcode's {name}: {value:.3f} is not within {low} to {high}")
            x, y = measures["left"] * INCH + left * MM, measures["top"] * INCH + top * MM
            block.append(Rect(x, y, x + measures["width"] * INCH, y + measures["full height"] * INCH))
            seen.append("IMb " + "/".join(fields.values()))
        except imb.Unreadable as error:
            if routing and piece["format"] == "standard" and len(address) <= 4:
                wrong.append(f"Intelligent Mail barcode: {error}")
        # The window: address and barcode wholly inside, wherever the sheet slides, and nothing else.
        if len(address) <= 6 and piece["format"] == "standard":
            words = set(" ".join(address).upper().split())
            words |= {w[::-1] for w in words}
            inside = [l for l in first.lines if l.ink.touches(REACH)]
            mine = [l for l in inside if set(l.text.upper().split()) <= words]
            if len(mine) < len(address):
                wrong.append(f"window shows {len(mine)} of {len(address)} lines")
            block += [l.ink for l in mine]
            around = Rect.around(block) if block else None
            if around and not CORE.contains(around):
                wrong.append(f"address leaves the window: {around}")
            if len(mine) < len(inside):
                wrong.append(f"window shows {[l.text for l in inside if l not in mine]}")
            seen.append(f"address {around}")
        for name in seen:
            counts[name.split(" ")[0]] = counts.get(name.split(" ")[0], 0) + 1
        faults += len(wrong)
        print(f"{piece['invoice']}: {'; '.join(wrong) if wrong else 'right'} ({', '.join(seen)})")
    print(f"read back: {counts}, {faults} faults")
    return faults, counts


def invoice_fields(path):
    """Account, name, amount, reference and currency of an invoice's XML, whichever syntax."""
    root = ElementTree.parse(path).getroot()
    local = lambda e: e.tag.rsplit("}", 1)[-1]
    find = lambda *names: next((e.text.strip() for e in root.iter() if local(e) in names and e.text and e.text.strip()), None)
    number = None
    for e in root.iter():
        if local(e) == "ExchangedDocument" or e is root:
            number = next((c.text.strip() for c in e if local(c) == "ID"), number)
    account = None
    for e in root.iter():
        if local(e) == "PayeeFinancialAccount":
            account = next((c.text for c in e if local(c) == "ID"), None)
        if local(e) == "PayeePartyCreditorFinancialAccount":
            account = next((c.text for c in e if local(c) == "IBANID"), None)
        if account:
            break
    names = [e for e in root.iter() if local(e) in ("AccountingSupplierParty", "SellerTradeParty")]
    seller = next((c.text.strip() for e in names for c in e.iter() if local(c) in ("RegistrationName", "Name") and c.text), "")
    return {
        "seller": seller, "number": number, "iban": re.sub(r"\s", "", account or ""), "amount": find("PayableAmount", "DuePayableAmount"),
        "reference": find("PaymentID", "PaymentReference"), "currency": find("DocumentCurrencyCode", "InvoiceCurrencyCode"),
    }


def is_iban(text):
    return bool(re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", text)) and int("".join(str(int(c, 36)) for c in text[4:] + text[:4])) % 97 == 1


def check_invoices(out, paths):
    by_number = {}
    for path in paths:
        fields = invoice_fields(path)
        by_number.setdefault(fields["number"], []).append(fields)
    faults = read_back = 0
    for line in open(out / "manifest.jsonl", encoding="utf-8"):
        piece = json.loads(line)
        fields = by_number[piece["invoice"]]
        codes = [c for page in range(1, piece["pages"] + 1) for c in read_squares(out / piece["file"], page) if c.startswith("BCD")]
        # EPC069-12 takes names of up to 70 characters.
        wanted = [f for f in fields if f["currency"] == "EUR" and is_iban(f["iban"]) and float(piece["amount_due"]) > 0 and len(f["seller"]) <= 70]
        wrong = []
        if wanted and len(codes) != 1:
            wrong.append(f"{len(codes)} GiroCodes where one is wanted")
        for code in codes:
            parts = code.split("\n") + [""] * 12
            if parts[1] not in ("001", "002") or parts[3] != "SCT":
                wrong.append(f"head {parts[:4]}")
            if parts[6] not in [f["iban"] for f in fields]:
                wrong.append(f"account {parts[6]}")
            if parts[7] != f"EUR{float(piece['amount_due']):.2f}" and not wrong:
                # An instalment or discounted sum may be asked first; it is never more than is due.
                if not parts[7].startswith("EUR") or float(parts[7][3:]) > float(piece["amount_due"]):
                    wrong.append(f"amount {parts[7]}")
            references = [r for f in fields for r in (f["reference"], f["number"]) if r]
            said = parts[9] or parts[10]
            if not any(re.sub(r"\W", "", r) in re.sub(r"\W", "", said) or re.sub(r"\W", "", said) in re.sub(r"\W", "", r) for r in references) or not said:
                wrong.append(f"reference {said!r}")
            read_back += 1
        faults += len(wrong)
        print(f"{piece['invoice']}: {'; '.join(wrong) if wrong else 'right'} ({len(codes)} GiroCode, {piece['pages']} pages)")
    print(f"read back: {read_back} GiroCodes, {faults} faults")
    return faults, {"GiroCode": read_back}


def main():
    house, out = sys.argv[1], Path(sys.argv[2])
    if house == "larkspur":
        records = {}
        for line in open(sys.argv[3], encoding="utf-8-sig"):
            if line.strip():
                record = json.loads(line)
                records[record["account"], record["invoice"]] = record
        with open(sys.argv[4], encoding="utf-8") as opened:
            campaign = yaml.load(opened, yaml.BaseLoader)
        faults, counts = check_larkspur(out, records, campaign, Path(sys.argv[5]).read_bytes())
    else:
        faults, counts = check_invoices(out, sys.argv[3:])
    sys.exit(1 if faults or not counts else 0)


if __name__ == "__main__":
    main()
