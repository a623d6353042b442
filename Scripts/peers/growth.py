#!/usr/bin/env python3
"""What a bill costs as it grows: by bills of a cycle, lines of a table, pages, and words of terms.

usage: growth.py BILLFOLD BENCH [--with perf|valgrind|cpu] [--only NAME] [--json FILE]

BILLFOLD and BENCH are the programs of a release build. Bills of a cycle are a whole run; lines, pages and words are those of one bill, in one
process and after other bills. A step's cost a unit is what it costs more than the size before it, by what it has more; the last step's by the first
step's is the growth: 1 where cost is linear, far above 1 where it is not.

perf counts instructions (instructions:u) and is used where the machine can count; valgrind counts them everywhere, and takes fifty times as long,
but not of bills of a cycle, since workers are given too little memory for it; cpu is the least CPU time of three runs, or that of one long run.
"""
import argparse
import importlib.util
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BENCH_LAYOUT = ROOT / "Layouts" / "bench"
# Where cost may be called linear: what a step costs besides its units is not the same everywhere.
LINEAR = 1.15
REPEATS = 3
# Lines with which a bill has more than 200 pages: it is laid out twice from there, so that this step is no part of the growth.
LAID_OUT_TWICE = 10000
# One page a line, in the place of the table.
PAGES = '<each each="section in sections"><each each="line in section.lines"><text>{line.description}</text><page-break/></each></each>'


def records():
    """The module that makes the statement's records."""
    spec = importlib.util.spec_from_file_location("records", BENCH_LAYOUT / "records.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(command, **more):
    """Runs a command to its end; the CPU seconds it used, the most MB of memory it or a child of it took, and what it printed."""
    with tempfile.TemporaryFile() as log:
        started = subprocess.Popen([str(part) for part in command], stdout=log, stderr=log, **more)
        _, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        printed = log.read().decode()
        if started.returncode:
            sys.exit(f"growth.py: {pathlib.Path(str(command[0])).name} ended with {started.returncode}\n{printed[-2000:]}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, printed


class Meter:
    """Counts what a command costs, in millions of instructions or in milliseconds of CPU time."""

    def __init__(self, kind, folder):
        self.kind, self.folder = kind or ("perf" if self.can_count() else "cpu"), folder
        self.unit = "ms of CPU" if self.kind == "cpu" else "million instructions"

    @staticmethod
    def can_count():
        """Whether this machine counts instructions."""
        if not shutil.which("perf"):
            return False
        tried = subprocess.run(["perf", "stat", "-x,", "-e", "instructions:u", "true"], capture_output=True, text=True)
        return tried.returncode == 0 and re.match(r"\d+,", tried.stderr) is not None

    def instructions(self, command):
        """The millions of instructions a command takes, and the most memory in MB, where that is known."""
        environment = {**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1"}
        if self.kind == "perf":
            out = self.folder / "perf.csv"
            _, memory, _ = run(["perf", "stat", "-x,", "-o", out, "-e", "instructions:u", *command], env=environment)
            return int(re.search(r"(?m)^(\d+),", out.read_text())[1]) / 1e6, memory
        for old in self.folder.glob("callgrind.*"):
            old.unlink()
        run(["valgrind", "--tool=callgrind", "--trace-children=yes", f"--callgrind-out-file={self.folder}/callgrind.%p", *command], env=environment)
        counted = [re.search(r"(?m)^(?:summary|totals): (\d+)", one.read_text()) for one in self.folder.glob("callgrind.*")]
        return sum(int(found[1]) for found in counted if found) / 1e6, None

    def whole(self, command, before, repeats=REPEATS):
        """What a command costs from its beginning to its end, and the most memory; `before` is called before each run."""
        if self.kind != "cpu":
            before()
            return self.instructions(command)
        runs = []
        for _ in range(repeats):
            before()
            runs.append(run(command))
        return min(used for used, _, _ in runs) * 1000, max(memory for _, memory, _ in runs)

    def bills(self, command, count):
        """What so many bills cost that `billfold-bench` makes, each once; and the most memory."""
        if self.kind != "cpu":
            return self.instructions([*command, "0"])
        # Its clock runs from the first bill, and tells of one bill.
        runs = [run([*command, "0"]) for _ in range(REPEATS)]
        return count * min(float(re.search(r"(?m)^total (\S+)$", printed)[1]) for _, _, printed in runs), max(memory for _, memory, _ in runs)


class Growth:
    """Measures along the four ways a cycle grows."""

    def __init__(self, options, folder):
        self.billfold, self.bench, self.folder = options.billfold, options.bench, folder
        self.meter = Meter(options.meter, folder)
        self.slow = self.meter.kind == "valgrind"
        if self.slow:
            # Valgrind ends at debug information that is newer than itself.
            self.bench = self.stripped(self.bench)
        # Of layouts and programs that are here instead of in the project.
        (folder / "Fonts").symlink_to(ROOT / "Fonts")
        self.records = records()
        self.key = folder / "key"
        self.key.write_text("a demonstration key, never for real bills", encoding="utf-8")
        self.key.chmod(0o600)

    def meter_of(self, name):
        """What counts along one way to grow."""
        return Meter("cpu", self.folder) if self.slow and name == "bills" else self.meter

    def stripped(self, program):
        """A copy of a program without debug information."""
        copy = self.folder / pathlib.Path(program).name
        run(["strip", "--strip-debug", "-o", copy, program])
        return copy

    def data(self, name, made):
        """A file of records."""
        file = self.folder / name
        file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in made), encoding="utf-8")
        return file

    def layout(self, change):
        """A copy of the statement's layout, after `change` was called with its folder."""
        folder = self.folder / "layout"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(BENCH_LAYOUT, folder)
        change(folder)
        return folder

    def bill(self, layout, count, lines):
        """What one of so many bills costs after as many others, which fill caches and are no bills of the same; and the most memory."""
        costs = []
        for bills in (count, 2 * count):
            data = self.data("bills.jsonl", (self.records.record(place, 1, lines) for place in range(bills)))
            costs.append(self.meter.bills([self.bench, layout, layout / "campaign" / "campaign.yaml", self.key, data], bills))
        return (costs[1][0] - costs[0][0]) / count, costs[1][1]

    def bills(self):
        """Bills of a cycle, in a whole run with one worker."""
        out, meter = self.folder / "out", self.meter_of("bills")
        for count in (50, 500, 5000):
            data = self.data("cycle.jsonl", (self.records.record(place) for place in range(count)))
            command = [
                self.billfold, "render", "--layout", BENCH_LAYOUT, "--campaign", BENCH_LAYOUT / "campaign" / "campaign.yaml", "--token-key", self.key,
                "--data", data, "--out", out, "--jobs", "1",
            ]
            yield count, *meter.whole(command, lambda: shutil.rmtree(out, ignore_errors=True), REPEATS if count < 1000 else 1)

    def lines(self):
        """Lines of charges in one bill."""
        for count in (10, 100, 1000, 10000):
            yield count, *self.bill(BENCH_LAYOUT, max(1, (200 if self.slow else 10000) // count), count)

    def pages(self):
        """Pages of one bill, each with a line and a footer."""
        layout = self.layout(self.one_page_a_line)
        for count in (10, 100, 1000):
            yield count, *self.bill(layout, max(1, (50 if self.slow else 2000) // count), count)

    @staticmethod
    def one_page_a_line(layout):
        file = layout / "layout.xml"
        text = file.read_text(encoding="utf-8")
        changed = text.replace('<include src="parts/charges.xml"/>', PAGES)
        if changed == text:
            sys.exit("growth.py: the layout has no table to put pages in the place of")
        file.write_text(changed, encoding="utf-8")

    def words(self):
        """Words of the terms that one bill carries."""
        for count in (300, 3000, 30000):
            layout = self.layout(lambda folder: self.write_terms(folder / "campaign" / "terms.md", count))
            yield count, *self.bill(layout, max(1, (3000 if self.slow else 90000) // count), 38)

    @staticmethod
    def write_terms(file, count):
        """Terms of so many words: the layout's own, over and over."""
        paragraphs = [one.split() for one in file.read_text(encoding="utf-8").split("\n\n") if one[:1].isdigit()]
        made, number = [], 0
        while count > 0:
            words = paragraphs[number % len(paragraphs)][1:count + 1]
            number += 1
            count -= len(words)
            made.append(" ".join([f"{number}.", *words]))
        file.write_text("\n\n".join(made) + "\n", encoding="utf-8")


def report(name, title, unit, sizes):
    """Prints the sizes of one way to grow; what became of them as a value for JSON."""
    print(f"\n{title}\n{name:>10}{unit:>24}{'a unit more':>14}{'MB':>8}")
    steps, before = [], None
    for size, cost, memory in sizes:
        step = (cost - before[1]) / (size - before[0]) if before else None
        is_twice = name == "lines" and size >= LAID_OUT_TWICE
        if step is not None and not is_twice:
            steps.append(step)
        print(f"{size:>10,}{cost:>24,.2f}" + (f"{step:>14.4f}" if step is not None else " " * 14) + (f"{memory:>8.0f}" if memory else "")
              + ("  laid out twice" if is_twice else ""), flush=True)
        before = (size, cost)
        yield {"size": size, "cost": cost, "step": step, "memory_mb": memory}
    if len(steps) > 1:
        growth = steps[-1] / steps[0]
        print(f"growth {growth:.2f}" + ("" if growth <= LINEAR else ": more than linear"))


def main():
    ways = ("bills", "lines", "pages", "words")
    parser = argparse.ArgumentParser(prog="Scripts/bench growth", description="What a bill costs as it grows.")
    parser.add_argument("billfold", help=argparse.SUPPRESS)
    parser.add_argument("bench", help=argparse.SUPPRESS)
    parser.add_argument("--with", dest="meter", choices=["perf", "valgrind", "cpu"], help="how cost is counted (default: perf where it can, else cpu)")
    parser.add_argument("--only", action="append", choices=ways, help="only this way to grow; repeatable")
    parser.add_argument("--json", type=pathlib.Path, help="a file for all figures")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="billfold-growth-") as folder:
        growth = Growth(options, pathlib.Path(folder))
        found = {
            name: list(report(name, getattr(Growth, name).__doc__, growth.meter_of(name).unit, getattr(growth, name)()))
            for name in options.only or ways
        }
        if options.json:
            value = {name: {"unit": growth.meter_of(name).unit, "sizes": sizes} for name, sizes in found.items()}
            options.json.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
