"""Care: a sound ledger has no fault and tampering is seen; backups, restoring, merging, taking down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from holdfire.errors import LedgerError, UsageError
from holdfire.ledger import backup, views
from holdfire.ledger.append import append_document, begin_run
from holdfire.ledger.backup import back_up, restore
from holdfire.ledger.check import check, content_hash
from holdfire.ledger.connect import Ledger, open_ledger
from holdfire.ledger.judge import judge
from holdfire.ledger.merge import merge
from holdfire.ledger.search import search
from holdfire.ledger.takedown import take_down
from holdfire.model.entry import AsOf, Run
from tests.ledger.invented import NOON, RULES, TEXT, make_claims, make_document

NOW = AsOf()
HOUR = timedelta(hours=1)


@pytest.fixture
def filled(ledger: Ledger, run: Run) -> Ledger:
    for number in range(3):
        document = make_document(TEXT + f" Part {number}.", url=f"https://courier.example/{number}")
        append_document(ledger, run, document, make_claims(document), now=NOON)
    return ledger


@pytest.mark.parametrize(
    ("tampering", "kind"),
    [
        ("update documents set text = replace(text, 'Monday', 'Friday') where seq = 1", "record"),
        ("update documents set title = 'Calm at the harbour' where seq = 1", "record"),
        ("update claims set json = replace(json, 'affirmed', 'negated') where seq = 1", "record"),
        ("update claims set start_char = start_char + 1 where seq = 1", "evidence"),
        ("update claims set superseded_at = 5 where seq = 1", "standing"),
        ("update readings set superseded_at = 5 where seq = 1", "standing"),
        ("update readings set recorded_at = recorded_at - 1 where seq = 1", "chain"),
        ("update links set recorded_at = recorded_at - 1 where seq = 2", "chain"),
        ("update tips set hash = 'x'", "chain"),
        ("delete from standing where claim_seq = 1", "standing"),
        ("update standing set conduct = 'aiding' where claim_seq = 1", "standing"),
        ("insert into judgements values ('j', 'nothing', 1, 'Ann', 'editor', 'accept', '{}', 'so', 5)", "chain"),
    ],
)  # fmt: skip
def test_tampering_is_seen(filled: Ledger, tampering: str, kind: str) -> None:
    assert not list(check(filled))
    with filled.engine.connect() as connection, connection.begin():
        connection.execute(text(tampering))
    assert kind in {fault.kind for fault in check(filled)}


def test_a_claim_that_is_gone_is_seen(filled: Ledger) -> None:
    with filled.engine.connect() as connection, connection.begin():
        for table in ("standing", "mentions", "sources", "reasons"):
            connection.execute(text(f"delete from {table} where claim_seq = 1"))
        connection.execute(text("delete from claims where seq = 1"))
    assert {"record"} <= {fault.kind for fault in check(filled)}


def test_the_content_hash_tells_content_and_not_moments(fresh_url: Callable[[], str]) -> None:
    document, other = make_document(), make_document(TEXT + " More.", url="https://courier.example/2")
    hashes = []
    for order, start in (((document, other), NOON), ((other, document), NOON + HOUR)):
        with open_ledger(fresh_url()) as ledger:
            run = begin_run(ledger, command="read", rulebook_hash=RULES, version="0.1.0", now=start)
            for number, each in enumerate(order):
                append_document(ledger, run, each, make_claims(each), now=start + number * HOUR)
            hashes.append(content_hash(ledger))
            append_document(ledger, run, document, make_claims(document)[:1], now=start + 9 * HOUR)
            hashes.append(content_hash(ledger))
    assert hashes[0] == hashes[2] != hashes[1]


def test_what_is_taken_down_is_gone_from_every_view_and_not_accepted_again(ledger: Ledger, run: Run) -> None:
    document = make_document("Zanzibarites spoke. " + TEXT, byline="A. Reader")
    append_document(ledger, run, document, make_claims(document), now=NOON)
    judge(ledger, make_claims(document)[0].id, who="Ann", role="editor", verdict="accept", reason="so", now=NOON)
    gone = take_down(ledger, document.id[:8], who="Ann", reason="court order", now=NOON + HOUR)
    assert (gone.versions, gone.claims) == (1, 2)
    for asof in (NOW, AsOf(known_by=NOON)):
        assert not list(views.claims(ledger, asof))
        assert not list(views.documents(ledger, asof))
        assert not views.actors(ledger, asof)
        assert views.document(ledger, document.id, asof) is None
        assert not list(search(ledger, "Zanzibarites", asof))
    assert append_document(ledger, run, document, make_claims(document), now=NOON + 2 * HOUR).outcome == "taken down"
    assert not list(check(ledger))
    again = take_down(ledger, document.id, who="Bob", reason="again", now=NOON + 3 * HOUR)
    assert (again.versions, again.claims) == (0, 0)
    with pytest.raises(UsageError, match="no report has"):
        take_down(ledger, "zzz", who="Ann", reason="so", now=NOON)
    with pytest.raises(UsageError, match="no reason"):
        take_down(ledger, document.id, who="Ann", reason=" ", now=NOON)


def test_what_is_taken_down_leaves_no_trace_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with open_ledger(path) as ledger:
        run = begin_run(ledger, command="read", rulebook_hash=RULES, version="0.1.0", now=NOON)
        secret = make_document("Zanzibarites spoke. " + TEXT.replace("Port Amar", "Zanzibar"), title="Zanzibar")
        plain = make_document(url="https://courier.example/2")
        for document in (secret, plain):
            claims = make_claims(plain) if document is plain else ()
            append_document(ledger, run, document, claims, now=NOON)
        assert b"anzibar" in path.read_bytes() + path.with_name("ledger.db-wal").read_bytes()
        take_down(ledger, secret.id, who="Ann", reason="court order", now=NOON)
        left = path.read_bytes() + path.with_name("ledger.db-wal").read_bytes()
    assert b"anzibar" not in left.lower()
    assert b"Valley Front" in left


def test_a_backup_restores_what_it_held(tmp_path: Path) -> None:
    path, copy = tmp_path / "ledger.db", tmp_path / "copy.db"
    with open_ledger(path) as ledger:
        run = begin_run(ledger, command="read", rulebook_hash=RULES, version="0.1.0", now=NOON)
        document = make_document()
        append_document(ledger, run, document, make_claims(document), now=NOON)
        held = content_hash(ledger)
        assert back_up(ledger, copy) == held
        with pytest.raises(LedgerError, match="such a file already"):
            back_up(ledger, copy)
        append_document(ledger, run, document, (), now=NOON + HOUR)
        assert content_hash(ledger) != held
    assert restore(copy, path) == held
    with open_ledger(path, read_only=True) as ledger:
        assert content_hash(ledger) == held
        assert not list(check(ledger))
    with open_ledger(tmp_path / "ledger.db.before-restore", read_only=True) as ledger:
        assert content_hash(ledger) != held
    with pytest.raises(LedgerError, match="earlier restoring"):
        restore(copy, path)
    assert sorted(each.name for each in tmp_path.iterdir() if ".part" in each.name) == []


def test_a_damaged_backup_is_not_restored(tmp_path: Path) -> None:
    path, copy = tmp_path / "ledger.db", tmp_path / "copy.db"
    with open_ledger(path) as ledger:
        run = begin_run(ledger, command="read", rulebook_hash=RULES, version="0.1.0", now=NOON)
        document = make_document()
        append_document(ledger, run, document, make_claims(document), now=NOON)
        held = content_hash(ledger)
        back_up(ledger, copy)
    data = bytearray(copy.read_bytes())
    at = data.index(b"stayed out of the fighting")
    data[at : at + 6] = b"joined"
    copy.write_bytes(data)
    with pytest.raises(LedgerError, match="not sound"):
        restore(copy, path)
    with pytest.raises(LedgerError, match="no such file"):
        restore(tmp_path / "nothing.db", path)
    with open_ledger(path, read_only=True) as ledger:
        assert content_hash(ledger) == held


def test_a_damaged_ledger_is_restored(tmp_path: Path) -> None:
    path, copy = tmp_path / "ledger.db", tmp_path / "copy.db"
    with open_ledger(path) as ledger:
        run = begin_run(ledger, command="read", rulebook_hash=RULES, version="0.1.0", now=NOON)
        document = make_document()
        append_document(ledger, run, document, make_claims(document), now=NOON)
        held = back_up(ledger, copy)
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\x5a" * 8192 + whole[16384:])
    with pytest.raises(LedgerError, match="damaged"), open_ledger(path) as ledger:
        assert not list(check(ledger))
    assert restore(copy, path) == held
    with open_ledger(path) as ledger:
        assert not list(check(ledger))
        assert append_document(ledger, run, document, (), now=NOON + HOUR).outcome == "reread"


def test_a_ledger_in_use_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "WAIT_SECONDS", 0.1)
    path, copy = tmp_path / "ledger.db", tmp_path / "copy.db"
    with open_ledger(path) as ledger:
        begin_run(ledger, command="read", rulebook_hash=RULES, version="0.1.0", now=NOON)
        back_up(ledger, copy)
        with pytest.raises(LedgerError, match=r"another process is writing to it \(process \d+, command 'read'\)"):
            restore(copy, path)


def test_merging_brings_the_others_reports_and_what_was_said_of_them(fresh_url: Callable[[], str]) -> None:
    one = make_document()
    two = make_document(TEXT + " More.", url="https://courier.example/2")
    with open_ledger(fresh_url()) as ours, open_ledger(fresh_url()) as theirs:
        for ledger, document in ((ours, one), (theirs, two)):
            run = begin_run(ledger, command="read", rulebook_hash=RULES, version="0.1.0", now=NOON)
            append_document(ledger, run, document, make_claims(document), now=NOON)
        judge(theirs, make_claims(two)[0].id, who="Ann", role="editor", verdict="reject", reason="so", now=NOON + HOUR)
        came = merge(ours, theirs)
        assert (came.documents, came.readings, came.judgements) == (1, 1, 1)
        assert {each.id for each in views.documents(ours, NOW)} == {one.id, two.id}
        entry = views.claim(ours, make_claims(two)[0].id, NOW)
        assert entry is not None
        assert [each.who for each in entry.judgements] == ["Ann"]
        assert len(list(search(ours, "harbour", NOW))) == 2
        assert not list(check(ours))
        run = begin_run(ours, command="read", rulebook_hash=RULES, version="0.1.0", now=NOON + HOUR)
        assert append_document(ours, run, two, make_claims(two), now=NOON + HOUR).outcome == "unchanged"
        assert not list(check(ours))
        with pytest.raises(LedgerError, match="the same ledger"):
            merge(ours, ours)


def test_what_one_took_down_the_other_loses_when_they_merge(fresh_url: Callable[[], str]) -> None:
    document = make_document()
    with open_ledger(fresh_url()) as ours, open_ledger(fresh_url()) as theirs:
        for ledger in (ours, theirs):
            run = begin_run(ledger, command="read", rulebook_hash=RULES, version="0.1.0", now=NOON)
            append_document(ledger, run, document, make_claims(document), now=NOON)
        take_down(theirs, document.id, who="Ann", reason="court order", now=NOON + HOUR)
        with open_ledger(fresh_url()) as third:
            for each in (ours, theirs):
                merge(third, each)
            merge(ours, theirs)
            for ledger in (ours, third):
                assert not list(views.claims(ledger, NOW))
                assert not list(search(ledger, "harbour", NOW))
                assert not list(check(ledger))
            assert content_hash(ours) == content_hash(third) == content_hash(theirs)


def test_a_damaged_ledger_is_not_merged(fresh_url: Callable[[], str], filled: Ledger) -> None:
    with filled.engine.connect() as connection, connection.begin():
        connection.execute(text("update claims set json = replace(json, 'affirmed', 'negated') where seq = 1"))
    with open_ledger(fresh_url()) as ours:
        with pytest.raises(LedgerError, match="not sound"):
            merge(ours, filled)
        assert not list(views.claims(ours, NOW))
