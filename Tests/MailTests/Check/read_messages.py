"""Reads messages with Python's own parser and compares them with what was to be written.

One JSON object a line: the name of recipient and subject as it is to be read, and the message in base64.
"""

import base64
import email
import email.header
import email.policy
import json
import sys

HEADERS = {"from", "to", "reply-to", "subject", "date", "message-id", "content-language", "list-unsubscribe", "list-unsubscribe-post",
           "auto-submitted", "mime-version", "content-type"}


def decoded(raw):
    """Encoded words joined as RFC 2047 says; the standard policy of some versions keeps the space between two of them."""
    return str(email.header.make_header(email.header.decode_header(raw)))


def faults(name, data):
    message = email.message_from_bytes(data, policy=email.policy.default)
    legacy = email.message_from_bytes(data)
    if {key.lower() for key in message.keys()} != HEADERS or len(message.keys()) != len(HEADERS):
        yield f"headers {message.keys()}"
    addresses = message["To"].addresses
    if [a.addr_spec for a in addresses] != ["ana@xn--bcher-kva.example"]:
        yield f"recipients {addresses}"
    else:
        several = str(legacy["To"]).count("=?") > 1
        read = decoded(legacy["To"].rsplit("<", 1)[0].strip()) if several else addresses[0].display_name
        if read != name:
            yield f"name {read!r}, expected {name!r}"
    if message["To"].defects:
        yield f"defects {message['To'].defects}"
    if message["Subject"] != name:
        yield f"subject {message['Subject']!r}, expected {name!r}"
    if [a.addr_spec for a in message["From"].addresses] != ["bills@larkspur.example"]:
        yield f"from {message['From']}"
    if message["List-Unsubscribe"] != "<https://my.larkspur.example/u/0123-4567>, <mailto:stop@larkspur.example?subject=stop>":
        yield f"list-unsubscribe {message['List-Unsubscribe']!r}"
    for line in data.split(b"\n")[:-1]:
        if not line.endswith(b"\r"):
            yield f"a line without CR: {line[:40]!r}"
        if len(line) > 999 or any(byte > 0x7E or byte < 0x20 and byte != 9 for byte in line[:-1]):
            yield f"a line out of bounds: {line[:60]!r}"
        if b"=?" in line and any(len(word) > 75 for word in line.rstrip().split() if word.startswith(b"=?")):
            yield f"an encoded word out of bounds: {line[:100]!r}"
    kinds = [part.get_content_type() for part in message.walk()]
    if kinds != ["multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png"]:
        yield f"parts {kinds}"
        return
    parts = list(message.walk())
    text = parts[1].get_content().replace("\r\n", "\n")
    if text != "Grüße\n.a line with a dot\nFrom me\n" + "long " * 300 + "\n":
        yield f"text {text!r}"
    if "<p>Grüße <img src=\"cid:a@billfold\" alt=\"\"></p>" not in parts[3].get_content():
        yield f"html {parts[3].get_content()!r}"
    if parts[4].get_payload(decode=True) != bytes(range(256)) or parts[4]["Content-ID"] != "<a@billfold>":
        yield "the picture is another one"
    if parts[4].get_filename() != "..lgo1.png" or parts[4].get_content_disposition() != "inline":
        yield f"the picture is called {parts[4].get_filename()!r}"


def main():
    count = found = 0
    for line in open(sys.argv[1], encoding="utf-8"):
        entry = json.loads(line)
        count += 1
        for fault in faults(entry["name"], base64.b64decode(entry["message"])):
            found += 1
            print(f"message {count}: {fault}")
    print(f"{count} messages, {found} faults")


main()
