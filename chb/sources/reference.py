"""The reference tables that ship with the product: harm schemes and asset kinds."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import Final

from chb.domain.assets.register import AssetKind
from chb.domain.figures import FigureMeaning
from chb.domain.harm import CrimeCategory, HarmScheme, HarmWeight
from chb.domain.refusal import Refusal
from chb.sources.columns import normal

_SCHEME_COLUMNS: Final = (
    *("category", "weight", "lowest", "highest", "unit", "scheme"),
    *("title", "edition", "source", "licence", "caveat", "note"),
)
REFERENCE_FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "reference"


@cache
def harm_schemes(folder: Path = REFERENCE_FOLDER) -> dict[str, HarmScheme]:
    """Every scheme by its key, the file's name; Refusal for a table that is not whole."""
    files = sorted((folder / "harm_schemes").glob("*.csv"), key=lambda file: file.stem)
    return {file.stem: _scheme(file) for file in files}


@cache
def figure_meanings(folder: Path = REFERENCE_FOLDER) -> tuple[FigureMeaning, ...]:
    """What each figure means and how it is computed, in the order of the table."""
    return tuple(FigureMeaning(**row) for row in _rows(folder / "figures.csv"))


@cache
def asset_kinds(folder: Path = REFERENCE_FOLDER) -> tuple[AssetKind, ...]:
    """Every kind of asset, in the table's order."""
    return tuple(
        AssetKind(key=row["key"], label=row["label"], group=row["group"], note=row["note"])
        for row in _rows(folder / "asset_kinds.csv")
    )


@cache
def osm_tags(folder: Path = REFERENCE_FOLDER) -> dict[str, str]:
    """OpenStreetMap tag, as ``amenity=library``, to the key of an asset kind."""
    return {
        tag.strip(): row["key"]
        for row in _rows(folder / "asset_kinds.csv")
        for tag in row["osm"].split(";")
        if tag.strip()
    }


@cache
def kind_words(folder: Path = REFERENCE_FOLDER) -> dict[str, str]:
    """What registers call a kind, letters and digits only, to its key; its own names included."""
    return {
        normal(word): row["key"]
        for row in _rows(folder / "asset_kinds.csv")
        for word in (row["key"], row["label"], *row["also_called"].split(";"))
        if normal(word)
    }


def _scheme(file: Path) -> HarmScheme:
    rows = _rows(file)
    fault = _fault(rows, file.stem)
    if fault:
        raise Refusal(
            f"The harm scheme {file.name} is not whole",
            found=fault,
            remedy="Give each of the fourteen categories one row with its weight and source",
        )
    first = rows[0]
    return HarmScheme(
        key=first["scheme"],
        title=first["title"],
        edition=first["edition"],
        source=first["source"],
        licence=first["licence"],
        unit=first["unit"],
        caveat=first["caveat"],
        weights={CrimeCategory(row["category"]): _weight(row) for row in rows},
    )


def _fault(rows: list[dict[str, str]], key: str) -> str:
    """What keeps the rows from being a scheme, or nothing."""
    absent = [name for name in _SCHEME_COLUMNS if not rows or name not in rows[0]]
    if absent:
        return f"Missing columns: {', '.join(absent)}"
    categories = [row["category"] for row in rows]
    if sorted(categories) != sorted(CrimeCategory):
        odd = set(categories).symmetric_difference(CrimeCategory)
        return f"Missing, unknown or repeated: {', '.join(sorted(odd)) or 'a category twice'}"
    for line, row in enumerate(rows, start=2):
        if row["scheme"] != key or not row["source"] or not row["edition"]:
            return f"Row {line} lacks its source or edition, or belongs to another scheme"
        if not all(_is_weight(row[name]) for name in ("weight", "lowest", "highest")):
            return f"Row {line} has a weight that is not a number of zero or more"
        if not row["weight"]:
            return f"Row {line} has no weight"
    return ""


def _is_weight(text: str) -> bool:
    return re.fullmatch(r"(\d+(\.\d+)?)?", text) is not None


def _weight(row: dict[str, str]) -> HarmWeight:
    return HarmWeight(
        category=CrimeCategory(row["category"]),
        weight=float(row["weight"]),
        lowest=float(row["lowest"]) if row["lowest"] else None,
        highest=float(row["highest"]) if row["highest"] else None,
        note=row["note"],
    )


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
