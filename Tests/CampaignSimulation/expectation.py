"""What each customer must get, by the rules of the campaign as they are agreed on in words: law, state, phase, rule, notice, terms, channel,
rejects and warnings. Shares no code with Billfold and reads nothing of what it wrote but the digests of pieces."""

import datetime
import hashlib
import json

from conditions import Condition

PHASES = ("announce", "remind", "final", "active")
SLOTS = ("heading", "body", "action", "keep-paper", "benefits", "label")
STATES = {"consent": "agreed", "withdrawn": "undecided", "paper": "paper", "bounced": "bounced"}
# Of several entries of one day, which counts: the ledger's before the record's.
RANKS = {"withdrawn": 4, "paper": 3, "bounced": 2, "consent": 1, "record": 0}


def days_between(earlier, later):
    return (datetime.date.fromisoformat(later) - datetime.date.fromisoformat(earlier)).days


class Law:
    """The rules of some places: what the federal law of the United States says, and a company's own beside it."""

    UNITED_STATES = {"sources": ["web", "email", "app"], "paper-kinds": ["termination"]}

    def __init__(self, own):
        self.places = {"US": [Law.UNITED_STATES]}
        for place, rules in own.items():
            self.places.setdefault(place, []).extend(rules)

    def of(self, places):
        """The sources that make a consent (None: all), the kinds that stay on paper, and whether a place has no rules."""
        sources, kinds, unknown = None, set(), False
        for place in places:
            parts = place.split("-")
            rules = [rule for n in range(len(parts)) for rule in self.places.get("-".join(parts[: n + 1]), [])]
            unknown = unknown or not rules
            for rule in rules:
                kinds |= set(rule.get("paper-kinds", []))
                if "sources" in rule:
                    sources = set(rule["sources"]) if sources is None else sources & set(rule["sources"])
        return sources, kinds, unknown


def standing(events, consent, sources):
    """State, day and source of an account, and whether a consent that would decide comes from a source that makes none.

    `events` are (state, date, source, …), `consent` is the record's."""
    entries = [(event[1], RANKS[event[0]], event[0], event[2]) for event in events]
    if consent:
        entries.append((consent.get("date") or "", RANKS["record"], "consent", consent.get("source") or ""))
    # Of two consents of one day the first by its source's bytes.
    entries.sort(key=lambda entry: entry[3].encode())
    entries.sort(key=lambda entry: entry[:2], reverse=True)
    counted = [entry for entry in entries if entry[2] != "consent" or sources is None or entry[3] in sources]
    refused = bool(entries) and entries[0] not in counted
    if not counted:
        return "undecided", None, None, refused
    day, _, kind, source = counted[0]
    return STATES[kind], day or None, source or None, refused


def lookup(tag, offered):
    """The offered language for a tag, and whether it is that of another region."""
    parts = tag.split("-")
    while parts:
        for language in offered:
            if language.lower() == "-".join(parts).lower():
                return language, False
        parts.pop()
    same = [language for language in offered if language.split("-")[0].lower() == tag.split("-")[0].lower()]
    return (same[0], True) if len(same) == 1 else (None, False)


class Campaign:
    """A campaign as its file has it, all values texts."""

    def __init__(self, value, terms):
        """`terms`: the bytes of each language's terms."""
        self.value, self.terms = value, terms
        self.id, self.languages = value["id"], value["languages"]
        self.places = value.get("jurisdictions", [])
        self.active = value["phases"]["active"]
        notices = value["notices"]
        self.notices = {"standard": notices} if set(notices) <= set(PHASES) else notices
        self.rules = [(rule, Condition(rule["when"]) if rule.get("when") else None) for rule in value.get("audience", [])]

    def phase(self, day):
        begun = [phase for phase in PHASES if self.value["phases"][phase] <= day]
        return begun[-1] if begun else None

    def words(self, notice, phase, language):
        """The words that hold for a phase: its own, and where it says nothing those of the phase it names; of a notice that has words for some
        phases only, those of the latest before."""
        phases = self.notices[notice]
        while phase not in phases:
            phase = PHASES[PHASES.index(phase) - 1]
        own = phases[phase]
        words = dict(self.words(notice, own["same-as"], language)) if "same-as" in own else {}
        words.update(own.get(language, {}))
        return words

    def words_digest(self, notice, phase, language):
        words = self.words(notice, phase, language)
        return hashlib.sha256(json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def terms_digest(self, language):
        return hashlib.sha256(self.terms[language]).hexdigest()

    def rule(self, scene):
        """The first rule that holds, with its notice and whether the terms stand in the bill."""
        for rule, condition in self.rules:
            if condition is None or condition.holds(scene):
                notice = None if rule["notice"] == "none" else rule["notice"]
                return rule["rule"], notice, rule.get("terms", "bill" if notice else "none")
        raise AssertionError("no rule holds")


class Mailing:
    """What was released: an own account of it, from the pieces of the runs and the days they were handed over."""

    def __init__(self):
        self.pieces = {}

    def copy(self):
        other = Mailing()
        other.pieces = {account: list(pieces) for account, pieces in self.pieces.items()}
        return other

    def add(self, piece, mailed):
        self.pieces.setdefault(piece["account"], []).append({**piece, "mailed": mailed})

    def noticed(self, account, campaign, until, besides=None):
        """The days on which bills with a notice of the campaign were mailed, up to a day, but for those of a cycle."""
        return [
            piece["mailed"] for piece in self.pieces.get(account, [])
            if piece["kind"] == "bill" and piece["notice"] and piece["campaign"] == campaign and piece["mailed"] <= until
            and piece["cycle"] != besides
        ]


class Expectation:
    """What must become of a record; `reject` is a code, or None."""

    def __init__(self):
        self.reject = self.channel = self.rule = self.state = self.phase = self.notice = self.language = self.words_language = None
        self.terms, self.warnings = "none", set()


class Office:
    """All that decides: campaign, law, the languages and formats of the layout, what the ledger knows."""

    def __init__(self, campaign, law, strings, formats, events, mailing):
        self.campaign, self.law, self.strings, self.formats = campaign, law, strings, formats
        self.events, self.mailing = events, mailing

    def places(self, record):
        return sorted(set(self.campaign.places) | ({record["jurisdiction"]} if record.get("jurisdiction") else set()))

    def standing(self, record, day):
        sources, _, _ = self.law.of(self.places(record))
        events = [event for event in self.events.get(record["account"], ()) if event[1] <= day]
        return standing(events, record.get("consent"), sources)

    def expect(self, record, cycle, as_of=None, accept=()):
        """What becomes of a record that is right by itself."""
        result, campaign = Expectation(), self.campaign
        day = as_of or record["issued"]
        language, is_other_region = lookup(record["language"], self.campaign.languages if self.strings is None else self.strings)
        if language is None and self.strings is not None:
            result.reject = "language-not-offered"
            return result
        if is_other_region:
            result.warnings.add("language-region")
        result.language = language
        if record["format"] not in self.formats:
            result.warnings.add("format-not-offered")
        state, _, _, refused = self.standing(record, day)
        if refused:
            result.warnings.add("consent-source")
        place = record.get("jurisdiction")
        if place and place not in campaign.places and self.law.of([place])[2]:
            result.warnings.add("not-checked")
        result.channel = "electronic" if record["delivery"] == "electronic" else "print"
        _, paper_kinds, _ = self.law.of(self.places(record))
        if result.channel == "electronic" and record["kind"] in paper_kinds:
            result.channel = "print"
            result.warnings.add("paper-by-law")
        if result.channel == "electronic" and campaign.value["consent"] == "before" and state != "agreed":
            if "no-consent" not in accept:
                result.reject = "no-consent"
                return result
            result.channel = "print"
            result.warnings.add("no-consent-printed")
        result.phase = campaign.phase(day)
        if result.phase is None:
            return result
        result.state = state
        noticed = self.mailing.noticed(record["account"], campaign.id, day, besides=cycle)
        scene = {
            **record, "campaign": {**campaign.value, **campaign.value["phases"], "phase": result.phase}, "phase": result.phase,
            "mode": campaign.value["mode"], "customer-state": state,
            "mailed": {"notices": len(noticed), "days": days_between(max(noticed), day) if noticed else None},
        }
        result.rule, result.notice, result.terms = campaign.rule(scene)
        if result.terms == "leaflet" and result.channel == "electronic":
            result.terms = "bill"
        if result.notice or result.terms != "none":
            result.words_language, _ = lookup(record["language"], campaign.languages)
            if result.words_language is None:
                result.reject = "language-not-offered"
        return result

    def is_asked(self, record, day):
        """Whether coverage is asked for the record's customer."""
        return record["kind"] == "bill" and record["delivery"] != "electronic" and self.standing(record, day)[0] != "agreed"

    def short_of(self, records):
        """The accounts that have had fewer bills with a notice than `coverage` asks before paper stops, with how many they have had."""
        campaign, asked, found = self.campaign, int(self.campaign.value["coverage"]["bills"]), {}
        last = (datetime.date.fromisoformat(campaign.active) - datetime.timedelta(days=1)).isoformat()
        for record in records:
            if self.is_asked(record, campaign.active):
                count = len(self.mailing.noticed(record["account"], campaign.id, last))
                if count < asked:
                    found[record["account"]] = count
        return found

    def without_layout(self):
        """The same where no layout says which languages it has strings for: the campaign's alone count."""
        return Office(self.campaign, self.law, None, self.formats, self.events, self.mailing)

    def ahead(self, day):
        """The same with all that was said up to a day, for what is still to come."""
        events = {account: {event for event in events if event[1] <= day} for account, events in self.events.items()}
        return Office(self.campaign, self.law, self.strings, self.formats, events, self.mailing.copy())

    def language(self, record):
        """The language a record's bill is in: the layout's, or the campaign's where there is no layout; None where it has none."""
        return lookup(record["language"], self.campaign.languages if self.strings is None else self.strings)[0]

    def export(self):
        """The lines of `ledger export`, but for measures that only the pieces know."""
        lines = []
        for account in sorted(set(self.events) | set(self.mailing.pieces), key=lambda account: account.encode()):
            events, pieces = self.events.get(account, set()), self.mailing.pieces.get(account, [])
            sources, _, unknown = self.law.of({place for piece in pieces for place in piece["jurisdictions"]})
            state, day, source, refused = standing(events, None, sources)
            if not pieces or unknown:
                why = "not-checked"
            else:
                why = "consent-source" if refused and state == "undecided" else state
            lines.append({
                "account": account, "state": state, "date": day, "source": source, "may_switch": why == "agreed", "why": why,
                "events": sorted(events), "pieces": sorted(
                    (p["invoice"], p["kind"], p["cycle"], p["mailed"], p["sha256"], p["phase"] or "", p["rule"] or "", p["notice"] or "",
                     p["terms"] or "", p["words_digest"] or "", tuple(p["jurisdictions"])) for p in pieces),
            })
        return lines
