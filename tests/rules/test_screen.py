"""Screens: a pattern that matches is never left out, and one that cannot match mostly is."""

from __future__ import annotations

import re

import pytest

from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import Rulebook, load_rulebook
from holdfire.rules.screen import needed, screen


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(RuleSource())


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bbecause\b", {"because"}),
        (r"(?i)\bIn Order (?:not )?to\b", {"in order "}),
        (r"\b(?:so that|lest)\b", {"so that", "lest"}),
        (r"(?:so that|\d+)", set()),
        (r"x?(?:truce)+ y*", {"truce"}),
        (r"\d+ [a-z]+", {" "}),
        (r"(?<=given )the", {"given "}),
        (r"(?!given )\w+", set()),
        (r"mon(?:day|th)", {"mon"}),
    ],
)
def test_the_words_that_every_match_contains(pattern: str, words: set[str]) -> None:
    assert needed(re.compile(pattern)) == words


def test_likely_records_keep_their_order_and_cannot_miss(rulebook: Rulebook) -> None:
    reasons, dates = rulebook.reasons, rulebook.dates
    texts = [text for each in (*reasons.cues, *reasons.across, *dates.patterns) for text in (*each.matches, "")]
    texts += [text.upper() for text in texts]
    assert len(texts) > 200
    left_out = 0
    for text in texts:
        for screened, forms in (
            (reasons.likely_cues, [each.form for each in reasons.cues]),
            (reasons.likely_across, [each.form for each in reasons.across]),
            (reasons.likely_words, [form for kind in reasons.kinds for form, _ in kind.words]),
            (dates.likely, [each.form for each in dates.patterns]),
        ):
            likely = screened.likely(text)
            places = [screened.records.index(each) for each in likely]
            assert places == sorted(places)
            matching = {place for place, form in enumerate(forms) if form.search(text)}
            assert matching <= set(places)
            left_out += len(forms) - len(places)
    assert left_out > 0.9 * len(texts) * (len(reasons.cues) + len(reasons.likely_words.records))


def test_a_pattern_without_a_word_of_its_own_is_always_likely() -> None:
    made = screen([r"\d+", "truce"], re.compile)
    assert made.likely("no word of it") == [r"\d+"]
    assert made.likely("a TRUCE") == [r"\d+", "truce"]
