"""What a map needs besides harm: outlines, roads, water, green and names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import geopandas as gpd
import pandas as pd
import shapely

from chb.services.access.rules import open_to_all
from chb.services.harm.areas import find_area, layers
from chb.services.workspace import Workspace
from chb.store.store import Transaction

CONTEXT: Final = "context"
CONTEXT_LAYERS: Final = ("roads", "water", "green", "place-names")


@open_to_all
def basemap(ws: Workspace, area_key: str) -> Mapping[str, gpd.GeoDataFrame]:
    """Layers to draw under the harm, clipped to the area's box, degrees WGS84.

    Keys: ``boundary`` always; ``lsoa``, ``ward``, ``roads``, ``water``, ``green``
    and ``place_names`` where loaded.
    """
    area, shape = find_area(ws, area_key)
    box = shapely.box(*shape.bounds)
    drawn = {
        "boundary": gpd.GeoDataFrame(
            {"name": [area.name], "rank": [1]}, geometry=[shape], crs="EPSG:4326"
        )
    }
    with ws.reading() as tx:
        for kind in ("lsoa", "ward"):
            drawn[kind] = layers(tx, kind)
        for kind in CONTEXT_LAYERS:
            drawn[kind.replace("-", "_")] = context_layer(tx, kind)
    return {name: near for name, layer in drawn.items() if len(near := _touching(layer, box))}


def context_layer(tx: Transaction, layer: str) -> gpd.GeoDataFrame:
    """Every loaded feature of one layer of the basemap, degrees WGS84."""
    found = [
        tx.frames.read_geo(entry)
        for entry in tx.frames.entries(CONTEXT)
        if entry.details.get("layer") == layer
    ]
    if not found:
        return gpd.GeoDataFrame({"name": [], "rank": []}, geometry=[], crs="EPSG:4326")
    return gpd.GeoDataFrame(pd.concat(found, ignore_index=True), crs="EPSG:4326")


def _touching(layer: gpd.GeoDataFrame, box: shapely.Polygon) -> gpd.GeoDataFrame:
    return layer.loc[layer.intersects(box)].reset_index(drop=True)
