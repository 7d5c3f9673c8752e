"""A real server on a real ledger, and Debian's Chromium; both are started once for all tests here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.web.newsroom import Reading, fill, hostile

AXE = Path(__file__).parent / "vendor" / "axe.js"
NARROW, WIDE = {"width": 375, "height": 812}, {"width": 1280, "height": 900}
# A window of 1280 px at twice the size has room for 640.
ZOOMED = {"width": 640, "height": 450}


@dataclass
class Site:
    """Where the pages are, and what the ledger was given."""

    address: str
    told: list[Reading]


@dataclass
class Watch:
    """What went wrong in a browser while somebody read: errors, and requests to anywhere but the server."""

    site: Site
    faults: list[str] = field(default_factory=list)

    def on(self, page: Page) -> Page:
        """Watch a page."""
        page.on("console", lambda said: said.type == "error" and self.faults.append(f"console: {said.text}"))
        page.on("pageerror", lambda why: self.faults.append(f"error: {why}"))
        page.on("dialog", lambda dialog: self.faults.append(f"dialog: {dialog.message}"))
        page.on("request", self._asked)
        return page

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self.site.address):
            self.faults.append(f"request: {request.url}")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`holdfire serve` on the newsroom's ledger, on a free port."""
    path = tmp_path_factory.mktemp("browser") / "news.db"
    told = fill(path, hostile())
    command = [sys.executable, "-m", "holdfire.cli.main", "serve", "--ledger", str(path), "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        try:
            yield Site(address=line.split(" is shown at ")[1].split(" on this machine")[0], told=told)
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def watch(site: Site) -> Iterator[Watch]:
    """Fails the test where the browser met an error, or asked anybody but the server for anything."""
    watching = Watch(site)
    yield watching
    assert watching.faults == []


@pytest.fixture
def open_page(browser: Browser, site: Site, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Opens addresses of the site, each in a browser context of its own with the options given."""
    contexts = []

    def opened(address: str = "/", **options: object) -> Page:
        context = browser.new_context(base_url=site.address, **{"viewport": WIDE, **options})  # type: ignore[arg-type]
        context.set_default_timeout(8000)
        contexts.append(context)
        page = watch.on(context.new_page())
        page.goto(address)
        return page

    yield opened
    for each in contexts:
        each.close()


def every_page(told: list[Reading]) -> list[str]:
    """An address of every kind of page, errors among them left out."""
    document, claims = told[0]
    return [
        "/", "/board?compare=2031-02-25", "/actors/council", "/actors/river%20guard", f"/reports/{document.id}",
        f"/reports/{told[1][0].id}", f"/claims/{claims[0].id}", f"/claims/{claims[1].id}", "/network", "/map", "/quiet",
        "/sources", "/search", "/search?q=shelled", "/about",
    ]  # fmt: skip
