#!/usr/bin/python3 -B
"""A mail server for tests: aiosmtpd with TLS, a login, a log of its own, and answers that the recipients' names ask for.

Prints the port it listens at. Each message it takes over is one line of JSON in the log, on the disk before the sender hears of it. Of a name
`WORD-NUMBER-anything` the word says how it is answered, and the number how often before all is well:

  defer, deferdata     450 to the recipient, 451 to the message
  refuse, refusedata   550 to the recipient, 554 to the message
  full                 552 to the sender
  drop, dropdata       the connection is cut at the recipient, in the middle of the message
  closing              421 to the recipient, and the connection is cut
  taken, lost          the connection is cut after the final dot, the message logged or not
  hang, hangrcpt       no answer after the final dot (the message logged), or to the recipient
  slow                 an answer after a second and a half (the message logged at once)
"""
import argparse
import asyncio
import hashlib
import json
import os
import re
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--security", choices=["plain", "starttls", "implicit"], default="starttls")
parser.add_argument("--certificate")
parser.add_argument("--key")
parser.add_argument("--user")
parser.add_argument("--password")
parser.add_argument("--log", required=True)
parser.add_argument("--greeting", help="what is said in place of a greeting; 'silence': nothing")
parser.add_argument("--stop-after", type=int, help="ends, as if killed, instead of the answer to this message")
options = parser.parse_args()

log = os.open(options.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
seen = {}
taken = 0


def word(address):
    """The word of a recipient's name, if it is to be heeded now, and which time it is."""
    match = re.match(r"([a-z]+)-(?:(\d+)-)?", address.strip("<>"))
    return (match.group(1), int(match.group(2) or 1 << 30)) if match else ("", 0)


def applies(address, *words):
    name, times = word(address)
    if name not in words:
        return False
    seen[address] = seen.get(address, 0) + 1
    return seen[address] <= times


def take(envelope):
    global taken
    content = envelope.original_content
    head = content.split(b"\r\n\r\n")[0]
    field = lambda name: next((l.split(b":", 1)[1].strip().decode() for l in head.split(b"\r\n") if l.lower().startswith(name)), "")
    dateless = b"\r\n".join(l for l in content.split(b"\r\n") if not l.startswith(b"Date:"))
    line = {
        "to": envelope.rcpt_tos, "from": envelope.mail_from, "id": field(b"message-id:"), "date": field(b"date:"),
        "dateless": hashlib.sha256(dateless).hexdigest(), "bare": len(re.findall(rb"(?<!\r)\n|\r(?!\n)", content)),
    }
    os.write(log, (json.dumps(line) + "\n").encode())
    os.fsync(log)
    taken += 1
    if options.stop_after == taken:
        os._exit(9)


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if address.startswith("nobody@"):
            return "550 5.7.1 sender not allowed"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if applies(address, "defer"):
            return f"450 4.2.1 mailbox of <{address}> busy,\x1b[31m try later"
        if applies(address, "refuse"):
            return f"550 5.1.1 <{address}>: no such user here"
        if applies(address, "full"):
            return "552 5.2.2 mailbox full"
        if applies(address, "drop"):
            server.transport.abort()
        if applies(address, "closing"):
            await server.push("421 4.3.2 closing down")
            server.transport.close()
        if applies(address, "hangrcpt"):
            await asyncio.sleep(3600)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        if applies(address, "deferdata"):
            return "451 4.7.1 greylisted"
        if applies(address, "refusedata"):
            return "554 5.7.1 message not wanted"
        if applies(address, "lost"):
            server.transport.abort()
            await asyncio.sleep(3600)
        take(envelope)
        if applies(address, "slow"):
            await asyncio.sleep(1.5)
        if applies(address, "taken"):
            server.transport.abort()
        if applies(address, "hang"):
            await asyncio.sleep(3600)
        return "250 2.0.0 taken over"


class Server(SMTP):
    async def smtp_DATA(self, arg):
        if self.envelope.rcpt_tos and applies(self.envelope.rcpt_tos[0], "dropdata"):
            await self.push("354 go on")
            await self._reader.read(64)
            self.transport.abort()
            return
        await super().smtp_DATA(arg)

    async def _handle_client(self):
        if options.greeting:
            if options.greeting != "silence":
                await self.push(options.greeting)
            await self._reader.read(64)
            self.transport.close()
            return
        await super()._handle_client()


def authenticate(server, session, envelope, mechanism, data):
    good = (data.login, data.password) == (options.user.encode(), options.password.encode())
    return AuthResult(success=good, handled=False)


async def main():
    tls = None
    if options.security != "plain":
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(options.certificate, options.key)

    def server():
        needs = options.user is not None
        return Server(
            Handler(), hostname="mail.test", loop=asyncio.get_running_loop(), timeout=3600, data_size_limit=1 << 24,
            tls_context=tls if options.security == "starttls" else None, require_starttls=options.security == "starttls",
            auth_required=needs, auth_require_tls=options.security == "starttls", authenticator=authenticate if needs else None)

    listening = await asyncio.get_running_loop().create_server(
        server, "127.0.0.1", options.port, ssl=tls if options.security == "implicit" else None, reuse_address=True)
    print(listening.sockets[0].getsockname()[1], flush=True)
    # Goes with whoever started it.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    os._exit(0)


asyncio.run(main())
