"""Files of every kind, good and bad: one document or one problem each, and the rest still read."""

import json
import os

import pytest

from holdfire.intake.files import IntakeProblem, read_paths
from holdfire.intake.metadata import Header, parse_published, title_of
from holdfire.model.document import Document
from holdfire.rules.boilerplate import load_boilerplate_rules
from holdfire.rules.load import RuleSource

RULES = load_boilerplate_rules(RuleSource())
GOOD = "Front holds its fire\nThe Valley Front fired nothing on Friday.\n"
PAGE = """<!doctype html><html><head><title>Front holds its fire</title>
<meta property="og:site_name" content="The Port Amar Post"><meta name="author" content="Sana Odeh">
<meta property="article:published_time" content="2025-06-14T08:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Front holds its fire</h1>
<p>The Valley Front fired nothing on Friday, the army said, for the first time in a month.</p>
<p>The monitors agreed. “We saw nothing,” one of them said, and the envoys left for the capital.</p>
</article><footer>© 2025 The Port Amar Post</footer></body></html>"""


def read(*paths, given=None):
    return list(read_paths([str(each) for each in paths], given=given or Header(), rules=RULES))


def problem(path, text):
    (found,) = read(path)
    assert isinstance(found, IntakeProblem)
    assert text in found.what
    return found


def test_bare_text_takes_the_header_that_is_given(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    (document,) = read(path, given=Header(outlet="The Port Amar Post", published=parse_published("2025-06-14")))
    assert document.text == GOOD
    assert document.title == "Front holds its fire"
    assert (document.outlet, str(document.published)) == ("The Port Amar Post", "2025-06-14")


@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_page_says_who_published_it_and_when(tmp_path, name):
    path = tmp_path / name
    path.write_text(PAGE)
    (document,) = read(path)
    assert "The Valley Front fired nothing on Friday" in document.text
    assert "Home" not in document.text
    assert (document.title, document.byline, document.outlet) == (
        "Front holds its fire", "Sana Odeh", "The Port Amar Post",
    )  # fmt: skip
    assert str(document.published) == "2025-06-14"


def test_page_in_its_declared_encoding(tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes(PAGE.replace("<head>", '<head><meta charset="windows-1252">').encode("windows-1252"))
    (document,) = read(path)
    assert "“We saw nothing,”" in document.text


def test_page_without_article_markup_falls_back_on_its_paragraphs(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><ul><li>The Valley Front fired nothing on Friday and nothing on Saturday</li>"
        "<li>The army did not answer and pulled back its guns</li></ul></body></html>"
    )
    (document,) = read(path)
    assert "The army did not answer" in document.text


def test_records_keep_their_ids_and_a_broken_line_costs_one(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [
        json.dumps({"id": "x-1", "text": GOOD, "outlet": "The Post", "published": "2025-06-14T10:00:00+03:00"}),
        '{"id": "x-2", "text": ',
        "",
        json.dumps({"id": 3, "html": PAGE}),
        json.dumps({"id": "x-4"}),
        json.dumps({"text": GOOD, "published": "last Tuesday"}),
        json.dumps({"text": ["no"]}),
        "[1]",
        "[" * 100_000,
        json.dumps({"id": "x-9", "text": GOOD + "\x00"}),
    ]
    path.write_text("\n".join(lines))
    found = read(path)
    assert [each.id if isinstance(each, Document) else each.where.split(", ")[-1] for each in found] == [
        "x-1", "line 2", "3", "line 5", "line 6", "line 7", "line 8", "line 9", "x-9",
    ]  # fmt: skip
    assert str(found[0].published) == "2025-06-14"
    assert "no date" in found[4].what
    assert found[-1].text == GOOD


def test_records_are_known_by_their_first_line(tmp_path):
    path = tmp_path / "reports"
    path.write_text(json.dumps({"id": "x", "text": GOOD}) + "\n")
    assert [each.id for each in read(path)] == ["x"]


def test_missing_file_and_folder_are_misuse(tmp_path):
    assert problem(tmp_path / "nowhere.txt", "no such file").misuse
    assert problem(tmp_path, "is a folder").misuse


@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl"])
def test_empty_file(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert not problem(tmp_path / name, "empty").misuse


def test_binary_junk(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(os.urandom(5000))
    problem(path, "not")


def test_hundred_megabytes_of_one_line(tmp_path):
    for name in ("a.txt", "a.jsonl"):
        path = tmp_path / name
        with path.open("wb") as file:
            for _ in range(100):
                file.write(b"x" * 1_000_000)
        problem(path, "longer than 5 MB")


def test_record_behind_an_endless_line_is_still_read(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("x" * 5_000_001 + "\n" + json.dumps({"id": "x", "text": GOOD}))
    first, second = read(path)
    assert "longer than" in first.what
    assert second.id == "x"


def test_invalid_utf8(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"The Front fired at Caf\xe9 Amar")
    problem(path, "not valid UTF-8")


def test_page_without_an_article(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<html><body><a href='/'>Home</a> <a href='/in'>Log in</a></body></html>")
    problem(path, "no article")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(GOOD)
    path.chmod(0)
    problem(path, "cannot be read")


def test_rest_of_the_batch_is_read(tmp_path):
    good = tmp_path / "good.txt"
    good.write_text(GOOD)
    found = read(tmp_path / "nowhere", good, tmp_path, good)
    assert [isinstance(each, Document) for each in found] == [False, True, False, True]


@pytest.mark.parametrize("text", ["2025-13-01", "17 June", "", "2025-06-17 nonsense", "20250617"])
def test_what_is_no_date(text):
    with pytest.raises(ValueError, match=r".+"):
        parse_published(text)


def test_first_sentence_is_no_title():
    assert title_of("The Front fired.\nIt missed.") is None
    assert title_of("Front fires") is None
