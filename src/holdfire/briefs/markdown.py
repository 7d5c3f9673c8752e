"""A brief as Markdown: the numbers of the notes in brackets, everything that a report says escaped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from holdfire.briefs.grammar import day_words, spans
from holdfire.briefs.illustrations import Illustration
from holdfire.briefs.parts import Brief, Note, Paragraph, Sentence

# What Markdown would read as its own; and line beginnings that make a list, a heading or a quotation.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_AT_START = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.M)


def as_markdown(
    brief: Brief, illustrations: Sequence[Illustration] = (), *, files: Mapping[str, str] | None = None
) -> str:
    """The brief. `files` gives the address of each figure's file, by key; figures without one are left out."""
    where = files or {}
    figures = {each.key: each for each in illustrations if each.key in where}
    lines = [f"# {escaped(brief.title)}", "", escaped(brief.heading), ""]
    if brief.headline:
        lines += [" ".join(f"**{_sentence(each)}**" for each in brief.headline), ""]
    for section in brief.sections:
        lines += [f"## {escaped(section.title)}", ""]
        for paragraph in section.paragraphs:
            bullet = "" if section.key == "state" else "- "
            lines += [bullet + _paragraph(paragraph)]
            if not bullet:
                lines.append("")
        if lines[-1]:
            lines.append("")
        figure = figures.get(section.figure or "")
        if figure:
            lines += [f"![{escaped(figure.caption)}]({where[figure.key]})", "", f"*{escaped(figure.caption)}*", ""]
    lines += [f"## {escaped(brief.notes_title)}", ""]
    lines += [_note(each) for each in brief.notes]
    return "\n".join(lines).rstrip() + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _AT_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def _paragraph(paragraph: Paragraph) -> str:
    text = " ".join(_sentence(each) for each in paragraph.sentences)
    name = escaped(paragraph.name)
    return f"**{name}**{text.removeprefix(name)}" if name and text.startswith(name) else text


def _sentence(sentence: Sentence) -> str:
    parts = [_inner(each.text) + _numbers(each.numbers) for each in sentence.statements]
    return _inner(sentence.lead) + sentence.between.join(parts) + sentence.end


def _inner(text: str) -> str:
    """Escaped, with the spaces at its ends kept."""
    start, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return start + _SPECIAL.sub(r"\\\1", " ".join(text.split())) + (end if text.strip() else "")


def _numbers(numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    return " \\[" + ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in spans(numbers)) + "\\]"


def _note(note: Note) -> str:
    said = f", said by {escaped(', '.join(note.said_by))}" if note.said_by else ""
    address = f" <{_address(note.url)}>" if note.url else ""
    return (
        f"{note.number}. {escaped(note.outlet)}, {day_words(note.day)}: {escaped(note.quote)} "
        f"({escaped(note.actor)}: {escaped(note.conduct)}, {note.certainty}{said}; graded {note.grade}; "
        f"claim {note.claim_id[:8]}, report {note.document_id}){address}"
    )


def _address(url: str) -> str:
    return re.sub(r"[<>\s]", "", url)
