"""Chinese money in coins, as rules over marked text (see `cjk`): 三块五, 5元6角, 两块五毛, 8角, 三块零四, 七蚊, 五块六到五块七毛八."""

from __future__ import annotations

import re
from fractions import Fraction

from auditor.lang.cjk import Rule, Sentence, rx, value_of
from auditor.lang.cjk_numerals import Numeral
from auditor.model import Figure

_TENTH, _HUNDREDTH = Fraction(1, 10), Fraction(1, 100)
# A sum without a currency ends here: 三块五, 8毛.
_COIN = "(?=[,，。、;；！？!?）)”」』\\s]|$|一|左右|多|以)"
_SUM, _SUM_TO = "«a»[元块蚊](?:«b»[角毛毫]?(?:«c»分?)?)?", "«d»(?P<unit>[元块蚊])(?:«e»[角毛毫]?(?:«f»分?)?)?"


def _amount(yuan: Numeral | None, jiao: Numeral | None, fen: Numeral | None) -> Fraction | None:
    """Yuan, tenths and hundredths; 零四 behind the yuan are hundredths. None when one names no value (几百块)."""
    told = [n for n in (yuan, jiao, fen) if n]
    if any(n.vague for n in told):
        return None
    nought = jiao is not None and jiao.text[0] in "零〇0"
    part = _HUNDREDTH if nought else _TENTH
    return sum((Fraction(n.low) * f for n, f in ((yuan, Fraction(1)), (jiao, part), (fen, _HUNDREDTH)) if n), Fraction(0))


def _coins(m: re.Match[str], s: Sentence) -> Figure | None:
    """三块五, 5元6角, 两块五毛, 8角; 两三蚊 is two or three."""
    yuan, jiao, fen = (s.numeral(m, g) for g in "abc")
    if yuan is not None and jiao is None and fen is None:
        low, high = value_of(yuan)
        return s.figure(m, "money", low, high, unit="CNY", numeral=yuan)
    if yuan is not None and any(n is not None and n.low >= 10 for n in (jiao, fen)):
        return None
    return s.figure(m, "money", _amount(yuan, jiao, fen), unit="CNY")


def _from_to(m: re.Match[str], s: Sentence) -> Figure | None:
    """五块六到五块七毛八, 兩块到三块; 5元至10元 is read with other money."""
    first, last = _amount(*(s.numeral(m, g) for g in "abc")), _amount(*(s.numeral(m, g) for g in "def"))
    plain = m["unit"] == "元" and s.numeral(m, "b") is None and s.numeral(m, "e") is None
    if first is None or last is None or first >= last or plain:
        return None
    return s.figure(m, "money", first, last, unit="CNY")


def coins() -> list[Rule]:
    """Ranges first, then sums from the yuan down, then coins by themselves."""
    return [
        (rx(_SUM + "⇌" + _SUM_TO + _COIN), _from_to),
        (rx("«a»元«b»[角毛](?:«c»分)?"), _coins),
        (rx("«a»[块蚊]«b»(?:[毛角毫])?(?:«c»分?)?(?:钱)?" + _COIN), _coins),
        (rx("(?<!◇)«b»[角毛]«c»分(?![之◇])"), _coins),
        (rx("(?<!◇)«b»角(?=钱|[,，。、;；！？!?）)」”』\\s]|$)钱?"), _coins),
        (rx("«b»毛«c»?(?:钱)?" + _COIN), _coins),
        (rx("^«b»毫$"), _coins),
        (rx("«a»块«c»分"), _coins),
        (rx("«a»[块蚊]" + _COIN), _coins),
    ]
