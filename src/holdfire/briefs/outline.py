"""The brief as a whole: which part tells what, how much of it, and what had to be left out."""

from __future__ import annotations

from collections.abc import Sequence

from holdfire.briefs.doubts import MOST, DoubtParts
from holdfire.briefs.grammar import day_words, many, moment_words
from holdfire.briefs.notes import Notes
from holdfire.briefs.parts import Brief, Paragraph, Section
from holdfire.briefs.postures import PostureParts, own_postures
from holdfire.briefs.telling import Teller
from holdfire.briefs.unseen import unseen
from holdfire.conclusions.material import Material, grades_of
from holdfire.rules.rulebook import Rulebook

# Which figure stands under which part.
_FIGURES = {"state": "timeline", "holds": "gap", "talks": "network", "unseen": "coverage"}


def outline_of(material: Material, *, rulebook: Rulebook) -> Brief:
    """The brief that these conclusions make; the same conclusions make the same brief."""
    rules, board = rulebook.brief, material.board
    notes = Notes(rules)
    teller = Teller(rules, dict(rulebook.conducts), notes)
    postures = own_postures(board.postures)
    main = PostureParts(teller, postures, dict(material.calculi))
    shown = {each.party.key: each.party for each in postures}
    doubts = DoubtParts(teller, material, shown=shown, restrained=[each.party.key for each in main.holding])
    headline = main.headline()
    makers = {
        "state": main.state, "fights": main.fights, "talks": main.talks, "holds": main.holds,
        "tripwires": doubts.tripwires, "rumour": doubts.rumours, "disputed": doubts.disputed,
        "dissent": doubts.dissent, "changed": doubts.changed,
    }  # fmt: skip
    sections: list[Section] = []
    left: list[tuple[str, int, int]] = []
    without: list[str] = []
    for key, title in rules.titles.items():
        if key not in makers:
            continue
        if key == "changed":
            title = f"{title} {rules.say('changed.since', day=day_words(material.since))}"
        drafts = makers[key]()
        told = [write() for write in drafts[:MOST]]
        left.append((title, len(drafts) - len(told), len(drafts)))
        if told:
            sections.append(_section(key, title, told))
        else:
            without.append(title)
    gaps = unseen(material, rules, left=left, without=without, parts=len(makers))
    sections.append(_section("unseen", rules.titles["unseen"], gaps))
    return Brief(
        title=board.conflict or rules.phrases["untitled"],
        heading=rules.say(
            "heading", day=day_words(board.valid_on), known=moment_words(board.known_by),
            reports=many(board.reports, "report"), outlets=many(board.outlets, "outlet"),
            claims=many(board.claims, "claim"),
        ),
        headline=headline,
        sections=tuple(sections),
        notes=notes.written(grades_of(material, notes.cited)),
        notes_title=rules.titles["notes"],
    )  # fmt: skip


def _section(key: str, title: str, paragraphs: Sequence[Paragraph]) -> Section:
    return Section(key=key, title=title, paragraphs=tuple(paragraphs), figure=_FIGURES.get(key))
