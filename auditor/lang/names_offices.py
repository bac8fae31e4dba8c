"""Offices and institutions told by what they do: `data/names_offices.tsv` of each language.

A row is a kind, a key and a regular expression over folded text; the same kinds and keys in every language, so that a check compares
keys. Of every kind there are two tables: the words that name the key beyond doubt, and (`-any`) all that may speak of it.

| kind | keys |
|---|---|
| portfolio | what a ministry or its minister is for: finance, foreign, defence, interior ... |
| title | president, prime minister, monarch, mayor, governor, secretary-general ... |
| party | conservative, labour, green ...; ruling and opposition |
| force | army, navy, air force, coastguard, firefighters, prosecutors |
| court | supreme, constitutional, appeal, district |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from auditor.lang.figures_said import NEVER
from auditor.lang.names_base import lines

KINDS = ("portfolio", "title", "party", "force", "court")
Patterns = Mapping[str, re.Pattern[str]]


@cache
def offices(code: str, kind: str) -> Patterns:
    """The words that name each key of a kind beyond doubt."""
    rows = (line.split("\t") for line in lines(code, "names_offices.tsv"))
    return {key: re.compile(pattern) for row_kind, key, pattern in rows if row_kind == kind}


def speaks_of(code: str, kind: str, key: str) -> re.Pattern[str]:
    """All words that may speak of a key."""
    return offices(code, f"{kind}-any").get(key, NEVER)
