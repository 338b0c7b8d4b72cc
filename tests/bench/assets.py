"""Community assets at the size of a county: lists, unmet need, a week, a move, an import.

South Yorkshire as one area, its year of incidents, and 20,000 assets made at random over it.
What the bench has imported for its other sections is no part of the app, so Python's collector
is told to leave that alone.
"""

from __future__ import annotations

import csv
import gc
import gzip
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from h3ronpy import grid_disk

from chb.domain.assets.register import Asset, AssetPin
from chb.domain.assets.sessions import Session, Weekday
from chb.domain.periods import Period
from chb.domain.records import Signature
from chb.services.assets.finding import AssetQuery, find_pins
from chb.services.assets.gaps import gap_map
from chb.services.assets.importing import confirm_assets, preview_assets
from chb.services.assets.moves import Moved, what_if
from chb.services.assets.needs import GapRequest, harm_needs
from chb.services.assets.previews import DecisionKind, same_for_all
from chb.services.assets.register import asset_kinds, asset_pins, list_assets
from chb.services.assets.timetables import WeekRequest, week
from chb.services.loading.incident_import import import_incidents
from chb.services.requests import new_id
from chb.services.workspace import Workspace
from chb.ui.maps.point_layer import paint_assets
from geo.cells import cell_of
from tests.bench.real_data import FORCE, INCIDENTS, place_without_incidents, real
from tests.bench.rows import Item, NotMeasuredError, Row, figure
from tests.bench.timing import median_s, timed
from tests.bench.workload import MIDDLE_DEGREES, SEED

N_ASSETS: Final = 20_000
N_IMPORTED: Final = 10_000
ALIKE_EVERY: Final = 5
"""One row in so many is in the register already, under a name a little different."""
NOW: Final = datetime(2026, 3, 4, tzinfo=UTC)
YEAR: Final = Period.parse("2025-01", "2025-12")
BOX: Final = ((-1.75, -0.95), (53.32, 53.62))
"""West and east, south and north of where people live in South Yorkshire."""
MOST_BYTES_OF_MAP: Final = 500_000
RINGS_OF_PLACE: Final = 3
"""37 cells: an estate and what is around it."""


@contextmanager
def _county() -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory() as home:
        ws = place_without_incidents(Path(home))
        try:
            import_incidents(ws, real(INCIDENTS))
            with ws.writing() as tx:
                tx.assets.add_many(_assets(), Signature("bench", NOW))
            gc.freeze()
            yield ws
        finally:
            gc.unfreeze()
            ws.store.close()


def _assets() -> list[Asset]:
    """Assets of all kinds, most of them with one or two sessions of an evening."""
    rng = np.random.default_rng(SEED)
    kinds = [kind.key for kind in asset_kinds()]
    longitude, latitude = (rng.uniform(*side, N_ASSETS) for side in BOX)
    return [
        Asset(
            id=new_id(),
            name=f"Asset {number:05d}",
            kind=str(rng.choice(kinds)),
            longitude=float(longitude[number]),
            latitude=float(latitude[number]),
            source="made for the bench",
            source_id=str(number),
            sessions=_sessions(rng),
            recorded_at=NOW,
        )
        for number in range(N_ASSETS)
    ]


def _sessions(rng: np.random.Generator) -> tuple[Session, ...]:
    days = rng.choice(list(Weekday), size=int(rng.integers(0, 3)), replace=False)
    starts = rng.integers(9, 20, size=len(days))
    return tuple(
        Session(Weekday(day), time(int(start)), time(int(start) + 2), youngest=10, oldest=16)
        for day, start in zip(days, starts, strict=True)
    )


def _measure() -> Iterable[Row]:
    with _county() as ws:
        listed = list_assets(ws)
        if len(listed) != N_ASSETS:
            raise NotMeasuredError(f"{len(listed):,} assets are listed")
        yield figure(
            f"list of {N_ASSETS:,} assets",
            median_s(partial(list_assets, ws)),
            "s",
            rounds=5,
        )
        pins = partial(asset_pins, ws)
        yield figure(
            f"{N_ASSETS:,} assets as a map shows them", median_s(pins), "s", at_most=1, rounds=5
        )
        yield _map(pins(), ws.today())
        yield from _gaps(ws, listed)
        yield from _week(ws)
        yield from _import(ws, listed)


def _map(pins: Sequence[AssetPin], today: date) -> Row:
    """What the map's page packs once for a question, and how much of it travels."""
    pack = partial(paint_assets, find_pins(pins, AssetQuery(today)), asset_kinds(), today=today)
    layer = pack()
    if layer is None:
        raise NotMeasuredError("no asset is on the map")
    n_bytes = len(gzip.compress(layer.packed.encode(), compresslevel=6))
    if n_bytes > MOST_BYTES_OF_MAP:
        raise NotMeasuredError(f"{n_bytes:,} bytes travel to the map")
    checked = f"{n_bytes / 1_000:.0f} kB travel, once"
    task = f"{len(pins):,} assets packed for the map"
    return figure(task, median_s(pack), "s", at_most=1, checked=checked, rounds=5)


def _gaps(ws: Workspace, listed: tuple[Asset, ...]) -> Iterable[Row]:
    request = GapRequest(str(real(FORCE)), YEAR, youngest=10, oldest=16)
    first_s, found = timed(partial(gap_map, ws, request))
    if not (0 < found.gap < found.need and found.extensions):
        raise NotMeasuredError("no need is met, or none is unmet")
    checked = (
        f"{len(found.cells):,} cells, {found.n_assets:,} assets, {found.share_met:.0%} met,"
        f" {len(found.extensions)} extensions"
    )
    task = "unmet need of a county, resolution 9"
    yield figure(f"{task}, first", first_s, "s", checked=checked)
    yield figure(
        task, median_s(partial(gap_map, ws, request)), "s", at_most=2, checked=checked, rounds=5
    )
    known = harm_needs(ws, request)
    other_hour = replace(request, weekday=Weekday.SATURDAY, at=time(14))
    again = partial(gap_map, ws, other_hour, known=known, assets=listed)
    yield figure(f"{task}, another hour", median_s(again), "s", at_most=2, rounds=5)


def _week(ws: Workspace) -> Iterable[Row]:
    middle = cell_of([MIDDLE_DEGREES[0]], [MIDDLE_DEGREES[1]], 9)
    place = np.asarray(grid_disk(middle, RINGS_OF_PLACE, flatten=True), dtype=np.uint64)
    ask = partial(week, ws, WeekRequest(cells=tuple(map(int, place)), youngest=10, oldest=16))
    found = ask()
    if not (found.slots and found.clashes):
        raise NotMeasuredError("nothing runs at the place, or nothing clashes")
    checked = f"{len(found.slots)} sessions, {len(found.clashes)} clashes"
    yield figure("week of a place", median_s(ask), "s", at_most=1, checked=checked, rounds=5)
    slot = found.clashes[0].slots[0]
    move = Moved(slot.asset_id, slot.index, Weekday.SUNDAY, time(14), time(16))
    yield figure(
        "a session moved", median_s(partial(what_if, found, move)), "s", at_most=0.1, rounds=5
    )


def _import(ws: Workspace, listed: tuple[Asset, ...]) -> Iterable[Row]:
    """A list of which a fifth is in the register under a name a little different."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.csv"
        _write(path, listed)
        preview_s, preview = timed(partial(preview_assets, ws, path))
    decisions = same_for_all(preview.undecided, DecisionKind.MERGE)
    confirm = partial(confirm_assets, ws, preview, decisions=decisions, by="bench")
    confirm_s, outcome = timed(confirm)
    n_alike = N_IMPORTED // ALIKE_EVERY
    if not n_alike / 2 < outcome.n_merged < n_alike * 2 or preview.n_refused:
        raise NotMeasuredError(outcome.message)
    yield figure(
        f"import of {N_IMPORTED:,} assets, likely duplicates looked for",
        preview_s + confirm_s,
        "s",
        at_most=20,
        checked=f"preview {preview_s:.1f} s; {outcome.n_merged:,} merged",
    )


def _write(path: Path, listed: tuple[Asset, ...]) -> None:
    rng = np.random.default_rng(SEED + 1)
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["source_id", "name", "kind", "longitude", "latitude"])
        for number, known in enumerate(listed[:N_IMPORTED]):
            is_alike = number % ALIKE_EVERY == 0
            name = f"The {known.name}" if is_alike else f"Hall {rng.integers(10**9):09d}"
            away = 0.0001 if is_alike else float(rng.uniform(0.002, 0.01))
            rows.writerow([number, name, known.kind, known.longitude + away, known.latitude + away])


ITEMS: Final = (Item("community assets of a county", "", _measure),)
