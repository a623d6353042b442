"""Every figure of summaries, plan and coverage, counted anew."""

import calendar
import collections
import datetime
import json

import world


def summary(told, cycle, records, manifest, rejects, expected, refused):
    """What a figure of the summary must be, and what it is: from expectations where they say it, else from the manifest."""
    bills = [entry for entry in expected.values()]
    total = lambda key: str(world.amount(sum(int(record["totals"][key].replace(".", "")) for record, _, _ in bills)))
    notices = collections.Counter((line["notice"]["name"], line["notice"]["phase"], line["notice"]["variant"]) for line in manifest if line["notice"])
    rules = collections.Counter((expectation.rule, expectation.phase) for _, expectation, _ in bills if expectation.rule)
    warnings = collections.Counter(code for line in manifest for code in line["warnings"])
    codes = collections.Counter()
    for (_, code), count in refused.items():
        codes[code] += count
    yield "v", 1, told["v"]
    yield "cycle", cycle, told["cycle"]
    yield "records", [records, len(bills), records - len(bills), 0], [told[key] for key in ("in", "out", "rejected", "skipped")]
    yield "rejects", dict(codes), told["rejects"]
    yield "rejects as listed", dict(collections.Counter(line["code"] for line in rejects)), told["rejects"]
    yield "totals", {"USD": {"bills": len(bills), "charges": total("charges"), "due": total("due")}}, told["totals"]
    yield "pages", sum(line["pages"] for line in manifest), told["pages"]
    yield "sheets", sum(-(-line["pages"] // 2) for line in manifest), told["sheets"]
    yield "notices", dict(notices), {(n["name"], n["phase"], n["variant"]): n["count"] for n in told["notices"]}
    yield "rules", dict(rules), {(rule["rule"], rule["phase"]): rule["count"] for rule in told["rules"]}
    yield "warnings", dict(warnings), told["warnings"]
    yield "pieces", len(bills), told["pieces"]["bill"]["out"]


def later_months(day, before):
    """The same day of each later month, or the last of a shorter one, up to a day."""
    first = datetime.date.fromisoformat(day)
    found, month = [], first.month
    while True:
        year, place = first.year + month // 12, month % 12 + 1
        date = datetime.date(year, place, min(first.day, calendar.monthrange(year, place)[1])).isoformat()
        if date >= before:
            return found
        found.append(date)
        month += 1


class Plan:
    """What the plan must say of a cycle's records on a day: who gets what now, and who will have been told too little."""

    def __init__(self, office, records, day, of_cycle):
        """`records` are those that can be read; `of_cycle`: the cycle of which they are, whose pieces may be in the ledger."""
        campaign, self.day = office.campaign, day
        self.rejects, self.counts = collections.Counter(), collections.Counter()
        self.asked, planned, coming, self.days = {}, collections.Counter(), collections.Counter(), later_months(day, campaign.active)
        by_account = collections.defaultdict(list)
        for record in records:
            by_account[record["account"]].append(record)
            if office.is_asked(record, day):
                self.asked.setdefault(record["account"], world.shown(record["customer"]["name"]))
        days = [day] + self.days
        # A copy in which what is planned counts as mailed; what customers have said by the plan's day is all they say.
        ahead = office.ahead(day)
        for index, when in enumerate(days):
            for account, bills in by_account.items():
                decided = [(record, ahead.expect(record, of_cycle if index == 0 else None, when)) for record in bills]
                for record, expectation in decided:
                    if index == 0:
                        if expectation.reject:
                            self.rejects[expectation.reject] += 1
                        else:
                            self.counts[(expectation.rule, expectation.phase, office.language(record), expectation.channel,
                                         expectation.notice, expectation.terms)] += 1
                    if not expectation.reject and expectation.notice and expectation.channel == "print" and when < campaign.active:
                        (coming if index else planned)[account] += 1
                        ahead.mailing.add({"account": account, "kind": "bill", "notice": expectation.notice, "campaign": campaign.id,
                                           "cycle": of_cycle if index == 0 else f"to come {when}"}, when)
        last = min(day, (datetime.date.fromisoformat(campaign.active) - datetime.timedelta(days=1)).isoformat())
        bills = int(campaign.value["coverage"]["bills"])
        self.short = {}
        for account, name in self.asked.items():
            mailed = len(office.mailing.noticed(account, campaign.id, last, besides=of_cycle))
            if mailed + planned[account] + coming[account] < bills:
                self.short[account] = {"name": name, "mailed": mailed, "planned": planned[account], "coming": coming[account]}


def read_lines(output):
    return [json.loads(line) for line in output.splitlines()]


def compare_plan(simulation, cycle):
    """`campaign plan` of a cycle, before it is mailed."""
    billfold, found, campaign, readable, unread = simulation.billfold, simulation.found, simulation.campaign, cycle.readable, cycle.unread
    name = world.CYCLES[cycle.number]
    day = max(record["issued"] for record in readable)
    mine = Plan(simulation.office.without_layout(), readable, day, name)
    what = f"plan of {name}"
    code, output, _ = billfold.run(
        "campaign", "plan", "--campaign", f"{billfold.company}/campaign", "--data", *cycle.data, "--ledger", "ledger", "--rules",
        f"{billfold.company}/rules", "--format", "json", codes=(0, 1))
    head, *customers = read_lines(output)
    rejects = mine.rejects + unread
    expected = {
        "v": 1, "campaign": campaign.id, "as_of": day, "phase": campaign.phase(day), "active": campaign.active,
        "records": len(readable) + sum(unread.values()), "bills": sum(mine.counts.values()), "rejected": sum(rejects.values()), "rejects": dict(rejects),
        "cycles": mine.days, "missing": [], "coverage": {
            "bills": 3, "customers": len(mine.asked), "short": len(mine.short), "postcards": 0,
            "lacking": {"bills": len(mine.short), "postcards": 0}},
    }
    for key, value in expected.items():
        found.same(f"{what}: {key}", value, head.get(key))
    told = {tuple(line[key] for key in ("rule", "phase", "language", "channel", "notice", "terms")): line["count"] for line in head["counts"]}
    for key in sorted(set(mine.counts) | set(told), key=repr):
        found.same(f"{what}: bills of {key}", mine.counts[key], told.get(key, 0))
    timeline = [(campaign.value["phases"][phase], phase) for phase in campaign.value["phases"]] + [(date, "cycle") for date in mine.days]
    timeline += [(day, "plan"), (campaign.value["terms"]["effective"], "terms")]
    found.same(f"{what}: timeline", sorted(timeline), sorted((entry["date"], entry["what"]) for entry in head["timeline"]))
    found.same(f"{what}: days in order", True, [e["date"] for e in head["timeline"]] == sorted(e["date"] for e in head["timeline"]))
    compare_customers(found, what, mine.short, customers, ("name", "mailed", "planned", "coming"))
    found.same(f"{what}: exit code", int(bool(mine.short)), code)
    simulation.tally["short in plans"] += len(mine.short)


def compare_customers(found, what, mine, customers, keys):
    found.same(f"{what}: who", sorted(mine, key=lambda account: account.encode()), [line["account"] for line in customers])
    for line in customers:
        own = mine.get(line["account"])
        if own:
            found.same(f"{what}: {line['account']}", {key: own[key] for key in keys if key in own}, {key: line[key] for key in keys if key in own})


def compare_coverage(simulation, what, ledger, office, cycle, clean=False):
    """`ledger coverage` for the customers of a cycle: whom it names, and how it counts."""
    billfold, campaign, found, readable, unread = simulation.billfold, simulation.campaign, simulation.found, cycle.readable, cycle.unread
    short = office.short_of(readable)
    names = {}
    for record in readable:
        if office.is_asked(record, campaign.active):
            names.setdefault(record["account"], world.shown(record["customer"]["name"]))
    code, output, _ = billfold.run(
        "ledger", "coverage", "--ledger", ledger, "--campaign", f"{billfold.company}/campaign", "--data", *cycle.data, "--rules",
        f"{billfold.company}/rules", "--format", "json", codes=(0, 1))
    head, *customers = read_lines(output)
    expected = {
        "v": 1, "campaign": campaign.id, "as_of": campaign.active, "active": campaign.active, "records": len(readable) + sum(unread.values()),
        "rejected": sum(unread.values()), "rejects": dict(unread),
    }
    for key, value in expected.items():
        found.same(f"{what}: {key}", value, head.get(key))
    found.same(f"{what}: figures", [3, len(names), len(short)], [head["coverage"][key] for key in ("bills", "customers", "short")])
    mine = {account: {"name": names[account], "bills": count} for account, count in short.items()}
    compare_customers(found, what, mine, customers, ("name", "bills"))
    found.same(f"{what}: exit code", int(bool(short)), code)
    if clean:
        found.same(f"{what}: nobody is missed", {}, short)
    simulation.tally[f"{what}: named of {len(names)}"] = len(short)
