"""What must always hold of a board: order, copies, rumours and later days change nothing that they should not."""

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.actors.knowledge import build_knowledge
from holdfire.analysis.posture import board_of
from holdfire.model.actor import Actor, Membership
from holdfire.model.claim import CERTAINTIES, CONDUCTS
from holdfire.model.entry import AsOf
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import load_rulebook
from tests.analysis.invented import entry

KNOWLEDGE = build_knowledge(
    [
        Actor(id="valley-front", name="Valley Front", kind="armed group",
              memberships=(Membership(relation="member of", actor_id="hill-pact"),)),
        Actor(id="hill-pact", name="Hill Pact", kind="coalition"),
        Actor(id="amar", name="Amar", kind="state"),
        Actor(id="amar-army", name="Amar army", kind="armed force",
              memberships=(Membership(relation="organ of", actor_id="amar"),)),
    ]
)  # fmt: skip
FIRST, LAST = date(2031, 1, 1), date(2031, 3, 1)
WORDS = "envoys guards port river truce convoy bridge garrison shells harbour council night".split()
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=12, max_size=16).map(" ".join)
ENTRY = st.builds(
    entry,
    st.sampled_from((*CONDUCTS, None)),
    st.dates(FIRST, LAST).map(date.isoformat),
    actor=st.sampled_from(("Valley Front", "Hill Pact", "Amar", "Amar army", "Old Council", "")),
    recipient=st.sampled_from(("Amar", None)),
    outlet=st.sampled_from(("Amar Courier", "Hill Gazette", None)),
    certainty=st.sampled_from(CERTAINTIES),
    text=SENTENCES,
)
ENTRIES = st.lists(ENTRY, max_size=12)
SOME = settings(max_examples=80, deadline=None)


@lru_cache
def rulebook():
    return load_rulebook(RuleSource())


def board(entries, day=LAST, **options):
    return board_of(entries, asof=AsOf(valid_on=day), rulebook=rulebook(), knowledge=KNOWLEDGE, **options)


def seen(found):
    """What a board concludes: conducts, since when, from how many origins, gaps and changes."""
    return {
        each.key: (
            [(one.conduct, one.since, one.latest, one.origins, one.inherited) for one in each.findings],
            each.gap and each.gap.size,
            each.change and (each.change.on, each.change.before, each.change.after),
        )
        for each in found.postures
        if each.findings
    }


@SOME
@given(ENTRIES, st.randoms(use_true_random=False))
def test_order_changes_nothing(entries, random):
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert board(shuffled, compare=date(2031, 2, 20)) == board(entries, compare=date(2031, 2, 20))


@SOME
@given(ENTRIES, st.data())
def test_a_copy_in_another_outlet_changes_nothing_whenever_it_is_printed(entries, data):
    if not entries:
        return
    copied = data.draw(st.sampled_from(entries))
    later = timedelta(days=data.draw(st.integers(0, 30)))
    report = replace(
        copied.document, id="copy", outlet="The Reprint", byline="The Associated Press",
        published=copied.document.published + later,
    )  # fmt: skip
    claim = replace(copied.claim, id="zz-copy", evidence=replace(copied.claim.evidence, document_id="copy"))
    copy = replace(
        copied, claim=claim, document=report, valid_from=copied.valid_from + later, valid_to=copied.valid_to + later
    )
    assert seen(board([*entries, copy])) == seen(board(entries))


@SOME
@given(ENTRIES, st.lists(ENTRY, max_size=6), st.sampled_from(("rumoured", "denied")))
def test_rumour_and_denial_make_no_posture(entries, more, certainty):
    doubtful = [replace(each, claim=replace(each.claim, certainty=certainty)) for each in more]
    before, after = board(entries), board([*entries, *doubtful])
    held = {each.key: [one.conduct for one in each.findings] for each in before.postures if each.findings}
    # Naming somebody puts a row on the board, never a deed or a word of its own into it.
    now = {
        each.key: [one.conduct for one in each.findings if each.key in held or not one.inherited]
        for each in after.postures
    }
    assert {key: found for key, found in now.items() if found} == held


@SOME
@given(ENTRIES, ENTRY)
def test_what_happens_later_is_not_seen_before(entries, late):
    day = FIRST + timedelta(days=30)
    after = replace(late, valid_from=day + timedelta(days=1), valid_to=day + timedelta(days=1))
    assert board([*entries, after], day) == board(entries, day)


@SOME
@given(ENTRIES)
def test_every_posture_has_an_entry_that_says_it(entries):
    for posture in board(entries).postures:
        for finding in posture.findings:
            assert finding.entries
            for each in finding.entries:
                assert each.claim.conduct == finding.conduct
                assert each.claim.certainty not in ("rumoured", "denied")
                keys = {mention.id for mention in each.claim.actor}
                umbrella = finding.inherited.key if finding.inherited else posture.key
                assert umbrella in keys or (umbrella, keys) == ("amar", {"amar-army"})
