"""When a predicted claim answers a gold one: names, parties, evidence."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

Json = dict[str, Any]

QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "verbal cooperation"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "material cooperation"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "verbal conflict"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "material conflict"),
}
DEFAULT = {"polarity": "affirmed", "modality": "actual", "certainty": "stated"}
_STOP_WORDS = """the a an and or its his her their this that these those from as is are was were be been has have had
not no s who which it they he she we i some one"""
_LINK_WORDS = "of in to on at by for with near close under inside across against among"
_STOP, _LINK = frozenset(_STOP_WORDS.split()), frozenset(_LINK_WORDS.split())
_NOBODY = frozenset(("unknown", "unidentified", "unnamed"))


def content_words(text: str | None) -> set[str]:
    """The words of a text without stop words, accents, case and plural endings."""
    return {_stem(each) for each in _words(text) if each not in _LINK}


def same_name(gold: str, predicted: str) -> bool:
    """Equal, or the one within the other with the same head word; a predicted name may be five words longer.

    So 'al-Sadr' is 'Muqtada al-Sadr', and 'Iran' is not 'Iran-linked groups'.
    """
    want, got = content_words(gold), content_words(predicted)
    if not want or not got:
        return False
    if want == got:
        return True
    return _head(gold) == _head(predicted) and (got <= want or (want <= got and len(got) <= len(want) + 5))


def names(mention: Any) -> list[str]:
    """The name and the words of a predicted mention, where it has them."""
    return (
        [mention] if isinstance(mention, str) else [each for each in (mention.get("name"), mention.get("text")) if each]
    )


def is_nobody(predicted: list[Any]) -> bool:
    """True where no party is named."""
    return all(content_words(" ".join(names(each))) <= _NOBODY for each in predicted)


def party_hit(gold_item: str, predicted: list[Any]) -> bool:
    """True where one of the predicted mentions is the gold party, under any of its accepted names."""
    return any(
        same_name(accepted, name) for each in predicted for name in names(each) for accepted in gold_item.split("|")
    )


def one_actor_right(gold: list[str], predicted: list[Any]) -> bool:
    """True where at least one gold party was found, or rightly nobody."""
    if any("?" in each.split("|") for each in gold) and is_nobody(predicted):
        return True
    return any(party_hit(each, predicted) for each in gold)


def parties_right(gold: list[str], predicted: list[Any]) -> bool:
    """True where every gold party was found and no other."""
    if not gold or gold == ["?"]:
        return is_nobody(predicted)
    if any("?" in each.split("|") for each in gold) and is_nobody(predicted):
        return True
    accepted = [name for each in gold for name in each.split("|")]
    return all(party_hit(each, predicted) for each in gold) and all(
        any(same_name(want, name) for want in accepted for name in names(each)) for each in predicted
    )


def text_of(value: Any) -> str:
    """The words of an object with `text`, or of a bare string."""
    return (value.get("text") or "") if isinstance(value, dict) else (value or "")


def overlap(gold_text: str, predicted_text: str) -> int:
    """Content words shared; 0 where fewer than 40% of the shorter text's, or where the predicted one runs on.

    It runs on with more than three times the gold words and more than 30.
    """
    want, got = content_words(gold_text), content_words(predicted_text)
    shared = len(want & got)
    if not shared or shared < 0.4 * min(len(want), len(got)) or len(got) > max(30, 3 * len(want)):
        return 0
    return shared


def value(claim: Json, facet: str) -> str:
    """A claim's polarity, modality or certainty; the plain case where it says nothing."""
    return claim.get(facet) or DEFAULT[facet]


def facets_right(gold: Json, predicted: Json) -> dict[str, bool]:
    """Which facets of a matched claim are right."""
    want, got = gold.get("content"), predicted.get("content")
    found = {each: value(gold, each) == value(predicted, each) for each in DEFAULT}
    found["core"] = all(found.values())
    found["actors"] = parties_right(gold["actor"], predicted.get("actor") or [])
    found["recipient"] = parties_right(gold.get("recipient") or [], predicted.get("recipient") or [])
    found["sources"] = parties_right(gold.get("sources") or [], predicted.get("sources") or [])
    found["content"] = (not want and not got) or bool(
        want
        and got
        and got.get("event") in want["event"].split("|")
        and value(want, "polarity") == value(got, "polarity")
    )
    found["all"] = found["core"] and found["recipient"] and found["sources"] and found["content"]
    return found


def match(gold: list[Json], predicted: list[Json], *, quad: bool = False) -> list[tuple[int, int]]:
    """Pairs of (gold, predicted) indices: greedy, one to one, best evidence overlap first; `quad` compares classes."""
    pairs = []
    for i, want in enumerate(gold):
        events = want["event"].split("|")
        for j, got in enumerate(predicted):
            event = got.get("event")
            fits = QUAD.get(event or "") in {QUAD[each] for each in events} if quad else event in events
            shared = overlap(want["evidence"], text_of(got.get("evidence"))) if fits else 0
            if shared and one_actor_right(want["actor"], got.get("actor") or []):
                weight = shared + sum(facets_right(want, got).values()) / 10 - (0.5 if want.get("optional") else 0)
                pairs.append((weight, i, j))
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    matched = []
    for _, i, j in sorted(pairs, reverse=True):
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            matched.append((i, j))
    return matched


def _words(text: str | None) -> list[str]:
    plain = unicodedata.normalize("NFKD", text or "").replace("’", "'").lower()
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    plain = re.sub(r"'s\b|'(?=\s|$)", " ", plain)
    return [each for each in re.findall(r"[a-z0-9]+", plain) if each not in _STOP]


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _head(text: str) -> str:
    words = _words(text)
    before = next((number for number, word in enumerate(words) if word in _LINK and number), len(words))
    return _stem(words[before - 1]) if words else ""
