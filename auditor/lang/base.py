"""What a language is to the rest of the auditor: a value made of readers.

A language is one folder with the same file names in each: `segment.py`, `words.py`, `figures.py`, `names.py`, `cues.py`,
`tone.py`, `poles.py`, `roles.py`, `data/`, and an `__init__.py` that makes the `LANGUAGE`. No reader knows any other language: what
they produce (values, keys, senses, cue kinds) is language-neutral, and the checks compare that.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from auditor.errors import LanguageError
from auditor.lang.contrasts import Contrast
from auditor.model import Cue, Facts, Figure, Name, Pole, Span, ToneWord, Word
from auditor.text import Folded

Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """The readers of one language. Each takes the *folded* text of one sentence (and its words) and returns spans into it.

    code      BCP 47, "en", "zh", "ja"
    name      in English, for messages
    split     the text of a document -> spans of its sentences, in order, not overlapping, no surrounding white space;
              what lies between them is white space only
    fold      widths and scripts
    script    a text -> "Hans", "Hant", "Jpan" or "Latn"
    likeness  a text -> 0 to 1, how much it looks like this language
    syllables a text -> the sounds by which foreign names are spelled in this script; stretches: those of each stretch that may be a name
    called    what else its readers call it, as in the header of a table
    connectives  words that open a clause within a sentence, where the script has spaces to find them by
    tensed    do its verbs show when?
    verb_last does the verb stand before what says how sure it is (行く予定, "will go")?
    acts      words of a text and two of them in order -> 1 when the first acts on the second, -1 the other way round, 0 not said
    undergoes words of a text, a verb and a noun of it -> is the noun what the verb is done to?
    speakers  words of a text -> those that name who says it
    contrasts words of a text -> what is set against what
    """

    code: str
    name: str
    split: Callable[[str], list[Span]]
    fold: Callable[[str], Folded]
    script: Callable[[str], str]
    likeness: Callable[[str], float]
    words: Callable[[str], Words]
    figures: Callable[[str, Words], tuple[Figure, ...]]
    names: Callable[[str, Words], tuple[Name, ...]]
    cues: Callable[[str, Words], tuple[Cue, ...]]
    tone: Callable[[str, Words], tuple[ToneWord, ...]]
    poles: Callable[[str, Words], tuple[Pole, ...]]
    acts: Callable[[Sequence[Word], Word, Word], int]
    undergoes: Callable[[Sequence[Word], Word, Word], bool]
    speakers: Callable[[Sequence[Word]], Words]
    contrasts: Callable[[Sequence[Word]], tuple[Contrast, ...]]
    syllables: Callable[[str], tuple[str, ...]]
    stretches: Callable[[str], tuple[tuple[str, ...], ...]]
    called: frozenset[str] = frozenset()
    connectives: frozenset[str] = frozenset()
    tensed: bool = True
    verb_last: bool = False

    def read(self, text: str) -> Facts:
        """Everything the readers find in one sentence; spans are offsets into `text` as given."""
        folded = self.fold(text)
        words = self.words(folded.text)
        figures = self.figures(folded.text, words)
        names = tuple(n for n in self.names(folded.text, words) if not _in_money(n, figures))
        tone = tuple(t for t in self.tone(folded.text, words) if not _inside(t, names))
        back = folded.back
        return Facts(
            lang=self.code,
            text=text,
            words=tuple(map(back, words)),
            figures=tuple(map(back, figures)),
            names=tuple(map(back, names)),
            cues=tuple(map(back, self.cues(folded.text, words))),
            tone=tuple(map(back, tone)),
            poles=tuple(map(back, self.poles(folded.text, words))),
        )


def _in_money(name: Name, figures: tuple[Figure, ...]) -> bool:
    """The words of a currency behind its sum name no country: 加元 in 94亿加元, カナダドル."""
    return any(f.kind == "money" and f.start <= name.start and name.end <= f.end for f in figures)


def _inside(word: ToneWord, names: tuple[Name, ...]) -> bool:
    """A piece of a longer name (阿尔布雷希特 holds 布雷, "to lay mines") carries no tone."""
    return any(n.start <= word.start and word.end <= n.end and n.end - n.start > word.end - word.start for n in names)


@cache
def language_codes() -> tuple[str, ...]:
    """Codes of the languages there are: the folders of this package."""
    package = importlib.import_module("auditor.lang")
    return tuple(sorted(m.name for m in pkgutil.iter_modules(package.__path__) if m.ispkg))


@cache
def language(code: str) -> Language:
    """The language of a BCP 47 code; region and script subtags are ignored.

    Raises LanguageError for a language that is not there.
    """
    primary = code.replace("_", "-").split("-")[0].lower()
    if primary not in language_codes():
        raise LanguageError(f"language {code!r} is not known; use one of {', '.join(language_codes())}")
    found: Language = importlib.import_module(f"auditor.lang.{primary}").LANGUAGE
    return found
