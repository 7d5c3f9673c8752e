"""Pages and their JSON twins: what a reader finds on each, over a real ledger."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date

import pytest
from starlette.testclient import TestClient

from holdfire.ledger.append import append_batch, begin_run
from holdfire.ledger.connect import open_ledger
from holdfire.web.app import create_app
from holdfire.web.room import Shelf
from tests.web.newsroom import START, claim, report

ADDRESSES = ("/board", "/network", "/map", "/quiet", "/sources", "/search?q=port", "/about")


def words(answer):
    """The page as it reads: without tags, white space joined."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


@pytest.mark.parametrize("address", [*ADDRESSES, "/"])
def test_every_page_answers_and_says_where_its_json_stands(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    twin = html.unescape(re.search(r'rel="alternate" type="application/json" href="([^"]+)"', answer.text)[1])
    assert client.get(twin).headers["content-type"] == "application/json"


def test_board_shows_who_holds_fire_with_its_sentence_and_the_way_to_the_report(client, told):
    board = client.get("/board.json").json()
    rows = {row["name"]: row for row in board["rows"]}
    council = rows["Hill Council"]
    assert council["deed"]["conduct"] == "holding fire"
    assert council["word"]["conduct"] in ("threatening", "backing")
    page = client.get("/board")
    best = council["deed"]["best"]
    assert f"/reports/{best['report']}#e-{best['claim']}" in page.text
    assert html.escape(best["sentence"], quote=False) in page.text


def test_rumour_and_denial_stand_beside_the_board(client):
    rows = client.get("/board.json").json()["rows"]
    doubts = {(row["name"], each["label"]) for row in rows for each in row["doubts"]}
    assert ("Valley Front", "denied") in doubts
    assert any(label == "unconfirmed" for _, label in doubts)


def test_an_earlier_day_knows_less(client):
    now, then = (client.get(f"/board.json{query}").json() for query in ("", "?valid_on=2031-02-25"))
    assert then["claims"] < now["claims"]
    assert client.get("/board.json?known_by=2031-03-02T09:30Z").json()["reports"] == 1


def test_filters_leave_rows_that_fit(client):
    rows = client.get("/board.json?conduct=holding+fire").json()["rows"]
    assert rows
    assert all("holding fire" in (row["deed"] or {}).get("conduct", "") for row in rows)
    assert [row["name"] for row in client.get("/board.json?actor=hill").json()["rows"]] == ["Hill Council"]
    assert "No actor fits" in words(client.get("/board?actor=nobody+at+all"))


def test_a_conflict_that_the_claims_show_can_be_chosen(room, client, tmp_path):
    document = report("Iran struck Israel. Israel struck Iran. Iran struck Israel again.", "https://a.example/1", "A",
                      date(2031, 1, 2))  # fmt: skip
    made = [claim(document, words, who, "ASSAULT", "attacking", recipient=whom) for words, who, whom in (
        ("Iran struck Israel.", "Iran", "Israel"), ("Israel struck Iran.", "Israel", "Iran"),
        ("Iran struck Israel again", "Iran", "Israel"),
    )]  # fmt: skip
    ids = {"Iran": "irn", "Israel": "isr"}
    known = [replace(each, actor=tuple(replace(one, id=ids[one.text]) for one in each.actor),
                     recipient=tuple(replace(one, id=ids[one.text]) for one in each.recipient))
             for each in made]  # fmt: skip
    with open_ledger(tmp_path / "war.db") as ledger:
        run = begin_run(ledger, command="read", rulebook_hash="rules", version="0", now=START)
        append_batch(ledger, run, [(document, tuple(known))], now=START)
        war = TestClient(create_app(replace(room, ledger=ledger, pages=Shelf(), conclusions=Shelf())),
                         base_url="http://127.0.0.1")  # fmt: skip
        choices = [each["id"] for each in war.get("/board.json").json()["conflicts"]]
        assert "irn-isr" in choices
        assert war.get("/board.json?conflict=irn-isr").json()["conflict"] == "Iran – Israel"


def test_two_dates_are_compared(client):
    board = client.get("/board.json?valid_on=2031-03-01&compare=2031-02-25").json()
    front = next(row for row in board["rows"] if row["name"] == "Hill Council")
    assert board["compared_with"] == "2031-02-25"
    assert front["earlier_deed"] == "holding fire"
    assert "compared with 25 February 2031" in words(client.get("/board?compare=2031-02-25"))


def test_report_marks_evidence_sources_and_boilerplate(client, told):
    document, claims = told[0]
    page = client.get(f"/reports/{document.id}")
    assert 'class="ev c-attacking' in page.text
    assert 'class="source"' in page.text
    assert "Not read as reporting: appeal for donations" in words(page)
    for each in claims:
        assert f'id="e-{each.id}"' in page.text
        assert f'id="c-{each.id}"' in page.text
    blocks = client.get(f"/reports/{document.id}.json").json()["blocks"]
    text = "\n".join("".join(piece["text"] for piece in block["pieces"]) for block in blocks)
    assert text == document.text


def test_versions_of_a_report_are_listed_and_compared(client, told):
    old = told[1][0]
    page = client.get(f"/reports/{old.id}")
    assert "A later version replaced this one" in words(page)
    newer = next(each["report"] for each in client.get(f"/reports/{old.id}.json").json()["versions"]
                 if each["report"] != old.id)  # fmt: skip
    difference = client.get(f"/reports/{old.id}/diff/{newer}")
    assert "<ins>three</ins>" in difference.text
    assert client.get(f"/reports/{old.id}/diff/{told[0][0].id}").status_code == 404


def test_what_was_taken_down_is_gone_and_says_so(client, ledger):
    with ledger.reading() as connection:
        gone = connection.exec_driver_sql("select id from documents where text is null").scalar()
    answer = client.get(f"/reports/{gone}")
    assert answer.status_code == 410
    assert "taken down" in words(answer)


def test_claim_tells_facets_chain_support_and_history(client, told):
    attack = told[0][1][0]
    page = client.get(f"/claims/{attack.id}.json").json()
    assert [each["name"] for each in page["chain"]] == ["Amar Courier", "the harbour master"]
    assert page["evidence"] == attack.evidence.text
    assert page["before"] + page["evidence"] + page["after"] in told[0][0].text
    assert [each["certainty"] for each in page["support"]["against"]] == ["denied"]
    assert page["rules"][0]["why"]
    assert "recorded (new report)" in page["history"][0]["words"]
    threat = client.get(f"/claims/{told[0][1][3].id}")
    assert "if the port fell" in words(threat)
    assert "accept, as editor: heard it myself" in words(threat)


def test_claim_of_an_older_version_says_that_it_was_replaced(client, told):
    assert "This claim stood until" in words(client.get(f"/claims/{told[1][1][0].id}"))


def test_actor_page_tells_posture_timeline_reasons_and_others(client, told):
    page = client.get("/actors/council.json").json()
    assert page["name"] == "Hill Council"
    assert {each["cell"]["conduct"] for each in page["findings"]} >= {"holding fire", "backing"}
    assert page["reasons"][0]["text"] == "it fears a blockade"
    assert {bar["family"] for bar in page["timeline"]["bars"]} == {"deed", "word"}
    assert client.get("/actors/Hill%20Council").status_code == 200
    assert client.get("/actors/front.json").json()["about"]
    assert client.get("/actors/nobody").status_code == 404


def test_an_actor_without_a_record_says_so(client):
    assert "No match in the knowledge base" in words(client.get("/actors/council"))


def test_map_draws_areas_as_wide_as_the_place_is_known(client):
    page = client.get("/map.json").json()
    spots = {each["name"]: each for each in page["spots"]}
    assert spots["Port Amar"]["radius_km"] < spots["Stony Ford"]["radius_km"]
    assert all(each["radius_km"] is None for each in page["countries"])


def test_network_ties_lead_to_a_sentence(client):
    page = client.get("/network.json").json()
    tie = next(each for each in page["ties"] if (each["actor"], each["relation"]) == ("council", "backs"))
    assert tie["recipient"] == "front"
    assert tie["best"]["sentence"]
    assert {each["relation"] for each in client.get("/network.json?relation=backs").json()["ties"]} == {"backs"}


def test_sources_are_counted_graded_and_dated(client):
    lines = {each["outlet"]: each for each in client.get("/sources.json").json()["outlets"]}
    assert lines["Two Rivers Wire"]["grade"] == "B"
    assert lines["Amar Courier"]["grade"] == "F"
    assert lines["Amar Courier"]["days_behind"] == 4
    assert "Gone Times" not in lines


@pytest.mark.parametrize(
    ("asked", "sentences"),
    [
        ("shelled", 3),
        ('"not fired a shot"', 1),
        ("actor:council conduct:holding-fire", 3),
        ('actor:"Hill Council" conduct:"holding fire" before:2031-02-26', 1),
        ("source:harbour", 1),
        ("outlet:wire after:2031-03-01", 2),
        ("actor:front amar", 3),
        ("zebra", 0),
    ],
)
def test_search_finds_by_words_and_fields(client, asked, sentences):
    found = client.get("/search.json", params={"q": asked}).json()
    assert len(found["claims"]) == sentences, [each["sentence"] for each in found["claims"]]


def test_search_finds_reports_by_their_words(client, told):
    found = client.get("/search.json", params={"q": "donation"}).json()
    assert [each["report"] for each in found["reports"]] == [told[0][0].id]
    assert any(bit["is_found"] for bit in found["reports"][0]["excerpt"])


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/board?valid_on=yesterday", 400, "yesterday"),
        ("/board?valid_on=9999-12-31", 400, "outside"),
        ("/board?known_by=soon", 400, "soon"),
        ("/board?conflict=nowhere", 400, "nowhere"),
        ("/board?page=0", 400, "page"),
        ("/search?q=conduct:dancing", 400, "dancing"),
        ("/search?q=before:never", 400, "never"),
        ("/reports/ffff", 404, "no report"),
        ("/claims/ffff", 404, "no claim"),
        ("/nothing/here", 404, "no such page"),
    ],
)
def test_what_cannot_be_shown_is_said_in_words(client, address, status, said):
    answer = client.get(address)
    assert answer.status_code == status
    assert said in words(answer)
    page, _, query = address.partition("?")
    if page != "/nothing/here":
        twin = client.get(f"{page}.json?{query}")
        assert twin.status_code == status
        assert said in twin.json()["error"]


def test_empty_fields_of_a_form_ask_for_nothing(client):
    query = "?valid_on=&known_by=&conflict=&compare=&actor=&conduct=&kind="
    assert client.get(f"/board.json{query}").json()["rows"] == client.get("/board.json").json()["rows"]


def test_who_has_gone_quiet_is_told_apart_from_who_holds_fire(client):
    page = client.get("/quiet.json").json()
    found = {line["name"]: group["verdict"] for group in page["groups"] for line in group["lines"]}
    assert found["River Guard"] == "quiet beyond chance"
    assert found["Coast Militia"] == "as usual"
    assert "Hill Council" not in found
    line = next(line for group in page["groups"] for line in group["lines"] if line["name"] == "River Guard")
    assert line["since"] > "2030-12-01"
    assert line["seen"] < line["expected"]
    assert "none of them is holding fire" in words(client.get("/quiet"))


def test_silence_stands_on_the_actor_page_with_its_weeks_and_on_the_board(client):
    silence = client.get("/actors/river%20guard.json").json()["silence"]
    assert silence["verdict"] == "quiet beyond chance"
    assert len(silence["weeks"]) > 50
    assert [each["acts"] for each in silence["weeks"][-8:]] == [0] * 8
    rows = {row["name"]: row for row in client.get("/board.json").json()["rows"]}
    assert rows["Coast Militia"]["silence"] == "as usual"
    assert rows["Hill Council"]["silence"] is None
    assert client.get("/actors/council.json").json()["silence"]["verdict"] == "cannot tell"


def test_an_earlier_day_knows_nothing_of_the_silence(client):
    page = client.get("/quiet.json?valid_on=2030-11-01").json()
    found = {line["name"]: group["verdict"] for group in page["groups"] for line in group["lines"]}
    assert found["River Guard"] == "as usual"
    assert client.get("/quiet.json?own=dances").status_code == 400
