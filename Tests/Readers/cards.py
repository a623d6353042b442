#!/usr/bin/env python3
"""Measures printed postcards from outside: boxes, crop marks, colour to the edge, the post's areas, Intelligent Mail and the QR code.

    cards.py OUT BILLS.jsonl --post usps|deutsche-post --bleed 0.125in --open URL [--edge '#0B6E4F left'] [--marks]
             [--service 310 --mailer 314159] [--routed-only] [--franking WORDS] [--shift 0.0625in]

Looks at every line of kind `postcard` in OUT/manifest.jsonl, in the order of their ranks. Boxes are read by qpdf, shapes and glyphs as mutool draws
them, colours and codes from pictures by pdftoppm, the QR code by zbarimg, the Intelligent Mail barcode by the rules of USPS-B-3200 in imb.py.
The post's areas are stated here once more. Shares no code with the program that made the cards. One line a card; ends with 1 if anything differs.
"""
import argparse
import io
import itertools
import json
import math
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from PIL import Image

import imb

INCH, MM = 72.0, 72 / 25.4
# The trimmed card from its top left: x, y, width and height, or None for no such area.
AREAS = {
    "usps": {
        "read": lambda w, h: (0.5 * INCH, h - 2.75 * INCH, w - 0.5 * INCH, h - 0.625 * INCH),
        "white": lambda w, h: (w - 4.75 * INCH, h - 0.625 * INCH, w, h)},
    "deutsche-post": {
        "read": lambda w, h: (15 * MM, 40 * MM, w - 15 * MM, h - 15 * MM),
        "franking": lambda w, h: (w - 74 * MM, 0, w, 40 * MM)},
}


def length(text):
    unit = {"in": INCH, "mm": MM, "pt": 1.0}
    return float(text[:-2]) * unit[text[-2:]]


def run(*words):
    return subprocess.run([str(w) for w in words], check=True, capture_output=True).stdout


class Page:
    """What mutool draws on a page, in points from the top left of its media box."""

    def __init__(self, path, number, boxes):
        self.boxes = boxes
        # Control characters that stand for no glyph's text are no XML.
        trace = run("mutool", "trace", path, number).decode("utf-8", "replace")
        trace = "".join(c for c in trace if c in "\n\t" or c >= " ")
        root = ElementTree.fromstring(trace)
        self.shapes, self.strokes, self.glyphs, self.images = [], [], [], []
        for node in root.iter():
            if node.tag in ("fill_path", "stroke_path"):
                matrix = [float(v) for v in node.get("transform").split()]
                parts, part = [], []
                for step in node:
                    if step.tag == "moveto":
                        part = []
                        parts.append(part)
                    for x, y in (("x", "y"), ("x1", "y1"), ("x2", "y2"), ("x3", "y3")):
                        if step.get(x) is not None:
                            a, b = float(step.get(x)), float(step.get(y))
                            part.append((matrix[0] * a + matrix[2] * b + matrix[4], matrix[1] * a + matrix[3] * b + matrix[5]))
                rects = [around(p) for p in parts if len(p) > 1]
                color = tuple(round(float(v) * 255) for v in node.get("color").split())
                if node.tag == "fill_path":
                    self.shapes.append((color, rects))
                else:
                    self.strokes.append((color, float(node.get("linewidth")) * abs(matrix[0]), rects))
            elif node.tag.startswith("fill_image"):
                a, b, c, d, e, f = (float(v) for v in node.get("transform").split())
                self.images.append(around([(e, f), (e + a, f + b), (e + c, f + d), (e + a + c, f + b + d)]))
            elif node.tag == "fill_text":
                for span in node:
                    size = abs(float(span.get("trm").split()[0]))
                    for glyph in span:
                        x, y, advance = float(glyph.get("x")), float(glyph.get("y")), float(glyph.get("adv")) * size
                        text = glyph.get("unicode") or ""
                        if text.strip():
                            self.glyphs.append((text, (x, y - 0.74 * size, x + advance, y + 0.22 * size)))

    @property
    def ink(self):
        """Everything that is not white, as rectangles."""
        shapes = [r for color, rects in self.shapes if min(color) < 250 for r in rects]
        return shapes + self.images + [r for _, r in self.glyphs]


def around(points):
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def union(rects):
    return around([p for r in rects for p in (r[:2], r[2:])])


def touches(a, b, slack=0.05):
    return a[0] < b[2] - slack and b[0] < a[2] - slack and a[1] < b[3] - slack and b[1] < a[3] - slack


def inside(a, b, slack=0.05):
    return a[0] >= b[0] - slack and a[1] >= b[1] - slack and a[2] <= b[2] + slack and a[3] <= b[3] + slack


def page_boxes(path):
    """The boxes of each page, from the top left of the media box."""
    data = json.loads(run("qpdf", "--json=1", "--json-key=pages", "--json-key=objects", path))
    boxes = []
    for page in data["pages"]:
        entry = data["objects"][page["object"]]
        media = [float(v) for v in entry["/MediaBox"]]
        assert media[:2] == [0, 0], media

        def box(name):
            x0, y0, x1, y1 = (float(v) for v in entry.get(name, media))
            return x0, media[3] - y1, x1, media[3] - y0
        boxes.append({"media": (0, 0, media[2], media[3]), "bleed": box("/BleedBox"), "trim": box("/TrimBox")})
    return boxes


def picture(path, page, dpi):
    """The page's pixels."""
    data = run("pdftoppm", "-r", dpi, "-f", page, "-l", page, path)
    return Image.open(io.BytesIO(data)).convert("RGB")


class Card:
    def __init__(self, options, piece, record):
        self.options, self.piece, self.record = options, piece, record
        self.path = Path(options.out) / piece["file"]
        self.faults = []
        boxes = page_boxes(self.path)
        if len(boxes) != 2:
            raise SystemExit(f"{self.path}: {len(boxes)} pages")
        self.pages = [Page(self.path, number, boxes[number - 1]) for number in (1, 2)]

    def expect(self, holds, *words):
        if not holds:
            self.faults.append(" ".join(str(w) for w in words))

    # Sheet

    def sheet(self):
        bleed, card = self.options.bleed, self.piece["card"]
        beyond = max(bleed, 3 * MM) + 5 * MM if self.options.marks else bleed
        for number, page in enumerate(self.pages, 1):
            trim = page.boxes["trim"]
            size = trim[2] - trim[0], trim[3] - trim[1]
            self.expect(
                abs(size[0] - card["width"]) < 0.01 and abs(size[1] - card["height"]) < 0.01, f"page {number}: trimmed to {size}, not",
                card["width"], card["height"])
            for name, far in (("bleed", bleed), ("media", beyond)):
                wanted = trim[0] - far, trim[1] - far, trim[2] + far, trim[3] + far
                self.expect(
                    all(abs(a - b) < 0.01 for a, b in zip(page.boxes[name], wanted)), f"page {number}: {name} box", page.boxes[name],
                    "expected", wanted)
            self.marks(number, page)

    def marks(self, number, page):
        """Eight hairlines in the prolongation of the trim's edges, or none."""
        trim, bleed = page.boxes["trim"], page.boxes["bleed"]
        outside = [s for s in page.strokes if any(not inside(r, bleed, 0.01) for r in s[2])]
        if not self.options.marks:
            self.expect(not outside, f"page {number}: lines beyond the bleed")
            return
        self.expect(len(outside) == 8, f"page {number}: {len(outside)} crop marks")
        found = set()
        for color, width, rects in outside:
            x0, y0, x1, y1 = rects[0]
            self.expect(color == (0, 0, 0) and abs(width - 0.25) < 0.01, f"page {number}: a mark of {width} pt in {color}")
            level = abs(y1 - y0) < 0.01
            reach = x1 - x0 if level else y1 - y0
            self.expect(abs(reach - 5 * MM) < 0.02, f"page {number}: a mark of {reach / MM:.2f} mm")
            place = y0 if level else x0
            edges = (trim[1], trim[3]) if level else (trim[0], trim[2])
            low, high, start, end = (trim[0], trim[2], x0, x1) if level else (trim[1], trim[3], y0, y1)
            edge = next((i for i, e in enumerate(edges) if abs(place - e) < 0.02), None)
            before, behind = low - end, start - high
            far = max(before, behind)
            self.expect(edge is not None, f"page {number}: a mark off the trim at {place:.2f}")
            self.expect(far >= max(3 * MM, self.options.bleed) - 0.02, f"page {number}: a mark {far / MM:.2f} mm from the trim")
            found.add((level, edge, before > behind))
        self.expect(len(found) == 8, f"page {number}: crop marks at {len(found)} of 8 places")

    def colours(self):
        """Colour to the last dot of the bleed, and white paper beyond it."""
        dpi = 200
        for number, page in enumerate(self.pages, 1):
            pixels = picture(self.path, number, dpi)
            x0, y0, x1, y1 = (v * dpi / 72 for v in page.boxes["bleed"])
            left, top, right, bottom = math.ceil(x0) + 1, math.ceil(y0) + 1, int(x1) - 2, int(y1) - 2
            if number == 1:
                wanted = [int(self.options.color[i:i + 2], 16) for i in (1, 3, 5)]
                lines = {
                    "left": (left, top, left + 1, bottom), "right": (right, top, right + 1, bottom), "top": (left, top, right, top + 1),
                    "bottom": (left, bottom, right, bottom + 1)}
                for edge in self.options.edges:
                    extremes = pixels.crop(lines[edge]).getextrema()
                    far = max(max(abs(low - v), abs(high - v)) for (low, high), v in zip(extremes, wanted))
                    self.expect(far <= 2, f"colour does not reach the {edge} edge of the bleed: off by {far}")
            if self.options.marks:
                # White over the bleed and along the marks, and nothing dark is left.
                def cover(x0, y0, x1, y1):
                    pixels.paste((255, 255, 255), (int(x0) - 2, int(y0) - 2, math.ceil(x1) + 2, math.ceil(y1) + 2))
                trim = [v * dpi / 72 for v in page.boxes["trim"]]
                cover(x0, y0, x1, y1)
                for x in (trim[0], trim[2]):
                    cover(x, 2, x, pixels.height)
                for y in (trim[1], trim[3]):
                    cover(2, y, pixels.width, y)
                darkest = min(low for low, _ in pixels.getextrema())
                self.expect(darkest > 200, f"page {number}: something but crop marks beyond the bleed")

    # Address side

    def bars(self):
        """The bars of the Intelligent Mail barcode as drawn, from the left; None where there is none."""
        codes = [rects for color, rects in self.pages[1].shapes if len(rects) == 65 and max(color) == 0]
        if self.options.mailer is None:
            self.expect(not codes, "an Intelligent Mail barcode")
            return None
        if self.options.routed_only and not (self.record["customer"].get("postal") or {}).get("imb_routing"):
            self.expect(not codes, "a barcode of the post without a routing code")
            return None
        self.expect(len(codes) == 1, f"{len(codes)} Intelligent Mail barcodes")
        return sorted(codes[0]) if codes else None

    def mail(self, bars):
        inches = [tuple(v / INCH for v in b) for b in bars]
        pitches = [b[0] - a[0] for a, b in zip(inches, inches[1:])]
        # Places are drawn in thousandths of a point.
        self.expect(max(pitches) - min(pitches) < 0.0002 and 20 <= 1 / pitches[0] <= 24, f"{1 / pitches[0]:.2f} bars an inch")
        top, bottom = min(b[1] for b in inches), max(b[3] for b in inches)
        self.expect(0.125 <= bottom - top <= 0.165, f"full bars of {bottom - top:.4f} in")
        letters = ""
        for x0, y0, x1, y1 in inches:
            self.expect(0.015 <= x1 - x0 <= 0.025, f"a bar {x1 - x0:.4f} in wide")
            up, down = y0 - top < 0.01, bottom - y1 < 0.01
            letters += "TADF"[up + 2 * down]
            low, high = ((0.039, 0.057), (0.082, 0.111), (0.082, 0.111), (0.125, 0.165))[up + 2 * down]
            self.expect(low <= y1 - y0 <= high, f"a bar of state {letters[-1]} {y1 - y0:.4f} in high")
        fields = imb.decode(letters)
        postal = self.record["customer"].get("postal") or {}
        digits = 15 - len(self.options.mailer)
        wanted = {
            "barcode-id": "00", "service-type": self.options.service, "mailer-id": self.options.mailer,
            "serial": f"{self.piece['card']['rank'] % 10 ** digits:0{digits}d}", "routing": postal.get("imb_routing") or ""}
        self.expect(fields == wanted, f"the barcode says {fields}, expected {wanted}")
        # White round it, and how far the address is.
        code = union(bars)
        clear = code[0] - 0.125 * INCH, code[1] - 0.028 * INCH, code[2] + 0.125 * INCH, code[3] + 0.028 * INCH
        near = [r for r in self.pages[1].ink if touches(r, clear, 0.01) and not inside(r, code)]
        self.expect(not near, f"{len(near)} marks in the clear zone of the barcode")
        below = min((r[1] for _, r in self.pages[1].glyphs if r[1] >= code[3] and touches((r[0], 0, r[2], 1), (code[0], 0, code[2], 1))), default=None)
        self.expect(below is not None and below - code[3] <= 0.625 * INCH, "the barcode stands more than 5/8 in from the address")

    def areas(self, bars):
        """Nothing but the address in the read area, nothing where it is to stay white, wherever the knife falls."""
        page, shift = self.pages[1], self.options.shift
        trim = page.boxes["trim"]
        width, height = trim[2] - trim[0], trim[3] - trim[1]
        rules = AREAS[self.options.post]
        expected = letters(self.record["customer"]["name"] + "".join(self.record["customer"]["address"]))
        for dx, dy in itertools.product((-shift, 0, shift), repeat=2):
            def placed(name):
                x0, y0, x1, y1 = rules[name](width, height)
                return trim[0] + dx + x0, trim[1] + dy + y0, trim[0] + dx + x1, trim[1] + dy + y1
            where = f"with the cut at {dx / MM:+.1f}, {dy / MM:+.1f} mm"
            read = placed("read")
            within = [(text, r) for text, r in page.glyphs if touches(r, read)]
            found = letters("".join(text for text, _ in within))
            self.expect(found == expected, f"the read area holds {''.join(found)!r}, expected {''.join(expected)!r}, {where}")
            self.expect(all(inside(r, read) for _, r in within), f"the address leaves the read area {where}")
            for rect in bars or []:
                self.expect(inside(rect, read), f"the barcode leaves the read area {where}")
            others = [r for r in page.ink if touches(r, read)]
            self.expect(len(others) == len(bars or []) + len(within), f"{len(others)} marks in the read area {where}")
            if "white" in rules:
                marks = [r for r in page.ink if touches(r, placed("white"))]
                self.expect(not marks, f"{len(marks)} marks in the barcode zone {where}")
            if "franking" in rules:
                marks = "".join(text for text, r in page.glyphs if touches(r, placed("franking")))
                self.expect(letters(marks) == letters(self.options.franking), f"the franking zone holds {marks!r} {where}")

    def shifted(self):
        """The barcode read from pictures of the card as cut at the limits."""
        dpi, shift = 600, self.options.shift
        trim = self.pages[1].boxes["trim"]
        for dx, dy in ((-shift, -shift), (shift, shift)):
            box = [round((trim[0] + dx) * dpi / 72), round((trim[1] + dy) * dpi / 72)]
            box += [round((trim[2] - trim[0]) * dpi / 72), round((trim[3] - trim[1]) * dpi / 72)]
            bars, measures = imb.on_page(str(self.path), 2, dpi, [str(v) for v in box])
            fields = imb.decode(bars)
            self.expect(fields["mailer-id"] == self.options.mailer, f"as cut the barcode says {fields}")
            for name, value in measures.items():
                low, high = imb.BOUNDS.get(name, (0, 99))
                self.expect(low - 1 / dpi <= value <= high + 1 / dpi, f"as cut: {name} {value:.3f}")

    # Message side

    def message(self):
        read = subprocess.run(
            f"pdftoppm -r 200 -f 1 -l 1 -png '{self.path}' | zbarimg -q --raw -Sdisable -Sqrcode.enable -", shell=True, capture_output=True,
            text=True).stdout.split()
        self.expect(read == [self.options.open], f"the QR code says {read}")
        sides = [min(r[2] - r[0], r[3] - r[1]) for r in self.pages[0].images]
        self.expect(len(sides) == 1 and sides[0] >= 25 * MM - 0.05, f"the QR code is smaller than 25 mm: {sides}")
        said = run("pdftotext", self.path, "-").decode()
        totals = self.record["totals"]
        for secret in (self.record["account"], self.record["invoice"], totals["due"], totals["charges"]):
            # One of a figure or two is found in any date.
            self.expect(len(secret) < 5 or secret not in said, f"{secret!r} is on the card")


def letters(text):
    """What can be compared of a text: its letters and figures, sorted; shaped scripts by their figures and Latin letters alone."""
    plain = unicodedata.normalize("NFKC", text)
    shaped = any("HEBREW" in unicodedata.name(c, "") or "ARABIC" in unicodedata.name(c, "") for c in plain)
    kept = [c for c in plain if c.isalnum() and not (shaped and not c.isascii())]
    return sorted(c for c in kept if not ("HEBREW" in unicodedata.name(c, "") or "ARABIC" in unicodedata.name(c, "")))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("bills")
    parser.add_argument("--post", required=True, choices=sorted(AREAS))
    parser.add_argument("--bleed", type=length, required=True)
    parser.add_argument("--open", required=True)
    parser.add_argument("--edge", required=True, help="a colour and the edges it reaches, such as '#0B6E4F left,top'")
    parser.add_argument("--marks", action="store_true")
    parser.add_argument("--service")
    parser.add_argument("--mailer")
    parser.add_argument("--franking", default="")
    parser.add_argument("--routed-only", action="store_true", help="cards without a routing code have no barcode")
    parser.add_argument("--shift", type=length, default=INCH / 16)
    options = parser.parse_args()
    options.color, edges = options.edge.split()
    options.edges = edges.split(",")
    with open(options.bills, encoding="utf-8") as lines:
        records = dict(enumerate((json.loads(l) for l in lines if l.strip()), 1))
    with open(Path(options.out) / "manifest.jsonl", encoding="utf-8") as lines:
        pieces = [p for p in map(json.loads, lines) if p["kind"] == "postcard"]
    pieces.sort(key=lambda p: p["card"]["rank"])
    wrong = 0
    # Ranks count the cards by input and record, from 1.
    order = [(p["record"]["input"], p["record"]["number"]) for p in pieces]
    if [p["card"]["rank"] for p in pieces] != list(range(1, len(pieces) + 1)) or order != sorted(order):
        print(f"ranks {[p['card']['rank'] for p in pieces]} of records {order}")
        wrong += 1
    for piece in pieces:
        card = Card(options, piece, records[piece["record"]["number"]])
        card.sheet()
        bars = card.bars()
        if bars:
            card.mail(bars)
        card.areas(bars)
        card.message()
        if piece["card"]["rank"] == 1:
            card.colours()
            if bars:
                card.shifted()
        print(piece["account"], "; ".join(dict.fromkeys(card.faults)) or "ok")
        wrong += bool(card.faults)
    print(f"{len(pieces)} cards, {wrong} wrong")
    return 1 if wrong or not pieces else 0


if __name__ == "__main__":
    sys.exit(main())
