"""Names, numbers and quotations in sentences."""

import pytest

from holdfire.briefs.grammar import (
    Party,
    is_plural,
    listed,
    many,
    named,
    possessive,
    quoted,
    quoted_evidence,
    shortened,
    spans,
)
from holdfire.model.claim import Evidence
from holdfire.model.span import Span
from holdfire.rules.brief import load_brief_rules
from holdfire.rules.load import RuleSource

RULES = load_brief_rules(RuleSource())


def known(name, kind="armed group"):
    return Party(name, name, kind, True)


@pytest.mark.parametrize(
    ("name", "kind", "article", "plural"),
    [
        ("Norland", "state", False, False),
        ("United Amar Emirates", "state", True, False),
        ("Valley Front", "armed group", True, False),
        ("Amarites", "armed group", True, True),
        ("Hamas", "armed group", False, False),
        ("Democratic Forces of the Hills", "armed force", True, True),
        ("Guard Corps of Norland", "armed force", True, False),
        ("Ada Rivers", "leader", False, False),
        ("Norland's proxies", "coalition", False, True),
        ("the Hill Council", "government body", False, False),
    ],
)
def test_known_parties(name, kind, article, plural):
    party = known(name, kind)
    assert named(party, RULES) == (f"the {name}" if article else name)
    assert is_plural((party,), RULES) is plural


@pytest.mark.parametrize(
    ("words", "inside", "plural"),
    [
        ("One activist close to Ada Rivers", "one activist close to Ada Rivers", False),
        ("Two officials in Port Amar", "two officials in Port Amar", True),
        ("Norland police", "Norland police", True),
        ("The harbour master", "the harbour master", False),
        ("political figures", "political figures", True),
    ],
)
def test_described_parties_stand_as_the_report_has_them(words, inside, plural):
    party = Party("text:x", words, None, False)
    assert named(party, RULES) == inside
    assert is_plural((party,), RULES) is plural


def test_nobody_named_and_several():
    assert named(Party("unknown", "unknown", None, False), RULES) == "somebody who is not named"
    assert is_plural((known("Norland", "state"), known("Sudland", "state")), RULES)


def test_lists_counts_and_possessives():
    assert [listed(each) for each in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B and C"]
    assert (many(1, "claim"), many(2000, "claim")) == ("1 claim", "2,000 claims")
    assert (possessive("Norland"), possessive("the Amarites")) == ("Norland’s", "the Amarites’")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("no fire", "“no fire”"),
        ("called it “treason", "“called it ‘treason’”"),
        ("treason” at last", "“treason at last”"),
        ('said "no" twice', "“said ‘no’ twice”"),
        ("line\n  break,", "“line break”"),
    ],
)
def test_quotations_are_closed_and_marks_inside_are_single(text, shown):
    assert quoted(text) == shown


def test_long_quotations_are_cut_at_a_word():
    cut = shortened("word " * 100)
    assert len(cut) <= 220
    assert cut.endswith("word…")


def test_few_words_bring_their_sentence():
    def evidence(text, prefix, suffix):
        return Evidence(document_id="d", span=Span(0, 4), text=text, prefix=prefix, suffix=suffix)

    shown = quoted_evidence(evidence("no raids", "it was over. No fire, ", "—just words. The next"))
    assert shown == "“No fire, no raids—just words”"
    cut = quoted_evidence(evidence("no raids", "ssile fire and then ", " for the whole of the coming wee"))
    assert cut == "“…fire and then no raids for the whole of the coming…”"
    assert quoted_evidence(evidence("they fired no rockets", "and ", " at all.")) == "“they fired no rockets”"


def test_numbers_run_together():
    assert spans((1, 2, 4, 5, 6, 9)) == [(1, 1), (2, 2), (4, 6), (9, 9)]
    assert spans(()) == []
