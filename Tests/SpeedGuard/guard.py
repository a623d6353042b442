"""The guard of a bill's cost: instructions and allocations of a fixed run, held against those that were recorded.

    guard.py measure PROGRAM OUT.json        runs billfold-bench under callgrind; from the package's folder
    guard.py read OUT.json START BILLS       figures of two of callgrind's files, up to the first bill and from there
    guard.py compare MEASURED RECORDED       prints a table; ends with 1 where a figure grew by more than the slack or none is recorded
    guard.py record MEASURED RECORDED        makes the measured figures the recorded ones

The run makes BILLS bills in one process, once, with cold caches. Instructions do not depend on what else the machine does; what they do depend on
is fixed here: seeds of hash tables, the environment, which of its variants the C library takes on a processor. Figures of one kind of processor say
nothing of another, so that each has its own. `Scripts/bench --guard` is how this is run."""

import collections
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile

BILLS = 50
SEED = 20
SLACK = 0.03
# What of a module or library is too little to be named in the table, as a share of the whole.
SMALL = 0.002
# And what has no row in the record.
LEAST = 0.0002
# Seconds after which callgrind hangs.
LONGEST = 600

# Where the clock of stages is set to nothing: what was done before belongs to the start.
FIRST_BILL = "*StageClock*reset*"
# Swift's runtime allocates for who calls it.
RUNTIME = {"swift_allocObject", "swift_allocBox", "swift_slowAlloc", "swift_slowAllocTyped"}
ALLOCATORS = {"malloc", "calloc", "realloc", "reallocarray", "aligned_alloc", "posix_memalign", "memalign", "valloc", "pvalloc"}
# C++'s own, which need not go through the others.
ALLOCATORS |= {"_Znwm", "_Znam", "_ZnwmRKSt9nothrow_t", "_ZnamRKSt9nothrow_t"}
# tcmalloc's are in a section of its own, of which callgrind does not tell the library.
ALLOCATOR_LIBRARIES = ("libtcmalloc", "libc.", "???")

# glibc chooses its string functions and their thresholds by the processor and the size of its caches: here always the plainest.
TUNABLES = ":".join(
    ["glibc.cpu.hwcaps=" + ",".join("-" + name for name in "AVX512F AVX512VL AVX512BW AVX2 AVX BMI1 BMI2 LZCNT MOVBE RTM ERMS FSRM SSE4_2".split())]
    + [f"glibc.cpu.{name}={value}" for name, value in [
        ("x86_data_cache_size", "0x8000"), ("x86_shared_cache_size", "0x100000"), ("x86_non_temporal_threshold", "0xc0000"),
        ("x86_rep_movsb_threshold", "0x800"), ("x86_rep_stosb_threshold", "0x800")]])


class Fault(Exception):
    """What keeps the guard from measuring or comparing."""


def tool(name):
    """The path of a program the guard needs."""
    found = shutil.which(name)
    if found is None:
        raise Fault(f"'{name}' is not installed; Scripts/setup installs it")
    return found


def version(words):
    """The first version number a program says it has."""
    said = subprocess.run(words, capture_output=True, text=True, check=True)
    number = re.search(r"\d+\.\d+(\.\d+)?", said.stdout + said.stderr)
    return number.group() if number else "unknown"


def modules():
    """The names of Swift modules, ours and those of packages, that may stand in a symbol."""
    names = set(os.listdir("Sources")) if os.path.isdir("Sources") else set()
    return names | {"Yams", "Crypto", "GRDB", "Foundation", "FoundationEssentials", "billfold_bench"}


class Owners:
    """Tells whose a function is."""

    def __init__(self, names):
        self.names = names
        self.inside = re.compile("|".join(sorted((re.escape(f"{len(name)}{name}") for name in names), key=len, reverse=True)) or "(?!)")
        self.known = {}

    def owner(self, library, function):
        """The Swift module of a function of the program, else the library."""
        key = (library, function)
        if key not in self.known:
            self.known[key] = self.found(os.path.basename(library), function)
        return self.known[key]

    def found(self, library, function):
        if ".so" in library:
            return re.sub(r"(-[0-9.]+)?\.so.*", "", library)
        if library in ("", "???"):
            return "unknown"
        if not function.startswith(("$s", "$S")):
            return "C in the program"
        first = re.match(r"\$[sS](\d+)", function)
        if first:
            end = first.end() + int(first.group(1))
            if function[first.end():end] in self.names:
                return function[first.end():end]
        # Generics of the standard library that were made for a module's types.
        within = self.inside.search(function)
        return within.group().lstrip("0123456789") if within else "Swift generics in the program"


def figures(path, owners):
    """What one of callgrind's files holds: instructions and calls that allocate, each in all and by owner, and instructions by function."""
    names = {"ob": {}, "fn": {}}
    instructions, allocations, functions = collections.Counter(), collections.Counter(), collections.Counter()

    def named(kind, text):
        whole = re.match(r"\((\d+)\)(?: (.*))?$", text)
        if whole is None:
            return text
        if whole.group(2) is not None:
            names[kind][whole.group(1)] = whole.group(2)
        return names[kind].get(whole.group(1), "???")

    def plain(function):
        """A function's name without callgrind's mark of recursion and the C library's prefixes."""
        return re.sub(r"^(__libc_|__GI_|__)", "", function.split("'")[0])

    library = called_library = function = called = ""
    total, is_call = 0, False
    with open(path, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            first = line[:1]
            if first.isdigit() or first in "+-*":
                if is_call:  # What the called function took, which stands there, too.
                    is_call = False
                    continue
                columns = line.split()
                if len(columns) > 1:
                    functions[library, function] += int(columns[1])
                continue
            key, mark, value = line.rstrip("\n").partition("=")
            if not mark:
                continue
            if key == "ob":
                library = called_library = named("ob", value)
            elif key == "fn":
                function, called_library = named("fn", value), library
            elif key == "cob":
                called_library = named("ob", value)
            elif key == "cfn":
                called = named("fn", value)
            elif key == "calls":
                is_call = True
                caller, target, count = plain(function), plain(called), int(value.split()[0])
                if target in ALLOCATORS and os.path.basename(called_library).startswith(ALLOCATOR_LIBRARIES) and caller not in ALLOCATORS:
                    total += count
                    if caller not in RUNTIME:
                        allocations[owners.owner(library, function)] += count
                elif target in RUNTIME and caller not in RUNTIME:
                    allocations[owners.owner(library, function)] += count
                called_library = library
    for (library, function), cost in functions.items():
        instructions[owners.owner(library, function)] += cost
    if not functions:
        raise Fault(f"'{path}' holds no figures")
    # What takes next to nothing has no row of its own.
    cost_of_all = sum(instructions.values())
    for name in [name for name in set(instructions) | set(allocations) if instructions[name] < LEAST * cost_of_all and allocations[name] <= LEAST * total]:
        for counted in (instructions, allocations):
            counted["others"] += counted.pop(name, 0)
    top = [[name, cost] for (_, name), cost in functions.most_common(60)]
    return {
        "instructions": cost_of_all, "allocations": total,
        "by": {name: [instructions[name], allocations[name]] for name in sorted(set(instructions) | set(allocations))}, "functions": top,
    }


def measured(start, bills, made_with):
    """All figures of a run, from callgrind's two files."""
    owners = Owners(modules())
    return {"machine": platform.machine(), "bills": BILLS, "madeWith": made_with, "start": figures(start, owners), "run": figures(bills, owners)}


def measure(program):
    """Makes the bills under callgrind.

    The environment is empty but for what is fixed, and files have names of the same length each time: both lie on the stack and in strings."""
    valgrind = tool("valgrind")
    with tempfile.TemporaryDirectory(prefix="billfold-guard-", dir="/tmp") as work:
        records, key, out = (os.path.join(work, name) for name in ("records.jsonl", "key", "callgrind"))
        subprocess.run([sys.executable, "-B", "Layouts/bench/records.py", str(BILLS), records, str(SEED)], check=True)
        with open(key, "w", encoding="ascii") as file:
            file.write("a demonstration key, never for real bills")
        words = [
            valgrind, "--tool=callgrind", f"--callgrind-out-file={out}", f"--dump-before={FIRST_BILL}", "--dump-line=no", "--demangle=no",
            program, "Layouts/bench", "Layouts/bench/campaign/campaign.yaml", key, records, "0"]
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "SWIFT_DETERMINISTIC_HASHING": "1", "GLIBC_TUNABLES": TUNABLES}
        try:
            run = subprocess.run(words, env=environment, capture_output=True, text=True, errors="replace", timeout=LONGEST)
        except subprocess.TimeoutExpired:
            raise Fault(f"callgrind was not done after {LONGEST} s") from None
        if run.returncode != 0 or f"bills {BILLS}\n" not in run.stdout:
            raise Fault(f"callgrind ended with {run.returncode}:\n{run.stdout}{run.stderr}")
        # The first file has what was done up to the clock's reset, the one without a number what came after it.
        start, bills = out + ".1", out
        written = sorted(name for name in os.listdir(work) if name.startswith("callgrind") and os.path.getsize(os.path.join(work, name)))
        if written != ["callgrind", "callgrind.1"]:
            raise Fault(f"callgrind wrote {written} where it ought to write one file before the first bill and one after the last: is '{FIRST_BILL}' called once?")
        return measured(start, bills, {"swift": version(["swift", "--version"]), "valgrind": version([valgrind, "--version"])})


def rows(one):
    """The figures that are held against recorded ones, by name."""
    for kind in ("instructions", "allocations"):
        start, run = one["start"][kind], one["run"][kind]
        yield f"{kind}, start", start
        yield f"{kind}, a bill", run / one["bills"]
        yield f"{kind}, in all", start + run


def change(old, new):
    """By how much a figure grew, as a share of the old."""
    return (new - old) / old if old else (1.0 if new else 0.0)


def grown(old, new):
    """Modules and libraries whose cost changed, those that grew most first."""
    for part, what in (("start", "start"), ("run", f"{BILLS} bills")):
        for index, kind in enumerate(("instructions", "allocations")):
            before, after = ({name: value[index] for name, value in one[part]["by"].items()} for one in (old, new))
            whole = max(1, old[part][kind])
            for name in set(before) | set(after):
                difference = after.get(name, 0) - before.get(name, 0)
                if abs(difference) > SMALL * whole:
                    yield difference / whole, f"{kind}, {what}", name, before.get(name, 0), after.get(name, 0)


def compare(new, recorded, slack=SLACK):
    """The table of what was recorded and measured.

    Returns its lines, and the exit code: 1 where a figure grew by more than the slack, or there is none to compare with."""
    old = recorded.get(new["machine"])
    if old is None:
        return [f"No figures are recorded for {new['machine']}: Scripts/bench --guard --record"], 1
    if old["bills"] != new["bills"]:
        return [f"Recorded were {old['bills']} bills, measured {new['bills']}: Scripts/bench --guard --record"], 1
    lines = [f"{'':28}{'recorded':>16}{'measured':>16}{'change':>9}"]
    before, after = dict(rows(old)), dict(rows(new))
    worse = better = False
    for name, value in before.items():
        by = change(value, after[name])
        word = "TOO MUCH" if by > slack else "less" if by < -slack else ""
        worse, better = worse or by > slack, better or by < -slack
        lines.append(f"{name:28}{value:16,.0f}{after[name]:16,.0f}{by:+9.2%} {word}".rstrip())
    if worse or better:
        lines.append("Modules and libraries that changed, as a share of the whole:")
        for share, kind, name, was, now in sorted(grown(old, new), key=lambda row: (-row[0], row[1:])):
            lines.append(f"  {name:30}{kind:26}{was:16,.0f}{now:16,.0f}{share:+9.2%}")
    if worse:
        lines.append("What takes the most instructions from bill to bill:")
        lines += [f"  {cost:14,}  {name}" for name, cost in new["run"].get("functions", [])[:15]]
        lines.append(f"A bill costs more than recorded, with {slack:.0%} of slack. If that is on purpose: Scripts/bench --guard --record, with the reason in the commit.")
    elif better:
        lines.append(f"A bill costs less than recorded by more than {slack:.0%}: Scripts/bench --guard --record keeps it so.")
    for name, was in old["madeWith"].items():
        if new["madeWith"].get(name) != was:
            lines.append(f"Recorded with {name} {was}, measured with {new['madeWith'].get(name)}.")
    return lines, 1 if worse else 0


def load(path):
    """A file of JSON; nothing where there is none."""
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def store(path, value):
    """Writes JSON whose lines can be compared."""
    text = json.dumps(value, indent=1, sort_keys=True)
    # One line a module.
    text = re.sub(r"\[\s+(\"?[^\[\]\"\n]+\"?,)\s+(\d+)\s+\]", r"[\1 \2]", text)
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(text + "\n")
    os.replace(path + ".new", path)


def main(words):
    if len(words) == 3 and words[0] == "measure":
        store(words[2], measure(words[1]))
    elif len(words) == 4 and words[0] == "read":
        store(words[1], measured(words[2], words[3], {}))
    elif len(words) == 3 and words[0] == "compare":
        lines, code = compare(load(words[1]), load(words[2]))
        print("\n".join(lines))
        return code
    elif len(words) == 3 and words[0] == "record":
        new, recorded = load(words[1]), load(words[2])
        # Names of functions are no measure: they are only shown.
        kept = {key: {name: part for name, part in value.items() if name != "functions"} if isinstance(value, dict) else value for key, value in new.items()}
        recorded[new["machine"]] = kept
        store(words[2], recorded)
    else:
        print(__doc__)
        return 64
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Fault as fault:
        print(f"guard: {fault}", file=sys.stderr)
        sys.exit(2)
