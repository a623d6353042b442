#!/usr/bin/env python3
"""Has programs set the same statements in turns and compares what one costs each of them in CPU time.

usage: compare.py BILLFOLD BENCH [--rounds N] [--count N] [--json FILE] [--keep FOLDER]

BILLFOLD and BENCH are the programs of a release build. In each of the ROUNDS every program sets COUNT statements, one PDF each; a ratio is taken
within a round, and the median of the rounds is printed, since what else the machine does falls on neighbours alike. FILE gets every round, FOLDER
the first statement of each program. The page Benchmarks in Sources/billfold/billfold.docc says what each row is.

Exit code 1 if a program set another text than the others, or, with CI=true, if one is absent; 64 for wrong arguments.
"""
import argparse
import hashlib
import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HERE = ROOT / "Scripts" / "peers"
SHARED = ROOT.parent / "shared" / "bench"
FONTS = ROOT / "Fonts"
KEY = "a demonstration key, never for real bills"
# Bills of the shorter of two runs whose difference leaves a program's start out.
FEW = 20
STAGES = ("read", "compose", "lay-out", "bind-and-inspect", "paint", "finish")
# Bills whose glyph runs are replayed; more would only make a larger file.
REPLAYED = 50


class Absent(Exception):
    """Why a program cannot be compared with; `printed` is all it said."""

    def __init__(self, reason, printed=""):
        super().__init__(reason)
        self.printed = printed or reason


def said(command, **more):
    """What a command prints.

    Raises Absent with the last line it complains with where it cannot be run or fails.
    """
    try:
        return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, **more).stdout
    except OSError as error:
        raise Absent(f"{command[0]}: {error.strerror}") from error
    except subprocess.CalledProcessError as error:
        printed = (error.stderr or error.stdout or "").strip() or f"{pathlib.Path(str(command[0])).name} ended with {error.returncode}"
        raise Absent(printed.splitlines()[-1], printed) from error


def compiled(source, program, *packages):
    """A C program, built as fast as the compiler makes it."""
    if not source.is_file():
        raise Absent(f"there is no {source.name} in {os.path.relpath(source.parent, ROOT)}")
    flags = said(["pkg-config", "--cflags", "--libs", *packages]).split()
    said([shutil.which("gcc") or "clang", "-O2", source, "-o", program, *flags, "-lm", "-lpthread"])
    return program


def python_with_packages():
    """The Python of a virtual environment with the pinned packages, kept in the user's cache folder."""
    pins = HERE / "requirements.txt"
    digest = hashlib.sha256(pins.read_bytes() + platform.python_version().encode()).hexdigest()[:12]
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    folder = cache / "billfold-peers" / digest
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        said([sys.executable, "-m", "venv", folder])
        said([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "20", "-r", pins])
        (folder / "complete").touch()
    return python


class Workload:
    """The records, texts and programs that are compared, below one folder."""

    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.records = folder / "records.jsonl"
        said([sys.executable, "-B", ROOT / "Layouts" / "bench" / "records.py", FEW + options.count, self.records])
        self.few = self.part("few.jsonl", FEW)
        content = SHARED / "content.json"
        texts = [sys.executable, "-B", HERE / "texts.py", ROOT / "Layouts" / "bench", self.records, folder]
        self.has_shared_texts = content.is_file()
        said(texts + ([content] if self.has_shared_texts else []))
        shutil.copytree(folder / "layout" / "images", folder / "images")
        # The copied layout finds its fonts above itself, as the project's does.
        (folder / "Fonts").symlink_to(FONTS)
        self.key = folder / "key"
        self.key.write_text(KEY, encoding="utf-8")
        self.key.chmod(0o600)
        self.first = folder / "first"
        self.first.mkdir()

    def part(self, name, count):
        """A file of the first so many records."""
        with open(self.records, encoding="utf-8") as lines:
            (self.folder / name).write_text("".join(line for line, _ in zip(lines, range(count))), encoding="utf-8")
        return self.folder / name

    def expected(self):
        """What the first statement says, apart from its code, which every program makes up by itself."""
        texts = json.loads((self.folder / "texts.json").read_text(encoding="utf-8"))
        with open(self.folder / "bills.jsonl", encoding="utf-8") as lines:
            bill = json.loads(lines.readline())
        for key in ("qr", "specimen", "page-of"):
            texts.pop(key)
        terms = texts.pop("terms")
        bill.pop("address_code")
        cells = [cell for line in bill.pop("lines") for cell in line]
        months = [text for month in bill.pop("usage") for text in month[:2]]
        return [*texts.values(), *(term["text"] for term in terms), *bill.pop("address"), *bill.values(), *cells, *months, "Page 1 of 2", "Page 2 of 2"]


def billfold_run(work, records):
    """CPU milliseconds of one whole run, its parent and its worker, and the folder with what it made."""
    out = work.folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    layout = work.folder / "layout"
    command = [
        work.options.billfold, "render", "--layout", layout, "--campaign", layout / "campaign" / "campaign.yaml", "--token-key", work.key,
        "--data", records, "--out", out, "--jobs", "1",
    ]
    log = work.folder / "render.log"
    with open(log, "w", encoding="utf-8") as file:
        started = subprocess.Popen([str(part) for part in command], stdout=file, stderr=file)
        _, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode != 0:
        sys.exit(f"compare.py: billfold render ended with {started.returncode}\n{log.read_text(encoding='utf-8')}")
    return (used.ru_utime + used.ru_stime) * 1000, out


def whole(work):
    few, _ = billfold_run(work, work.few)
    many, out = billfold_run(work, work.records)
    pieces = sorted((out / "bills").rglob("*.pdf"))
    account = json.loads(work.records.read_text(encoding="utf-8").split("\n", 1)[0])["account"]
    for piece in pieces:
        if account in piece.name:
            shutil.copy(piece, work.first / "billfold.pdf")
    each = (many - few) / work.options.count
    return {"ms": each, "bytes": sum(piece.stat().st_size for piece in pieces) // len(pieces), "start_ms": few - FEW * each}


def stages(work):
    layout = work.folder / "layout"

    def clocked(records):
        printed = said([work.options.bench, layout, layout / "campaign" / "campaign.yaml", work.key, records, "0"])
        return {line.split()[0]: float(line.split()[1]) for line in printed.splitlines()}

    # The first few fill the caches; the others are other bills, as in a cycle.
    few, many = clocked(work.few), clocked(work.records)
    count = work.options.count
    each = {name: (many[name] * (FEW + count) - few[name] * FEW) / count for name in (*STAGES, "total")}
    return {"ms": each.pop("total"), "bytes": int(many["bytes-per-bill"]), "stages": each}


def python_peer(name):
    def ready(work):
        python = python_with_packages()

        def run():
            command = [python, "-B", HERE / "peer.py", name, work.folder, FONTS, work.options.count, work.first / f"{name}.pdf"]
            return json.loads(said(command))
        return run
    return ready


def c_program(work):
    program = compiled(SHARED / "two_page_bill.c", work.folder / "two_page_bill", "cairo", "cairo-ft", "cairo-pdf", "freetype2", "harfbuzz")
    fonts = {"F0": str(FONTS / "Inter" / "Inter-Regular.otf"), "F1": str(FONTS / "Inter" / "Inter-Bold.otf")}

    def run():
        found = re.search(r"cpu ([0-9.]+) ms/doc.* bytes (\d+)", said([program, "1", work.options.count], env={**os.environ, **fonts}))
        if not found:
            raise Absent("two_page_bill.c prints no 'cpu ... ms/doc'")
        return {"ms": float(found[1]), "bytes": int(found[2])}
    return run


def floor(work):
    program = compiled(HERE / "replay.c", work.folder / "replay", "cairo", "cairo-ft", "cairo-pdf", "freetype2")
    layout, runs = work.folder / "layout", work.folder / "runs.txt"
    printed = said([work.options.bench, layout, layout / "campaign" / "campaign.yaml", work.key, work.part("replayed.jsonl", REPLAYED), "runs"])
    runs.write_text(printed, encoding="utf-8")

    def run():
        return json.loads(said([program, runs, FONTS, work.options.count, work.first / "floor.pdf"]))
    return run


# Name, label, what makes ready to run and hands back what is run in each round.
PROGRAMS = (
    ("billfold", "Billfold, whole run", lambda work: lambda: whole(work)),
    ("stages", "Billfold, stages of a bill only", lambda work: lambda: stages(work)),
    ("typst", "Typst", python_peer("typst")),
    ("typst-tagged", "Typst, tagged PDF", python_peer("typst-tagged")),
    ("platypus", "ReportLab platypus (Noto Sans)", python_peer("platypus")),
    ("canvas", "ReportLab canvas, no layout (Noto Sans)", python_peer("canvas")),
    ("c", "C program, no layout", c_program),
    ("floor", "Floor: our glyph runs through Cairo", floor),
)


def compact(text):
    """Text without what programs may differ in: white space, and which dash is a minus sign."""
    return re.sub(r"\s", "", text).replace("\u2212", "\u2013")


def differences(work):
    """What a program's first statement does not say, by program; None where that cannot be read."""
    if not shutil.which("pdftotext"):
        return None
    missing = {}
    for pdf in sorted(work.first.glob("*.pdf")):
        text = compact(said(["pdftotext", "-raw", pdf, "-"]))
        lacks = [one for one in work.expected() if compact(one) not in text]
        # Where a page ends, a form feed stands.
        pages = said(["pdftotext", pdf, "-"]).count("\f")
        if pages != 2:
            lacks.append(f"two pages; it has {pages}")
        if lacks:
            missing[pdf.stem] = lacks
    return missing


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = re.search(r"(?m)^model name\s*: (.*)$", file.read())
    return {"cpu": model[1] if model else platform.machine(), "cores": os.cpu_count()}


def row(name, label, rounds, baseline):
    """The medians of one program, and of its ratios to Billfold's whole run."""
    ratios = [one[name]["ms"] / one[baseline]["ms"] for one in rounds]
    return {
        "name": name, "label": label, "ms": statistics.median(one[name]["ms"] for one in rounds), "ratio": statistics.median(ratios),
        "lowest": min(ratios), "highest": max(ratios), "bytes": rounds[-1][name]["bytes"],
    }


def main():
    parser = argparse.ArgumentParser(prog="Scripts/bench --peers")
    parser.add_argument("billfold", help=argparse.SUPPRESS)
    parser.add_argument("bench", help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=5, help="how often all programs take their turn (default: 5)")
    parser.add_argument("--count", type=int, default=200, help="statements a program sets in its turn (default: 200)")
    parser.add_argument("--json", type=pathlib.Path, help="a file for every round")
    parser.add_argument("--keep", type=pathlib.Path, help="a folder for the first statement of each program")
    options = parser.parse_args()
    if options.rounds < 1 or options.count < REPLAYED:
        print(f"expected one round or more of {REPLAYED} statements or more", file=sys.stderr)
        sys.exit(64)
    with tempfile.TemporaryDirectory(prefix="billfold-peers-") as folder:
        compare(Workload(options, pathlib.Path(folder)))


def compare(work):
    options = work.options
    absent, ready = {}, {}
    for name, _, make_ready in PROGRAMS:
        try:
            ready[name] = make_ready(work)
        except Absent as reason:
            absent[name] = str(reason)
    rounds = []
    for number in range(options.rounds):
        print(f"round {number + 1} of {options.rounds}", file=sys.stderr, flush=True)
        names = list(ready)
        taken = {}
        # Another one begins each time.
        for name in names[number % len(names):] + names[:number % len(names)]:
            try:
                taken[name] = ready[name]()
            except Absent as reason:
                if name in ("billfold", "stages"):
                    sys.exit(f"compare.py: {name}: {reason.printed}")
                absent[name] = str(reason)
                del ready[name]
        rounds.append(taken)
    # One that failed in a later round is absent from all.
    rounds = [{name: one[name] for name in ready} for one in rounds]
    labels = {name: label for name, label, _ in PROGRAMS}
    rows = [row(name, labels[name], rounds, "billfold") for name in ready]
    if "floor" in ready:
        for one in rounds:
            one["empty"] = {"ms": one["floor"]["empty_ms"], "bytes": one["floor"]["empty_bytes"]}
        rows.append(row("empty", "Two empty pages through Cairo", rounds, "billfold"))
    versions = {"billfold": said([options.billfold, "--version"]).strip()}
    for name in ready:
        versions.update(rounds[-1][name].get("versions", {}))

    def ratio(above, below):
        return statistics.median(one[above]["ms"] / one[below]["ms"] for one in rounds) if above in ready and below in ready else None

    ratios = {f"{above}/{below}": ratio(above, below) for above in ("billfold", "stages") for below in ("c", "floor")}
    missing = differences(work)

    print(f"Statements of Layouts/bench{', with the texts of shared/bench' if work.has_shared_texts else ''}: {options.rounds} rounds of {options.count}")
    used = ", ".join(f"{name} {value}" for name, value in versions.items() if name != "accelerated")
    print(f"Machine: {machine()['cpu']}, {machine()['cores']} cores; {used}")
    print(f"\n{'one PDF each':<42}{'CPU ms':>9}{'ratio':>8}{'from':>8}{'to':>6}{'bytes':>10}")
    for one in rows:
        print(f"{one['label']:<42}{one['ms']:>9.2f}{one['ratio']:>8.2f}{one['lowest']:>8.2f}{one['highest']:>6.2f}{one['bytes']:>10,}")
    for name, reason in absent.items():
        print(f"{labels[name]:<42}   absent: {reason}")
    print()
    for (name, value), text in zip(ratios.items(), ("whole run / C program", "whole run / floor", "stages / C program", "stages / floor")):
        print(f"{text:<42}" + (f"{value:>9.2f}" if value else "   absent"))
    shares = {key: statistics.median(one["stages"]["stages"][key] for one in rounds) for key in rounds[-1]["stages"]["stages"]}
    print("Billfold's stages: " + ", ".join(f"{name} {value:.2f}" for name, value in shares.items()))
    start = statistics.median(one["billfold"]["start_ms"] for one in rounds)
    print(f"Billfold's start, left out above: {start:.0f} ms CPU")
    if versions.get("accelerated") is False:
        print("ReportLab ran without its accelerator")
    if missing is None:
        print("pdftotext is absent: whether all set the same text was not looked at")
    else:
        looked_at = sorted(pdf.stem for pdf in work.first.glob("*.pdf"))
        print(f"The same text on two pages was found in: {', '.join(name for name in looked_at if name not in missing)}")
        for name, lacks in missing.items():
            print(f"{name} does not say: {'; '.join(lacks[:5])}")
    if options.json:
        report = {
            "statements": options.count, "shared_texts": work.has_shared_texts, "machine": machine(), "versions": versions, "absent": absent, "rows": rows,
            "ratios": ratios, "stages": shares, "start_ms": start, "text_missing": missing, "rounds": rounds,
        }
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if options.keep:
        shutil.copytree(work.first, options.keep, dirs_exist_ok=True)
    if missing:
        sys.exit(1)
    if absent and os.environ.get("CI") == "true":
        print("with CI=true every program must be there", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
