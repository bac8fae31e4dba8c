"""Scores of reports against case files.

A case is a batch line with `gold`: planted drifts {category, kind, source_line, target_line}; empty for a clean case. A drift is caught
when a finding of its category and language, major or critical, lies on its line. False alarms are the major and critical findings of
clean cases, per 100 lines of English. Cases with `links` score the alignment (line pairs, and lines left alone); cases with `label`
("ERR", "NOT") score a whole case as flagged or not, by Matthews correlation.
"""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

SERIOUS = frozenset({"critical", "major"})
LEVELS = {"critical": {"critical"}, "major": {"critical", "major"}, "minor": {"critical", "major", "minor"}}
Json = Mapping[str, Any]


@dataclass
class Scores:
    """Counts that add up case by case.

    planted  (lang, category/kind) -> [planted, caught]
    alarms   (lang, category) -> false alarms; lines: lang -> clean English lines
    pairs, nulls  lang -> [true positive, false positive, false negative]
    votes    (lang, level) -> [tp, fp, fn, tn]
    """

    planted: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    alarms: Counter[tuple[str, str]] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)
    pairs: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    nulls: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    votes: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0, 0]))
    failed: int = 0

    def table(self) -> dict[str, float]:
        """One flat table: row name -> figure, for printing and for comparing runs."""
        rows: dict[str, float] = {}
        for (lang, kind), (planted, caught) in sorted(self.planted.items()):
            rows[f"{lang} caught {kind} %"] = round(100 * caught / planted, 1)
        for lang, lines in sorted(self.lines.items()):
            for (found, category), n in sorted(self.alarms.items()):
                if found == lang:
                    rows[f"{lang} false alarms {category} /100"] = round(100 * n / lines, 2)
            total = sum(n for (found, _), n in self.alarms.items() if found == lang)
            rows[f"{lang} false alarms all /100"] = round(100 * total / lines, 2)
        for name, counts in (("pairs", self.pairs), ("nulls", self.nulls)):
            rows |= {f"{lang} {name} F1": _f1(*v) for lang, v in sorted(counts.items())}
        for (lang, level), (tp, fp, fn, tn) in sorted(self.votes.items()):
            rows[f"{lang} MCC at {level}"] = _mcc(tp, fp, fn, tn)
            rows[f"{lang} flagged at {level} %"] = round(100 * (tp + fp) / max(tp + fp + fn + tn, 1), 1)
        return rows


def _f1(tp: int, fp: int, fn: int) -> float:
    return round(2 * tp / max(2 * tp + fp + fn, 1), 3)


def _mcc(tp: int, fp: int, fn: int, tn: int) -> float:
    spread = sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))
    return round((tp * tn - fp * fn) / spread, 3) if spread else 0.0


def score(cases: Iterable[tuple[Json, Json]]) -> Scores:
    """Scores of (case, report) couples."""
    scores = Scores()
    for case, report in cases:
        if "error" in report:
            scores.failed += 1
        if "label" in case:
            _vote(scores, case, report)
        elif "links" in case:
            _links(scores, case, report)
        else:
            _planted(scores, case, report)
    return scores


def _vote(scores: Scores, case: Json, report: Json) -> None:
    lang = case["translations"][0]["lang"]
    for level, names in LEVELS.items():
        said = any(f["severity"] in names for f in report.get("findings", ()))
        wrong = case["label"] == "ERR"
        scores.votes[lang, level][(0 if said else 2) if wrong else (1 if said else 3)] += 1


def _planted(scores: Scores, case: Json, report: Json) -> None:
    lang = case["translations"][0]["lang"]
    source, target = _starts(case["source"]["text"]), _starts(case["translations"][0]["text"])
    found = [f for f in report.get("findings", ()) if f["lang"] == lang and f["severity"] in SERIOUS]
    if not case["gold"]:
        scores.lines[lang] += len(source)
        scores.alarms.update((lang, f["category"]) for f in found)
        return
    for gold in case["gold"]:
        here = [f for f in report.get("findings", ()) if _on_line(f, gold, source, target) and f["category"] == gold["category"]]
        row = scores.planted[lang, f"{gold['category']}/{gold['kind']}"]
        row[0] += 1
        row[1] += any(f["severity"] in SERIOUS for f in here)


def judged(case: Json, report: Json) -> list[tuple[Json, bool]]:
    """Findings whose truth the case tells: False on a clean one, True on the line and in the category of a planted drift."""
    findings = report.get("findings", ())
    if not case["gold"]:
        return [(f, False) for f in findings]
    source, target = _starts(case["source"]["text"]), _starts(case["translations"][0]["text"])
    return [(f, True) for f in findings if any(_on_line(f, g, source, target) and f["category"] == g["category"] for g in case["gold"])]


def _on_line(finding: Json, gold: Json, source: Sequence[int], target: Sequence[int]) -> bool:
    return (gold["source_line"] is not None and gold["source_line"] in _lines(finding.get("source"), source)) or (
        gold["target_line"] is not None and gold["target_line"] in _lines(finding.get("target"), target)
    )


def _starts(text: str) -> list[int]:
    return [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]


def _lines(span: Json | None, starts: Sequence[int]) -> range:
    if not span:
        return range(0)
    return range(bisect.bisect_right(starts, span["start"]) - 1, bisect.bisect_right(starts, max(span["start"], span["end"] - 1)))


def _links(scores: Scores, case: Json, report: Json) -> None:
    lang = case["translations"][0]["lang"]
    source, target = _starts(case["source"]["text"]), _starts(case["translations"][0]["text"])
    gold = {(i, j) for i, j in case["links"]}
    passages = report["translations"][0]["passages"] if "translations" in report else []
    said = {(i, j) for p in passages for i in _lines(p["source"], source) for j in _lines(p["target"], target)}
    _count(scores.pairs[lang], gold, said)
    everything = {("s", i) for i in range(len(source))} | {("t", j) for j in range(len(target))}
    alone = [everything - {("s", i) for i, _ in links} - {("t", j) for _, j in links} for links in (gold, said)]
    _count(scores.nulls[lang], *alone)


def _count(row: list[int], gold: set[Any], said: set[Any]) -> None:
    for k, n in enumerate((len(gold & said), len(said - gold), len(gold - said))):
        row[k] += n
