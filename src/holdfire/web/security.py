"""What keeps a hostile report inert: strict headers, links only to the web, control characters made visible."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

# The style that Observable Plot writes into each of its charts; its text is fixed by the version that is kept.
PLOT_STYLE = "sha256-jSYQUrW7J0b3jPqhZP9C2Xh1PyJKHKXd4s0fpGGKrww="

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        f"style-src 'self' '{PLOT_STYLE}'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

# A page is read by whoever sits at this machine; other names for it are an attempt to reach it from a web page.
HOSTS = ["127.0.0.1", "localhost", "[::1]"]

_MOST_CHARS_OF_LINK = 2000
# Controls that are not white space, and the marks that turn the direction of what follows them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def safe_link(address: str | None) -> str | None:
    """The address where it leads to the web (http or https, with a host); None for any other."""
    if not address or len(address) > _MOST_CHARS_OF_LINK or _CONTROLS.search(address):
        return None
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname
    except ValueError:
        return None
    return address.strip() if parts.scheme in ("http", "https") and host else None


def visible(text: str) -> str:
    """The text with its control characters written out, so that none can turn or hide what stands beside it."""
    return _CONTROLS.sub(lambda found: f"⟦U+{ord(found[0]):04X}⟧", text)


def finalized(value: Any) -> Any:
    """What a template prints: text with visible controls, nothing for None; markup of our own stays as it is."""
    if value is None:
        return ""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
