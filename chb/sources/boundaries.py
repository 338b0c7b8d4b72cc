"""Boundaries of statistical and administrative areas, from GeoJSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from chb.domain.refusal import Refusal
from chb.domain.wording import plural
from chb.sources.account import Account
from chb.sources.attributions import BOUNDARIES
from chb.sources.codes import AREA_CODE, LSOA_CODE, code_rows
from chb.sources.coordinates import GREAT_BRITAIN
from chb.sources.files import Sources, combined_sha256, only_file, open_inputs
from chb.sources.geojson import Feature, Layer, read_layer
from chb.sources.layer_kinds import LayerColumns, LayerKind, layer_columns
from chb.sources.naming import together
from chb.sources.polygons import area_km2, polygons_of, repaired
from chb.sources.reading import BOUNDARY_COLUMNS, Reading
from chb.sources.text import clean_text

GREAT_BRITAIN_KM2: Final = 230_000.0
_MOST_REPAIR_NOTES: Final = 10
_NEXT_TO_NONE: Final = 0.01


def read_boundaries(sources: Sources, *, kind: LayerKind) -> Reading[gpd.GeoDataFrame]:
    """Read GeoJSON files as one layer of areas, in degrees WGS84.

    Invalid polygons are repaired and noted with the change of area; anything
    that is no polygon in Great Britain is refused row by row. Raises Refusal
    when the file is damaged, in a wrong CRS, or holds other areas than ``kind``.
    """
    inputs = open_inputs(sources)
    files = list(inputs)
    account = Account("boundaries", together([file.name for file in files]))
    account.note(*inputs.notes)
    layers = [read_layer(file) for file in files]
    columns = _one_vintage(layers, kind)
    frame = pd.concat([_rows(layer, columns, account) for layer in layers])
    layer_frame = _checked(frame, kind, account)
    return Reading(
        kind="boundaries",
        name=f"{kind} {columns.vintage}: {account.source}",
        frame=layer_frame,
        report=account.report(kept=len(layer_frame)),
        sha256=combined_sha256(files),
        attribution=BOUNDARIES,
        details={"layer": kind, "vintage": columns.vintage},
    )


def read_area(sources: Sources) -> BaseGeometry:
    """The union of every polygon in one GeoJSON file, in degrees WGS84: an area somebody drew.

    Raises Refusal when there is none, or it reaches outside Great Britain.
    """
    file = only_file(sources)
    layer = read_layer(file)
    area = shapely.union_all([repaired(each.shape) for each in layer.features if each.shape])
    if area.is_empty:
        raise Refusal(
            f"{file.name} has no polygon in it that can be used",
            found=plural(len(layer.features), "feature"),
            remedy="Draw the area as a polygon and export it as GeoJSON",
        )
    for fault in _misplaced(np.array([area], dtype=object)):
        if fault:
            raise Refusal(fault, found=file.name, remedy="Check the coordinates of the area")
    return area


def _one_vintage(layers: Sequence[Layer], kind: LayerKind) -> LayerColumns:
    """The columns all files share; Refusal when they differ."""
    columns = {
        layer.name: layer_columns(_headers(layer), kind, layer.name)
        for layer in layers
        if layer.features
    }
    if len(set(columns.values())) > 1:
        raise Refusal(
            "The files are of different editions and cannot be one layer",
            found="; ".join(f"{name}: {column.code}" for name, column in list(columns.items())[:4]),
            remedy="Import each edition on its own",
        )
    if not columns:
        raise Refusal(
            f"{together([layer.name for layer in layers])} has no features",
            cause="The layer was probably filtered to nothing",
            remedy="Export it again; nothing was imported",
        )
    return next(iter(columns.values()))


def _headers(layer: Layer) -> tuple[str, ...]:
    """Every property name, in the order they first appear."""
    return tuple(dict.fromkeys(key for each in layer.features for key in each.properties))


def _rows(layer: Layer, columns: LayerColumns, account: Account) -> pd.DataFrame:
    """One row a feature; features without a usable polygon are refused."""
    account.rows_read += len(layer.features)
    account.note(*layer.notes)
    frame = pd.DataFrame(
        {
            "code": [_value(feature, columns.code) for feature in layer.features],
            "name": [_value(feature, columns.name) for feature in layer.features],
            "fault": [feature.fault or _not_polygon(feature) for feature in layer.features],
            "was_open": [feature.was_open for feature in layer.features],
            "file_name": layer.name,
        },
        index=[feature.number for feature in layer.features],
    )
    frame["geometry"] = np.array([feature.shape for feature in layer.features], dtype=object)
    return _without_faults(frame, account)


def _without_faults(frame: pd.DataFrame, account: Account) -> pd.DataFrame:
    for fault in [fault for fault in frame["fault"].unique() if fault]:
        frame = account.without(
            frame,
            frame["fault"] == fault,
            fault,
            show="code",
            remedy="Export the layer again as polygons of Great Britain",
        )
    return frame


def _value(feature: Feature, column: str) -> str:
    value = feature.properties.get(column)
    return clean_text(str(value))[:200] if value is not None else ""


def _not_polygon(feature: Feature) -> str:
    is_area = polygons_of(feature.shape) is not None if feature.shape is not None else True
    return "" if is_area else "The geometry is not a polygon"


def _checked(frame: pd.DataFrame, kind: LayerKind, account: Account) -> gpd.GeoDataFrame:
    pattern = LSOA_CODE if kind == "lsoa" else AREA_CODE
    frame = code_rows(frame, "code", account, pattern=pattern)
    frame = account.without_repeats(frame, "code", "code")
    frame = _repaired(frame, account)
    frame = _without_faults(frame.assign(fault=_misplaced(_shapes(frame))), account)
    rows = frame[list(BOUNDARY_COLUMNS)].reset_index(drop=True)
    return gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")


def _shapes(frame: pd.DataFrame) -> NDArray[np.object_]:
    return np.asarray(frame["geometry"], dtype=object)


def _repaired(frame: pd.DataFrame, account: Account) -> pd.DataFrame:
    """The frame with valid polygons, each repair noted with its change of area."""
    opened = frame.loc[frame["was_open"], "code"]
    if len(opened):
        account.note(
            f"{plural(len(opened), 'polygon')} had an open ring, closed here:"
            f" first {opened.iloc[0]}"
        )
    shapes = np.array([polygons_of(shape) for shape in _shapes(frame)], dtype=object)
    invalid = ~shapely.is_valid(shapes)
    fixed = np.array([repaired(shape) for shape in shapes[invalid]], dtype=object)
    account.note(*_repair_notes(frame.loc[invalid, "code"], shapes[invalid], fixed))
    shapes[invalid] = fixed
    frame = frame.assign(geometry=shapes)
    return account.without(
        frame,
        shapely.is_empty(shapes),
        "The polygon is invalid and nothing of it can be repaired",
        show="code",
        remedy="Draw it again",
    )


def _repair_notes(
    codes: pd.Series, before: NDArray[np.object_], after: NDArray[np.object_]
) -> list[str]:
    notes = [
        f"{code} was invalid ({shapely.is_valid_reason(old).partition('[')[0].strip().lower()})"
        f" and was repaired: its area changed by {_change(old, new)}"
        for code, old, new in zip(codes, before, after, strict=True)
        if not new.is_empty
    ]
    rest = len(notes) - _MOST_REPAIR_NOTES
    return notes[:_MOST_REPAIR_NOTES] + (
        [f"{rest:,} more polygons were repaired"] if rest > 0 else []
    )


def _change(before: BaseGeometry, after: BaseGeometry) -> str:
    """How much the area of an outline changed: a share, unless there was next to none before,
    as where the two halves of a bow-tie cancel each other out.
    """
    old, new = (float(area_km2(np.array([shape]))[0]) for shape in (before, after))
    if old <= new * _NEXT_TO_NONE:
        return f"{new - old:.3g} km\u00b2, from next to none"
    return f"{100 * (new - old) / old:.3g} %"


def _misplaced(shapes: NDArray[np.object_]) -> list[str]:
    """The fault of each shape, empty where it lies in Great Britain."""
    west, south, east, north = shapely.bounds(shapes).reshape(-1, 4).T
    inside = GREAT_BRITAIN.holds(west, south) & GREAT_BRITAIN.holds(east, north)
    return [
        "The area is larger than Great Britain"
        if size > GREAT_BRITAIN_KM2
        else ("" if fits else "The area reaches outside Great Britain")
        for size, fits in zip(area_km2(shapes), inside, strict=True)
    ]
