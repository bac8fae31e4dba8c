"""How much of which script a text holds."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿＡ-Ｚａ-ｚ]+")
_KANA = re.compile(r"[ぁ-ゖァ-ヺｦ-ﾝ]")
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U000323af々]")


@dataclass(frozen=True, slots=True)
class Scripts:
    """Letters by script; `other` are letters of any other script."""

    latin: int
    latin_words: int
    han: int
    kana: int
    other: int

    @property
    def letters(self) -> int:
        return self.latin + self.han + self.kana + self.other


def count_scripts(text: str) -> Scripts:
    words = _LATIN.findall(text)
    latin, han, kana = sum(map(len, words)), len(_HAN.findall(text)), len(_KANA.findall(text))
    letters = sum(map(str.isalpha, text)) - text.count("ー") - text.count("ｰ")
    return Scripts(latin, len(words), han, kana, max(0, letters - latin - han - kana))
