"""A LibreTranslate server as an engine: https://docs.libretranslate.com, tested with 1.9.6.

Texts travel in batches. A batch that fails is halved until the text at fault stands alone, so that one sentence never costs the others
theirs. A server in trouble is left alone for a while. A call of `translate` lasts at most four timeouts and a second for each text,
whatever the server does.

LibreTranslate adapts its English to the look of what it was given (`improve_translation_formatting`): a Chinese sentence whose only Latin
letters are GDP gives English in capitals, one that ends with 。 gives English that ends with it, one that ends with ？ loses its question
mark. It looks at the whole text, but translates line by line. So every text is sent with a second line that has a capital letter, a small
letter and no mark; its English is dropped. The server translates that line once and remembers it.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic
from typing import Any

from auditor.errors import EngineError
from auditor.translate.base import Decoding, Translated
from auditor.translate.libretranslate.wire import Address, Failure, Manners, Wire

CODES: Mapping[str, tuple[str, ...]] = {"zh": ("zh-hans", "zh", "zh-cn", "zh-hant", "zt", "zh-tw")}
"""What servers of several versions call a language, best first; in lower case. zh is given in simplified characters."""
_TRADITIONAL = ("zh-hant", "zt", "zh-tw")
_ENGLISH = "en"

BATCH_TEXTS = 25
BATCH_CHARACTERS = 2500
"""What one request holds at most: a few seconds of a small server's work."""
ALTERNATIVES = 3
_SECOND_LINE = "\nAa"
_METHOD = "by-line"  # how texts are sent; another way gets other English, and another name
_MINOR = 5.0  # seconds for what is good to know but can be done without

_HARD, _SLOW, _SOFT = 8, 3, 1  # how much a failure speaks against a server: at fault itself; slow; perhaps the texts' fault
_DOWN = 8  # in a row: the server is left alone. A bad text alone in its batch is found after six


@dataclass(frozen=True, slots=True)
class About:
    """What a server says of itself: its version, its codes of languages with an English side (None: not said), and its limits (0: none)."""

    version: str = ""
    codes: tuple[str, ...] | None = None
    most_characters: int = 0
    most_texts: int = 0

    def code(self, lang: str) -> str | None:
        """What the server calls a language, None when it does not translate that language to English."""
        names = CODES.get(lang, (lang,))
        if self.codes is None:
            return "zh" if lang == "zh" else lang
        known = {code.lower(): code for code in self.codes}
        return next((known[name] for name in names if name in known), None)


class LibreTranslate:
    """The engine (see `auditor.translate.base.Engine`) of one server. Nothing is asked of it before it is used. Not shared by threads.

    `timeout` seconds for one answer; `tries` of a request and `pause`, the seconds before the second; `rest`, the seconds that a server in
    trouble is left alone. Raises EngineError for an address that is none.
    """

    name = "libretranslate"
    independent = True

    def __init__(self, url: str, key: str = "", timeout: float = 30.0, *, tries: int = 3, pause: float = 0.5, rest: float = 60.0) -> None:
        try:
            self._address = Address(url)
        except ValueError as error:
            raise EngineError(f"the LibreTranslate server cannot be used: {error}") from None
        self._key = key
        self._manners = Manners(timeout, tries, pause)
        self._rest = rest
        self._about: About | None = None
        self._against = 0
        self._closed_until = 0.0
        self._trouble = ""
        self._most_texts = BATCH_TEXTS
        self._keeps_lines = True
        self._gives_alternatives = True

    @property
    def version(self) -> str:
        """Of the server, asked once; "" when it is not said or the server is down."""
        return self._met().version

    def model(self, lang: str) -> str:
        """The server's address, without credentials: what it translates with, it does not say."""
        return self._address.shown

    def fingerprint(self, lang: str) -> str:
        """Address and version of the server, and what it calls the language; which models it has it does not say."""
        about = self._met()
        return f"{self._address.shown} {about.version} {about.code(lang)} {_METHOD}"

    def bound(self, texts: int) -> float:
        """Seconds that translating so many texts takes at most."""
        return 4 * self._manners.timeout + texts

    def translate(self, lang: str, texts: Sequence[str], decoding: Decoding = "first") -> Translated:
        """English of each text (simplified characters for zh), in order; what failed is None, with the reasons. Raises nothing."""
        job = _Job([" ".join(text.split()) for text in texts])
        if job.todo:
            if self._is_left_alone():
                job.fail(job.todo, self._trouble)
            else:
                _run(self._work(job, lang, decoding))
        return Translated(tuple(job.english), job.problem(self._address.shown))

    def _met(self) -> About:
        """What the server said of itself, asked now if it was not before."""
        if self._about is None and not self._is_left_alone():
            _run(self._meet())
        return self._about or About()

    async def _meet(self) -> None:
        async with Wire(self._address, self._key, self._manners, monotonic() + self.bound(0)) as wire:
            try:
                self._about = await _asked_about(wire)
            except Failure as failure:
                self._note(failure, _HARD)

    async def _work(self, job: _Job, lang: str, decoding: Decoding) -> None:
        async with Wire(self._address, self._key, self._manners, monotonic() + self.bound(len(job.todo))) as wire:
            if self._about is None:
                try:
                    self._about = await _asked_about(wire)
                except Failure as failure:
                    self._note(failure, _HARD)
                    return job.fail(job.todo, failure.reason)
            code, limit = self._about.code(lang), self._about.most_characters
            if code is None:
                return job.fail(job.todo, f"does not translate {lang} to English")
            if limit:
                long = [i for i in job.todo if len(job.texts[i]) + len(_SECOND_LINE) > limit]
                job.fail(long, f"takes no text longer than {limit} characters")
            return await self._batches(wire, job, code, decoding)

    async def _batches(self, wire: Wire, job: _Job, code: str, decoding: Decoding) -> None:
        about = self._about or About()
        waiting = deque(_packed(job, min(BATCH_TEXTS, about.most_texts or BATCH_TEXTS)))
        while waiting:
            batch = waiting.popleft()
            if len(batch) > self._most_texts:
                waiting.extendleft(reversed(_halves(batch)))
                continue
            try:
                said = await self._said(wire, code, [job.texts[i] for i in batch], decoding)
            except Failure as failure:
                if failure.slow and len(batch) > 1:
                    self._most_texts = len(batch) // 2
                self._note(failure, _HARD if failure.blame == "server" else _SLOW if failure.slow else 0 if failure.late else _SOFT)
                if failure.late or self._is_left_alone():
                    return job.fail([*batch, *(i for rest in waiting for i in rest)], failure.reason)
                if len(batch) == 1:
                    job.fail(batch, failure.reason)
                else:
                    waiting.extendleft(reversed(_halves(batch)))
                continue
            self._against = 0
            job.take(batch, said)
        return None

    async def _said(self, wire: Wire, code: str, texts: Sequence[str], decoding: Decoding) -> list[str | None]:
        """English of each text of a batch, None for an answer that is no text. Raises Failure for the whole batch."""
        if not self._keeps_lines:
            return [_chosen(answers, decoding) for answers in await self._answers(wire, code, texts, decoding)]
        answers = await self._answers(wire, code, [text + _SECOND_LINE for text in texts], decoding)
        lines = [[line for line in map(_first_line, each) if line] for each in answers]
        lost = [i for i, each in enumerate(answers) if each and not _first_line(each[0])]
        if lost:  # a server of another make, which puts lines together: those texts are sent as they are
            self._keeps_lines = len(texts) == 1 or len(lost) < len(texts)
            plain = await self._answers(wire, code, [texts[i] for i in lost], decoding)
            for i, each in zip(lost, plain, strict=True):
                lines[i] = each
        return [_chosen(each, decoding) for each in lines]

    async def _answers(self, wire: Wire, code: str, texts: Sequence[str], decoding: Decoding) -> list[list[str]]:
        """For each text its English and alternatives; none for an answer that is no text."""
        asked: dict[str, Any] = {"q": _written(code, texts), "source": code, "target": _ENGLISH, "format": "text"}
        if decoding == "second" and self._gives_alternatives:
            try:
                return _checked(await wire.post("translate", asked | {"alternatives": ALTERNATIVES}), len(texts))
            except Failure as failure:
                if failure.status != 400:
                    raise
            answers = _checked(await wire.post("translate", asked), len(texts))
            self._gives_alternatives = False
            return answers
        return _checked(await wire.post("translate", asked), len(texts))

    def _note(self, failure: Failure, weight: int) -> None:
        """Count what speaks against the server since its last good answer; too much, and it is left alone for a while."""
        self._against += weight
        if self._against >= _DOWN:
            self._closed_until = monotonic() + max(self._rest, min(failure.after, 10 * self._rest))
            self._trouble = failure.reason

    def _is_left_alone(self) -> bool:
        return monotonic() < self._closed_until


class _Job:
    """Texts of one call and what has become of them."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.english: list[str | None] = [None if text else "" for text in texts]
        self._reasons: dict[int, str] = {}

    @property
    def todo(self) -> list[int]:
        """Indices of texts that have neither English nor a reason why not."""
        return [i for i, english in enumerate(self.english) if english is None and i not in self._reasons]

    def take(self, batch: Sequence[int], said: Sequence[str | None]) -> None:
        for i, english in zip(batch, said, strict=True):
            self.english[i] = english
            if english is None:
                self._reasons[i] = "gave an answer that is no text"

    def fail(self, batch: Sequence[int], reason: str) -> None:
        self._reasons |= dict.fromkeys(batch, reason)

    def problem(self, address: str) -> str:
        """Why some texts have no English, the commonest reasons first; "" when all have."""
        if not self._reasons:
            return ""
        reasons = " and ".join(reason for reason, _ in Counter(self._reasons.values()).most_common(3))
        return f"LibreTranslate at {address} {reasons}; {len(self._reasons)} of {len(self.texts)} texts were not back-translated"


async def _asked_about(wire: Wire) -> About:
    """What the server says of itself. Raises Failure when it cannot be spoken to; what it merely does not know is left out."""
    try:
        languages = await wire.get("languages")
    except Failure as failure:
        if failure.again or failure.slow or failure.late or (failure.blame == "server" and failure.status not in (404, 405)):
            raise
        languages = None
    settings = await wire.glance("frontend/settings", _MINOR)
    spec = await wire.glance("spec", _MINOR)
    info = spec.get("info") if isinstance(spec, dict) else None
    version = info.get("version") if isinstance(info, dict) else None
    limits = settings if isinstance(settings, dict) else {}
    return About(
        version if isinstance(version, str) and version.isprintable() and len(version) < 40 else "",
        _codes(languages),
        _limit(limits.get("charLimit")),
        _limit(limits.get("batchLimit")),
    )


def _codes(languages: Any) -> tuple[str, ...] | None:
    """Codes of the languages that have an English side; a language of which the server does not say it counts as one."""
    if not isinstance(languages, list):
        return None
    known = [item for item in languages if isinstance(item, dict) and isinstance(item.get("code"), str)]
    return tuple(i["code"] for i in known if not isinstance(i.get("targets"), list) or _ENGLISH in i["targets"]) if known else None


def _limit(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _packed(job: _Job, most: int) -> list[list[int]]:
    """The texts to do in batches, in order."""
    batches: list[list[int]] = []
    room = 0
    for i in job.todo:
        room -= len(job.texts[i])
        if not batches or room < 0 or len(batches[-1]) == most:
            batches.append([])
            room = BATCH_CHARACTERS - len(job.texts[i])
        batches[-1].append(i)
    return batches


def _halves(batch: list[int]) -> tuple[list[int], list[int]]:
    return batch[: (len(batch) + 1) // 2], batch[(len(batch) + 1) // 2 :]


def _written(code: str, texts: Sequence[str]) -> list[str]:
    """The texts in the characters that the server's language is written in."""
    if code.lower() not in _TRADITIONAL:
        return list(texts)
    import opencc

    convert = opencc.OpenCC("s2t").convert
    return [str(convert(text)) for text in texts]


def _checked(answer: Any, count: int) -> list[list[str]]:
    """The texts of an answer to so many; of a list of another length nobody can say which belongs where. Raises Failure."""
    said = answer.get("translatedText") if isinstance(answer, dict) else None
    others = answer.get("alternatives") if isinstance(answer, dict) else None
    if isinstance(said, str) and count == 1:
        said, others = [said], [others]
    if not isinstance(said, list):
        raise Failure("gave an answer that is no translation")
    if len(said) != count:
        raise Failure("gave another number of translations than it was asked for")
    if not isinstance(others, list) or len(others) != count:
        others = [[]] * count
    return [
        [first, *filter(_is_text, more if isinstance(more, list) else [])] if _is_text(first) else []
        for first, more in zip(said, others, strict=True)
    ]


def _is_text(value: Any) -> bool:
    """A string that can be stored and printed: JSON can hold halves of characters."""
    return isinstance(value, str) and not any("\ud800" <= c <= "\udfff" for c in value)


def _first_line(answer: str) -> str:
    """The English of a text that was sent with a second line; "" when the answer does not have two lines."""
    lines = answer.strip().split("\n")
    return lines[0] if len(lines) == 2 else ""


def _chosen(answers: Sequence[str], decoding: Decoding) -> str | None:
    """The first English, or for a second try the first that is another."""
    lines = [" ".join(answer.split()) for answer in answers]
    if decoding == "second":
        return next((line for line in lines if line and line != lines[0]), lines[0] if lines else None)
    return lines[0] if lines else None


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end, in a thread of its own when this one is running an event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
