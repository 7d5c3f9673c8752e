"""Rows of event tables in the ledger: kept once, superseded by later editions, counted by party and day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from holdfire.errors import LedgerError
from holdfire.ledger.append import append_document, begin_run
from holdfire.ledger.append_events import Progress, append_events, batches_of
from holdfire.ledger.backup import back_up, restore
from holdfire.ledger.check import check, content_hash
from holdfire.ledger.connect import Ledger, open_ledger
from holdfire.ledger.events import event_counts, event_origins, event_rows, event_tallies
from holdfire.ledger.merge import merge
from holdfire.ledger.takedown import take_down
from holdfire.model.entry import AsOf, Run
from holdfire.model.event_row import EventRow, EventTally
from tests.ledger.invented import NOON, RULES, make_claims, make_document

HOUR = timedelta(hours=1)
MONDAY = date(2031, 2, 24)


def progress(line: int = 2, skipped: str = "") -> Progress:
    return Progress(file="valley.csv", file_sha256="f" * 64, last_line=line, skipped=skipped)


def shelling(number: int = 1, **fields: object) -> EventRow:
    """The Valley Front shells Port Amar on Monday, as a person coded it."""
    values: dict[str, object] = {
        "origin": "acled", "origin_id": f"PAM{number}", "day": MONDAY, "code": "Shelling/artillery/missile attack",
        "event": "ASSAULT", "mode": "heavy-weapons", "actor_key": "valley-front", "actor_text": "Valley Front",
        "recipient_key": "text:port amar", "recipient_text": "Port Amar", "country": "PAM", "place": "Port Amar",
        "url": "https://courier.example/1", "deaths": 2, "reports": 1, "polarity": None,
    }  # fmt: skip
    return EventRow(**{**values, **fields})  # type: ignore[arg-type]


def store(ledger: Ledger, run: Run, *rows: EventRow, now: datetime = NOON, line: int = 2):
    return append_events(ledger, run, rows, progress=progress(line), now=now, names={"valley-front": "Valley Front"})


def counts(ledger: Ledger, asof: AsOf | None = None, **options: object) -> list[tuple[str, str, str | None, int]]:
    found = event_counts(ledger, asof or AsOf(), **options)  # type: ignore[arg-type]
    return [(each.key, each.day.isoformat(), each.event, each.count) for each in found]


def test_a_row_comes_back_as_it_was_appended(ledger: Ledger, run: Run) -> None:
    full = shelling(
        polarity="affirmed", reported_on=MONDAY + timedelta(days=1), outlet="Amar Courier", grade="B",
        edition=datetime(2031, 3, 1, 9, 30, tzinfo=UTC),
    )  # fmt: skip
    bare = EventRow(origin="gdelt", origin_id="7", day=MONDAY, code="999")
    store(ledger, run, full, bare)
    assert list(event_rows(ledger, AsOf())) == [full, bare]
    assert not list(check(ledger))


def test_appending_twice_changes_nothing(ledger: Ledger, run: Run) -> None:
    assert store(ledger, run, shelling(1), shelling(2)).new == 2
    held = content_hash(ledger)
    again = store(ledger, run, shelling(2), shelling(1), now=NOON + HOUR)
    assert (again.new, again.unchanged) == (0, 2)
    assert content_hash(ledger) == held
    assert len(list(event_rows(ledger, AsOf()))) == 2
    assert not list(check(ledger))


def test_a_row_that_stands_twice_in_a_batch_is_kept_once(ledger: Ledger, run: Run) -> None:
    found = store(ledger, run, shelling(), shelling())
    assert (found.new, found.unchanged) == (1, 1)
    assert counts(ledger) == [("valley-front", "2031-02-24", "ASSAULT", 1)]


def test_a_later_edition_supersedes_and_the_earlier_is_still_seen_as_of_then(ledger: Ledger, run: Run) -> None:
    store(ledger, run, shelling(deaths=2))
    assert store(ledger, run, shelling(deaths=5), now=NOON + HOUR).revised == 1
    assert [row.deaths for row in event_rows(ledger, AsOf())] == [5]
    assert [row.deaths for row in event_rows(ledger, AsOf(known_by=NOON))] == [2]
    assert not list(check(ledger))


def test_an_earlier_edition_that_comes_late_is_kept_and_does_not_stand(ledger: Ledger, run: Run) -> None:
    spring, winter = datetime(2031, 4, 1, tzinfo=UTC), datetime(2031, 3, 1, tzinfo=UTC)
    store(ledger, run, shelling(deaths=5, edition=spring))
    assert store(ledger, run, shelling(deaths=2, edition=winter), now=NOON + HOUR).older == 1
    assert [row.deaths for row in event_rows(ledger, AsOf())] == [5]
    assert not list(check(ledger))


def test_two_editions_in_one_batch_the_later_line_stands(ledger: Ledger, run: Run) -> None:
    found = store(ledger, run, shelling(deaths=2), shelling(deaths=5))
    assert (found.new, found.revised) == (1, 1)
    assert [row.deaths for row in event_rows(ledger, AsOf())] == [5]
    assert not list(check(ledger))


def test_a_side_that_a_later_edition_has_no_more_is_withdrawn(ledger: Ledger, run: Run) -> None:
    spring, summer = datetime(2031, 4, 1, tzinfo=UTC), datetime(2031, 7, 1, tzinfo=UTC)
    back = {"origin_id": "PAM1:2", "actor_key": "text:port amar", "recipient_key": "valley-front"}
    store(ledger, run, shelling(1, edition=spring), shelling(1, edition=spring, **back), shelling(2))
    assert len(counts(ledger)) == 2
    store(ledger, run, shelling(1, edition=summer), now=NOON + HOUR)
    assert counts(ledger) == [("valley-front", "2031-02-24", "ASSAULT", 2)]
    assert len(counts(ledger, AsOf(known_by=NOON))) == 2
    assert [row.origin_id for row in event_rows(ledger, AsOf())] == ["PAM1", "PAM2"]
    assert not list(check(ledger))
    store(ledger, run, shelling(1, edition=summer, deaths=9), shelling(1, edition=summer, deaths=9, **back),
          now=NOON + 2 * HOUR)  # fmt: skip
    assert len(counts(ledger)) == 2
    assert not list(check(ledger))


def test_rows_of_a_program_that_say_the_same_are_flagged_and_count_once(ledger: Ledger, run: Run) -> None:
    rows = [shelling(n, origin="gdelt", origin_id=str(n), url=f"https://courier.example/{n}") for n in range(3)]
    assert store(ledger, run, *rows[:2]).duplicates == 1
    assert store(ledger, run, rows[2], now=NOON + HOUR).duplicates == 1
    assert counts(ledger) == [("valley-front", "2031-02-24", "ASSAULT", 1)]
    assert len(list(event_rows(ledger, AsOf()))) == 3
    assert not list(check(ledger))


def test_rows_that_people_coded_are_each_an_event(ledger: Ledger, run: Run) -> None:
    assert store(ledger, run, shelling(1), shelling(2)).duplicates == 0
    assert counts(ledger) == [("valley-front", "2031-02-24", "ASSAULT", 2)]


def test_counts_by_recipient_and_country_and_kind(ledger: Ledger, run: Run) -> None:
    talks = shelling(3, event="CONSULT", day=MONDAY + timedelta(days=1), recipient_key=None, country=None)
    store(ledger, run, shelling(1), talks)
    assert counts(ledger, by="recipient", keys=["text:port amar"]) == [("text:port amar", "2031-02-24", "ASSAULT", 1)]
    assert counts(ledger, by="country") == [("", "2031-02-25", "CONSULT", 1), ("PAM", "2031-02-24", "ASSAULT", 1)]
    assert counts(ledger, events=["CONSULT"]) == [("valley-front", "2031-02-25", "CONSULT", 1)]
    assert counts(ledger, since=MONDAY + timedelta(days=1)) == [("valley-front", "2031-02-25", "CONSULT", 1)]
    assert counts(ledger, AsOf(valid_on=MONDAY)) == [("valley-front", "2031-02-24", "ASSAULT", 1)]
    assert counts(ledger, origins=["ucdp"]) == []


def test_a_late_report_counts_on_the_day_of_the_first_report(ledger: Ledger, run: Run) -> None:
    late = [shelling(n, origin="icews", origin_id=str(n), reported_on=MONDAY + timedelta(days=n)) for n in (5, 3)]
    store(ledger, run, *late)
    assert counts(ledger, dated="event") == [("valley-front", "2031-02-24", "ASSAULT", 1)]
    assert counts(ledger, dated="report") == [("valley-front", "2031-02-27", "ASSAULT", 1)]
    assert counts(ledger, AsOf(valid_on=MONDAY), dated="report") == []
    assert counts(ledger, dated="report", since=MONDAY + timedelta(days=4)) == []


def test_tallies_tell_who_whom_where_and_when_it_was_first_reported(ledger: Ledger, run: Run) -> None:
    late = [shelling(n, origin="icews", origin_id=str(n), reported_on=MONDAY + timedelta(days=n)) for n in (5, 3)]
    elsewhere = shelling(6, origin="icews", origin_id="6", place="Hill Gate", reported_on=MONDAY + timedelta(days=3))
    nobody = EventRow(origin="icews", origin_id="9", day=MONDAY, code="010")
    store(ledger, run, *late, elsewhere, nobody, shelling(1))
    found = list(event_tallies(ledger, AsOf(), origins=["icews"]))
    named = {"actor_key": "valley-front", "recipient_key": "text:port amar", "country": "PAM", "event": "ASSAULT"}
    unnamed = dict.fromkeys(named)
    assert sorted(found, key=lambda each: each.count) == [
        EventTally(origin="icews", day=MONDAY, reported_on=None, count=1, **unnamed),
        EventTally(origin="icews", day=MONDAY, reported_on=MONDAY + timedelta(days=3), count=2, **named),
    ]
    assert sum(each.count for each in event_tallies(ledger, AsOf())) == 4
    assert event_origins(ledger, AsOf()) == {"acled": 1, "icews": 4}


def test_an_event_without_a_dated_report_counts_on_its_own_day(ledger: Ledger, run: Run) -> None:
    store(ledger, run, shelling())
    assert counts(ledger, dated="report") == counts(ledger, dated="event")


def test_how_far_a_file_was_read_is_known_for_the_same_rules_only(ledger: Ledger, run: Run) -> None:
    append_events(ledger, run, [shelling(1)], progress=progress(5, "[1]"), now=NOON)
    append_events(ledger, run, [shelling(2)], progress=progress(9, "[2]"), now=NOON)
    assert list(batches_of(ledger, file_sha256="f" * 64, rulebook_hash=RULES)) == [(5, "[1]"), (9, "[2]")]
    assert not list(batches_of(ledger, file_sha256="e" * 64, rulebook_hash=RULES))
    assert not list(batches_of(ledger, file_sha256="f" * 64, rulebook_hash="others"))


def test_what_no_database_holds_is_refused_whole(ledger: Ledger, run: Run) -> None:
    with pytest.raises(LedgerError, match="holds a character that no ledger keeps"):
        store(ledger, run, shelling(1), replace(shelling(2), place="Port\0Amar"))
    assert list(event_rows(ledger, AsOf())) == []


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("update event_rows set deaths = 9", "record"), ("update event_rows set actor_seq = null", "record"),
        ("update event_rows set superseded_at = null where deaths = 2", "standing"),
        ("update event_rows set superseded_at = 5 where deaths = 1", "standing"),
        ("update event_rows set duplicate = 1 - duplicate where origin = 'gdelt'", "standing"),
        ("delete from event_rows where deaths = 5", "chain"), ("update event_batches set last_line = 7", "chain"),
    ],
)  # fmt: skip
def test_check_sees_what_was_changed(ledger: Ledger, run: Run, change: str, kind: str) -> None:
    coded = [shelling(n, origin="gdelt", origin_id=str(n)) for n in (3, 4)]
    store(ledger, run, shelling(1, deaths=1), shelling(2, deaths=2), *coded)
    store(ledger, run, shelling(2, deaths=5), now=NOON + HOUR)
    assert not list(check(ledger))
    with ledger.engine.connect() as connection, connection.begin():
        connection.execute(text(change))
    assert kind in {each.kind for each in check(ledger)}


def test_a_merged_ledger_holds_what_either_held(fresh_url: Callable[[], str]) -> None:
    with open_ledger(fresh_url()) as one, open_ledger(fresh_url()) as other:
        for ledger, rows in ((one, [shelling(1), shelling(2)]), (other, [shelling(2), shelling(3)])):
            begun = begin_run(ledger, command="import", rulebook_hash=RULES, version="0.1.0", now=NOON)
            store(ledger, begun, *rows)
        assert merge(one, other).event_rows == 2
        assert [row.origin_id for row in event_rows(one, AsOf())] == ["PAM1", "PAM2", "PAM3"]
        assert merge(one, other).event_rows == 0
        assert not list(check(one))


def test_taking_a_report_down_leaves_the_parties_that_tables_name(ledger: Ledger, run: Run) -> None:
    document = make_document()
    append_document(ledger, run, document, make_claims(document), now=NOON)
    row = shelling(actor_key="text:hill council", actor_text="Hill Council")
    store(ledger, run, row)
    take_down(ledger, document.id, who="Ann", reason="asked to", now=NOON)
    assert list(event_rows(ledger, AsOf())) == [row]
    assert not list(check(ledger))


def test_a_backup_holds_the_tables(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.db") as ledger:
        begun = begin_run(ledger, command="import", rulebook_hash=RULES, version="0.1.0", now=NOON)
        store(ledger, begun, shelling(1), shelling(2))
        assert back_up(ledger, tmp_path / "copy.db") == content_hash(ledger)
        store(ledger, begun, shelling(3))
        assert content_hash(ledger) != restore(tmp_path / "copy.db", tmp_path / "restored.db")
    with open_ledger(tmp_path / "restored.db") as ledger:
        assert [row.origin_id for row in event_rows(ledger, AsOf())] == ["PAM1", "PAM2"]
