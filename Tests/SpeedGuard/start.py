"""Times how soon a command makes its first bill.

start.py PROGRAM LAYOUT CAMPAIGN KEY RECORD FOLDER [RUNS]

Runs 'render' of one record so many times, 10 by default, each into a folder of its own below FOLDER, and tells the least and the median of two
times from the command's start: until the first PDF stands in its place, and until the command has ended. The data's first pass, the journal and
all that makes the run safe on the disk are between the two or before the first. Exit code 1 if a run fails.
"""

import os
import statistics
import sys
import time


def has_bill(folder):
    """Whether there is a PDF in one of the folder's own folders."""
    try:
        groups = [entry.path for entry in os.scandir(folder)]
        return any(entry.name.endswith(".pdf") for group in groups for entry in os.scandir(group))
    except (FileNotFoundError, NotADirectoryError):
        return False


def run(arguments, out, silent):
    """Milliseconds until the first bill and until the end, and those of processor time."""
    started = time.perf_counter()
    process = os.posix_spawn(
        arguments[0], arguments + ["--out", out], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, silent, 1)])
    first = None
    while True:
        ended, status, used = os.wait4(process, os.WNOHANG)
        now = time.perf_counter()
        if first is None and has_bill(out + "/bills"):
            first = now
        if ended:
            break
        time.sleep(0.0005)
    if status != 0 or first is None:
        sys.exit(f"the run failed: {' '.join(arguments)}")
    return [(first - started) * 1000, (now - started) * 1000, (used.ru_utime + used.ru_stime) * 1000]


def main():
    program, layout, campaign, key, record, folder = sys.argv[1:7]
    count = int(sys.argv[7]) if len(sys.argv) > 7 else 10
    arguments = [program, "render", "--layout", layout, "--campaign", campaign, "--token-key", key, "--data", record]
    silent = os.open("/dev/null", os.O_WRONLY)
    runs = [run(arguments, f"{folder}/{number}", silent) for number in range(count)]
    for name, times in zip(["first bill in its place", "command's end", "processor time, worker and all"], zip(*runs)):
        print(f"{name:32s} least {min(times):4.0f} ms, median of {count} {statistics.median(times):4.0f} ms")


main()
