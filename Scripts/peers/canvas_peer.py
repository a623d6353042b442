"""The statement drawn straight onto ReportLab's canvas: no layout engine. Every place is a number in this file, the fixed texts are broken into lines
once before the first statement, and the table breaks where this file says."""
import io
import json

from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit

import reportlab_page as page
from reportlab_page import BLACK, BOLD, BRAND, GREY, HEIGHT, ITALIC, LEFT, LINE, REGULAR, RIGHT, TINT, Lines

COLUMNS = (LEFT, LEFT + 15 * mm + 3 * mm, RIGHT - 24 * mm - 22 * mm - 6 * mm, RIGHT - 24 * mm - 3 * mm, RIGHT)
ON_FIRST = 19


def table(canvas, top, header, rows, strong):
    """Header, rows and rules; where the next row would begin."""
    lines = Lines(canvas)
    lines.style(BOLD, 9)
    for place, label in enumerate(header):
        (lines.left if place < 2 else lines.right)(COLUMNS[place], top + 10, label)
    lines.style(REGULAR, 9)
    below = top + 14.75
    page.rule(canvas, LEFT, RIGHT, below - 0.4, 0.75, strong)
    for row in rows:
        if row is not rows[0]:
            page.rule(canvas, LEFT, RIGHT, below, 0.25, LINE)
        for place, cell in enumerate(row):
            (lines.left if place < 2 else lines.right)(COLUMNS[place], below + 10, cell)
        below += 14
    lines.draw()
    return below


def maker(texts, fonts):
    """What makes the PDF of a line of bills.jsonl."""
    page.register(fonts)
    t = page.with_known_signs(texts)
    header = [t[key] for key in ("date", "description", "quantity", "price", "amount")]
    body = simpleSplit(t["notice-body"], REGULAR, 9, RIGHT - LEFT - 4 - 8 * mm - 25 * mm)
    column = (RIGHT - LEFT - 6 * mm) / 2
    terms = [(term["number"], simpleSplit(term["text"], REGULAR, 8, column - 5 * mm)) for term in t["terms"]]
    half = (len(terms) + 1) // 2

    def make(line):
        r = page.with_known_signs(json.loads(line))
        target = io.BytesIO()
        canvas = page.canvas(target)
        page.letterhead(canvas, t, r)

        # The notice.
        top = 74 * mm
        height = 6 * mm + 16 + 3 + 12 * len(body) + 30
        canvas.setFillColor(TINT)
        canvas.rect(LEFT, HEIGHT - top - height, RIGHT - LEFT, height, stroke=0, fill=1)
        canvas.setFillColor(BRAND)
        canvas.rect(LEFT, HEIGHT - top - height, 4, height, stroke=0, fill=1)
        lines = Lines(canvas)
        x, down = LEFT + 4 + 4 * mm, top + 3 * mm
        lines.style(BOLD, 13, BRAND)
        lines.left(x, down + 12, t["notice-heading"])
        lines.style(REGULAR, 9)
        down += 16 + 3 + 9
        for part in body:
            lines.left(x, down, part)
            down += 12
        down += 3
        lines.left(x, down, t["url-label"] + " ")
        lines.style(BOLD, 9)
        lines.text.textOut(r["address_code"])
        lines.left(x, down + 15, t["notice-phone"])
        top += height

        # The chart and the charges of the first page.
        lines.style(BOLD, 11, BRAND)
        lines.left(LEFT, top + 4 * mm + 10.5, t["usage"])
        top += 4 * mm + 14
        page.chart(canvas, LEFT, top, RIGHT - LEFT, r["usage"])
        top += 26 * mm
        lines.left(LEFT, top + 4 * mm + 10.5, t["table"])
        lines.draw()
        table(canvas, top + 4 * mm + 14, header, r["lines"][:ON_FIRST], BRAND)
        page.footer(canvas, t, r["account"], 1, 2)
        canvas.showPage()

        # The rest of the charges and their total.
        top = table(canvas, 14 * mm, header, r["lines"][ON_FIRST:], BRAND)
        page.rule(canvas, LEFT, RIGHT, top, 0.75, BRAND)
        lines = Lines(canvas)
        lines.style(BOLD, 9)
        lines.left(LEFT, top + 10.5, t["total"])
        lines.right(RIGHT, top + 10.5, r["charges"])

        # The terms.
        top += 14 + 5 * mm
        lines.style(BOLD, 11, BRAND)
        lines.left(LEFT, top + 10.5, t["terms-heading"])
        lines.style(REGULAR, 8, BLACK)
        for x, some in ((LEFT, terms[:half]), (LEFT + column + 6 * mm, terms[half:])):
            down = top + 14 + 7.5
            for item, parts in some:
                lines.left(x, down, item)
                for part in parts:
                    lines.left(x + 5 * mm, down, part)
                    down += 10
                down += 4

        # The coupon.
        top = page.COUPON_TOP
        page.perforation(canvas, 0, page.WIDTH, top)
        top += 2 * mm
        lines.style(ITALIC, 8, GREY)
        lines.left(LEFT, top + 7.5, t["detach"])
        lines.left(LEFT, top + 10 + 4 * mm + 48 + 7.5, t["check"])
        top += 10 + 2 * mm + 9
        lines.style(BOLD, 9)
        lines.left(LEFT, top, t["payee"])
        x = RIGHT - 80 * mm
        lines.left(x, top + 24, t["amount-due"])
        lines.right(RIGHT, top + 24, r["due"])
        lines.style(REGULAR, 9)
        for place, key in enumerate(("payee-department", "payee-street", "payee-town")):
            lines.left(LEFT, top + 12 * (place + 1), t[key])
        for place, label, value in ((0, t["account"], r["account"]), (1, t["due-date"], r["due_date"]), (3, t["enclosed"], "$ ____________")):
            lines.left(x, top + 12 * place, label)
            lines.right(RIGHT, top + 12 * place, value)
        lines.draw()
        page.footer(canvas, t, r["account"], 2, 2)
        canvas.showPage()
        canvas.save()
        return target.getvalue()

    return make
