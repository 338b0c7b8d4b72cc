"""Home: what changed, what is mine to do, how the places stand, how fresh the data are."""

from __future__ import annotations

from chb.ui.parts.page_head import page_head


def show() -> None:
    """The page."""
    page_head("Home")
