"""A brief as one HTML file that fetches nothing: style and figures inside, everything that a report says escaped."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from holdfire.briefs.grammar import day_words, spans
from holdfire.briefs.illustrations import Illustration
from holdfire.briefs.parts import Brief, Paragraph
from holdfire.rules.conducts import Conduct

# Addresses that may be followed; any other is shown as text.
_LINK = re.compile(r"https?://[^\s<>\"]+", re.I)


@dataclass(frozen=True, slots=True)
class _Figure:
    caption: str
    source: str


def as_html(brief: Brief, illustrations: Sequence[Illustration], *, conducts: Mapping[str, Conduct]) -> str:
    """The page; the same brief makes the same page."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup, escape

    loader = PackageLoader("holdfire.briefs", "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    style, _, _ = loader.get_source(environment, "brief.css")

    def named(paragraph: Paragraph, text: Markup) -> Markup:
        """The text with the name that it begins with set off."""
        name = escape(paragraph.name)
        if not name or not text.startswith(name):
            return text
        return Markup("<strong>{}</strong>{}").format(name, text[len(name) :])

    wanted = {section.figure for section in brief.sections}
    figures = {
        each.key: _Figure(each.caption, _inside(each.draw("svg"))) for each in illustrations if each.key in wanted
    }
    return environment.get_template("brief.html").render(
        brief=brief, figures=figures, conducts=conducts, style=Markup(style), named=named, spans=spans, day=day_words,
        link=_LINK.fullmatch,
    )  # fmt: skip


def _inside(svg: bytes) -> str:
    """The figure as an address that holds it."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode("ascii")
