"""Times: the case file, the rules' own examples, and what a document's other dates lend."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from holdfire.extraction.dates import TimeHit, find_times
from holdfire.extraction.dates_attach import time_of
from holdfire.extraction.nlp import Sentence, parse_passages
from holdfire.extraction.passages import split_passages
from holdfire.model.document import Document
from holdfire.pipeline import Reader, load_reader, read_document

CASES = Path(__file__).parents[1] / "cases" / "dates.txt"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


def read(reader: Reader, text: str, published: date | None) -> tuple[tuple[Sentence, ...], tuple[TimeHit, ...]]:
    document = Document(id="case", text=text)
    passages = split_passages(document, reader.rulebook.sentences)
    sentences = parse_passages(reader.nlp, text, passages)
    return sentences, find_times(text, sentences, published=published, rules=reader.rulebook.dates)


def cases() -> list[tuple[int, str, str, str]]:
    found = []
    for number, line in enumerate(CASES.read_text("utf-8").splitlines(), 1):
        if line.startswith(("#", "==")) or not line.strip():
            continue
        anchor, text, answer = (part.strip() for part in line.split("|"))
        assert "[" in text, f"{CASES.name}:{number}: put the expression in [brackets]"
        found.append((number, anchor, text, answer))
    return found


def answer_of(reader: Reader, anchor: str, marked: str) -> str:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    _, hits = read(reader, text, None if anchor == "-" else date.fromisoformat(anchor))
    found = [hit for hit in hits if hit.span.start_char < end and start < hit.span.end_char and not hit.lent]
    if not found:
        return "nothing"
    time = max(found, key=lambda hit: min(hit.span.end_char, end) - max(hit.span.start_char, start)).time
    if time.start is None and time.end is None:
        return "unresolved"
    if time.start == time.end:
        return str(time.start)
    return f"{time.start or '..'}/{time.end or '..'}"


def test_the_case_file_is_read_right(reader: Reader) -> None:
    wrong = [
        f"line {number}: {text} ({anchor}): {got}, not {answer}"
        for number, anchor, text, answer in cases()
        if (got := answer_of(reader, anchor, text)) != answer
    ]
    assert len(cases()) >= 150
    assert len(wrong) <= 0.03 * len(cases()), "\n".join(wrong)


def test_every_pattern_matches_its_examples_and_not_its_near_misses(reader: Reader) -> None:
    rules = reader.rulebook.dates
    for pattern in rules.patterns:
        assert pattern.matches, f"{pattern.id} has no example"
        for example in pattern.matches:
            assert pattern.form.search(example), f"{pattern.id} does not match: {example}"
        for example in pattern.near_miss:
            assert not pattern.form.search(example), f"{pattern.id} matches: {example}"


def attached(reader: Reader, text: str, word: str, published: str = "2025-06-18") -> str | None:
    sentences, hits = read(reader, text, date.fromisoformat(published))
    for index, sentence in enumerate(sentences):
        for token in sentence.doc:
            if token.text == word:
                time = time_of(index, token.i, sentence, hits)
                return f"{time.start}/{time.end}" if time else None
    raise AssertionError(f"no word {word!r}")


def test_each_verb_gets_the_time_that_hangs_on_it(reader: Reader) -> None:
    text = "The Valley Front on Tuesday denied that it had shelled the port on Sunday."
    assert attached(reader, text, "denied") == "2025-06-17/2025-06-17"
    assert attached(reader, text, "shelled") == "2025-06-15/2025-06-15"


def test_a_second_verb_shares_the_time_of_the_first(reader: Reader) -> None:
    text = "Soldiers raided the depot last month and arrested nine men."
    assert attached(reader, text, "arrested") == "2025-05-01/2025-05-31"


def test_a_truce_declared_on_a_day_until_another_lasts_from_the_one_to_the_other(reader: Reader) -> None:
    text = "The council declared a truce on Tuesday until 22 August."
    assert attached(reader, text, "declared") == "2025-06-17/2025-08-22"


def test_a_story_in_the_plain_past_stays_on_its_day(reader: Reader) -> None:
    text = "The front shelled the port on Friday. Four of its shells struck the market. It controls the hills."
    assert attached(reader, text, "struck") == "2025-06-13/2025-06-13"
    assert attached(reader, text, "controls") is None


def test_entries_of_a_live_report_happen_on_the_day_of_writing(reader: Reader) -> None:
    text = "09:10 Guns are firing at the port.\n09:40 The council calls for calm.\n10:05 Jets have bombed the hills."
    assert attached(reader, text, "bombed") == "2025-06-18/2025-06-18"


def test_spans_are_offsets_into_the_document(reader: Reader) -> None:
    text = "PORT AMAR, June 17 (VNA) - The front shelled the port.\nIt left the town on Friday."
    _, hits = read(reader, text, date(2025, 6, 18))
    assert hits
    for hit in hits:
        assert hit.time.span == hit.span
        assert text[hit.span.start_char : hit.span.end_char] == hit.time.text


def test_claims_carry_the_time_of_their_event(reader: Reader) -> None:
    text = "The Valley Front attacked the port on Monday. The army will withdraw on Friday."
    document = Document(id="a", text=text, published=date(2025, 6, 18))
    times = [
        claim.time for claim in read_document(document, reader) if claim.event in ("ASSAULT", "CONCEDE", "RETREAT")
    ]
    assert [(time.start, time.end, time.text) for time in times if time] == [
        ("2025-06-16", "2025-06-16", "Monday"),
        ("2025-06-20", "2025-06-20", "Friday"),
    ]


def test_without_a_day_of_writing_the_time_is_shown_and_left_open(reader: Reader) -> None:
    [claim] = read_document(Document(id="a", text="The Valley Front attacked the port on Monday."), reader)
    assert claim.time is not None
    assert (claim.time.start, claim.time.end, claim.time.precision) == (None, None, "unresolved")
    assert claim.time.text == "Monday"


def test_a_denied_event_has_the_time_of_the_denied_words(reader: Reader) -> None:
    text = "The Valley Front on Wednesday denied it had fired the rocket that landed near the port late on Sunday."
    document = Document(id="a", text=text, published=date(2025, 6, 18))
    [claim] = [each for each in read_document(document, reader) if each.certainty == "denied"]
    assert claim.time is not None
    assert claim.time.start == "2025-06-15"


def test_a_future_publication_date_and_another_time_zone_are_taken_as_written(reader: Reader) -> None:
    text = "PORT AMAR, June 17 (Reuters) - The Valley Front attacked the port on Monday at 23:40 GMT."
    for year in (2025, 2099):
        document = Document(id="a", text=text, published=date(year, 6, 18))
        [claim] = read_document(document, reader)
        day = date(year, 6, 17)
        monday = day.toordinal() - day.weekday()
        assert claim.time is not None
        assert claim.time.start == date.fromordinal(monday).isoformat()
