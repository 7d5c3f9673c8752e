from holdfire.actors.names import fold, index_names
from holdfire.model.actor import Actor, Alias
from tests.actors.invented import invented_knowledge

KNOWLEDGE = invented_knowledge()


def found(text: str) -> list[tuple[str, list[str]]]:
    return [
        (text[each.start_char : each.end_char], [claimant.actor_id for claimant in each.claimants])
        for each in KNOWLEDGE.names.find(text)
    ]


def test_the_longer_of_two_nested_names_wins() -> None:
    assert found("The Free Valley Front fired on the Valley Front.") == [
        ("Free Valley Front", ["vel.valley-front"]),
        ("Valley Front", ["pam.valley-front"]),
    ]


def test_names_end_at_word_boundaries() -> None:
    assert found("Selunite traders and Amarine birds") == []


def test_marks_accents_and_hyphens_are_folded_and_offsets_are_the_texts_own() -> None:
    text = "Fighters of Jabhat  Al\u2010Wa\u0304di\u0304 held Pórt Amar’s gate"
    assert [name for name, _ in found(text)] == ["Jabhat  Al\u2010Wa\u0304di\u0304"[:-1], "Pórt Amar"]


def test_a_lower_case_word_is_no_name() -> None:
    assert found("in port amar the front of the valley") == []


def test_copy_in_capitals_is_read() -> None:
    assert [name for name, _ in found("VALLEY FRONT REJECTS TALKS WITH PORT AMAR")] == ["VALLEY FRONT", "PORT AMAR"]


def test_one_name_in_capitals_is_read_and_two_letters_are_not() -> None:
    assert [name for name, _ in found("2. PORT AMAR has not joined. It asked US all.")] == ["PORT AMAR"]


def test_a_long_acronym_may_be_written_as_a_word_and_a_short_one_may_not() -> None:
    assert [name for name, _ in found("Riml envoys met Vlf men")] == ["Riml"]


def test_a_shared_name_lists_everyone_who_bears_it() -> None:
    assert found("The PLV denied it.") == [("PLV", ["pam.valley-front", "vel.valley-front"])]


def test_a_name_recorded_with_and_without_a_capital_is_found_both_ways() -> None:
    actor = Actor(id="pam.wadi", name="Al-Wadi", kind="armed group", country="PAM", aliases=(Alias(text="al-Wadi"),))
    names = index_names((actor,))
    for text in ("al-Wadi said", "Al-Wadi said"):
        assert [len(each.claimants) for each in names.find(text)] == [1]
    assert names.find("al-wadi said") == ()


def test_an_acronym_also_recorded_as_a_word_is_found_both_ways() -> None:
    names = index_names((Actor(id="intl.rim", name="RIML", kind="international body", aliases=(Alias(text="Riml"),)),))
    assert len(names.find("RIML said")) == len(names.find("Riml said")) == 1


def test_folding_maps_every_character_back() -> None:
    folded, offsets = fold("Kata’ib  é")
    assert folded == "kata'ib e"
    assert offsets is not None
    assert len(offsets) == len(folded)
    assert offsets[-1] == 9
