"""How English news words a reason, and what tells one kind of reason from another; from en/reasons.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from holdfire.errors import RuleError
from holdfire.model.claim import EVENTS, REASON_CATEGORIES
from holdfire.rules.load import RuleSource, check_fields
from holdfire.rules.screen import Screen, screen

FILE = "en/reasons.toml"
_STRONG, _WEAK = 2, 1
# A star in a word list stands for any ending; the star of a written-out \w* is left alone.
_ANY_ENDING = re.compile(r"(?<!\\w)\*")

# What a cue may ask of the words it stands with (extraction/reasons_inside.py) …
TESTS = frozenset(
    (
        "clause",
        "stative",
        "standing",
        "infinitive",
        "of the act",
        "not asked",
        "adjunct",
        "not place",
        "own",
        "verb",
        "modifier",
        "relative",
    )
)
# … of the claim that it explains (extraction/reasons.py) …
CLAIMS = frozenset(("restraint", "refusal", "no", "deed", *EVENTS))
# … and how a cue of another sentence works (extraction/reasons_across.py).
KINDS = frozenset(
    (
        "motive",
        "account",
        "follows",
        "state",
        "question",
        "weighing",
        "shunned",
        "colon",
        "spoken",
        "verdict",
        "result",
        "driver",
        "behind",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonCue:
    """Words that bring in a reason, inside a sentence or (`kind` set) beside the claim.

    `category` fixes the kind of reason, `hint` speaks for one. `of` names the claims that it may explain, empty means
    any. The words of a `bare` cue are no part of the reason. A `gated` cue counts only where the kind of reason is
    known, an `abstract` one where both goods weighed are of known kinds. A `price` also explains a conditional act.
    """

    id: str
    form: re.Pattern[str]
    relation: str
    bearing: str = "for"
    category: str | None = None
    hint: str | None = None
    tests: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    gated: bool = False
    bare: bool = False
    price: bool = False
    kind: str | None = None
    abstract: bool = False
    matches: tuple[str, ...] = ()
    near_miss: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonKind:
    """Words that speak for one category; each strong word counts twice, and each word once however often it stands."""

    category: str
    words: tuple[tuple[re.Pattern[str], int], ...]
    matches: tuple[str, ...]
    near_miss: tuple[str, ...]


# A category, a word that speaks for it, and the word's weight.
KindWord = tuple[str, re.Pattern[str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lean:
    """Weight for a category where its words are the reason of one kind of claim."""

    of: frozenset[str]
    words: re.Pattern[str]
    category: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonRules:
    """Everything that the finder of reasons knows of English. `likely_…` tell which cues and words a text may hold."""

    cues: tuple[ReasonCue, ...]
    across: tuple[ReasonCue, ...]
    likely_cues: Screen[ReasonCue]
    likely_across: Screen[ReasonCue]
    likely_words: Screen[KindWord]
    kinds: tuple[ReasonKind, ...]
    leans: tuple[Lean, ...]
    words: Mapping[str, frozenset[str]]


def load_reason_rules(source: RuleSource) -> ReasonRules:
    """Read and check en/reasons.toml. Raises RuleError naming the record and what is wrong with it."""
    cues = tuple(_cue(record) for record in source.records(FILE, "cue"))
    across = tuple(_across(record) for record in source.records(FILE, "across"))
    kinds = tuple(_kind(record) for record in source.records(FILE, "kind"))
    words = [(kind.category, form, weight) for kind in kinds for form, weight in kind.words]
    return ReasonRules(
        cues=cues,
        across=across,
        kinds=kinds,
        likely_cues=screen(cues, lambda cue: cue.form),
        likely_across=screen(across, lambda cue: cue.form),
        likely_words=screen(words, lambda word: word[1]),
        leans=tuple(_lean(record) for record in source.records(FILE, "lean")),
        words={name: frozenset(given) for name, given in source.tables(FILE)["words"].items()},
    )


def _cue(record: dict[str, Any]) -> ReasonCue:
    optional = ("bearing", "category", "hint", "tests", "of", "gated", "bare", "price")
    check_fields(record, required=("form", "relation"), optional=optional, kind="cue")
    return _built(record)


def _across(record: dict[str, Any]) -> ReasonCue:
    optional = ("relation", "bearing", "hint", "of", "tests", "gated", "abstract")
    check_fields(record, required=("form", "kind"), optional=optional, kind="across")
    _known(record, "kind", [record["kind"]], KINDS)
    return _built(record)


def _built(record: dict[str, Any]) -> ReasonCue:
    _known(record, "tests", record.get("tests", ()), TESTS)
    _known(record, "of", record.get("of", ()), CLAIMS)
    _known(record, "category", [record[name] for name in ("category", "hint") if name in record], REASON_CATEGORIES)
    return ReasonCue(
        id=record["id"],
        form=_compiled(record, record["form"]),
        relation=record.get("relation", "cause"),
        bearing=record.get("bearing", "for"),
        category=record.get("category"),
        hint=record.get("hint"),
        tests=frozenset(record.get("tests", ())),
        of=frozenset(record.get("of", ())),
        gated=record.get("gated", False),
        bare=record.get("bare", False),
        price=record.get("price", False),
        kind=record.get("kind"),
        abstract=record.get("abstract", False),
        matches=tuple(record.get("matches", ())),
        near_miss=tuple(record.get("near_miss", ())),
    )


def _kind(record: dict[str, Any]) -> ReasonKind:
    check_fields(record, required=("strong", "weak"), optional=(), kind="kind")
    _known(record, "id", [record["id"]], REASON_CATEGORIES)
    words = [(_word(record, each), _STRONG) for each in record["strong"]]
    words += [(_word(record, each), _WEAK) for each in record["weak"]]
    return ReasonKind(
        category=record["id"],
        words=tuple(words),
        matches=tuple(record.get("matches", ())),
        near_miss=tuple(record.get("near_miss", ())),
    )


def _lean(record: dict[str, Any]) -> Lean:
    check_fields(record, required=("of", "words", "kind", "weight"), optional=(), kind="lean")
    _known(record, "of", record["of"], CLAIMS)
    _known(record, "kind", [record["kind"]], REASON_CATEGORIES)
    words = "|".join(_open(each) for each in record["words"])
    return Lean(
        of=frozenset(record["of"]),
        words=_compiled(record, rf"\b(?:{words})\b"),
        category=record["kind"],
        weight=int(record["weight"]),
    )


def _word(record: dict[str, Any], word: str) -> re.Pattern[str]:
    return _compiled(record, rf"\b(?:{_open(word)})(?!\w)")


def _open(word: str) -> str:
    return _ANY_ENDING.sub(r"\\w*", word)


def _compiled(record: dict[str, Any], form: str) -> re.Pattern[str]:
    try:
        return re.compile(form, re.IGNORECASE)
    except re.error as why:
        raise RuleError(f"{record['_file']}: '{record['id']}' is no regular expression: {why}. Mend `{form}`.") from why


def _known(record: dict[str, Any], name: str, given: Iterable[str], known: Iterable[str]) -> None:
    for each in given:
        if each not in known:
            raise RuleError(
                f"{record['_file']}: '{record['id']}' has the unknown {name} '{each}'. "
                f"Known: {', '.join(sorted(known))}."
            )
