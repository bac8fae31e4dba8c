#!/usr/bin/env python3
# ruff: noqa: B023  (case() is called in the turn of the loop that defines it)
"""Cases from articles/*.{hans,hant}: lines E (English), Z, J (faithful versions), z/j (one planted drift: kind: before => after).

`*` as the drift drops the line, `+ text` adds a line after it. Writes half-a.jsonl (odd articles) and half-b.jsonl (even ones); of the
articles of faithful/ (lines E, Z, J, no drifts) faithful.jsonl and faithful-sealed.jsonl (every third); of pairs.tsv (a word, English, and
a faithful and a turned translation in zh and in ja) pairs.jsonl and pairs-sealed.jsonl (every other row).
"""

import json
import pathlib
import sys

here = pathlib.Path(__file__).parent
out = {name: [] for name in ("half-a", "half-b", "faithful", "faithful-sealed", "pairs", "pairs-sealed")}
for path in sorted((here / "articles").iterdir()):
    en, texts, drifts = [], {"zh": [], "ja": []}, []
    for row in path.read_text(encoding="utf-8").splitlines():
        tag, _, rest = row.partition(" ")
        if not rest:
            continue
        if tag == "E":
            en.append(rest)
        elif tag in "ZJ":
            texts[{"Z": "zh", "J": "ja"}[tag]].append(rest)
        else:
            drifts.append(({"z": "zh", "j": "ja"}[tag], len(en) - 1, *rest.split(": ", 1)))
    assert len(en) == len(texts["zh"]) == len(texts["ja"]), path
    name = path.name.replace(".", "-")
    half = "half-a" if int(path.name.split("-")[0]) % 2 else "half-b"

    def case(id, lang, lines, gold):
        c = {
            "id": id,
            "source": {"lang": "en", "text": "\n".join(en)},
            "translations": [{"lang": lang, "text": "\n".join(lines)}],
            "gold": gold,
        }
        out[half].append(c)

    for lang, lines in texts.items():
        case(f"{name}-{lang}-clean", lang, lines, [])
        for n, (_, at, kind, what) in enumerate(d for d in drifts if d[0] == lang):
            category, kind = kind.split("/")
            new = list(lines)
            source, target = at, at
            if what == "*":
                before, after = new.pop(at), ""
                target = None
            elif what.startswith("+ "):
                before, after = "", what[2:]
                new.insert(at + 1, after)
                source, target = None, at + 1
            else:
                before, after = what.split(" => ")
                if lines[at].count(before) != 1:
                    sys.exit(f"{path.name} {at}: {before!r} stands {lines[at].count(before)} times in {lines[at]}")
                new[at] = lines[at].replace(before, after)
            case(
                f"{name}-{lang}-{kind}-{n}",
                lang,
                new,
                [
                    {
                        "category": category,
                        "kind": kind,
                        "lang": lang,
                        "side": "target",
                        "source_line": source,
                        "target_line": target,
                        "before": before,
                        "after": after,
                    }
                ],
            )
for path in sorted((here / "faithful").iterdir()):
    rows = [row.partition(" ") for row in path.read_text(encoding="utf-8").splitlines()]
    sides = {tag: [text for mark, _, text in rows if mark == tag] for tag in "EZJ"}
    assert len({len(lines) for lines in sides.values()}) == 1, path
    for lang, tag in (("zh", "Z"), ("ja", "J")):
        out["faithful-sealed" if int(path.name[:3]) % 3 == 0 else "faithful"].append(
            {
                "id": f"{path.stem.replace('.', '-')}-{lang}-clean",
                "source": {"lang": "en", "text": "\n".join(sides["E"])},
                "translations": [{"lang": lang, "text": "\n".join(sides[tag])}],
                "gold": [],
            }
        )
for n, row in enumerate((here / "pairs.tsv").read_text(encoding="utf-8").splitlines()):
    word, en, *texts = row.split("\t")
    for lang, faithful, turned in (("zh", *texts[:2]), ("ja", *texts[2:])):
        for kind, text in (("clean", faithful), ("opposite", turned)):
            gold = {"category": "claim", "kind": "opposite", "lang": lang, "side": "target", "source_line": 0, "target_line": 0}
            out["pairs" if n % 2 else "pairs-sealed"].append(
                {
                    "id": f"{n}-{word}-{lang}-{kind}",
                    "source": {"lang": "en", "text": en},
                    "translations": [{"lang": lang, "text": text}],
                    "gold": [{**gold, "before": faithful, "after": text}] if kind == "opposite" else [],
                }
            )
for name, cases in out.items():
    (here / f"{name}.jsonl").write_text("".join(json.dumps(c, ensure_ascii=False) + "\n" for c in cases), encoding="utf-8")
    print(name, len(cases), sum(bool(c["gold"]) for c in cases))
