"""What is raised where a page has nothing to show: an address that leads nowhere, a report that was taken down."""

from __future__ import annotations

from holdfire.errors import HoldfireError


class Missing(HoldfireError):
    """Nothing is there; `status` is 404, or 410 for what was there once."""

    def __init__(self, words: str, *, status: int = 404) -> None:
        super().__init__(words)
        self.status = status
