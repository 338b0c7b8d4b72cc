"""A layer of cells on the map: one GeoJSON feature a cell against our packed layer.

Counted is what a person is sent who chooses a layer, compressed as a server sends it: of ours
the two texts of the layer, of the naive one its page, which it cannot do without. The page is
counted with ours in a row of its own; scripts that a browser keeps are left out on both sides.
"""

from __future__ import annotations

import gzip
import importlib
import itertools
import json
from collections.abc import Iterable
from functools import partial
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
from h3ronpy import grid_disk

from chb.ui import theme
from chb.ui.maps.elements import Scene, ShownCells, base_map
from chb.ui.maps.layers import LAYERS, PaintedLayer, paint
from chb.ui.maps.stash import gzipped
from chb.ui.maps.wire import FIRST_DIGIT, LARGEST_NUMBER, N_DIGITS
from geo import frames
from geo.cells import cell_of, polygons, to_text
from geo.density import kernel_density
from tests.bench.rows import Item, Row, agreement, contest, figure
from tests.bench.timing import Contestant, median_s
from tests.bench.workload import MIDDLE_DEGREES, cell_centres, events

MOST_KB: Final = {10_000: 15.0, 50_000: 60.0}
"""Of a layer alone, by its cells."""
MOST_SERVER_S: Final = 0.04
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


def _painted(frame: pd.DataFrame) -> PaintedLayer:
    painted = paint(frame, LAYER)
    assert painted is not None
    return painted


def _packed(frame: pd.DataFrame) -> tuple[PaintedLayer, bytes]:
    """The layer and its texts as they are sent, one after the other."""
    painted = _painted(frame)
    return painted, gzipped(painted.packed.cells) + gzipped(painted.packed.classes)


def _page_of(painted: PaintedLayer) -> bytes:
    page = base_map(key="bench", label="Map", bounds=BOUNDS, context_digest="")
    cells = ShownCells(cells="0" * 20, classes="0" * 20, style=painted.style)
    Scene(cells=cells, legend=painted.legend).feature_group().add_to(page)
    return _page_gzipped(page.get_root().render())


def _page_gzipped(text: str) -> bytes:
    return gzip.compress(text.encode(), COMPRESSION)


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
    return drawn.data, _page_gzipped(page.get_root().render())


def _unpacked(painted: PaintedLayer) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Values as the map reads them, smallest first."""
    sent = json.loads(painted.packed.classes)
    low, high = (np.frombuffer(sent[name].encode(), np.uint8) for name in ("low", "high"))
    folded = (low - FIRST_DIGIT).astype(int) + N_DIGITS * (high - FIRST_DIGIT).astype(int)
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
    naive_kb, checked = len(theirs[1]) / 1000, _check(ours, theirs)

    def sent(what: str, *parts: bytes) -> Row:
        kb = sum(map(len, parts)) / 1000
        return Row(f"{task}{what}", kb, "kB gzipped", peer, naive_kb, checked=checked)

    yield sent(", sent", ours[1]).at_most(MOST_KB[n_cells])
    yield sent(" over cells that are drawn already, sent", gzipped(ours[0].packed.classes))
    yield sent(" and its page, sent", ours[1], _page_of(ours[0]))
    yield contest(
        f"{task}, server, warm",
        Contestant("ours", lambda: _packed(frame), threads=1),
        Contestant(peer, lambda: _naive(frame), threads=1),
        check=_check,
        rounds=3,
    ).at_most(MOST_SERVER_S)
    others = (frame.iloc[n_left_out:] for n_left_out in itertools.count(1))
    seconds = median_s(lambda: _packed(next(others)))
    yield figure(f"{task} over cells never drawn before, server", seconds, "s")


ITEMS: Final = tuple(
    Item(f"a layer of {n_cells:,} cells", "folium.GeoJson", partial(_against_geojson, n_cells))
    for n_cells in MOST_KB
)
