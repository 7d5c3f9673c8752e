"""Briefs of the shipped samples and of the first report: each sentence held against the claims that it cites."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from evaluation.scenario_boards import read_report, read_scenario

from holdfire.ledger.append import append_batch, begin_run
from holdfire.ledger.connect import open_ledger
from holdfire.pipeline import load_reader, read_document
from tests.briefs.reading_back import QUOTE, chunks_of, conducts_in, faults_of, notes_of, sections_of, unescaped
from tests.cli.calling import holdfire

SCENARIO = Path(__file__).parents[2] / "evaluation" / "corpora" / "scenarios" / "colombia-2016"
SAMPLES = Path(__file__).parents[2] / "src" / "holdfire" / "samples"
PLACES = [folder / "shared" / "real" / "media_line.txt" for folder in Path(__file__).parents[3:5]]
REPORT = next((each for each in PLACES if each.exists()), PLACES[0])
first_report = pytest.mark.skipif(not REPORT.exists(), reason="the report ../shared/real/media_line.txt is not here")


class Page:
    """A brief's Markdown with the claims of its ledger and the texts that they were read from."""

    def __init__(self, ledger, texts, *options):
        made = holdfire("brief", "--ledger", ledger, *options)
        assert made.returncode == 0, made.stderr
        self.markdown = made.stdout
        lines = holdfire("claims", "--format", "jsonl", "--ledger", ledger).stdout.splitlines()
        self.claims = [json.loads(line)["claim"] for line in lines]
        self.texts = [" ".join(text.split()) for text in texts]
        self.sections = {title: unescaped(body) for title, body in sections_of(self.markdown).items()}


def read(folder, path, outlet):
    ledger = folder / "brief.db"
    found = holdfire("read", path, "--published", "2025-06-17", "--outlet", outlet, "--ledger", ledger)
    assert found.returncode == 0, found.stderr
    return ledger


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    assert holdfire("demo", "--folder", folder).returncode == 0
    texts = [path.read_text("utf-8") for path in SAMPLES.iterdir() if path.suffix in (".txt", ".html", ".jsonl")]
    return Page(folder / "demo.db", texts)


@pytest.fixture(scope="module")
def digest(tmp_path_factory):
    path = SAMPLES / "digest-onlookers.txt"
    return Page(read(tmp_path_factory.mktemp("digest"), path, "The Quiet Front"), [path.read_text("utf-8")])


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    ledger = read(tmp_path_factory.mktemp("first"), REPORT, "The Media Line")
    return Page(ledger, [REPORT.read_text("utf-8")])


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    """Months of a conflict in which states act through organs and leaders, and postures change."""
    reader = load_reader()
    told = read_scenario(SCENARIO)
    reports = [read_report(path, reader.rulebook.boilerplate) for path in told.reports]
    path = tmp_path_factory.mktemp("scenario") / "brief.db"
    now = datetime(2031, 3, 1, tzinfo=UTC)
    with open_ledger(path) as ledger:
        run = begin_run(ledger, command="test", rulebook_hash=reader.rulebook.digest, version="0", now=now)
        append_batch(ledger, run, [(each, read_document(each, reader)) for each in reports], now=now)
    return Page(path, [each.text for each in reports], "--conflict", told.conflict)


@pytest.fixture(params=["samples", "digest", "scenario", pytest.param("first", marks=first_report)])
def page(request):
    return request.getfixturevalue(request.param)


def test_every_sentence_carries_its_claims(page):
    chunks, loose = chunks_of(page.markdown, page.claims)
    assert len(chunks) > 15
    assert loose == []
    # Nothing stands before the first numbers that ends a sentence of its own.
    assert [each.text for each in chunks if re.search(r"[a-z\d][.!?] [A-Z]", each.bare)] == []


def test_no_sentence_says_what_its_claims_do_not(page):
    chunks, _ = chunks_of(page.markdown, page.claims)
    assert [fault for each in chunks for fault in faults_of(each)] == []


def test_most_sentences_were_held_against_their_claims(page):
    chunks, _ = chunks_of(page.markdown, page.claims)
    told = [each for each in chunks if conducts_in(each.bare)]
    assert len(told) > len(chunks) / 3


def test_every_quotation_stands_in_a_report(page):
    chunks, _ = chunks_of(page.markdown, page.claims)
    plain = [re.sub(r"[“”‘’\"']", "", text) for text in page.texts]
    quotes = {quote for each in chunks for quote in QUOTE.findall(each.text)}
    assert len(quotes) > 8
    for quote in quotes:
        words = re.sub(r"[“”‘’\"']", "", quote).strip("…")
        assert any(words in text for text in plain), quote


def test_counts_of_what_cannot_be_seen_name_their_denominators(page):
    lines = [line for line in page.sections["What we cannot see"].splitlines() if line.startswith("- ")]
    assert lines
    for line in lines:
        count, of = re.match(r"- ([\d,]+) of ([\d,]+) ", line).groups()
        assert 0 < int(count.replace(",", "")) <= int(of.replace(",", ""))


def test_every_claim_cited_is_noted_once_and_quoted_shortly(page):
    notes = notes_of(page.markdown)
    assert sorted(notes) == list(range(1, len(notes) + 1))
    assert len(set(notes.values())) == len(notes)
    chunks, _ = chunks_of(page.markdown, page.claims)
    assert {claim["id"][:8] for each in chunks for claim in each.claims} == set(notes.values())
    assert all(len(quote) < 260 for quote in QUOTE.findall(page.sections["Notes"]))


def holds(section, *words):
    flat = " ".join(section.replace("**", "").split())
    return [each for each in words if each not in flat]


@first_report
def test_first_report_who_fights_and_who_holds_fire(first):
    assert holds(first.sections["State of play"], "Iran and Israel are attacking") == []
    held = first.sections["Who holds fire, and why"]
    assert not holds(
        held, "The Iran-backed militias in Iraq have held fire", "The Popular Mobilization Forces have held"
    )
    assert not holds(held, "in words have voiced support", "statements of ‘solidarity’ and condolences")


@first_report
def test_first_report_al_sadr_and_al_sistani(first):
    talk = first.sections["Who talks"]
    assert not holds(
        talk, "Muqtada al-Sadr has urged restraint", "“It is not their war”", "‘not to be drawn into this war’"
    )
    assert not holds(
        talk, "Ali al-Sistani", "seem to have urged restraint", "going to be anyone’s battleground this time"
    )


@first_report
def test_first_report_rumour_stands_as_rumour(first):
    words = "whispers of drone activity near US bases in western Iraq"
    assert not holds(first.sections["Only rumour, or denied"], "It is rumoured, and not confirmed", words)
    named = [title for title, body in first.sections.items() if words in body]
    assert named == ["Only rumour, or denied", "Notes"]


@first_report
def test_first_report_way_out_is_khattabs(first):
    assert not holds(
        first.sections["Tripwires and ways out"], "A way out", "seem to be weighing giving up weapons",
        "“if it helps them hold onto power”", "according to Muwaffaq Khattab",
    )  # fmt: skip


@first_report
def test_first_report_reasons_and_dissent(first):
    assert not holds(
        first.sections["Who holds fire, and why"], "Reasons given for holding fire",
        "deterrence, “getting wiped out in an Israeli strike”", "economic, “with massive financial interests”",
        "political, “political power”", "survival, “survival”", "against holding fire: ideology, “symbolism”",
    )  # fmt: skip
    assert not holds(
        first.sections["Dissent"], "One Iranian analyst is condemning the Iran-backed militias", "‘treason’"
    )


@first_report
def test_first_report_gives_nothing_of_the_appeal(first):
    text = REPORT.read_text("utf-8")
    appeal = text[text.index("Give the gift of hope") : text.index("There are still whispers")]
    for line in filter(None, map(str.strip, appeal.splitlines())):
        assert line not in first.markdown
    start, end = text.index("Give the gift of hope"), text.index("There are still whispers")
    cited = set(notes_of(first.markdown).values())
    spans = [each["evidence"]["start_char"] for each in first.claims if each["id"][:8] in cited]
    assert spans
    assert not [each for each in spans if start <= each < end]


def test_digest_tells_the_same_in_its_own_words(digest):
    fights = digest.sections["Who fights"]
    assert not holds(fights, "Iran", "Israel", "The Houthis have attacked Israel")
    held = digest.sections["Who holds fire, and why"]
    assert not holds(
        held, "Hezbollah has held fire", "in words has voiced support", "declared its solidarity with Tehran"
    )
    assert not holds(held, "armed factions", "have opted out of this round as well")
    assert not holds(digest.sections["Only rumour, or denied"], "It is rumoured", "unconfirmed reports of drones near")
    assert not holds(digest.sections["Who talks"], "have mediated", "have urged restraint on Iran")
    for line in ("patient, independent reporting", "Support The Quiet Front", "no paywall", "Unsubscribe"):
        assert line not in digest.markdown


def test_tripwires_and_denials_of_the_samples(samples):
    trip = samples.sections["Tripwires and ways out"]
    assert not holds(
        trip, "A tripwire: Kata'ib Hezbollah is threatening the United States “if the United States joined"
    )
    assert not holds(trip, "A way out: Iran", "“on condition that Israel stopped its strikes”")
    assert not holds(samples.sections["Only rumour, or denied"], "Iran denied having attacked")


@pytest.mark.parametrize(
    ("said", "instead", "fault"),
    [
        ("held fire", "attacked", "conduct holding fire told as"),
        ("seem to have urged restraint", "have urged restraint", "certainty hedged told as firm"),
        ("It is rumoured, and not confirmed, that", "It is certain that", "certainty rumoured told as firm"),
        ("Muqtada al-Sadr", "Ali al-Sistani", "actor"),
        ("The Popular Mobilization Forces", "Israel", "actor"),
    ],
)
@first_report
def test_a_spoiled_brief_is_found_out(first, said, instead, fault):
    assert said in first.markdown
    chunks, _ = chunks_of(first.markdown.replace(said, instead), first.claims)
    assert any(each.startswith(fault) for chunk in chunks for each in faults_of(chunk))


def test_a_sentence_without_claims_is_found_out(samples):
    spoiled = re.sub(r" \\\[[\d, –]+\\\]", "", samples.markdown, count=3)
    chunks, loose = chunks_of(spoiled, samples.claims)
    assert loose or any(re.search(r"[a-z\d][.!?;] [A-Za-z]", each.bare) for each in chunks)
