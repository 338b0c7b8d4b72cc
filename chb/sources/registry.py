"""Every source there is, read by eye. A new one is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final, Protocol

import pandas as pd

from chb.domain.quality import QualityReport
from chb.sources.assets import read_assets
from chb.sources.boundaries import read_boundaries
from chb.sources.context import read_context
from chb.sources.deprivation import read_deprivation
from chb.sources.files import Sources
from chb.sources.lookup import read_lookup
from chb.sources.ocg_locations import read_ocg_locations
from chb.sources.people import read_people
from chb.sources.police_uk import read_incidents
from chb.sources.population import read_population
from chb.sources.postcodes import read_postcodes


class Accounted(Protocol):
    """What every reader gives back: a frame and the account of its rows."""

    @property
    def frame(self) -> pd.DataFrame: ...

    @property
    def report(self) -> QualityReport: ...


Reader = Callable[[Sources, date], Accounted]
"""Reads what was named; the day is today, passed in."""


def _any_day(read: Callable[[Sources], Any]) -> Reader:
    """A reader for which the day makes no difference."""
    return lambda sources, _today: read(sources)


def _on_day(read: Callable[..., Any]) -> Reader:
    return lambda sources, today: read(sources, today=today)


READERS: Final[dict[str, Reader]] = {
    "incidents": _on_day(read_incidents),
    "boundaries-lsoa": _any_day(partial(read_boundaries, kind="lsoa")),
    "boundaries-district": _any_day(partial(read_boundaries, kind="district")),
    "boundaries-csp": _any_day(partial(read_boundaries, kind="csp")),
    "boundaries-ward": _any_day(partial(read_boundaries, kind="ward")),
    "deprivation": _any_day(read_deprivation),
    "population": _any_day(read_population),
    "lookup": _any_day(read_lookup),
    "assets": _on_day(read_assets),
    "ocg-locations": _any_day(read_ocg_locations),
    "postcodes": _any_day(read_postcodes),
    "people": _any_day(read_people),
    "context-roads": _any_day(partial(read_context, layer="roads")),
    "context-water": _any_day(partial(read_context, layer="water")),
    "context-green": _any_day(partial(read_context, layer="green")),
    "context-place-names": _any_day(partial(read_context, layer="place-names")),
}
