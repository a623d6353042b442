"""Holds `ledger export` against the events that were imported and the ledger's own tables. Shares no code with Billfold.

check_export.py EVENTS.csv LEDGER EXPORT.jsonl [AS-OF]
"""
import csv
import json
import sqlite3
import sys

KINDS = {"withdrawn": ("undecided", 4), "paper": ("paper", 3), "bounced": ("bounced", 2), "consent": ("agreed", 1)}
ELECTRONIC = {"web", "email", "app"}


def law(places):
    """Which sources make a consent (None: all), and whether there is a place without rules."""
    known = {place for place in places if place == "US" or place.startswith("US-")}
    return (ELECTRONIC if known else None), known != places


def standing(events, sources):
    """State, day and source by what counts most."""
    counted = [e for e in events if e[0] != "consent" or sources is None or e[2] in sources]
    if not counted:
        return "undecided", None, None
    # Of two that are alike but for their source the first by its bytes.
    kind, day, source = max(sorted(counted, key=lambda e: e[2].encode()), key=lambda e: (e[1], KINDS[e[0]][1]))[:3]
    return KINDS[kind][0], day, source or None


def main():
    events_file, ledger, export, *rest = sys.argv[1:]
    as_of = rest[0] if rest else "9999-12-31"
    events = {}
    with open(events_file, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            if row["date"] <= as_of:
                event = (row["state"], row["date"], row["source"], row["scope"], row["evidence"])
                events.setdefault(row["account"], set()).add(event)
    db = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    pieces = {}
    query = """SELECT account, invoice, kind, cycle, mailed, lower(hex(sha256)), rule, notice, jurisdictions, area, text_size
               FROM piece JOIN wording ON wording.id = piece.wording WHERE mailed <= ?"""
    for row in db.execute(query, (as_of,)):
        pieces.setdefault(row[0], []).append(row[1:])
    accounts = sorted(set(events) | set(pieces), key=lambda account: account.encode())
    with open(export, encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    assert [line["account"] for line in lines] == accounts, "other accounts, or in another order"
    whys = {}
    for line in lines:
        account = line["account"]
        own, mailed = events.get(account, set()), pieces.get(account, [])
        places = set().union(*(json.loads(piece[7]) for piece in mailed)) if mailed else set()
        sources, unchecked = law(places)
        state, day, source = standing(own, sources)
        # A consent that decides nothing for its source alone.
        free = standing(own, None)
        if not mailed or unchecked:
            why = "not-checked"
        elif state == "undecided" and free[0] == "agreed" and sources is not None and free[2] not in sources:
            why = "consent-source"
        else:
            why = state
        told = (line["state"], line["date"], line["source"], line["why"], line["may_switch"])
        assert told == (state, day, source, why, why == "agreed"), f"{account}: {told}, expected {(state, day, source, why)}"
        listed = {(e["state"], e["date"], e["source"], e["scope"], e["evidence"]) for e in line["events"]}
        assert listed == own and len(line["events"]) == len(own), f"{account}: other events"
        assert [e["date"] for e in line["events"]] == sorted(e["date"] for e in line["events"])
        found = [(p["invoice"], p["kind"], p["cycle"], p["mailed"], p["sha256"], p["rule"], p["notice"]) for p in line["pieces"]]
        assert sorted(found, key=repr) == sorted(((*p[:6], p[6] or None) for p in mailed), key=repr), f"{account}: other pieces"
        for piece, row in zip(sorted(line["pieces"], key=lambda p: (p["invoice"], p["kind"], p["cycle"])), sorted(mailed)):
            assert piece["area"] is None if row[8] is None else round(piece["area"] * 1000) == row[8]
            assert piece["jurisdictions"] == json.loads(row[7])
        whys[why] = whys.get(why, 0) + 1
    print(json.dumps(whys, sort_keys=True))


main()
