"""Reads a brief's Markdown as somebody with nothing but the page and the claims would, and holds both together.

The words that a conduct may be told in are listed here anew, not taken from the product's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Conduct, by the words that tell it; with the events and polarities that the codebook makes it of.
WORDS = {
    r"attack(ing|ed)": "attacking",
    r"h(eld|olding) fire": "holding fire",
    r"st(ood|anding) down": "standing down",
    r"threaten(ing|ed)": "threatening",
    r"urg(ing|ed) restraint": "urging restraint",
    r"urg(ing|ed) action": "urging action",
    r"(voic(ing|ed) support|backed)": "backing",
    r"(voicing condemnation|condemn(ed|ing))": "condemning",
    r"refus(ing|ed) what": "refusing",
    r"offer(ing|ed) concessions": "conceding",
    r"agree(ing|d) to what": "agreeing",
    r"mediat(ing|ed)": "mediating",
    r"talk(ing|ed)\b": "talking",
    r"weigh(ing|ed)": "weighing",
    r"(raising or moving|raised or moved) forces": "mobilising",
    r"(giving|given) arms": "arming",
    r"(giving|given) help": "aiding",
    r"us(ing|ed) coercion": "coercing",
    r"protest(ing|ed)": "protesting",
}
NEGATED = {"ASSAULT", "MOBILIZE", "AID"}
QUOTE = re.compile(r"“[^“”]*”")
NUMBERS = re.compile(r" \\\[([\d, –]+)\\\]")
NOTE = re.compile(r"^(\d+)\. .*; claim ([0-9a-f]{8}), report (\S+)\)", re.M)


@dataclass
class Chunk:
    """The words up to the next numbers, with the claims that those numbers stand for."""

    section: str
    name: str
    text: str
    claims: list[dict] = field(default_factory=list)

    @property
    def bare(self) -> str:
        """The words without quotations and without what stands in parentheses."""
        return re.sub(r"\([^()]*\)", "", QUOTE.sub("", self.text))


def sections_of(markdown: str) -> dict[str, str]:
    """The text under each heading; the lines under the title under ""."""
    parts = re.split(r"^#{1,2} (.+)$", markdown, flags=re.M)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    title = parts[1]
    return {"": found.pop(title), **found}


def notes_of(markdown: str) -> dict[int, str]:
    """The beginning of the claim's id by number."""
    return {int(number): claim for number, claim, _ in NOTE.findall(sections_of(markdown)["Notes"])}


def chunks_of(markdown: str, claims: list[dict]) -> tuple[list[Chunk], list[str]]:
    """Every stretch that carries numbers, and the stretches that carry none."""
    by_id = {each["id"][:8]: each for each in claims}
    notes = notes_of(markdown)
    found, loose = [], []
    for title, body in sections_of(markdown).items():
        if title in ("Notes", "What we cannot see"):
            continue
        lines = [line for line in body.splitlines() if line.strip() and not line.startswith(("As of", "!", "*Post"))]
        for line in lines:
            text = re.sub(r"^- ", "", line)
            name = (re.match(r"\*\*([^*]+)\*\* ", text) or [None, ""])[1]
            text = text.replace("**", "")
            at = 0
            for match in NUMBERS.finditer(text):
                words = unescaped(text[at : match.start()]).lstrip(".,; ")
                found.append(Chunk(title, name, words, [by_id[notes[n]] for n in spelled(match[1])]))
                at = match.end()
            rest = text[at:].strip(" .")
            loose += [rest] if rest else []
    return found, loose


def spelled(numbers: str) -> list[int]:
    """The numbers that "3–5, 9" stands for."""
    found: list[int] = []
    for part in numbers.split(", "):
        first, _, last = part.partition("–")
        found += range(int(first), int(last or first) + 1)
    return found


def unescaped(text: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", text)


def faults_of(chunk: Chunk, kin: dict[str, set[str]] | None = None) -> list[str]:
    """What a chunk says that its claims do not: actor, conduct, polarity, certainty."""
    return [
        f"{what}: {chunk.text!r} against {claim['evidence']['text']!r}"
        for claim in chunk.claims
        for what in _faults(chunk, claim, kin or {})
    ]


def _faults(chunk: Chunk, claim: dict, kin: dict[str, set[str]]) -> list[str]:
    found = []
    said = conducts_in(chunk.bare)
    if said and claim["conduct"] not in said and "until then" not in chunk.text:
        found.append(f"conduct {claim['conduct']} told as {sorted(said)}")
    if claim["conduct"] == "holding fire":
        held = claim["event"] in NEGATED and claim["polarity"] == "negated"
        kept = claim["event"] == "RETREAT" and claim["polarity"] == "affirmed"
        if not held and not kept:
            found.append("polarity")
    elif claim["polarity"] != "affirmed" and claim["certainty"] != "denied":
        found.append("polarity")
    names = {each["name"] or each["text"] for each in claim["actor"]} | {each["text"] for each in claim["actor"]}
    names |= {name for each in claim["actor"] for name in kin.get(each["id"] or "", ())}
    names = {" ".join(each.split()).casefold() for each in names} or {"somebody who is not named"}
    told_of = f"{chunk.name} {chunk.text}".casefold()
    continues = re.match(r"(and|yet|until|so)\b", chunk.text) or re.match(r"[a-z ]+, “", chunk.text)
    only_quote = chunk.text.startswith(("“", "Against this"))
    if not any(each in told_of for each in names) and not (continues or only_quote):
        found.append(f"actor {sorted(names)}")
    return found + _certainty_faults(chunk, claim)


def _certainty_faults(chunk: Chunk, claim: dict) -> list[str]:
    certainty, bare = claim["certainty"], chunk.bare
    if chunk.text.startswith(("“", "In ", "Against this", "Reasons")) or re.match(r"[a-z ]+, “", chunk.text):
        return []
    told = (
        "rumoured" if "rumoured" in bare
        else "denied" if re.search(r"\bdenied\b", bare)
        else "hedged" if re.search(r"\bseems?\b", bare) or "with a hedge" in bare
        else "firm"
    )  # fmt: skip
    real = "firm" if certainty in ("stated", "attributed") else certainty
    # The contrary of what is said may be told by a claim of the act not done.
    if real == told or ("until then" in bare and real == "hedged") or "not done" in bare:
        return []
    return [f"certainty {certainty} told as {told}"]


def conducts_in(text: str) -> set[str]:
    return {conduct for words, conduct in WORDS.items() if re.search(rf"\b{words}", text)}
