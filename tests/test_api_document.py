"""The OpenAPI document: complete, with examples that are right, and kept by what the API really answers (schemathesis)."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection

from auditor.session import Session
from tests.api_kit import Api, api_over
from tests.service_kit import KINDS, bench
from tests.test_api_who import CALLS, Call, prepared


@pytest.fixture(scope="module", params=KINDS)
def api(request: pytest.FixtureRequest, session: Session) -> Iterator[Api]:
    with bench(request.param) as made, api_over(made, session, rate=1_000_000, webhooks=1_000_000) as found:
        yield found


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(f"{method.upper()} {path}", o) for path, ways in document["paths"].items() for method, o in ways.items()]


def resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "components": document["components"]}


def examples(document: dict[str, Any], content: dict[str, Any]) -> list[Any]:
    if "example" in content:
        return [content["example"]]
    name = content["schema"].get("$ref", "").rpartition("/")[2]
    found: list[Any] = document["components"]["schemas"].get(name, {}).get("examples", [])
    return found


def test_every_call_and_every_answer_has_an_example_that_fits(api: Api) -> None:
    document = api.get(None, "/openapi.json")
    for name, operation in operations(document):
        assert operation["summary"] and operation["description"], name
        contents = dict(operation.get("requestBody", {}).get("content", {}))
        for status, answer in operation["responses"].items():
            assert answer["description"], (name, status)
            for kind, content in answer.get("content", {}).items():
                contents[f"{status} {kind}"] = content
            if int(status) >= 400:
                assert set(answer["content"]) == {"application/problem+json"}, (name, status)
        for what, content in contents.items():
            found = examples(document, content)
            assert found, f"{name}: no example for {what}"
            if "schema" in content and "multipart" not in what:
                for example in found:
                    jsonschema_rs.validate(resolved(document, content["schema"]), example)
            if what[:3].isdigit() and "problem" in what:
                assert found[0]["status"] == int(what[:3]), (name, what)


def test_the_examples_of_bodies_are_taken(api: Api) -> None:
    document = api.get(None, "/openapi.json")
    by_name = dict(operations(document))
    for call in CALLS:
        content = by_name[f"{call.method} {call.path}"].get("requestBody", {}).get("content", {}).get("application/json")
        if content is None or call.path in ("/v1/session", "/v1/findings"):  # their examples name what is not here
            continue
        for example in examples(document, content):
            about = prepared(api, call)
            answer = api.ask("admin", about.method, about.path, json=example)
            assert answer.is_success, (call.path, answer.text)


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
EXAMPLES = 10
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@pytest.mark.parametrize("call", CALLS, ids=[f"{c.method} {c.path}" for c in CALLS])
def test_whatever_is_sent_is_answered_as_the_document_says(api: Api, call: Call) -> None:
    schema = schemathesis.openapi.from_dict(api.client.app.openapi())  # type: ignore[attr-defined]
    schema.app = api.client.app
    operation = schema[call.path][call.method]
    _sent(api, operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    with contextlib.suppress(Unsatisfiable):  # nothing about it can be wrong
        _sent(api, operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    if "{" in call.path and call.method != "DELETE":  # the same about what is there
        there = dict(zip(_parts(call.path), _parts(call.path, prepared(api, call).path), strict=True))
        for mode in MODES if call.sent else (GenerationMode.POSITIVE,):
            _sent(api, operation.as_strategy(generation_mode=mode, path_parameters=there))


def _parts(path: str, filled: str | None = None) -> list[str]:
    """The names in a path, or what stands in their places."""
    pattern = re.sub(r"\\{(\w+)\\}", "(.+?)", re.escape(path)) + "$"
    found = re.match(pattern, filled or path)
    assert found is not None
    return [part.strip("{}") for part in found.groups()]


def _sent(api: Api, strategy: Any) -> None:
    @given(case=strategy)
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def test(case: Any) -> None:
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {api.secrets['admin']}"}
        case.call_and_validate(checks=CHECKS)

    test()
