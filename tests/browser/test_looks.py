"""Every page at three widths and in both themes: nothing sticks out, nothing needs a mouse or an eye for colour."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import AXE, NARROW, WIDE, ZOOMED, every_page

SIZES = {"375 px": NARROW, "1280 px": WIDE, "200% zoom": ZOOMED}


@pytest.mark.parametrize("size", SIZES)
def test_no_page_is_wider_than_its_window(open_page, site, size):
    page = open_page("/about", viewport=SIZES[size])
    wide = {}
    document, claims = site.told[4]
    for address in [*every_page(site.told), f"/reports/{document.id}", f"/claims/{claims[2].id}"]:
        page.goto(address)
        drawn(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > SIZES[size]["width"]:
            wide[address] = width
    assert wide == {}


@pytest.mark.parametrize(("size", "theme"), [("375 px", "dark"), ("1280 px", "light"), ("1280 px", "dark")])
def test_no_serious_barrier_on_any_page(open_page, site, theme, size):
    # The policy keeps axe out as it would any script that is not ours.
    page = open_page("/about", viewport=SIZES[size], color_scheme=theme, bypass_csp=True)
    found = []
    for address in every_page(site.told):
        page.goto(address)
        drawn(page)
        found += [(address, *fault) for fault in barriers(page)]
    assert found == []


def test_an_error_page_has_no_barrier_either(open_page, watch):
    page = open_page("/nothing", bypass_csp=True)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing here")
    assert barriers(page) == []
    # That there is no such page is also told on the console.
    assert ["404" in fault for fault in watch.faults] == [True]
    watch.faults.clear()


def drawn(page):
    """Wait until the page's drawing stands, where it has one."""
    if page.locator("[data-source]").count():
        expect(page.locator("[data-source]")).to_be_visible()


def barriers(page):
    """What axe calls serious or critical, with everything unfolded: rule, how often, where, why."""
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    page.evaluate(AXE.read_text("utf-8"))
    return [
        (fault["id"], len(fault["nodes"]), fault["nodes"][0]["html"][:160], fault["nodes"][0]["failureSummary"][:200])
        for fault in page.evaluate("axe.run().then((found) => found.violations)")
        if fault["impact"] in ("serious", "critical")
    ]


def test_themes_follow_the_reader(open_page):
    colours = {
        theme: open_page("/", color_scheme=theme).evaluate("getComputedStyle(document.body).backgroundColor")
        for theme in ("light", "dark")
    }
    assert colours["light"] != colours["dark"]
    marks = {
        theme: open_page("/", color_scheme=theme).evaluate(
            "getComputedStyle(document.querySelector('.c-attacking')).getPropertyValue('--c')"
        )
        for theme in ("light", "dark")
    }
    assert marks == {"light": "#a63603", "dark": "#fd8d3c"}


def test_everything_on_the_way_to_the_sentence_is_done_with_keys(open_page):
    page = open_page("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()

    def tab_to(selector):
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} is not reached")

    tab_to("table.board summary")
    page.keyboard.press("Enter")
    tab_to("blockquote a")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    expect(page.locator(":target + a.ev")).to_be_visible()
    tab_to(".note a")


def test_no_mark_stands_without_its_word(open_page, site):
    page = open_page("/")
    for address in ("/", "/actors/council", "/network", f"/reports/{site.told[0][0].id}"):
        page.goto(address)
        bare = page.evaluate(
            "[...document.querySelectorAll('svg.mark')].filter((mark) => !mark.parentElement.textContent.trim()).length"
        )
        assert bare == 0, address
        assert page.locator("svg.mark").count() > 0
