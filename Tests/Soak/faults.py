"""Faults that are hard to have in every test, by parts; run from the package's folder.

    disk      every kind of call on the output folder, the data and the layout fails once, at many places (strace)
    full      the output folder lies on a file system with too little room (needs the right to mount)
    threads   no thread or no process can be had, by refused calls and by a limit (needs root, to be another user)
    limits    few open files, small files
    output    standard output and standard error on a device that is full
    stop      stop signals at random moments, and while the last files are written

Whatever is done to a run: it ends, with an exit code the documentation names and with words, and the same command given again without the
fault gives the bytes of a run that was never disturbed. Prints a line for each part and a list of what was otherwise; ends with 1 if anything
was. FAULTS=N is how many places of each kind are tried, BILLS=N how many bills a run has."""

import argparse
import collections
import hashlib
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PARTS = ["disk", "full", "threads", "limits", "output", "stop"]
arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("program", help="the built program")
arguments.add_argument("parts", nargs="*", metavar="part", help=f"some of {', '.join(PARTS)}; all if none is named")
given = arguments.parse_args()
if any(name not in PARTS for name in given.parts):
    arguments.error(f"there is no such part; expected some of {', '.join(PARTS)}")
PROGRAM = os.path.abspath(given.program)
WANTED = given.parts or PARTS
PLACES = int(os.environ.get("FAULTS", "6"))
BILLS = int(os.environ.get("BILLS", "40"))
DOCUMENTED = {0, 65, 66, 69, 70, 73, 74, 75, 78}
# Seconds after which a run hangs, whatever else the machine does; and those in which a signal must have ended it.
HANG, STOP = 120, 1
USER = 61234

work = tempfile.mkdtemp(prefix="billfold-faults-")
os.chmod(work, 0o755)
faults = []


def path(*names):
    return os.path.join(work, *names)


def digest(folder):
    """One digest over everything but .work."""
    sums = []
    for root, folders, names in os.walk(folder):
        if root == folder and ".work" in folders:
            folders.remove(".work")
        for name in names:
            with open(os.path.join(root, name), "rb") as file:
                sums.append((os.path.relpath(os.path.join(root, name), folder), hashlib.sha256(file.read()).hexdigest()))
    return hashlib.sha256(repr(sorted(sums)).encode()).hexdigest()


def render(out, *more):
    return [PROGRAM, "render", "--layout", path("layout"), "--campaign", path("campaign"), "--token-key", path("key"), "--fonts", path("fonts"),
            "--data", path("bills.jsonl"), "--out", out, "--jobs", "1", *more]


class Run:
    """A command run to its end."""

    def __init__(self, words, **more):
        start = time.monotonic()
        # What `check` finds is its result.
        more.setdefault("stdout", subprocess.PIPE if "check" in words else subprocess.DEVNULL)
        more.setdefault("stderr", subprocess.PIPE)
        self.hung = False
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, text=True, errors="replace", start_new_session=True, **more)
        try:
            self.errors = "".join(text or "" for text in process.communicate(timeout=HANG))
        except subprocess.TimeoutExpired:
            self.hung = True
            os.killpg(process.pid, signal.SIGKILL)
            self.errors = process.communicate()[1] or ""
        self.code = process.returncode
        self.seconds = time.monotonic() - start


class Part:
    """What became of the runs of a part."""

    def __init__(self, name):
        self.name, self.codes, self.runs, self.longest = name, collections.Counter(), 0, 0.0

    def note(self, what, run, allowed=DOCUMENTED):
        """Holds a run against what is promised."""
        self.runs += 1
        self.codes[run.code] += 1
        self.longest = max(self.longest, run.seconds)
        told = re.search(r"\[[a-z0-9-]+\]\s*$", run.errors, re.M)
        if run.hung:
            self.fault(what, "hangs")
        elif run.code not in allowed:
            self.fault(what, f"ends with {run.code}: {run.errors[-400:]}")
        elif run.code not in (0, 65) and not told:
            self.fault(what, f"ends with {run.code} and without words: {run.errors[-400:]}")

    def fault(self, what, how):
        faults.append(f"{self.name}: {what}: {how}")

    def again(self, what, out, words=None, wanted=None):
        """The same command without the fault."""
        run = Run(words or render(out))
        if run.code != 0 or digest(out) != (wanted or WHOLE):
            self.fault(what, f"afterwards the run ends with {run.code} and {'other' if run.code == 0 else 'no'} bytes: {run.errors[-400:]}")

    def end(self):
        codes = ", ".join(f"{count} x {code}" for code, count in sorted(self.codes.items()))
        print(f"{self.name}: {self.runs} runs; exit codes {codes}; the longest {self.longest:.1f} s", flush=True)


# What is refused, and how: each at places all over a run.
CALLS = {
    "openat": ["ENOSPC", "EIO", "EMFILE"], "write": ["ENOSPC", "EIO", "EDQUOT"], "pwrite64": ["ENOSPC", "EIO"], "read": ["EIO"],
    "pread64": ["EIO"], "renameat": ["ENOSPC", "EIO"], "fsync": ["EIO"], "fdatasync": ["EIO"], "mkdirat": ["ENOSPC"], "mkdir": ["ENOSPC"],
    "unlinkat": ["EIO", "EROFS"], "ftruncate": ["EIO"], "newfstatat": ["EIO"], "fstat": ["EIO"], "getdents64": ["EIO"], "flock": ["ENOLCK"],
    "pipe2": ["EMFILE"], "signalfd4": ["EMFILE"], "fallocate": ["ENOSPC"],
}


def places(trace):
    """For each call the numbers, among its like, of those that touch our files or none at all: not what the loader reads before `main`."""
    found = collections.defaultdict(list)
    count = collections.Counter()
    with open(trace, encoding="utf-8", errors="replace") as file:
        for line in file:
            match = re.match(r"(\w+)\((.*)", line)
            if not match:
                continue
            call, rest = match.groups()
            count[call] += 1
            if work in rest or call in ("pipe2", "signalfd4"):
                found[call].append(count[call])
    return found


def disk():
    part = Part("disk")
    if not shutil.which("strace"):
        return part.fault("strace", "is not installed")
    out = path("disk")
    trace = path("trace")
    run = Run(["strace", "-qq", "-y", "-s", "0", "-o", trace, "-e", "trace=" + ",".join(CALLS), *render(out)])
    part.note("a run that is only looked at", run, {0})
    if digest(out) != WHOLE:
        part.fault("a run that is only looked at", "gives other bytes")
    found = places(trace)
    for call, errors in CALLS.items():
        numbers = found[call]
        for error in errors:
            spread = sorted({numbers[round(step * (len(numbers) - 1) / max(1, PLACES - 1))] for step in range(PLACES)}) if numbers else []
            for number in spread:
                shutil.rmtree(out, ignore_errors=True)
                what = f"{call} number {number} fails with {error}"
                run = Run(["strace", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}", *render(out)])
                part.note(what, run)
                if run.code in (0, 65) and os.path.exists(out + "/manifest.jsonl") and digest(out) != WHOLE:
                    part.fault(what, "is not noticed, and the bytes are others")
                part.again(what, out)
    # A disk that stays full from some moment on.
    for call, error in [("write", "ENOSPC"), ("pwrite64", "ENOSPC"), ("renameat", "EIO"), ("fsync", "EIO"), ("openat", "EMFILE")]:
        for number in (found[call][:: max(1, len(found[call]) // PLACES)] or [])[:PLACES]:
            shutil.rmtree(out, ignore_errors=True)
            what = f"{call} fails with {error} from number {number} on"
            run = Run(["strace", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}+", *render(out)])
            # Where nothing can be written any more, words cannot be, either.
            part.note(what, run) if call != "write" else part.note(what, Silent(run))
            part.again(what, out)
    part.end()


class Silent:
    """A run that may end without words."""

    def __init__(self, run):
        self.hung, self.code, self.seconds, self.errors = run.hung, run.code, run.seconds, run.errors + "[unheard]"


def full():
    part = Part("full")
    disk = path("small")
    os.makedirs(disk)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], stderr=subprocess.DEVNULL).returncode != 0:
        print("full: not run: a file system cannot be mounted here", flush=True)
        return
    try:
        out = disk + "/out"
        needed = sum(os.path.getsize(os.path.join(root, name)) for root, _, names in os.walk(path("whole")) for name in names) >> 10
        for step in range(2 * PLACES):
            size = 32 + needed * 2 * step // (2 * PLACES)
            subprocess.run(["mount", "-o", f"remount,size={size}k", disk], check=True)
            what = f"{size} KiB"
            part.note(what, Run(render(out)), {0, 74})
            subprocess.run(["mount", "-o", "remount,size=512m", disk], check=True)
            part.again(what, out)
            shutil.rmtree(out, ignore_errors=True)
        subprocess.run(["mount", "-o", "remount,size=16k", disk], check=True)
        subprocess.run(["cp", "/dev/zero", disk + "/zeroes"], stderr=subprocess.DEVNULL)
        for words in [[PROGRAM, "new", disk + "/mine", "--like", path("layout")], render(disk + "/other")]:
            part.note(" ".join(words[1:3]), Run(words), {74})
        os.remove(disk + "/zeroes")
        shutil.copyfile(path("ugly.xml"), disk + "/ugly.xml")
        subprocess.run(["cp", "/dev/zero", disk + "/zeroes"], stderr=subprocess.DEVNULL)
        before = open(disk + "/ugly.xml", "rb").read()
        part.note("format", Run([PROGRAM, "format", disk + "/ugly.xml"]), {0, 74})
        if not before or open(disk + "/ugly.xml", "rb").read() == b"":
            part.fault("format", "leaves an empty file")
        with open(disk + "/results", "w") as results:
            for words in [[PROGRAM, "check", "--layout", path("layout"), "--fonts", path("fonts"), "--data", path("bills.jsonl")],
                          [PROGRAM, "sample", "--layout", path("layout"), "--count", "9", "--seed", "1"]]:
                part.note("results of " + words[1], Run(words, stdout=results), {74})
    finally:
        subprocess.run(["umount", disk], check=False)
    part.end()


def as_user(*limits):
    return ["setpriv", "--reuid", str(USER), "--regid", str(USER), "--clear-groups", "prlimit", *limits]


def threads():
    part = Part("threads")
    out = path("threads")
    preview = [PROGRAM, "preview", "--layout", path("layout"), "--fonts", path("fonts"), "--data", path("bills.jsonl"), "--port", "0"]
    check = [PROGRAM, "check", "--layout", path("layout"), "--fonts", path("fonts"), "--data", path("bills.jsonl"), "--jobs", "1"]
    if shutil.which("strace"):
        for number in range(1, PLACES + 1):
            for plus in ["", "+"]:
                what = f"thread or process number {number}{plus} is refused"
                inject = f"inject=clone,clone3,vfork,fork:error=EAGAIN:when={number}{plus}"
                strace = ["strace", "-qq", "-o", "/dev/null", "-e", "trace=clone,clone3,vfork,fork", "-e", inject]
                part.note("render: " + what, Run([*strace, *render(out)]), {0, 70})
                part.again(what, out)
                shutil.rmtree(out, ignore_errors=True)
                part.note("check: " + what, Run([*strace, *check]), {0, 70})
        strace[-1] = "inject=clone,clone3,vfork,fork:error=EAGAIN:when=1+"
        part.note("preview: no thread", Run([*strace, *preview]), {70})
    if os.geteuid() == 0 and Run([*as_user("--nproc=20"), PROGRAM, "--version"]).code == 0:
        os.makedirs(path("theirs"))
        for one in [path("theirs"), path("key")]:
            os.chown(one, USER, USER)
        for number in range(1, PLACES + 3):
            mine = path("theirs", "out")
            what = f"{number} processes and threads"
            part.note("render: " + what, Run([*as_user(f"--nproc={number}"), *render(mine)]), {0, 70})
            part.again(what, mine, [*as_user("--nproc=200"), *render(mine)])
            shutil.rmtree(mine, ignore_errors=True)
            part.note("check: " + what, Run([*as_user(f"--nproc={number}"), *check]), {0, 70})
            part.note("preview: " + what, Run([*as_user(f"--nproc={number}"), *preview]), {70})
    else:
        print("threads: no limits tried: the program cannot be run as another user", flush=True)
    part.end()


def limits():
    part = Part("limits")
    out = path("limits")
    for number in sorted({5 + 4 * step for step in range(2 * PLACES)}):
        what = f"{number} open files"
        run = Run(render(out), preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (number, number)))
        # With so few the program's libraries are not found, which the loader says.
        if run.code == 127 or "error while loading shared libraries" in run.errors:
            continue
        part.note(what, run)
        part.again(what, out)
        shutil.rmtree(out, ignore_errors=True)
    for number in [1, 4096, 20_000, 60_000, 200_000]:
        what = f"files of {number} bytes"
        part.note(what, Run(render(out), preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (number, number))), {0, 74})
        part.again(what, out)
        shutil.rmtree(out, ignore_errors=True)
    part.end()


def output():
    part = Part("output")
    layout = ["--layout", path("layout"), "--fonts", path("fonts")]
    commands = [render(path("output")), [PROGRAM, "check", *layout], [PROGRAM, "check", *layout, "--data", path("bills.jsonl")],
                [PROGRAM, "check", *layout, "--data", path("bills.jsonl"), "--format", "json"],
                [PROGRAM, "sample", "--layout", path("layout"), "--count", "5", "--seed", "1"], [PROGRAM, "--help"], [PROGRAM, "--version"],
                [PROGRAM, "new", path("mine"), "--like", path("layout")], [PROGRAM, "format", "--check", path("ugly.xml")],
                [PROGRAM, "preview", *layout, "--data", path("bills.jsonl"), "--port", "0"]]
    with open("/dev/full", "w") as device:
        for words in commands:
            run = Run(words, stdout=device)
            # In JSON the words are an object.
            if '"id":"output-failed"' in run.errors:
                run.errors += "[output-failed]"
            part.note(" ".join(words[1:3]), run, {74})
            shutil.rmtree(path("mine"), ignore_errors=True)
        run = Run(render(path("output"), "--as-of", "2026-11-01", "--force"), stderr=device)
        part.note("findings of render", Silent(run), {0, 74})
    part.end()


def stop():
    part = Part("stop")
    lottery = random.Random(11)
    out = path("stop")
    whole = Run(render(out)).seconds
    slowest = 0.0
    done = 0
    for turn in range(4 * PLACES):
        number = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP][turn % 3]
        shutil.rmtree(out, ignore_errors=True)
        with open(path("errors"), "w+", encoding="utf-8") as errors:
            process = subprocess.Popen(render(out), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
            if turn % 2:
                # While the last files are written.
                while process.poll() is None and not os.path.exists(out + "/.work/manifest.jsonl.tmp") and not os.path.exists(out + "/manifest.jsonl"):
                    time.sleep(0.001)
            else:
                time.sleep(lottery.uniform(0, whole))
            start = time.monotonic()
            if process.poll() is None:
                process.send_signal(number)
            code = process.wait()
            took = time.monotonic() - start
            errors.seek(0)
            told = errors.read()
        part.runs += 1
        part.codes[code] += 1
        slowest = max(slowest, took)
        what = f"{number.name} in turn {turn}"
        if code not in (0, -number):
            part.fault(what, f"ends with {code}: {told[-300:]}")
        done += code == 0
        if took > STOP:
            part.fault(what, f"is followed after {took:.1f} s only")
        part.again(what, out)
    part.longest = slowest
    part.end()
    print(f"stop: {done} of them were through before the signal came", flush=True)


def prepare():
    """A layout, a campaign, fonts, a key and bills of our own, readable by all."""
    global WHOLE
    for name, source in [("layout", "Layouts/larkspur"), ("campaign", "Samples/larkspur/campaign"), ("fonts", "Fonts")]:
        shutil.copytree(source, path(name))
    with open(path("key"), "wb") as file:
        file.write(bytes(range(64, 96)))
    os.chmod(path("key"), 0o600)
    with open(path("ugly.xml"), "w", encoding="utf-8") as file:
        file.write(open(path("layout", "layout.xml"), encoding="utf-8").read().replace("\n", "\n\n"))
    with open(path("bills.jsonl"), "wb") as file:
        subprocess.run([PROGRAM, "sample", "--layout", path("layout"), "--count", str(BILLS), "--seed", "3", "--issued", "2026-11-23"], stdout=file, check=True)
    run = Run(render(path("whole")))
    assert run.code == 0, run.errors
    WHOLE = digest(path("whole"))
    print(f"{BILLS} bills; a run that nothing disturbs takes {run.seconds:.1f} s", flush=True)


def main():
    try:
        prepare()
        for name in WANTED:
            globals()[name]()
    finally:
        shutil.rmtree(work, ignore_errors=True)
    if faults:
        print(f"{len(faults)} were otherwise than promised:")
        for fault in faults:
            print("  " + fault)
        return 1
    print("All ended as promised.")
    return 0


sys.exit(main())
