"""Builders for tests of places: the shortest legal way to a state."""

from datetime import date

import h3
import shapely

from chb.domain.edits import Edit
from chb.domain.places.phases import Intensity, Phase
from chb.services.places.register import change_intensity, start_place
from geo.cells import cover

CELLS = [int(cell) for cell in cover(shapely.box(-1.50, 53.36, -1.49, 53.37), 9)]
MORE_CELLS = [int(cell) for cell in cover(shapely.box(-1.49, 53.36, -1.48, 53.37), 9)]
TODAY = date(2026, 3, 4)
HOSTILE = "${fetch('x')}`</script><img src=x onerror=alert(1)> O'Neil \\u{zz} =1+1 🎈"


def started(ws, **changes):
    values = {
        "name": "Moorfield",
        "cells": CELLS,
        "area_name": "Marram",
        "reason": "Third worst harm for two quarters",
        "by": "LRO",
    }
    return start_place(ws, **(values | changes))


def moved(ws, place, **changes):
    values = {
        "phase": Phase.CLEAR,
        "intensity": Intensity.ACTIVE,
        "effective_on": TODAY,
        "reason": "Strike day",
        "by": "LRO",
        "version": place.version,
    }
    return change_intensity(ws, place.id, **(values | changes))


def edit(place, **changes):
    """An edit of the place or checklist as it was seen."""
    return Edit(**({"reason": "Agreed", "by": "LRO", "version": place.version} | changes))


def cell_far_away() -> int:
    return h3.str_to_int(h3.latlng_to_cell(51.5, -0.1, 9))
