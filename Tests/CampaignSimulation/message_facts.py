"""What one finished e-mail says, read by Python's own parsers of messages and of HTML, and held against the campaign's file and the record."""

import email
import email.policy
import html.parser
import os
import re

VOID = {"br", "hr", "img", "meta"}


class Shown(html.parser.HTMLParser):
    """The words that HTML shows, where its links lead, its pictures, and whether every tag that is opened is closed."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.words, self.links, self.pictures, self.open, self.tags, self.faults, self.hidden = [], [], [], [], [], [], []
        self.root = {}
        self.feed(text)
        self.close()
        if self.open:
            self.faults.append(f"open at the end: {self.open}")

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.tags.append(tag)
        if tag == "html":
            self.root = values
        if tag == "a":
            self.links.append(values.get("href", ""))
        if tag == "img":
            self.pictures.append((values.get("src", ""), values.get("alt")))
        if tag not in VOID:
            self.open.append(tag)
            self.hidden.append(tag in ("head", "style", "title") or "display:none" in values.get("style", "").replace(" ", ""))
        # Words of two blocks are not one.
        if tag not in ("a", "b", "bdi", "em", "i", "span", "strong"):
            self.words.append(" ")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")
        if self.hidden:
            self.hidden.pop()

    def handle_data(self, data):
        if not any(self.hidden):
            self.words.append(data)

    @property
    def text(self):
        return "".join(self.words)


class Message:
    """A message from its file."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.bytes = file.read()
        self.mail = email.message_from_bytes(self.bytes, policy=email.policy.default)
        self.plain = self.mail.get_body(("plain",)).get_content()
        self.html = self.mail.get_body(("html",)).get_content()
        self.shown = Shown(self.html)
        self.inline = {part["Content-ID"].strip("<>") for part in self.mail.walk() if part["Content-ID"]}

    def faults(self, line, record, campaign, language, token):
        """What is wrong with it as a message, whatever it says."""
        channel, optin = campaign["channels"]["email"], campaign["opt-in"]
        mail, shown = self.mail, self.shown
        if any(len(part) > 998 for part in self.bytes.split(b"\r\n")) or b"\n" in self.bytes.replace(b"\r\n", b""):
            yield "its lines are too long, or do not end in CR LF"
        if len(self.bytes) > 1 << 20 or len(self.html.encode()) > 100 * 1024:
            yield "it is too large"
        if len(mail.keys()) != len({key.lower() for key in mail.keys()}):
            yield f"a header field stands twice: {mail.keys()}"
        recipients = [address.addr_spec for address in mail["To"].addresses]
        if recipients != [record["customer"]["email"]] or mail["Cc"] or mail["Bcc"]:
            yield f"it goes to {recipients}, not to {record['customer']['email']}"
        name, expected = mail["To"].addresses[0].display_name, " ".join(record["customer"]["name"].split())
        # Encoded words that follow one another are one name; the parser leaves a space between them.
        if name.replace(" ", "") != expected.replace(" ", ""):
            yield f"its recipient is called {name!r}, not {expected!r}"
        if mail["From"].addresses[0].addr_spec not in channel["from"] or (mail["Reply-To"] is None) != ("reply-to" not in channel):
            yield f"it comes from {mail['From']}, answers to {mail['Reply-To']}"
        if mail["Message-ID"] != f"<{line['email']['message_id']}>" or line["email"]["return_path"] != channel["return-path"]:
            yield "the manifest names another Message-ID or return path"
        if mail["Date"].datetime.isoformat() != f"{record['issued']}T00:00:00+00:00":
            yield f"its date is {mail['Date']}"
        leave = [re.sub(r"\{token\}", token, channel["list-unsubscribe"]["https"]), "mailto:" + channel["list-unsubscribe"]["mailto"].replace("{token}", token)]
        if mail["List-Unsubscribe"] != ", ".join(f"<{way}>" for way in leave) or mail["List-Unsubscribe-Post"] != "List-Unsubscribe=One-Click":
            yield f"List-Unsubscribe is {mail['List-Unsubscribe']}"
        if shown.faults:
            yield f"the HTML is not well-formed: {shown.faults[:3]}"
        if shown.root.get("lang") != line["language"] or shown.root.get("dir") not in ("ltr", "rtl"):
            yield f"the HTML is in {shown.root}"
        if {"script", "form", "iframe", "object", "link", "input"} & set(shown.tags) or re.search(r"<[^>]*\son\w+\s*=", self.html):
            yield "the HTML holds what runs or asks"
        if any(not re.match(r"(https|mailto|tel):", link) for link in shown.links):
            yield f"links lead to {shown.links}"
        for source, alt in shown.pictures:
            if not source.startswith("cid:") or source[4:] not in self.inline or alt is None:
                yield f"a picture from {source}, described as {alt!r}"
        address = optin["url"].replace("{token}", token)
        if address not in shown.links or address not in self.plain:
            yield f"the customer's link {address} is not in both forms"
        if leave[0] not in shown.links or leave[0] not in self.plain:
            yield "the way out is not in both forms"
        postal = channel["postal-address"]
        postal = postal if isinstance(postal, str) else postal[language]
        if postal not in " ".join(shown.text.split()) or postal not in " ".join(self.plain.split()):
            yield "the postal address is not in both forms"
        for number, what in ((record["account"], "account"), (record["invoice"], "invoice")):
            if number in self.plain or number in self.html:
                yield f"the whole number of the {what} stands in it"
