"""Places: the case file, the gazetteer, and which place belongs to a claim."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from holdfire.errors import RuleError
from holdfire.extraction.places import PlaceHit
from holdfire.model.claim import Claim, Place
from holdfire.model.document import Document
from holdfire.pipeline import Reader, load_reader, read_document, study
from holdfire.rules.gazetteer import fold, load_gazetteer
from holdfire.rules.load import RuleSource

CASES = Path(__file__).parents[1] / "cases" / "places.txt"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


def cases() -> list[tuple[int, str, str]]:
    found = []
    for number, line in enumerate(CASES.read_text("utf-8").splitlines(), 1):
        if line.startswith(("#", "==")) or not line.strip():
            continue
        text, answer = (part.strip() for part in line.split("|"))
        assert "[" in text, f"{CASES.name}:{number}: put the words in [brackets]"
        found.append((number, text, answer))
    return found


def hits(reader: Reader, text: str) -> tuple[PlaceHit, ...]:
    return study(Document(id="case", text=text), reader).places


def answer_of(reader: Reader, marked: str) -> str:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    found = [
        hit for hit in hits(reader, text) if not hit.lent and hit.span.start_char < end and start < hit.span.end_char
    ]
    if not found:
        return "none"
    return described(max(found, key=lambda hit: min(hit.span.end_char, end) - max(hit.span.start_char, start)).place)


def described(place: Place | None) -> str:
    if place is None:
        return "none"
    return f"{place.name}, {place.country or '-'}, {place.precision}" if place.name else "open"


def test_the_case_file_is_read_right(reader: Reader) -> None:
    wrong = [
        f"line {number}: {text}: {got}, not {answer}"
        for number, text, answer in cases()
        if (got := answer_of(reader, text)) != answer
    ]
    assert len(cases()) >= 120
    assert len(wrong) <= 0.05 * len(cases()), "\n".join(wrong)


def claim_of(reader: Reader, text: str, event: str = "ASSAULT") -> Claim:
    found = [each for each in read_document(Document(id="a", text=text), reader) if each.event == event]
    assert found, text
    return found[0]


@pytest.mark.parametrize(
    ("text", "event", "expected"),
    [
        ("The Valley Front shelled Bakhmut.", "ASSAULT", "Bakhmut, UKR, town"),
        ("The Valley Front attacked a convoy near Kidal in Mali.", "ASSAULT", "Kidal, MLI, town"),
        ("The Valley Front attacked a workshop near Nabatieh in Lebanon.", "ASSAULT", "Nabatieh, LBN, town"),
        ("The Valley Front will withdraw its fighters from Goma.", "CONCEDE", "Goma, COD, town"),
        ("In Doha, the Valley Front threatened to attack the army.", "THREATEN", "Doha, QAT, town"),
        ("The Valley Front raided a house in Bakhmut and killed nine men.", "ASSAULT", "Bakhmut, UKR, town"),
        # The place of another event, told in a clause of its own, is not this one's.
        ("The Valley Front attacked the army two days after a bomb went off in Bakhmut.", "ASSAULT", "none"),
        ("The Valley Front condemned the army.", "ACCUSE", "none"),
    ],
)
def test_claims_carry_the_place_of_their_event(reader: Reader, text: str, event: str, expected: str) -> None:
    assert described(claim_of(reader, text, event).place) == expected


def test_a_denial_is_about_the_place_told_before(reader: Reader) -> None:
    text = "The Valley Front shelled a market in Bakhmut on Monday. The group denied the attack."
    denied = [each for each in read_document(Document(id="a", text=text), reader) if each.certainty == "denied"]
    assert [described(each.place) for each in denied] == ["Bakhmut, UKR, town"]
    assert denied[0].place is not None
    assert denied[0].place.span.of(text) == "Bakhmut"


def test_words_of_a_place_are_the_text_at_its_span(reader: Reader) -> None:
    for _, marked, _ in cases():
        text = marked.replace("[", "").replace("]", "")
        for hit in hits(reader, text):
            assert hit.place.span.of(text) == hit.place.text


def test_coordinates_are_given_only_with_the_precision_that_is_known(reader: Reader) -> None:
    for text, lat, precision in (
        ("The Valley Front attacked a patrol in Iraq.", None, "country"),
        ("The Valley Front attacked a patrol at Tal Nimrahil.", None, "unresolved"),
        ("The Valley Front attacked a patrol at al-Tanf.", 33.51, "point"),
    ):
        place = claim_of(reader, text).place
        assert place is not None
        assert (place.lat, place.precision) == (lat, precision)


@pytest.mark.parametrize(
    "text", ["in", "In in in.", "at the", "near of the of", "in “", "(in Kidal", "IN KIDAL AND", "in 2025, in 22"]
)
def test_broken_text_is_read_without_a_fault(reader: Reader, text: str) -> None:
    hits(reader, text)


@pytest.mark.parametrize(
    ("text", "published", "time"),
    [
        ("PORT AMAR (Reuters) - The Valley Front attacked the port on 31 February.", date(2025, 6, 18), None),
        ("The Valley Front attacked the port on Monday.", None, None),
    ],
)
def test_days_that_cannot_be_reckoned_are_shown_unresolved(
    reader: Reader, text: str, published: date | None, time: str | None
) -> None:
    found = [each.time for each in read_document(Document(id="a", text=text, published=published), reader)]
    assert [(each.start, each.precision) for each in found if each] == [(time, "unresolved")]


def test_spellings_fold_alike() -> None:
    assert fold("Sana’a") == fold("Sanaa") == "sanaa"
    assert fold("Deir-ez-Zor") == fold("Deir ez Zor")
    assert fold("Ménaka") == fold("Menaka")


def test_every_own_place_is_found_under_each_of_its_names() -> None:
    source = RuleSource()
    gazetteer = load_gazetteer(source)
    records = source.records("places/*.toml", "place")
    assert len(records) >= 400
    for record in records:
        for name in (record["name"], *record.get("also", ())):
            assert any(entry.name == record["name"] and entry.own for entry in gazetteer.find(name)), name


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('kind = "village"', "Use one of: point"),
        ('kind = "town"\nlat = 91.0\nlon = 3.0', "no point on the globe"),
        ('kind = "town"\nlat = 9.0', "or neither"),
    ],
)
def test_a_bad_place_names_file_record_and_mend(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "own.toml").write_text(f'[[place]]\nid = "x.a"\nname = "A"\n{line}\n')
    with pytest.raises(RuleError, match=rf"own\.toml: place 'x\.a'.*{said}"):
        load_gazetteer(RuleSource(extra=(tmp_path,)))


def test_own_places_of_a_rules_folder_are_found(tmp_path: Path) -> None:
    (tmp_path / "places").mkdir()
    record = (
        '[[place]]\nid = "x.port-amar"\nname = "Port Amar"\nkind = "town"\ncountry = "XKX"\nlat = 42.0\nlon = 21.0\n'
    )
    (tmp_path / "places" / "own.toml").write_text(record)
    [entry] = load_gazetteer(RuleSource(extra=(tmp_path,))).find("Port-Amar")
    assert (entry.name, entry.kind, entry.own) == ("Port Amar", "town", True)


def test_an_event_that_is_pointed_at_has_the_time_and_place_told_before(reader: Reader) -> None:
    text = (
        "The Valley Front killed nine men at Barsalogho on 24 August. The army had ordered the villagers to dig. "
        "The group claimed the massacre but denied the killings of children."
    )
    document = Document(id="a", text=text, published=date(2024, 9, 2))
    claimed = [each for each in read_document(document, reader) if "massacre" in each.evidence.text]
    assert claimed
    assert claimed[0].time is not None
    assert (claimed[0].time.start, described(claimed[0].place)) == ("2024-08-24", "Barsalogho, BFA, town")
