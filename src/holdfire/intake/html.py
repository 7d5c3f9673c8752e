"""A web page to the words of its article, and what the page says about itself."""

from __future__ import annotations

import logging
import re
from typing import Any

from holdfire.errors import IntakeError
from holdfire.intake.metadata import Header, parse_published

_HTML_START = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|\?xml|html|head|body|article)\b", re.I | re.S)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.I)
# Fewer words are a caption, a cookie wall or an error page.
MIN_ARTICLE_WORDS = 12
_BLOCKS = "self::p or self::h1 or self::h2 or self::h3 or self::li or self::blockquote or self::pre"


def is_html(text: str) -> bool:
    """True where the text opens like a page."""
    return bool(_HTML_START.match(text[:4096]))


def charset_of(raw: bytes) -> str | None:
    """The encoding that a page declares in its head, if any."""
    found = _CHARSET.search(raw[:2048])
    return found.group(1).decode("ascii") if found else None


def read_html(page: str, *, url: str | None = None) -> tuple[str, Header]:
    """The article's text, one line a paragraph, and the page's own header.

    Extraction is trafilatura's; where that finds next to nothing, the paragraphs of the page's <article>, <main> or
    <body> are taken as they stand. Raises IntakeError when neither holds an article.
    """
    found = _extracted(page, url)
    text = (found.text or "") if found is not None else ""
    if _words(text) < MIN_ARTICLE_WORDS:
        text = _paragraphs(page)
    if _words(text) < MIN_ARTICLE_WORDS:
        raise IntakeError(f"holds no article (fewer than {MIN_ARTICLE_WORDS} words of running text).")
    return text, _header(found)


def _extracted(page: str, url: str | None) -> Any:
    from trafilatura import bare_extraction

    # Its warnings about single pages would stand between our own lines; what failed is reported by us.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return bare_extraction(
        page,
        url=url,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


def _paragraphs(page: str) -> str:
    from lxml import etree, html
    from lxml_html_clean import Cleaner

    try:
        tree = html.fromstring(page.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return ""
    # The cleaner takes scripts, styles, comments and forms out; what is left is what a reader sees.
    tree = Cleaner(forms=True, embedded=True, page_structure=False).clean_html(tree)
    for tag in ("article", "main", "body"):
        for root in tree.iter(tag):
            blocks = [" ".join(each.text_content().split()) for each in root.xpath(f".//*[{_BLOCKS}]")]
            text = "\n".join(block for block in blocks if block)
            if _words(text) >= MIN_ARTICLE_WORDS:
                return text
    return ""


def _header(found: Any) -> Header:
    if found is None:
        return Header()
    published = None
    if found.date:
        try:
            published = parse_published(found.date)
        except ValueError:
            published = None
    return Header(
        url=found.url or None,
        outlet=found.sitename or None,
        title=found.title or None,
        byline=found.author or None,
        published=published,
    )


def _words(text: str) -> int:
    return len(text.split())
