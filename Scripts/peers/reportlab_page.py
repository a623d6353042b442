"""What ReportLab's two peers share: fonts, colours, and the parts that stand at places of their own, drawn onto a canvas.

Lengths are points, heights are counted from the top of the page. ReportLab embeds no OpenType font with CFF outlines, as Inter is one, so that
its statements are set in Noto Sans; that has no minus sign, and an en dash of the same width stands in for it.
"""
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 612, 792
LEFT, RIGHT = 18 * mm, 612 - 18 * mm
BRAND, TINT, GREY, LINE, BLACK = (HexColor(code) for code in ("#17457A", "#E8ECF2", "#4A4A4A", "#B5B5B5", "#000000"))
LIGHT = HexColor("#9BB8D9")
REGULAR, BOLD, ITALIC = "NotoSans", "NotoSans-Bold", "NotoSans-Italic"
# Where the coupon's perforation is, and where a footer's baseline is above it or above the margin.
COUPON_TOP = 664.5
FOOTER = {False: HEIGHT - 12 * mm - 3, True: COUPON_TOP - 14}


def register(fonts):
    """Makes the faces known."""
    for name, file in ((REGULAR, "Regular"), (BOLD, "Bold"), (ITALIC, "Italic")):
        pdfmetrics.registerFont(TTFont(name, str(fonts / "NotoSans" / f"NotoSans-{file}.ttf")))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)


def canvas(target, kind=Canvas, **more):
    """A canvas of a statement, compressed, without printing its binary parts as letters."""
    made = kind(target, pagesize=(WIDTH, HEIGHT), pageCompression=1, **more)
    made._useA85 = 0
    return made


def right(text, x, y, string, face, size):
    """Adds a string that ends at x to a text object whose face is set already."""
    text.setTextOrigin(x - pdfmetrics.stringWidth(string, face, size), y)
    text.textOut(string)


class Lines:
    """Text at places of its own, in one text object."""

    def __init__(self, canvas):
        self.canvas = canvas
        self.text = canvas.beginText()
        self.face = self.size = self.color = None

    def style(self, face, size, color=BLACK):
        if (face, size) != (self.face, self.size):
            self.text.setFont(face, size)
            self.face, self.size = face, size
        if color is not self.color:
            self.text.setFillColor(color)
            self.color = color

    def left(self, x, top, string):
        self.text.setTextOrigin(x, HEIGHT - top)
        self.text.textOut(string)

    def right(self, x, top, string):
        right(self.text, x, HEIGHT - top, string, self.face, self.size)

    def center(self, x, top, string):
        right(self.text, x + pdfmetrics.stringWidth(string, self.face, self.size) / 2, HEIGHT - top, string, self.face, self.size)

    def draw(self):
        self.canvas.drawText(self.text)


def rule(canvas, x, end, top, thickness, color):
    canvas.setStrokeColor(color)
    canvas.setLineWidth(thickness)
    canvas.line(x, HEIGHT - top, end, HEIGHT - top)


def letterhead(canvas, t, r):
    """Logo, sender, address and summary of the first page."""
    x, top = LEFT, 12 * mm
    for points, color in (((2, 34, 18, 4, 34, 34), BRAND), ((11, 34, 18, 20, 25, 34), LIGHT)):
        path = canvas.beginPath()
        path.moveTo(x + points[0], HEIGHT - top - points[1])
        path.lineTo(x + points[2], HEIGHT - top - points[3])
        path.lineTo(x + points[4], HEIGHT - top - points[5])
        path.close()
        canvas.setFillColor(color)
        canvas.drawPath(path, stroke=0, fill=1)
    lines = Lines(canvas)
    x += 16.7 * mm
    lines.style(BOLD, 16, BRAND)
    lines.left(x, top + 15, t["company"])
    lines.style(REGULAR, 8, GREY)
    for place, key in enumerate(("company-street", "company-town", "company-contact")):
        lines.left(x, top + 26.5 + 10 * place, t[key])
    lines.style(REGULAR, 9)
    for place, part in enumerate([r["name"], *r["address"]]):
        lines.left(25 * mm, 46 * mm + 9 + 12 * place, part)
    x, end = 116 * mm, 198 * mm
    lines.style(BOLD, 11, BRAND)
    lines.left(x, top + 10.5, t["title"])
    lines.style(REGULAR, 9)
    top += 14 + 9

    def rows(top, *keys):
        """Labels with their values; gives the next row's baseline."""
        for key in keys:
            lines.left(x, top, t[key])
            lines.right(end, top, r[key])
            top += 12
        return top

    top = rows(top, "account", "issued", "period")
    first_rule = top - 9 + 3
    top += 6.5
    top = rows(top, "previous", "payments", "charges")
    second_rule = top - 9 + 3
    top += 6.5
    lines.style(BOLD, 11)
    lines.left(x, top + 2, t["amount-due"])
    lines.right(end, top + 2, r["due"])
    lines.style(BOLD, 9)
    lines.left(x, top + 15, t["due-date"])
    lines.right(end, top + 15, r["due_date"])
    lines.draw()
    rule(canvas, x, end, first_rule, 0.5, LINE)
    rule(canvas, x, end, second_rule, 0.5, LINE)


def chart(canvas, x, top, width, usage):
    """Twelve bars, 26 mm high with their labels."""
    slot, height = width / len(usage), 26 * mm
    base, room = top + height - 12, height - 24
    lines = Lines(canvas)
    lines.style(REGULAR, 8, GREY)
    canvas.setStrokeColor(BRAND)
    canvas.setLineWidth(0.5)
    canvas.setFillColor(TINT)
    for place, (month, value, share) in enumerate(usage):
        if place + 1 == len(usage):
            canvas.setFillColor(BRAND)
        canvas.rect(x + slot * (place + 0.2), HEIGHT - base, slot * 0.6, room * share, stroke=1, fill=1)
        lines.center(x + slot * (place + 0.5), base - room * share - 3, value)
        lines.center(x + slot * (place + 0.5), base + 9, month)
    rule(canvas, x, x + width, base, 0.5, BLACK)
    lines.draw()


def footer(canvas, t, account, page, pages):
    """Account and page number."""
    lines = Lines(canvas)
    lines.style(REGULAR, 8, GREY)
    top = FOOTER[page == pages]
    lines.left(LEFT, top, f"{t['account']} {account}")
    lines.right(RIGHT, top, t["page-of"].replace("{page}", str(page)).replace("{pages}", str(pages)))
    lines.draw()


def perforation(canvas, x, end, top):
    canvas.saveState()
    canvas.setDash(3, 3)
    rule(canvas, x, end, top, 0.5, GREY)
    canvas.restoreState()


def with_known_signs(value):
    """The value with an en dash where a minus sign is, which Noto Sans does not have."""
    if isinstance(value, str):
        return value.replace("\u2212", "\u2013")
    if isinstance(value, list):
        return [with_known_signs(one) for one in value]
    if isinstance(value, dict):
        return {key: with_known_signs(one) for key, one in value.items()}
    return value
