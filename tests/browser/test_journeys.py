"""What a reader does, from the board to the sentence, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@SCRIPTS
def test_find_who_holds_fire_open_the_sentence_see_its_report(open_page, scripts):
    page = open_page("/", java_script_enabled=scripts)
    page.get_by_label("Deed or word").select_option("holding fire")
    if not scripts:
        page.get_by_role("button", name="Show").click()
    row = page.locator("table.board tbody tr")
    expect(row).to_have_count(2)
    council = page.get_by_role("row").filter(has=page.get_by_role("link", name="Hill Council"))
    council.locator("summary").first.click()
    sentence = council.locator("blockquote a").first
    expect(sentence).to_be_visible()
    words = sentence.inner_text().strip("“” ")
    sentence.click()
    expect(page).to_have_url(re.compile(r"/reports/[0-9a-f]+.*#e-"))
    target = page.locator(":target + a.ev")
    expect(target).to_have_text(words)
    expect(target).to_be_in_viewport()
    # Back from the sentence to its claim in the margin.
    target.click()
    expect(page.locator(".note:target")).to_contain_text("Hill Council")


@SCRIPTS
def test_change_the_date(open_page, scripts):
    page = open_page("/", java_script_enabled=scripts)
    page.get_by_label("Valid on").fill("2031-02-25")
    if scripts:
        page.get_by_label("Valid on").dispatch_event("change")
    else:
        page.get_by_role("button", name="Show").click()
    expect(page.locator("#results .state").first).to_contain_text("25 February 2031")
    expect(page).to_have_url(re.compile("valid_on=2031-02-25"))
    # The address says it all: whoever is given it sees the same.
    rows = page.locator("table.board tbody").inner_text()
    page.goto(page.url)
    assert page.locator("table.board tbody").inner_text() == rows


def test_slide_the_day(open_page):
    page = open_page("/")
    slider = page.get_by_label("Move the day")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("Valid on")).to_have_value("2031-02-27")
    expect(page.locator("#results .state").first).to_contain_text("27 February 2031")
    expect(page).to_have_url(re.compile(r"\?valid_on=2031-02-27$"))
    page.go_back()
    expect(page.locator("#results .state").first).to_contain_text("28 February 2031")


def test_compare_two_days(open_page):
    page = open_page("/")
    page.get_by_label("Compare with").fill("2031-02-24")
    page.get_by_label("Compare with").dispatch_event("change")
    expect(page.locator("#results .state").first).to_contain_text("compared with 24 February 2031")
    expect(page.locator("tr.differs").first).to_be_visible()
    expect(page.locator(".then").first).to_contain_text("24 Feb 2031:")


@SCRIPTS
def test_filter_by_name(open_page, scripts):
    page = open_page("/", java_script_enabled=scripts)
    page.get_by_label("Actor").fill("hill")
    page.get_by_label("Actor").press("Enter")
    expect(page.locator("table.board tbody tr")).to_have_count(1)
    expect(page.locator("table.board tbody")).to_contain_text("Hill Council")


@SCRIPTS
def test_search_and_follow(open_page, scripts):
    page = open_page("/", java_script_enabled=scripts)
    page.get_by_label("Search reports and sentences").fill("actor:council conduct:holding-fire")
    page.get_by_label("Search reports and sentences").press("Enter")
    expect(page.locator("main .quote")).to_have_count(3)
    page.locator("main .quote figcaption a", has_text="claim").first.click()
    expect(page.get_by_role("heading", name="Who says so")).to_be_visible()
    page.get_by_role("link", name="Open the report at this sentence").click()
    expect(page.locator(":target + a.ev")).to_be_visible()


@SCRIPTS
def test_follow_the_timeline_of_an_actor(open_page, scripts):
    page = open_page("/", java_script_enabled=scripts)
    page.get_by_role("link", name="Hill Council", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hill Council")
    page.locator("svg.lanes a:not([tabindex])").first.click()
    expect(page.locator(":target + a.ev")).to_be_visible()


@SCRIPTS
def test_versions_of_a_report(open_page, site, scripts):
    page = open_page(f"/reports/{site.told[1][0].id}", java_script_enabled=scripts)
    page.get_by_role("link", name="what differs").click()
    expect(page.locator("ins").first).to_have_text("three")


def test_print_has_every_sentence_and_no_controls(open_page):
    page = open_page("/")
    page.emulate_media(media="print")
    expect(page.locator("table.board blockquote").first).to_be_visible()
    expect(page.locator("form.asof")).to_be_hidden()
    expect(page.locator("header nav")).to_be_hidden()
    assert page.pdf()[:5] == b"%PDF-"


def test_network_is_drawn_and_leads_on(open_page):
    page = open_page("/network")
    expect(page.locator("#network canvas").first).to_be_visible()
    expect(page.locator("table.list")).to_contain_text("Hill Council")


def test_map_draws_areas_and_notes_disputed_borders(open_page):
    page = open_page("/map")
    expect(page.locator("#map circle.area").first).to_be_visible()
    assert page.locator("#map circle.area.wide").count() == 1
    assert page.locator("#map path.whole").count() == 2
    expect(page.locator("#map path.disputed").first).to_be_attached()
    expect(page.locator("#borders li").first).to_be_visible()


def test_hostile_reports_stay_inert(open_page, site):
    document, claims = site.told[4]
    page = open_page(f"/reports/{document.id}")
    for address in (f"/claims/{claims[0].id}", "/search?q=legion", "/search?q=hoaxes", "/", "/network", "/map"):
        assert page.evaluate("window.hacked") is None
        page.goto(address)
    page.locator("main").click(position={"x": 5, "y": 5})
    assert page.evaluate("window.hacked") is None
    assert not page.locator('a[href^="javascript:"], a[href^="data:"]').count()


def test_silence_is_charted_and_told_apart_from_restraint(open_page):
    page = open_page("/quiet")
    page.get_by_role("link", name="River Guard").click()
    expect(page.locator("#silence .verdict")).to_have_text("quiet beyond chance")
    expect(page.locator("#silence-chart svg").first).to_be_visible()
    page.get_by_text("The last year, week by week").click()
    expect(page.locator("#silence table tbody tr").first).to_contain_text("0")
