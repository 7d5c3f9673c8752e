"""The application: one address a page, as HTML and as JSON, from the same dataclass; read-only."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from holdfire.errors import HoldfireError, LedgerError, UsageError
from holdfire.web.looking import Looking, day, looking_at
from holdfire.web.missing import Missing
from holdfire.web.pages.about import AboutPage, read_about
from holdfire.web.pages.actor import ActorPage, read_actor_page
from holdfire.web.pages.board import BoardPage, Filters, read_board_page
from holdfire.web.pages.claim import ClaimPage, read_claim
from holdfire.web.pages.map import MapPage, read_map
from holdfire.web.pages.network import NetworkPage, read_network_page
from holdfire.web.pages.quiet import QuietPage, read_quiet
from holdfire.web.pages.report import DiffPage, ReportPage, compare_reports, read_report
from holdfire.web.pages.search import SearchPage, read_search
from holdfire.web.pages.sources import SourcesPage, read_sources
from holdfire.web.render import Templates, conduct_styles
from holdfire.web.room import ReadingRoom
from holdfire.web.security import HEADERS, HOSTS

log = logging.getLogger(__name__)

_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"description": "Something asked for cannot be read; the answer says what and how to write it."},
    404: {"description": "Nothing is there."},
    410: {"description": "It was taken down."},
}


def room_of(request: Request) -> ReadingRoom:
    """The reading room of the application that answers."""
    room: ReadingRoom = request.app.state.room
    return room


Room = Annotated[ReadingRoom, Depends(room_of)]
Look = Annotated[Looking, Depends(looking_at)]


def filters_of(
    actor: Annotated[str, Query(max_length=200, description="Words in an actor's name.")] = "",
    conduct: Annotated[str, Query(max_length=200, description="A deed or word of the posture.")] = "",
    kind: Annotated[str, Query(max_length=200, description="A kind of actor.")] = "",
    gap: Annotated[str, Query(max_length=200, description="Anything: only those with a say-do gap.")] = "",
    changed: Annotated[str, Query(max_length=200, description="Anything: only postures that changed.")] = "",
) -> Filters:
    """What the board's rows are narrowed to."""
    return Filters(actor=actor.strip(), conduct=conduct, kind=kind, gap=bool(gap), changed=bool(changed))


def board_page(
    room: Room, looking: Look, filters: Annotated[Filters, Depends(filters_of)], compare: Annotated[
        str | None, Query(description="An earlier day to compare with.", json_schema_extra={"format": "date"})
    ] = None,
    page: Annotated[int, Query(ge=1, le=100_000, description="A hundred rows a page.")] = 1,
) -> BoardPage:  # fmt: skip
    """Actors against deed, word, since, evidence, gap and change."""
    return read_board_page(room, looking, filters=filters, compare=day(compare, "compare"), page=page)


def actor_page(room: Room, looking: Look, key: str) -> ActorPage:
    """One actor by its key or name."""
    return read_actor_page(room, key, looking)


def report_page(room: Room, looking: Look, report: str) -> ReportPage:
    """One report with its claims."""
    return read_report(room, report, looking)


def diff_page(room: Room, looking: Look, report: str, other: str) -> DiffPage:
    """How two versions of one report differ."""
    return compare_reports(room, report, other, looking)


def claim_page(room: Room, looking: Look, claim: str) -> ClaimPage:
    """One claim in its sentence."""
    return read_claim(room, claim, looking)


def network_page(
    room: Room, looking: Look,
    relation: Annotated[str, Query(max_length=200, description="Ties of this relation alone, as “backs”.")] = "",
) -> NetworkPage:  # fmt: skip
    """Who backs, threatens, restrains or fights whom."""
    return read_network_page(room, looking, relation=relation)


def map_page(room: Room, looking: Look) -> MapPage:
    """Where claims are placed."""
    return read_map(room, looking)


def quiet_page(
    room: Room, looking: Look,
    own: Annotated[str, Query(max_length=200, description="What is counted: attacks, deeds or words.")] = "attacks",
) -> QuietPage:  # fmt: skip
    """Who has gone quiet, by counting attacks, deeds or words."""
    return read_quiet(room, looking, own)


def sources_page(room: Room, looking: Look) -> SourcesPage:
    """Which outlets the ledger reads."""
    return read_sources(room, looking)


def search_page(
    room: Room, looking: Look,
    q: Annotated[str, Query(max_length=500, description="Words, “phrases” and fields.")] = "",
) -> SearchPage:  # fmt: skip
    """Words in reports and sentences, narrowed by actor:, conduct:, source:, outlet:, after: and before:."""
    return read_search(room, q, looking)


def about_page(room: Room, looking: Look) -> AboutPage:
    """What the pages are made from."""
    return read_about(room, looking)


# Address, template, and what fills it; the more particular address stands first.
PAGES: tuple[tuple[str, str, Callable[..., Any], type], ...] = (
    ("/board", "board.html", board_page, BoardPage),
    ("/actors/{key:path}", "actor.html", actor_page, ActorPage),
    ("/reports/{report}/diff/{other}", "diff.html", diff_page, DiffPage),
    ("/reports/{report}", "report.html", report_page, ReportPage),
    ("/claims/{claim}", "claim.html", claim_page, ClaimPage),
    ("/network", "network.html", network_page, NetworkPage),
    ("/map", "map.html", map_page, MapPage),
    ("/quiet", "quiet.html", quiet_page, QuietPage),
    ("/sources", "sources.html", sources_page, SourcesPage),
    ("/search", "search.html", search_page, SearchPage),
    ("/about", "about.html", about_page, AboutPage),
)


def create_app(room: ReadingRoom) -> FastAPI:
    """The application over an open reading room."""
    app = FastAPI(
        title="Holdfire", version=version("holdfire"), docs_url=None, redoc_url=None, openapi_url="/openapi.json",
        description="Who is fighting, who is talking and who is holding fire, and which sentence says so. Read-only.",
        # What is read here is told to nobody, whatever the environment says.
        telemetry={
            "tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False,
        },
    )  # fmt: skip
    app.state.room = room
    templates = Templates(room)
    for address, template, make, kind in PAGES:
        _add_page(app, templates, address=address, template=template, make=make, kind=kind)
    app.add_api_route("/", _html(templates, "board.html", board_page), include_in_schema=False)
    styles = conduct_styles(room.rulebook.conducts.values())
    app.add_api_route("/static/conducts.css", lambda: Response(styles, media_type="text/css"), include_in_schema=False)
    app.add_api_route("/health", lambda: PlainTextResponse("reading"), include_in_schema=False)
    app.mount("/static", StaticFiles(directory=Path(str(resources.files("holdfire.web"))) / "static"), name="static")
    _add_errors(app, templates)
    app.middleware("http")(_guarded)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False)
    return app


def _add_page(
    app: FastAPI, templates: Templates, *, address: str, template: str, make: Callable[..., Any], kind: type
) -> None:
    """The same dataclass under two addresses: as JSON, and as a page."""
    name = make.__name__
    app.add_api_route(
        f"{address}.json", make, response_model=kind, responses=_ERRORS, operation_id=f"{name}_json", tags=["data"]
    )
    app.add_api_route(
        address, _html(templates, template, make), response_class=HTMLResponse, responses=_ERRORS,
        operation_id=name, summary=make.__doc__, tags=["pages"],
    )  # fmt: skip


def _html(templates: Templates, template: str, make: Callable[..., Any]) -> Callable[..., HTMLResponse]:
    def show(request: Request, room: Room, looking: Look, found: Callable[[], Any]) -> HTMLResponse:
        key = ("html", request.url.path, request.url.query)
        return HTMLResponse(room.kept(key, lambda: templates.render(template, request, looking, found())))

    # What `make` asks for is not known where names in annotations are looked up.
    show.__annotations__["found"] = Annotated[Any, Depends(_deferred(make))]
    return show


def _deferred(make: Callable[..., Any]) -> Callable[..., Callable[[], Any]]:
    """What takes the same questions and answers when it is called: a page that is held need not be made again."""

    @wraps(make)
    def later(**asked: Any) -> Callable[[], Any]:
        return lambda: make(**asked)

    return later


async def _guarded(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await go_on(request)
    for name, value in HEADERS.items():
        response.headers[name] = value
    # A page is as old as the ledger; scripts and styles change with the version, which is part of their address.
    is_static = request.url.path.startswith("/static/") and "v" in request.query_params
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable" if is_static else "private, no-cache"
    return response


def _add_errors(app: FastAPI, templates: Templates) -> None:
    def answer(request: Request, status: int, words: str) -> Response:
        if request.url.path.endswith(".json"):
            return JSONResponse({"error": words}, status_code=status)
        return HTMLResponse(templates.render_error(request, status, words), status_code=status)

    async def failed(request: Request, why: Exception) -> Response:
        if isinstance(why, Missing):
            return answer(request, why.status, str(why))
        if isinstance(why, UsageError):
            return answer(request, 400, str(why))
        status = 503 if isinstance(why, LedgerError) else 500
        log.error("%s: %s", request.url.path, why)
        return answer(request, status, str(why))

    async def invalid(request: Request, why: Exception) -> Response:
        assert isinstance(why, RequestValidationError)
        faults = (f"{'.'.join(map(str, each['loc'][1:]))}: {each['msg']}" for each in why.errors())
        return answer(request, 400, "; ".join(faults))

    async def refused(request: Request, why: Exception) -> Response:
        assert isinstance(why, HTTPException)
        words = {
            404: "There is no such page. The pages are listed above.",
            405: "Pages can only be read here; nothing is written by them.",
        }
        return answer(request, why.status_code, words.get(why.status_code, str(why.detail)))

    async def broken(request: Request, why: Exception) -> Response:
        log.error("%s", request.url.path, exc_info=why)
        response = answer(request, 500, "This page could not be made. The reason stands in the server's log.")
        response.headers.update(HEADERS)
        return response

    app.add_exception_handler(HoldfireError, failed)
    app.add_exception_handler(Exception, broken)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, refused)
