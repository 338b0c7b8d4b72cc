"""What a basemap is drawn from without tiles: roads, water, green space, place names."""

from __future__ import annotations

from dataclasses import astuple
from typing import Final, Literal, get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from chb.sources.account import Account
from chb.sources.attributions import BOUNDARIES
from chb.sources.coordinates import GREAT_BRITAIN
from chb.sources.files import Sources, combined_sha256, open_inputs
from chb.sources.geojson import Feature, Layer, read_layer
from chb.sources.naming import together
from chb.sources.reading import CONTEXT_COLUMNS, Reading
from chb.sources.text import clean_text

ContextLayer = Literal["roads", "water", "green", "place-names"]
CONTEXT_LAYERS: Final[tuple[ContextLayer, ...]] = get_args(ContextLayer)

LEAST_IMPORTANT: Final = 5
_CLASS_COLUMNS: Final = ("highway", "place", "class", "roadclassification", "function", "type")
_RANKS: Final = {
    "motorway": 1,
    **dict.fromkeys(("a", "a road", "trunk", "primary"), 2),
    **dict.fromkeys(("b", "b road", "secondary"), 3),
    **dict.fromkeys(("minor", "minor road", "tertiary", "unclassified", "local road"), 4),
    **dict.fromkeys(("residential", "local street", "service", "footway", "path"), 5),
    "city": 1,
    **dict.fromkeys(("town", "borough"), 2),
    **dict.fromkeys(("suburb", "village"), 3),
    **dict.fromkeys(("neighbourhood", "quarter", "hamlet"), 4),
}
_GREAT_BRITAIN: Final = shapely.box(*astuple(GREAT_BRITAIN))
_LINES: Final = ("LineString", "MultiLineString")
_POLYGONS: Final = ("Polygon", "MultiPolygon")
_SHAPES: Final[dict[ContextLayer, tuple[str, ...]]] = {
    "roads": _LINES,
    "water": (*_LINES, *_POLYGONS),
    "green": _POLYGONS,
    "place-names": ("Point", "MultiPoint", *_POLYGONS),
}


def read_context(sources: Sources, *, layer: ContextLayer) -> Reading[gpd.GeoDataFrame]:
    """Read GeoJSON files as one layer of the basemap, in degrees WGS84.

    The frame has CONTEXT_COLUMNS; ``rank`` comes from the property of that name, or
    from the class of road or place. Raises Refusal when no feature can be drawn.
    """
    inputs = open_inputs(sources)
    files = list(inputs)
    account = Account("context", together([file.name for file in files]))
    account.note(*inputs.notes)
    frame = pd.concat([_rows(read_layer(file), layer, account) for file in files])
    drawn = gpd.GeoDataFrame(
        frame[list(CONTEXT_COLUMNS)].reset_index(drop=True), geometry="geometry", crs="EPSG:4326"
    )
    return Reading(
        kind="context",
        name=layer,
        frame=drawn,
        report=account.report(kept=len(drawn)),
        sha256=combined_sha256(files),
        attribution=BOUNDARIES,
        details={"layer": layer},
    )


def _rows(layer: Layer, wanted: ContextLayer, account: Account) -> pd.DataFrame:
    account.rows_read += len(layer.features)
    account.note(*layer.notes)
    frame = pd.DataFrame(
        {
            "name": [_name(feature) for feature in layer.features],
            "rank": np.array([_rank(feature) for feature in layer.features], dtype=np.int64),
            "fault": [_fault(feature, wanted) for feature in layer.features],
            "file_name": layer.name,
        },
        index=[feature.number for feature in layer.features],
    )
    shapes = np.array([feature.shape for feature in layer.features], dtype=object)
    frame["geometry"] = shapely.point_on_surface(shapes) if wanted == "place-names" else shapes
    for fault in [fault for fault in frame["fault"].unique() if fault]:
        frame = account.without(
            frame, frame["fault"] == fault, fault, show="name", remedy="Leave it out of the layer"
        )
    return frame


def _name(feature: Feature) -> str:
    return clean_text(str(feature.properties.get("name") or ""))[:120]


def _fault(feature: Feature, wanted: ContextLayer) -> str:
    if feature.shape is None:
        return feature.fault
    if feature.shape.geom_type not in _SHAPES[wanted]:
        return f"A {feature.shape.geom_type} cannot be drawn as {wanted}"
    if wanted == "place-names" and not _name(feature):
        return "The place has no name"
    if not _GREAT_BRITAIN.intersects(feature.shape):
        return "It lies outside Great Britain"
    return ""


def _rank(feature: Feature) -> int:
    """1 is the most important; by the property ``rank``, else by the class."""
    properties = {key.casefold(): value for key, value in feature.properties.items()}
    given = properties.get("rank")
    if isinstance(given, int) and 1 <= given <= 9:
        return given
    words = [str(properties[key]).casefold() for key in _CLASS_COLUMNS if key in properties]
    return next((_RANKS[word] for word in words if word in _RANKS), LEAST_IMPORTANT)
