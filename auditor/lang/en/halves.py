"""Parts named by one word in English: half, a half, half a million, a quarter of a million, a third of them, a further quarter."""

from __future__ import annotations

import re
from fractions import Fraction

from auditor.lang.en.numeral_words import Numeral, Spelling, of_class, vocabulary

_POINT = ("point", "percentage")
_NO_HALF = re.compile(
    r"-(?:time|back|way|brother|sister|hearted|baked|truth|mast|life)|\s*-?time\b|[\s-]+(?:in (?:jest|earnest|disbelief)|joking\w*|jokes?"
    r"|jesting|seriously|asleep|awake|hidden|expect\w*|hop(?:ed?|ing)|believ\w+|smil\w+|remember\w*|forgotten|mocking\w*|apologe\w+)\b"
)
"""Behind a half that is no figure: half-baked, half in jest."""
# Two or three that were told before, in the sentence of "and a third was".
_IN_A_ROW = re.compile(
    r"\b(?:two|three|four|both|pair|couple|second|third|another|one)\b[^.;:?!]*\b(?:and|while|but|,)\s+an?\s+$", re.IGNORECASE
)
# What stands behind a part of a whole that is not named, and not behind a place in a row, which has its noun there: up a third on last
# year, cut by a fifth since March, a quarter before the war. Prepositions, conjunctions, auxiliaries, comparatives, adverbs of time.
BEHIND_SHARE = re.compile(
    r"(?:-|\s+)(?:of|more|less|fewer|larger|smaller|higher|lower|bigger|cheaper|dearer|longer|shorter|faster|slower|wider|heavier|lighter"
    r"|the|that|this|these|those|its|their|his|her|our|what|which|who|whose|where|when|while|whereas|although|though|because|unless|until|till"
    r"|is|are|was|were|have|has|had|do|does|did|will|would|can|could|may|might|shall|should|must"
    r"|in|from|by|to|on|at|for|with|within|without|since|over|under|before|after|between|during|throughout|across|through|among|amongst"
    r"|above|below|against|compared|as|and|or|but|than|nor|so|yet|if|per|via|amid|despite|into|out|off|up|down|every|each|last|next"
    r"|ago|again|already|also|alone|annually|monthly|yearly|overall|now|then|there|here|today|yesterday|tomorrow|year-on-year"
    r"|year on year|hardest|most|worst|best|least|too|either|altogether)\b|\s*(?:[.,;:!?)”\"—–]|$)",
    re.IGNORECASE,
)
_FURTHER = re.compile(r"\ba further\s+$", re.IGNORECASE)


class Halves(Spelling):
    """Reads a part that begins at a token."""

    def _half(self) -> Numeral | None:
        """half, a half, half a million, half a dozen, a quarter, a third of."""
        word, at = self.word(self.at), self.at
        if word in ("a", "an") and of_class("part", self.word(at + 1, " ", "-")):
            at += 1
            word = self.word(at)
            if word not in ("half", "quarter") and not self._of_whole(at):
                return None
        elif word != "half" and not (
            word == "quarter" and (of_class("scale", self.word(at + 1, "-")) or self.word(at + 1, "-") in _POINT or self._further(at))
        ):
            return None
        if word not in vocabulary()["part"] or (word.endswith("s") and word != "half"):
            return None
        if self._no_half(at, word):
            return None
        value = 1 / vocabulary()["part"][word]
        follow = at + 1
        if self.word(follow, " ") == "of" and self.word(follow + 1, " ") in ("a", "one") and of_class("scale", self.word(follow + 2, " ")):
            follow += 1  # a quarter of a million
        if self.word(follow, " ", "-") in ("a", "an", "one"):
            follow += 1
        scale = self.word(follow, " ", "-")
        if of_class("scale", scale) or scale == "dozen" or scale == "hundred":
            by = of_class("scale", scale) or of_class("group", scale)
            factor = Fraction(100) if by is None else by
            return Numeral(
                self.tokens[self.at].start, self.tokens[follow].end, "number", value * factor, scaled=True, words=True, scale=factor
            )
        return self._finish(at + 1, value, kind="fraction", words=True)

    def _no_half(self, at: int, word: str) -> bool:
        after = self.text[self.tokens[at].end :]
        before = self.text[: self.tokens[self.at].start].rstrip().rsplit(None, 1)[-1:] or [""]
        if word == "half":
            compound = _NO_HALF.match(after)
            return bool(compound) or before[0].lower() in (
                "first", "second", "1st", "2nd", "other", "better", "opening", "each",
            ) or before[0].lower().endswith(("first-", "second-"))  # fmt: skip
        return word == "quarter" and bool(re.match(r"\s+(?:past|to|after|back)\b|-?(?:final|back|master|pounder)", after))

    def _further(self, at: int) -> bool:
        """A further quarter since New Year: a part, where a noun would stand behind the period."""
        return bool(_FURTHER.search(self.text[: self.tokens[at].start]) and BEHIND_SHARE.match(self.text, self.tokens[at].end))

    def _of_whole(self, at: int) -> bool:
        """Is "a third", "a fifth" a part of something, not the next in a row ("two left and a third was ill")?"""
        if _IN_A_ROW.search(self.text[: self.tokens[at].start]) and re.match(r"\s+(?:is|was|has|had)\b", self.text[self.tokens[at].end :]):
            return False
        return bool(BEHIND_SHARE.match(self.text, self.tokens[at].end))
