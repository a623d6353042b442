#!/usr/bin/env python3
"""Measures printed pages as a designer would, sharing no code with the program that made them.

    page_checklist.py --house HOUSE [--data BILLS.jsonl] [--only INVOICE[,INVOICE]] [--markdown] OUT

OUT is a finished output folder: its manifest names the files, amounts, languages and notices. HOUSE is `larkspur` or `e-invoice` and says
where the folds and the window are. With --data the due dates and address lines are those of the records; without, they are looked for.

Points 2-4, 8-14, 16, 18-21, 23 and 25 of the checklist are measured: where letters stand with `mutool draw -F stext`, rules, panels, bars and
codes with `mutool trace`, tints, contrast and blur on a picture of `pdftoppm -r 100`. One line a bill and point is printed: `pass`, `FAIL`
or `-` (nothing of the kind on the page), with the figures. Ends with 1 if a point failed. Lengths are points unless they say px (at
100 dpi) or mm; y runs down from the top left.
"""
import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path

from page_parts import MM, PX, Rect, contrast, luminance, read_pages

HOUSES = {
    # Letter in thirds; a #10 envelope's window where the sheet has slid left and down.
    "larkspur": {"folds": [93 * MM, 186 * MM], "window": Rect(22 * MM, 52 * MM, 137 * MM, 80 * MM)},
    # DIN 5008, form B.
    "e-invoice": {"folds": [105 * MM, 210 * MM], "window": Rect(20 * MM, 45 * MM, 105 * MM, 90 * MM)},
}
AMOUNT = re.compile(r"^[−+-]?\s?(?:[A-Z]{3}\s|[$€£¥]\s?|CHF\s)?[−+-]?[\d.,'’ \u00a0\u202f]*\d[.,]\d{2}(?:\s?(?:[$€£%]|[A-Z]{3}))?[−-]?$")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
CAP_HEIGHT = {"Inter": 0.727, "NotoSans": 0.714, "OCR": 0.7}
POINTS = ["2", "3", "4", "8", "9", "10", "11", "12", "13", "14", "16", "18", "19", "20", "21", "23", "25"]


def caps(line):
    """Height of a line's capitals in px at 100 dpi."""
    share = next((h for name, h in CAP_HEIGHT.items() if line.font.startswith(name)), 0.714)
    return line.size * share * PX


def digits(text):
    return re.sub(r"\D", "", text)


class Checklist:
    """What is measured of one bill."""

    def __init__(self, pages, piece, house, record):
        self.pages, self.piece, self.record = pages, piece, record
        self.first = pages[0]
        self.folds, self.window = house["folds"], house["window"]
        self.results = {}
        self.amount = self.find_amount()
        self.due = self.find_due()
        self.is_noticed = (self.piece.get("notice") or {}).get("name") == "standard"
        self.panel = self.find_notice()
        self.heading = max(self.inside(self.panel), key=lambda l: l.size) if self.panel else None

    def say(self, point, passed, text):
        self.results[point] = (passed, text)

    def inside(self, rect, lines=None):
        return [l for l in (self.first.lines if lines is None else lines) if rect and rect.holds(l.rect.middle)]

    # What stands where

    def find_amount(self):
        """The largest text that says the amount due, or its absolute value."""
        wanted = digits(self.piece["amount_due"])
        found = [l for l in self.first.segments if digits(l.text).lstrip("0") == wanted.lstrip("0") and l.rect.y1 < self.folds[0]]
        return max(found, key=lambda l: l.size, default=None)

    def find_due(self):
        """The largest date with its year within 25 mm of the amount."""
        if not self.amount:
            return None
        near = [
            l for l in self.first.lines
            if YEAR.search(l.text) and 0 < l.baseline - self.amount.baseline < 25 * MM and abs(l.rect.x0 - self.amount.rect.x0) < 60
        ]
        return max(near, key=lambda l: l.size, default=None)

    def find_notice(self):
        """The smallest panel that holds a QR code and text on the page the manifest names; a line of thanks is no such notice."""
        if not self.is_noticed or self.piece["notice"].get("page") != 1:
            return None
        codes = [c for c in self.first.codes if c.width > 15 * MM and abs(c.width - c.height) < 1]
        panels = [p.rect for p in self.first.panels if any(p.rect.holds(c.middle) and p.rect.width > c.width * 2 for c in codes)]
        return min(panels, key=lambda r: r.area, default=None)

    # The points

    def point2(self):
        if not self.amount:
            return self.say("2", False, "amount not found above the first fold")
        others = [l for l in self.first.lines if digits(l.text).lstrip("0") != digits(self.amount.text).lstrip("0")]
        second = max(others, key=lambda l: l.size)
        share = second.size / self.amount.size
        good = share <= 0.655 and caps(self.amount) >= 24
        self.say("2", good, f"{second.size:.1f}/{self.amount.size:.1f} = {share:.0%} ({second.text[:20]}), caps {caps(self.amount):.1f} px")

    def point3(self):
        if not self.due:
            due = self.record.get("due") if self.record else None
            owed = not self.piece["amount_due"].startswith("-") and float(self.piece["amount_due"]) != 0
            return self.say("3", not (due and owed), "no date beside the amount") if due and owed else self.say("3", None, "no date")
        away = (self.due.baseline - self.amount.baseline) * PX
        # 15 px, less what a tenth of a point of measuring makes.
        self.say("3", away <= 100 and caps(self.due) >= 14.95 or not self.is_owed(), f"{away:.0f} px below, caps {caps(self.due):.1f} px")

    def is_owed(self):
        return float(self.piece["amount_due"]) > 0

    def point4(self):
        if not self.amount:
            return self.say("4", False, "no amount")
        low = max(l.rect.y1 for l in (self.amount, self.due) if l)
        self.say("4", low < self.folds[0], f"down to {low * PX:.0f} of {self.folds[0] * PX:.0f} px")

    def point8(self):
        inside = [l for l in self.first.segments if l.ink.touches(self.window)]
        if self.record:
            words = set(" ".join([self.record["customer"]["name"], *self.record["customer"]["address"]]).upper().split())
            # Words of scripts that run to the left are extracted as they are seen.
            words |= {w[::-1] for w in words}
            foreign = [l.text for l in inside if not set(l.text.upper().split()) <= words and l.text.strip()]
        else:
            edges = Counter(round(l.rect.x0) for l in inside)
            common = edges.most_common(1)[0][0] if edges else 0
            foreign = [l.text for l in inside if abs(l.rect.x0 - common) > 1.5]
        out = [l for l in inside if not self.window.contains(l.ink)]
        foreign += [f"code at {c}" for c in self.first.codes if c.touches(self.window) and not self.is_mail_code(c)]
        box = Rect.around([l.ink for l in inside]) if inside else None
        text = f"text {box.x0 / MM:.1f}-{box.x1 / MM:.1f} x {box.y0 / MM:.1f}-{box.y1 / MM:.1f} mm" if box else "nothing in the window"
        if foreign:
            text += f"; foreign: {foreign[:3]}"
        if out:
            text += f"; outside: {[l.text for l in out][:3]}"
        self.say("8", bool(inside) and not foreign and not out, text)

    @staticmethod
    def is_mail_code(rect):
        return rect.height < 6 * MM and rect.width > 40 * MM

    def point9(self):
        page, faults = self.first, []
        for l in page.lines:
            if min(l.ink.x0, l.ink.y0, page.width - l.ink.x1, page.height - l.ink.y1) * PX < 24:
                faults.append(f"edge: {l.text[:25]}")
        # What is sent electronically is not folded.
        folds = [] if self.piece.get("channel") == "electronic" else self.folds
        lines = [(fold, f"fold {fold / MM:.0f} mm") for fold in folds]
        lines += [(r.middle[1], "perforation") for r in page.dashes]
        nearest = 1e9
        for y, name in lines:
            for l in page.lines:
                away = max(l.ink.y0 - y, y - l.ink.y1)
                nearest = min(nearest, away)
                if away * PX < 11.5:
                    faults.append(f"{name}: {l.text[:25]} at {away:.1f}")
            for r in page.codes + [r.rect for r in page.rules if r.rect not in page.dashes]:
                away = max(r.y0 - y, y - r.y1)
                if away * PX < 11.5:
                    faults.append(f"{name}: {'code' if r in page.codes else 'rule'} at {away:.1f}")
        self.say("9", not faults, f"nearest to a fold {nearest * PX:.0f} px" if not faults else "; ".join(faults[:4]))

    def point10(self):
        sizes = Counter()
        for l in self.first.lines:
            for size, count in l.sizes.items():
                sizes[size] += count
        edges = left_edges(self.first.segments, self.first.bars())
        good = len(sizes) <= 6 and len(edges) <= 4
        self.say(
            "10", good,
            f"{len(sizes)} sizes ({' '.join(f'{s:g}' for s in sorted(sizes))}), {len(edges)} edges ({' '.join(f'{e * PX:.0f}' for e in edges)} px)")

    def point11(self):
        least = min((l for p in self.pages for l in p.lines if l.text.strip()), key=caps)
        self.say("11", caps(least) >= 8, f"caps {caps(least):.1f} px: {least.text[:25]}")

    def point12(self):
        longest, feeds = max((l for p in self.pages for l in p.running), key=lambda l: len(l.text), default=None), []
        for p in self.pages:
            for above, below in p.consecutive:
                feeds.append(((below.baseline - above.baseline) / above.size, below.text))
        low, high = min(feeds, default=(1.35, "")), max(feeds, default=(1.35, ""))
        length = len(longest.text.strip()) if longest else 0
        good = length <= 80 and low[0] >= 1.245 and high[0] <= 1.455
        self.say(
            "12", good, f"{length} characters, feed {low[0]:.2f}-{high[0]:.2f}"
            + (f" ({longest.text[:20]})" if length > 80 else "") + (f" ({low[1][:20]})" if low[0] < 1.245 else "") + (f" ({high[1][:20]})" if high[0] > 1.455 else ""))

    def point13(self):
        worst, widths, columns = (0, ""), 0, 0
        for page in self.pages:
            for column in amount_columns(page.segments):
                columns += 1
                points = [s.decimal_x for s in column]
                common = Counter(round(p, 1) for p in points).most_common(1)[0][0]
                far = max(column, key=lambda s: abs(s.decimal_x - common))
                worst = max(worst, (abs(far.decimal_x - common), far.text))
                widths = max(widths, max(s.digit_spread for s in column))
        if not columns:
            return self.say("13", None, "no column of amounts")
        self.say("13", worst[0] <= 0.5 and widths <= 0.03, f"{columns} columns, off by {worst[0]:.2f} ({worst[1]}), digits differ by {widths:.3f} em")

    def point14(self):
        least, count = (99, ""), 0
        for page in self.pages:
            for heading, above, below in page.headings:
                count += 1
                least = min(least, (above / max(below, 0.1), f"{heading.text[:25]}: {above:.1f} above, {below:.1f} below"))
        if not count:
            return self.say("14", None, "no heading below something")
        self.say("14", least[0] >= 1.95, f"{least[0]:.1f}x, {least[1]}")

    def point16(self):
        faults, seen = [], Counter()
        for page in self.pages:
            for rule in page.rules:
                seen[round(rule.thickness, 2)] += 1
                if rule.is_vertical and not rule.is_outline:
                    faults.append(f"vertical at {rule.rect}")
                if not 0.345 <= rule.thickness <= 1.55:
                    faults.append(f"{rule.thickness:.2f} pt")
                grey = contrast(luminance(rule.colour), 1)
                if rule.thickness < 0.49 and grey < 10:
                    faults.append(f"grey rule of {rule.thickness:.2f} pt")
        self.say("16", not faults, "rules " + " ".join(f"{t:g}" for t in sorted(seen)) + ("; " + "; ".join(faults[:3]) if faults else ""))

    def point18(self):
        tint, solid, hues = self.first.tints()
        self.say("18", tint <= 0.25 and solid <= 0.06 and hues <= 40, f"tint {tint:.1%}, solid {solid:.1%}, hues within {hues:.0f} degrees")

    def point19(self):
        least, body, notice = (99, ""), Counter(), (99, "")
        for page in self.pages:
            for l in page.lines:
                value = (page.contrast_of(l), l.text[:25])
                least = min(least, value)
                body[round(value[0], 1)] += len(l.text)
                if page is self.first and self.panel and self.panel.holds(l.rect.middle):
                    notice = min(notice, value)
        usual = body.most_common(1)[0][0]
        good = least[0] >= 4.5 and usual >= 10 and notice[0] >= 7
        self.say("19", good, f"least {least[0]:.1f} ({least[1]}), body {usual:.1f}" + (f", notice {notice[0]:.1f}" if self.panel else ""))

    def point20(self):
        figures, good = [], True
        if self.panel:
            edge = self.first.edge_contrast(self.panel)
            figures.append(f"notice's edge {edge:.1f}:1")
            good &= edge >= 3
        for page in self.pages:
            bars = page.bars()
            if bars:
                least = min(b.visible for b in bars)
                figures.append(f"{len(bars)} bars, least {least:.1f}:1 to paper")
                good &= least >= 2.95
        self.say("20", good if figures else None, ", ".join(figures) or "no notice, no chart")

    def point21(self):
        if not self.is_noticed:
            return self.say("21", None, "no standard notice")
        if not self.panel:
            return self.say("21", False, "notice's panel not found on page 1")
        area = self.panel.area / (self.first.width * self.first.height)
        clear = min(
            (max(l.ink.y0 - self.panel.y1, self.panel.y0 - l.ink.y1) for l in self.first.lines
             if not self.panel.holds(l.rect.middle) and l.ink.x0 < self.panel.x1 and l.ink.x1 > self.panel.x0), default=99) * PX
        code = max((c.width / MM for c in self.first.codes if self.panel.holds(c.middle)), default=0)
        good = 0.08 <= area <= 0.15 and clear >= 15.5 and caps(self.heading) >= 14 and code >= 21.95
        self.say("21", good, f"{area:.1%}, clear {clear:.0f} px, heading caps {caps(self.heading):.1f} px, code {code:.1f} mm")

    def point23(self):
        named = [("amount", self.amount), ("due", self.due if self.is_owed() else None), ("notice", self.heading)]
        named = [(n, l) for n, l in named if l]
        if not named or named[0][0] != "amount":
            return self.say("23", False, "no amount")
        rest = [l for l in self.first.lines if all(not l.rect.touches(m.rect) for _, m in named)]
        dark = {n: self.first.blurred(l) for n, l in named}
        other = max(rest, key=self.first.blurred)
        top = self.first.blurred(other)
        least = min(dark.values())
        ordered = list(dark.values()) == sorted(dark.values(), reverse=True)
        good = dark["amount"] == max(dark.values()) and least >= top * 0.97
        self.say(
            "23", good, ", ".join(f"{n} {v:.0f}" for n, v in dark.items()) + f", next {top:.0f} ({other.text[:20]})" + ("" if ordered else ", order differs"))

    def point25(self):
        count, faults = len(self.pages), []
        for number, page in enumerate(self.pages, 1):
            if not any(re.search(rf"\b{number}\b\D{{1,6}}\b{count}\b", l.text) for l in page.lines):
                faults.append(f"page {number} does not say so")
        last, used = self.pages[-1], 1.0
        if count > 1:
            body = last.body(self.pages)
            if not body:
                faults.append("last page is empty")
                used = 0
            else:
                top = min(l.ink.y0 for l in body)
                foot = max((l.ink.y0 for l in last.lines if l not in body and l.ink.y0 > last.height / 2), default=last.height - 30)
                used = (max(l.ink.y1 for l in body) - top) / (foot - top)
                if used < 0.25:
                    faults.append(f"last page {used:.0%} used")
                if len(body) < 3:
                    faults.append(f"{len(body)} lines on the last page")
        for page in self.pages[:-1]:
            lowest = max(page.body(self.pages) or page.lines, key=lambda l: l.baseline)
            if any(h is lowest for h, _, _ in page.headings):
                faults.append(f"heading at the foot: {lowest.text[:25]}")
        self.used = used
        self.say("25", not faults, f"{count} pages, last {used:.0%} used" + ("; " + "; ".join(faults) if faults else ""))

    def run(self):
        for point in POINTS:
            getattr(self, "point" + point)()
        return self.results


def left_edges(segments, bars):
    """Left edges at which at least two pieces of text start that are set to the left, one mean an edge, in points.

    What is set to the right, or above or below the middle of a chart's bar, has no left edge.
    """
    rights = Counter(round(s.rect.x1) for s in segments)
    lefts = Counter(round(s.rect.x0) for s in segments)

    margin = max((s.rect.x1 for s in segments), default=0)

    def is_set_right(s):
        near = lambda counts, x: [counts[round(x) + d] for d in (-1, 0, 1)]
        right, left = near(rights, s.rect.x1), near(lefts, s.rect.x0)
        # What ends at the right margin is set to the right, though another of its width may begin where it does.
        is_at_margin = margin - s.rect.x1 < 1.5 and sum(right) >= max(left)
        return max(right) > max(left) or is_at_margin or bool(AMOUNT.match(s.text.strip()))

    def is_over_bar(s):
        return any(abs(s.rect.middle[0] - b.rect.middle[0]) < 0.5 and abs(s.rect.middle[1] - b.rect.middle[1]) < b.rect.height / 2 + 2 * s.size for b in bars)

    starts = sorted(s.rect.x0 for s in segments if not is_set_right(s) and not is_over_bar(s))
    groups = []
    for x in starts:
        if groups and x - groups[-1][-1] <= 1.5:
            groups[-1].append(x)
        else:
            groups.append([x])
    return [sum(g) / len(g) for g in groups if len(g) > 1]


def amount_columns(segments):
    """Amounts under each other: their spans overlap, and no gap is over 60 points. Columns of at least three."""
    amounts = sorted((s for s in segments if s.decimal_x is not None and AMOUNT.match(s.text.strip())), key=lambda s: s.baseline)
    columns = []
    for s in amounts:
        for c in columns:
            last = c[-1]
            if s.rect.x0 < last.rect.x1 and s.rect.x1 > last.rect.x0 and 0 < s.baseline - last.baseline < 60 and abs(s.rect.x1 - last.rect.x1) < 40:
                c.append(s)
                break
        else:
            columns.append([s])
    return [c for c in columns if len(c) >= 3]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--house", choices=sorted(HOUSES), required=True)
    parser.add_argument("--data")
    parser.add_argument("--only", default="")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--allow", default="", help="points that may fail, comma separated, each as POINT or INVOICE:POINT")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    records = {}
    if options.data:
        for line in open(options.data, encoding="utf-8-sig"):
            if line.strip():
                record = json.loads(line)
                records[(record["account"], record["invoice"])] = record
    only = {w for w in options.only.split(",") if w}
    allowed = {w for w in options.allow.split(",") if w}
    failed = seen = 0
    for line in open(options.out / "manifest.jsonl", encoding="utf-8"):
        piece = json.loads(line)
        if piece["kind"] != "bill" or (only and not any(piece["invoice"].endswith(o) for o in only)):
            continue
        seen += 1
        pages = read_pages(options.out / piece["file"])
        record = records.get((piece["account"], piece["invoice"]))
        if options.data and record is None:
            sys.exit(f"{options.data} has no record of {piece['account']} {piece['invoice']}")
        results = Checklist(pages, piece, HOUSES[options.house], record).run()
        name = f"{piece['invoice']} {piece['language']} {piece['format']} {piece['bill_kind']}"
        for point, (passed, text) in results.items():
            mark = "-" if passed is None else "pass" if passed else "FAIL"
            excused = passed is False and (point in allowed or f"{piece['invoice']}:{point}" in allowed)
            failed += passed is False and not excused
            print(f"| {name} | {point} | {mark} | {text} |" if options.markdown else f"{name} point {point} {mark}{' (allowed)' if excused else ''}: {text}")
    if not seen:
        sys.exit("no bill was measured")
    print(f"{seen} bills measured, {failed} points failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
