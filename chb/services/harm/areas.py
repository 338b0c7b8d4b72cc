"""Study areas: partnerships, districts and wards that were loaded, or a drawn polygon."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from chb.domain.refusal import Refusal
from chb.services.access.rules import open_to_all
from chb.services.harm.composing import members_by_area
from chb.services.loading.limited import read_area
from chb.services.workspace import Workspace
from chb.store.frames import FrameEntry
from chb.store.store import Transaction

AREA_KINDS: Final = ("csp", "district", "ward", "lsoa")
"""In the order in which a bare name is looked up."""
BOUNDARIES: Final = "boundaries"


@dataclass(frozen=True)
class Area:
    """An area one may ask for; the key is stable, the name is for people."""

    key: str
    kind: str
    name: str
    code: str


@open_to_all
def list_areas(
    ws: Workspace, *, kinds: tuple[str, ...] = ("csp", "district", "ward")
) -> tuple[Area, ...]:
    """Every loaded area of the given kinds, by kind and name."""
    with ws.reading() as tx:
        return _areas(tx, kinds)


@open_to_all
def find_area(ws: Workspace, asked: str) -> tuple[Area, BaseGeometry]:
    """The area of a key, name or code, or in a GeoJSON file, with its shape in degrees.

    A bare name means a partnership before a district before a ward; ``ward:Central``
    asks for a kind. Raises Refusal for an unknown or an ambiguous name.
    """
    if _looks_like_file(asked):
        shape = read_area(Path(asked))
        return Area(key=asked, kind="drawn", name=Path(asked).stem, code=""), shape
    with ws.reading() as tx:
        loaded = _areas(tx, AREA_KINDS)
        area = _matching(loaded, asked)
        if area is not None:
            return area, shape_of(tx, area)
        composed = _composed(tx)
        area = _matching(tuple(composed), asked)
        if area is not None:
            return area, composed[area]
        raise _unknown(loaded, asked)


def shape_of(tx: Transaction, area: Area) -> BaseGeometry:
    """The area's shape in degrees WGS84."""
    found: BaseGeometry = shapely.union_all(
        np.asarray(layers(tx, area.kind, code=area.code)["geometry"])
    )
    return found


def layers(tx: Transaction, kind: str, *, code: str = "") -> gpd.GeoDataFrame:
    """Every loaded boundary of one kind, or of one code, each code once, in degrees WGS84."""
    frames = [
        tx.frames.read_geo(entry, where={"code": code} if code else None).assign(
            vintage=str(entry.details.get("vintage", ""))
        )
        for entry in _entries(tx, kind)
    ]
    if not frames:
        return gpd.GeoDataFrame(
            {"code": [], "name": [], "vintage": []}, geometry=[], crs="EPSG:4326"
        )
    joined = pd.concat(frames, ignore_index=True)
    return gpd.GeoDataFrame(joined.drop_duplicates(["code", "vintage"]), crs="EPSG:4326")


def _areas(tx: Transaction, kinds: tuple[str, ...]) -> tuple[Area, ...]:
    return tuple(
        Area(key=f"{kind}:{code}", kind=kind, name=name, code=code)
        for kind in kinds
        for code, name in _codes_and_names(tx, kind)
    )


def _codes_and_names(tx: Transaction, kind: str) -> list[tuple[str, str]]:
    """By name. Shapes are left on the disk: they are nearly all of a national layer."""
    frames = [tx.frames.read(entry, columns=("code", "name")) for entry in _entries(tx, kind)]
    if not frames:
        return []
    layer = pd.concat(frames, ignore_index=True).drop_duplicates("code")
    layer = layer.sort_values(["name", "code"])
    return list(zip(layer["code"], layer["name"], strict=True))


def _entries(tx: Transaction, kind: str) -> list[FrameEntry]:
    return [entry for entry in tx.frames.entries(BOUNDARIES) if entry.details.get("layer") == kind]


def _composed(tx: Transaction) -> dict[Area, BaseGeometry]:
    """Areas that lookups name and all of whose LSOAs are loaded, as the union of these."""
    members = members_by_area(tx)
    lsoas = layers(tx, "lsoa")
    if members.empty or lsoas.empty:
        return {}
    members = members.merge(lsoas, left_on="lsoa_code", right_on="code", how="left")
    areas = {}
    for key, rows in members.groupby(["kind", "code_x", "name_x"]):
        kind, code, name = map(str, cast(tuple[str, str, str], key))
        if rows["geometry"].notna().all():
            area = Area(key=f"{kind}:{code}", kind=kind, name=name, code=code)
            areas[area] = shapely.union_all(np.asarray(rows["geometry"]))
    return areas


def _matching(areas: tuple[Area, ...], asked: str) -> Area | None:
    """The area of that key, code or name; Refusal when the name is not unique in its kind."""
    kind, _, rest = asked.rpartition(":")
    wanted = rest.strip().casefold()
    of_kind = [area for area in areas if not kind or area.kind == kind.strip().casefold()]
    by_code = [area for area in of_kind if area.code.casefold() == wanted]
    found = by_code or [area for area in of_kind if area.name.casefold() == wanted]
    if not found:
        return None
    first_kind = [area for area in found if area.kind == found[0].kind]
    if len(first_kind) > 1:
        raise Refusal(
            f"More than one area is called {rest!r}",
            found=", ".join(area.key for area in first_kind),
            remedy="Ask for one of these keys",
        )
    return first_kind[0]


def _unknown(areas: tuple[Area, ...], asked: str) -> Refusal:
    if not areas:
        return Refusal(
            f"No area is called {asked!r}",
            found="No boundaries are loaded",
            remedy="Import some first: python -m chb import boundaries PATH --kind csp",
        )
    names = {area.name for area in areas if area.kind != "lsoa"}
    near = get_close_matches(asked.rpartition(":")[2], names, n=3, cutoff=0.5)
    return Refusal(
        f"No area is called {asked!r}",
        found=f"The nearest names are {', '.join(near)}"
        if near
        else f"{len(names):,} areas are loaded",
        cause="The boundaries of that area may not be loaded",
        remedy="python -m chb status lists the areas; a GeoJSON file may be named instead",
    )


def _looks_like_file(asked: str) -> bool:
    return asked.lower().endswith((".geojson", ".json")) or Path(asked).is_file()
