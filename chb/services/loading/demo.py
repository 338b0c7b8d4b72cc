"""The sample place: synthetic files through the ordinary importers."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any, Final

from shapely.geometry import Point

from chb.domain.access.permissions import Permission
from chb.domain.access.scope import in_full
from chb.domain.places.phases import Intensity, IntensityChange, Phase
from chb.domain.places.places import Boundary, Place
from chb.domain.places.records import BoundaryChange, NameEntry
from chb.services.access.rules import needs
from chb.services.loading.catalogue import status
from chb.services.loading.importing import (
    import_assets,
    import_boundaries,
    import_context,
    import_deprivation,
    import_ocg_locations,
    import_people,
    import_population,
)
from chb.services.loading.incident_import import import_incidents
from chb.services.loading.sample_records import make_sample_records
from chb.services.progress import ProgressReport, silent
from chb.services.requests import new_id
from chb.services.workspace import Workspace
from chb.sources.context import ContextLayer
from chb.sources.layer_kinds import LayerKind
from chb.sources.sample_place import SamplePlaceFiles, write_sample_place
from chb.store.journal import ImportRecord
from geo.cells import cover
from geo.crs import buffer_degrees

PLACE_RESOLUTION: Final = 9
_AUTHOR: Final = "sample place"
_FINISHED: Final = "sample-place"


@needs(Permission.LOAD_DATA)
def create_sample_place(ws: Workspace, *, progress: ProgressReport = silent) -> None:
    """Make the synthetic borough, or make it afresh; what a person loaded or marked stays."""
    with tempfile.TemporaryDirectory(prefix="holdfast-sample-") as folder:
        progress(0, 10, "drawing")
        files = write_sample_place(Path(folder))
        with ws.seen_by(in_full(ws.scope)).writing() as tx:
            tx.remove_samples()
        _import_all(ws, files, progress)
        places = json.loads(files.places.read_text(encoding="utf-8"))["places"]
    with ws.writing() as tx:
        for planned in places:
            tx.places.add(_place(ws, planned), is_sample=True)
    progress(9, 10, "plans and records")
    make_sample_records(ws)
    with ws.writing() as tx:
        tx.journal.add_import(_finished(ws))
    progress(10, 10, "done")


@needs(Permission.LOAD_DATA)
def needs_sample(ws: Workspace) -> bool:
    """Whether the store is empty, or the making of the sample place was cut short."""
    found = status(ws)
    with ws.reading() as tx:
        finished = any(record.kind == _FINISHED for record in tx.journal.imports())
    return found.is_empty or (found.has_sample and not finished)


def _import_all(ws: Workspace, files: SamplePlaceFiles, progress: ProgressReport) -> None:
    progress(1, 10, "boundaries")
    boundaries: dict[LayerKind, Path] = {
        "lsoa": files.lsoas,
        "ward": files.wards,
        "district": files.district,
        "csp": files.csp,
    }
    for layer, path in boundaries.items():
        import_boundaries(ws, path, layer=layer, is_sample=True)
    progress(3, 10, "incidents")
    import_incidents(ws, files.incidents, is_sample=True)
    progress(6, 10, "people and deprivation")
    import_deprivation(ws, files.deprivation, is_sample=True)
    import_population(ws, files.population, is_sample=True)
    progress(7, 10, "roads and names")
    context: dict[ContextLayer, Path] = {
        "roads": files.roads,
        "water": files.water,
        "green": files.green,
        "place-names": files.place_names,
    }
    for drawn, path in context.items():
        import_context(ws, path, layer=drawn, is_sample=True)
    progress(8, 10, "assets and locations")
    import_assets(ws, files.assets, is_sample=True)
    import_ocg_locations(ws, files.ocg_locations, is_sample=True)
    import_people(ws, files.people, is_sample=True)


def _place(ws: Workspace, planned: dict[str, Any]) -> Place:
    history = [_change(ws, entry) for entry in planned["history"]]
    first = min(change.effective_on for change in history)
    boundary = Boundary(
        version=1,
        resolution=PLACE_RESOLUTION,
        cells=_cells_around(planned),
        valid_from=first,
        reason="Drawn from the harm profile of the year before",
        recorded_at=ws.now(),
        change=BoundaryChange.GROWN,
        recorded_by=_AUTHOR,
    )
    name = NameEntry(
        name=planned["name"],
        valid_from=first,
        reason="What people there call it",
        recorded_by=_AUTHOR,
        recorded_at=ws.now(),
    )
    return Place(
        id=new_id(),
        name=planned["name"],
        area_name=planned["area_name"],
        boundaries=(boundary,),
        history=tuple(history),
        created_at=ws.now(),
        version=1,
        names=(name,),
    )


def _cells_around(planned: dict[str, Any]) -> frozenset[int]:
    centre = Point(planned["centre"]["longitude"], planned["centre"]["latitude"])
    disc = buffer_degrees(centre, distance_m=planned["radius_m"])
    return frozenset(int(cell) for cell in cover(disc, PLACE_RESOLUTION))


def _finished(ws: Workspace) -> ImportRecord:
    """The last thing written, so that a sample place cut short is known and made again."""
    return ImportRecord(_FINISHED, "Marram", "", True, {}, ws.now())


def _change(ws: Workspace, entry: dict[str, Any]) -> IntensityChange:
    return IntensityChange(
        phase=Phase(entry["phase"]),
        intensity=Intensity(entry["intensity"]),
        effective_on=date.fromisoformat(entry["effective_on"]),
        reason=entry["reason"],
        recorded_by=_AUTHOR,
        recorded_at=ws.now(),
    )
