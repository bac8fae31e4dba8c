"""A report of the service in every form, by suffix and by Accept."""

from __future__ import annotations

import pytest

from auditor.formats.forms import BY_SUFFIX, FORMS
from tests.api_kit import Api, api_sqlite, problem

__all__ = ["api_sqlite"]
BEGINS = {
    "json": b'{"schema_version"', "text": b"zh-Hans", "html": b"<!doctype html>", "xlsx": b"PK\x03\x04", "parquet": b"PAR1",
    "csv": b"\xef\xbb\xbfarticle,", "sarif": b"{\n", "junit": b"<?xml", "xliff": b"<?xml", "tmx": b"<?xml",
}  # fmt: skip


@pytest.fixture(scope="module")
def path(api_sqlite: Api) -> str:
    return f"/v1/audits/{api_sqlite.finished()['id']}/report"


@pytest.mark.parametrize("suffix", BY_SUFFIX)
def test_a_suffix_gives_the_form_with_its_type(suffix: str, path: str, api_sqlite: Api) -> None:
    form = BY_SUFFIX[suffix]
    answer = api_sqlite.ask("translator", "GET", f"{path}.{suffix}")
    assert answer.status_code == 200 and answer.headers["content-type"] == form.media
    assert answer.content.startswith(BEGINS[form.name])
    assert form.binary == ("attachment" in answer.headers.get("content-disposition", ""))
    assert form.name == "json" or "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("name", FORMS)
def test_accept_gives_the_same(name: str, path: str, api_sqlite: Api) -> None:
    form = FORMS[name]
    wanted = api_sqlite.ask("translator", "GET", f"{path}.{form.suffixes[0]}")
    answer = api_sqlite.ask("translator", "GET", path, headers={"Accept": form.media.partition(";")[0]})
    assert answer.content == wanted.content


def test_what_is_no_form_is_said(path: str, api_sqlite: Api) -> None:
    for ending in ("pdf", "parquet.", "JSON"):
        told = problem(api_sqlite.ask("translator", "GET", f"{path}.{ending}"), 404)
        assert "xlsx" in told["detail"]
    told = problem(api_sqlite.ask("translator", "GET", path, headers={"Accept": "application/pdf"}), 406)
    assert "application/sarif+json" in told["detail"]
