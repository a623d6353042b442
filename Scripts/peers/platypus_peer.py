"""The statement laid out by ReportLab's platypus: paragraphs, tables and balanced columns flow into frames and break over pages; only the letterhead
and the chart's bars are drawn at places of their own. Cells of the table are plain strings, which is the fastest platypus has."""
import io
import json

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BalancedColumns, BaseDocTemplate, CondPageBreak, Flowable, Frame, NextPageTemplate, PageTemplate, Paragraph, Spacer, Table
from reportlab.platypus.flowables import TopPadder
from xml.sax.saxutils import escape

import reportlab_page as page
from reportlab_page import BLACK, BOLD, BRAND, GREY, HEIGHT, ITALIC, LEFT, LINE, REGULAR, RIGHT, TINT, WIDTH

ROOM = RIGHT - LEFT
PLAIN = [("FONT", (0, 0), (-1, -1), REGULAR, 9, 12), ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0)]


class Numbered(Canvas):
    """A canvas that draws footers when it knows how many pages there are."""

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        self.kept = []

    def showPage(self):
        self.kept.append(dict(self.__dict__))
        self._startPage()

    def save(self):
        for place, state in enumerate(self.kept):
            self.__dict__.update(state)
            page.footer(self, *self.footing, place + 1, len(self.kept))
            super().showPage()
        super().save()


class Chart(Flowable):
    def __init__(self, usage):
        super().__init__()
        self.usage = usage

    def wrap(self, width, height):
        self.width, self.height = width, 26 * mm
        return self.width, self.height

    def draw(self):
        page.chart(self.canv, 0, HEIGHT - self.height, self.width, self.usage)


class Perforation(Flowable):
    def wrap(self, width, height):
        return width, 0

    def draw(self):
        page.perforation(self.canv, -LEFT, WIDTH - LEFT, HEIGHT)


def styles():
    body = ParagraphStyle("body", fontName=REGULAR, fontSize=9, leading=12, textColor=BLACK)
    small = ParagraphStyle("small", body, fontSize=8, leading=10, textColor=GREY, fontName=ITALIC)
    return {
        "body": body, "small": small, "bold": ParagraphStyle("bold", body, fontName=BOLD, spaceBefore=1 * mm),
        "spaced": ParagraphStyle("spaced", body, spaceBefore=1 * mm),
        "notice": ParagraphStyle("notice", body, fontName=BOLD, fontSize=13, leading=16, textColor=BRAND),
        "section": ParagraphStyle("section", body, fontName=BOLD, fontSize=11, leading=14, textColor=BRAND, spaceBefore=4 * mm),
        "term": ParagraphStyle("term", body, fontSize=8, leading=10, leftIndent=5 * mm, bulletFontName=REGULAR, bulletFontSize=8, spaceAfter=4),
    }


def maker(texts, fonts):
    """What makes the PDF of a line of bills.jsonl."""
    page.register(fonts)
    t = page.with_known_signs(texts)
    style = styles()
    header = [t[key] for key in ("date", "description", "quantity", "price", "amount")]
    charges_style = PLAIN + [
        ("FONT", (0, 0), (-1, 0), BOLD, 9, 12), ("FONT", (0, -1), (-1, -1), BOLD, 9, 12), ("ALIGN", (2, 0), (-1, -1), "RIGHT"),
        ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1), ("SPAN", (0, -1), (3, -1)),
        ("LINEBELOW", (0, 0), (-1, 0), 0.75, BRAND), ("LINEABOVE", (0, -1), (-1, -1), 0.75, BRAND), ("LINEBELOW", (0, 1), (-1, -3), 0.25, LINE),
    ]
    coupon_style = PLAIN + [
        ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0), ("ALIGN", (2, 0), (2, -1), "RIGHT"),
        ("FONT", (0, 2), (0, 2), BOLD, 9, 12), ("FONT", (1, 4), (2, 4), BOLD, 9, 12),
    ]
    notice_style = PLAIN + [
        ("BACKGROUND", (0, 0), (0, -1), BRAND), ("BACKGROUND", (1, 0), (-1, -1), TINT), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (1, 0), (1, -1), 4 * mm), ("RIGHTPADDING", (-1, 0), (-1, -1), 4 * mm), ("TOPPADDING", (0, 0), (-1, -1), 3 * mm),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3 * mm),
    ]

    def make(line):
        r = page.with_known_signs(json.loads(line))
        target = io.BytesIO()

        def first(canvas, document):
            canvas.footing = (t, r["account"])
            page.letterhead(canvas, t, r)

        def framed(top):
            bottom = 12 * mm + 13
            return [Frame(LEFT, bottom, ROOM, HEIGHT - top - bottom, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0, id="body")]

        document = BaseDocTemplate(target, pagesize=(WIDTH, HEIGHT), pageCompression=1)
        document.addPageTemplates([PageTemplate("first", framed(74 * mm), onPage=first), PageTemplate("next", framed(14 * mm))])
        said = [
            Paragraph(escape(t["notice-heading"]), style["notice"]), Paragraph(escape(t["notice-body"]), style["spaced"]),
            Paragraph(f"{escape(t['url-label'])} <b>{escape(r['address_code'])}</b>", style["spaced"]),
            Paragraph(escape(t["notice-phone"]), style["bold"]),
        ]
        rows = [header, *r["lines"], [t["total"], "", "", "", r["charges"]]]
        document.build(
            [
                NextPageTemplate("next"),
                Table([["", said, ""]], colWidths=[4, ROOM - 29 * mm - 4, 29 * mm], style=notice_style),
                CondPageBreak(40 * mm),
                Paragraph(escape(t["usage"]), style["section"]),
                Chart(r["usage"]),
                CondPageBreak(20 * mm),
                Paragraph(escape(t["table"]), style["section"]),
                Table(rows, colWidths=[18 * mm, ROOM - 88 * mm, 18 * mm, 25 * mm, 27 * mm], style=charges_style, repeatRows=1),
                Spacer(0, 1 * mm),
                CondPageBreak(20 * mm),
                Paragraph(escape(t["terms-heading"]), style["section"]),
                BalancedColumns(
                    [Paragraph(escape(term["text"]), style["term"], bulletText=term["number"] or None) for term in t["terms"]], nCols=2,
                    innerPadding=6 * mm),
                TopPadder(Table([
                    [Perforation(), "", ""],
                    [Paragraph(escape(t["detach"]), style["small"]), "", ""],
                    [t["payee"], t["account"], r["account"]],
                    [t["payee-department"], t["due-date"], r["due_date"]],
                    [t["payee-street"], t["amount-due"], r["due"]],
                    [t["payee-town"], t["enclosed"], "$ ____________"],
                    [Paragraph(escape(t["check"]), style["small"]), "", ""],
                ], colWidths=[ROOM - 80 * mm, 40 * mm, 40 * mm], rowHeights=[2 * mm, 10 + 2 * mm, 12, 12, 12, 12, 10 + 2 * mm],
                    style=coupon_style + [("SPAN", (0, 1), (2, 1)), ("SPAN", (0, 6), (2, 6)), ("VALIGN", (0, 1), (2, 1), "TOP")])),
            ],
            canvasmaker=lambda name, **more: page.canvas(name, Numbered, **{key: more[key] for key in ("invariant", "lang") if key in more}),
        )
        return target.getvalue()

    return make
