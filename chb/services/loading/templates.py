"""Empty, commented CSV files for data that has no public format."""

from __future__ import annotations

from typing import Final

from chb.sources.templates import TEMPLATES, template_csv

TEMPLATE_KINDS: Final = tuple(TEMPLATES)


def template(kind: str) -> str:
    """The template's text; Refusal for a kind there is none for."""
    return template_csv(kind)
