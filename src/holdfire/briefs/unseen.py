"""What a brief cannot see: counts with their denominators, each a sentence that names nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from holdfire.briefs.coverage import Coverage, coverage_of
from holdfire.briefs.grammar import listed
from holdfire.briefs.parts import Paragraph, Statement, sentence
from holdfire.conclusions.material import Material
from holdfire.rules.brief import BriefRules


def coverage_in(material: Material) -> Coverage:
    """The coverage of the days that the brief tells of."""
    last = material.board.valid_on or material.since
    return coverage_of(material.documents, material.entries, first=material.since, last=last)


def unseen(
    material: Material, rules: BriefRules, *, left: Sequence[tuple[str, int, int]], without: Sequence[str], parts: int
) -> list[Paragraph]:
    """The counts that are not nought.

    left: part, how many entries were left out, of how many. without: titles of parts with nothing reported, of so many.
    """
    told = [
        *_of_claims(material), *_of_postures(material), *_of_days(material),
        *(("unseen.left", count, of, {"part": part}) for part, count, of in left if count),
        ("unseen.parts", len(without), parts, {"parts": listed([each[:1].lower() + each[1:] for each in without])}),
    ]  # fmt: skip
    sentences = [
        sentence(Statement(text=rules.say(phrase, count=f"{count:,}", of=f"{of:,}", **more)))
        for phrase, count, of, more in told
        if count
    ]
    return [Paragraph(sentences=(each,)) for each in sentences]


_Count = tuple[str, int, int, dict[str, str]]


def _of_claims(material: Material) -> Iterator[_Count]:
    claims = [each.claim for each in material.entries]
    unknown = [each for each in claims if each.actor and any(one.id is None for one in each.actor)]
    undated = [each for each in claims if each.time is None]
    board = material.board
    yield "unseen.actors", len(unknown), len(claims), {}
    yield "unseen.nobody", sum(not each.actor for each in claims), len(claims), {}
    yield "unseen.undated", len(undated), len(claims), {}
    yield "unseen.untied", board.untied, board.untied + board.claims, {}


def _of_postures(material: Material) -> Iterator[_Count]:
    findings = [finding for each in material.board.postures for finding in each.findings]
    thin = sum(len(each.outlets) == 1 for each in findings)
    yield "unseen.thin", thin, len(findings), {}
    yield "unseen.group", sum(each.inherited is not None for each in findings), len(findings), {}
    outlets = {each.document.outlet for each in material.entries if each.document.outlet}
    yield "unseen.ungraded", len(outlets) - material.graded, len(outlets), {}


def _of_days(material: Material) -> Iterator[_Count]:
    coverage = coverage_in(material)
    days = {coverage.first + timedelta(days=number) for number in range(coverage.days)}
    yield "unseen.days", len(days - dict(coverage.telling).keys()), len(days), {}
    read, telling = (sum(count for _, count in each) for each in (coverage.read, coverage.telling))
    yield "unseen.reports", read - telling, read, {}
