"""Measures what the parent adds to a bill, and how much two workers make of one.

parent.py PROGRAM FONTS FOLDER [COUNT [ROUNDS]]

Renders so many small bills, 20,000 by default, of a layout of its own: one page, three lines. With one worker and with two, in turns, each run into
a folder of its own below FOLDER: what was just deleted slows down whoever makes files. Tells for each run its time, the processor time of parent
and workers by themselves, and their resident memory in its quarters; at the end the best ratio of a round. Exit code 1 if a run fails.
"""

import json
import os
import sys
import time

LAYOUT = """<bill paper="A4" style="body" xmlns="urn:billfold:layout:1">
  <style name="body" font="Inter" size="10pt" line-height="14pt"/>
  <page name="next" margin="20mm"/>
  <body>
    <text>{customer.name}</text>
    <text><t key="due"/> {totals.due | money}</text>
    <text>{invoice}, {issued | date('long')}</text>
  </body>
</bill>
"""


def write_inputs(folder, count):
    """A layout and records."""
    os.makedirs(f"{folder}/layout/strings")
    with open(f"{folder}/layout/layout.xml", "w", encoding="utf-8") as file:
        file.write(LAYOUT)
    with open(f"{folder}/layout/strings/en-US.yaml", "w", encoding="utf-8") as file:
        file.write("due: Amount due\n")
    with open(f"{folder}/small.jsonl", "w", encoding="utf-8") as file:
        for number in range(count):
            amount = f"{number % 90 + 1}.25"
            record = {
                "v": 1, "account": f"4400-{number // 100:04d}-{number % 100:02d}", "invoice": f"2026-11-{number:06d}", "kind": "bill",
                "issued": "2026-11-23", "due": "2026-12-14", "currency": "USD", "language": "en-US", "delivery": "paper",
                "format": "standard", "customer": {"name": "Ada Lovelace", "address": ["1 Elm Street", "Portland OR 97204"]},
                "sections": [{"title": "Charges", "lines": [{"description": "Fee", "amount": amount}], "subtotal": amount}],
                "totals": {"charges": amount, "due": amount},
            }
            file.write(json.dumps(record, separators=(",", ":")) + "\n")


def resident(process):
    """Megabytes a process has resident, and has had at most; nothing of one that has gone."""
    found = {}
    try:
        with open(f"/proc/{process}/status", encoding="utf-8") as file:
            for line in file:
                name, _, value = line.partition(":")
                if name in ("VmRSS", "VmHWM"):
                    found[name] = int(value.split()[0]) / 1024
    except OSError:
        pass
    return found


def children(process):
    """The processes a process has started."""
    try:
        with open(f"/proc/{process}/task/{process}/children", encoding="utf-8") as file:
            return [int(number) for number in file.read().split()]
    except OSError:
        return []


def spent(process):
    """Seconds of processor time of a process that has ended and was not waited for: its own, and its children's."""
    with open(f"/proc/{process}/stat", encoding="utf-8") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    ticks = [int(field) / os.sysconf("SC_CLK_TCK") for field in fields[11:15]]
    return ticks[0] + ticks[1], ticks[2] + ticks[3]


def run(program, fonts, folder, jobs, out, count):
    """Renders all bills and tells about it; the seconds it took."""
    arguments = [
        program, "render", "--layout", f"{folder}/layout", "--fonts", fonts, "--data", f"{folder}/small.jsonl", "--jobs", str(jobs), "--out", out
    ]
    silent = os.open("/dev/null", os.O_WRONLY)
    started = time.perf_counter()
    process = os.posix_spawn(program, arguments, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, silent, 1)])
    parent, workers, peaks = [], [], {}
    while os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        own = resident(process)
        if "VmRSS" in own:
            parent.append(own["VmRSS"])
            peaks["parent"] = own["VmHWM"]
        others = [found for child in children(process) if "VmRSS" in (found := resident(child))]
        if others:
            workers.append(max(found["VmRSS"] for found in others))
            peaks["workers"] = max(peaks.get("workers", 0), *(found["VmHWM"] for found in others))
        time.sleep(0.02)
    took = time.perf_counter() - started
    own, theirs = spent(process)
    _, status = os.waitpid(process, 0)
    os.close(silent)
    if status != 0:
        sys.exit(f"the run failed: {' '.join(arguments)}")

    def quarters(sizes):
        return "/".join(f"{sizes[(len(sizes) - 1) * quarter // 4]:.0f}" for quarter in range(1, 5)) if sizes else "-"

    print(
        f"{jobs} worker{'s' if jobs > 1 else ' '} {took:6.2f} s; a bill: parent {own / count * 1000:.3f} ms, workers {theirs / count * 1000:.3f} ms; "
        f"resident parent {quarters(parent)}, at most {peaks.get('parent', 0):.0f} MB, a worker {quarters(workers)}, "
        f"at most {peaks.get('workers', 0):.0f} MB", flush=True)
    return took


def main():
    program, fonts, folder = sys.argv[1:4]
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 20_000
    rounds = int(sys.argv[5]) if len(sys.argv) > 5 else 3
    write_inputs(folder, count)
    ratios = []
    for turn in range(rounds):
        one, two = [run(program, fonts, folder, jobs, f"{folder}/out-{turn}-{jobs}", count) for jobs in (1, 2)]
        ratios.append(one / two)
    print(f"two workers make {max(ratios):.2f} times what one makes (best of {rounds} rounds)")


main()
