"""What the listed inputs are said in: the bytes, the answer to the letter, what the store holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import pandas as pd
import shapely

from chb.store.store import Transaction
from tests.services.loading.bad_inputs import Maker
from tests.services.loading.importers import IMPORTERS

ASSETS, CRIMES, GROUPS, PEOPLE = "assets", "incidents", "ocg-locations", "people"

Values = Mapping[str, Any]
"""Of one stored row: only those that matter to the case."""


@dataclass(frozen=True)
class Whole:
    """The whole file is refused, in exactly this sentence."""

    said: str


@dataclass(frozen=True)
class Row:
    """One row is refused: where it stood, why, with what was found there, and what to do."""

    line: int
    reason: str
    example: str
    remedy: str


@dataclass(frozen=True)
class Kept:
    """Imported: the rows in the store by their key, all of them, and the account's own words."""

    stored: Mapping[str, Values]
    refused: Row | None = None
    without_location: int = 0
    outside: int = 0
    repeated: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listed:
    """An input of the list by its number; a letter tells several of one number apart."""

    label: str
    importer: str
    data: bytes
    answer: Whole | Kept
    name: str = ""

    @property
    def file_name(self) -> str:
        return self.name or IMPORTERS[self.importer].file_name


@dataclass(frozen=True)
class Stored:
    """How to read what an importer stored, and the keys of its two good rows."""

    read: Callable[[Transaction], dict[str, dict[str, Any]]]
    good: tuple[str, ...] = field(default=())


def assets(*rows: str, header: str = "id,name,kind,longitude,latitude") -> bytes:
    """A list of assets as it stands in the file."""
    return "".join(f"{line}\n" for line in (header, *rows)).encode()


def changed(importer: str, **cells: str) -> bytes:
    """Two good rows, and a third with something changed in it."""
    return Maker(IMPORTERS[importer]).rows(**cells)


def alone(importer: str, **cells: str) -> bytes:
    """Nothing but the changed row."""
    maker = Maker(IMPORTERS[importer])
    return maker.text(maker.third(**cells)).encode()


def lines_of(importer: str) -> list[str]:
    """The header and the two good rows."""
    return IMPORTERS[importer].good_file().decode().splitlines(keepends=True)


def good_rows(importer: str, **third: Values) -> dict[str, Values]:
    """What the store holds of the two good rows, and of others by their key."""
    return {**{key: {} for key in STORED[importer].good}, **third}


def one_refused(importer: str, row: Row, **more: Any) -> Kept:
    """The two good rows are kept, and the third is refused."""
    return Kept(good_rows(importer), refused=row, **more)


def third_kept(importer: str, key: str, /, notes: tuple[str, ...] = (), **values: Any) -> Kept:
    """All three are kept; of the third these values."""
    return Kept(good_rows(importer, **{key: values}), notes=notes)


def _assets(tx: Transaction) -> dict[str, dict[str, Any]]:
    return {each.source_id: asdict(each) for each in tx.assets.all()}


def _locations(tx: Transaction) -> dict[str, dict[str, Any]]:
    return {each.code: asdict(each) for each in tx.ocg_locations.all()}


def _people(tx: Transaction) -> dict[str, dict[str, Any]]:
    return {each.work_email: asdict(each) for each in tx.people.all()}


def _disruptions(tx: Transaction) -> dict[str, dict[str, Any]]:
    return {each.reference: asdict(each) for each in tx.planner.disruptions.all()}


def _incidents(tx: Transaction) -> dict[str, dict[str, Any]]:
    """By month: each case has one row of a month."""
    return {
        entry.name.split()[-1]: row
        for entry in tx.frames.entries("incidents")
        for row in _plain(tx.frames.read(entry))
    }


def _population(tx: Transaction) -> dict[str, dict[str, Any]]:
    (entry,) = tx.frames.entries("population")
    return {row["lsoa_code"]: row for row in _plain(tx.frames.read(entry))}


def _boundaries(tx: Transaction) -> dict[str, dict[str, Any]]:
    (entry,) = tx.frames.entries("boundaries")
    frame = tx.frames.read_geo(entry)
    return {
        code: {"shape": shape.geom_type, "has_z": shape.has_z, "corners": corners_of(shape)}
        for code, shape in zip(frame["code"], frame["geometry"], strict=True)
    }


def corners_of(shape: Any) -> list[tuple[float, float]]:
    """Every corner in degrees, rounded to a tenth of a metre."""
    return [(round(x, 6), round(y, 6)) for x, y in shapely.get_coordinates(shape).tolist()]


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as plain values; None where there is no number."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


STORED: dict[str, Stored] = {
    "assets": Stored(_assets, ("a1", "a2")),
    "assets-geojson": Stored(_assets, ("node/1", "node/2")),
    "incidents": Stored(_incidents, ("2025-01", "2025-02")),
    "ocg-locations": Stored(_locations, ("OCG-07", "OCG-08")),
    "people": Stored(_people, ("s@example.gov.uk", "a@example.gov.uk")),
    "disruptions": Stored(_disruptions, ("r1", "r2")),
    "population": Stored(_population, ("E01000001", "E01000002")),
    "boundaries": Stored(_boundaries, ("E01000001", "E01000002")),
}

ONE_ASSET = Kept({"a1": {"name": "Library", "longitude": -1.4701, "latitude": 53.3811}})
"""What the store holds of ``a1`` of the shortest lists."""
