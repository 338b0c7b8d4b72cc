"""Values of JSON nobody has checked: each is taken for what it should be, or for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chb.sources.text import clean_text


def text_of(values: Mapping[str, Any], name: str) -> str:
    """A text or number as clean text; empty for anything else."""
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return clean_text(f"{value:.10g}" if isinstance(value, float) else str(value))


def part_of(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    """An object; an empty one for anything else."""
    value = values.get(name)
    return value if isinstance(value, dict) else {}


def parts_of(values: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects of a list; none for anything else."""
    value = values.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
