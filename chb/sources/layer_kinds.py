"""Which areas a boundary file holds, told by the names of its code columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from chb.domain.refusal import Refusal

LayerKind = Literal["lsoa", "district", "csp", "ward"]
LAYER_KINDS: Final[tuple[LayerKind, ...]] = get_args(LayerKind)

_WORDS: Final = {  # finest first: a file of wards may carry its districts' codes, not the reverse
    "oa": ("oa",),
    "lsoa": ("lsoa",),
    "msoa": ("msoa",),
    "ward": ("wd", "ward"),
    "district": ("lad", "ltla", "district"),
    "csp": ("csp",),
    "county": ("cty", "utla", "ctyua"),
    "pfa": ("pfa",),
    "region": ("rgn", "region", "ctry"),
}
_TITLES: Final = {
    "oa": "output areas",
    "lsoa": "LSOAs",
    "msoa": "MSOAs",
    "ward": "wards",
    "district": "districts",
    "csp": "Community Safety Partnerships",
    "county": "counties",
    "pfa": "police force areas",
    "region": "regions",
}
_HEADER: Final = re.compile(r"([a-z]+?) ?(?:20)?(\d\d)? ?(cd|code|nm|name)")


@dataclass(frozen=True)
class LayerColumns:
    """The columns of code and name, and the year their names give."""

    code: str
    name: str
    vintage: str


@dataclass(frozen=True)
class _Header:
    text: str
    kind: str
    year: str
    is_code: bool


def layer_columns(headers: Iterable[str], wanted: LayerKind, source: str) -> LayerColumns:
    """The code and name columns of the wanted kind; Refusal saying what the areas are."""
    found = [header for text in headers if (header := _read(text))]
    codes = [header for header in found if header.is_code]
    kinds = [kind for kind in _WORDS if any(header.kind == kind for header in codes)]
    if not kinds or kinds[0] != wanted:
        raise _other_areas(kinds, codes, wanted, source)
    code = max((header for header in codes if header.kind == wanted), key=lambda each: each.year)
    names = [
        header.text
        for header in found
        if not header.is_code and (header.kind, header.year) == (code.kind, code.year)
    ]
    vintage = f"20{code.year}" if code.year else ""
    return LayerColumns(code.text, names[0] if names else code.text, vintage)


def _read(text: str) -> _Header | None:
    match = _HEADER.fullmatch(text.strip().casefold().replace("_", " "))
    if match is None:
        return None
    for kind, words in _WORDS.items():
        if match[1] in words:
            return _Header(text, kind, match[2] or "", match[3].startswith("c"))
    return None


def _other_areas(kinds: list[str], codes: list[_Header], wanted: LayerKind, source: str) -> Refusal:
    if not kinds:
        return Refusal(
            f"{source} has no column of area codes",
            remedy="Use the publisher's own file, with columns such as LSOA21CD or LAD24CD",
        )
    column = next(header.text for header in codes if header.kind == kinds[0])
    known = kinds[0] in LAYER_KINDS
    return Refusal(
        f"The areas of {source} are {_TITLES[kinds[0]]} ({column}),"
        f" and {_TITLES[wanted]} were asked for",
        cause="The kind was mistyped, or this is another file",
        remedy=f"Import it as {kinds[0]}, or give the right file"
        if known
        else "Give the right file",
    )
