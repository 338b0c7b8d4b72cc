"""Sheffield through the services: import of the force's year, then its profile."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from chb.domain.periods import Period
from chb.services.harm.hotspots import HotspotRequest, find_hotspots
from chb.services.harm.profiling import HarmProfile, ProfileRequest, build_profile, profile_totals
from chb.services.loading.incident_import import import_incidents
from chb.services.workspace import Workspace
from geo import frames
from tests.bench.real_data import INCIDENTS, place_without_incidents, real
from tests.bench.rows import Item, NotMeasuredError, Row, figure
from tests.bench.timing import median_s, timed

ROWS_OF_THE_YEAR: Final = 172_209
IMPORT_ROUNDS: Final = 3
PLACE: Final = "Sheffield"
YEAR: Final = Period.parse("2025-01", "2025-12")


@contextmanager
def _fresh() -> Iterator[Workspace]:
    """A store in a temporary folder, with everything but the incidents."""
    with tempfile.TemporaryDirectory() as home:
        ws = place_without_incidents(Path(home))
        try:
            yield ws
        finally:
            ws.store.close()


def _import(ws: Workspace) -> float:
    """Seconds to import the force's year."""
    seconds, outcome = timed(lambda: import_incidents(ws, real(INCIDENTS)))
    if outcome.report.rows_read != ROWS_OF_THE_YEAR:
        raise NotMeasuredError(f"{outcome.report.rows_read:,} rows were read")
    return seconds


def _measure() -> Iterable[Row]:
    times = []
    for _ in range(IMPORT_ROUNDS - 1):
        with _fresh() as ws:
            times.append(_import(ws))
    with _fresh() as ws:
        times.append(_import(ws))
        yield figure(
            "import of the South Yorkshire ZIP, fresh store",
            statistics.median(times),
            "s",
            at_most=6,
            checked=f"{ROWS_OF_THE_YEAR:,} rows; first {times[0]:.1f} s",
            rounds=IMPORT_ROUNDS,
        )
        yield from _profiles(ws)


def _profiles(ws: Workspace) -> Iterable[Row]:
    """The first profile in this process, then everything the harm map shows, warm."""
    first_s, profile = timed(partial(build_profile, ws, _request(9)))
    checked = _checked(profile)
    yield figure(f"profile, {PLACE}, resolution 9, first", first_s, "s", at_most=3, checked=checked)
    for resolution, limit_s in ((9, 1.5), (10, 4.0)):
        find = partial(find_hotspots, ws, HotspotRequest(_request(resolution)))
        found = find()
        yield figure(
            f"density, Gi*, hotspots and deprivation, {PLACE}, resolution {resolution}, warm",
            median_s(find),
            "s",
            at_most=limit_s,
            checked=f"{_checked(found.profile)}, {len(found.table)} hotspots",
            rounds=5,
        )


def _request(resolution: int) -> ProfileRequest:
    return ProfileRequest(PLACE, YEAR, resolution=resolution)


def _checked(profile: HarmProfile) -> str:
    totals = profile_totals(profile)
    n_scored = int(profile.frame[frames.IMD_SCORE].count())
    if not totals["incidents_in_cells"] or not n_scored:
        raise NotMeasuredError("the profile is empty")
    return (
        f"{totals['cells']:,} cells, {totals['incidents_in_cells']:,} incidents, "
        f"{n_scored:,} cells with deprivation"
    )


ITEMS: Final = (Item("Sheffield end to end", "", _measure),)
