"""Reading what comes from outside, for the terminal and the screens alike.

Each function has the meaning of the reader of the same name in ``chb.sources``; it runs
in a limited child process (``chb.services.isolation``), and what comes back is looked at
here: plain types, an account that adds up and agrees with its frame, positions in degrees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from chb.services.isolation.answers import Answer
from chb.services.isolation.hatchery import nursery
from chb.services.isolation.limits import limits_for
from chb.services.isolation.running import Task, run_limited
from chb.services.loading import told
from chb.services.progress import ProgressReport, silent
from chb.sources.asset_headings import Headings
from chb.sources.context import ContextLayer
from chb.sources.disruptions import KnownSubjects, LogReading
from chb.sources.files import InputFile, Source, Sources
from chb.sources.layer_kinds import LayerKind
from chb.sources.police_uk import IncidentFile, IncidentSet
from chb.sources.reading import AssetReading, Reading

_TASKS: Final = "chb.services.loading.tasks"


def get_ready() -> None:
    """Start what reads files, so that the first file need not wait for it."""
    nursery()


def read_boundaries(sources: Sources, *, kind: LayerKind) -> Reading[Any]:
    """Areas of one kind, in degrees WGS84."""
    return _reading("boundaries", sources, kind=kind)


def read_deprivation(sources: Sources) -> Reading[Any]:
    """An index of deprivation."""
    return _reading("deprivation", sources)


def read_population(sources: Sources) -> Reading[Any]:
    """Residents by LSOA."""
    return _reading("population", sources)


def read_lookup(sources: Sources) -> Reading[Any]:
    """A lookup between areas."""
    return _reading("lookup", sources)


def read_context(sources: Sources, *, layer: ContextLayer) -> Reading[Any]:
    """A layer of the basemap, in degrees WGS84."""
    return _reading("context", sources, layer=layer)


def read_assets(sources: Sources, *, today: date, kind: str | None = None) -> Reading[Any]:
    """Community assets."""
    return _assets(sources, today=today, kind=kind, maps={}, survey=False)


def survey_assets(
    sources: Sources, *, today: date, kind: str | None, maps: Mapping[str, Mapping[str, str]]
) -> AssetReading:
    """Community assets for a person to look at; ``maps`` are columns by fingerprint."""
    return _assets(sources, today=today, kind=kind, maps=maps, survey=True)


def read_headings(sources: Sources) -> Headings:
    """The headings of a list of assets, and which column each probably is."""
    answer = _answer("asset_headings", sources)
    with told.checked(_title(sources)):
        return told.headings_of(answer)


def read_postcodes(sources: Sources) -> Reading[Any]:
    """Positions of postcodes."""
    return _reading("postcodes", sources)


def read_ocg_locations(sources: Sources) -> Reading[Any]:
    """Locations of organised crime groups."""
    return _reading("ocg_locations", sources)


def read_people(sources: Sources) -> Reading[Any]:
    """People of the partnership."""
    return _reading("people", sources)


def read_disruptions(sources: Sources, *, known: KnownSubjects, today: date) -> LogReading:
    """A disruption log about groups and places that are known."""
    answer = _answer(
        "disruptions",
        sources,
        codes=sorted(known.codes),
        places=sorted(known.places),
        today=today.isoformat(),
    )
    with told.checked(_title(sources)):
        return told.log_of(answer)


def read_incidents(
    sources: Sources,
    *,
    today: date,
    area: BaseGeometry | None = None,
    progress: ProgressReport = silent,
) -> IncidentSet:
    """Street-level files of data.police.uk."""
    wkb = shapely.to_wkb(area, hex=True) if area is not None else ""
    answer = _answer("incidents", sources, progress, today=today.isoformat(), area=wkb)
    with told.checked(_title(sources)):
        report = told.report_of(answer.plain["report"])
        files = tuple(
            IncidentFile(told.text(name), told.text(sha256), told.number(rows))
            for name, sha256, rows in answer.plain["files"]
        )
        frame = told.incidents_of(answer.frames["frame"], report, n_files=len(files))
        return IncidentSet(files, frame, report, told.text(answer.plain["attribution"]))


def read_area(sources: Sources) -> BaseGeometry:
    """The area somebody drew, in degrees WGS84."""
    answer = _answer("area", sources)
    with told.checked(_title(sources)):
        shape: BaseGeometry = answer.frames["frame"]["geometry"].iloc[0]
        return shape


def _reading(function: str, sources: Sources, **options: Any) -> Reading[Any]:
    answer = _answer(function, sources, **options)
    with told.checked(_title(sources)):
        return told.reading_of(answer)


def _assets(sources: Sources, *, today: date, **options: Any) -> AssetReading:
    answer = _answer("assets", sources, today=today.isoformat(), **options)
    with told.checked(_title(sources)):
        return told.assets_of(answer)


def _answer(
    function: str, sources: Sources, progress: ProgressReport = silent, **options: Any
) -> Answer:
    given = _listed(sources)
    paths = [Path(each) for each in given if not isinstance(each, InputFile)]
    files = [each for each in given if isinstance(each, InputFile)]
    task = Task(
        function=f"{_TASKS}:{function}",
        title=_title(sources),
        paths=[path.absolute() if _exists(path) else path for path in paths],
        contents=[(file.name, file.data) for file in files],
        options=options,
    )
    size = sum(map(_size_bytes, paths)) + sum(len(file.data) for file in files)
    return run_limited(task, limits=limits_for(size), progress=progress)


def _listed(sources: Sources) -> list[Source]:
    return [sources] if isinstance(sources, str | Path | InputFile) else list(sources)


def _title(sources: Sources) -> str:
    """What to call the sources in a sentence."""
    names = [
        each.name if isinstance(each, InputFile) else Path(each).name for each in _listed(sources)
    ]
    return names[0] if len(names) == 1 and names[0] else f"The {len(names)} files"


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # longer than any name on a disk can be
        return False


def _size_bytes(path: Path) -> int:
    """On the disk, of a folder with all it holds; 0 for what is not there."""
    if not _exists(path):
        return 0
    files: Iterable[Path] = path.rglob("*") if path.is_dir() else (path,)
    return sum(file.stat().st_size for file in files if file.is_file())
