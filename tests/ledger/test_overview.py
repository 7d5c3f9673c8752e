"""What a ledger holds at a glance, the versions of an article, and claims sought by who acts: on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from holdfire.ledger.append import append_batch
from holdfire.ledger.judge import judge
from holdfire.ledger.overview import extent, outlets, state_of
from holdfire.ledger.relevant import by_or_towards, days_told, is_named, keys_named, names_of, recent
from holdfire.ledger.takedown import take_down
from holdfire.ledger.versions import claim_ever, versions
from holdfire.model.actor import Mention
from holdfire.model.entry import AsOf
from tests.ledger.invented import NOON, TEXT, make_claim, make_claims, make_document, span_of

LATER = NOON + timedelta(days=1)
NOW = AsOf()


def test_the_state_moves_with_every_writing(ledger, run):
    first = state_of(ledger)
    document = make_document()
    append_batch(ledger, run, [(document, make_claims(document))], now=NOON)
    second = state_of(ledger)
    assert first < second == state_of(ledger)
    judge(ledger, make_claims(document)[0].id, who="Ann", role="editor", verdict="reject", reason="no", now=LATER)
    assert state_of(ledger) > second


def test_extent_and_outlets_are_those_of_the_moment(ledger, run):
    document = make_document()
    append_batch(ledger, run, [(document, make_claims(document))], now=NOON)
    other = make_document(text=TEXT + " More.", url="https://other.example", outlet=None, published=None)
    append_batch(ledger, run, [(other, ())], now=LATER)
    held = extent(ledger, NOW)
    assert (held.reports, held.claims, held.first, held.last) == (2, 2, date(2031, 2, 24), date(2031, 2, 28))
    assert extent(ledger, AsOf(known_by=NOON)).reports == 1
    assert extent(ledger, AsOf(known_by=NOON - timedelta(days=1))).first is None
    found = {each.outlet: each for each in outlets(ledger, NOW)}
    assert found["Amar Courier"].claims == 2
    assert found[None].last is None


def test_versions_stand_in_the_order_in_which_they_came(ledger, run):
    old = make_document()
    new = make_document(text=TEXT + " The envoys left.")
    append_batch(ledger, run, [(old, make_claims(old))], now=NOON)
    append_batch(ledger, run, [(new, make_claims(new)[:1])], now=LATER)
    found = versions(ledger, new.id, NOW)
    assert [each.document.id for each in found] == [old.id, new.id]
    assert [each.superseded_at is None for each in found] == [False, True]
    assert versions(ledger, old.id[:6], AsOf(known_by=NOON))[0].superseded_at is None
    assert versions(ledger, "zz", NOW) == ()
    claim = make_claims(old)[1]
    assert claim_ever(ledger, claim.id, NOW).superseded_at is not None
    assert claim_ever(ledger, "zz", NOW) is None
    take_down(ledger, new.id, who="Ann", reason="asked", now=LATER)
    assert not any(each.is_held for each in versions(ledger, new.id, NOW))


def test_recent_claims_are_read_by_conduct(ledger, run):
    document = make_document()
    attack, held = make_claims(document)
    append_batch(ledger, run, [(document, (attack, held))], now=NOON)

    def read(**days):
        return {
            each.claim.id for each in recent(ledger, NOW, {"attacking": days["attack"], "holding fire": days["hold"]})
        }

    assert read(attack=date(2031, 2, 24), hold=date(2031, 2, 28)) == {attack.id, held.id}
    assert read(attack=date(2031, 2, 25), hold=date(2031, 2, 1)) == {held.id}
    judge(ledger, held.id, who="Ann", role="editor", verdict="correct", reason="no", changes={"conduct": "attacking"},
          now=LATER)  # fmt: skip
    assert read(attack=date(2031, 2, 25), hold=date(2031, 3, 25)) == {held.id}


def test_claims_are_found_by_who_acts_who_is_acted_on_and_who_belongs(ledger, run):
    document = make_document()
    attack, held = make_claims(document)
    attack = replace(attack, recipient=(Mention(text="Port Amar", span=span_of(TEXT, "Port Amar"), id="amar"),))
    said = make_claim(document, "the harbour master said", "the harbour master", event="CONSULT", conduct="talking")
    said = replace(said, actor=(replace(said.actor[0], affiliation="amar"),))
    append_batch(ledger, run, [(document, (attack, held, said))], now=NOON)
    since = date(2031, 1, 1)

    def read(by=(), towards=(), of=None, since=since):
        return {each.claim.id for each in by_or_towards(ledger, NOW, by=by, towards=towards, since=since, of=of)}

    assert read(by=["valley-front"]) == {attack.id}
    assert read(by=["text:hill council"], towards=["amar"]) == {attack.id, held.id}
    assert read(by=["amar"], of="amar") == {said.id}
    assert read(by=["valley-front"], since=date(2031, 2, 25)) == set()


def test_parties_are_known_by_key_and_name(ledger, run):
    document = make_document()
    append_batch(ledger, run, [(document, make_claims(document))], now=NOON)
    assert is_named(ledger, "valley-front")
    assert not is_named(ledger, "nobody")
    assert keys_named(ledger, "hill") == ["text:hill council"]
    assert keys_named(ledger, "%") == []
    assert names_of(ledger, ["valley-front", "nobody"]) == {"valley-front": "The Valley Front"}
    told = days_told(ledger, NOW, ["valley-front"], ["attacking", "arming"], before=date(2031, 3, 1))
    assert told == {"attacking": [date(2031, 2, 24)]}
    assert days_told(ledger, NOW, ["valley-front"], ["attacking"], before=date(2031, 2, 24)) == {}
