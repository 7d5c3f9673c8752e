"""Which lines of a report are marked, by their company and form."""

from holdfire.intake.boilerplate import mark_boilerplate
from holdfire.rules.boilerplate import load_boilerplate_rules
from holdfire.rules.load import RuleSource

RULES = load_boilerplate_rules(RuleSource())

APPEAL = """Front holds its fire
The Valley Front fired nothing on Friday, the army said.
Give the gift of truth
We do what we say:
bold, honest reporting. But we can't do this alone.
- In the field in Port Amar, the valley and beyond
- Forty reporters trained
- In the field in Port Amar, the valley and beyond
- Forty reporters trained
Join us.
Support The Port Amar Post. Save the truth.
The monitors agreed, and the envoys left for the capital.
"""

DIGEST = """Your Friday briefing
Three things to know.
• The Valley Front shelled Port Amar; the army did not answer.
• Quiet in the hills
• The envoys offered talks
Become a member from €4 a month
• The council condemned the shelling
Share this post
"""


def kept(text, outlet="The Port Amar Post"):
    characters = list(text)
    for mark in mark_boilerplate(text, RULES, outlet=outlet):
        characters[mark.span.start_char : mark.span.end_char] = "\0" * len(mark.span)
    return [line for line in "".join(characters).replace("\0", "").splitlines() if line.strip()]


def test_appeal_is_marked_as_a_block_and_the_reports_on_both_sides_are_kept():
    assert kept(APPEAL) == [
        "Front holds its fire",
        "The Valley Front fired nothing on Friday, the army said.",
        "The monitors agreed, and the envoys left for the capital.",
    ]


def test_news_bullets_of_a_digest_are_kept():
    assert kept(DIGEST) == [
        "Your Friday briefing",
        "Three things to know.",
        "• The Valley Front shelled Port Amar; the army did not answer.",
        "• Quiet in the hills",
        "• The envoys offered talks",
        "• The council condemned the shelling",
    ]


def test_text_is_never_cut_and_marks_are_whole_lines_in_order():
    marks = mark_boilerplate(APPEAL, RULES, outlet=None)
    assert marks
    for mark in marks:
        assert mark.span.start_char == 0 or APPEAL[mark.span.start_char - 1] == "\n"
        assert APPEAL[mark.span.end_char] == "\n"
        assert mark.reason
    assert list(marks) == sorted(marks, key=lambda each: each.span)


def test_single_sentence_and_bare_headline_are_never_furniture():
    assert mark_boilerplate("The Front fired nothing", RULES) == ()
    assert mark_boilerplate("Front fires\nNothing more", RULES) == ()


def test_fragments_behind_a_finished_report_are_furniture():
    text = "Headline\nOne fired.\nTwo fell.\nThree left.\nHarbour quiz of the day\nTides and moon\n"
    assert kept(text) == ["Headline", "One fired.", "Two fell.", "Three left."]


def test_dividing_lines_that_come_back_are_left_alone():
    text = "Headline\nOne fired.\n___\nTwo fell.\n___\nThree left.\n"
    assert mark_boilerplate(text, RULES) == ()


def test_paragraph_of_appeal_is_marked_only_when_several_topics_meet():
    appeal = (
        "We hope you found this useful. Our newsroom depends on readers like you, and your donation of $5 keeps "
        "independent journalism free for everyone who needs it; sign up for our newsletter to learn more about our work"
    )
    news = (
        "The council said that donations to the valley had stopped, and that independent media could not reach the "
        "bridge; the Front said on its Telegram channel that it would let journalists pass from Monday."
    )
    text = f"Headline\nOne fired.\n{appeal}.\n{news}\nThree left.\n"
    assert kept(text) == ["Headline", "One fired.", news, "Three left."]
