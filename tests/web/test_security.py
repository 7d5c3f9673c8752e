"""Nothing of a report can act: escaped text, strict headers, links to the web alone, no address that writes."""

from __future__ import annotations

import hashlib
import json
import re
from importlib import resources

import lxml.etree
import lxml.html
import pytest

from holdfire.web.security import safe_link, visible
from tests.web.newsroom import LONG

STATIC = resources.files("holdfire.web") / "static"


def alive(page):
    """What a browser would run, fetch or follow in a page that none of our templates holds."""
    for each in lxml.html.fromstring(page).iter(lxml.etree.Element):
        if each.tag in ("img", "b", "i", "style", "iframe", "object", "embed"):
            yield each.tag
        if each.tag == "script" and not each.get("src", "").startswith("/static/"):
            yield "script"
        for name, value in each.attrib.items():
            if name.startswith("on") or name == "style":
                yield name
            if name in ("href", "src", "action") and not re.match(r"(?:/(?!/)|#|https://)", value):
                yield f"{name}={value[:40]}"


def hostile_addresses(client, told):
    document, claims = told[4]
    yield from ("/", "/network", "/map", "/sources", "/quiet", "/about", "/search?q=legion", "/search?q=hoaxes")
    yield from (f"/reports/{document.id}", f"/reports/{told[5][0].id}", *(f"/claims/{each.id}" for each in claims))
    board = client.get("/board.json").json()
    yield from (row["page"] for row in board["rows"] if row["page"])


def test_hostile_reports_are_inert_on_every_page(client, told):
    seen = 0
    for address in hostile_addresses(client, told):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert list(alive(answer.text)) == [], address
        assert not re.search("[\x00\x07\x1b\u202e\u2066]", answer.text), address
        assert "attacked 49" not in answer.text, address
        seen += "&lt;script&gt;" in answer.text
    assert seen >= 6


def test_what_is_alive_is_seen():
    page = '<p><b>x</b><a href="javascript:x">y</a><script>z</script><svg onload="w"></svg></p>'
    assert list(alive(page)) == ["b", "href=javascript:x", "script", "onload"]


def test_a_megabyte_of_one_word_stays_out_of_every_page_but_its_report(client, told):
    document = told[4][0]
    assert LONG in client.get(f"/reports/{document.id}").text
    for address in ("/", "/network", "/search?q=wwww", "/board.json"):
        assert len(client.get(address).content) < 400_000, address


@pytest.mark.parametrize("address", ["/", "/board.json", "/static/holdfire.css", "/nothing", "/board?valid_on=x"])
def test_every_answer_carries_the_strict_policy(client, address):
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["/", "/board", "/claims/0123", "/board.json"])
def test_no_address_takes_anything_but_reading(client, method, address):
    assert getattr(client, method)(address).status_code == 405


def test_a_name_that_is_not_this_machine_is_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_pages_hold_no_inline_script_or_style(client, told):
    for address in ("/", "/map", "/network", f"/reports/{told[0][0].id}", "/actors/council"):
        page = client.get(address).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=", page), address
        assert not re.search(r'(?:src|href)="(?:https?:)?//(?!courier|wire|front)', page), address


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://courier.example/1", True),
        ("http://courier.example/ü?a=1&b=2", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)//https://x.example", False),
        ("data:text/html,x", False),
        ("//courier.example/1", False),
        ("https:///nohost", False),
        ("https://courier.example/\u202etxt", False),
        ("https://[bad", False),
        ("java\nscript:alert(1)", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(address, kept):
    assert (safe_link(address) is not None) == kept


def test_controls_are_written_out():
    assert visible("a\u202eb\x00c\nd\u200f") == "a⟦U+202E⟧b⟦U+0000⟧c\nd\u200f"


def test_vendored_files_are_those_of_the_manifest():
    folder = STATIC / "vendor"
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))
    for each in listed:
        assert hashlib.sha256((folder / each["file"]).read_bytes()).hexdigest() == each["sha256"], each["file"]
        assert (folder / each["licence_file"]).read_text("utf-8").strip()
        assert re.fullmatch(r"\d+\.\d+\.\d+", each["version"])
        assert each["licence"] in ("ISC", "MIT", "0BSD", "BSD-3-Clause")
    known = {each["file"] for each in listed} | {each["licence_file"] for each in listed} | {"manifest.json"}
    assert {each.name for each in folder.iterdir()} == known


def test_pages_weigh_less_than_900_kb_without_the_map(client):
    def weight(address):
        page = client.get(address).text
        parts = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
        return len(page.encode()) + sum(len(client.get(each).content) for each in parts)

    for address in ("/", "/network", "/quiet", "/actors/council", "/search?q=port", "/sources", "/about"):
        assert weight(address) < 900_000, (address, weight(address))
