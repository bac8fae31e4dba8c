"""Numbers as they are dictated in English: 1 point 1, point 77, one twenty-two."""

from __future__ import annotations

import re
from fractions import Fraction

from auditor.lang.en.halves import Halves
from auditor.lang.en.numeral_words import Numeral, of_class

# Ahead by 1 point 10 seconds before the end.
_LEAD = re.compile(r"\s+(?:seconds?|minutes?|hours?|days?|games?|times?|ahead|behind|before|after)\b", re.IGNORECASE)


class Spoken(Halves):
    """Reads a dictated number that begins at a token."""

    def _decimals(self) -> Numeral | None:
        """Point 77, when it is the whole text: in a sentence it is the heading of a list."""
        token, at = self.tokens[self.at], self.at + 1
        if token.text.lower() != "point" or self.text[: token.start].strip() or at >= len(self.tokens) or not self.joined(at, " "):
            return None
        digits = self.tokens[at]
        whole = digits.kind == "digits" and digits.text.isdecimal() and len(digits.text) > 1 and not self.text[digits.end :].strip()
        return Numeral(token.start, digits.end, "number", Fraction(f"0.{digits.text}")) if whole else None

    def _pointed(self, at: int) -> Fraction | None:
        """The decimals of 1 point 1."""
        digits = self.tokens[at] if at < len(self.tokens) and self.joined(at, " ") else None
        if digits is None or digits.kind != "digits" or not digits.text.isdecimal() or _LEAD.match(self.text, digits.end):
            return None
        return Fraction(f"0.{digits.text}")

    def _clipped(self) -> tuple[Fraction, int] | None:
        """One twenty-two, when it is the whole text: a hundred and twenty-two."""
        hundreds, last = self._small(self.at), self.at + 2
        if (
            self.at
            or last + 1 != len(self.tokens)
            or self.text[: self.tokens[0].start].strip()
            or self.text[self.tokens[last].end :].strip()
        ):
            return None
        tens, unit = of_class("tens", self.word(1, " ")), of_class("unit", self.word(2, " ", "-"))
        return (hundreds * 100 + tens + unit, last + 1) if hundreds and hundreds < 10 and tens and unit else None
