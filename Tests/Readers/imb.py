#!/usr/bin/env python3
"""Reads Intelligent Mail barcodes (USPS-B-3200, revision H) back: from the letters A, D, F, T of their bars, or from a page.

It shares nothing with what makes them: the tables of characters are built by the specification's rules, the bits of the bars are those of its
bar-to-character table, and the check sequence is computed over the number that comes out.

  imb.py BARS                      prints barcode id, service type, mailer id, serial and routing, one in a line
  imb.py --page FILE.pdf [N]       the same for the code on page N (1) of a PDF, rendered at 600 dots an inch by pdftoppm,
                                   with the measures of the bars and their clear zone behind it
"""
import subprocess
import sys

# The bar-to-character table: of each bar from the left the character (A to J) and the bit that makes its descender, then those of its ascender.
BARS = """
H2E3 B10A0 J12C8 F5G11 I9D1 A1F12 C5B8 E4J11 G3I10 D9H6 F11B4 I5C12 J10A2 H1G7 D6E9 A3I6 G4C7 B1J9 H10F2 E0D8 G2A4 I11B0
J8D12 C6H7 F1E10 B12G9 H3I0 F8J7 E6C10 D4A5 I4F7 H11B9 G0J6 A6E8 C1D2 F9I12 E11G1 J5H4 D3B2 A7C0 B3E1 G10D5 I7J4 C11F6
A8H12 E2I1 F10D0 J3A9 G5C4 H8B7 F0E5 C3A10 G12J2 D11B6 I8H9 F4A11 B5C2 J1E12 I3G6 H0D7 E7H5 A12B11 C9J0 G8F3 D10I2
"""


class Unreadable(Exception):
    """What keeps bars from being a code."""


def characters(weight, size):
    """Section 2.2.5: the 13-bit characters with `weight` bits set, those with a mirror image first, in pairs, then the symmetric ones from the end."""
    table = [None] * size
    low, high = 0, size - 1
    for value in range(1 << 13):
        if bin(value).count("1") != weight:
            continue
        mirrored = int(format(value, "013b")[::-1], 2)
        if mirrored < value:
            continue
        if mirrored == value:
            table[high] = value
            high -= 1
        else:
            table[low], table[low + 1] = value, mirrored
            low += 2
    return table


CODEWORDS = {character: word for word, character in enumerate(characters(5, 1287) + characters(2, 78))}


def check_sequence(number):
    """2.2.2: eleven bits over the 102 bits of the number, most significant first."""
    remainder = 0x7FF
    for place in range(101, -1, -1):
        bit = (number >> place & 1) ^ (remainder >> 10)
        remainder = remainder << 1 & 0x7FF
        if bit:
            remainder ^= 0x735
    return remainder


def decode(bars):
    """The fields of 65 bars in the letters A, D, F and T; raises Unreadable."""
    bars = bars.strip()
    if len(bars) != 65 or set(bars) - set("ADFT"):
        raise Unreadable(f"not 65 bars of A, D, F and T: {bars!r}")
    table = BARS.split()
    bits = [0] * 10
    used = set()
    for bar, cell in zip(bars, table):
        split = next(i for i in range(1, len(cell)) if cell[i].isalpha())
        for part, shows in ((cell[:split], bar in "DF"), (cell[split:], bar in "AF")):
            used.add(part)
            bits[ord(part[0]) - 65] |= int(shows) << int(part[1:])
    assert len(used) == 130, "the table names each bit once"
    words, check = [], 0
    for place, character in enumerate(bits):
        if character not in CODEWORDS:
            # The bits of the check sequence invert whole characters.
            character ^= 0x1FFF
            check |= 1 << place
        if character not in CODEWORDS:
            raise Unreadable(f"character {place + 1} is none: {character:013b}")
        words.append(CODEWORDS[character])
    # 2.2.4: the last codeword is doubled, the first has the eleventh bit of the check sequence as 659 on top.
    if words[9] % 2:
        raise Unreadable("the last codeword is odd: upside down?")
    words[9] //= 2
    if words[0] >= 659:
        words[0] -= 659
        check |= 1 << 10
    number = words[0]
    for word in words[1:9]:
        number = number * 1365 + word
    number = number * 636 + words[9]
    if check_sequence(number) != check:
        raise Unreadable(f"check sequence {check:03x}, computed {check_sequence(number):03x}")
    # 2.2.1 backwards: 18 digits, the second digit of the barcode identifier (base 5), its first, then the routing code.
    number, rest = divmod(number, 10**18)
    number, second = divmod(number, 5)
    number, first = divmod(number, 10)
    for width, start in ((11, 10**9 + 10**5 + 1), (9, 10**5 + 1), (5, 1)):
        if number >= start:
            routing = f"{number - start:0{width}d}"
            break
    else:
        routing = ""
    tail = f"{rest:018d}"
    mailer = 9 if tail[3] == "9" else 6
    return {
        "barcode-id": f"{first}{second}", "service-type": tail[:3], "mailer-id": tail[3:3 + mailer], "serial": tail[3 + mailer:],
        "routing": routing}


def grey_map(bytes_):
    """Width, height and rows of a binary grey map."""
    magic, width, height, most = bytes_.split(None, 4)[:4]
    assert magic == b"P5" and most == b"255"
    width, height = int(width), int(height)
    data = bytes_[-width * height:]
    return width, height, [data[y * width:(y + 1) * width] for y in range(height)]


def on_page(path, page=1, dpi=600, box=None):
    """The bars on a page and their measures in inches: the only row of 65 bars of one width that stand equally apart."""
    command = ["pdftoppm", "-r", str(dpi), "-gray", "-f", str(page), "-l", str(page)]
    if box:
        command += ["-x", box[0], "-y", box[1], "-W", box[2], "-H", box[3]]
    width, height, rows = grey_map(subprocess.run(command + [path], check=True, capture_output=True).stdout)

    def runs(y):
        row = rows[y].translate(bytes(1 if v < 128 else 0 for v in range(256)))
        found, x = [], row.find(1)
        while x >= 0:
            end = row.find(0, x)
            end = width if end < 0 else end
            found.append((x, end))
            x = row.find(1, end)
        return found

    def is_code(bars):
        pitches = [b[0] - a[0] for a, b in zip(bars, bars[1:])]
        widths = [b - a for a, b in bars]
        return max(pitches) - min(pitches) <= 3 and max(widths) - min(widths) <= 3 and dpi / 26 < pitches[0] < dpi / 18

    code, y = None, 0
    # A tracker is 0.039 in high at least: every twentieth of a point is enough to meet it.
    for y in range(0, height, max(1, dpi // 100)):
        found = runs(y)
        for start in range(len(found) - 64):
            if is_code(found[start:start + 65]):
                code = found[start:start + 65]
                break
        if code:
            break
    if not code:
        raise Unreadable(f"no row of 65 bars on page {page} of {path}")
    middles = [(a + b) // 2 for a, b in code]
    extents = []
    for x in middles:
        column = [rows[v][x] < 128 for v in range(max(0, y - dpi // 3), min(height, y + dpi // 3))]
        place = y - max(0, y - dpi // 3)
        top = place
        while top > 0 and column[top - 1]:
            top -= 1
        bottom = place
        while bottom + 1 < len(column) and column[bottom + 1]:
            bottom += 1
        extents.append((top + max(0, y - dpi // 3), bottom + 1 + max(0, y - dpi // 3)))
    top, bottom = min(t for t, _ in extents), max(b for _, b in extents)
    high = dpi * 0.02
    letters = "".join(
        "TADF"[(t - top < high) + 2 * (bottom - b < high)] for t, b in extents)
    left, right = code[0][0], code[-1][1]

    def is_white(x0, y0, x1, y1):
        return all(v > 200 for row in rows[max(0, y0):y1] for v in row[max(0, x0):x1])

    def clear(step):
        """How far it is white from the code in one direction, up to half an inch; the dot at its edge may be half a bar's."""
        far = 0
        while far < dpi // 2 and step(far):
            far += 1
        return far / dpi

    trackers = [b - t for (t, b), s in zip(extents, letters) if s == "T"]
    measures = {
        "bars per inch": 64 * dpi / (code[-1][0] - code[0][0]), "bar width": max(b - a for a, b in code) / dpi,
        "full height": (bottom - top) / dpi, "tracker height": max(trackers) / dpi if trackers else 0,
        "width": (right - left) / dpi, "clear left": clear(lambda d: is_white(left - 2 - d, top, left - 1 - d, bottom)),
        "clear right": clear(lambda d: is_white(right + 1 + d, top, right + d + 2, bottom)),
        "clear above": clear(lambda d: is_white(left, top - 2 - d, right, top - 1 - d)),
        "clear below": clear(lambda d: is_white(left, bottom + 1 + d, right, bottom + d + 2)),
        "left": left / dpi, "top": top / dpi}
    return letters, measures


# What a printed code may measure, in inches.
BOUNDS = {
    "bars per inch": (20, 24), "bar width": (0.015, 0.025), "full height": (0.125, 0.165), "tracker height": (0.039, 0.057),
    "clear left": (0.125, 9), "clear right": (0.125, 9), "clear above": (0.028, 9), "clear below": (0.028, 9)}


def main(words):
    measures = {}
    if words[0] == "--page":
        bars, measures = on_page(words[1], int(words[2]) if len(words) > 2 else 1)
    else:
        bars = words[0]
    for name, value in decode(bars).items():
        print(f"{name}: {value}")
    wrong = 0
    for name, value in measures.items():
        low, high = BOUNDS.get(name, (0, 99))
        # A dot more or less is the printer's.
        fits = low - 1 / 600 <= value <= high + 1 / 600 if name != "bars per inch" else low <= value <= high
        wrong += not fits
        print(f"{name}: {value:.3f}{'' if fits else f' (expected {low} to {high})'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Unreadable as error:
        print(f"unreadable: {error}")
        sys.exit(2)
