"""Commands that are killed, that may not write, and that meet: what they leave is what an undisturbed run leaves.

  kills.py PROGRAM FONTS [--kills 10] [--customers 40] [--rows 3000] [--seed 1] [--folder DIR] [PART...]

Parts: `render`, `release` and `import` are killed by SIGKILL at random moments and given again; `read-only`: a ledger that nobody can write, in a
folder that nobody can write; `writers`: several at once; `patience`: a ledger that another process keeps, which takes ten seconds. Ends with an
assertion where something differs."""

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

import world
from program import Billfold, tree, write_rows

PARTS = ("render", "release", "import", "read-only", "writers", "patience")


class Bench:
    """A company with a ledger that knows of one released cycle, and the records of the next one."""

    def __init__(self, billfold, fonts, customers, rows, seed):
        self.billfold, self.random, self.rows = billfold, random.Random(f"kills {seed}"), rows
        world.write_company(billfold.path(billfold.company), fonts)
        people = world.Customers(customers, seed).all
        billfold.run("ledger", "create", "--ledger", "ledger", "--company", world.COMPANY)
        for number in range(2):
            self.write_events(f"events-{number}.csv", world.events(people, number, seed))
            billfold.write_records(f"data-{number}.jsonl", [world.record(person, number, seed, False) for person in people])
        self.take("events-0.csv")
        billfold.render(["data-0.jsonl"], "november", "--cycle", world.CYCLES[0])
        billfold.run("release", "november", "--ledger", "ledger", "--mailed", world.MAILED[0][0])
        self.take("events-1.csv")
        self.write_events("later.csv", world.events(people, 1, f"{seed} later"))

    def write_events(self, name, rows):
        write_rows(self.billfold.path(name), [row for row, _ in rows])

    def take(self, name, ledger="ledger"):
        self.billfold.run("ledger", "import", name, "--ledger", ledger, codes=(0, 65))

    def copy(self, name):
        """A copy of the ledger, without what a killed command left beside an earlier one."""
        for left in (name, name + "-journal"):
            if os.path.exists(self.billfold.path(left)):
                os.remove(self.billfold.path(left))
        shutil.copy(self.billfold.path("ledger"), self.billfold.path(name))

    def rendering(self, out, ledger="ledger"):
        return ["render", *self.billfold.job(), "--ledger", ledger, "--jobs", "2", "--data", "data-1.jsonl", "--out", out, "--cycle", world.CYCLES[1]]

    def timed(self, arguments, codes=(0, 65)):
        """Runs a command undisturbed; how long it took."""
        start = time.monotonic()
        self.billfold.run(*arguments, codes=codes)
        return time.monotonic() - start

    def kill(self, arguments, seconds, once=None):
        """Begins a command and kills it at a random moment before so many seconds, counted from when a file is there. Returns whether it was still
        running."""
        process = subprocess.Popen(
            [self.billfold.program, *arguments], cwd=self.billfold.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while once and process.poll() is None and not os.path.exists(self.billfold.path(once)):
            time.sleep(0.002)
        try:
            process.wait(self.random.uniform(0, seconds))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


def kill_render(bench, kills):
    billfold = bench.billfold
    seconds = bench.timed(bench.rendering("whole"))
    whole, before = tree(billfold.path("whole")), billfold.export()
    killed = rounds = 0
    while killed < kills:
        rounds += 1
        assert rounds < 20 * kills, f"only {killed} of {rounds} runs could be killed"
        # Every second one, and the last, among its bills; the others at any moment from the start.
        late = killed % 2 == 0 or killed == kills - 1
        if bench.kill(bench.rendering("killed"), seconds / 3 if late else seconds, once="killed/run.json" if late else None):
            killed += 1
            assert not os.path.exists(billfold.path("killed/summary.json")), "a summary of a run that did not end"
        else:
            assert tree(billfold.path("killed")) == whole, "a run that was killed before and continued differs"
            shutil.rmtree(billfold.path("killed"))
    # What customers say while a run is begun shows in the next one, not in this.
    assert os.path.exists(billfold.path("killed/run.json")) and billfold.export() == before, "a run changed the ledger"
    bench.take("later.csv")
    later = billfold.export()
    assert later != before, "the ledger did not move on"
    _, output, errors = billfold.run(*bench.rendering("killed"), codes=(0, 65))
    assert "ledger-moved-on" in output + errors, "nothing is told of a ledger that has moved on"
    assert tree(billfold.path("killed")) == whole, "the run that was killed and continued differs"
    assert billfold.export() == later, "a run changed the ledger"
    billfold.run(*bench.rendering("fresh"), codes=(0, 65))
    assert tree(billfold.path("fresh")) != whole, "a new run does not see what was said since"
    return f"{killed} kills in {rounds} runs of {seconds:.1f} s"


def kill_writer(bench, kills, arguments, written=()):
    """Kills a command that writes the ledger `killed`, begun anew on a copy whenever it came to its end; `written`: the files it writes beside."""
    billfold = bench.billfold
    bench.copy("whole.ledger")
    seconds = bench.timed(arguments("whole.ledger"))
    files = {name: read(billfold.path(name)) for name in written}
    before, after = billfold.export(), billfold.export("whole.ledger")
    assert before != after, "the command changes nothing"
    bench.copy("killed.ledger")
    killed = rounds = 0
    while killed < kills:
        rounds += 1
        assert rounds < 20 * kills, f"only {killed} of {rounds} runs could be killed"
        for name in written:
            if os.path.exists(billfold.path(name)):
                os.remove(billfold.path(name))
        killed += bench.kill(arguments("killed.ledger"), seconds)
        # A killed command may leave what only a writer takes back; the next one does.
        probe = bench.billfold.run("ledger", "export", "--ledger", "killed.ledger", "--rules", f"{billfold.company}/rules", codes=(0, 78))
        if probe[0] == 0:
            assert probe[1] in (before, after), "half of it is in the ledger"
            if probe[1] == after and killed < kills:
                bench.copy("killed.ledger")
        else:
            assert "ledger-unfinished" in probe[2], probe[2]
        for name in written:
            assert not os.path.exists(billfold.path(name)) or read(billfold.path(name)) == files[name], f"half of {name}"
    billfold.run(*arguments("killed.ledger"), codes=(0, 65))
    assert billfold.export("killed.ledger") == after, "the ledger differs"
    for name in written:
        assert read(billfold.path(name)) == files[name], f"{name} differs"
    left = [name for name in os.listdir(billfold.folder) if name.startswith("killed.ledger") and name != "killed.ledger"]
    assert not left, f"left behind: {left}"
    return f"{killed} kills in {rounds} runs of {seconds:.1f} s"


def read(path):
    with open(path, "rb") as file:
        return file.read()


def kill_release(bench, kills):
    bench.billfold.run(*bench.rendering("released"), codes=(0, 65))
    return kill_writer(
        bench, kills, lambda ledger: ["release", "released", "--ledger", ledger, "--mailed", world.MAILED[1][0], "--list", "list.csv"], ["list.csv"])


def kill_import(bench, kills):
    rows = [[f"acc-{n * 7 % bench.rows}", "consent" if n % 3 else "paper", f"2027-01-1{n % 9}", "web", "", f"log {n}"] for n in range(bench.rows)]
    write_rows(bench.billfold.path("many.csv"), rows + [["bad", "row"]])
    return kill_writer(bench, kills, lambda ledger: ["ledger", "import", "many.csv", "--ledger", ledger, "--rejects", "refused.csv"], ["refused.csv"])


def unwritable(folder):
    """What is put before a command so that it cannot write a folder: nothing for who is not root and has taken the right away, else a mount."""
    if os.geteuid() != 0:
        os.chmod(folder, 0o500)
        os.chmod(os.path.join(folder, "ledger"), 0o400)
        return []
    script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    return ["unshare", "-m", "--propagation", "private", "sh", "-c", script, folder]


def read_only(bench):
    billfold = bench.billfold
    folder = billfold.path("locked")
    os.makedirs(folder, exist_ok=True)
    bench.copy("locked/ledger")
    before = read(os.path.join(folder, "ledger"))
    billfold.run(*bench.rendering("writable"), codes=(0, 65))
    prefix = unwritable(folder)

    def run(*command):
        return subprocess.run([*prefix, *command], cwd=billfold.folder, capture_output=True, text=True)

    try:
        for name in ("new", "ledger"):
            assert run("sh", "-c", f": >> locked/{name}").returncode != 0, f"'{name}' can be written, so that this proves nothing"
        rendered = run(billfold.program, *bench.rendering("from-locked", "locked/ledger"))
        assert rendered.returncode in (0, 65), rendered.stderr[-2000:]
        assert tree(billfold.path("from-locked")) == tree(billfold.path("writable")), "bills from a ledger that cannot be written differ"
        exported = run(billfold.program, "ledger", "export", "--ledger", "locked/ledger", "--rules", f"{billfold.company}/rules")
        assert exported.returncode == 0 and exported.stdout == billfold.export(), exported.stderr
        refused = run(billfold.program, "ledger", "import", "later.csv", "--ledger", "locked/ledger")
        assert refused.returncode == 74, f"an import into it ends with {refused.returncode}: {refused.stderr}"
    finally:
        if not prefix:
            os.chmod(folder, 0o700)
    assert read(os.path.join(folder, "ledger")) == before and os.listdir(folder) == ["ledger"], "something was written"
    return "a mount that cannot be written" if prefix else "rights taken away"


def writers(bench):
    """Commands that write at once: each waits for the others, and all of it is there."""
    billfold = bench.billfold
    commands = []
    for part in range(3):
        name = f"part-{part}.csv"
        write_rows(billfold.path(name), [[f"part-{part}-{n}", "paper", "2027-01-05", "", "", ""] for n in range(300)])
        commands.append(["ledger", "import", name, "--ledger"])
    billfold.run(*bench.rendering("together"), codes=(0, 65))
    commands.append(["release", "together", "--mailed", world.MAILED[1][0], "--ledger"])
    bench.copy("one-by-one.ledger")
    for command in commands:
        billfold.run(*command, "one-by-one.ledger")
    bench.copy("at-once.ledger")
    running = [
        subprocess.Popen([billfold.program, *command, "at-once.ledger"], cwd=billfold.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for command in commands]
    for process in running:
        _, errors = process.communicate()
        assert process.returncode == 0, errors.decode()
    assert billfold.export("at-once.ledger") == billfold.export("one-by-one.ledger"), "writers at once leave another ledger than one by one"
    return f"{len(commands)} at once"


def patience(bench):
    """A ledger that another process keeps for too long: 75, and nothing is changed."""
    billfold = bench.billfold
    bench.copy("kept.ledger")
    keeper = sqlite3.connect(billfold.path("kept.ledger"), isolation_level=None)
    keeper.execute("BEGIN IMMEDIATE")
    start = time.monotonic()
    code, _, errors = billfold.run("ledger", "import", "later.csv", "--ledger", "kept.ledger", codes=(75,))
    seconds = time.monotonic() - start
    keeper.execute("ROLLBACK")
    keeper.close()
    assert "[ledger-locked]" in errors and seconds >= 9, f"{errors} after {seconds:.1f} s"
    assert billfold.export("kept.ledger") == billfold.export()
    bench.take("later.csv", "kept.ledger")
    return f"given up after {seconds:.1f} s"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("fonts", help="the folder of fonts")
    arguments.add_argument("--kills", type=int, default=10)
    arguments.add_argument("--customers", type=int, default=40)
    arguments.add_argument("--rows", type=int, default=3000, help="of the file of events that is killed")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--folder", help="where everything is left; a temporary folder otherwise")
    arguments.add_argument("parts", nargs="*", metavar="PART")
    given = arguments.parse_intermixed_args()
    if set(given.parts) - set(PARTS):
        arguments.error(f"expected some of {', '.join(PARTS)}")
    folder = given.folder or tempfile.mkdtemp(prefix="billfold-kills-")
    os.makedirs(folder, exist_ok=True)
    try:
        bench = Bench(Billfold(given.program, folder), given.fonts, given.customers, given.rows, given.seed)
        # What changes the ledger stands last.
        for part in [part for part in ("release", "import", "read-only", "writers", "patience", "render") if part in (given.parts or PARTS)]:
            does = {"render": lambda: kill_render(bench, given.kills), "release": lambda: kill_release(bench, given.kills),
                    "import": lambda: kill_import(bench, given.kills), "read-only": lambda: read_only(bench), "writers": lambda: writers(bench),
                    "patience": lambda: patience(bench)}
            print(f"{part}: {does[part]()}", flush=True)
    finally:
        if not given.folder:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
