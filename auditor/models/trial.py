"""An unpacked package tried in a process of its own: it must load and say something in English about one sentence.

A crafted model file is read by native code; whatever it does there, this process and what is installed stay as they are.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from auditor.errors import EngineError, ModelError
from auditor.translate.packages import Package, read

SECONDS = 300.0
"""To load the model and translate one sentence, from a slow disk too."""
_MEMORY, _FOLD = 4 << 30, 8  # bytes beyond the model's own, and how often the model may be in memory (converted copies)

# The sentence is one that any newspaper may have had; what it becomes does not matter.
_SENTENCES = {"zh": "今天天气很好。", "zt": "今天天氣很好。", "ja": "今日は天気がいいです。"}

_CHILD = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from auditor.models.trial import child; child(sys.argv[2])"


def try_out(package: Package, seconds: float = SECONDS) -> str:
    """What the model says about one sentence. Raises ModelError when it does not load, says nothing or takes too long."""
    environment = os.environ | {"ORT_DISABLE_TELEMETRY": "1", "CUDA_VISIBLE_DEVICES": ""}  # the trial is on the processor
    command = [sys.executable, "-I", "-c", _CHILD, json.dumps([p for p in sys.path if p]), str(package.path)]
    try:
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise _failed(package, f"its model did not answer within {seconds:.0f} seconds") from None
    if done.returncode < 0:
        number = -done.returncode
        name = signal.Signals(number).name if number in {s.value for s in signal.Signals} else number
        raise _failed(package, f"its model crashed when it was tried (signal {name})")
    try:
        answer = json.loads(done.stdout)
        said, problem = str(answer["said"]), str(answer["problem"])
    except (ValueError, KeyError, TypeError):
        problem, said = (done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"])[-1], ""
    if problem:
        raise _failed(package, f"its model cannot be used: {_plain(problem)}")
    if not any(c.isalpha() for c in said):
        raise _failed(package, f"its model said nothing in English about one sentence, but {said[:50]!a}")
    return said


def child(folder: str) -> None:
    """In the other process: print {"said", "problem"} as JSON."""
    package = read(Path(folder))
    if package is None:
        raise SystemExit("no package")
    _limit_memory(package.size)
    from auditor.translate.argos import Argos

    said, problem = "", ""
    try:
        answer = Argos({package.source: package}, threads=1).translate(package.source, [_SENTENCES.get(package.source, "一")])
        said, problem = answer.english[0] or "", answer.problem
    except EngineError as error:
        problem = str(error.__cause__ or error)
    except MemoryError:
        problem = "it needs far more memory than its size explains"
    print(json.dumps({"said": said, "problem": problem}))


def _limit_memory(model: int) -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):  # no such limit on Windows, a lower one set already
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY + _FOLD * model, hard))


def _failed(package: Package, reason: str) -> ModelError:
    return ModelError(
        f"{package.name} is not installed: {reason}. What to do: get the package again from its makers; "
        "one that you packed yourself must be what docs/engines.md says"
    )


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))[:300]
