"""Subtitles, SRT and WebVTT: what is said, cues joined where a sentence goes on in the next. The place is the cue's number, time and line.

An empty line ends a cue of WebVTT; in SRT, where it is a slip of a person, only the next cue does: words are not dropped in silence.
Styles, notes and positions are no text; a line that begins with a dash is another speaker's and stands alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.errors import InputError
from auditor.formats.files import decode
from auditor.formats.origins import Builder, Document, Place, glue

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"^\s*({_TIME})\s*-->\s*({_TIME})(?:\s.*)?$")
_TAGS = re.compile(r"</?[A-Za-z](?:[^<>]|\n){0,200}>|\{\\[^{}]{0,80}\}|<\d[\d:.]{3,12}>")
_ENDS = re.compile(r"[.!?。！？…♪][\"'”’」』）)\]]*$")
_NOTES = ("NOTE", "STYLE", "REGION")
"""How a block begins that is no cue."""
_DASH = re.compile(r"^\s*[-–—‐]\s*")


@dataclass(frozen=True, slots=True)
class _Cue:
    line: int
    number: int
    time: str
    said: tuple[str, ...]


def read(raw: bytes, name: str) -> Document:
    """The text. Raises InputError naming the line for a file without cues or a broken time."""
    text = decode(raw, name).replace("\r\n", "\n").replace("\r", "\n")
    built = Builder()
    runs: list[tuple[str, Place]] = []
    for cue in _cues(text.split("\n"), name):
        for line in _lines(cue):
            turn = _DASH.match(line)
            line = line[turn.end() :] if turn else line
            if not line:
                continue
            place: Place = {"cue": cue.number, "time": cue.time, "line": cue.line}
            if runs and (turn or _ENDS.search(runs[-1][0])):
                built.add_runs(runs)
                runs = []
            if runs:
                runs.append((glue(runs[-1][0], line), runs[-1][1]))
            runs.append((line, place))
    if runs:
        built.add_runs(runs)
    made = built.document(name, "subtitles")
    if not made.origins:
        raise InputError(f"{name}: there is no cue in it (a line such as 00:00:01,000 --> 00:00:04,000 and words below)")
    return made


def _lines(cue: _Cue) -> Iterator[str]:
    """Lines without styles; of SRT as well, where players take the same tags."""
    said = html.unescape(_TAGS.sub("", "\n".join(cue.said)))
    for line in said.split("\n"):
        yield " ".join(line.split())


def _cues(lines: list[str], name: str) -> Iterator[_Cue]:
    number = 0
    at = 0
    web = lines[0].startswith("WEBVTT") or name.lower().endswith(".vtt")
    in_note = False
    while at < len(lines):
        timing = _TIMING.match(lines[at])
        if timing is None:
            in_note = bool(lines[at].strip()) and (in_note or lines[at].startswith(_NOTES))
            if "-->" in lines[at] and not in_note:
                raise InputError(f"{name}, line {at + 1}: this is no time of a cue: {lines[at].strip()[:60]!r}")
            at += 1
            continue
        number += 1
        in_note = False
        end = _end(lines, at + 1, web)
        said = lines[at + 1 : end]
        if end < len(lines):
            said = _without_number(said)
        yield _Cue(at + 1, number, timing[1], tuple(said))
        at = end


def _end(lines: list[str], at: int, web: bool) -> int:
    """The line behind a cue's words: a time, or what should be one once a line was empty; in WebVTT the empty line itself."""
    is_apart = False
    while at < len(lines):
        is_apart = is_apart or not lines[at].strip()
        if (is_apart and (web or "-->" in lines[at])) or _TIMING.match(lines[at]):
            break
        at += 1
    return at


def _without_number(said: list[str]) -> list[str]:
    """A cue's lines without the number of the next one: the last line, or one that stands alone."""
    words = len(said)
    while words and not said[words - 1].strip():
        words -= 1
    is_last = words == len(said) or (words > 1 and not said[words - 2].strip())
    return said[: words - 1] if words and is_last and said[words - 1].strip().isdecimal() else said
