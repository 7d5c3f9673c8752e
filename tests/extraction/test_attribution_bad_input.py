"""Odd marks, endless quotations, transcripts, capitals, no full stops: nothing runs away, and doubt is shown."""

from __future__ import annotations

import pytest

from tests.reading import attributions_of, content_of

SENTENCE = "We will wait for the envoy. "


def read(text: str) -> list[tuple[str | None, str, bool]]:
    return [
        (each.source.text if each.source else None, content_of(each, text), each.closed)
        for each in attributions_of(text)
        if each.score >= 0.3 and not each.nested
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The envoy said “the truce holds. The port is open.\n\nThe army denied it had fired.\n\n"
            "“We wait,” said Moor.",
            [
                ("The envoy", "“the truce holds. The port is open.", False),
                ("The army", "it had fired", True),
                ("Moor", "“We wait,”", True),
            ],
        ),
        (
            "He said the truce holds.” The army said “we wait.\n\nThe Valley Front moved its guns to the ridge.",
            [("He", "the truce holds", True), ("The army", "“we wait.", False)],
        ),
    ],
)
def test_unbalanced_marks_end_with_their_paragraph_and_say_so(
    text: str, expected: list[tuple[str | None, str, bool]]
) -> None:
    assert read(text) == expected


def test_a_mark_that_is_never_closed_takes_nobody_elses_words() -> None:
    text = '"The truce holds, said Ada Moor.\n\nThe army said it would wait. He said "no" and left.'
    found = read(text)
    assert ("The army", "it would wait", True) in found
    assert ("He", '"no"', True) in found
    assert not any("\n" in content for _, content, _ in found)


def test_a_quotation_of_ten_thousand_words_is_one_and_whole() -> None:
    words = SENTENCE * 1700
    text = f"“{words.strip()}” said Ada Moor.\n\nThe army said it had left."
    assert len(words.split()) > 10_000
    assert read(text) == [("Ada Moor", f"“{words.strip()}”", True), ("The army", "it had left", True)]


def test_a_quotation_of_ten_thousand_words_left_open_ends_with_its_paragraph() -> None:
    text = f"Ada Moor said: “{(SENTENCE * 1700).strip()}\n\nThe army said it had left."
    (who, content, closed), army = read(text)
    assert (who, closed, content[-4:]) == ("Ada Moor", False, "voy.")
    assert army == ("The army", "it had left", True)


def test_a_quotation_over_many_paragraphs_ends_with_the_last_of_its_group() -> None:
    text = "".join(f"“{SENTENCE.strip()}\n\n" for _ in range(400)) + "“We end here,” said Ada Moor.\n\n“No,” said Rask."
    moor, rask = (each for each in attributions_of(text) if each.source)
    assert moor.source is not None
    assert (moor.source.text, len(moor.content), moor.closed) == ("Ada Moor", 401, True)
    assert content_of(rask, text) == "“No,”"


def test_inches_and_minutes_are_no_quotation() -> None:
    text = 'The 6" gun and the 5\' 6" crate stood by a 12" pipe until 10\'30" past. Ada Moor said it was old.'
    assert read(text) == [("Ada Moor", "it was old", True)]


def test_transcript_labels_are_sources_and_their_lines_end_with_the_line() -> None:
    text = "MOOR: The truce holds.\nRASK: It does not. We will fire.\nMODERATOR: Thank you both."
    assert read(text) == [
        ("MOOR", "The truce holds.", True),
        ("RASK", "It does not. We will fire.", True),
        ("MODERATOR", "Thank you both.", True),
    ]


def test_question_and_answer_marks_name_nobody() -> None:
    text = "Q. Did the Front fire?\nA. No, it did not fire.\nQ. Will it?\nA. The army said it would wait."
    assert read(text) == [("The army", "it would wait", True)]


def test_capitals_are_read_like_other_text() -> None:
    text = "THE VALLEY FRONT SAID ON MONDAY THAT IT WOULD NOT FIRE. “WE WILL WAIT,” SAID ADA MOOR."
    assert [(who, closed) for who, _, closed in read(text)] == [("THE VALLEY FRONT", True), ("ADA MOOR", True)]


def test_text_without_sentence_ends_keeps_each_content_short() -> None:
    text = "the front said it would wait and the army said it had left and “we are here” said moor and then " * 60
    found = attributions_of(text)
    assert len(found) >= 60
    # 150 words of reported speech and what is quoted among them.
    assert max(len(content_of(each, text).split()) for each in found) <= 180


@pytest.mark.parametrize(
    "text", ['""""""" “““““ ””” said \' \' \' Moor "', "“", "”", "«»“”''``", "said said said", ": “\n”:"]
)
def test_marks_alone_break_nothing(text: str) -> None:
    for each in attributions_of(text):
        assert all(piece.start_char < piece.end_char <= len(text) for piece in each.content)
