"""Attribution on bad input, and what must hold on any text."""

from __future__ import annotations

import time

import pytest

from holdfire.extraction.attribution import find_attributions
from holdfire.extraction.nlp import parse_passages
from holdfire.extraction.passages import split_passages
from holdfire.extraction.source_chain import chain_for, speaker_at
from holdfire.model.document import Document
from holdfire.model.span import Span
from tests.reading import attribution_rules, attributions_of, content_of, language, sentence_rules

SENTENCE = "We will not go to war over this bridge. "


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        '::: — : : "',
        "“",
        '"“”\'\'``«»‘’"" \n\n” ” “ “ "\n' * 50,
        'The 5\' 6" man fired a 6" gun at 12\' 30" and said the 9" shell missed.',
        "Q. Will you fight?\nA. No, we will not fight.\nQ: When?\nA: Never.",
        'THE MAYOR SAID THE FRONT HAD LEFT.\n"WE WILL NOT FIGHT," THE COMMANDER SAID.',
        "the mayor said the front had left the town and the army came " * 40,
        "He said “one and then “two and “three. She said ”no“ to it.",
    ],
    ids=["empty", "blank", "marks", "lone", "heap", "inches", "transcript", "capitals", "no stops", "unbalanced"],
)
def test_odd_text_gives_spans_inside_it_and_no_crash(text: str) -> None:
    for each in attributions_of(text):
        assert each.content
        assert list(each.content) == sorted(each.content)
        for piece in (*each.content, *filter(None, (each.cue, each.source_span))):
            assert 0 <= piece.start_char < piece.end_char <= len(text)
        assert each.source is None or each.source.span.of(text) == each.source.text


def test_long_quotation_is_one_attribution() -> None:
    text = "The mayor said: “" + SENTENCE * 1100 + "”\n\nThe town slept."
    (each,) = attributions_of(text)
    assert each.source is not None
    assert each.source.text == "The mayor"
    assert each.closed
    assert len(each.content[0]) > 40_000


def test_unclosed_quotation_stops_at_its_paragraph_and_says_that_a_mark_is_missing() -> None:
    text = "The mayor said: “" + SENTENCE * 3 + "\n\nThe town slept. “No,” the envoy said."
    first, second = attributions_of(text)
    assert not first.closed
    assert first.content[-1].end_char <= text.index("\n\n")
    assert second.closed
    assert content_of(second, text) == "“No,”"


def test_inches_are_no_quotation() -> None:
    text = 'The envoy said the 6" gun and the 9" gun were gone.'
    (each,) = attributions_of(text)
    assert each.type == "indirect"


def test_capitals_have_their_speaker() -> None:
    text = '"WE WILL NOT FIGHT," THE COMMANDER SAID.'
    (each,) = attributions_of(text)
    assert each.source is not None
    assert each.source.text == "THE COMMANDER"


def test_own_outlet_as_a_source_is_an_outlet() -> None:
    text = "The Harbour Post has learned that the group moved its rockets."
    (each,) = attributions_of(text, outlet="The Harbour Post")
    assert each.source is not None
    assert each.source.kind == "outlet"


def test_hearsay_makes_a_chain_outermost_first() -> None:
    text = "The envoy said the general had told him that the army would hold its fire."
    start = text.index("the army would")
    chain = chain_for(Span(start, len(text) - 1), attributions_of(text))
    assert [each.source.text for each in chain if each.source] == ["The envoy", "the general"]


def test_articles_own_words_have_no_chain() -> None:
    text = "The front left the town. The mayor said it would return."
    assert chain_for(Span(0, 23), attributions_of(text)) == ()


def test_speaker_is_known_inside_quotation_marks_alone() -> None:
    text = "“We are tired,” Ada Moor said. We are not."
    found = attributions_of(text)
    inside = speaker_at(text.index("We are tired"), found)
    assert inside is not None
    assert inside.source is not None
    assert inside.source.text == "Ada Moor"
    assert speaker_at(text.index("We are not"), found) is None


def test_attribution_costs_at_most_a_quarter_of_the_parse() -> None:
    text = "\n".join(
        f"“We will not fight over bridge {n},” Ada Moor said. The council denied that its troops had crossed. "
        f"According to the Valley Front, {n} trucks had left the town."
        for n in range(60)
    )
    passages = split_passages(Document(id="test", text=text), sentence_rules())
    parse_passages(language(), text, passages[:5])
    started = time.perf_counter()
    sentences = parse_passages(language(), text, passages)
    parsed = time.perf_counter()
    find_attributions(text, sentences, attribution_rules())
    # 3.6 % on the development part of PolNeAR; this text is nothing but attributions.
    assert time.perf_counter() - parsed < 0.25 * (parsed - started)


def test_long_name_before_a_short_content_does_not_hide_it() -> None:
    text = "According to the monitoring mission of the Hill Council, the army fired."
    found = chain_for(Span(0, len(text) - 1), attributions_of(text))
    assert [each.source.text for each in found if each.source] == ["the monitoring mission of the Hill Council"]
