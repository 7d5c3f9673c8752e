"""Briefs as files: the same bytes every time, everything that a report says escaped, nothing fetched, no articles."""

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace

import pytest

from holdfire.briefs.illustrations import illustrations_of
from holdfire.briefs.markdown import as_markdown, escaped
from holdfire.briefs.outline import outline_of
from holdfire.briefs.page import as_html
from holdfire.briefs.pdf import as_pdf
from holdfire.briefs.word import as_docx
from holdfire.conclusions.material import Material
from holdfire.errors import HoldfireError
from holdfire.model.network import Network
from holdfire.model.posture import Board, Transition
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import load_rulebook
from tests.briefs.invented import FIRST, LAST, NETWORK, POSTURES, TIMELINES

RULEBOOK = load_rulebook(RuleSource())
NASTY = '<script>alert(1)</script> *bold* [x](javascript:alert(2)) `code` | # & "q"'


def with_text(entry, text):
    claim = replace(entry.claim, evidence=replace(entry.claim.evidence, text=text))
    document = replace(entry.document, url="javascript:alert(3)", outlet=f"Courier {text}", title=text)
    return replace(entry, claim=claim, document=document)


def material(text="fired no rockets at all", name=None):
    postures = []
    for each in POSTURES:
        findings = {
            family: replace(found, entries=tuple(with_text(entry, text) for entry in found.entries))
            for family in ("deed", "word")
            if (found := getattr(each, family))
        }
        postures.append(replace(each, gap=None, name=name or each.name, **findings))
    entries = tuple(entry for each in postures for finding in each.findings for entry in finding.entries)
    board = Board(valid_on=LAST, known_by=None, conflict=name or "Norland – Sudland", reports=8, outlets=1, claims=8,
                  postures=tuple(postures))  # fmt: skip
    return Material(
        board=board, since=FIRST, entries=entries, documents=tuple(each.document for each in entries),
        timelines=TIMELINES, network=NETWORK, calculi={}, contradictions=(), held={},
        outlets=RULEBOOK.outlets, letters={},
    )  # fmt: skip


def files(**fields):
    made = material(**fields)
    brief = outline_of(made, rulebook=RULEBOOK)
    figures = illustrations_of(made, rulebook=RULEBOOK)
    return brief, figures


@pytest.fixture(scope="module")
def page():
    brief, figures = files()
    return as_html(brief, figures, conducts=RULEBOOK.conducts)


def has_pango():
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


needs_pango = pytest.mark.skipif(not has_pango(), reason="WeasyPrint, or the system's Pango, is not installed")


def test_the_same_brief_has_the_same_bytes():
    (one, figures), (other, again) = files(), files()
    conducts = RULEBOOK.conducts
    # Invented claims are numbered through: only their ids may differ.
    plain = [re.sub(r"claim-\d+|report-\d+", "id", as_markdown(each)) for each in (one, other)]
    assert plain[0] == plain[1]
    assert as_html(one, figures, conducts=conducts) == as_html(one, again, conducts=conducts)
    assert as_docx(one, figures, conducts=conducts) == as_docx(one, again, conducts=conducts)


@needs_pango
def test_the_same_page_makes_the_same_pdf(page):
    made = as_pdf(page)
    assert made == as_pdf(page)
    assert made.startswith(b"%PDF-")
    assert b"CreationDate" not in made


@needs_pango
def test_pdf_fetches_nothing(page, tmp_path):
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>")
    with_file = page.replace("</body>", f'<img src="{secret.as_uri()}" alt=""></body>')
    assert len(as_pdf(with_file)) < len(as_pdf(page)) + 400


def test_html_shows_what_reports_say_and_runs_none_of_it():
    brief, figures = files(text=NASTY, name=NASTY)
    made = as_html(brief, figures, conducts=RULEBOOK.conducts)
    assert "<script" not in made
    assert "&lt;script&gt;alert(1)" in made
    assert 'href="javascript' not in made
    addresses = re.findall(r'(?:href|src)="([^"]{0,30})', made)
    assert addresses
    assert all(each.startswith(("#note-", "data:image/svg+xml;base64,")) for each in addresses)


def test_html_links_to_reports_by_web_addresses_alone():
    brief, figures = files()
    linked = replace(brief, notes=tuple(replace(each, url="https://courier.example/a?b=1&c=2") for each in brief.notes))
    made = as_html(linked, figures, conducts=RULEBOOK.conducts)
    assert 'href="https://courier.example/a?b=1&amp;c=2"' in made


def test_html_is_one_sound_file_with_every_note_it_points_to(page):
    targets = set(re.findall(r'href="#(note-\d+)"', page))
    assert targets <= set(re.findall(r'id="(note-\d+)"', page))
    assert page.count("<figure>") == 4
    assert all(len(each) > 30 for each in re.findall(r'alt="([^"]*)"', page))
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_markdown_shows_what_reports_say_as_it_stands():
    brief, _ = files(text=NASTY)
    made = as_markdown(brief)
    assert "<script" not in made.replace("\\<script", "")
    assert "](javascript" not in made.replace("\\](", "").replace("\\]\\(", "")
    assert escaped("- a\n# b") == "\\- a \\# b"
    assert escaped("1. first") == "\\1. first" or escaped("1. first").startswith("\\1")


def test_markdown_points_to_its_figures():
    brief, figures = files()
    made = as_markdown(brief, figures, files={each.key: f"b-{each.key}.svg" for each in figures})
    assert re.findall(r"\]\((b-\w+\.svg)\)", made) == ["b-timeline.svg", "b-network.svg", "b-gap.svg", "b-coverage.svg"]


def test_docx_is_sound_and_holds_text_and_pictures_with_descriptions():
    brief, figures = files(text=NASTY + "\x01\ud800", name="Front \x02 & <sons>")
    made = zipfile.ZipFile(io.BytesIO(as_docx(brief, figures, conducts=RULEBOOK.conducts)))
    body = made.read("word/document.xml")
    words = "".join(ET.fromstring(body).itertext())
    assert "<script>alert(1)</script>" in words
    assert "Front" in words
    assert len([each for each in made.namelist() if each.endswith(".png")]) == 4
    assert len(re.findall(rb'descr="[^"]{30,}"', body)) == 4
    assert {each.date_time for each in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_quotations_are_short_however_long_the_evidence():
    brief, figures = files(text="word " * 2000)
    made = as_html(brief, [], conducts=RULEBOOK.conducts)
    assert figures
    assert "word " * 60 not in made


def test_empty_parts_are_left_out_and_counted():
    bare = replace(material(), network=Network(valid_on=LAST, known_by=None, conflict=None, nodes=(), ties=()))
    brief = outline_of(bare, rulebook=RULEBOOK)
    keys = [each.key for each in brief.sections]
    assert "rumour" not in keys
    assert "disputed" not in keys
    last = brief.sections[-1]
    assert last.key == "unseen"
    assert any("only rumour, or denied" in each.text for p in last.paragraphs for each in p.sentences)
    assert [each.key for each in illustrations_of(bare, rulebook=RULEBOOK)] == ["timeline", "gap", "coverage"]


def test_missing_weasyprint_is_told_in_a_line(monkeypatch):
    import builtins

    real = builtins.__import__

    def without(name, *rest, **more):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(HoldfireError, match="apt-get install libpango"):
        as_pdf("<p>x</p>")


def test_day_of_the_first_report_is_no_news():
    front = next(each for each in TIMELINES if each.key == "valley-front")
    told = [each for each in front.spells if each.family == "word"]
    changes = [
        Transition(key=front.key, name=front.name, family="word", on=each.start, before=before, after=each.conduct,
                   entries=each.entries)
        for each, before in zip(told, (None, "backing"), strict=True)
    ]  # fmt: skip
    first_day = min(each.start for each in told)
    made = replace(material(), timelines=(replace(front, transitions=tuple(changes)),))
    assert first_day == min(each.valid_from for each in made.entries)
    changed = next(each for each in outline_of(made, rulebook=RULEBOOK).sections if each.key == "changed")
    assert [each.text for p in changed.paragraphs for each in p.sentences] == [
        "4 March 2031: the Valley Front is threatening, until then voicing support."
    ]
