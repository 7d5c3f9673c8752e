"""Reasons that stand beside the claim."""

from __future__ import annotations

from collections.abc import Iterator

from holdfire.extraction.reason_anchors import Found, Setting


def find_across(setting: Setting) -> Iterator[Found]:
    return iter(())
