"""A layer of cells on the map: one GeoJSON feature a cell against our packed layer.

Counted is what changes when a person chooses another layer: the layer's page and data,
compressed as a server sends them. Scripts that a browser keeps are left out on both sides.
"""

from __future__ import annotations

import base64
import gzip
import importlib
import json
from collections.abc import Iterable
from functools import partial
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
from h3ronpy import grid_disk

from chb.ui import theme
from chb.ui.maps.elements import Scene, base_map
from chb.ui.maps.layers import LAYERS, PaintedLayer, paint
from chb.ui.maps.wire import LARGEST_NUMBER
from geo import frames
from geo.cells import cell_of, polygons, to_text
from geo.density import kernel_density
from tests.bench.rows import Item, Row, agreement, contest
from tests.bench.timing import Contestant
from tests.bench.workload import MIDDLE_DEGREES, cell_centres, events

SIZES: Final = (10_000, 50_000)
BOUNDS: Final = (-1.8, 53.2, -1.2, 53.6)
COMPRESSION: Final = 6
BANDWIDTH_M: Final = 400.0
LAYER: Final = next(layer for layer in LAYERS if layer.column == frames.DENSITY)


def _profile(n_cells: int) -> pd.DataFrame:
    middle = cell_of([MIDDLE_DEGREES[0]], [MIDDLE_DEGREES[1]], 9)
    rings = int(np.ceil(np.sqrt(n_cells / 3)))
    disk = np.asarray(grid_disk(middle, rings, flatten=True), dtype=np.uint64)[:n_cells]
    cells = np.sort(disk)
    happened = events()
    density = kernel_density(
        happened.x_m,
        happened.y_m,
        happened.harm_days,
        *cell_centres(cells),
        bandwidth_m=BANDWIDTH_M,
    )
    return pd.DataFrame({frames.CELL: cells, frames.DENSITY: density})


def _packed(frame: pd.DataFrame) -> tuple[PaintedLayer, bytes]:
    painted = paint(frame, LAYER)
    assert painted is not None
    page = base_map(key="bench", label="Map", bounds=BOUNDS, context_digest="")
    scene = Scene(cells_digest="0" * 20, cell_style=painted.style, legend=painted.legend)
    scene.feature_group().add_to(page)
    sent = page.get_root().render() + painted.packed
    return painted, gzip.compress(sent.encode(), COMPRESSION)


def _naive(frame: pd.DataFrame) -> tuple[Any, bytes]:
    folium = importlib.import_module("folium")
    cells = frame[frames.CELL].to_numpy()
    layer = gpd.GeoDataFrame(
        {"cell": to_text(cells), "density": frame[frames.DENSITY]},
        geometry=polygons(cells),
        crs="EPSG:4326",
    )
    limits = np.quantile(layer["density"], LAYER.shares)

    def style(feature: Any) -> dict[str, Any]:
        number = int(np.searchsorted(limits, feature["properties"]["density"]))
        return {"fillColor": theme.RAMP[number], "weight": 0, "fillOpacity": 0.7}

    page = folium.Map(location=MIDDLE_DEGREES[::-1], tiles=None, prefer_canvas=True)
    tooltip = folium.GeoJsonTooltip(["cell", "density"])
    drawn = folium.GeoJson(layer, style_function=style, tooltip=tooltip).add_to(page)
    return drawn.data, gzip.compress(page.get_root().render().encode(), COMPRESSION)


def _unpacked(painted: PaintedLayer) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Values as the map reads them, smallest first."""
    sent = json.loads(painted.packed)
    low, high = np.frombuffer(base64.b64decode(sent["values"]), np.uint8).reshape(2, -1)
    folded = low.astype(int) + 256 * high.astype(int)
    steps = np.where(folded % 2 == 0, folded // 2, -(folded + 1) // 2)
    roots = np.cumsum(steps) / LARGEST_NUMBER
    return np.sort(roots**2 * sent["largest"])


def _check(ours: tuple[PaintedLayer, bytes], theirs: tuple[Any, bytes]) -> str:
    shown = [feature["properties"]["density"] for feature in theirs[0]["features"]]
    return f"values {agreement(_unpacked(ours[0]), np.sort(shown), within=1 / LARGEST_NUMBER)}"


def _against_geojson(n_cells: int) -> Iterable[Row]:
    frame = _profile(n_cells)
    task, peer = f"a layer of {n_cells:,} cells", "folium.GeoJson"
    ours, theirs = _packed(frame), _naive(frame)
    checked = _check(ours, theirs)
    yield Row(
        task=f"{task}, sent",
        ours=len(ours[1]) / 1000,
        unit="kB gzipped",
        peer=peer,
        theirs=len(theirs[1]) / 1000,
        checked=checked,
    )
    yield contest(
        f"{task}, server",
        Contestant("ours", lambda: _packed(frame), threads=1),
        Contestant(peer, lambda: _naive(frame), threads=1),
        check=_check,
        rounds=3,
    )


ITEMS: Final = tuple(
    Item(f"a layer of {n_cells:,} cells", "folium.GeoJson", partial(_against_geojson, n_cells))
    for n_cells in SIZES
)
