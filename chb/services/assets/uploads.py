"""Lists of assets that come over the screen."""

from __future__ import annotations

from typing import Final

from chb.sources.files import InputFile, Sources

LIST_ENDINGS: Final = ("csv", "xlsx", "geojson", "json", "zip")
"""Of files that may be a list of assets: a table, OpenStreetMap, or Open Referral UK."""
_TABLE_ENDINGS: Final = (".csv", ".xlsx")


def uploaded(name: str, data: bytes) -> Sources:
    """A file that was given to the page, as a source; Refusal when it is empty."""
    return InputFile.of(name, data)


def has_headings(name: str) -> bool:
    """Whether a file of that name is a table, of which somebody may say what its columns are."""
    return name.casefold().endswith(_TABLE_ENDINGS)
