#!/usr/bin/python3 -B
"""Writes an output folder as `render --pieces email` leaves one behind, without any bills: for tests of sending.

finished_run.py OUT COUNT [--names FILE] [--cycle ID] [--phase P] [--company NAME] [--ledger DIGEST]

The messages go to accounts a00000, a00001 …; the local part of each address is `ok-N`, or what a line of FILE says.
"""
import argparse
import hashlib
import json
import pathlib

parser = argparse.ArgumentParser()
parser.add_argument("out", type=pathlib.Path)
parser.add_argument("count", type=int)
parser.add_argument("--names", type=pathlib.Path)
parser.add_argument("--cycle", default="2026-11")
parser.add_argument("--campaign", default="paperless-2027")
parser.add_argument("--phase", default="announce")
parser.add_argument("--company", default="Larkspur Light & Power")
parser.add_argument("--return-path", default="bounces@larkspur.example")
parser.add_argument("--invoice", default="i")
parser.add_argument("--ledger")
options = parser.parse_args()

digest = lambda data: hashlib.sha256(data).hexdigest()
compact = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
names = options.names.read_text().split() if options.names else []
options.out.mkdir(mode=0o700)

run = {
    "v": 1, "billfold": "0", "build": "0" * 64, "cycle": options.cycle, "layout": "0" * 64, "campaign": "0" * 64,
    "company": options.company, "rules": None, "ledger": options.ledger, "fonts": "0" * 64, "key_check": "00000000", "engines": {},
    "data": "0" * 64, "inputs": [{"input": 0, "file": "data.jsonl", "sha256": "0" * 64, "bytes": 1}], "as_of": None, "language": None,
    "only": None, "exclude": [], "strict_lines": False, "specimen": False, "accept": [], "pieces": ["email"], "marks": False,
    "record_seconds": 120, "worker_memory": 2048,
}
lines = [f'  "{name}": {compact(value)}' for name, value in run.items()]
(options.out / "run.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")

manifest = []
for number in range(options.count):
    account, invoice = f"a{number:05}", f"{options.invoice}{number:05}"
    local = names[number] if number < len(names) else f"ok-{number}"
    identifier = f"{number}.{options.cycle}.{options.phase}@larkspur.example"
    message = (
        f"From: Larkspur <billing@larkspur.example>\r\nTo: =?utf-8?q?Ana_Petrovi=C4=87?= <{local}@customers.example>\r\n"
        f"Subject: Your bill\r\nDate: Mon, 23 Nov 2026 00:00:00 +0000\r\nMessage-ID: <{identifier}>\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\nNumber {number}\r\n.\r\n..two\r\n.end\r\n"
        + f"{'x' * 70}\r\n" * (number % 7 * 40) + "." * (number % 3) + "\r\n" * (number % 2 + 1)
    ).encode()
    path = f"emails/{digest(account.encode())[:2]}/{account}_{invoice}.eml"
    file = options.out / path
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.write_bytes(message)
    manifest.append(compact({
        "v": 1, "kind": "email", "bill_kind": "bill", "channel": "electronic", "cycle": options.cycle, "account": account,
        "invoice": invoice, "file": path, "sha256": digest(message), "content": "0" * 64, "first_page": 1, "pages": 1, "sheets": 1,
        "bytes": len(message), "amount_due": "1.00", "currency": "USD", "language": "en-US", "format": "standard",
        "campaign": options.campaign, "jurisdictions": ["US"], "rule": "undecided", "state": "undecided", "phase": options.phase,
        "notice": {"name": "email", "variant": "standard", "phase": options.phase, "rule": "undecided", "words_digest": "0" * 64,
                   "page": 1, "area": 1, "contrast": 7.5, "heading_ratio": 1.5, "text_size": 16},
        "terms": None, "email": {"message_id": identifier, "return_path": options.return_path},
        "record": {"file": "data.jsonl", "input": 0, "number": number + 1}, "warnings": [], "findings": [],
    }))
whole = "".join(line + "\n" for line in manifest).encode()
(options.out / "manifest.jsonl").write_bytes(whole)
(options.out / "rejects.jsonl").write_bytes(b"")
(options.out / "summary.json").write_text(compact({"v": 1, "sha256": {"manifest.jsonl": digest(whole)}}) + "\n")
