"""Conditions of an audience's rules, read and decided by themselves: `or`, `and`, `not`, comparisons by word, dots, the filters `default` and
`count`, texts in single quotes, numbers and `true`/`false`."""

import decimal
import re

TOKEN = re.compile(r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|'(?P<text>[^']*)'|(?P<name>[A-Za-z][A-Za-z0-9_-]*)|(?P<sign>[.|(),]))")
COMPARISONS = {
    "eq": lambda a, b: a == b, "ne": lambda a, b: a != b, "lt": lambda a, b: a < b, "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b,
}
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# What a record writes as texts and means as numbers.
AMOUNTS = {"previous", "payments", "adjustments", "amount", "subtotal", "charges", "due", "quantity", "price", "rate", "base", "fee"}


class Unfit(Exception):
    """A condition that is none, or compares what is not there."""


def tokens(text):
    place, found = 0, []
    while text[place:].strip():
        match = TOKEN.match(text, place)
        if not match:
            raise Unfit(f"no condition: {text!r} at {place}")
        found.append((match.lastgroup, match.group(match.lastgroup)))
        place = match.end()
    return found + [("end", "")]


class Condition:
    """A condition over a scene: nested dictionaries, in which a name that is missing or None is absent."""

    def __init__(self, text):
        self.rest = tokens(text)
        self.tree = self.whole()
        if self.rest[0][0] != "end":
            raise Unfit(f"something stands behind the condition {text!r}")

    def holds(self, scene):
        value = self.tree(scene)
        if not isinstance(value, bool):
            raise Unfit("a condition is neither true nor false")
        return value

    # Each of these reads a part and gives what decides it.

    def take(self, *wanted):
        kind, text = self.rest[0]
        if kind in ("name", "sign") and text in wanted:
            self.rest.pop(0)
            return text
        return None

    def whole(self):
        value = self.either()
        while self.take("|"):
            name = self.rest.pop(0)[1]
            argument = None
            if self.take("("):
                argument = self.whole()
                if not self.take(")"):
                    raise Unfit("a parenthesis is open")
            value = self.filtered(name, value, argument)
        return value

    @staticmethod
    def filtered(name, value, argument):
        if name == "default":
            return lambda scene: argument(scene) if value(scene) is None else value(scene)
        if name == "count":
            return lambda scene: decimal.Decimal(len(value(scene)))
        raise Unfit(f"the filter {name!r} is not known here")

    def either(self):
        parts = [self.both()]
        while self.take("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else lambda scene: any(part(scene) for part in parts)

    def both(self):
        parts = [self.negated()]
        while self.take("and"):
            parts.append(self.negated())
        return parts[0] if len(parts) == 1 else lambda scene: all(part(scene) for part in parts)

    def negated(self):
        if self.take("not"):
            operand = self.negated()
            return lambda scene: not operand(scene)
        return self.compared()

    def compared(self):
        left = self.primary()
        word = self.take(*COMPARISONS)
        if not word:
            return left
        right, compare = self.primary(), COMPARISONS[word]

        def decide(scene):
            a, b = left(scene), right(scene)
            if a is None or b is None or type(a) is not type(b):
                raise Unfit(f"{a!r} {word} {b!r}")
            return compare(a, b)

        return decide

    def primary(self):
        if self.take("("):
            value = self.whole()
            if not self.take(")"):
                raise Unfit("a parenthesis is open")
            return value
        kind, text = self.rest.pop(0)
        if kind == "number":
            number = decimal.Decimal(text)
            return lambda scene: number
        if kind == "text":
            return lambda scene: text
        if kind != "name":
            raise Unfit(f"{text!r} stands where a value was expected")
        if text in ("true", "false"):
            return lambda scene: text == "true"
        path = [text]
        while self.take("."):
            path.append(self.rest.pop(0)[1])
        return lambda scene: found(scene, path)


def found(scene, path):
    value = scene
    for name in path:
        if not isinstance(value, dict) or value.get(name) is None:
            return None
        value = value[name]
    if isinstance(value, bool) or isinstance(value, (dict, list, decimal.Decimal)):
        return value
    if isinstance(value, int):
        return decimal.Decimal(value)
    # `due` of the record is a day, that of its totals an amount.
    if path[-1] in AMOUNTS and len(path) > 1 and NUMBER.fullmatch(value):
        return decimal.Decimal(value)
    return value
