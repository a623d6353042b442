"""A large file of data: manybills.py PROGRAM [COUNT] makes COUNT bills of 1 kB each (200,000 unless told), opens the preview on them and prints
how soon the first is there, how the index fills, how long steps and searches take, and the memory. Ends with 1 when something is too slow."""

import json
import os
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from studio import Studio, summary  # noqa: E402

# Seconds to the first bill; milliseconds for a step from one bill to the next, as median.
FIRST, STEP = 3.0, 100
GIVEN = ["Ana", "Björn", "Chloé", "Dmitri", "Esra", "Fatoumata", "Gustavo", "Hiroko", "Íris", "Jamal", "Katarzyna", "Linh"]
FAMILY = ["Petrović", "Lindqvist", "Okonkwo", "Silva", "Yılmaz", "Nowak", "Fernández", "Tanaka", "O’Brien", "Dubois", "Kowalska"]


def bill(number):
    """A record of about 1,000 bytes."""
    name = f"{GIVEN[number % len(GIVEN)]} {FAMILY[number // 7 % len(FAMILY)]}"
    cents = [1000 + (number * 7919 + line * 104729) % 20000 for line in range(4)]

    def money(value):
        return f"{value // 100}.{value % 100:02d}"
    lines = [
        {"date": f"2026-11-{line + 1:02d}", "description": f"Electricity at the base rate, part {line + 1}", "quantity": str(line + 1), "unit": "kWh",
         "amount": money(value)} for line, value in enumerate(cents)]
    return {
        "v": 1, "account": f"{number:08d}", "invoice": f"2026-11-{number:08d}", "kind": "bill", "issued": "2026-11-23", "due": "2026-12-14",
        "currency": "USD", "language": "en-US", "customer": {"name": name, "address": [f"{number % 990 + 1} Larkspur Ave", "Portland OR 97204"]},
        "delivery": "paper", "format": "standard", "balance": {"previous": "0.00", "payments": "0.00"},
        "sections": [{"title": "Electricity supply and delivery", "lines": lines, "subtotal": money(sum(cents))}],
        "totals": {"charges": money(sum(cents)), "due": money(sum(cents))}}


def timed(work):
    start = time.monotonic()
    value = work()
    return (time.monotonic() - start) * 1000, value


def main():
    program, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
    faults = []
    with tempfile.TemporaryDirectory(prefix="billfold-many-") as folder:
        path = os.path.join(folder, "bills.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            for number in range(count):
                file.write(json.dumps(bill(number), ensure_ascii=False, separators=(",", ":")) + "\n")
        size = os.path.getsize(path)
        print(f"{count:,} bills, {size / count:.0f} bytes each")
        studio = Studio(program, data=path)
        try:
            while True:
                answer, pictures = studio.bill(0)
                if answer.get("status") == "shown" and pictures:
                    break
                time.sleep(0.01)
            first = time.monotonic() - studio.begun
            print(f"first bill with its pictures: {first:.2f} s after the start (expected under {FIRST:.0f})")
            if first > FIRST:
                faults.append("the first bill is too slow")
            # While the index fills: progress, steps, extremes.
            seen, steps, searches = [], [], []
            number = 0
            while True:
                data = studio.json("/api/state")["data"]
                seen.append(data["count"])
                if data["isDone"]:
                    break
                number = min(number + 1, data["count"] - 1)
                taken, (answer, _) = timed(lambda: studio.bill(number))
                if answer["status"] == "shown":
                    steps.append(taken)
                searches.append(timed(lambda: studio.json("/api/search?q=petrovi%C4%87&limit=50"))[0])
                time.sleep(0.02)
            full = time.monotonic() - studio.begun
            print(f"index of all: {full:.1f} s after the start; progress told {len(set(seen))} times"
                  + (f"; meanwhile steps {summary(steps)}, searches {summary(searches)}" if steps else ""))
            if seen[-1] != count:
                faults.append(f"the index holds {seen[-1]} of {count} bills")
            if count >= 100_000 and len(set(seen)) < 3:
                faults.append("the index told no progress")
            steps = []
            for step in range(200):
                taken, (answer, pictures) = timed(lambda: studio.bill(count // 2 + step if step < 150 else (step * 7919 * 31) % count))
                if answer["status"] != "shown" or not pictures:
                    faults.append(f"step {step}: {answer['status']}")
                steps.append(taken)
            print(f"200 steps, 150 to the next and 50 across the file, each with its pictures: {summary(steps)} (expected under {STEP})")
            if sorted(steps)[100] > STEP:
                faults.append("steps are too slow")
            searches = []
            for query, wanted in ((f"{count - 1:08d}", 1), ("petrovi%C4%87", 50), ("ana+petrovi%C4%87", 50), ("no+such+bill", 0), ("2026-11-0000012", 10)):
                for _ in range(4):
                    taken, answer = timed(lambda: studio.json(f"/api/search?q={query}&limit=50"))
                    searches.append(taken)
                    if len(answer["records"]) < min(wanted, count // 200):
                        faults.append(f"'{query}' finds {len(answer['records'])}")
            print(f"searches: {summary(searches)}")
            taken, answer = timed(lambda: studio.json("/api/extremes"))
            print(f"extremes: {taken:.0f} ms, {len(answer['extremes'])} found, {len(answer.get('made', []))} made up")
            server, workers = studio.memory()
            print(f"memory: server {server:.0f} MiB, workers {', '.join(f'{one:.0f}' for one in workers)} MiB")
        finally:
            studio.close()
    for fault in faults[:10]:
        print("  " + fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
