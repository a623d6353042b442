#!/usr/bin/env python3
"""Proves scan lines of payment slips by their check digits, by the published rules and with nothing of what makes the lines.

  scan_line.py luhn|mod10-731 LINE...     exit 1 if the last digit of a LINE does not prove the others; signs and spaces do not count
"""
import sys


def luhn(characters):
    """ISO/IEC 7812-1, annex B, letters by ISO 6166: as two digits, A as 10."""
    digits = "".join(str(int(c, 36)) for c in characters)
    total = 0
    for place, digit in enumerate(map(int, reversed(digits))):
        if place % 2 == 0:
            digit = digit * 2 - 9 if digit > 4 else digit * 2
        total += digit
    return -total % 10


def mod10_731(characters):
    """Weights 7, 3, 1 from the right: ABA routing numbers, Finnish references."""
    total = 0
    for place, digit in enumerate(map(int, reversed(characters))):
        total += digit * (7, 3, 1)[place % 3]
    return -total % 10


SCHEMES = {"luhn": luhn, "mod10-731": mod10_731}


def proves(scheme, line):
    counted = [c for c in line if c.isalnum()]
    return len(counted) > 1 and counted[-1].isdigit() and SCHEMES[scheme](counted[:-1]) == int(counted[-1])


if __name__ == "__main__":
    wrong = [line for line in sys.argv[2:] if not proves(sys.argv[1], line)]
    for line in wrong:
        print(f"{line}: the last digit does not prove the others")
    sys.exit(1 if wrong else 0)
