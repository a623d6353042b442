#!/usr/bin/python3 -B
"""Sends a large run to a real mail server, with senders and servers that are killed, and holds what `billfold send` says against the server's log.

send.py PROGRAM [--messages N] [--kills N] [--seed N]
"""
import argparse
import collections
import json
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("--messages", type=int, default=2000)
parser.add_argument("--kills", type=int, default=10)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()

program = str(pathlib.Path(options.program).resolve())
helpers = pathlib.Path(__file__).resolve().parent.parent / "SendTests" / "Server"
chance = random.Random(options.seed)
folder = tempfile.TemporaryDirectory(prefix="billfold-send.")
work = pathlib.Path(folder.name)
failures = []


def expect(holds, what):
    if not holds:
        failures.append(what)
        print("FAILED:", what)


def run(*words, **more):
    return subprocess.run(words, cwd=work, capture_output=True, text=True, **more)


def certificates():
    key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    made = run("sh", "-c", f"""set -e
        openssl req -x509 {key} -keyout ca.key -out ca.pem -days 10 -subj /CN=authority -addext basicConstraints=critical,CA:TRUE
        openssl req -x509 {key} -keyout good.key -out good.pem -days 10 -subj /CN=localhost -addext subjectAltName=DNS:localhost -CA ca.pem -CAkey ca.key""")
    if made.returncode:
        sys.exit(made.stderr)


class Server:
    def __init__(self, port=0):
        words = ["/usr/bin/python3", "-B", str(helpers / "server.py"), "--port", str(port), "--log", "log", "--certificate", "good.pem",
                 "--key", "good.key", "--user", "billing", "--password", "secret"]
        self.process = subprocess.Popen(words, cwd=work, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(self.process.stdout.readline())

    def kill(self):
        self.process.kill()
        self.process.wait()


def logged():
    """The numbers of the messages that the server took over, in their order; a line that is being written is none yet."""
    path = work / "log"
    if not path.exists():
        return []
    lines = path.read_text().split("\n")[:-1]
    return [int(json.loads(line)["id"].strip("<").split(".")[0]) for line in lines]


def send():
    return [program, "send", "out", "--ledger", "ledger", "--smtp", f"smtp://billing@localhost:{server.port}", "--smtp-ca", "ca.pem",
            "--password-file", "password", "--format", "json", "--test-pause", "100", "--timeout", "20"]


certificates()
(work / "password").write_text("secret\n")
(work / "password").chmod(0o600)
kinds = ["defer-1", "defer-3", "deferdata-2", "refuse", "refusedata", "full", "drop-1", "closing-1", "taken", "lost"]
names, special = [], {}
for number in range(options.messages):
    kind = chance.choice(kinds) if number % 25 == 7 else "ok"
    names.append(f"{kind}-{number}")
    special[number] = kind
(work / "names").write_text("\n".join(names))
made = run("/usr/bin/python3", "-B", str(helpers / "finished_run.py"), "out", str(options.messages), "--names", "names")
expect(made.returncode == 0, made.stderr)
run(program, "ledger", "create", "--ledger", "ledger", "--company", "Larkspur Light & Power")

server = Server()
began = time.time()
step = options.messages // (options.kills + 4)
for kill in range(options.kills):
    start = len(logged())
    sender = subprocess.Popen(send(), cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while sender.poll() is None and len(logged()) < start + step:
        time.sleep(0.001)
    time.sleep(chance.random() * 0.01)
    sender.send_signal(signal.SIGKILL)
    expect(sender.wait() == -signal.SIGKILL, f"the sender ended by itself before kill {kill + 1}")
    if kill % 4 == 1:
        # The server with it, in the middle of whatever it did.
        port = server.port
        server.kill()
        server = Server(port)
print(f"{options.kills} senders killed: {len(logged())} messages taken in {time.time() - began:.1f} s")

# A server that goes while the sender goes on, and comes back.
out = open(work / "stdout", "w")
sender = subprocess.Popen(send(), cwd=work, stdout=out, stderr=subprocess.DEVNULL)
start = len(logged())
while sender.poll() is None and len(logged()) < start + step:
    time.sleep(0.001)
port = server.port
server.kill()
time.sleep(0.3)
server = Server(port)
code = sender.wait()
expect(code == 65, f"the sender whose server came back ended with {code}")
last = run(*send())
server.kill()
lines = [json.loads(line) for line in last.stdout.splitlines()]
totals = lines[-1]
ends = collections.defaultdict(set)
for line in lines[:-1]:
    ends[line["id"].removeprefix("message-")].add(int(line["message"].split("'")[1][1:]))
counts = {end: totals[end] for end in ("accepted", "refused", "unknown", "suppressed", "deferred", "untried")}
print(counts)

taken, recorded = logged(), []
for line in run(program, "ledger", "export", "--ledger", "ledger").stdout.splitlines():
    account = json.loads(line)
    recorded += [int(account["account"][1:]) for piece in account["pieces"] if piece["kind"] == "email"]
twice = [number for number, times in collections.Counter(taken).items() if times > 1]
expect(last.returncode == 65, f"the last send ended with {last.returncode}: {last.stderr}")
expect(sum(counts.values()) == options.messages == totals["messages"], f"the totals do not add up: {totals}")
expect(counts["untried"] == 0 and counts["deferred"] == 0, "something was left")
expect(not twice, f"taken twice: {twice}")
expect(len(recorded) == len(set(recorded)) == counts["accepted"], f"the ledger has {len(recorded)}, accepted are {counts['accepted']}")
expect(set(recorded) <= set(taken), f"in the ledger and never taken: {sorted(set(recorded) - set(taken))}")
expect(set(taken) - set(recorded) <= ends["unknown"], f"taken and nobody says so: {sorted(set(taken) - set(recorded) - ends['unknown'])}")
expect(ends["refused"] == {n for n, kind in special.items() if kind in ("refuse", "refusedata", "full")}, "others were refused")
expect({n for n, kind in special.items() if kind in ("taken", "lost")} <= ends["unknown"], "an answer was made up")
expect(len(ends["unknown"]) <= sum(kind in ("taken", "lost") for kind in special.values()) + 2 * options.kills + 4, "too many of which nobody knows")
verified = [path for path in (work / "out").glob(".*")]
expect([path.name for path in verified] == [".send"], f"left behind: {verified}")
print(f"{len(taken)} messages in the server's log, {len(recorded)} in the ledger, {len(ends['unknown'])} unknown; {time.time() - began:.1f} s")
sys.exit(1 if failures else 0)
