"""Sounds in Latin letters: kana to Hepburn, and a skeleton of consonants by which spellings are compared across languages.

A form is a spelling or reading in lower-case Latin letters. `likeness` of two forms is 1 for the same spelling and falls with the
distance of their consonant skeletons; sounds that languages swap for want of the other (b and v, l and r, h and f) are near.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.fuzz import ratio

_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "s": "サシスセソ", "t": "タチツテト", "n": "ナニヌネノ", "h": "ハヒフヘホ", "m": "マミムメモ",
    "y": "ヤ ユ ヨ", "r": "ラリルレロ", "w": "ワヰ ヱヲ", "g": "ガギグゲゴ", "z": "ザジズゼゾ", "d": "ダヂヅデド", "b": "バビブベボ",
    "p": "パピプペポ",
}  # fmt: skip
_KANA = {kana: row + vowel for row, line in _ROWS.items() for kana, vowel in zip(line, "aiueo", strict=False) if kana != " "}
_KANA |= {"シ": "shi", "チ": "chi", "ツ": "tsu", "フ": "fu", "ジ": "ji", "ヂ": "ji", "ヅ": "zu", "ン": "n", "ヴ": "vu", "ヲ": "o"}
_GLIDES = {"ャ": "a", "ュ": "u", "ョ": "o"}
_SMALL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}


@lru_cache(maxsize=4096)
def hepburn(kana: str) -> str:
    """Katakana (hiragana is folded) in Hepburn letters, long vowels not marked: トウキョウ -> tokyo, ゼレンスキー -> zerensuki."""
    text = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in kana)
    out: list[str] = []
    double = False
    for char in text:
        if char == "ッ":
            double = True
            continue
        sound = _sound(char, out)
        if double and sound:
            sound = ("t" if sound.startswith("ch") else sound[0]) + sound
            double = False
        out.append(sound)
    joined = re.sub(r"(?<![a-z])u(?=[ieo])", "w", "".join(out))
    return re.sub(r"o[uo](?![aei])|oo", "o", joined.replace("uu", "u"))


def _sound(char: str, out: list[str]) -> str:
    if char in _GLIDES and out and out[-1].endswith("i"):
        stem = out[-1][:-1]
        out[-1] = stem if stem[-1:] in "jh" and stem else stem + "y"
        return _GLIDES[char]
    if char in _GLIDES and out and out[-1]:
        out[-1] = out[-1][:-1]
        return _GLIDES[char]
    if char in _SMALL and out and out[-1]:
        out[-1] = "y" if out[-1] == "i" else out[-1][:-1] + ("w" if out[-1] in ("ku", "gu", "u") else "")
        return _SMALL[char]
    if char in "・=＝ ":
        return " "
    return _KANA.get(char, "" if char == "ー" else char if char.isascii() else "")


@lru_cache(maxsize=4096)
def plain(form: str) -> str:
    """Lower case, no accents, letters and digits only, one space between words."""
    bare = unicodedata.normalize("NFKD", form.replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("đ", "d"))
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"[̀-ͯ'’.]", "", bare.lower())))


_DIGRAPHS = [
    ("tsch", "S"), ("sch", "S"), ("tch", "S"), ("ough", ""), ("eaux", ""), ("ght", "T"), ("ph", "F"), ("th", "S"), ("sh", "S"), ("ch", "S"),
    ("zh", "S"), ("ck", "K"), ("qu", "K"), ("gh", "K"), ("kh", "H"), ("dg", "S"), ("ts", "S"), ("tz", "S"), ("ng", "NK"), ("wr", "L"),
    ("kn", "N"), ("ps", "PS"), ("x", "KS"), ("ci", "S"), ("ce", "S"), ("cy", "S"), ("ge", "J"), ("gi", "J"),
]  # fmt: skip
_SINGLE = {"b": "B", "p": "P", "f": "F", "v": "V", "d": "D", "t": "T", "s": "S", "z": "S", "c": "K", "k": "K", "q": "K", "g": "G", "j": "J",
           "m": "M", "n": "N", "l": "L", "r": "R", "h": "H", "w": "W", "y": "Y"}  # fmt: skip
_NEAR = {
    frozenset(pair): cost
    for pairs, cost in (
        ("BP BV FV DT GK LR MN GJ SJ JY", 0.15), ("FH FW VW KH FP HW SH", 0.35), ("ST DS DJ TJ KS HS HG SY BF PV VH GH HJ BW NL", 0.6),
    )
    for pair in pairs.split()
}  # fmt: skip
_LOOSE = {"H": 0.3, "W": 0.35, "Y": 0.3, "R": 0.4, "N": 0.5, "T": 0.6, "D": 0.6, "G": 0.6, "L": 0.6, "K": 0.7, "S": 0.75}


@lru_cache(maxsize=4096)
def skeleton(form: str) -> str:
    """The consonant classes of a form, doubled ones once."""
    text = plain(form).replace(" ", "")
    out = ""
    at = 0
    while at < len(text):
        for letters, code in _DIGRAPHS:
            if text.startswith(letters, at):
                out, at = out + code, at + len(letters)
                break
        else:
            out, at = out + _SINGLE.get(text[at], ""), at + 1
    return re.sub(r"(.)\1+", r"\1", out)


@lru_cache(maxsize=4096)
def likeness(one: str, other: str) -> float:
    """0 to 1: how alike two forms sound. Forms of fewer than two consonants are compared by spelling alone."""
    a, b = plain(one).replace(" ", ""), plain(other).replace(" ", "")
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    x, y = skeleton(one), skeleton(other)
    if len(x) < 2 or len(y) < 2:
        return 0.9 if x == y and _vowels(a) == _vowels(b) and x else 0.0
    near = max(0.0, 1 - _distance(x, y) / max(len(x), len(y)))
    return near if max(len(x), len(y)) > 2 else 0.5 * near + 0.5 * ratio(a, b) / 100


def _vowels(text: str) -> str:
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^aiueo]", "", text.replace("y", "i")))


def _distance(x: str, y: str) -> float:
    row = [0.0]
    for c in y:
        row.append(row[-1] + _LOOSE.get(c, 1.0))
    for a in x:
        drop = _LOOSE.get(a, 1.0)
        new = [row[0] + drop]
        for j, b in enumerate(y):
            swap = 0.0 if a == b else _NEAR.get(frozenset(a + b), 1.0)
            new.append(min(row[j] + swap, row[j + 1] + drop, new[j] + _LOOSE.get(b, 1.0)))
        row = new
    return row[-1]


_JAPANESE = re.compile(r"(?:(?:ky|gy|sh|ch|j|ny|hy|by|py|my|ry|ts|tch|kk|tt|pp|ss|[kstnhmyrwgzjdbpf])?[aiueo]h?|n(?![aiueoy])|m(?=[bp]))+")
_KOREAN = re.compile(r"(?:(?:ch|kk|tt|pp|ss|[bcdghjkmnprstwy])?[yw]?[aeiou]{1,3}(?:ng|[nkmlptbrh])?[ ]?){2,4}")


def may_be_characters(form: str) -> bool:
    """The form may be a name that its owner writes in characters, so that another language reads it quite differently."""
    bare = plain(form)
    return all(_JAPANESE.fullmatch(part) for part in bare.split()) or bool(_KOREAN.fullmatch(bare))


def is_japanese(form: str) -> bool:
    """Every word of the form may be Japanese in Latin letters."""
    return bool(form) and all(_JAPANESE.fullmatch(part) for part in plain(form).split())


@lru_cache(maxsize=4096)
def romaji(form: str) -> str:
    """One spelling of Japanese in Latin letters, long vowels short, n before b, m and p: Saitoh, Satou, Shimpei -> saito, sato, shinpei."""
    text = re.sub(r"oh(?![aiueo])|ou(?!e)|oo", "o", plain(form))
    return re.sub(r"m(?=[bmp])", "n", re.sub(r"uu", "u", re.sub(r"tch", "cch", text)))
