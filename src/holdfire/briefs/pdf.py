"""A brief as PDF: the HTML page, set by WeasyPrint, which is given no way to fetch anything."""

from __future__ import annotations

import hashlib
from typing import Any

from holdfire.errors import HoldfireError


def as_pdf(page: str) -> bytes:
    """The page as PDF; the same page makes the same bytes, since no date is written and the id is the page's hash.

    Raises HoldfireError where WeasyPrint, or the system's Pango that it needs, is missing.
    """
    weasyprint = _weasyprint()
    identifier = hashlib.sha256(page.encode()).digest()[:16]
    made = weasyprint.HTML(string=page, url_fetcher=_only_inside(weasyprint)).write_pdf(pdf_identifier=identifier)
    return bytes(made)


def _weasyprint() -> Any:
    try:
        import weasyprint
    except ImportError as why:
        raise HoldfireError(
            "Writing a PDF: WeasyPrint is not installed. Install it with: pip install 'holdfire[pdf]'; "
            "or write HTML and print it from a browser."
        ) from why
    except OSError as why:
        raise HoldfireError(
            "Writing a PDF: WeasyPrint does not find the system's Pango. On Debian: apt-get install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0; on macOS: brew install pango; or write HTML and print it from a "
            "browser."
        ) from why
    return weasyprint


def _only_inside(weasyprint: Any) -> Any:
    """A fetcher that opens what the page holds itself and nothing else."""
    return weasyprint.URLFetcher(allowed_protocols=("data",))
