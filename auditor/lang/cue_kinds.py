"""What a cue may be: the kinds and values every language's cue reader shares. Checks compare these, never words.

A cue is a word that turns a claim. Its `kind` says which way it may turn it, its `value` how:

| kind | values | what it says |
|---|---|---|
| negation | not, never, none, without, unable, partial | it is denied; `partial`: only a part is ("not all", 并非所有, わけではない) |
| negative | word | denial inside a word (fail, lack, unknown, 缺乏, 未確認): explains a negation elsewhere, raises none |
| emphasis | denied | a denial that says itself that it goes against what one thinks (并未, 毫无): nobody puts it in for style |
| polarity | item | a word that only goes with a denial (绝 before a verb, 毫, 決して): without one, a denial was lost |
| certainty | impossible, unlikely, possible, likely, certain, stressed | how sure one is; `stressed` (当然) answers, raises nothing |
| ability | able | somebody can (能, できる); "can" and "could" with a denial are negation/unable |
| obligation | forbidden, optional, permitted, free, advised, should, must | what one has to do; `optional` is "need not", `free` てもよい |
| completion | planned, expected, ongoing, done | whether it has happened; `expected` (会) answers a plan but raises none |
| question | question, rhetorical, embedded, word | the sentence asks; a tag; "whether" inside a statement; who, what, how |
| attribution | reported, alleged, denied | somebody else says so; `alleged` is the hedge of crime news |
| condition | if, unless | what it depends on |
| quantifier | all, most, some, both, only, few | how many it is true of; `few` counts as half a denial |
| base | year, period | what a comparison is with: the year before, or the period before |
| gender | male, female | the sex a pronoun or noun names |
| naming | doubted, named | it is only called so (so-called, 所谓), or a name is explained (known as) |
| status | suspect, accused, convicted, acquitted | where somebody stands before the law |
| footing | vague, heard, believed, possible, weighed, hoped, planned, future, expected, promised | what leaves a statement or an act open |
| footing | decided, proved, evident, never, done; urged; faint, firm | what settles it; `faint` and `firm` only answer (`footing.tsv`) |
| rung | `RUNGS` | a footing that is compared with footings of other kinds (`rungs.tsv`) |
| answer | `ANSWERS` | with a denial in it, or without one, it says what a denial or a statement of the other side says (`answers.tsv`) |
| direction | before, after, more, less, up, down | order in time, comparison and movement that no dictionary of antonyms holds |

`-` in a table is no kind: the words look like a cue and are none (不仅, "no wonder", に過ぎない), so nothing shorter is read there.
"""

from __future__ import annotations

CERTAINTY: dict[str, int] = {"impossible": 0, "unlikely": 1, "possible": 2, "likely": 3, "stressed": 5, "certain": 5}
"""Rungs of the certainty ladder. A statement without a cue stands where "certain" stands, but says so less loudly."""

OBLIGATION: dict[str, int] = {"forbidden": 0, "optional": 1, "permitted": 2, "free": 2, "advised": 2, "should": 4, "must": 5}
"""Rungs of the obligation ladder."""

SOFT = ("vague", "heard", "believed", "possible", "weighed", "hoped", "planned", "future", "expected", "promised")
HARD = ("promised", "decided", "proved", "evident", "never")
"""Footings short of certainty or of an act, and those that leave nothing open. A promise is one to a fact, the other to a hope."""

RUNGS = frozenset(
    (
        *("rumoured", "hinted", "insinuated", "declared", "avowed", "estimated", "fixed", "proven", "convinced", "seeming"),
        *("possible", "may", "doubt", "partial", "never", "considered", "weighed", "hoped", "wanted", "tried", "urged", "begged"),
        *(
            "ordered",
            "commanded",
            "told",
            "obliged",
            "must",
            "duty",
            "permitted",
            "granted",
            "able",
            "forbidden",
            "barred",
            "banned",
            "refused",
            "waived",
        ),
        *("planned", "intended", "scheduled", "arranged", "expected", "foreseen", "decided", "settled", "agreed", "vowed", "swore"),
        *("begun", "started", "formal", "done", "already"),
    )
)
"""What claim_rungs compares across ladders. Where there are a wide sense and a narrow one (decided, settled; ordered, commanded; obliged,
must) the narrow one raises, the wide one answers."""

LITOTES: dict[str, str] = {
    "simple": "not hard: easy",
    "plain": "no mistaking, not hard to see: obvious",
    "unlike": "not the same thing: different",
    "plenty": "no shortage: many",
    "mere": "nothing grander than: a mere",
    "part": "not everyone: some, others",
    "vary": "no two alike: varied",
    "tight": "none to spare: barely enough",
    "keen": "cannot get enough: eager, in demand",
    "rival": "not to be outdone: following suit",
    "used": "no stranger to: familiar with",
    "agreed": "nobody objects, could not agree more: unanimous",
    "reason": "not for nothing: with good reason",
    "great": "no mean feat: considerable",
    "old": "nothing new: long known",
    "timely": "not a moment too soon: at last",
    "forced": "no choice, cannot help: inevitable",
    "thorough": "leave nothing to chance: painstaking",
    "trivial": "think nothing of, do not mind: take lightly",
    "hostile": "no love lost: enmity",
    "others": "not alone in: others, too",
    "unwilling": "do not want to: reluctant",
    "ignore": "pay no attention: ignore",
    "absent": "did not attend: absent",
    "closed": "not open: closed",
    "alive": "nobody died: survive",
    "unbeaten": "not lost: undefeated",
    "winless": "not won: defeats",
    "away": "not done for years: away from it",
    "disliked": "not popular: in bad repute",
    "failed": "not succeed: fail",
    "banned": "not allowed: forbidden",
    "needless": "no need: unnecessary",
    "oppose": "not in favour: against",
    "rare": "not common: unusual",
    "common": "not uncommon: usual",
    "atmost": "not exceed: at most",
    "atleast": "not less than: at least",
    "short": "not reach: fall short",
    "near": "not far: close",
    "far": "nowhere near: a long way from",
    "cheap": "not expensive: cheap",
    "bad": "not good: poor",
    "quiet": "not a word: silence",
    "calm": "not panic: keep calm",
    "uneasy": "not at ease: anxious",
    "unknown": "not known: a mystery",
    "unaware": "not notice: unaware",
    "late": "not in time: too late",
    "ontime": "not late: on time",
    "empty": "not a soul: deserted",
    "soldout": "none left: sold out",
    "endless": "no end: unlimited",
    "prompt": "no hesitation: at once",
    "sudden": "no warning: suddenly",
    "helpless": "nothing one can do: helpless",
    "vain": "no use: in vain",
    "innocent": "not guilty: innocent",
    "mum": "no comment: silent",
    "unexpected": "never expected: surprise",
    "split": "no agreement: divided",
    "hopeless": "no hope: despair",
    "fedup": "cannot stand: fed up",
    "missing": "not found: missing",
    "unused": "not used: idle",
    "calledoff": "not held: called off",
    "stagnant": "no progress: at a standstill",
    "trapped": "cannot get out: trapped",
    "content": "no complaints: satisfied",
    "displeased": "not happy: annoyed",
    "lowkey": "no fanfare: quietly",
    "grave": "no joke: serious",
    "true": "no exaggeration: truly",
    "false": "not true: false",
    "unrelated": "nothing to do with: unconnected",
    "poorat": "not good at: poor at",
    "unprofitable": "no profit: at a loss",
    "novice": "no experience: amateur",
    "unfit": "not suitable: unfit",
    "frank": "not mince words: bluntly",
    "firm": "not back down: adamant",
    "busy": "no time: busy",
    "unhurried": "no hurry: slowly",
    "sleepless": "no sleep: awake all night",
}
"""More meanings of the same sort, each with what it is said for when it is denied, and what states it."""

ANSWERS = frozenset(
    (
        *("time", "yet", "open", "shut", "except", "unnamed", "secret", "unsure", "utmost", "worse", "unharmed", "stay", "rather"),
        *("scant", "lose", "same", "halt", "noted", "easy", "surprise", "goon", "all", "dead", "broken", "free", "first", "again", "brief"),
        *LITOTES,
    )
)
"""Meanings that one language denies and another affirms: "not before May" is "in May at the earliest" (time), "none the worse" is unharmed.
`shut` is what `open` is not, and answers nothing."""

KINDS: dict[str, frozenset[str]] = {
    "negation": frozenset({"not", "never", "none", "without", "unable", "partial"}),
    "negative": frozenset({"word"}),
    "ability": frozenset({"able"}),
    "emphasis": frozenset({"denied"}),
    "polarity": frozenset({"item"}),
    "certainty": frozenset(CERTAINTY),
    "obligation": frozenset(OBLIGATION),
    "completion": frozenset({"planned", "expected", "ongoing", "done"}),
    "question": frozenset({"question", "rhetorical", "embedded", "word"}),
    "attribution": frozenset({"reported", "alleged", "denied"}),
    "condition": frozenset({"if", "unless"}),
    "quantifier": frozenset({"all", "most", "some", "both", "only", "few"}),
    "base": frozenset({"year", "period"}),
    "gender": frozenset({"male", "female"}),
    "naming": frozenset({"doubted", "named"}),
    "status": frozenset({"suspect", "accused", "convicted", "acquitted"}),
    "footing": frozenset({*SOFT, *HARD, "faint", "firm", "urged", "done"}),
    "rung": RUNGS,
    "answer": ANSWERS,
    "direction": frozenset({"before", "after", "more", "less", "up", "down"}),
}
"""Every value a kind may have; a table with another one does not load."""
