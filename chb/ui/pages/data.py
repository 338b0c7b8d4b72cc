"""Data: what is loaded, how good it is, and bringing in more."""

from __future__ import annotations

from chb.ui.parts.page_head import page_head


def show() -> None:
    """The page."""
    page_head("Data")
