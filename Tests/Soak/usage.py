"""Runs a program and prints how long it took and how large it and its children became.

Its standard output is thrown away. The figures are a line `SECONDS PARENT WORKER PEAK` in the file that is named: wall seconds, the largest
resident size of the program itself, of its largest child and of the largest process of all below it, in MiB. Ends with the program's own exit
code, 128 + N where signal N ended it."""

import argparse
import resource
import subprocess
import sys
import time


def peak(pid):
    """The largest resident size a process has had so far, in MiB; 0 once it is gone."""
    try:
        with open(f"/proc/{pid}/status") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) // 1024
    except OSError:
        pass
    return 0


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            return file.read().split()
    except OSError:
        return []


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("figures", help="the file the figures are written to")
    arguments.add_argument("command", nargs=argparse.REMAINDER, help="the program and its arguments")
    given = arguments.parse_args()
    if not given.command:
        arguments.error("no program is named")
    start = time.time()
    process = subprocess.Popen(given.command, stdout=subprocess.DEVNULL)
    parent = worker = 0
    while process.poll() is None:
        parent = max(parent, peak(process.pid))
        worker = max([worker] + [peak(child) for child in children(process.pid)])
        time.sleep(0.05)
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    with open(given.figures, "w") as file:
        file.write(f"{time.time() - start:.1f} {parent} {worker} {largest}\n")
    sys.exit(process.returncode if process.returncode >= 0 else 128 - process.returncode)


if __name__ == "__main__":
    main()
