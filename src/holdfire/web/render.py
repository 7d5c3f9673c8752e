"""The templates with their words, signs and addresses; everything they print is escaped and its controls shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined

from holdfire.rules.conducts import Conduct
from holdfire.web import words
from holdfire.web.looking import Looking
from holdfire.web.pages.actor import by_conduct, lead_words
from holdfire.web.pages.board import bar, change_words, spark_words
from holdfire.web.pages.sources import staleness_words
from holdfire.web.room import ReadingRoom
from holdfire.web.security import finalized

NAVIGATION = (
    ("/", "Board"), ("/network", "Network"), ("/map", "Map"), ("/quiet", "Gone quiet"), ("/sources", "Sources"),
    ("/search", "Search"), ("/about", "About"),
)  # fmt: skip


class Templates:
    """Renders pages. One environment serves all threads."""

    def __init__(self, room: ReadingRoom) -> None:
        self._environment = Environment(
            loader=PackageLoader("holdfire.web"), autoescape=True, finalize=finalized, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        conducts = room.rulebook.conducts
        self._environment.globals.update(
            navigation=NAVIGATION,
            conducts=tuple(conducts.values()),
            sign={name: each.sign for name, each in conducts.items()},
            mark={name: each.mark.replace(" ", "-") for name, each in conducts.items()},
            family={name: each.family for name, each in conducts.items()},
            asset=_assets(),
            many=words.many, day_words=words.day_words, short_day=words.short_day, moment_words=words.moment_words,
            cut=words.cut, slug=words.slug, bar=bar, change_words=change_words, spark_words=spark_words,
            staleness_words=staleness_words, lead_words=lead_words, by_conduct=by_conduct,
        )  # fmt: skip

    def render(self, template: str, request: Request, looking: Looking, page: Any) -> str:
        """A page as HTML; `page` is its dataclass, `link` makes addresses that keep what is looked at."""
        return self._environment.get_template(template).render(
            page=page, looking=looking, link=looking.address, here=request.url.path, asked=request.query_params,
            twin=_twin(request),
        )  # fmt: skip

    def render_error(self, request: Request, status: int, why: str) -> str:
        """A page that says what went wrong and what to do."""
        looking = Looking()
        return self._environment.get_template("error.html").render(
            page=None, looking=looking, link=looking.address, here=request.url.path, asked={}, twin=None, status=status,
            why=why,
        )  # fmt: skip


def conduct_styles(conducts: Iterable[Conduct]) -> str:
    """A style a conduct: its colour for light and for dark, from the rules."""
    made = list(conducts)
    light = "\n".join(f".{words.slug(each.id)} {{ --c: {each.colour}; }}" for each in made)
    dark = "\n".join(f"  .{words.slug(each.id)} {{ --c: {each.colour_dark}; }}" for each in made)
    return f"{light}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}\n"


def _twin(request: Request) -> str:
    """The address of the same page as JSON."""
    path = "/board" if request.url.path == "/" else request.url.path
    return f"{path}.json{f'?{request.url.query}' if request.url.query else ''}"


def _assets() -> dict[str, str]:
    """Addresses of scripts and styles, each with the beginning of its hash, so that a browser may keep it for good."""
    folder = Path(str(resources.files("holdfire.web"))) / "static"
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            found[name] = f"/static/{name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"
    return found
