"""Passages of a translation find their source, and what has none is said to have none."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import align as align_module
from auditor.align import align
from auditor.align_path import band_around, full_band
from auditor.cli import main
from auditor.encoder import DIMENSIONS, Encoder, Parts, limit_threads
from auditor.intake import MAX_SEGMENTS
from auditor.model import Bead

ENGLISH = (
    "The city council approved a new harbour on Monday.",
    "Work on the harbour will begin next spring and take four years.",
    "Fishermen had protested against the plan for months.",
    "They fear that the dredging will drive the fish away.",
    "The mayor promised to pay them for every lost day.",
    "A court will hear the first complaint in June.",
    "Meanwhile, the price of land near the coast has doubled.",
    "Several hotels have already bought plots there.",
)
CHINESE = (
    "市议会周一批准了一座新港口。",
    "港口工程将于明年春天开工，历时四年。",
    "几个月来，渔民一直抗议这项计划。",
    "他们担心疏浚会把鱼赶走。",
    "市长承诺赔偿他们每一天的损失。",
    "法院将在六月审理第一起诉讼。",
    "与此同时，沿海地价翻了一番。",
    "已有几家酒店在那里买下了地块。",
)
JAPANESE = (
    "市議会は月曜日、新しい港の建設を承認した。",
    "港の工事は来年の春に始まり、4年かかる見通しだ。",
    "漁師たちは何か月もこの計画に抗議してきた。",
    "浚渫によって魚がいなくなることを恐れているのだ。",
    "市長は漁ができなかった日の分をすべて補償すると約束した。",
    "裁判所は6月に最初の訴えを審理する。",
    "一方、海岸近くの地価は2倍になった。",
    "すでにいくつかのホテルがそこに土地を買っている。",
)
VERSIONS = pytest.mark.parametrize("version", [CHINESE, JAPANESE], ids=["zh", "ja"])
ADDED = {CHINESE: "足球队昨晚以三比一获胜。", JAPANESE: "昨夜、サッカーチームは3対1で勝った。"}


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> None:
    limit_threads(1)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def pairs(beads: Sequence[Bead]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in beads]


def ones(indices: Sequence[int]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [((i,), (i,)) for i in indices]


@VERSIONS
def test_a_faithful_version_is_paired_sentence_by_sentence(encoder: Encoder, version: tuple[str, ...]) -> None:
    beads = align(ENGLISH, version, encoder)
    assert pairs(beads) == ones(range(8))
    assert all(bead.similarity > 0.4 and not bead.moved for bead in beads)


@VERSIONS
@pytest.mark.parametrize("dropped", range(8))
def test_a_dropped_sentence_is_an_omission(encoder: Encoder, version: tuple[str, ...], dropped: int) -> None:
    beads = align(ENGLISH, version[:dropped] + version[dropped + 1 :], encoder)
    assert [bead.source for bead in beads if bead.kind == "1-0"] == [(dropped,)]
    assert len(beads) == 8


@VERSIONS
@pytest.mark.parametrize("at", (0, 3, 8))
def test_an_inserted_sentence_is_an_addition(encoder: Encoder, version: tuple[str, ...], at: int) -> None:
    beads = align(ENGLISH, (*version[:at], ADDED[version], *version[at:]), encoder)
    assert [bead.target for bead in beads if bead.kind == "0-1"] == [(at,)]
    assert len(beads) == 9


@VERSIONS
def test_two_sentences_rendered_as_one_are_one_passage(encoder: Encoder, version: tuple[str, ...]) -> None:
    merged = (*version[:2], version[2] + version[3], *version[4:])
    assert ((2, 3), (2,)) in pairs(align(ENGLISH, merged, encoder))


@VERSIONS
def test_one_sentence_rendered_as_two_is_one_passage(encoder: Encoder, version: tuple[str, ...]) -> None:
    merged = (*ENGLISH[:6], f"{ENGLISH[6]} {ENGLISH[7]}")
    assert ((6,), (6, 7)) in pairs(align(merged, version, encoder))


@VERSIONS
def test_neighbours_that_changed_places_are_moved(encoder: Encoder, version: tuple[str, ...]) -> None:
    swapped = (*version[:4], version[5], version[4], *version[6:])
    beads = align(ENGLISH, swapped, encoder)
    assert {(b.source, b.target) for b in beads if b.moved} == {((4,), (5,)), ((5,), (4,))}


@VERSIONS
def test_a_sentence_moved_to_the_end_is_found_there(encoder: Encoder, version: tuple[str, ...]) -> None:
    beads = align(ENGLISH, (*version[:1], *version[2:], version[1]), encoder)
    assert ((1,), (7,)) in [(b.source, b.target) for b in beads if b.moved]
    assert all(b.source and b.target for b in beads)


@pytest.mark.parametrize("text", [ENGLISH, CHINESE, JAPANESE, ("Same.",) * 6, ("A", "A", "B", "A"), ("1", "2", "3")])
def test_a_text_with_itself_is_paired_one_to_one(encoder: Encoder, text: tuple[str, ...]) -> None:
    beads = align(text, text, encoder)
    assert pairs(beads) == ones(range(len(text)))
    assert not any(bead.moved for bead in beads)


def test_nothing_on_one_side_is_all_omission_or_addition(encoder: Encoder) -> None:
    assert [b.kind for b in align(ENGLISH[:2], (), encoder)] == ["1-0", "1-0"]
    assert [b.kind for b in align((), CHINESE[:2], encoder)] == ["0-1", "0-1"]
    assert align((), (), encoder) == ()


class Vectors:
    """An encoder of numbers: texts with the same number have the same vector."""

    def parts(self, texts: Sequence[str]) -> Parts:
        rows = [np.random.default_rng(int(t)).standard_normal(DIMENSIONS) for t in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(-1, DIMENSIONS)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
        weights = {name: np.eye(DIMENSIONS, dtype=np.float32) for name in ("d0", "d1", "d2", "d3", "p1", "p3")}
        return Parts(vectors, vectors * 4, np.full(len(texts), 16, np.float32), (np.zeros(DIMENSIONS, np.float32), 0.0), weights)


NUMBERS = st.lists(st.integers(0, 12).map(str), max_size=30)


@settings(max_examples=60, deadline=None)
@given(source=NUMBERS, target=NUMBERS)
def test_every_segment_is_in_exactly_one_passage(source: list[str], target: list[str]) -> None:
    beads = align(source, target, Vectors())
    assert sorted(i for b in beads for i in b.source) == list(range(len(source)))
    assert sorted(j for b in beads for j in b.target) == list(range(len(target)))
    assert all(list(b.source) == sorted(b.source) and (b.source or b.target) for b in beads)


@pytest.mark.parametrize(("n", "m"), [(400, 400), (700, 300), (300, 900), (400, 3), (3, 400)])
def test_a_long_text_is_aligned_in_a_band(n: int, m: int) -> None:
    source = [str(k) for k in range(n)]
    target = source[:m] if m <= n else [*source[: n // 2], *(str(10_000 + k) for k in range(m - n)), *source[n // 2 :]]
    beads = align(source, target, Vectors())
    assert sorted(i for b in beads for i in b.source) == list(range(n))
    assert sorted(j for b in beads for j in b.target) == list(range(m))
    if min(n, m) > 3:
        right = sum(b.kind == "1-1" and source[b.source[0]] == target[b.target[0]] for b in beads)
        assert right >= 0.97 * min(n, m)


def test_time_grows_with_length_not_with_its_square() -> None:
    def seconds(n: int) -> float:
        texts = [str(k) for k in range(n)]
        parts = Vectors().parts(texts)

        class Ready:
            def parts(self, _: Sequence[str]) -> Parts:
                return parts

        runs = []
        for _ in range(3 if n < 1000 else 1):
            start = time.perf_counter()
            align(texts, texts, Ready())
            runs.append(time.perf_counter() - start)
        return min(runs)

    assert seconds(2000) < 130 * seconds(50)


@pytest.mark.parametrize("path", [[(0, 0), (5, 5), (5, 400), (500, 500)], [(0, 0), (0, 300), (500, 500)], [(0, 0), (499, 0), (500, 500)]])
def test_the_rows_of_a_band_overlap(path: list[tuple[int, int]]) -> None:
    band = band_around(path, 500, 500, 16, widest=64)
    assert band.low[0] == 0 and band.low[-1] + band.width == 501
    assert (np.diff(band.low) >= 0).all() and (np.diff(band.low) < band.width).all()
    assert full_band(2, 3).width == 4


def test_the_same_texts_give_the_same_bytes_whatever_came_before(encoder: Encoder) -> None:
    fresh = Encoder()
    fresh.encode(["Something else entirely.", *CHINESE[3:5]])
    assert fresh.encode([*ENGLISH, *CHINESE]).tobytes() == encoder.encode([*ENGLISH, *CHINESE]).tobytes()
    assert encoder.encode(ENGLISH).shape == (8, DIMENSIONS)
    assert np.allclose(np.linalg.norm(encoder.encode(ENGLISH), axis=1), 1, atol=1e-4)
    assert encoder.encode([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize(("texts", "glue"), [(ENGLISH, " "), (CHINESE, ""), (JAPANESE, "")], ids=["en", "zh", "ja"])
@pytest.mark.parametrize("size", (1, 2, 3))
def test_joined_neighbours_are_as_if_encoded_as_one(encoder: Encoder, texts: tuple[str, ...], glue: str, size: int) -> None:
    whole = encoder.encode([glue.join(texts[k : k + size]) for k in range(len(texts) - size + 1)])
    assert (encoder.parts(texts).runs(size) * whole).sum(axis=1).min() > 0.97


def test_a_text_beyond_the_limit_is_cut(encoder: Encoder) -> None:
    assert np.array_equal(encoder.encode(["a b " * 500]), encoder.encode(["a b " * 5000]))


def test_memory_for_what_is_left_alone_grows_with_length_not_with_its_square() -> None:
    def peak(n: int) -> int:
        vectors = np.random.default_rng(1).standard_normal((n, 8)).astype(np.float32)
        tracemalloc.start()
        found = align_module._nearest(vectors, range(n), vectors)
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert found[n - 1][0] == int((vectors @ vectors[n - 1]).argmax())
        return size

    assert peak(6000) < 3 * peak(3000)


def test_a_very_long_text_has_a_narrower_band(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = Vectors().parts([str(k) for k in range(800)]).vectors
    shuffled = parts[np.random.default_rng(1).permutation(800)]
    assert align_module._band(parts, shuffled).width > 100
    monkeypatch.setattr(align_module, "_CELLS", 80_000)
    assert align_module._band(parts, shuffled).width == 100


def test_a_text_of_mere_line_ends_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "en.txt").write_text("The plant employs 120 people.\n" + "`\n" * (MAX_SEGMENTS + 5), encoding="utf-8")
    (tmp_path / "zh.txt").write_text("该厂雇用120人。\n", encoding="utf-8")
    assert main(["audit", str(tmp_path / "en.txt"), "--zh", str(tmp_path / "zh.txt"), "--engine", "gloss"]) == 2
    assert "the source text has 30,006 sentences and lines; the limit is 30,000" in capsys.readouterr().err
