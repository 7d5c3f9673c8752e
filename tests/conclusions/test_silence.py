"""Claims as acts: told twice is done once; what is not done, unsure or rejected is no act; reports are coverage."""

from dataclasses import replace

from holdfire.actors.knowledge import build_knowledge
from holdfire.conclusions.silence import acts_of_claims, allies_of
from holdfire.model.actor import Actor, Membership
from tests.analysis.invented import entry

FRONT = Actor(
    id="valley-front", name="Valley Front", kind="armed group", country="PAM",
    memberships=(
        Membership(relation="backed by", actor_id="norland"), Membership(relation="member of", actor_id="league"),
    ),
)  # fmt: skip
KNOWN = build_knowledge([FRONT])


def acts(*entries):
    return list(acts_of_claims(entries, KNOWN))


def done(*entries):
    return {each.fact: each for each in acts(*entries) if each.conduct}


def test_two_reports_of_one_attack_are_one_act():
    one = entry("attacking", "2031-02-24", recipient="Hill Council", document="a")
    other = entry("attacking", "2031-02-24", recipient="Hill Council", outlet="Hill Radio", document="b")
    found = done(one, other)
    assert len(found) == 1
    assert next(iter(found.values())).actor == "valley-front"
    assert len(done(one, entry("attacking", "2031-02-25", recipient="Hill Council"))) == 2


def test_rumours_denials_and_restraint_told_as_not_done_are_no_acts():
    assert not done(entry("attacking", "2031-02-24", certainty="rumoured"))
    assert not done(entry("attacking", "2031-02-24", certainty="denied"))
    held = entry("holding fire", "2031-02-24")
    assert not done(replace(held, claim=replace(held.claim, polarity="negated")))
    planned = entry("weighing", "2031-02-24")
    assert not done(replace(planned, claim=replace(planned.claim, modality="possible")))


def test_a_rejected_claim_tells_nothing():
    assert acts(entry("attacking", "2031-02-24", verdict="reject")) == []
    assert done(entry("attacking", "2031-02-24", verdict="accept"))


def test_each_report_is_coverage_of_the_country_once():
    told = [entry("condemning", "2031-02-24", document="a") for _ in range(2)]
    found = {each.fact for each in acts(*told) if each.country == "PAM"}
    assert len(found) == 1


def test_the_attacked_suffer_once_however_many_reports_say_so():
    told = [entry("attacking", "2031-02-24", recipient="Hill Council", document=name) for name in "ab"]
    assert len({each.fact for each in acts(*told) if each.recipient == "hill-council"}) == 1


def test_allies_are_whom_it_belongs_to_and_is_backed_by():
    assert allies_of("valley-front", KNOWN) == frozenset({"norland", "league"})
    assert allies_of("text:nobody", KNOWN) == frozenset()
