"""What stands on the pages of a PDF, read with mupdf's and poppler's programs: text, rules, panels, bars, codes and a picture.

Lengths are points, y runs down from the top left; pictures are taken at 100 dpi.
"""
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter
from functools import cached_property
from pathlib import Path

from PIL import Image, ImageFilter

MM = 72 / 25.4
DPI = 100
PX = DPI / 72
DESCENDERS = set("gjpqyQçşţ,;()[]{}|/§@")
NUMBER = re.compile(r"[\d.,'’ \u00a0\u202f]*\d")


def luminance(colour):
    """WCAG 2's relative luminance of (red, green, blue) from 0 to 1."""
    r, g, b = ((c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4) for c in colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    """WCAG 2's contrast ratio of two luminances."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


class Rect:
    def __init__(self, x0, y0, x1, y1):
        self.x0, self.y0, self.x1, self.y1 = x0, y0, x1, y1

    @staticmethod
    def around(rects):
        return Rect(min(r.x0 for r in rects), min(r.y0 for r in rects), max(r.x1 for r in rects), max(r.y1 for r in rects))

    width = property(lambda self: self.x1 - self.x0)
    height = property(lambda self: self.y1 - self.y0)
    area = property(lambda self: self.width * self.height)
    middle = property(lambda self: ((self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2))

    def holds(self, point):
        return self.x0 <= point[0] <= self.x1 and self.y0 <= point[1] <= self.y1

    def contains(self, other):
        return self.x0 <= other.x0 and self.y0 <= other.y0 and self.x1 >= other.x1 and self.y1 >= other.y1

    def touches(self, other):
        return self.x0 < other.x1 and self.x1 > other.x0 and self.y0 < other.y1 and self.y1 > other.y0

    def __repr__(self):
        return f"{self.x0 / MM:.1f},{self.y0 / MM:.1f} {self.width / MM:.1f}x{self.height / MM:.1f} mm"


class Line:
    """A piece of text on one baseline with no hole wider than a letter in it."""

    def __init__(self, chars):
        self.chars = chars
        self.text = "".join(c["c"] for c in chars).strip()
        shown = [c for c in chars if c["c"].strip()] or chars
        weights = Counter()
        for c in shown:
            weights[(c["size"], c["font"], c["colour"])] += 1
        (self.size, self.font, self.colour), _ = weights.most_common(1)[0]
        self.sizes = Counter(c["size"] for c in shown)
        self.baseline = shown[0]["y"]
        self.rect = Rect(shown[0]["x0"], self.baseline - 0.75 * self.size, shown[-1]["x1"], self.baseline + 0.2 * self.size)
        deep = 0.2 if DESCENDERS & set(self.text) else 0.0
        self.ink = Rect(self.rect.x0, self.baseline - 0.73 * self.size, self.rect.x1, self.baseline + deep * self.size)

    is_bold = property(lambda self: any(w in self.font for w in ("Bold", "Semi", "Black")))

    @cached_property
    def decimal_x(self):
        """Where the decimal point of an amount stands, or None."""
        marks = [c for c in self.chars if c["c"] in ".,"]
        if not marks or not re.search(r"[.,]\d{2}\D*$", self.text):
            return None
        return marks[-1]["x0"]

    @cached_property
    def digit_spread(self):
        """By how many em the advances of the digits differ."""
        steps = [(b["x0"] - a["x0"]) / a["size"] for a, b in zip(self.chars, self.chars[1:]) if a["c"].isdigit() and b["c"].isdigit()]
        return max(steps) - min(steps) if steps else 0


class Shape:
    """A filled or stroked path: its bounds without the stroke, colour, and width of the stroke (0 for a fill)."""

    def __init__(self, rect, colour, stroke, dashed, paths, is_box):
        self.rect, self.colour, self.stroke, self.dashed, self.paths, self.is_box = rect, colour, stroke, dashed, paths, is_box


class Rule:
    def __init__(self, rect, thickness, colour, is_outline=False):
        self.rect, self.thickness, self.colour, self.is_outline = rect, thickness, colour, is_outline
        self.is_vertical = rect.height > rect.width


class Bar:
    def __init__(self, rect, visible):
        self.rect, self.visible = rect, visible


class Page:
    def __init__(self, width, height, chars, shapes, images, picture):
        self.width, self.height, self.picture, self.shapes = width, height, picture, shapes
        self.lines = sorted(make_lines(chars), key=lambda l: (l.baseline, l.rect.x0))
        self.segments = self.lines
        self.codes = images + [s.rect for s in shapes if s.paths >= 30 and s.stroke == 0]
        self.panels = [
            s for s in shapes
            if s.stroke == 0 and s.rect.width > 60 and s.rect.height > 30 and min(s.colour) < 0.98 and s.rect.area < 0.9 * width * height
        ]
        self.rules, self.dashes = [], []
        for s in shapes:
            short, long = sorted((s.rect.width, s.rect.height))
            if s.stroke == 0 and s.is_box and short <= 1.6 and long >= 15:
                self.rules.append(Rule(s.rect, short, s.colour))
            elif s.stroke and s.dashed and short < 1:
                self.dashes.append(s.rect)
                self.rules.append(Rule(s.rect, s.stroke, s.colour))
            elif s.stroke and short < 0.01 and long >= 15:
                self.rules.append(Rule(s.rect, s.stroke, s.colour))
            elif s.stroke and s.is_box and long >= 15:
                self.rules.append(Rule(s.rect, s.stroke, s.colour, is_outline=True))

    # Text

    @cached_property
    def running(self):
        """Lines of running text: none beside them but others as long, as in columns."""
        found = []
        for l in self.lines:
            beside = [o for o in self.lines if o is not l and abs(o.baseline - l.baseline) < 0.6]
            if all(len(o.text) >= 20 or o.rect.x0 - l.rect.x1 > 100 or l.rect.x0 - o.rect.x1 > 100 for o in beside):
                found.append(l)
        return found

    @cached_property
    def consecutive(self):
        """Pairs of lines of one paragraph: of one face, size and edge, the first so full that the second's first word had no room."""
        groups = {}
        for l in self.running:
            groups.setdefault((round(l.rect.x0), l.size, l.font), []).append(l)
        pairs = []
        for lines in groups.values():
            lines.sort(key=lambda l: l.baseline)
            steps = [b.baseline - a.baseline for a, b in zip(lines, lines[1:])]
            # What stands further apart than lines usually do here are paragraphs.
            usual = min((s for s in steps if s > 0.9 * lines[0].size), default=0) * 1.12
            for a, b in zip(lines, lines[1:]):
                step = b.baseline - a.baseline
                near = [l.rect.x1 for l in lines if abs(l.baseline - a.baseline) < 8 * a.size]
                word = b.text.split(" ")[0]
                if 0.9 * a.size < step < min(1.9 * a.size, usual) and a.rect.x1 + (len(word) + 1) * 0.5 * a.size > max(near) + 1 and len(a.text) > 15 and len(word) < len(b.text):
                    pairs.append((a, b))
        return pairs

    @cached_property
    def headings(self):
        """Headings of sections outside panels, with the free space above and below: from baseline, rule or panel to the tops of capitals."""
        sizes = Counter()
        for l in self.lines:
            sizes[l.size] += len(l.text)
        usual = sizes.most_common(1)[0][0]
        found = []
        for l in self.lines:
            if not (l.is_bold and 1.1 * usual < l.size <= 16) or any(p.rect.holds(l.rect.middle) for p in self.panels):
                continue
            if any(o is not l and abs(o.baseline - l.baseline) < 0.6 and abs(o.rect.x0 - l.rect.x1) < 25 for o in self.lines):
                continue
            row = " ".join(o.text for o in self.lines if abs(o.baseline - l.baseline) < 0.6)
            if not any(c.isalpha() for c in l.text) or re.search(r"\d[.,]\d\d", row):
                continue
            across = lambda r: r.x0 < l.rect.x1 and r.x1 > l.rect.x0
            lower = [o for o in self.lines if o.baseline > l.baseline + 1 and across(o.rect)]
            upper = [o for o in self.lines if o.baseline < l.baseline - 1 and across(o.rect)]
            if any(o.font == l.font and o.size == l.size and abs(o.baseline - l.baseline) < 1.6 * l.size for o in lower + upper):
                # A heading of two lines: measured by what is above its first and below its last.
                same = [o for o in lower + upper if o.font == l.font and o.size == l.size and abs(o.baseline - l.baseline) < 1.6 * l.size]
                if min(o.baseline for o in same) < l.baseline:
                    continue
                last = max(same, key=lambda o: o.baseline)
            else:
                last = l
            solid = [r.rect for r in self.rules] + [p.rect for p in self.panels] + self.codes
            tops = [o.ink.y0 for o in lower if o.baseline > last.baseline + 1] + [r.y0 for r in solid if r.y0 > last.baseline and across(r)]
            ends = [o.baseline for o in upper] + [r.y1 for r in solid if r.y1 < l.ink.y0 and across(r)]
            if not tops or not ends or max(ends) < 24 * MM:
                continue
            found.append((l, l.ink.y0 - max(ends), min(tops) - last.baseline))
        return found

    def body(self, pages):
        """Lines between the head and the foot of a following page."""
        count = len(pages)
        number = pages.index(self) + 1
        marks = [l for l in self.lines if re.search(rf"\b{number}\b\D{{1,6}}\b{count}\b", l.text) and l.baseline > self.height * 0.8]
        foot = min((l.ink.y0 for l in marks), default=self.height - 12 * MM)
        return [l for l in self.lines if l.baseline > 24 * MM and l.ink.y1 < foot - 1]

    # Colours

    def crop(self, rect, grow=0.0):
        box = [(rect.x0 - grow) * PX, (rect.y0 - grow) * PX, (rect.x1 + grow) * PX, (rect.y1 + grow) * PX]
        w, h = self.picture.size
        left, top = max(0, min(w - 1, int(box[0]))), max(0, min(h - 1, int(box[1])))
        return self.picture.crop((left, top, max(left + 1, min(w, round(box[2]))), max(top + 1, min(h, round(box[3])))))

    def background(self, rect):
        """Luminance of the commonest colour behind and around a text."""
        piece = self.crop(rect, 1)
        colours = piece.getcolors(piece.size[0] * piece.size[1])
        return luminance([c / 255 for c in max(colours)[1]])

    def contrast_of(self, line):
        return contrast(luminance(line.colour), self.background(line.rect))

    def edge_contrast(self, panel):
        """The strongest contrast to paper of a bar of 3 points or an outline of 0.75 along one side of a panel."""
        best = contrast(1, luminance(next(p.colour for p in self.panels if p.rect is panel)))
        for s in self.shapes:
            near = Rect(panel.x0 - 6, panel.y0 - 6, panel.x1 + 6, panel.y1 + 6)
            if not near.contains(s.rect) or s.rect.area > 0.5 * panel.area and not s.stroke:
                continue
            short, long = sorted((s.rect.width, s.rect.height))
            is_bar = s.stroke == 0 and short >= 2.95 and long >= 0.8 * min(panel.width, panel.height)
            is_outline = s.stroke >= 0.74 and s.is_box and s.rect.area > 0.8 * panel.area
            if is_bar or is_outline:
                best = max(best, contrast(1, luminance(s.colour)))
        return best

    def bars(self):
        """Bars of a chart: at least four filled boxes of one width on one line; how far fill or outline is from paper."""
        boxes = [s for s in self.shapes if s.stroke == 0 and s.is_box and s.rect.width >= 4 and s.rect.height >= 0.5 and s.paths == 1]
        outlines = [s for s in self.shapes if s.stroke and s.is_box]
        found = []
        for key, count in Counter((round(b.rect.y1, 1), round(b.rect.width, 1)) for b in boxes).items():
            if count < 4:
                continue
            for b in boxes:
                if (round(b.rect.y1, 1), round(b.rect.width, 1)) != key:
                    continue
                around = [contrast(1, luminance(o.colour)) for o in outlines if abs(o.rect.x0 - b.rect.x0) < 2 and abs(o.rect.y0 - b.rect.y0) < 2]
                found.append(Bar(b.rect, max([contrast(1, luminance(b.colour))] + around)))
        return found

    def tints(self):
        """Shares of the page that are tinted and in solid colour, and the arc of hues in degrees that 97 % of the colour lies in."""
        import colorsys
        w, h = self.picture.size
        tint = solid = 0
        hues = Counter()
        for count, (r, g, b) in self.picture.getcolors(w * h):
            if min(r, g, b) >= 250:
                continue
            light, chroma = luminance((r / 255, g / 255, b / 255)), max(r, g, b) - min(r, g, b)
            if light >= 0.5:
                tint += count
            elif chroma >= 30:
                solid += count
            if chroma >= 30:
                hues[int(colorsys.rgb_to_hsv(r / 255, g / 255, b / 255)[0] * 360)] += count
        total, arc = sum(hues.values()), 0
        if total:
            degrees = sorted(hues)
            arc = 360
            for start in degrees:
                reached = 0
                for step in range(360):
                    reached += hues[(start + step) % 360]
                    if reached >= 0.97 * total:
                        arc = min(arc, step)
                        break
        return tint / (w * h), solid / (w * h), arc

    @cached_property
    def squinted(self):
        return self.picture.convert("L").filter(ImageFilter.GaussianBlur(8))

    def blurred(self, line):
        """How dark a text is against what is around it once the page is blurred by 8 px, 0 to 255."""
        box = [int(v * PX) for v in (line.rect.x0, line.rect.y0, line.rect.x1, line.rect.y1)]
        piece = self.squinted.crop((box[0], box[1], max(box[2], box[0] + 1), max(box[3], box[1] + 1)))
        behind = self.background(line.rect)
        around = 255 * ((1.055 * behind ** (1 / 2.4) - 0.055) if behind > 0.0031 else 0)
        return max(0, around - piece.getextrema()[0])


def make_lines(chars):
    rows = {}
    for c in chars:
        rows.setdefault(round(c["y"] * 2), []).append(c)
    merged, last = [], None
    for key in sorted(rows):
        if last is not None and key - last == 1 and abs(rows[key][0]["y"] - merged[-1][0]["y"]) < 0.3:
            merged[-1] += rows[key]
        else:
            merged.append(rows[key])
        last = key
    for row in merged:
        row.sort(key=lambda c: c["x0"])
        part, solid = [], None
        for c in row:
            is_solid = bool(c["c"].strip())
            if solid and is_solid and c["x0"] - solid["x1"] > 0.75 * max(c["size"], solid["size"]):
                yield Line(part)
                part = []
            part.append(c)
            if is_solid:
                solid = c
        if solid:
            yield Line(part)


def read_text(path):
    """Pages as (width, height, characters)."""
    raw = subprocess.run(["mutool", "draw", "-q", "-F", "stext", str(path)], capture_output=True, check=True).stdout
    for page in ElementTree.fromstring(raw).iter("page"):
        chars = []
        for line in page.iter("line"):
            if abs(float(line.get("dir", "1 0").split()[1])) > 0.01:
                continue
            for font in line.iter("font"):
                name = font.get("name").split("+")[-1]
                for c in font.iter("char"):
                    quad = [float(v) for v in c.get("quad").split()]
                    colour = c.get("color", "#000000").lstrip("#")
                    chars.append({
                        "c": c.get("c"), "x0": quad[0], "x1": quad[2], "y": float(c.get("y")), "font": name,
                        "size": round(float(font.get("size")) * 2) / 2, "colour": tuple(int(colour[i:i + 2], 16) / 255 for i in (0, 2, 4)),
                    })
        yield float(page.get("width")), float(page.get("height")), chars


def read_shapes(path):
    """Shapes and codes of each page. Programs that run page by page and write XML of their own are read tag by tag."""
    raw = subprocess.run(["mutool", "trace", str(path), "1-N"], capture_output=True, check=True).stdout.decode("utf-8", "replace")
    page = None
    state = None
    for found in re.finditer(r"<(/?)([a-z_]+)([^<>]*?)(/?)>", raw):
        closes, name, rest = found.group(1), found.group(2), found.group(3)
        if name == "page":
            if closes:
                yield page
            else:
                page = ([], [])
            continue
        values = dict(re.findall(r'([a-z0-9_]+)="([^"]*)"', rest))
        if name in ("fill_image_mask", "fill_image") and not closes:
            a, b, c, d, e, f = map(float, values["transform"].split())
            xs, ys = [e, e + a, e + c, e + a + c], [f, f + b, f + d, f + b + d]
            page[1].append(Rect(min(xs), min(ys), max(xs), max(ys)))
        elif name in ("fill_path", "stroke_path"):
            if closes:
                add_shape(page[0], state)
                state = None
            else:
                state = {"name": name, "values": values, "points": [], "moves": 0, "curves": 0, "pending": None}
        elif state is not None:
            if name == "moveto":
                state["pending"] = (float(values["x"]), float(values["y"]))
            elif name in ("lineto", "curveto"):
                if state["pending"]:
                    state["points"].append(state["pending"])
                    state["moves"] += 1
                    state["pending"] = None
                if name == "lineto":
                    state["points"].append((float(values["x"]), float(values["y"])))
                else:
                    state["curves"] += 1
                    state["points"] += [(float(values[f"x{i}"]), float(values[f"y{i}"])) for i in (1, 2, 3)]
            elif name == "dash_phase" or name == "dash":
                state["dashed"] = True


def add_shape(shapes, state):
    values = state["values"]
    if not state["points"]:
        return
    a, b, c, d, e, f = map(float, values["transform"].split())
    points = [(a * x + c * y + e, b * x + d * y + f) for x, y in state["points"]]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    colour = tuple(float(v) for v in values.get("color", "0").split())
    colour = colour * 3 if len(colour) == 1 else colour
    stroke = float(values.get("linewidth", 0)) * abs(a or b) if state["name"] == "stroke_path" else 0
    corners = {(round(x, 2), round(y, 2)) for x, y in points}
    is_box = state["moves"] == 1 and state["curves"] == 0 and len({x for x, _ in corners}) == 2 and len({y for _, y in corners}) == 2
    dashed = state.get("dashed", False) or bool(values.get("dash", "").strip())
    shapes.append(Shape(Rect(min(xs), min(ys), max(xs), max(ys)), colour, stroke, dashed, state["moves"], is_box))


def read_pages(path):
    """All pages of a PDF."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(DPI), str(path), f"{folder}/p"], capture_output=True, check=True)
        pictures = sorted(Path(folder).iterdir(), key=lambda p: int(re.search(r"(\d+)\.ppm$", p.name).group(1)))
        loaded = []
        for p in pictures:
            with Image.open(p) as opened:
                loaded.append(opened.convert("RGB"))
    return [
        Page(width, height, chars, shapes, images, picture)
        for (width, height, chars), (shapes, images), picture in zip(read_text(path), read_shapes(path), loaded, strict=True)
    ]
