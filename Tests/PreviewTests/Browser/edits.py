"""A day at the layout: edits.py PROGRAM [COUNT] makes COUNT edits (1,000 unless told) of strings, layout, campaign and data, some of them broken and
mended, and fetches the picture after each. Prints the memory after 50 edits and at the end. Ends with 1 when server or workers grew, or when a
picture was stale or wrong: the same inputs must give the same picture, others another."""

import hashlib
import os
import random
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from studio import Studio  # noqa: E402

# What a process may grow by between edit 50 and the end.
SHARE, MEGABYTES = 0.15, 10
BASE = 50
# Seconds after which an edit that is to be noticed has been: the watcher looks every 40 ms and waits until a file is at rest.
SETTLED = 0.12

# Each input's file, the text that is changed, and what stands there instead: the first is the sample's own.
INPUTS = {
    "strings": ("layout/strings/en-US.yaml", "Amount due", ["Amount due", "To pay", "Sum to be paid", "Please pay"]),
    "layout": ("layout/layout.xml", '<place name="amount" x="141mm"', [f'<place name="amount" x="{x}mm"' for x in ("141", "139", "137")]),
    "campaign": ("campaign/campaign.yaml", "announce: 2026-11-01", ["announce: 2026-11-01", "announce: 2026-12-01"]),
    "data": ("bills.jsonl", "Ana Petrović", ["Ana Petrović", "Anna Peters", "Annamaria Petersen"]),
}
# Ways to break an input, and what the page is told then.
BROKEN = {
    "strings": lambda text: text + "\n  : [broken\n",
    "layout": lambda text: text.replace('<place name="amount"', '<place nam="amount"'),
    "campaign": lambda text: text.replace("announce:", "anounce:"),
    "data": lambda text: text.replace('"v":1', '"v":', 1),
}


def main():
    program, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    chance = random.Random(7)
    studio = Studio(program)
    faults, waits = [], []
    texts = {name: studio.read(file) for name, (file, _, _) in INPUTS.items()}
    state = {name: 0 for name in INPUTS}
    known, base = {}, None
    breaks = twice = 0

    def current(name):
        _, old, variants = INPUTS[name]
        assert old in texts[name], f"'{old}' is not in {INPUTS[name][0]}"
        return texts[name].replace(old, variants[state[name]])

    def save(name, text, is_wanted):
        """Writes an input and waits for an answer that has seen it; that."""
        before = studio.json("/api/state")["generation"]
        saved = time.monotonic()
        studio.write(INPUTS[name][0], text)
        while True:
            answer, pictures = studio.bill(0)
            if answer.get("generation", 0) > before and is_wanted(answer, pictures):
                waits.append((time.monotonic() - saved) * 1000)
                return answer, pictures
            if time.monotonic() - saved > 30:
                return answer, pictures
            time.sleep(0.005)

    def check(edit, name, pictures):
        inputs = tuple(sorted(state.items()))
        if not pictures:
            faults.append(f"edit {edit} ({name}): no picture")
            return
        digest = hashlib.sha256(pictures[0]).hexdigest()
        if known.setdefault(inputs, digest) != digest:
            faults.append(f"edit {edit} ({name}): the picture differs from the one of the same inputs before")
        elif [one for one, other in known.items() if other == digest and one != inputs]:
            faults.append(f"edit {edit} ({name}): the picture is that of other inputs")

    def is_shown(answer, pictures):
        return answer["status"] == "shown" and answer.get("isPiece") and len(pictures) > 0

    def is_broken(answer, _):
        return answer["status"] in ("refused", "lost") or answer["status"] == "shown" and not answer.get("isPiece")

    try:
        studio.wait("/api/bill?bill=0", lambda one: one["status"] == "shown")
        studio.rest()
        for edit in range(1, count + 1):
            name = chance.choice(list(INPUTS))
            if chance.random() < 0.2:
                breaks += 1
                answer, _ = save(name, BROKEN[name](current(name)), is_broken)
                if not is_broken(answer, None) or not answer["findings"]:
                    faults.append(f"edit {edit} ({name}, broken): {answer['status']}, with {len(answer['findings'])} findings")
            else:
                state[name] = (state[name] + chance.randint(1, len(INPUTS[name][2]) - 1)) % len(INPUTS[name][2])
            answer, pictures = save(name, current(name), is_shown)
            # An edit may be noticed twice, where the file was seen half written; what counts is what is there once nothing more is noticed.
            last = 0
            while last != answer.get("generation"):
                last = answer.get("generation")
                time.sleep(SETTLED)
                answer, pictures = studio.bill(0)
                twice += last != answer.get("generation")
            check(edit, name, pictures)
            if edit == BASE or edit % 100 == 0 or edit == count:
                # All bills are looked at, as they are when a designer stops to think.
                studio.rest()
                server, workers = studio.memory()
                print(f"after {edit} edits: server {server:.0f} MiB, workers {', '.join(f'{one:.0f}' for one in workers)} MiB", flush=True)
                if edit == BASE:
                    base = (server, workers)
        server, workers = studio.memory()
    finally:
        studio.close()
    ordered = sorted(waits)
    print(f"{count} edits, {breaks} of them by way of a broken file; {twice} noticed twice; {len(known)} pictures told apart; save to both pictures fetched: "
          f"median {ordered[len(ordered) // 2]:.0f} ms, worst {ordered[-1]:.0f} ms")
    if base:
        for name, before, after in [("the server", base[0], server)] + [
                (f"worker {place + 1}", *pair) for place, pair in enumerate(zip(base[1], workers))]:
            if after > before * (1 + SHARE) + MEGABYTES:
                faults.append(f"{name} grew from {before:.0f} to {after:.0f} MiB")
    for fault in faults[:20]:
        print("  " + fault)
    if faults:
        print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
