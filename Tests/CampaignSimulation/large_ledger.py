"""A ledger of a million accounts: makes one, and measures what it costs.

  large_ledger.py PROGRAM FONTS LAYOUT [--accounts 1000000] [--rows 100000] [--bills 4000] [--folder DIR]
  large_ledger.py PROGRAM FONTS LAYOUT --make FILE      only makes a ledger

Measures how long an import of so many events takes, what share of a run's processor time goes into the ledger and the rules, and how large the
processes become; prints the figures, and ends with 1 where one is beyond its bound. The pieces are written into the ledger's tables from outside:
to release a million bills would take a million bills."""

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile

import world
from program import Billfold, tree, write_rows

CYCLES = (("2026-11", "2026-11-25", "announce"), ("2026-12", "2026-12-28", "announce"), ("2027-01", "2027-01-25", "remind"))
IMPORT_SECONDS, SHARE, GROWTH = 10, 0.05, 20
# Rules that ask for all that a ledger knows, and say the same: the pages are those of a campaign without rules.
RULES = [("lately", "(mailed.days | default(999)) lt 3"), ("often", "mailed.notices gt 40"), ("agreed", "customer-state eq 'agreed'"),
         ("paper", "customer-state eq 'paper'"), ("bounced", "customer-state eq 'bounced' and kind eq 'bill'"),
         ("never", "mailed.notices eq 0 and phase eq 'final'"), ("large", "totals.due gt 100000"),
         ("business", "(segment | default('')) eq 'business'"), ("required", "mode eq 'required'"), ("undecided", None)]


def account(number):
    return f"{4_400_000_000 + number}"


def make(path, program, folder, accounts, extra=()):
    """A ledger that knows of three pieces of each account and of something that every second said."""
    subprocess.run([program, "ledger", "create", "--ledger", path, "--company", world.COMPANY], cwd=folder, check=True)
    names = sorted({account(number) for number in range(accounts)} | set(extra), key=str.encode)
    db = sqlite3.connect(os.path.join(folder, path), isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("BEGIN IMMEDIATE")
    for number, (cycle, _, phase) in enumerate(CYCLES):
        db.execute(
            "INSERT INTO wording VALUES (?, 'print', ?, 'quarry-2027', ?, 'undecided', 'standard', 'full', '2027-03', ?, ?, '[\"US\"]')",
            (number + 1, cycle, phase, "a1" * 32, "b2" * 32))
    draw = random.Random(7)

    def pieces():
        for name in names:
            digest = hashlib.sha256(name.encode()).digest()
            for number, (cycle, mailed, _) in enumerate(CYCLES):
                yield name, f"{cycle}-{name}", "", 1, "bill", "", number + 1, digest, 1, 142, 12250, 9500, mailed

    def events():
        for name in names:
            if draw.random() < 0.5:
                state = draw.choice(["consent", "consent", "paper", "bounced", "withdrawn"])
                yield name, f"2027-01-{draw.randrange(1, 29):02d}", state, "web", "all bills", f"log {draw.randrange(10**6)}", "2027-01-29T00:00:00Z"

    db.executemany("INSERT INTO piece VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", pieces())
    db.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)", events())
    db.execute("COMMIT")
    db.close()


class Measure:
    """Commands run with their figures."""

    def __init__(self, billfold):
        self.billfold, self.failed = billfold, []

    def run(self, name, *arguments, codes=(0, 65)):
        """Wall seconds, processor seconds of the program and all it started, and MiB of the program itself."""
        figures = self.billfold.path("figures")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        usage = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../Soak/usage.py")
        code = subprocess.run(
            [sys.executable, "-B", usage, figures, self.billfold.program, *arguments], cwd=self.billfold.folder, stderr=subprocess.DEVNULL).returncode
        assert code in codes, f"{name}: exit {code}"
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        with open(figures) as file:
            seconds, parent, worker, _ = file.read().split()
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"{name}: {seconds} s, {used:.2f} s of processors, {parent} MiB, largest worker {worker} MiB", flush=True)
        return float(seconds), used, int(parent)

    def bound(self, what, value, limit, unit):
        print(f"{what}: {value:.3g} {unit}, expected under {limit:.3g}", flush=True)
        if value >= limit:
            self.failed.append(what)


def write_campaigns(billfold, fonts):
    """One campaign with rules, and one without, that say the same."""
    world.write_company(billfold.path(billfold.company), fonts)
    value = world.campaign()
    value["audience"] = [{"rule": rule, "notice": "standard", "terms": "bill", **({"when": when} if when else {})} for rule, when in RULES]
    shutil.copytree(billfold.path("company/campaign"), billfold.path("plain"), dirs_exist_ok=True)
    for name, known in (("company/campaign", value), ("plain", {key: value[key] for key in value if key != "audience"})):
        with open(billfold.path(f"{name}/campaign.yaml"), "w", encoding="utf-8") as file:
            json.dump(known, file, ensure_ascii=False, indent=1)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("fonts")
    arguments.add_argument("layout", help="the layout that is timed, of which sample bills can be made")
    arguments.add_argument("--accounts", type=int, default=1_000_000)
    arguments.add_argument("--rows", type=int, default=100_000)
    arguments.add_argument("--bills", type=int, default=4_000)
    arguments.add_argument("--make", metavar="FILE")
    arguments.add_argument("--folder", help="where everything is left; a temporary folder otherwise")
    given = arguments.parse_args()
    program, layout, fonts = (os.path.abspath(path) for path in (given.program, given.layout, given.fonts))
    if given.make:
        make(os.path.abspath(given.make), program, os.getcwd(), given.accounts)
        return
    folder = given.folder or tempfile.mkdtemp(prefix="billfold-ledger-")
    os.makedirs(folder, exist_ok=True)
    try:
        sys.exit(measure(Billfold(program, folder), layout, fonts, given.accounts, given.rows, given.bills))
    finally:
        if not given.folder:
            shutil.rmtree(folder)


def measure(billfold, layout, fonts, accounts, rows, bills):
    measure = Measure(billfold)
    write_campaigns(billfold, fonts)
    _, samples, _ = billfold.run("sample", "--layout", layout, "--count", str(bills), "--seed", "5", "--issued", "2027-02-02")
    records = []
    for line in samples.splitlines():
        # On paper and without a consent of their own, so that both campaigns say the same to all of them.
        record = {**json.loads(line), "delivery": "paper", "consent": None, "kind": "bill"}
        if record["language"] in ("en-US", "es-US") and not record["totals"]["charges"].startswith("-"):
            records.append(record)
    billfold.write_records("all.jsonl", records)
    billfold.write_records("few.jsonl", records[: len(records) // 10])
    extra = [record["account"] for record in records]
    make("large", billfold.program, billfold.folder, accounts, extra)
    make("small", billfold.program, billfold.folder, 10, extra)
    print(f"a ledger of {accounts} accounts: {os.path.getsize(billfold.path('large')) >> 20} MiB")

    # Events: of accounts all over the ledger.
    draw = random.Random(3)
    for name, count in (("rows.csv", rows), ("tenth.csv", rows // 10)):
        write_rows(billfold.path(name), [[account(draw.randrange(accounts)), "paper", f"2027-02-{draw.randrange(1, 29):02d}", "phone", "", f"{name} {n}"]
                                         for n in range(count)])
    shutil.copy(billfold.path("large"), billfold.path("grown"))
    _, _, little = measure.run(f"import of {rows // 10} rows", "ledger", "import", "tenth.csv", "--ledger", "grown")
    seconds, _, much = measure.run(f"import of {rows} rows", "ledger", "import", "rows.csv", "--ledger", "grown")
    measure.bound(f"import of {rows} rows", seconds, IMPORT_SECONDS, "s")
    measure.bound("growth from a tenth of the rows to all", much - little, GROWTH, "MiB")

    # Runs: with a ledger and rules, and without.
    def render(name, campaign, data, *more):
        shutil.rmtree(billfold.path("out"), ignore_errors=True)
        return measure.run(name, "render", "--layout", layout, "--campaign", campaign, "--token-key", "company/key", "--fonts", fonts, "--jobs", "2",
                           "--data", data, "--out", "out", "--cycle", "2027-02", *more)

    times = {"without": [], "with": []}
    for _ in range(3):
        times["without"].append(render(f"{len(records)} bills without ledger and rules", "plain", "all.jsonl")[1])
        plain = tree(billfold.path("out/bills"))
        _, used, many = render(f"{len(records)} bills with them", "company/campaign", "all.jsonl", "--ledger", "large")
        times["with"].append(used)
        assert tree(billfold.path("out/bills")) == plain, "the two runs make other bills, so that their times say nothing"
    share = (min(times["with"]) - min(times["without"])) / min(times["with"])
    measure.bound("share of ledger and rules in a run", share, SHARE, "")
    _, _, few = render("a tenth of them", "company/campaign", "few.jsonl", "--ledger", "large")
    _, _, small = render("with a ledger of these accounts alone", "company/campaign", "all.jsonl", "--ledger", "small")
    measure.bound("growth from a tenth of the bills to all", many - few, GROWTH, "MiB")
    measure.bound("growth from a small ledger to the large one", many - small, GROWTH, "MiB")

    # What reads all of it.
    for name, command in (("export", ["ledger", "export", "--ledger"]),
                          ("coverage", ["ledger", "coverage", "--campaign", "company/campaign", "--data", "all.jsonl", "--ledger"]),
                          ("plan", ["campaign", "plan", "--campaign", "company/campaign", "--data", "all.jsonl", "--ledger"])):
        sizes = [measure.run(f"{name} of a {ledger} ledger", *command, ledger, codes=(0, 1))[2] for ledger in ("small", "large")]
        measure.bound(f"growth of {name} from a small ledger to the large one", sizes[1] - sizes[0], GROWTH, "MiB")
    for what in measure.failed:
        print(f"beyond its bound: {what}")
    return int(bool(measure.failed))


if __name__ == "__main__":
    main()
