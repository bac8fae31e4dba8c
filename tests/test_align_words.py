"""Halves of split and merged passages that the aligner left alone are joined by their words; whole other sentences are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from auditor.align_words import Text, join_by_words
from auditor.intake import Submission, Translation
from auditor.lang.base import language
from auditor.model import Bead, Segment
from auditor.session import Session

CASES = Path(__file__).parent / "cases"


def documents() -> Iterator[tuple[str, str, str]]:
    """The faithful cases of both checks: language, English, translation."""
    for check in ("addition", "omission"):
        for line in (CASES / f"{check}.tsv").read_text(encoding="utf-8").splitlines():
            if line.startswith("quiet"):
                lang, english, translation = (field.replace("‖", "\n") for field in line.split("\t")[1:4])
                yield lang, english, translation


def side(code: str, text: str, segments: Sequence[Segment], session: Session, one_line: bool = False) -> Text:
    folded = [language(code).fold(s.text).text for s in segments]
    units = [0 if one_line else s.paragraph for s in segments]
    return Text(folded, units, lambda chosen: session.reading.passage(code, text, [segments[i] for i in chosen]))


def aligned(document: tuple[str, str, str], session: Session, one_line: bool = False) -> tuple[Text, Text, tuple[Bead, ...]]:
    lang, english, translation = document
    planned = session.plan(Submission("case", "en", english, (Translation(lang, translation),)))
    version = planned.translations[0]
    source = side("en", english, planned.source_segments, session, one_line)
    return source, side(lang, translation, version.segments, session, one_line), version.beads


def taken_apart(beads: tuple[Bead, ...], source: Text, target: Text) -> Iterator[list[Bead]]:
    """The beads with an end of one of them left alone, every way there is within a line."""
    for at, bead in enumerate(beads):
        for name, text, run, other in (("source", source, bead.source, bead.target), ("target", target, bead.target, bead.source)):
            if len(run) > 1 and len(other) == 1 and len({text.units[i] for i in run}) == 1:
                for end, rest in ((run[:1], run[1:]), (run[-1:], run[:-1])):
                    alone = Bead(end, ()) if name == "source" else Bead((), end)
                    short = replace(bead, source=rest) if name == "source" else replace(bead, target=rest)
                    yield [*beads[:at], short, alone, *beads[at + 1 :]]


def runs(beads: Sequence[Bead]) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    return {(b.source, b.target) for b in beads}


def test_what_was_taken_off_a_passage_is_joined_again(session: Session) -> None:
    restored = []
    for document in documents():
        source, target, beads = aligned(document, session)
        for parted in taken_apart(beads, source, target):
            restored.append(runs(join_by_words(parted, source, target, session.encoder.encode)) == runs(beads))
    assert len(restored) >= 40
    assert sum(restored) / len(restored) >= 0.95


def test_a_sentence_whose_counterpart_is_gone_is_not_joined_to_its_neighbour(session: Session) -> None:
    joined = []
    for document in documents():
        source, target, beads = aligned(document, session, one_line=True)
        for at, bead in enumerate(beads):
            if bead.kind == "1-1" and len(beads) > 1:
                for alone in (replace(bead, source=()), replace(bead, target=())):
                    left = [*beads[:at], alone, *beads[at + 1 :]]
                    joined.append(runs(join_by_words(left, source, target, session.encoder.encode)) != runs(left))
    assert len(joined) >= 100
    assert sum(joined) / len(joined) <= 0.03


def test_nothing_is_joined_across_lines(session: Session) -> None:
    english, japanese = "The pump failed before dawn and flooded the cellar.", "夜明け前にポンプが故障した。\n地下室が水浸しになった。"
    source, target, beads = aligned(("ja", english, japanese), session)
    parted = [Bead((0,), (0,)), Bead((), (1,))]
    assert runs(beads) == {((0,), (0, 1))}
    assert runs(join_by_words(parted, source, target, session.encoder.encode)) == runs(parted)
    together = replace(target, units=[0, 0])
    assert runs(join_by_words(parted, source, together, session.encoder.encode)) == runs(beads)
