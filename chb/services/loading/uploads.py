"""What may be given to a page to load: the kinds, read by eye, and who may load each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from chb.domain.access.permissions import Permission, may
from chb.domain.access.scope import Scope
from chb.services.loading import importing, previews
from chb.services.loading.importing import ImportOutcome
from chb.services.loading.incident_import import import_incidents
from chb.services.loading.previews import ImportPreview
from chb.services.progress import ProgressReport, silent
from chb.services.workspace import Workspace
from chb.sources.context import CONTEXT_LAYERS
from chb.sources.files import InputFile, Sources
from chb.sources.layer_kinds import LAYER_KINDS

_TABLES: Final = ("csv", "xlsx")
_SHAPES: Final = ("geojson", "json", "zip")

Look = Callable[..., ImportPreview]
Store = Callable[..., ImportOutcome]


@dataclass(frozen=True)
class UploadKind:
    """One kind of file, how to look at it and how to store it."""

    key: str
    """Of the terminal's command as well: ``python -m chb import KEY PATH``."""
    label: str
    file: str
    """What to give, for the person who has to find it."""
    endings: tuple[str, ...]
    look: Look
    store: Store
    permission: Permission = Permission.LOAD_DATA
    layers: tuple[str, ...] = ()
    """Where the file does not say what it holds, the choices."""
    has_template: bool = False

    @property
    def stored_as(self) -> str:
        """The kind under which the store has it."""
        return "context" if self.key == "basemap" else self.key

    @property
    def tells_progress(self) -> bool:
        """Whether it says how far it is: archives take a while."""
        return self.key == "incidents"


@dataclass(frozen=True)
class Upload:
    """A file that was given, with all that was said of it."""

    kind: UploadKind
    name: str
    data: bytes
    layer: str = ""

    def look(self, ws: Workspace, progress: ProgressReport = silent) -> ImportPreview:
        """What it holds and would do; Refusal when it cannot be read, or is not theirs to load."""
        return self.kind.look(ws, self._source, **self._options(progress))

    def store(
        self, ws: Workspace, *, replaces: bool = False, progress: ProgressReport = silent
    ) -> ImportOutcome:
        """Load all of it or nothing; ``replaces`` lets months take the place of loaded ones."""
        options = self._options(progress)
        if self.kind.tells_progress:
            options |= {"replace_months": replaces}
        return self.kind.store(ws, self._source, **options)

    @property
    def _source(self) -> Sources:
        return InputFile.of(self.name, self.data)

    def _options(self, progress: ProgressReport) -> dict[str, Any]:
        options: dict[str, Any] = {"layer": self.layer} if self.kind.layers else {}
        return options | ({"progress": progress} if self.kind.tells_progress else {})


UPLOAD_KINDS: Final = {
    kind.key: kind
    for kind in (
        UploadKind(
            "incidents",
            "Recorded crime",
            "An archive of data.police.uk (ZIP), or one of its street files (CSV)",
            ("zip", "csv"),
            previews.preview_incidents,
            import_incidents,
        ),
        UploadKind(
            "boundaries",
            "Boundaries",
            "Areas of the ONS Open Geography portal, as GeoJSON or a ZIP of it",
            _SHAPES,
            previews.preview_boundaries,
            importing.import_boundaries,
            layers=LAYER_KINDS,
        ),
        UploadKind(
            "deprivation",
            "Deprivation",
            "IoD 2025 or 2019 (File 1 or 7), or WIMD, as CSV or workbook",
            _TABLES,
            previews.preview_deprivation,
            importing.import_deprivation,
        ),
        UploadKind(
            "population",
            "Population",
            "Residents by LSOA of a census or a mid-year estimate, as CSV or workbook",
            _TABLES,
            previews.preview_population,
            importing.import_population,
        ),
        UploadKind(
            "lookup",
            "Lookup of areas",
            "An ONS lookup, for example LSOA 2011 to 2021, as CSV or workbook",
            _TABLES,
            previews.preview_lookup,
            importing.import_lookup,
        ),
        UploadKind(
            "basemap",
            "Basemap",
            "Roads, water, green space or place names, as GeoJSON or a ZIP of it",
            _SHAPES,
            previews.preview_context,
            importing.import_context,
            layers=CONTEXT_LAYERS,
        ),
        UploadKind(
            "postcodes",
            "Postcodes",
            "A table with a postcode, its longitude and its latitude, as CSV or workbook",
            _TABLES,
            previews.preview_postcodes,
            importing.import_postcodes,
            permission=Permission.MANAGE_ASSETS,
        ),
        UploadKind(
            "ocg-locations",
            "OCG locations",
            "The list of locations of groups, by code, as CSV or workbook",
            _TABLES,
            previews.preview_ocg_locations,
            importing.import_ocg_locations,
            has_template=True,
        ),
        UploadKind(
            "people",
            "People of the partnership",
            "The list of people with agency, role and work e-mail, as CSV or workbook",
            _TABLES,
            previews.preview_people,
            importing.import_people,
            permission=Permission.ADMINISTER,
            has_template=True,
        ),
    )
}


def kinds_for(scope: Scope) -> tuple[UploadKind, ...]:
    """The kinds that somebody may load, in the order of the table."""
    return tuple(kind for kind in UPLOAD_KINDS.values() if may(scope, kind.permission))
