"""Tone: loaded or softened wording.

Fires
- A verb of saying far up the ladder on one side (to rant, to sneer, to boast) where the other side says it plainly.
- A verb nobody calls plain (わめく, 咆哮, 罵倒) where the source says something plainly and nothing fierce (`tone_fierce`).
- A bad manner of saying (恶狠狠地说, 振振有词地宣称) where the source says it plainly, whatever grim things are said.
- A bad verb of doing in the place of a verb of saying: the source says more often than the translation does.
- A loaded word of judgement or a label (brazenly, puppet, henchmen) that no word of the other side carries: neither one of similar tone
  nor one of its dictionary senses.
- A curse or an obscene insult of the source where the translation has fewer harsh words (`made_mild`).
Major when it is far from plain, minor when it stands on a neighbouring rung ("said" as "claimed").
- The whole text colder or warmer than the source: one finding about the text (`document_tone`), and its words one by one are minor.

Stays quiet
- Rungs that news translators exchange freely: said, pointed out, stressed, warned, criticised; scolding where the source calls
  somebody names ("called him a coward").
- Deeds and events: killing, attacks and deaths are content, not tone.
- A loaded word whose meaning the other side has, as any part of speech; a loaded manner ("cruelly") that any word of the other side
  stands for by the dictionaries. A label or a verb needs a counterpart that is felt too: "plot" for "plan" is how tone is changed.
- A loaded verb where the source has no verb of saying at all: it tells a deed.
- What somebody of the article is called (Prates, who opens a sentence).

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
from auditor.checks.tone_coarse import made_mild
from auditor.checks.tone_fierce import RANT, is_fierce
from auditor.encoder import Encode
from auditor.lang.en.tone import NAMING
from auditor.lang.en.words import FUNCTION
from auditor.lang.lexical import Link, explain
from auditor.model import Drift, Facts, Pair, Severity, Span, ToneWord, Word

MEANT = 0.55  # cosine of a word and a word of the other language that means about the same
CONTENT = frozenset(("noun", "verb", "adj", "adv"))
STRONG_VERB = 2.0  # rungs between two verbs that make the change a major one; a verb no higher than that is criticism
# intensity from which a word of each kind must have a counterpart, to be worth an editor's time
STRONG_WORD = {"label": 2.7, "intensifier": 1.7, "evaluative": 2.2}
FELT = 1.2  # its valence
FELT_THING = 2.6  # of a thing or a deed: much of what news tells is bad
FELT_MANNER = 1.75  # of how something was done
FELT_DOING = 1.2  # intensity of a deed that may stand for a verb of saying
FELT_VILLAIN = 1.6  # of a noun that may stand for a plain one
FELT_SAYING, SAID_SO = 0.9, 1.0  # valence and intensity of the manner in which something is said plainly on the other side
BESIDE = 3  # characters between a manner and its verb
FELT_BEING = 2.5  # intensity of a noun that may stand for a plain one
SAYS = 0.1  # weight of a word that can be missed
ABOUT = 0.12  # of the passage's length: how far from each other two words may stand that are one
FELT_THERE = 0.8  # valence of the word that stands for it
SIMILAR = 1.2  # intensity on the other side that counts as a counterpart
# valence on the other side, be it of plain content, that explains a word of each kind: a grim passage may be told in grim words
GRIM = {"label": 1.5, "intensifier": 2.5, "evaluative": 1.0, "softener": 1.0}
STEM = 6  # letters by which "threat" and "threatened" are one meaning
SURELY = frozenset(("same", "derived", "synonym", "phrase"))  # links that make two words each other's
LOADED = 2.0  # intensity of a manner that counts as a counterpart of a loaded verb ("flouted": openly broke)
AS_RUNG = 1.4  # rungs a unit of valence is worth
DOUBTING = 1.5
SCORN = 1.8  # valence of scolding and worse
LOUD = 3.0  # shouting may be what happened; above it stands only how someone is said to talk
# a text as a whole: passages that lean one way, as a number and as a share of all; the share of one-sided words among loaded ones
MANY, MOSTLY, ONE_WAY = 5, 0.15, 0.8
SERIOUS = 4  # passages with a major one
PLAIN_SENSES = frozenset(
    "say tell speak talk call state be make have give go get do put take let know cry of in to out up for on at".split()  # noqa: SIM905
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
    return Side(facts, frozenset(lemmas - PLAIN_SENSES - FUNCTION))


def _senses(word: ToneWord, facts: Facts) -> set[str]:
    inside = [w for w in facts.words if w.start >= word.start and w.end <= word.end]
    return {p for w in inside for s in (w.lemma.lower(), *w.senses) for p in s.split() if len(p) > 2} - PLAIN_SENSES - FUNCTION


def _linked(word: ToneWord, links: tuple[Link, ...], other: Side, back: tuple[Link, ...]) -> bool:
    """A word of the other side stands for it: any word for one of manner, one that is felt too for a noun or a verb.

    A word that surely has another counterpart is none by being near alone ("near" and "related" links; back: those of the other side).
    "Plot" and "plan", "rant" and "say" are akin in every dictionary: that is how tone is changed, and no explanation of it.
    """
    taken = {x.word.start for x in back if x.how in SURELY and x.by and not word.start <= x.by.start < word.end}
    inside = [x for x in links if x.by is not None and word.start <= x.word.start and x.word.end <= word.end]
    inside = [x for x in inside if x.how in SURELY or (x.by and x.by.start not in taken)]
    manner = word.kind == "intensifier"
    plain = word.kind != "reporting"  # 狡辩 before 道 is read as an adverb
    return any(manner or (plain and x.word.pos in ("adj", "adv")) or _felt(x.by, other, word.valence) for x in inside if x.by)


def _felt(by: Word, other: Side, valence: float) -> bool:
    return any(
        t.start <= by.start < t.end and abs(t.valence) >= FELT_THERE and t.valence * valence > 0 and t.kind != "reporting"
        for t in other.facts.tone
    )


def _explained(word: ToneWord, own: Facts, other: Side, links: tuple[Link, ...] = ()) -> bool:
    """The other side has a word of similar tone, or one of the word's own meanings, or is as grim.

    links  the other side's words with what stands for them: one that has a counterpart of its own explains nothing else
    """
    if {s[:STEM] for s in _senses(word, own)} & {s[:STEM] for s in other.lemmas}:
        return True
    sign = 1 if word.valence > 0 else -1
    how = _tells_how(word, own)
    named = word.kind == "reporting" and word.intensity < RANT and any(v.lemma in NAMING for v in other.verbs)
    for tone in other.facts.tone:
        if named and tone.kind in ("evaluative", "label") and tone.valence * sign >= FELT_THERE:
            return True  # called a coward: 骂他懦夫
        if _is_taken(tone, word, links) or (how and tone.kind not in ("reporting", "intensifier")):
            continue
        if word.kind == "reporting":
            if tone.kind == "reporting" and tone.intensity >= word.intensity - 1:
                return True
            if tone.kind == "intensifier" and tone.intensity >= LOADED and tone.valence * sign > 0:
                return True
        elif tone.valence * sign >= 0 and (tone.intensity >= SIMILAR or abs(tone.valence) >= GRIM[word.kind]):
            return True
    return False


def _tells_how(word: ToneWord, facts: Facts) -> bool:
    """A manner right before a verb of saying: what is said in grim words does not explain it."""
    return word.kind == "intensifier" and any(t.kind == "reporting" and 0 <= t.start - word.end <= BESIDE for t in facts.tone)


def _doubly(word: ToneWord, facts: Facts) -> bool:
    """A doubting verb of saying in a doubting manner: 振振有词地宣称."""
    beside = [t for t in facts.tone if t.kind == "reporting" and 0 <= t.start - word.end <= BESIDE]
    return word.valence < 0 and word.intensity >= DOUBTING and any(t.valence < 0 and t.intensity >= DOUBTING for t in beside)


def _is_taken(tone: ToneWord, word: ToneWord, links: tuple[Link, ...]) -> bool:
    """A word of the dictionaries stands for it, and that is not the loaded word."""
    own = [x for x in links if tone.start <= x.word.start < tone.end]
    return bool(own) and all(x.by is not None and x.how in SURELY and not word.start <= x.by.start < word.end for x in own)


def _rung(word: ToneWord) -> float:
    """How far up the ladder a verb of saying stands: at least as far as what it says of its speaker is bad ("to tell lies")."""
    return max(word.intensity, AS_RUNG * abs(word.valence)) if word.valence <= -FELT else word.intensity


def _replaces_said(word: ToneWord, own: Side, other: Side) -> bool:
    """A bad word of doing, or an idiom, beside what is said, where the other side has more verbs of saying and says it plainly."""
    if not word.speaks or word.kind != "evaluative" or word.valence > -FELT or word.intensity < FELT_DOING:
        return False
    if len(own.verbs) >= len(other.verbs):
        return False
    parts = [w.pos for w in own.facts.words if word.start <= w.start < word.end]
    return ("verb" in parts or "other" in parts) and any(t.intensity < 1 for t in other.verbs)


def _replaces_thing(word: ToneWord, own: Side, links: tuple[Link, ...], others: tuple[Link, ...], other: Side) -> bool:
    """A bad noun that stands for nothing, about where the other side has a noun that nothing stands for: "leader" as "villain"."""
    if word.kind not in ("evaluative", "label") or word.valence > -FELT_VILLAIN or word.intensity < FELT_BEING:
        return False
    inside = [x for x in links if word.start <= x.word.start < word.end]
    if not inside or any(x.by is not None or x.word.pos not in ("noun", "name") for x in inside):
        return False
    place = _place(word, own.facts)
    lost = [x.word for x in others if x.by is None and x.word.pos == "noun" and x.weight >= SAYS]
    bad = [t for t in other.facts.tone if t.valence <= -FELT_THERE]
    if any(t.start <= w.start < t.end for t in bad for w in lost):
        return False  # a bad word is lost as well: the noun may stand for that
    return any(abs(_share(w.start, other.facts) - place) <= ABOUT for w in lost)


def _is_loaded(word: ToneWord, facts: Facts) -> bool:
    if word.kind == "reporting":
        return _rung(word) >= DOUBTING and word.valence != 0
    if _tells_how(word, facts) and word.valence <= -FELT_SAYING and word.intensity >= SAID_SO:
        return True
    return word.intensity >= STRONG_WORD.get(word.kind, 3.0) - 0.6 and abs(word.valence) >= FELT


def _severity(word: ToneWord, own: Side, other: Side, links: tuple[Link, ...], others: tuple[Link, ...], unsaid: bool) -> Severity:
    if word.kind == "reporting":
        if _doubly(word, own.facts) and any(t.intensity < 1 for t in other.verbs):
            return "major"
        # where every plain verb of the other side has its own, shouting or scolding is one more event; ranting is not an event
        if word.intensity < RANT and _plain(own, links, other) >= max(1, _plain(other)):
            return "minor"
        rungs = [t.intensity for t in other.verbs if not _is_taken(t, word, others)] or [t.intensity for t in other.verbs]
        if not rungs:
            # nothing is said there: the verb tells a deed; but a translation may leave a plain "said" out
            return "major" if unsaid and word.intensity >= RANT else "minor"
        nearest = min(rungs, key=lambda r: abs(_rung(word) - r))
        return "major" if _rung(word) - nearest >= STRONG_VERB < word.intensity else "minor"
    if _tells_how(word, own.facts) and word.valence <= -FELT_SAYING and any(t.intensity < 1 for t in other.verbs):
        return "major"
    if _replaces_said(word, own, other) or _replaces_thing(word, own, links, others, other):
        return "major"
    felt = {"evaluative": FELT_THING, "intensifier": FELT if unsaid else FELT_MANNER}.get(word.kind, FELT)
    return "major" if word.valence <= -felt and word.intensity >= STRONG_WORD.get(word.kind, 3.0) else "minor"


def _plain(side: Side, links: tuple[Link, ...] = (), other: Side | None = None) -> int:
    """How many verbs say something plainly; one that stands for a deed of the other side ("is published") does not count."""
    deeds = {x.word.start for x in links if other and x.by and not any(t.start <= x.by.start < t.end for t in other.verbs)}
    return sum(t.intensity < 1 and t.start not in deeds for t in side.verbs)


def _sounds_meant(word: ToneWord, pair: Pair, encode: Encode | None) -> bool:
    """The encoder knows a word of the source that means about the same.

    It is not asked about nouns (a plan is near a plot) nor about ranting, which is not what happened.
    """
    nouns = any(w.pos == "noun" for w in pair.target.words if word.start <= w.start < word.end)
    if encode is None or (word.intensity >= RANT if word.kind == "reporting" else nouns):
        return False
    plain = {t.start for t in pair.source.tone if t.kind == "reporting" and t.intensity < 1}  # "to sneer" is near "to say", and is not it
    content = (w for w in pair.source.words if w.pos in CONTENT and len(w.text) > 2 and w.start not in plain)
    texts = list(dict.fromkeys(w.text for w in content))
    if not texts:
        return False
    vectors = encode([word.lemma or word.text, *texts])
    return bool((vectors[1:] @ vectors[0]).max() >= MEANT)


def _judge(pair: Pair, encode: Encode | None) -> Iterator[Drift]:
    source, target = _side(pair.source), _side(pair.target)
    back = _side(pair.back) if pair.back else None
    match = explain(pair.source.words, pair.target.words)
    answered = {t.text for t in pair.target.tone if _linked(t, match.target, source, match.source)}
    for word in pair.target.tone:
        fierce = is_fierce(word, pair.source, match.target)
        if fierce or (
            word.text not in answered  # here or where it is said again
            and (
                _is_loaded(word, pair.target)
                or _replaces_said(word, target, source)
                or _replaces_thing(word, target, match.target, match.source, source)
            )
            and not _explained(word, pair.target, source, match.source)
        ):
            witness = _seen_in_back(word, pair, back, source)
            severity = "major" if fierce else _severity(word, target, source, match.target, match.source, unsaid=False)
            if severity == "major" and not fierce and not _tells_how(word, pair.target) and _sounds_meant(word, pair, encode):
                severity = "minor"
            yield _drift(word, source, pair, severity, loaded_in_target=True, back=witness)
    for word in pair.source.tone:
        if (
            _is_loaded(word, pair.source)
            and not _linked(word, match.source, target, match.target)
            and not _explained(word, pair.source, target, match.target)
        ):
            if back is not None and _explained(word, pair.source, back):
                continue
            severity = _severity(word, source, target, match.source, match.target, unsaid=True)
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
    loaded = [t for t in back.facts.tone if _is_loaded(t, back.facts) and t.kind == word.kind and not _explained(t, back.facts, source)]
    return True if loaded else None


def _place(word: ToneWord, facts: Facts) -> float:
    """How far into its passage a word stands, 0 to 1."""
    return _share(word.start, facts)


def _share(at: int, facts: Facts) -> float:
    first = facts.words[0].start if facts.words else 0
    return (at - first) / max(1, len(facts.text))


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
    """Every loaded word; in a text that leans one way all over they are worth a glance, and the text is the finding."""
    found: list[Drift] = []
    named = {part for p in document.pairs for n in p.source.names for part in n.text.split()[1:]}
    for pair in document.pairs:
        if pair.passage.source is not None and pair.passage.target is not None:
            found += _judge(_unnamed(pair, named), document.encode)
    whole = _whole_text(document, found)
    if whole is not None and whole.severity == "major":
        found = [replace(drift, severity="minor") for drift in found]
    yield from found
    for pair in document.pairs:
        if pair.passage.source is not None and pair.passage.target is not None:
            yield from made_mild(pair)
    if whole is not None:
        yield whole


def _unnamed(pair: Pair, named: set[str]) -> Pair:
    """The pair without what somebody of the article is called by family name (Prates, who opens a sentence)."""
    tone = tuple(t for t in pair.source.tone if not (t.text[:1].isupper() and t.text in named))
    return replace(pair, source=replace(pair.source, tone=tone))


def _whole_text(document: Document, found: list[Drift]) -> Drift | None:
    """One finding when one-sided words lean one way all over the text."""
    colder = sum(map(_lean, found)) < 0
    same = [d for d in found if (_lean(d) < 0) == colder]
    passages = len({d.passage for d in same})
    if passages < MANY or passages < MOSTLY * len(document.pairs) or len(same) < ONE_WAY * len(found):
        return None
    serious = len({d.passage for d in same if d.severity == "major"})
    few = serious >= SERIOUS and serious >= MOSTLY * len(document.pairs)
    sure = few or (passages > MANY and passages >= 2 * MOSTLY * len(document.pairs))
    words = list(dict.fromkeys(str(d.evidence["word"]) for d in sorted(same, key=lambda d: d.severity)))[:8]
    tone = "colder" if colder else "warmer"
    return replace(
        same[0], type="document_tone", severity="major" if sure else "minor", strength=0.6, source=None, target=None, passage=None,
        back=None, key=f"document:{tone}", mqm="style/register", evidence={"words": words, "passages": passages, "serious": serious},
        message=f"The translation is {tone} than the English in {passages} of {len(document.pairs)} passages: {', '.join(words)}",
    )  # fmt: skip


def _lean(drift: Drift) -> float:
    """How much warmer the translation is for a drift; below 0 colder."""
    return float(drift.evidence["valence"]) * (-1 if drift.type == "softened" else 1)


CHECK = Check(id="tone", category="tone", scope="document", languages=None, find=_find)
