"""Arranging the items of a language that puts the verb before its object, as Chinese: nearly as they come."""

from __future__ import annotations

from auditor.lang.en import lexicon
from auditor.translate.gloss.english import fitting, inflect, objective, possessive, verb_of, verb_phrase
from auditor.translate.gloss.items import Item

_NOMINAL = ("noun", "name", "figure", "date", "num", "pronoun")
_BEFORE_VERB = ("not", "notpast", "cannot", "will", "wont", "can", "may", "passive", "progressive", "past2")


def arrange(items: list[Item]) -> list[str]:
    """The English pieces of a sentence in order."""
    return _pieces(_of(_marked(_agents(_plural(_posts(items))))))


def _agents(items: list[Item]) -> list[Item]:
    """被 police arrested: arrested by police."""
    placed = [*items]
    for at, item in enumerate(items):
        if item.role != "passive":
            continue
        end = at + 1
        while end < len(items) and items[end].role in ("noun", "name", "adj", "det", "pronoun", "of"):
            end += 1
        if end > at + 1 and end < len(items) and items[end].role == "verb":
            placed[at : end + 1] = [item, items[end], Item("by", "prep"), *items[at + 1 : end]]
    return placed


def _posts(items: list[Item]) -> list[Item]:
    """What follows its phrase (在 ... 之前) goes before it, in the place of the preposition when there is one."""
    placed: list[Item] = []
    for item in items:
        if item.role == "classifier" and placed and placed[-1].role in ("figure", "num", "det", "classifier"):
            if item.text:
                placed.append(Item(item.text, "noun"))
            continue
        if item.role == "title":
            at = len(placed)
            while at > 0 and placed[at - 1].role == "name":
                at -= 1
            placed.insert(at, Item(item.text, "name") if at < len(placed) else Item(item.text.lower().rstrip("."), "noun"))
            continue
        if item.role != "post":
            placed.append(item)
            continue
        at = len(placed)
        while at > 0 and placed[at - 1].role in (*_NOMINAL, "adj", "det", "of"):
            at -= 1
        if at > 0 and placed[at - 1].role == "prep":
            placed[at - 1] = Item(item.text, "prep")
        elif at < len(placed):
            placed.insert(at, Item(item.text, "prep"))
    return placed


def _plural(items: list[Item]) -> list[Item]:
    kept: list[Item] = []
    for item in items:
        if item.role == "plural":
            if kept and kept[-1].role == "noun":
                kept[-1].plural = True
        elif item.role != "drop":
            kept.append(item)
    return kept


def _marked(items: list[Item]) -> list[Item]:
    """Marks go to their verb: those before it to the next one, 了 to the last one."""
    kept: list[Item] = []
    waiting: list[str] = []
    for at, item in enumerate(items):
        if item.role in _BEFORE_VERB:
            if item.role == "will" and item.text == "ba" and _takes_object(items, at):
                continue
            waiting.append("past" if item.role == "past2" else item.role)
            if item.role == "past2":
                kept.append(Item(item.text, "adv"))
        elif item.role == "modal":
            waiting.append(f"modal:{item.text}")
        elif item.role == "past":
            if kept and kept[-1].role == "verb":
                kept[-1].marks.append("past")
        elif item.role == "verb" or (item.role in ("be", "exist") and waiting):
            verb = Item("be" if item.role == "be" else verb_of(item.text), "verb", [*waiting])
            waiting = []
            kept.append(verb)
        else:
            if waiting and item.role in ("punct", "conj", "of"):
                kept += _unmet(waiting)
                waiting = []
            kept.append(item)
    return kept + _unmet(waiting)


def _takes_object(items: list[Item], at: int) -> bool:
    """将 before a noun brings the object before its verb; before anything else it is the future."""
    return at + 1 < len(items) and items[at + 1].role in ("noun", "det", "pronoun", "name", "")


def _unmet(waiting: list[str]) -> list[Item]:
    words = {"not": "not", "notpast": "not", "cannot": "cannot", "will": "will", "wont": "will not", "can": "can", "may": "may"}
    said = [Item(words[m], "adv") for m in waiting if m in words]
    return said + [Item(m.partition(":")[2].removesuffix(" to"), "noun") for m in waiting if m.startswith("modal:")]


def _of(items: list[Item]) -> list[Item]:
    """A 的 B: his B, big B, B of A."""
    placed: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        if item.role != "of":
            placed.append(item)
            at += 1
            continue
        at += 1
        if placed and placed[-1].role == "pronoun":
            placed[-1] = Item(possessive(placed[-1].text), "det")
            continue
        if not placed or placed[-1].role not in ("noun", "name"):
            continue
        end = at
        while end < len(items) and items[end].role in ("noun", "adj", "name", "figure"):
            end += 1
        if end == at:
            continue
        start = len(placed)
        while start > 0 and placed[start - 1].role in ("noun", "name", "adj", "det"):
            start -= 1
        owner = placed[start:]
        if len(owner) == 1 and owner[0].role == "name":
            owner[0].text += "'s"
            continue
        placed[start:] = [*items[at:end], Item("of", "prep"), *owner]
        at = end
    return placed


def _pieces(items: list[Item]) -> list[str]:
    pieces = []
    for at, item in enumerate(items):
        if item.role == "verb":
            pieces.append(_verb(item, items, at))
        elif item.role == "noun":
            many = item.plural or (at > 0 and items[at - 1].role == "figure" and _counts(items[at - 1].text))
            pieces.append(inflect(item.text, "NNS") if many else item.text)
        elif item.role == "prep" and at + 1 < len(items):
            pieces.append(fitting(item.text, items[at + 1].text, items[at + 1].role))
        elif item.role == "pronoun" and at > 0 and items[at - 1].role in ("prep", "verb"):
            pieces.append(objective(item.text))
        else:
            pieces.append(item.text)
    return pieces


def _verb(item: Item, items: list[Item], at: int) -> str:
    before = items[at - 1] if at else None
    if not item.marks and before is not None and before.role == "verb":
        return item.text if _rather_noun(item.text) else f"to {item.text}"
    if not item.marks and before is not None and before.role == "prep":
        return inflect(item.text, "VBG")
    return verb_phrase(item.text, item.marks)


def _rather_noun(english: str) -> bool:
    """riot, after a verb: what happened, not what to do."""
    counts = lexicon.entry(english).counts
    return counts.get("noun", 0) >= counts.get("verb", 0)


def _counts(figure: str) -> bool:
    return figure.replace(",", "").split()[-1].isdigit() or figure.split()[-1] in (
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "million", "billion", "trillion",
    )  # fmt: skip
