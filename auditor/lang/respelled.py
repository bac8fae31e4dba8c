"""Names that are not said as they are spelled (Pugh, Featherstonehaugh, Nguyen), in spellings that say how they are.

Another language writes them by sound, so a comparison of letters would call a faithful spelling (皮尤, ファンショー) another name.
The names one by one are a table (`data/names_respelled.tsv` of a language); what holds of whole groups of names is a rule here:
silent letters at the beginning (Knox, Wright, Psmith), -ugh, -eigh, -wick, -cester, -borough, xh and ng of Albania and Vietnam.

Limits: a spelling is only ever added, so a swap for a name of such a sound is not found; no stress, no dialects.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from auditor.lang.names_base import lines
from auditor.lang.translit import plain

_RULES = tuple(
    (re.compile(pattern), spellings)
    for pattern, spellings in (
        (r"^kn", ("n",)), (r"^wr", ("r",)), (r"^gn", ("n",)), (r"^ps", ("s",)), (r"^pt", ("t",)), (r"^mn", ("n",)), (r"^wh(?=o)", ("h",)),
        (r"^ng(?=[aeiouy])", ("n", "g")), (r"^nguy", ("w", "gu", "nu")), (r"^xh", ("j", "z", "h")), (r"xh", ("j",)),
        (r"^x", ("z", "s", "sh")), (r"augh(?=a)", ("aw", "ah", "ach")), (r"augh$", ("aw", "ah", "off")),
        (r"ough$", ("o", "uff", "off", "ow", "ock")), (r"ough(?=t)", ("aw", "o")), (r"ugh$", ("u", "iu")), (r"ugh(?=es$)", ("u", "iu")),
        (r"eigh", ("ee", "ay")), (r"aigh", ("ay",)), (r"igh", ("y",)), (r"eaux?$", ("o",)), (r"(?<=[a-z]{2})wick$", ("ick",)),
        (r"(?<=[a-z]{2})wich$", ("ich", "idge")), (r"mouth$", ("muth",)), (r"c?ester$", ("ster",)), (r"(?:bo)?rough$", ("bra", "boro")),
        (r"burgh$", ("bra", "burg")), (r"combe$", ("com", "coom")), (r"quh", ("h",)), (r"(?<=a)lm", ("m",)), (r"(?<=[ao])lk", ("k",)),
        (r"(?<=[ao])ulk", ("uk",)), (r"stle", ("sl",)), (r"mps", ("ms",)), (r"mb$", ("m",)), (r"(?<=[aeiou])ght", ("t",)),
        (r"^st john$", ("sinjin",)), (r"holme?s?$", ("om", "oms")), (r"(?<=[a-z]{2})ham$", ("am",)), (r"thwaite$", ("thait", "wait")),
        (r"ij", ("ei", "ai")), (r"^rhij", ("rei", "rai")),
    )
)  # fmt: skip


@cache
def _table() -> dict[str, tuple[str, ...]]:
    return {name: tuple(said.split()) for name, said in (line.split("\t") for line in lines("en", "names_respelled.tsv"))}


@lru_cache(maxsize=4096)
def respelled(word: str) -> tuple[str, ...]:
    """Other spellings of a word of a name that say how it sounds; none for what is said as it is spelled."""
    bare = plain(word)
    found = [*_table().get(bare, ()), *(rule.sub(said, bare) for rule, spellings in _RULES if rule.search(bare) for said in spellings)]
    return tuple(dict.fromkeys(said for said in found if said != bare and len(said) > 1))
