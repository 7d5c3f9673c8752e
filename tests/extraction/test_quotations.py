"""Quotation marks: pairs, paragraphs that carry on, and marks that are something else."""

import pytest

from holdfire.extraction.quotations import find_quotations


def quoted(text: str) -> list[list[str]]:
    return [[piece.of(text) for piece in each.pieces] for each in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "a 6" gun" fell.', [['"a 6" gun"']]),
        ('The 5\' 6" man said "no".', [['"no"']]),
        ("‘Don’t go,’ she said, ‘or I’ll cry.’", [["‘Don’t go,’"], ["‘or I’ll cry.’"]]),
        ("the rebels' fear and the '90s men's", []),
        ("say «Oui» now", [["«Oui»"]]),
        ("``yes'' he said. ''no.''", [["``yes''"], ["''no.''"]]),
        ('"a "nested" b" he', [['"a "nested" b"'], ['"nested"']]),
    ],
)
def test_marks_pair_up_and_apostrophes_and_inches_do_not(text: str, expected: list[list[str]]) -> None:
    assert quoted(text) == expected


def test_opening_mark_on_each_paragraph_carries_the_quotation_on() -> None:
    text = "“One.\n\n“Two.\n\n“Three,” he said."
    assert quoted(text) == [["“One.", "“Two.", "“Three,”"]]


def test_unclosed_quotation_ends_with_its_paragraph_and_says_so() -> None:
    text = "“One.\n\nTwo went home. “Three” came."
    first, second = find_quotations(text)
    assert first.pieces[0].of(text) == "“One."
    assert not first.closed
    assert second.closed


def test_second_opening_mark_without_a_close_ends_the_first() -> None:
    text = "He said “open and then “again” done."
    assert quoted(text) == [["“open and then"], ["“again”"]]
