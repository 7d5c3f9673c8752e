"""What must always hold, whatever is recorded in whatever order, on both databases."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from holdfire.errors import UsageError
from holdfire.ledger import views
from holdfire.ledger.append import append_document, begin_run
from holdfire.ledger.append_events import Progress, append_events
from holdfire.ledger.check import check, content_hash
from holdfire.ledger.connect import Ledger, open_ledger
from holdfire.ledger.events import event_counts, event_rows
from holdfire.ledger.history import history
from holdfire.ledger.judge import judge
from holdfire.ledger.merge import merge
from holdfire.ledger.search import search
from holdfire.ledger.tables import METADATA
from holdfire.ledger.takedown import take_down
from holdfire.model.claim import Claim
from holdfire.model.document import Document
from holdfire.model.entry import AsOf, Run
from holdfire.model.event_row import EventRow
from tests.ledger.conftest import Server
from tests.ledger.invented import NOON, TEXT, make_claims, make_document

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Append:
    """One version of one of three articles, read with one of two rulebooks, of which some claims are found."""

    article: int
    version: int
    found: tuple[bool, bool]
    rules: str = "one"


@dataclass(frozen=True)
class Judge:
    """Somebody's word on one claim of the first version of an article; nothing where it does not stand."""

    article: int
    claim: int
    who: str
    verdict: str


@dataclass(frozen=True)
class TakeDown:
    article: int


@dataclass(frozen=True)
class Import:
    """One row of another project's table, in one of several editions; which of them the origin dates is drawn too."""

    origin: str
    number: int
    deaths: int
    edition: int | None = None


articles = st.integers(0, 2)
imports = st.builds(
    Import, st.sampled_from(["acled", "icews"]), st.integers(0, 2), st.integers(0, 1),
    st.one_of(st.none(), st.integers(0, 2)),
)  # fmt: skip
appends = st.builds(
    Append, articles, st.integers(0, 2), st.tuples(st.booleans(), st.booleans()), st.sampled_from(["one", "two"])
)
judgements = st.builds(
    Judge,
    articles,
    st.integers(0, 1),
    st.sampled_from(["Ann", "Bob"]),
    st.sampled_from(["accept", "reject", "correct"]),
)
acts = st.one_of(appends, appends, judgements, imports)
acts_and_takedowns = st.one_of(appends, appends, judgements, imports, st.builds(TakeDown, articles))


def report(article: int, version: int) -> Document:
    """Every version is fetched at a time of its own; names are written one way here and another there."""
    words = TEXT.replace("The Hill Council", "THE HILL COUNCIL") if article == 1 else TEXT
    return make_document(
        words + f" Version {version}." * version, url=f"https://courier.example/{article}",
        fetched_at=NOON - timedelta(days=10) + version * HOUR,
    )  # fmt: skip


def claims_in(document: Document, found: tuple[bool, bool]) -> tuple[Claim, ...]:
    upper = "THE HILL COUNCIL" in document.text
    plain = make_claims(document) if not upper else _upper_claims(document)
    return tuple(claim for claim, kept in zip(plain, found, strict=True) if kept)


def _upper_claims(document: Document) -> tuple[Claim, ...]:
    lower = replace(document, text=document.text.replace("THE HILL COUNCIL", "The Hill Council"))
    first, second = make_claims(lower)
    who = replace(second.actor[0], text="THE HILL COUNCIL")
    return first, replace(second, actor=(who,))


def event_row(act: Import) -> EventRow:
    """Rows 0 and 1 say the same where a program coded them; they name a party that reports name too."""
    return EventRow(
        origin=act.origin, origin_id=str(act.number), day=date(2031, 2, 24 + act.number // 2), code="190",
        event="ASSAULT", deaths=act.deaths, actor_key="text:hill council", actor_text="The Hill Council",
        edition=None if act.edition is None else NOON + act.edition * HOUR,
    )  # fmt: skip


class Desk:
    """Does acts on a ledger, one an hour, each kind of rules in a run of its own."""

    def __init__(self, ledger: Ledger, *, offset: int = 0) -> None:
        self.ledger = ledger
        self.now = NOON + offset * timedelta(minutes=7)
        self._runs: dict[str, Run] = {}

    def do(self, act: object, *, at_once: bool = False) -> None:
        if not at_once:
            self.now += HOUR
        if isinstance(act, Append):
            document = report(act.article, act.version)
            claims = claims_in(document, act.found)
            append_document(self.ledger, self._run(act.rules), document, claims, now=self.now)
        elif isinstance(act, Judge):
            claim = claims_in(report(act.article, 0), (True, True))[act.claim]
            changes = {"conduct": "weighing", "modality": "possible"} if act.verdict == "correct" else None
            try:
                judge(self.ledger, claim.id, who=act.who, role="analyst", verdict=act.verdict, reason="so",  # type: ignore[arg-type]
                      changes=changes, now=self.now)  # fmt: skip
            except UsageError:
                return
        elif isinstance(act, Import):
            progress = Progress(file="table", file_sha256="f", last_line=act.number, skipped="")
            append_events(self.ledger, self._run("one"), [event_row(act)], progress=progress, now=self.now)
        elif isinstance(act, TakeDown):
            try:
                take_down(self.ledger, report(act.article, 0).id, who="Ann", reason="so", now=self.now)
            except UsageError:
                return

    def _run(self, rules: str) -> Run:
        if rules not in self._runs:
            self._runs[rules] = begin_run(
                self.ledger, command="read", rulebook_hash=rules, version="0.1.0", now=self.now
            )
        return self._runs[rules]


def seen(ledger: Ledger, asof: AsOf) -> list[Any]:
    """Everything that views show."""
    found = [
        list(views.claims(ledger, asof)),
        list(views.claims(ledger, asof, actor="the hill council", conduct="weighing")),
        list(views.documents(ledger, asof)),
        [views.document(ledger, each.id, asof) for each in views.documents(ledger, asof)],
        views.actors(ledger, asof),
        list(event_rows(ledger, asof)),
        list(event_counts(ledger, asof)),
        list(event_counts(ledger, asof, by="recipient", dated="report")),
        [(hit.document.id, hit.claim_id, hit.excerpt) for hit in search(ledger, "shelled Amar", asof)],
    ]
    try:
        found.append(history(ledger, "valley-front", asof))
    except UsageError:
        found.append("nobody")
    return found


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], Any]]:
    """Gives so many empty ledgers, as a context."""
    if request.param == "postgresql":
        ledgers, finish = _on_postgresql(request.getfixturevalue("postgresql"))
    else:
        ledgers, finish = _on_sqlite(tmp_path_factory.mktemp("model") / "ledger.db")
    yield ledgers
    finish()


def _on_sqlite(model: Path) -> tuple[Callable[[int], Any], Callable[[], None]]:
    """Copies of a ledger whose tables are made already, which is faster than making them for every example."""
    open_ledger(model).close()
    memory = Path("/dev/shm")

    @contextmanager
    def ledgers(count: int) -> Iterator[list[Ledger]]:
        with ExitStack() as opened:
            place = opened.enter_context(TemporaryDirectory(dir=memory if memory.is_dir() else None))
            paths = [Path(place) / f"{number}.db" for number in range(count)]
            for path in paths:
                shutil.copyfile(model, path)
            yield [opened.enter_context(open_ledger(path)) for path in paths]

    return ledgers, lambda: None


def _on_postgresql(server: Server) -> tuple[Callable[[int], Any], Callable[[], None]]:
    """The same from a server, whose databases are emptied and used again; and how to give them back."""
    opened: list[Ledger] = []
    urls: list[str] = []

    @contextmanager
    def ledgers(count: int) -> Iterator[list[Ledger]]:
        while len(opened) < count:
            urls.append(server.ready())
            opened.append(open_ledger(urls[-1]))
        for ledger in opened:
            ledger.release()
            with ledger.engine.connect() as connection, connection.begin():
                connection.execute(text(f"truncate {', '.join(METADATA.tables)}"))
        yield opened[:count]

    def finish() -> None:
        for ledger in opened:
            ledger.close()
        server.free.extend(urls)

    return ledgers, finish


def thorough(examples: int) -> Callable[[Any], Any]:
    return settings(
        max_examples=examples, deadline=None, derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )  # fmt: skip


Bench = Callable[[int], Any]


@thorough(8)
@given(done=st.lists(acts, min_size=1, max_size=7))
def test_appending_twice_changes_nothing(bench: Bench, done: list[object]) -> None:
    with bench(1) as (ledger,):
        desk = Desk(ledger)
        for act in done:
            desk.do(act)
            once, held = seen(ledger, AsOf()), content_hash(ledger)
            desk.do(act, at_once=True)
            desk.do(act)
            assert seen(ledger, AsOf()) == once
            assert content_hash(ledger) == held
        assert not list(check(ledger))


@thorough(8)
@given(
    data=st.data(), done=st.lists(appends, min_size=2, max_size=7, unique_by=lambda each: (each.article, each.version))
)
def test_the_order_of_appends_changes_no_view(bench: Bench, data: st.DataObject, done: list[Append]) -> None:
    same_rules = [replace(each, rules="one") for each in done]
    shuffled = data.draw(st.permutations(same_rules))
    found = []
    with bench(2) as ledgers:
        for ledger, order in zip(ledgers, (same_rules, shuffled), strict=True):
            desk = Desk(ledger)
            for act in order:
                desk.do(act, at_once=True)
            assert not list(check(ledger))
            views_now = seen(ledger, AsOf())[:-1]
            # Versions of one article are recorded a microsecond apart, in the order in which they came.
            views_now[0] = [replace(each, recorded_at=NOON) for each in views_now[0]]
            found.append((views_now, content_hash(ledger)))
    assert found[0] == found[1]


@thorough(8)
@given(done=st.lists(acts, min_size=2, max_size=8))
def test_nothing_recorded_later_is_seen_in_an_earlier_view(bench: Bench, done: list[object]) -> None:
    with bench(1) as (ledger,):
        desk = Desk(ledger)
        then = []
        for act in done:
            desk.do(act)
            asof = AsOf(known_by=desk.now)
            then.append((asof, seen(ledger, asof)))
        for asof, before in then:
            assert seen(ledger, asof) == before


@thorough(6)
@given(
    ours=st.lists(acts_and_takedowns, max_size=6), theirs=st.lists(acts_and_takedowns, min_size=1, max_size=6),
    offset=st.integers(0, 2),
)  # fmt: skip
def test_merging_is_commutative_and_idempotent(
    bench: Bench, ours: list[object], theirs: list[object], offset: int
) -> None:
    with bench(4) as (one, other, other_again, one_again):
        for ledger, acts_of, start in (
            (one, ours, 0), (other, theirs, offset), (other_again, theirs, offset), (one_again, ours, 0),
        ):  # fmt: skip
            desk = Desk(ledger, offset=start)
            for act in acts_of:
                desk.do(act)
        merge(one, other)
        merge(other_again, one_again)
        moments = [AsOf(), *(AsOf(known_by=NOON + hours * HOUR) for hours in (1, 3, 5))]
        assert content_hash(one) == content_hash(other_again)
        for asof in moments:
            assert seen(one, asof) == seen(other_again, asof)
        assert not list(check(one))
        assert not list(check(other_again))
        once = [seen(one, asof) for asof in moments]
        merge(one, other)
        merge(one, other_again)
        assert [seen(one, asof) for asof in moments] == once
        assert not list(check(one))
