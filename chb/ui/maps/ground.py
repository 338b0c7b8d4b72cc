"""What a page's map is made of, given to this browser only: an area's base, a layer's cells."""

from __future__ import annotations

import folium

from chb.ui import cache, session
from chb.ui.maps.elements import Bounds, ShownCells, base_map
from chb.ui.maps.layers import PaintedLayer
from chb.ui.maps.stash import STASH


def area_map(
    version: str,
    area_key: str,
    *,
    page: str,
    label: str,
    bounds: Bounds | None = None,
    linked: bool = False,
) -> folium.Map:
    """The base map of an area; the view is remembered for each page and area.

    ``bounds`` is what it shows at first, in degrees; the whole area when left out. Linked
    maps of one page and area look at the same spot.
    """
    base = cache.base(version, area_key)
    area = next((area.name for area in cache.areas(version) if area.key == area_key), "")
    return base_map(
        key=f"{page}:{area_key}",
        label=label,
        bounds=bounds or base.bounds,
        context_digest=STASH.put(session.browser_session(), "context", base.text),
        area=area,
        linked=linked,
    )


def shown_cells(painted: PaintedLayer) -> ShownCells:
    """A layer of cells as the map is told of it; its two texts wait to be fetched."""
    browser, packed = session.browser_session(), painted.packed
    return ShownCells(
        cells=STASH.put(browser, "cells", packed.cells),
        classes=STASH.put(browser, "classes", packed.classes),
        style=painted.style,
    )
