"""In the child: the readers of files from outside, and their answers in plain values.

Options come from the parent as plain values; a reader's own types are made of them here.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import date
from typing import Any

import geopandas as gpd
import shapely

from chb.services.isolation.answers import GEOMETRY, Answer
from chb.services.isolation.child import Job
from chb.sources.asset_headings import read_headings
from chb.sources.assets import read_assets, survey_assets
from chb.sources.boundaries import read_area, read_boundaries
from chb.sources.column_maps import ColumnMap
from chb.sources.context import read_context
from chb.sources.deprivation import read_deprivation
from chb.sources.disruptions import KnownSubjects, read_disruptions
from chb.sources.files import InputFile, Source
from chb.sources.lookup import read_lookup
from chb.sources.ocg_locations import read_ocg_locations
from chb.sources.people import read_people
from chb.sources.police_uk import read_incidents
from chb.sources.population import read_population
from chb.sources.postcodes import read_postcodes
from chb.sources.reading import Reading

FRAME = "frame"
UNPLACED = "unplaced"
REFUSED = "refused_rows"


def boundaries(job: Job) -> Answer:
    """Areas of one kind."""
    return _read(read_boundaries(_sources(job), kind=job.options["kind"]))


def deprivation(job: Job) -> Answer:
    """An index of deprivation."""
    return _read(read_deprivation(_sources(job)))


def population(job: Job) -> Answer:
    """Residents by LSOA."""
    return _read(read_population(_sources(job)))


def lookup(job: Job) -> Answer:
    """A lookup between areas."""
    return _read(read_lookup(_sources(job)))


def context(job: Job) -> Answer:
    """A layer of the basemap."""
    return _read(read_context(_sources(job), layer=job.options["layer"]))


def assets(job: Job) -> Answer:
    """Community assets: those that can be kept, or also what a person should look at first."""
    read = survey_assets if job.options["survey"] else read_assets
    maps = {
        fingerprint: ColumnMap(fingerprint, columns)
        for fingerprint, columns in job.options["maps"].items()
    }
    reading = read(_sources(job), today=_today(job), kind=job.options["kind"], maps=maps)
    answer = _read(reading)
    rows = {UNPLACED: reading.unplaced, REFUSED: reading.refused_rows}
    return Answer(answer.plain, {**answer.frames, **rows})


def asset_headings(job: Job) -> Answer:
    """The headings of a list, its first rows, and which column each probably is."""
    found = read_headings(_sources(job))
    return Answer(asdict(found))


def postcodes(job: Job) -> Answer:
    """Positions of postcodes."""
    return _read(read_postcodes(_sources(job)))


def ocg_locations(job: Job) -> Answer:
    """Locations of organised crime groups."""
    return _read(read_ocg_locations(_sources(job)))


def people(job: Job) -> Answer:
    """People of the partnership."""
    return _read(read_people(_sources(job)))


def disruptions(job: Job) -> Answer:
    """A disruption log."""
    known = KnownSubjects(frozenset(job.options["codes"]), frozenset(job.options["places"]))
    reading = read_disruptions(_sources(job), known=known, today=_today(job))
    answer = _read(reading)
    rows = [asdict(each) for each in reading.refused_rows]
    return Answer({**answer.plain, "refused_rows": rows}, answer.frames)


def incidents(job: Job) -> Answer:
    """Street-level files."""
    area = job.options["area"]
    found = read_incidents(
        _sources(job),
        today=_today(job),
        area=shapely.from_wkb(area) if area else None,
        progress=job.tell,
    )
    files = [[file.name, file.sha256, file.rows] for file in found.files]
    plain = {
        "report": found.report.as_dict(),
        "files": files,
        "attribution": found.attribution,
    }
    return Answer(plain, {FRAME: found.frame})


def area(job: Job) -> Answer:
    """The area somebody drew."""
    shape = read_area(_sources(job))
    return Answer({}, {FRAME: gpd.GeoDataFrame({GEOMETRY: [shape]}, geometry=GEOMETRY)})


def _read(reading: Reading[Any]) -> Answer:
    plain = {
        "kind": reading.kind,
        "name": reading.name,
        "report": reading.report.as_dict(),
        "sha256": reading.sha256,
        "attribution": reading.attribution,
        "details": reading.details,
    }
    return Answer(plain, {FRAME: reading.frame})


def _sources(job: Job) -> list[Source]:
    """What to read: a path as it is, a file of the room under the name a person gave it."""
    return [
        _input_file(each.name, each.path.read_bytes()) if each.name else each.path
        for each in job.given
    ]


def _input_file(name: str, data: bytes) -> InputFile:
    return InputFile(name, data, hashlib.sha256(data).hexdigest())


def _today(job: Job) -> date:
    return date.fromisoformat(job.options["today"])
