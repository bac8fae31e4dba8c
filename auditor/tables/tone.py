"""Builds the packaged tone tables: `python -m auditor.tables.tone --wordnet /usr/share/wordnet`.

English comes from `tone_english`. Chinese and Japanese are projected: every dictionary word takes the tone of its English definitions
(CC-CEDICT, JMdict), earlier definitions weighing more. "to <verb of communication>" makes a reporting verb on that verb's rung; anything
else takes valence and loadedness of the words it is defined by; marks such as "derogatory" or "vulgar" add to them. What no dictionary
says well the encoder may (`tone_encoder`); the rest is put right in `tone_words.tsv` of the language (read at run time, above this table).
Needs the `vaderSentiment` wheel (MIT) and WordNet; no part of a running auditor.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import math
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from lemminflect import getAllLemmas
from wordfreq import get_frequency_dict, zipf_frequency

from auditor.lang.en.lexicon import all_lemmas
from auditor.tables.tone_encoder import feelings, felt_too, read_vader
from auditor.tables.tone_english import Entry, WordNet, loadedness, read_opinions, read_seeds, reporting, spread

LANG = Path(__file__).resolve().parent.parent / "lang"
MARKS = re.compile(r"\b(?:derog|derogatory|pej|pejorative|vulgar|offensive|contemptuous|abusive|insult(?:ing)?)\b")
SURE = 3  # definitions that agree
HEAD = 0.35  # how much of an English verb's use must be talk for a definition to be read so
SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "with",
        "by",
        "from",
        "and",
        "or",
        "one's",
        "oneself",
        "sb",
        "sth",
        "someone",
        "something",
        "esp",
        "e.g",
        "as",
        "be",
        "is",
        "it",
        "not",
        "without",
        "person",
        "people",
        "thing",
        "etc",
        "very",
        "i.e",
        "one",
        "that",
        "who",
        "which",
        "out",
        "up",
    ]
)
NEGATED = re.compile(r"\b(?:not|without|no|un|lack of|free of|against|prevent|avoid)\b")
COLUMNS = "# word\tkind\tvalence (-4 to 4, VADER's scale)\tintensity (0 plain to 4 ranting)\tshare of the word's use in that kind\n"
Senses = list[tuple[frozenset[str], list[str]]]


class English:
    """The English lexicon that definitions are read with."""

    def __init__(self, net: WordNet, verbs: Mapping[str, Entry], words: Mapping[str, Entry]) -> None:
        self.net, self.verbs, self.words = net, verbs, words

    @cache  # noqa: B019 - one object a run
    def word(self, word: str) -> Entry | None:
        """The tone of a word, of its lemma if it has none of its own."""
        if word in self.words:
            return self.words[word]
        for lemmas in getAllLemmas(word).values():
            for lemma in lemmas:
                if lemma in self.words:
                    return self.words[lemma]
        return None

    @cache  # noqa: B019
    def verb(self, phrase: str) -> Entry | None:
        """The rung of a verb or verb phrase; a noun made from a verb (boasting, denunciation) counts as it."""
        if phrase in self.verbs:
            return self.verbs[phrase]
        if " " not in phrase:
            for lemma in (*getAllLemmas(phrase).get("VERB", ()), *self.net.verbs_of(phrase)):
                if lemma in self.verbs and self.verbs[lemma].share >= HEAD:
                    return self.verbs[lemma]
        return None


def read_definition(definition: str, english: English, saying: bool) -> Entry | None:
    """The tone of one English definition; `saying`: the word is a verb although the definition is a noun (Japanese suru verbs)."""
    low = definition.lower().strip()
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", low)
    bare = " ".join(re.sub(r"[^a-z' -]", " ", bare).split())
    mark = 1.0 if MARKS.search(low) else 0.0
    verb = bare.startswith("to ") or saying
    words = bare.removeprefix("to ").split()
    if verb and len(words) > 1 and words[0].endswith("ly"):
        words = [*words[1:], words[0]]
    head = _head(words, english, noun=not bare.startswith("to ")) if verb and words else None
    aside = [w for w in re.sub(r"[^a-z' -]", " ", low).split() if w not in SMALL]
    if head is not None:
        entry, used = head
        rest = [e for w in aside if w not in words[:used] and (e := english.word(w)) and abs(e.valence) >= 1.2 and e.intensity >= 1]
        push = min(1.5, sum(0.75 for _ in rest))
        valence = max(-4.0, entry.valence + (sum(e.valence for e in rest) / len(rest) if rest else 0.0) - mark)
        return Entry("reporting", round(valence, 2), min(4.0, entry.intensity + push + mark))
    return _evaluation(
        [w for w in words if w not in SMALL], english, mark, bool(NEGATED.search(bare)), bool(re.search(r"\b(?:and|or)\b", bare))
    )


def _head(words: list[str], english: English, noun: bool) -> tuple[Entry, int] | None:
    """The longest verb of communication that a definition starts with (a noun definition must be it whole)."""
    for length in range(min(4, len(words)), 0, -1):
        entry = english.verb(" ".join(words[:length]))
        if entry is not None and entry.share >= HEAD and not (noun and length < len(words)):
            return entry, length
    return None


def _evaluation(words: list[str], english: English, mark: float, negated: bool, both: bool) -> Entry | None:
    whole = english.word(" ".join(words)) if words else None
    found = [whole] if whole else [e for w in words[:6] if (e := english.word(w))]
    values = [e.valence for e in found]
    if (not found and not mark) or (both and values and min(values) <= -1 and max(values) >= 1):  # "good or bad"
        return Entry("evaluative", 0.0, 0.0) if words else None
    sign = -0.3 if negated and not whole else 1.0
    share = len(found) / max(1, len(words)) if not whole else 1.0
    valence = sign * max((e.valence for e in found), key=abs, default=0.0) * (0.5 + 0.5 * share) - 1.5 * mark
    kinds = {e.kind for e in found}
    intensity = max((e.intensity for e in found), default=0.0) * (0.4 + 0.6 * share) + mark * 1.5
    return Entry("label" if "label" in kinds else "evaluative", round(max(-4.0, valence), 2), round(min(4.0, intensity), 2))


def combine(definitions: list[tuple[str, bool]], english: English) -> Entry | None:
    """The tone of a word from its definitions: by weight (1, 1/2, 1/3, ...) reporting or not, then weighted medians."""
    entries: list[tuple[Entry, float]] = []
    for rank, (definition, saying) in enumerate(definitions):
        entry = read_definition(definition, english, saying)
        if entry is not None:
            entries.append((entry, 1 / (1 + 0.5 * rank)))
    if not entries:
        return None
    total = sum(w for _, w in entries)
    share = sum(w for e, w in entries if e.kind == "reporting") / total
    said = share >= (0.35 if next(iter(definitions))[1] else 0.5)
    if said:
        entries = [(e, w) for e, w in entries if e.kind == "reporting"]
    kinds: dict[str, float] = defaultdict(float)
    for entry, weight in entries:
        kinds[entry.kind] += weight
    kind = "reporting" if said else max((k for k in kinds if k != "reporting"), key=lambda k: kinds[k], default="evaluative")
    if kind != "reporting":  # a definition that no list values says nothing; the word is the mean of those that do, if they are many
        felt = [(e, w) for e, w in entries if abs(e.valence) >= 0.8 or e.intensity >= 1]
        side = 1 if sum(e.valence * w for e, w in felt) > 0 else -1
        felt = [(e, w) for e, w in felt if e.valence * side >= 0]
        weight = sum(w for _, w in felt)
        if weight < 0.3 * total:
            return Entry(kind, 0.0, 0.0, round(share, 2))
        trust = min(1.0, 0.4 + weight / total)
        valence = sum(e.valence * w for e, w in felt) / weight * trust
        intensity = sum(e.intensity * w for e, w in felt) / weight * trust
        return Entry(kind, round(valence, 2), round(min(4.0, intensity), 2), round(share, 2))
    return Entry(kind, _median([(e.valence, w) for e, w in entries]), _median([(e.intensity, w) for e, w in entries]), round(share, 2))


def _median(values: list[tuple[float, float]]) -> float:
    values = sorted(values)
    half, so_far = sum(w for _, w in values) / 2, 0.0
    for value, weight in values:
        so_far += weight
        if so_far >= half:
            return value
    return 0.0


def chinese() -> Iterator[tuple[str, Senses]]:
    """CC-CEDICT: word -> its readings, each a list of definitions."""
    from auditor.lang.zh.lexicon import _lines

    skip = ("CL:", "variant of", "old variant", "see ", "surname ", "abbr. for", "also written", "used in ", "same as ")
    for word, lines in _lines().items():
        senses: Senses = []
        for line in lines:
            parts = [p for d in line.rstrip("/\r\n").split("/")[1:] if not d.startswith(skip) for p in d.split(";")]
            parts = [re.sub(r"[一-鿿㐀-䶿]+\|?[一-鿿]*", "", p) for p in parts]
            if parts:
                senses.append((frozenset(), parts))
        if senses:
            yield word, senses


def japanese() -> Iterator[tuple[str, Senses]]:
    """JMdict: every written form -> its senses with their marks."""
    import jamdict_data

    db = sqlite3.connect(f"file:{jamdict_data.JAMDICT_DB_PATH}?mode=ro&immutable=1", uri=True)
    glosses: dict[int, list[str]] = defaultdict(list)
    for sid, text in db.execute("select sid, text from SenseGloss where lang = 'eng' order by rowid"):
        glosses[sid].append(text)
    marks: dict[int, set[str]] = defaultdict(set)
    for table in ("pos", "misc"):
        for sid, text in db.execute(f"select sid, text from {table}"):
            marks[sid].add(text)
    entries: dict[int, Senses] = defaultdict(list)
    for sid, idseq in db.execute("select ID, idseq from Sense order by ID"):
        entries[idseq].append((frozenset(marks[sid]), glosses[sid]))
    kanji: dict[int, list[str]] = defaultdict(list)
    for idseq, text in db.execute("select idseq, text from Kanji order by ID"):
        kanji[idseq].append(text)
    forms: dict[str, list[int]] = defaultdict(list)
    for idseq, text in db.execute("select idseq, text from Kana order by ID"):
        forms[text].append(idseq)
    for idseq, written in kanji.items():
        for form in written:
            forms[form].append(idseq)
    for form, ids in forms.items():
        in_kana = not any("一" <= c <= "鿿" for c in form)
        usual = [i for i in ids if i not in kanji or "word usually written using kana alone" in entries[i][0][0]] if in_kana else ids
        chosen = usual or (ids if len(ids) == 1 and len(form) > 3 else [])
        if chosen:
            yield form, [s for i in chosen[:2] for s in entries[i]]


def flatten(senses: Senses, limit: int = 6) -> Iterator[tuple[str, bool]]:
    """Definitions in order with whether the word is a verb of doing it; marks of the sense are put into the definition."""
    count = 0
    for marks, definitions in senses:
        suru = any("suru" in m for m in marks) and not any("adverb" in m for m in marks)
        register = " (derogatory)" if count == 0 and marks & {"derogatory", "vulgar expression or word"} else ""
        for definition in definitions:
            if count < limit:
                count += 1
                yield definition + register, suru


@cache
def frequencies(lang: str) -> Mapping[str, float]:
    """How often a word is, without a tokenizer."""
    found: Mapping[str, float] = get_frequency_dict(lang)
    return found


def unusual(word: str, lang: str) -> float:
    """Words of every day are less loaded: 1 for a rare word, down to a third for one of the commonest."""
    zipf = math.log10(frequencies(lang).get(word, 1e-9)) + 9
    return min(1.0, max(0.35, 1.0 - 0.35 * (zipf - 3.7)))


def agreeing(definitions: list[tuple[str, bool]], english: English, valence: float) -> int:
    """How many definitions are felt as the word is."""
    read = (read_definition(d, english, saying) for d, saying in definitions)
    return sum(e is not None and abs(e.valence) >= 0.8 and e.valence * valence > 0 for e in read)


def project(words: Iterable[tuple[str, Senses]], english: English, lang: str, felt: Mapping[str, float]) -> Iterator[tuple[str, Entry]]:
    """Words whose tone is worth a row. Neutral verbs of saying are: a check must know that the plain word stands there."""
    for word, senses in words:
        if len(word) < 2 or senses[0][1][0][:1].isupper():  # a name
            continue
        definitions = list(flatten(senses))
        entry = combine(definitions, english)
        entry = felt_too(entry, felt.get(word), sure=entry is not None and agreeing(definitions, english, entry.valence) >= SURE)
        if entry is None:
            continue
        entry = replace(entry, intensity=round(entry.intensity * unusual(word, lang), 2)) if entry.kind == "evaluative" else entry
        strong = abs(entry.valence) >= 1 or entry.intensity >= 1
        if strong or (entry.kind == "reporting" and frequencies(lang).get(word, 0.0) >= 1e-6):
            yield word, entry


def companions(dictionaries: Iterable[tuple[str, Senses]]) -> dict[str, set[str]]:
    """English word -> words it shares a definition with, if they are in at least two dictionary entries together."""
    together: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for _, senses in dictionaries:
        for _, definitions in senses:
            bare = {re.sub(r"^(?:to be|to|a|an|the) |\([^)]*\)", "", d.lower()).strip() for d in definitions[:6]}
            bare = {b for b in bare if b and b.count(" ") < 3}
            for one in bare:
                for other in bare:
                    if one != other:
                        together[one][other] += 1
    return {w: {o for o, n in others.items() if n >= 2} for w, others in together.items() if any(n >= 2 for n in others.values())}


def english_lexicon(
    net: WordNet,
    seeds: Mapping[tuple[str, str], Entry],
    vader: Mapping[str, float],
    opinions: Mapping[str, float],
    pivot: Mapping[str, set[str]],
    felt: Mapping[str, float],
) -> English:
    """Verbs of communication on the ladder, and every word with a valence: from a list, from its neighbours, from the encoder.

    Neighbours take their valence from graded words only: what people merely sorted spreads too far.
    """
    graded = dict(vader) | {w: e.valence for (w, k), e in seeds.items() if k != "reporting"}
    valence = spread(net, graded, pivot) | {w: v for w, v in opinions.items() if w not in graded}
    known = opinions.keys() | graded.keys()
    valence |= {w: valence[a] for w, a in net.adverbs().items() if a in valence and w not in known}
    for word, value in felt.items():
        if word in valence and word not in known and valence[word] * value < 0 and abs(value) >= 0.5:
            valence[word] = round(valence[word] * 0.5, 2)
        elif word not in valence and abs(value) >= 1:
            valence[word] = value
    valence |= {b: v for w, v in valence.items() if (b := british(w)) not in valence and zipf_frequency(b, "en") >= 1.5}
    words = {w: judged(net, w, v) for w, v in valence.items()}
    words |= {w: e for (w, k), e in seeds.items() if k != "reporting"}
    return English(net, reporting(net, seeds), words)


def british(word: str) -> str:
    """A word as it would be spelled in Britain (rumor: rumour, demonize: demonise); most are no words."""
    ours = re.sub(r"(?<=[a-z]{3})or(?=(?:s|ed|ing|able|ably|ful|less|er|ers|ous)?$)", "our", word)
    return re.sub(r"(?<=[a-z]{2})([iy])z(?=e|ing|ation)", r"\1s", ours)


def felt_words(dictionary: Iterable[tuple[str, Senses]], lang: str) -> list[str]:
    """The words of a dictionary that are heard of, names apart."""
    heard, least = frequencies(lang), {"zh": 10**-7.6, "ja": 10**-7.4}[lang]
    return sorted({w for w, s in dictionary if len(w) > 1 and heard.get(w, 0) >= least and not s[0][1][0][:1].isupper()})


def graded(opinion: float, felt: float | None) -> float:
    """A bad word that nobody graded: as far as the encoder agrees."""
    return round(0.9 * opinion + 0.3 * (felt or 0.0), 2)


def judged(net: WordNet, word: str, valence: float) -> Entry:
    """A word by its valence; a loaded noun of people or of talk is a label."""
    intensity = loadedness(net, word, valence)
    senses = net.of.get(word, ())
    first = senses[0][0] if senses else ""
    named = first.startswith("n") and net.senses[first].file in ("18", "10")
    return Entry("label" if named and valence <= -1.4 and intensity >= 2 else "evaluative", valence, intensity)


def write(lang: str, rows: Mapping[str, list[Entry]], source: str) -> None:
    """The packaged table, sorted, with its head."""
    head = f"{COLUMNS}# Built by auditor.tables.tone from {source}\n"
    body = "".join(f"{w}\t{e.kind}\t{e.valence:g}\t{e.intensity:g}\t{e.share:g}\n" for w, found in sorted(rows.items()) for e in found)
    with gzip.GzipFile(LANG / lang / "data" / "tone.tsv.gz", "wb", mtime=0) as out:
        out.write((head + body).encode())
    print(lang, len(rows))


def main() -> None:
    """Reads the sources, writes the three tables."""
    from vaderSentiment import vaderSentiment as vader  # noqa: N813

    gc.disable()  # millions of small objects, none of them garbage
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    arguments.add_argument("--feelings", type=Path, default=Path("build/feelings"), help="where the encoder's valences are kept")
    arguments.add_argument("--opinions", type=Path, required=True, help="negative-words.txt of the Opinion Lexicon")
    options = arguments.parse_args()
    net = WordNet(options.wordnet)
    seeds = read_seeds(LANG / "en" / "data" / "tone_seeds.tsv")
    zh, ja = list(chinese()), list(japanese())
    known = read_vader(Path(vader.__file__).with_name("vader_lexicon.txt"))
    en = [w for w in all_lemmas() if w not in known and w.isalpha() and 1.8 <= zipf_frequency(w, "en") <= 4.6]
    felt = feelings(known, {"zh": felt_words(zh, "zh"), "ja": felt_words(ja, "ja"), "en": en}, options.feelings)
    opinions = {w: graded(v, felt["en"].get(w)) for w, v in read_opinions(options.opinions).items()}
    english = english_lexicon(net, seeds, known, opinions, companions([*zh, *ja]), felt["en"])
    rows: dict[str, list[Entry]] = defaultdict(list)
    for word, entry in english.verbs.items():
        if entry.share >= 0.15 and zipf_frequency(word, "en") >= 1:
            rows[word].append(entry)
    for word, entry in english.words.items():
        if (abs(entry.valence) >= 1 or entry.intensity >= 1) and zipf_frequency(word, "en") >= 1:
            rows[word].append(entry)
    write(
        "en",
        rows,
        "WordNet 3.0 (Princeton licence), VADER (MIT, C.J. Hutto), the Opinion Lexicon (CC BY 4.0, Minqing Hu and Bing Liu)"
        " and tone_seeds.tsv (Apache-2.0)",
    )
    note = "projected from the English tone table (WordNet, VADER, Opinion Lexicon, own seeds); CC BY-SA 4.0"
    write("zh", {w: [e] for w, e in project(zh, english, "zh", felt["zh"])}, f"CC-CEDICT (CC BY-SA 4.0), {note}")
    write("ja", {w: [e] for w, e in project(ja, english, "ja", felt["ja"])}, f"JMdict (CC BY-SA 4.0, EDRDG), {note}")


if __name__ == "__main__":
    main()
