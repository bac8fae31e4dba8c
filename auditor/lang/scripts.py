"""How much of which script a text holds."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿＡ-Ｚａ-ｚ]+")
_HIRAGANA = re.compile(r"[ぁ-ゖ]")
_KATAKANA = re.compile(r"[ァ-ヺｦ-ﾝ]")
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U000323af々]")


@dataclass(frozen=True, slots=True)
class Scripts:
    """Letters by script; `other` are letters of any other script."""

    latin: int
    latin_words: int
    han: int
    hiragana: int
    katakana: int
    other: int

    @property
    def kana(self) -> int:
        return self.hiragana + self.katakana

    @property
    def japanese(self) -> float:
        """Share of kana among Han and kana; katakana counts a third, for it writes names in Chinese texts too."""
        return (self.hiragana + self.katakana / 3) / (self.han + self.kana) if self.han or self.kana else 0.0

    @property
    def letters(self) -> int:
        return self.latin + self.han + self.kana + self.other


def count_scripts(text: str) -> Scripts:
    words = _LATIN.findall(text)
    latin, han = sum(map(len, words)), len(_HAN.findall(text))
    hiragana, katakana = len(_HIRAGANA.findall(text)), len(_KATAKANA.findall(text))
    letters = sum(map(str.isalpha, text)) - text.count("ー") - text.count("ｰ")
    return Scripts(latin, len(words), han, hiragana, katakana, max(0, letters - latin - han - hiragana - katakana))
