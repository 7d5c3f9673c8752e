"""How a brief names parties, counts, dates and quotes: number, articles, lists, marks of quotation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from holdfire.model.actor import Mention, folded, party_key
from holdfire.model.claim import Evidence
from holdfire.model.posture import Posture
from holdfire.rules.brief import BriefRules

# A short quotation, not an article.
QUOTE_CHARS = 220
# A name is no quotation: a longer one is a description that nobody reads to its end.
NAME_CHARS = 120
_ALWAYS_ONE = frozenset({"state", "leader"})


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody as a sentence names them; `known` by the knowledge base, else in the words of the report."""

    key: str
    name: str
    kind: str | None
    known: bool


def party_of(mention: Mention) -> Party:
    """The party that a claim names."""
    known = mention.id is not None
    name = (mention.name or mention.text) if known else mention.text
    return Party(party_key(mention.id, mention.text), shortened(name, NAME_CHARS), mention.kind, known)


def party_of_posture(posture: Posture) -> Party:
    """The party whose posture it is, of the kind that the claims state where the posture does not."""
    known = not posture.key.startswith("text:") and posture.key != "unknown"
    return Party(posture.key, shortened(posture.name, NAME_CHARS), posture.kind or _kind_in(posture), known)


def _kind_in(posture: Posture) -> str | None:
    found = (*posture.findings, *posture.others, *posture.unconfirmed, *posture.denied)
    mentions = (each for finding in found for entry in finding.entries for each in entry.claim.actor)
    return next((each.kind for each in mentions if each.id == posture.key and each.kind), None)


def named(party: Party, rules: BriefRules) -> str:
    """The name as it stands inside a sentence, with its article where it takes one."""
    if party.key == "unknown":
        return rules.phrases["nobody"]
    if not party.known:
        return inside(party.name, rules)
    first = party.name.partition(" ")[0]
    if first.casefold() == "the" or first.endswith(("'s", "’s", "s'", "s’")):
        return party.name
    head = _head(party, rules)
    takes_article = is_plural((party,), rules) or head in rules.with_article
    return f"the {party.name}" if takes_article and party.kind != "leader" else party.name


def inside(name: str, rules: BriefRules) -> str:
    """A description without the capital that it had at the beginning of a sentence."""
    first, _, rest = name.partition(" ")
    return f"{first.lower()} {rest}" if rest and first.casefold() in rules.determiners else name


def is_plural(parties: Sequence[Party], rules: BriefRules) -> bool:
    """Whether a verb with these subjects stands in the plural."""
    if len(parties) != 1:
        return len(parties) > 1
    (party,) = parties
    if party.kind in _ALWAYS_ONE or party.key == "unknown":
        return False
    if not party.known and " and " in party.name:
        return True
    head = _head(party, rules)
    if head in rules.plural:
        return True
    return head.endswith("s") and not head.endswith(("ss", "us", "'s", "’s")) and head not in rules.singular


def verbs(parties: Sequence[Party], rules: BriefRules) -> dict[str, str]:
    """The forms that go with these subjects: has, is, seems."""
    if is_plural(parties, rules):
        return {"has": "have", "is": "are", "seems": "seem"}
    return {"has": "has", "is": "is", "seems": "seems"}


def _head(party: Party, rules: BriefRules) -> str:
    """The noun that a name turns on: "forces" in "Democratic Forces of the Hills"."""
    words: list[str] = []
    for word in folded(party.name).split():
        if words and word in rules.before:
            break
        words.append(word.rstrip(","))
        if word.endswith(","):
            break
    return words[-1].strip("”’\"'()") if words else ""


def possessive(name: str) -> str:
    """ "Norland's", "the Houthis’"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def listed(words: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def many(count: int, noun: str) -> str:
    """ "1 report", "3 reports", "2,000 reports"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def day_words(day: date | None) -> str:
    """ "13 June 2025", or "not stated"."""
    return f"{day.day} {day:%B %Y}" if day else "not stated"


def moment_words(moment: datetime | None) -> str:
    """A moment of knowing with its zone; "now" for none."""
    return f"{day_words(moment.date())} {moment:%H:%M %Z}" if moment else "now"


def shortened(text: str, most: int = QUOTE_CHARS) -> str:
    """The text on one line, cut at a word with "…" where it is longer."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rsplit(" ", 1)[0].rstrip(",;:—– ") + "…"


# A stretch shorter than this says little without what stands around it.
_BARE_WORDS = 4
_BREAK = re.compile(r"[.!?\n]+[”\"’]?\s*")


def quoted_evidence(evidence: Evidence) -> str:
    """A claim's evidence between marks; a few words alone bring the rest of their sentence, as far as it is kept."""
    if len(evidence.text.split()) >= _BARE_WORDS:
        return quoted(evidence.text)
    before, after = evidence.prefix, evidence.suffix
    breaks = list(_BREAK.finditer(before))
    # What is kept of the surroundings is so many characters: its outer word is mostly cut.
    before = before[breaks[-1].end() :] if breaks else f"…{before.partition(' ')[2]}" if before else ""
    stop = _BREAK.search(after)
    after = after[: stop.start()] if stop else f"{after.rpartition(' ')[0]}…" if after else ""
    return quoted(before + evidence.text + after)


def quoted(text: str) -> str:
    """The text between marks; marks inside it become single ones, and one that was left open is closed."""
    inside, open_marks = [], 0
    for letter in shortened(text):
        if letter == "“" or (letter == '"' and not open_marks):
            inside.append("‘")
            open_marks += 1
        elif letter in '”"':
            # A mark whose partner stood before the quotation is dropped.
            inside.append("’" if open_marks else "")
            open_marks = max(0, open_marks - 1)
        else:
            inside.append(letter)
    return f"“{''.join(inside).rstrip(',;: ')}{'’' * open_marks}”"


def spans(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending numbers run together: 1, 3, 4, 5 is (1, 1) and (3, 5); two in a row stay apart."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return [
        each for start, end in found for each in ([(start, start), (end, end)] if end - start == 1 else [(start, end)])
    ]
