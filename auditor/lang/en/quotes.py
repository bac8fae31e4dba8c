"""Quotation marks of English: does a sentence hold any? An apostrophe inside or at the end of a word is none."""

from __future__ import annotations

import re

_MARKS = re.compile("[\"“”‘]|(?<!\\w)'")


def quotes(text: str) -> bool:
    """Is something in quotation marks?"""
    return _MARKS.search(text) is not None
