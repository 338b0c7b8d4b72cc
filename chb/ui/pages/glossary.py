"""Glossary: the words of the work, each with its source."""

from __future__ import annotations

from chb.ui.parts.page_head import page_head


def show() -> None:
    """The page."""
    page_head("Glossary")
