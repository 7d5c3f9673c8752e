"""Named political actors in annotated texts, for measuring how they are resolved."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evaluation.score_claims import load_gold

Json = dict[str, Any]
HERE = Path(__file__).parent
# Of the relations of a file, these are between parties; the others place people and things.
BETWEEN_PARTIES = frozenset({"FightingAgainst", "AlliesOf", "Likes", "Dislikes", "CommWith"})
_SMALL = frozenset("of the and for in to on a an al el de".split())
_PRONOUNS = frozenset("we i he she they it you who our their his me".split())
_WORD = re.compile(r"[\w’'\-.]+")
_PARTICLE = re.compile(r"(al|as|ad|ar|an|at|az)-")


@dataclass(frozen=True, kw_only=True)
class NamedText:
    """A text and where names of parties stand in it, as (start, end) in code points."""

    set: str
    id: str
    text: str
    published: date | None
    names: tuple[tuple[int, int], ...]


def is_name(words: str) -> bool:
    """Whether every word but the small ones has a capital, and it is no pronoun."""
    found = [word for word in _WORD.findall(words) if word.lower() not in _SMALL]
    if not found or words.lower() in _PRONOUNS:
        return False
    return all(word[0].isupper() or _PARTICLE.match(word) for word in found)


def names_in_relations(path: Path) -> list[NamedText]:
    """Names of parties in a JSONL file of relations: {"doc", "text", "type", "source", "target"}, each with a span.

    Names that stand for no political actor (towns, weapons, private persons) are left out as
    resolution_not_actors.txt lists them.
    """
    left_out = {line.strip() for line in (HERE / "resolution_not_actors.txt").read_text("utf-8").splitlines()}
    spans: dict[tuple[str, str], set[tuple[int, int]]] = {}
    for line in path.read_text("utf-8").splitlines():
        record: Json = json.loads(line)
        if record["type"] not in BETWEEN_PARTIES:
            continue
        for end in (record["source"], record["target"]):
            words = " ".join(end["text"].split())
            if is_name(words) and words not in left_out:
                spans.setdefault((record["doc"], record["text"]), set()).add((end["start"], end["end"]))
    numbered: dict[str, int] = {}
    texts = []
    for (document, text), found in spans.items():
        numbered[document] = numbered.get(document, 0) + 1
        key = f"{document}-{numbered[document]}"
        texts.append(NamedText(set=path.stem, id=key, text=text, published=None, names=tuple(sorted(found))))
    return texts


def names_in_corpus(folder: Path) -> list[NamedText]:
    """Names of the actors and recipients of an annotated corpus, wherever they stand in its texts, longest first."""
    texts = []
    for gold in load_gold(folder):
        text = gold["text"]
        parties = {
            name
            for claim in gold.get("claims") or []
            for party in (*(claim.get("actor") or []), *(claim.get("recipient") or []))
            for name in str(party).split("|")
            if is_name(name)
        }
        taken: list[tuple[int, int]] = []
        for name in sorted(parties, key=lambda each: (-len(each), each)):
            for hit in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                if all(hit.end() <= start or end <= hit.start() for start, end in taken):
                    taken.append(hit.span())
        published = date.fromisoformat(str(gold["published"]))
        texts.append(
            NamedText(set=folder.name, id=str(gold["id"]), text=text, published=published, names=tuple(sorted(taken)))
        )
    return texts
