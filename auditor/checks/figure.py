"""Figures: a number, sum, measure, date, weekday or time that changed, vanished or appeared.

Figures are compared by value, not by how they are written. First those of a passage that agree are paired (`figure_compare`,
`figure_match`); what is left on the two sides is paired by likeness and reported as *replaced*, or else as *dropped* or
*added*.

Fires, by type: magnitude (a power of ten apart: 90 billion and 90亿), digits, unit (5 km and 5 miles), currency (500 yen and 500
yuan), percent_points (2 percent and 2 percentage points), date, weekday, time, bound (more than 300 and fewer than 300),
ordinal, dropped, added; and though every value is there, swapped (3 % in May and 4 % in April the other way round; from 4 to 3 for
from 3 to 4) and by_or_to (up by 20 %, 涨到20%). Dollars, pounds and 元 of two kinds that are both named (HK$5, 5美元) are another
currency; a bare one that nothing in its text makes the other one is major, too. A designation of letters and digits (F-16) with
other digits fires as digits. What is a figure without a number fires as currency, unit or date (`figure_said`): レアル安 for the
peso's slump, 每月 for weekly, 2027年初 for the end of 2027, 明年 for next month. Critical when the value of money, a percentage or a
scale changed, major for any other value that changed and for a substantial figure that was dropped or added (`figure_unpaired`), minor
for the rest.

Quiet: another script or notation; an ordinal, multiple or count of the same value; a conversion of units within rounding; a
decade and ten years, 72 hours and three days, a dozen and 12; about against exact within rounding; a bound more or less; a
figure said twice or once, a range and its two ends, a date in parts; a figure moved to a passage within two of its own; one,
two, half, first and twice that come and go in idiom; numbers that the other language has
words for (`figure_idioms`); what is counted otherwise, as floors are (`figure_reckoned`); a figure told again from the passage before,
where the source has "that"; an amount of money converted into another currency beside the first.

The back-translation is read too. `back` says whether it shows the same mismatch; where it has the source's figure, a figure
that seems dropped or added, or one changed in words only, is minor: the reader of the translation is the likelier culprit.

Limits: "40 percentage points" said as 40 % is reported though the margin may be meant; without a time zone stated in both, a
shifted time or weekday is reported; a figure that both change and leave the passage by more than two is reported as dropped;
exchange rates are not checked; "a few", "several" have no value; figures that changed places are found only where things that both
texts name stand beside both, and of three or more only two in a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.checks.base import Check, Document, Found
from auditor.checks.figure_back import back_evidence, shown_back
from auditor.checks.figure_change import Couple, by_or_to, turned
from auditor.checks.figure_codes import codes
from auditor.checks.figure_compare import number
from auditor.checks.figure_idioms import counted_out, shortened, told_in_words, told_otherwise, with_the_named
from auditor.checks.figure_likeness import in_digits, likeness, power, small, type_of_change
from auditor.checks.figure_match import Matched, explained, literal, residuals, said_again
from auditor.checks.figure_money import another
from auditor.checks.figure_places import swapped
from auditor.checks.figure_rates import other_rates
from auditor.checks.figure_reckoned import bound_denied
from auditor.checks.figure_said import said_otherwise
from auditor.checks.figure_unpaired import unpaired
from auditor.checks.figure_words import figure_in_words, figure_key
from auditor.lang.figures_said import idiom
from auditor.ledger import Ledger
from auditor.model import Drift, Figure, Pair, Severity, Span

_NEAR = 2
_MQM = {
    "date": "accuracy/mistranslation/date-time",
    "time": "accuracy/mistranslation/date-time",
    "weekday": "accuracy/mistranslation/date-time",
    "unit": "accuracy/mistranslation/unit",
    "currency": "accuracy/mistranslation/unit",
}


@dataclass(frozen=True, slots=True)
class _Left:
    """What a passage could not explain, on each side."""

    pair: Pair
    matched: Matched
    source: tuple[Figure, ...]
    target: tuple[Figure, ...]


def _find(document: Document) -> Found:
    judged = [p for p in document.pairs if p.passage.source is not None and p.passage.target is not None]
    lefts = [_left(pair) for pair in judged]
    order = {pair.passage.id: at for at, pair in enumerate(document.pairs)}
    alone = {order[p.passage.id]: _left(p) for p in document.pairs if p.passage.source is None or p.passage.target is None}
    for at, left in enumerate(lefts):
        here = order[left.pair.passage.id]
        near = [x for x in lefts[max(0, at - _NEAR) : at + _NEAR + 1] if x is not left]
        near += [alone[k] for k in range(here - _NEAR, here + _NEAR + 1) if k in alone]
        before = lefts[at - 1].matched if at else None
        for drift in _drifts(_unmoved(left, near, before)):
            yield replace(drift, passage=left.pair.passage.id)
        for drift in _same_values(left, document):
            yield replace(drift, passage=left.pair.passage.id)


def _same_values(left: _Left, document: Document) -> Iterator[Drift]:
    """Figures of one value that are of other money, or belong elsewhere."""
    pair, matched = left.pair, left.matched.pairs
    for a, b, _ in matched:
        severity = another(a, b, pair, document)
        if severity is not None:
            yield replace(_changed(pair, a, b, "currency"), severity=severity)
    yield from said_otherwise(pair, matched)
    for a, b in other_rates(pair, matched):
        yield replace(_changed(pair, a, b, "unit"), severity="major", message=f"{a.text} and {b.text} are counted by other units")
    exchanged = _elsewhere(pair, matched, document.ledger)
    shown = bool(exchanged) and _shown(pair, document.ledger)
    for drift in exchanged:
        yield replace(drift, strength=0.75, back=shown or None)


def _elsewhere(pair: Pair, matched: Sequence[tuple[Figure, Figure, float]], ledger: Ledger) -> list[Drift]:
    """Figures that are the result for the change, and at most one couple that changed places."""
    found = [_changed(pair, a, b, "by_or_to") for a, b in by_or_to(pair, matched)]
    couples = [*turned(pair), *swapped(pair, matched, ledger)]
    return [*found, *(_exchanged(pair, one, two) for one, two in couples[:1])]


def _shown(pair: Pair, ledger: Ledger) -> bool:
    """Does the back-translation say the like?"""
    if pair.back is None:
        return False
    span = Span(0, len(pair.back.text), pair.back.text)
    there = replace(pair, passage=replace(pair.passage, target=span), target=pair.back, back=None)
    return bool(_elsewhere(there, residuals(pair.source.figures, pair.back.figures).pairs, ledger))


def _exchanged(pair: Pair, one: Couple, two: Couple) -> Drift:
    """The figure that now stands where the first one stood, for the two."""
    drift = _changed(pair, one[0], two[1], "swapped")
    names = [f.text for f in (one[0], two[0])]
    if names[0] == names[1]:  # the ends of one range
        names = [figure_in_words(f) for f in (one[0], two[0])]
    message = f"{names[0]} and {names[1]} changed places"
    return replace(drift, severity="major", message=message)


def _left(pair: Pair) -> _Left:
    matched = residuals(pair.source.figures, pair.target.figures)
    return _Left(pair, matched, matched.source, matched.target)


def _unmoved(left: _Left, near: Sequence[_Left], before: Matched | None) -> _Left:
    """Without figures that a neighbouring passage holds and cannot place itself, or that the one before has told already."""
    around_target = [f for n in near for f in n.target]
    around_source = [f for n in near for f in n.source]
    pair = left.pair
    source = tuple(f for f in left.source if not explained(f, around_target) and not literal(f, pair.target, _start(pair.passage.target)))
    target = tuple(f for f in left.target if not explained(f, around_source) and not literal(f, pair.source, _start(pair.passage.source)))
    source = tuple(f for f in source if not shortened(f, pair))
    target = tuple(f for f in target if not told_in_words(f, pair))
    for a, b in told_otherwise(source, target, pair):
        source, target = tuple(f for f in source if f is not a), tuple(f for f in target if f is not b)
    if not source:
        target = tuple(f for f in target if not said_again(f, before))
    for told in (with_the_named(source, target, pair), counted_out(source, target, pair)):
        source, target = (tuple(f for f in side if f not in told) for side in (source, target))
    return replace(left, source=source, target=target)


def _start(span: Span | None) -> int:
    return span.start if span is not None else 0


def _drifts(left: _Left) -> Iterator[Drift]:
    source, target = list(left.source), list(left.target)
    for a, b, kind in [*_replaced(left.pair, source, target), *_traces(left)]:
        if a in source:
            source.remove(a)
        if b in target:
            target.remove(b)
        yield _changed(left.pair, a, b, kind)
    for a, b, _ in left.matched.pairs:
        if _contradict(a, b) and not _other_half(a, b, left.pair) and not bound_denied(a, b, left.pair):
            yield _changed(left.pair, a, b, "bound")
    for a, b in codes(left.pair):
        yield _changed(left.pair, a, b, "digits")
    yield from unpaired(left.pair, left.matched, source, target)


def _contradict(a: Figure, b: Figure) -> bool:
    share, tenths = number(a.value), number(b.value)
    if (a.kind, b.kind) == ("fraction", "percent") and share is not None and tenths is not None and abs(100 * share - tenths) > 1:
        return False  # nearly two thirds, 六成多: bounds of other values
    up: tuple[str, ...] = ("over", "at least")
    down: tuple[str, ...] = ("under", "at most")
    if a.approximate or b.approximate:
        up, down = ("over",), ("under",)  # nearly 100 beside a little over 100
    return (a.bound in up and b.bound in down) or (a.bound in down and b.bound in up)


def _other_half(a: Figure, b: Figure, pair: Pair) -> bool:
    """Lost more than half, and 半値以下 (is worth less than half): two ways of one fact."""
    half = a.value == b.value == "0.5" and a.kind == b.kind == "fraction"
    return half and all(bool(idiom(side.lang, "lost").search(side.text)) for side in (pair.source, pair.target))


# --- replaced ---------------------------------------------------------------------------------------------------------------
def _replaced(pair: Pair, source: Sequence[Figure], target: Sequence[Figure]) -> list[tuple[Figure, Figure, str]]:
    """The likeliest pairs of what is left, most alike first."""
    scored = []
    for i, a in enumerate(source):
        for j, b in enumerate(target):
            score = likeness(pair, a, b)
            if score > 0:
                scored.append((-score, i, j))
    used_source: set[int] = set()
    used_target: set[int] = set()
    found = []
    for _, i, j in sorted(scored):
        if i in used_source or j in used_target:
            continue
        used_source.add(i)
        used_target.add(j)
        found.append((source[i], target[j], type_of_change(source[i], target[j])))
    return found


def _traces(left: _Left) -> list[tuple[Figure, Figure, str]]:
    """A figure that took another's place may equal a third one: 3 and 5 became 5 and 5. Same kind and unit only."""
    pair, matched = left.pair, left.matched
    found = _replaced(pair, left.source, left.target)
    source = [f for f in left.source if all(f is not a for a, _, _ in found)]
    target = [f for f in left.target if all(f is not b for _, b, _ in found)]
    even = len(pair.source.figures) == len(pair.target.figures)
    candidates = [(source, matched.target_again), (matched.source_again, target)]
    if even and not source and not target:
        candidates.append((matched.source_again, matched.target_again))
    return [t for a, b in candidates for t in _replaced(pair, a, b) if t[0].kind == t[1].kind and t[0].unit == t[1].unit]


def _changed(pair: Pair, a: Figure, b: Figure, kind: str) -> Drift:
    back = shown_back(pair, a, b)
    # In words and not seen in the back-translation: more likely misread than changed.
    doubtful = back is False and not in_digits(b)
    return Drift(
        category="figure",
        type=kind,
        severity="minor" if doubtful else _severity(a, b, kind),
        strength=0.3 if doubtful else _strength(a, b, kind),
        source=Span(a.start, a.end, a.text),
        target=Span(b.start, b.end, b.text),
        message=_message(a, b, kind),
        mqm=_MQM.get(kind, "accuracy/mistranslation/number"),
        key=f"{kind}:{figure_key(a)}:{figure_key(b)}",
        back=back,
        evidence={"source": figure_in_words(a), "target": figure_in_words(b), **back_evidence(pair, a)},
    )


def _severity(a: Figure, b: Figure, kind: str) -> Severity:
    if kind in ("magnitude", "currency", "percent_points") or (
        kind in ("digits", "unit") and {a.kind, b.kind} & {"money", "percent", "points"}
    ):
        return "critical"
    values = [number(f.value) for f in (a, b) if f.kind == "multiple"]
    if len(values) == 2 and sorted(v or 0 for v in values) == [3, 4]:
        return "minor"  # three times as many and 增长三倍 are told apart by few writers; two and three are
    return "major"


def _strength(a: Figure, b: Figure, kind: str) -> float:
    if kind in ("magnitude", "currency"):
        return 0.95
    if kind in ("percent_points", "bound") or a.kind == b.kind == "fraction":
        return 0.9
    if a.kind == b.kind == "multiple":
        return 0.8
    if small(a) or small(b):
        return 0.6
    return 0.9 if a.kind == b.kind else 0.75


def _message(a: Figure, b: Figure, kind: str) -> str:
    words_a, words_b = figure_in_words(a), figure_in_words(b)
    if kind == "bound":
        return f"{words_a} became {words_b}: {b.text}" if b.text not in words_b else f"{words_a} became {words_b}"
    said = a.text if a.text.isascii() else words_a
    if kind == "by_or_to":
        return f"{said} is the change on one side and the result on the other: {b.text}"
    text = f"{said} became {b.text}" + (f" ({words_b})" if words_b != b.text else "")
    x, y = number(a.value), number(b.value)
    times = power(x, y) if kind == "magnitude" and x is not None and y is not None else 0
    if times:
        by = {1: "ten", 2: "a hundred", 3: "a thousand", 4: "ten thousand", 6: "a million", 8: "a hundred million"}.get(
            abs(times), f"10^{abs(times)}"
        )
        text += f", {by} times {'as much' if times > 0 else 'less'}"
    return text


CHECK = Check(id="figure", category="figure", scope="document", languages=None, find=_find)
