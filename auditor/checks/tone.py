"""Tone: loaded or softened wording.

Fires
- A verb of saying far up the ladder on one side (to rant, to sneer, to boast) where the other side says it plainly.
- A bad verb of doing in the place of a verb of saying: the source says more often than the translation does.
- A loaded word of judgement or a label (brazenly, puppet, henchmen) that no word of the other side carries: neither one of similar tone
  nor one of its dictionary senses.
Major when it is far from plain, minor when it stands on a neighbouring rung ("said" as "claimed").
- The whole text colder or warmer than the source: one finding about the text (`document_tone`).

Stays quiet
- Rungs that news translators exchange freely: said, pointed out, stressed, warned.
- Deeds and events: killing, attacks and deaths are content, not tone.
- A loaded word whose meaning the other side has, as any part of speech; a loaded manner ("cruelly") that any word of the other side
  stands for by the dictionaries. A label or a verb needs a counterpart that is felt too: "plot" for "plan" is how tone is changed.
- A loaded verb where the source has no verb of saying at all: it tells a deed.

Limits
- A shouting or scolding verb (below RANT) beside another plain verb of saying is minor: measured, it halves the false alarms of such verbs.
- Words that no dictionary defines (new slang) are not read. Irony and loaded grammar are not judged.
- A loaded English word that the translation does not carry is major only when the plain verb of saying stands there, or when the
  back-translation lacks it too: the translation's own word may be one that the table does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.checks.base import Check, Document, Found
from auditor.lang.lexical import Link, explain
from auditor.model import Drift, Facts, Pair, Severity, Span, ToneWord, Word

STRONG_VERB = 2.0  # rungs above plain that make a change of verb a major one
# intensity from which a word of each kind must have a counterpart, to be worth an editor's time
STRONG_WORD = {"label": 1.8, "intensifier": 1.7, "evaluative": 2.2}
FELT = 1.2  # its valence
FELT_THING = 1.9  # of a thing or a deed: much of what news tells is bad
FELT_MANNER = 1.5  # of how something was done
FELT_DOING = 1.2  # intensity of a deed that may stand for a verb of saying
FELT_THERE = 0.8  # valence of the word that stands for it
SIMILAR = 1.2  # intensity on the other side that counts as a counterpart
# valence on the other side, be it of plain content, that explains a word of each kind: a grim passage may be told in grim words
GRIM = {"label": 1.5, "intensifier": 2.5, "evaluative": 1.0, "softener": 1.0}
STEM = 6  # letters by which "threat" and "threatened" are one meaning
LOADED = 2.0  # intensity of a manner that counts as a counterpart of a loaded verb ("flouted": openly broke)
AS_RUNG = 1.4  # rungs a unit of valence is worth
DOUBTING = 1.5
RANT = 3.3
SCORN = 1.8  # valence of scolding and worse
LOUD = 3.0  # shouting may be what happened; above it stands only how someone is said to talk
PLAIN_SENSES = frozenset(
    [
        "say",
        "tell",
        "speak",
        "talk",
        "call",
        "state",
        "be",
        "make",
        "have",
        "give",
        "go",
        "get",
        "do",
        "put",
        "take",
        "let",
        "know",
        "cry",
        "of",
        "in",
        "to",
        "out",
        "up",
        "for",
        "on",
        "at",
    ]
)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair with what is needed to explain a word of the other."""

    facts: Facts
    lemmas: frozenset[str]

    @property
    def verbs(self) -> tuple[ToneWord, ...]:
        return tuple(t for t in self.facts.tone if t.kind == "reporting")


def _side(facts: Facts) -> Side:
    lemmas = {part for w in facts.words for s in (w.lemma.lower(), *w.senses) for part in s.split()}
    return Side(facts, frozenset(lemmas - PLAIN_SENSES))


def _senses(word: ToneWord, facts: Facts) -> set[str]:
    inside = [w for w in facts.words if w.start >= word.start and w.end <= word.end]
    return {p for w in inside for s in (w.lemma.lower(), *w.senses) for p in s.split() if len(p) > 3} - PLAIN_SENSES


def _linked(word: ToneWord, links: tuple[Link, ...], other: Side) -> bool:
    """A word of the other side stands for it: any word for one of manner, one that is felt too for a noun or a verb.

    "Plot" and "plan", "rant" and "say" are akin in every dictionary: that is how tone is changed, and no explanation of it.
    """
    inside = [x for x in links if x.by is not None and word.start <= x.word.start and x.word.end <= word.end]
    return any(word.kind == "intensifier" or x.word.pos in ("adj", "adv") or _felt(x.by, other, word.valence) for x in inside if x.by)


def _felt(by: Word, other: Side, valence: float) -> bool:
    return any(
        t.start <= by.start < t.end and abs(t.valence) >= FELT_THERE and t.valence * valence > 0 and t.kind != "reporting"
        for t in other.facts.tone
    )


def _explained(word: ToneWord, own: Facts, other: Side) -> bool:
    """The other side has a word of similar tone, or one of the word's own meanings, or is as grim."""
    if {s[:STEM] for s in _senses(word, own)} & {s[:STEM] for s in other.lemmas}:
        return True
    sign = 1 if word.valence > 0 else -1
    for tone in other.facts.tone:
        if word.kind == "reporting":
            if tone.kind == "reporting" and tone.intensity >= word.intensity - 1:
                return True
            if tone.kind == "intensifier" and tone.intensity >= LOADED and tone.valence * sign > 0:
                return True
        elif tone.valence * sign >= 0 and (tone.intensity >= SIMILAR or abs(tone.valence) >= GRIM[word.kind]):
            return True
    return False


def _rung(word: ToneWord) -> float:
    """How far up the ladder a verb of saying stands: at least as far as what it says of its speaker is bad ("to tell lies")."""
    return max(word.intensity, AS_RUNG * abs(word.valence)) if word.valence <= -FELT else word.intensity


def _replaces_said(word: ToneWord, own: Side, other: Side) -> bool:
    """A bad word of doing stands where fewer verbs of saying are than on the other side, which says it plainly."""
    if word.kind != "evaluative" or word.valence > -FELT or word.intensity < FELT_DOING or len(own.verbs) >= len(other.verbs):
        return False
    parts = [w.pos for w in own.facts.words if word.start <= w.start < word.end]
    return "verb" in parts and any(t.intensity < 1 for t in other.verbs)


def _is_loaded(word: ToneWord) -> bool:
    if word.kind == "reporting":
        return _rung(word) >= DOUBTING and word.valence != 0
    return word.intensity >= STRONG_WORD.get(word.kind, 3.0) - 0.6 and abs(word.valence) >= FELT


def _severity(word: ToneWord, own: Side, other: Side, links: tuple[Link, ...], unsaid: bool) -> Severity:
    if word.kind == "reporting":
        # where every plain verb of the other side has its own, shouting or scolding is one more event; ranting is not an event
        if word.intensity < RANT and _plain(own, links, other) >= max(1, _plain(other)):
            return "minor"
        rungs = [t.intensity for t in other.verbs]
        if not rungs:
            # nothing is said there: the verb tells a deed; but a translation may leave a plain "said" out
            return "major" if unsaid and word.intensity >= RANT else "minor"
        nearest = min(rungs, key=lambda r: abs(_rung(word) - r))
        return "major" if _rung(word) - nearest >= STRONG_VERB else "minor"
    if _replaces_said(word, own, other):
        return "major"
    felt = {"evaluative": FELT_THING, "intensifier": FELT if unsaid else FELT_MANNER}.get(word.kind, FELT)
    return "major" if word.valence <= -felt and word.intensity >= STRONG_WORD.get(word.kind, 3.0) else "minor"


def _plain(side: Side, links: tuple[Link, ...] = (), other: Side | None = None) -> int:
    """How many verbs say something plainly; one that stands for a deed of the other side ("is published") does not count."""
    deeds = {x.word.start for x in links if other and x.by and not any(t.start <= x.by.start < t.end for t in other.verbs)}
    return sum(t.intensity < 1 and t.start not in deeds for t in side.verbs)


def _judge(pair: Pair) -> Iterator[Drift]:
    source, target = _side(pair.source), _side(pair.target)
    back = _side(pair.back) if pair.back else None
    match = explain(pair.source.words, pair.target.words)
    for word in pair.target.tone:
        if (
            (_is_loaded(word) or _replaces_said(word, target, source))
            and not _linked(word, match.target, source)
            and not _explained(word, pair.target, source)
        ):
            witness = _seen_in_back(word, pair, back, source)
            yield _drift(
                word, source, pair, _severity(word, target, source, match.target, unsaid=False), loaded_in_target=True, back=witness
            )
    for word in pair.source.tone:
        if _is_loaded(word) and not _linked(word, match.source, target) and not _explained(word, pair.source, target):
            if back is not None and _explained(word, pair.source, back):
                continue
            severity = _severity(word, source, target, match.source, unsaid=True)
            if word.kind == "reporting" and word.intensity < LOUD and word.valence > -SCORN:
                severity = "minor"  # complaining, criticising: news tells it in many ways
            ranting = word.kind == "reporting" and word.intensity > LOUD and target.verbs
            if (back is None and not ranting) or word.kind == "evaluative":
                severity = "minor"
            yield _drift(word, target, pair, severity, loaded_in_target=False, back=True if back else None)


def _seen_in_back(word: ToneWord, pair: Pair, back: Side | None, source: Side) -> bool | None:
    """The engine's English is loaded where the source is not; engines smooth tone, so that its silence says nothing."""
    if back is None:
        return None
    loaded = [t for t in back.facts.tone if _is_loaded(t) and t.kind == word.kind and not _explained(t, back.facts, source)]
    return True if loaded else None


def _place(word: ToneWord, facts: Facts) -> float:
    """How far into its passage a word stands, 0 to 1."""
    first = facts.words[0].start if facts.words else 0
    return (word.start - first) / max(1, len(facts.text))


def _drift(word: ToneWord, other: Side, pair: Pair, severity: Severity, loaded_in_target: bool, back: bool | None) -> Drift:
    own = pair.target if loaded_in_target else pair.source
    plain = min(other.verbs, key=lambda t: (t.intensity, abs(_place(t, other.facts) - _place(word, own))), default=None)
    plain = plain if word.kind == "reporting" else None
    here, there = Span(word.start, word.end, word.text), Span(plain.start, plain.end, plain.text) if plain else None
    kind = {"reporting": "reporting_verb", "label": "loaded_label"}.get(word.kind, "loaded_word") if loaded_in_target else "softened"
    against = (
        f"where {'the English' if loaded_in_target else 'the translation'} has “{plain.text}”"
        if plain
        else "with no counterpart on the other side"
    )
    where = "the translation" if loaded_in_target else "the English"
    return Drift(
        category="tone",
        type=kind,
        severity=severity,
        strength=round(min(0.95, 0.35 + 0.15 * word.intensity), 2),
        source=there if loaded_in_target else here,
        target=here if loaded_in_target else there,
        message=f"{word.text} in {where} is {'hostile' if word.valence < 0 else 'warm'} ({word.intensity:g} of 4), {against}",
        mqm="style/register" if severity == "minor" else "accuracy/mistranslation/tone",
        key=f"{word.kind}:{word.lemma or word.text}",
        back=back,
        evidence={"word": word.text, "valence": word.valence, "intensity": word.intensity, "plain": plain.text if plain else None},
        passage=pair.passage.id,
    )


def _find(document: Document) -> Found:
    found: list[Drift] = []
    for pair in document.pairs:
        if pair.passage.source is not None and pair.passage.target is not None:
            found += _judge(pair)
    yield from found
    yield from _whole_text(document, found)


def _whole_text(document: Document, found: list[Drift]) -> Iterator[Drift]:
    """One finding when one-sided words lean one way all over the text."""
    lean = [float(d.evidence["valence"]) * (1 if d.type != "softened" else -1) for d in found]
    passages = len({d.passage for d in found})
    if passages < 5 or passages < 0.15 * len(document.pairs) or abs(sum(lean)) < 0.7 * sum(map(abs, lean)):
        return
    words = [str(d.evidence["word"]) for d in found][:8]
    colder = "colder" if sum(lean) < 0 else "warmer"
    severity: Severity = "major" if passages >= 10 and passages >= 0.3 * len(document.pairs) else "minor"
    yield replace(
        found[0], type="document_tone", severity=severity, strength=0.6, source=None, target=None, passage=None, back=None,
        key=f"document:{colder}", mqm="style/register", evidence={"words": words, "passages": passages},
        message=f"The translation is {colder} than the English in {passages} passages: {', '.join(words)}",
    )  # fmt: skip


CHECK = Check(id="tone", category="tone", scope="document", languages=None, find=_find)
