#!/usr/bin/env python3
"""Looks at pages for what no bill may have: words beyond the sheet, and words that lie upon others, those of the foot among them.

  odd_pages.py FILE.pdf|FOLDER...      exit 1 if anything is found; prints how many pages were looked at
"""
import html
import pathlib
import re
import subprocess
import sys

PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)
WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


def words(path):
    """Of each page its size and words: box and text."""
    text = subprocess.run(["pdftotext", "-bbox", str(path), "-"], check=True, capture_output=True).stdout.decode("utf-8", "replace")
    for width, height, body in PAGE.findall(text):
        yield float(width), float(height), [(*map(float, found[:4]), html.unescape(found[4])) for found in WORD.findall(body)]


def overlaps(boxes):
    """Pairs of words that share a good part of the smaller one. The ink is some 70 hundredths of a box's height."""
    shrunk = []
    for x0, y0, x1, y1, text in boxes:
        inset = (y1 - y0) * 0.18
        shrunk.append((x0 + 0.3, y0 + inset, x1 - 0.3, y1 - inset, text))
    shrunk.sort(key=lambda box: box[1])
    for place, a in enumerate(shrunk):
        for b in shrunk[place + 1:]:
            if b[1] >= a[3]:
                break
            wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
            least = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
            if wide > 0 and high > 0 and least > 0 and wide * high > 0.2 * least:
                yield a[4], b[4], a[1]


def main(paths):
    pages = faults = 0
    files = [f for p in map(pathlib.Path, paths) for f in (sorted(p.rglob("*.pdf")) if p.is_dir() else [p])]
    for path in files:
        for number, (width, height, boxes) in enumerate(words(path), 1):
            pages += 1
            found = [f"'{t}' beyond the sheet" for x0, y0, x1, y1, t in boxes if x0 < -0.5 or y0 < -0.5 or x1 > width + 0.5 or y1 > height + 0.5]
            # The word that marks a specimen lies across everything, as it should.
            plain = [box for box in boxes if box[3] - box[1] < 60]
            found += [f"'{a}' upon '{b}' at {y:.0f} pt" for a, b, y in overlaps(plain)]
            for fault in found[:5]:
                print(f"{path.name}, page {number}: {fault}")
            faults += len(found)
    print(f"{len(files)} files, {pages} pages, {faults} faults")
    return 1 if faults or not pages else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
