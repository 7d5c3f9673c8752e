from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.extraction.mentions import References, find_references, survey
from holdfire.extraction.nlp import Sentence, load_language, parse_passages
from holdfire.extraction.passages import split_passages
from holdfire.model.actor import Mention
from holdfire.model.document import Document
from holdfire.model.span import Span
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import Rulebook, load_rulebook
from tests.actors.invented import invented_knowledge


@lru_cache
def rulebook() -> Rulebook:
    return load_rulebook(RuleSource())


@lru_cache
def language() -> object:
    return load_language()


class Read:
    """One text and who its words stand for."""

    def __init__(self, text: str, speakers: Callable[[int], Mention | None] | None = None) -> None:
        self.text = text
        passages = split_passages(Document(id="test", text=text), rulebook().sentences)
        self.sentences: tuple[Sentence, ...] = parse_passages(language(), text, passages)  # type: ignore[arg-type]
        surveyed = survey(
            text, self.sentences, rulebook=rulebook(), knowledge=invented_knowledge(), published=date(2018, 5, 2)
        )
        self.references: References = find_references(surveyed, speakers=speakers)

    def at(self, word: str, nth: int = 0) -> list[Mention]:
        places = [(n, t.i) for n, s in enumerate(self.sentences) for t in s.doc if t.text == word]
        return list(self.references.at(*places[nth]))

    def back(self, word: str) -> str | None:
        """The words that the only link from this pronoun goes back to."""
        found = [back.of(self.text) for span, back in self.references.links if span.of(self.text) == word]
        return found[0] if found else None

    def names(self, word: str, nth: int = 0) -> list[str]:
        return [each.name or each.text for each in self.at(word, nth)]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Amari jets bombed the town.", "jets", ["Port Amar"]),
        ("Valley Front fighters shelled the town.", "fighters", ["Valley Front"]),
        ("Velmark's government rejected the plan.", "government", ["Velmark"]),
        ("Selun closed the border.", "Selun", ["Port Amar"]),
        ("The Amari prime minister condemned the raid.", "minister", ["Piet Hale"]),
        ("Dorn's movement stayed out of the war.", "movement", ["Valley Front"]),
        ("The market stayed closed.", "market", []),
        ("The storm destroyed the harbour.", "storm", []),
    ],
)
def test_a_phrase_denotes_its_actor_or_nobody(text: str, word: str, expected: list[str]) -> None:
    assert Read(text).names(word) == expected


def test_the_text_of_a_mention_keeps_the_words_of_the_phrase() -> None:
    (jets,) = Read("Three Amari jets bombed the town.").at("jets")
    assert (jets.text, jets.id, jets.number) == ("Three Amari jets", "pam", 3)


def test_backed_groups_are_not_their_backer() -> None:
    (militias,) = Read("Velmark-backed militias shelled the town.").at("militias")
    assert (militias.id, militias.form, militias.affiliation) == (None, "nominal", "vel")


def test_an_unnamed_party_keeps_description_number_and_affiliation() -> None:
    (activists,) = Read("Two activists close to Dorn rejected the plan.").at("activists")
    assert activists.text == "Two activists close to Dorn"
    assert (activists.form, activists.number, activists.affiliation) == ("nominal", 2, "pam.dorn")


def test_a_pronoun_in_the_next_sentence_is_inferred() -> None:
    read = Read("The Valley Front shelled the town. It denied that it had used rockets.")
    (pronoun,) = read.at("It")
    assert (pronoun.name, pronoun.inferred, pronoun.text) == ("Valley Front", True, "Valley Front")


def test_a_pronoun_in_the_same_sentence_is_not_inferred() -> None:
    (pronoun,) = Read("The Valley Front said it would not attack.").at("it")
    assert (pronoun.name, pronoun.inferred) == ("Valley Front", False)


def test_a_possessive_gives_weapons_their_owner() -> None:
    assert Read("The Valley Front said its fighters had left the town.").names("fighters") == ["Valley Front"]


def test_empty_it_stands_for_nobody() -> None:
    assert Read("The Valley Front left. It is clear that the war is over.").names("It") == []


def test_the_group_is_the_group_named_before() -> None:
    read = Read("The Valley Front shelled the town. The group said the raid was a warning.")
    assert read.names("group") == ["Valley Front"]


def test_a_described_party_is_found_again_by_its_head() -> None:
    read = Read("Velmark-backed militias shelled the town. The militias later denied it.")
    (again,) = read.at("militias", 1)
    assert (again.text, again.inferred) == ("Velmark-backed militias", True)


def test_both_sides_are_the_two_parties() -> None:
    read = Read("Port Amar and Velmark traded fire. Both sides agreed to a truce.")
    assert read.names("sides") == ["Port Amar", "Velmark"]


def test_a_coordination_gives_only_the_conjunct_asked_for() -> None:
    read = Read("Port Amar and Velmark traded fire.")
    assert read.names("Velmark") == ["Velmark"]
    assert read.names("Amar") == ["Port Amar"]


def test_they_after_a_coordination_are_all_of_it() -> None:
    assert Read("Port Amar and Velmark said they would talk.").names("they") == ["Port Amar", "Velmark"]


def test_first_person_is_the_speakers_side() -> None:
    speaker = Mention(text="a Valley Front spokesman", span=Span(0, 24), form="nominal", affiliation="pam.valley-front")
    read = Read("“We will not attack,” a Valley Front spokesman said.", speakers=lambda offset: speaker)
    (we,) = read.at("We")
    assert (we.text, we.name, we.inferred) == ("a Valley Front spokesman", "Valley Front", True)


def test_first_person_without_a_speaker_is_nobody() -> None:
    assert Read("We will not attack.").names("We") == []


def test_the_foremost_party_fills_a_fragment() -> None:
    read = Read("The Valley Front stayed out of the war. No rocket fire, no raids.")
    foremost = read.references.salient(1)
    assert foremost is not None
    assert (foremost.name, foremost.form, foremost.inferred) == ("Valley Front", "elided", True)
    assert read.references.salient(0) is None


def test_every_mention_equals_its_slice() -> None:
    text = "Iqra Sen, a Velmarker envoy, met the rebels’ leaders — and some of them left Pórt Amar."
    for mention in Read(text).references.mentions():
        assert mention.span.of(text) == mention.text


def test_nobody_is_he_in_their_own_words() -> None:
    text = "Omar Lind met Piet Hale. “I think he will resign,” Piet Hale said."
    speaker = Mention(text="Piet Hale", span=Span(51, 60))
    assert speaker.span.of(text) == "Piet Hale"
    assert Read(text, speakers=lambda offset: speaker).back("he") == "Omar Lind"


def test_a_possessive_goes_back_to_the_subject_of_its_clause() -> None:
    text = "Ada Dorn criticised Iqra Moor. Iqra Moor published her reply after Ada Dorn left."
    assert Read(text).back("her") == "Iqra Moor"


def test_they_are_people_rather_than_things_where_they_want_something() -> None:
    assert Read("Envoys brought the letters. They said talks would follow.").back("They") == "Envoys"


def test_they_may_be_someone() -> None:
    assert Read("If someone arrives illegally they will be sent back.").back("they") == "someone"


def test_close_calls_between_two_groups_are_left_open() -> None:
    assert Read("Farmers and herders met fishermen and miners. They left.").back("They") is None


def test_a_thing_that_a_pronoun_stands_for_is_found_again() -> None:
    read = Read("A ferry burned on Sunday. The Valley Front denied that its fighters had shelled it.")
    place = next((n, t.i) for n, s in enumerate(read.sentences) for t in s.doc if t.text == "it")
    thing = read.references.thing_at(*place)
    assert thing is not None
    assert (thing.text, thing.inferred) == ("ferry", True)


def test_titles_and_places_belong_to_the_words_of_a_mention() -> None:
    read = Read("Soldiers from the Valley Front met Amari Prime Minister Piet Hale.")
    assert [each.text for each in read.at("Hale")] == ["Amari Prime Minister Piet Hale"]
    assert [each.text for each in read.at("Soldiers")] == ["Soldiers from the Valley Front"]


WORDS = (
    "Port Amar|Velmark|the Valley Front|Amari|jets|its|their|they|He|rebels|both sides|Iqra Sen|’|“|”|—|. |, |ı̇|İ|said|"
    "shelled|the group|two|soldiers of|and|which|🛩️|\n\n"
).split("|")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
def test_mentions_and_links_lie_in_any_text(words: list[str]) -> None:
    text = " ".join(words)
    read = Read(text)
    for mention in (*read.references.mentions(), *read.references.things.values()):
        assert mention.span.of(text) == mention.text
    for pronoun, antecedent in read.references.links:
        assert 0 <= pronoun.start_char < pronoun.end_char <= len(text)
        assert 0 <= antecedent.start_char < antecedent.end_char <= len(text)
        assert not antecedent.overlaps(pronoun)


def test_an_unknown_name_is_a_party_where_it_does_what_parties_do() -> None:
    assert [each.text for each in Read("Norland bombed the mill.").at("Norland")] == ["Norland"]
    assert [each.text for each in Read("The mill was bombed by Norland.").at("Norland")] == ["Norland"]


def test_an_unknown_name_is_no_party_where_it_only_stands_by() -> None:
    assert Read("The mill stands near Norland.").at("Norland") == []
    assert Read("Norland glistened in the sun.").at("Norland") == []


def test_words_without_quotation_marks_may_point_to_their_speaker() -> None:
    text = "The Valley Front fought on. The Amari navy said it had killed “several dozen terrorists”."
    read = Read(text, speakers=lambda offset: Mention(text="Amari navy", span=Span(32, 42)))
    assert read.back("it") == "Amari navy"


def test_these_groups_are_never_one_group() -> None:
    (groups,) = Read("The Valley Front left the town. Velmark armed these groups.").at("groups")
    assert (groups.id, groups.text) == (None, "groups")


def test_the_rebels_may_be_one_group() -> None:
    assert Read("The Valley Front left the town. Velmark armed the rebels.").names("rebels") == ["Valley Front"]


def test_a_splinter_group_is_not_the_group_it_left() -> None:
    (group,) = Read("A Valley Front splinter group shelled the town.").at("group")
    assert (group.id, group.affiliation) == (None, "pam.valley-front")


def test_an_apposition_gives_a_person_an_affiliation() -> None:
    (person,) = Read("Iqra Moor, an official of the Valley Front, rejected the plan.").at("Moor")
    assert person.affiliation == "pam.valley-front"


def test_we_is_the_state_of_an_official() -> None:
    speaker = Mention(text="an Amari adviser", span=Span(27, 43), form="nominal", affiliation="pam")
    read = Read("“We can't fight them,” said an Amari adviser.", speakers=lambda offset: speaker)
    assert [each.name for each in read.at("We")] == ["Port Amar"]


def test_both_sides_leave_out_who_speaks_to_them() -> None:
    text = "Port Amar shelled the Valley Front. The Valley Front hit Port Amar. Velmark called on both sides to stop."
    assert sorted(Read(text).names("sides")) == ["Port Amar", "Valley Front"]


def test_the_navy_is_that_of_the_state_that_stands_out() -> None:
    text = "Port Amar closed the port. Selun blamed the storm. Port Amar waited. The navy returned."
    assert Read(text).names("navy") == ["Amari navy"]


def test_the_navy_is_left_open_between_two_states() -> None:
    text = "Port Amar closed the port. Velmark waited. Port Amar and Velmark met. The navy returned."
    (navy,) = Read(text).at("navy")
    assert navy.id is None


def test_a_place_after_a_name_is_not_the_name() -> None:
    text = "Father Omar Lind in Selun spoke to reporters. He called for calm."
    assert Read(text).back("He") == "Father Omar Lind in Selun"


def test_an_unknown_name_that_owns_an_act_is_a_party() -> None:
    assert [each.text for each in Read("Norland's bombing of the mill went on.").at("Norland")] == ["Norland"]
    assert [each.text for each in Read("The withdrawal of Norland is over.").at("Norland")] == ["Norland"]
    assert Read("The mills of Norland are old.").at("Norland") == []


def test_a_force_that_is_named_for_people_is_it() -> None:
    assert Read("The River Guard said it would leave.").back("it") == "River Guard"


def test_it_stands_for_somebody_before_what_only_somebody_is() -> None:
    assert Read("The Valley Front said it was ready to leave.").back("it") == "Valley Front"
    assert Read("The Valley Front said it was hard to leave.").back("it") is None


def test_an_official_in_the_group_belongs_to_it() -> None:
    read = Read("The Valley Front left the town. A senior official in the group said the war was over.")
    (official,) = read.at("official")
    assert official.affiliation == "pam.valley-front"


def test_the_dissidents_are_the_dissident_group_named_before() -> None:
    read = Read("The Valley Front, a dissident group, left the town. The dissidents denied the raid.")
    assert read.names("dissidents") == ["Valley Front"]


def test_a_time_of_day_is_no_part_of_a_mention() -> None:
    read = Read("05:45 Amari jets bombed the harbour.")
    assert [each.text for each in read.at("jets")] == ["Amari jets"]


@pytest.mark.parametrize(
    ("text", "word", "words", "number", "affiliation"),
    [
        ("Over 100 Velmark-linked armed groups left.", "groups", "Over 100 Velmark-linked armed groups", 100, "vel"),
        ("About two hundred protesters marched.", "protesters", "About two hundred protesters", 200, None),
        ("One activist close to Dorn said so.", "activist", "One activist close to Dorn", 1, "pam.dorn"),
        ("Some political figures rejected the plan.", "figures", "Some political figures", None, None),
        ("Dozens of rebels left.", "Dozens", "Dozens of rebels", None, None),
    ],
)
def test_described_parties(text: str, word: str, words: str, number: int | None, affiliation: str | None) -> None:
    (party,) = Read(text).at(word)
    assert (party.text, party.number, party.affiliation, party.id) == (words, number, affiliation, None)
    assert party.form == "nominal"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Selun closed the border.", ["Port Amar"]),
        ("The orders came from Selun.", ["Port Amar"]),
        ("Jets were sent to Selun.", []),
        ("Crowds marched in Selun.", []),
        ("Orders from Selun were ignored.", ["Port Amar"]),
        ("Shells hit south Selun.", []),
    ],
)
def test_a_capital_is_its_state_but_not_where_it_is_a_place(text: str, names: list[str]) -> None:
    assert Read(text).names("Selun") == names


def test_some_of_a_people_are_not_their_state() -> None:
    (some,) = Read("We thank the Amaris who fought the flood.").at("Amaris")
    assert (some.id, some.affiliation) == (None, "pam")


def test_the_armed_forces_of_a_state_are_an_organ_where_one_is_known() -> None:
    assert Read("The Port Amar navy returned.").names("navy") == ["Amari navy"]
