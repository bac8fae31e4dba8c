"""When a name of one text is a name of another: by key, by kinship of places, by spelling, by sound, by what the document teaches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from auditor.lang.base import language
from auditor.lang.letters import letters, sounds
from auditor.lang.names_base import country_of, free, is_characters, japanese_alike, related
from auditor.lang.translit import likeness, plain
from auditor.model import Facts, Name, Span

SOUNDS = 0.7  # likeness from which one form may be the other's transliteration
SPELLS = 0.74  # the same between two texts of one language, where spellings are nearer
RESPELLS = 0.85  # of a well-known name, which one language spells in one way: Tex is not Czech
ANYWHERE = 0.8  # score from which a stretch of a whole passage spells a name, where chance has many tries
_SHORT = 3


def is_sure(name: Name) -> bool:
    """A name whose identity the table knows and that is nothing else."""
    return bool(name.keys) and name.kind != "other"


def is_described(name: Name) -> bool:
    """Capitalised common words (Supreme Court): another language says them by meaning, so they cannot be compared by sound."""
    return name.kind == "organisation" and not name.keys and len(name.forms) < 2


def is_headed(name: Name) -> bool:
    """An unknown name behind which a common word says what it is (Cornell University): its last word is no part to compare by sound."""
    return not name.keys and len(name.forms) > 1 and name.forms[-1] != plain(name.text).split(" ")[-1]


def share_key(one: Name, other: Name) -> bool:
    return any(k in other.keys for k in one.keys)


def akin(one: Name, other: Name) -> bool:
    """Share a key, or one lies in the other or stands for it."""
    return share_key(one, other) or any(related(a, b) for a in main_keys(one.keys) for b in main_keys(other.keys))


@lru_cache(maxsize=4096)
def main_keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Without the towns that only share a region's name: Washington lies in America though a town of the name is in England."""
    regions = {country_of(key) for key in keys if ".r-" in key}
    return tuple(key for key in keys if not regions or not key.startswith("geo:") or country_of(key) in regions)


@lru_cache(maxsize=4096)
def sounds_like(one: Name, other: Name, least: float = SOUNDS) -> bool:
    """Some form of one is near enough to some form of the other; whole names and their parts are tried."""
    if is_described(one) or is_described(other):
        return False
    by_rule = japanese_alike(one, other)
    if by_rule is not None:
        return by_rule
    return any(_alike(a, b, least) for a in _tried(one) for b in _tried(other))


def _tried(name: Name) -> Iterable[str]:
    """The forms; of a person the tables know the family name besides, of an unknown name every part."""
    for form in name.forms[:6]:
        yield form
        parts = form.split()
        if len(parts) == 2 or len(parts) == 3:
            some = parts if not is_sure(name) else parts[-1:] if name.kind == "person" else []
            yield from (p for p in some if len(p) > _SHORT)


def _alike(one: str, other: str, least: float) -> bool:
    if min(len(one), len(other)) <= 2:
        return one == other
    return likeness(one, other) >= least


def same(one: Name, other: Name) -> bool:
    """The same, as far as can be told: two sure names by their keys or one spelling alone, others by sound as well."""
    if akin(one, other):
        return True
    if is_sure(one) and is_sure(other):
        return any(a == b for a in one.forms for b in other.forms)
    return sounds_like(one, other, SPELLS if is_sure(one) or is_sure(other) else SOUNDS)


def is_spelled(lang: str, name: Name, text: str, least: int = _SHORT) -> bool:
    """Some stretch of the text spells the name's last word by sound (`lang/letters.py`); not one too short to be told from chance."""
    last = plain(name.text).split(" ")[-1]
    return len(last) >= least and any(letters(lang).best(last, stretch).score >= ANYWHERE for stretch in language(lang).stretches(text))


def without_words(facts: Facts, offset: int, spans: Sequence[Span] = ()) -> str:
    """The text with its dictionary words in characters blotted out, which spell no name (认为 is no Geneva), and the spans too; words of
    characters that names are spelled with stay (布鲁斯, blues, is Bruce)."""
    common = [w for w in facts.words if w.senses and w.end - w.start > 1 and w.pos != "name" and free(w.start, w.end, facts.names)]
    text = list(facts.text)
    for span in (*spans, *(w for w in common if is_characters(w) and not sounds(facts.lang).issuperset(w.text))):
        text[span.start - offset : span.end - offset] = "。" * (span.end - span.start)
    return "".join(text)


def in_text(name: Name, text: str) -> bool:
    """A form of the name is spelled out in the text, or the text spells what its letters stand for."""
    body = f" {plain(text)} "
    if any(f" {form} " in body for form in name.forms if form):
        return True
    letters = plain(name.text).replace(" ", "")
    if len(letters) > 5 and letters in body.replace(" ", ""):
        return True
    return name.text.isupper() and 2 < len(letters) < 7 and _initials_in(letters, text)


def _initials_in(letters: str, text: str) -> bool:
    words = re.findall(r"[A-Za-z][\w'’]*", text)
    main = [w for w in words if w.lower() not in ("of", "the", "and", "for", "on", "in", "to", "de")]
    return any(letters in "".join(w[0] for w in some).lower() for some in (main, words))


def spells_same(name: Name, facts: Facts) -> bool:
    """The other text of the same language has the name: in letters, by key, or every word of it in another spelling."""
    if in_text(name, facts.text):
        return True
    both = [n for n in facts.names if is_sure(name) and is_sure(n)]
    least = RESPELLS if is_sure(name) else SPELLS
    if any(akin(name, n) or in_text(n, name.text) or (n not in both and sounds_like(name, n, least)) for n in facts.names):
        return True
    if is_sure(name):
        return False
    words = {w.lemma for w in facts.words if len(w.lemma) > _SHORT and w.lemma.isalpha()}
    parts = [p for p in plain(name.text).split() if len(p) > _SHORT]
    return bool(parts) and all(any(likeness(p, w) >= SPELLS for w in words) for p in parts)
