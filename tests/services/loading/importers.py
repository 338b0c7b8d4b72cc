"""Every importer, as the bad inputs need to know it: its good rows, and what it says of others."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from chb.services.loading import importing
from chb.services.loading.importing import ImportOutcome
from chb.services.loading.incident_import import import_incidents
from chb.services.planning.disruptions import import_disruptions
from chb.services.workspace import Workspace
from chb.sources.files import InputFile
from tests.sources.makers import STREET_HEADER, csv_text, feature, geojson, lsoa, square, street_row

Row = Mapping[str, str]


@dataclass(frozen=True)
class Importer:
    """One importer. Column names are those of its header; ``rows`` and ``third`` are good."""

    name: str
    run: Callable[[Workspace, InputFile], ImportOutcome]
    file_name: str = "upload.csv"
    rows: tuple[Row, ...] = ()
    third: Row = field(default_factory=dict)
    needed: str = ""
    says_missing: tuple[str, ...] = ()
    bad: Row = field(default_factory=dict)
    says_bad: tuple[str, ...] = ()
    words: str = ""
    free_words: bool = False
    takes_workbooks: bool = True
    position: tuple[str, str] = ("longitude", "latitude")
    day: str = ""
    in_the_past: bool = False
    number: str = ""
    key: str = ""
    features: tuple[dict[str, Any], ...] = ()
    other: Callable[[Any], dict[str, Any]] = feature
    says_abroad: tuple[str, ...] = ("Great Britain",)

    @property
    def header(self) -> tuple[str, ...]:
        if self.name == "incidents":
            return STREET_HEADER
        return tuple(self.rows[0]) if self.rows else ()

    def good_file(self) -> bytes:
        if self.features:
            return json.dumps(geojson(*self.features)).encode()
        return csv_text(self.rows, self.header).encode()


def _table(columns: Mapping[str, tuple[str, str, str]]) -> dict[str, Any]:
    """Two rows and a third, given column by column."""
    rows = [{name: values[at] for name, values in columns.items()} for at in range(3)]
    return {"rows": tuple(rows[:2]), "third": rows[2]}


_LSOAS = ("E01000001", "E01000002", "E01000003")
_PLACED = {
    "longitude": ("-1.4701", "-1.4702", "-1.4703"),
    "latitude": ("53.3811", "53.3812", "53.3813"),
}


def _street() -> dict[str, Any]:
    rows = [street_row(**{"Crime_ID": f"c{n}", "Month": f"2025-0{n}"}) for n in (1, 2, 3)]
    return {"rows": tuple(rows[:2]), "third": rows[2]}


def _lsoa(geometry: Any) -> dict[str, Any]:
    return feature(geometry, LSOA21CD="E01000003", LSOA21NM="Sheffield 003A")


def _asset(number: int, geometry: Any) -> dict[str, Any]:
    return feature(geometry, **{"@id": f"node/{number}", "name": "Library", "amenity": "library"})


def _road(geometry: Any) -> dict[str, Any]:
    return feature(geometry, name="Green", rank=1)


IMPORTERS: dict[str, Importer] = {
    importer.name: importer
    for importer in (
        Importer(
            name="incidents",
            run=lambda ws, file: import_incidents(ws, file, replace_months=True),
            **_street(),
            needed="Month",
            says_missing=("month", "data.police.uk"),
            bad={"Month": "never"},
            says_bad=("month", "never"),
            words="Location",
            free_words=True,
            takes_workbooks=False,
            position=("Longitude", "Latitude"),
        ),
        Importer(
            name="deprivation",
            run=importing.import_deprivation,
            **_table(
                {
                    "LSOA code (2021)": _LSOAS,
                    "LSOA name (2021)": ("A", "B", "C"),
                    "IMD Score": ("9.5", "8.5", "7.5"),
                    "IMD Rank": ("7", "8", "9"),
                    "IMD Decile": ("1", "2", "3"),
                }
            ),
            needed="LSOA code (2021)",
            says_missing=("LSOA codes",),
            bad={"IMD Rank": "0"},
            says_bad=("imd rank", "out of range"),
            words="LSOA name (2021)",
            free_words=True,
            number="IMD Rank",
            key="LSOA code (2021)",
        ),
        Importer(
            name="population",
            run=importing.import_population,
            **_table(
                {
                    "lsoa21_code": _LSOAS,
                    "lsoa21_name": ("A", "B", "C"),
                    "population": ("1474", "1475", "1476"),
                }
            ),
            needed="population",
            says_missing=("population",),
            bad={"population": "-1"},
            says_bad=("population", "-1"),
            words="lsoa21_name",
            free_words=True,
            number="population",
            key="lsoa21_code",
        ),
        Importer(
            name="postcodes",
            run=importing.import_postcodes,
            **_table(
                {
                    "postcode": ("S1 2HE", "S1 2HF", "S1 2HG"),
                    "area": ("Sheffield",) * 3,
                    **_PLACED,
                }
            ),
            needed="postcode",
            says_missing=("postcode",),
            bad={"postcode": "Sheffield"},
            says_bad=("missing or malformed", "SHEFFIELD"),
            words="area",
            free_words=True,
            key="postcode",
        ),
        Importer(
            name="lookup",
            run=importing.import_lookup,
            **_table({"LSOA11CD": _LSOAS, "LSOA21CD": _LSOAS, "LSOA21NM": ("A", "B", "C")}),
            needed="LSOA21CD",
            says_missing=("codes",),
            bad={"LSOA21CD": "none"},
            says_bad=("missing or malformed", "none"),
            words="LSOA21NM",
            free_words=True,
            key="LSOA21CD",
        ),
        Importer(
            name="assets",
            run=importing.import_assets,
            **_table(
                {
                    "id": ("a1", "a2", "a3"),
                    "name": ("Library", "Park Library", "Moor Library"),
                    "kind": ("library",) * 3,
                    **_PLACED,
                    "note": ("open", "open", "open"),
                    "verified on": ("2026-01-01",) * 3,
                }
            ),
            needed="name",
            says_missing=("name", "template assets"),
            bad={"kind": "spaceport"},
            says_bad=("spaceport",),
            words="note",
            free_words=True,
            day="verified on",
            in_the_past=True,
            key="id",
        ),
        Importer(
            name="ocg-locations",
            run=importing.import_ocg_locations,
            **_table(
                {
                    "code": ("OCG-07", "OCG-08", "OCG-09"),
                    "kind": ("business",) * 3,
                    **_PLACED,
                    "radius_m": ("250", "300", "350"),
                    "confidence": ("low", "high", "medium"),
                    "source": ("log", "log", "log"),
                    "handling": ("police",) * 3,
                    "valid_from": ("", "", ""),
                }
            ),
            needed="radius_m",
            says_missing=("radius", "template ocg-locations"),
            bad={"confidence": "certain"},
            says_bad=("confidence", "certain"),
            words="source",
            free_words=True,
            day="valid_from",
            number="radius_m",
        ),
        Importer(
            name="people",
            run=importing.import_people,
            **_table(
                {
                    "name": ("Sam", "Alex", "Jo"),
                    "agency": ("Council",) * 3,
                    "role": ("lead", "lead", "warden"),
                    "work_email": ("s@example.gov.uk", "a@example.gov.uk", "j@example.gov.uk"),
                }
            ),
            needed="work_email",
            says_missing=("work email", "template people"),
            bad={"work_email": "none"},
            says_bad=("not an address", "none"),
            words="name",
            free_words=True,
            key="work_email",
        ),
        Importer(
            name="disruptions",
            run=partial(import_disruptions, by="LRO"),
            **_table(
                {
                    "reference": ("r1", "r2", "r3"),
                    "happened_on": ("2026-02-01", "2026-02-02", "2026-02-03"),
                    "what": ("Warrant", "Seizure", "Arrest"),
                    "level": ("minor", "major", "moderate"),
                    "pillar": ("Pursue",) * 3,
                    "agency": ("Police",) * 3,
                    "place": ("Moorfield",) * 3,
                }
            ),
            needed="level",
            says_missing=("level", "template disruptions"),
            bad={"level": "huge"},
            says_bad=("level", "huge"),
            words="what",
            free_words=True,
            day="happened_on",
            in_the_past=True,
            key="reference",
        ),
        Importer(
            name="boundaries",
            run=partial(importing.import_boundaries, layer="lsoa"),
            file_name="upload.geojson",
            features=(lsoa(1), lsoa(2)),
            other=_lsoa,
        ),
        Importer(
            name="context",
            run=partial(importing.import_context, layer="green"),
            file_name="upload.geojson",
            features=(_road(square(-1.5, 53.4)), _road(square(-1.4, 53.4))),
            other=_road,
        ),
        Importer(
            name="assets-geojson",
            run=importing.import_assets,
            file_name="upload.geojson",
            features=(_asset(1, square(-1.5, 53.4)), _asset(2, square(-1.4, 53.4))),
            other=partial(_asset, 3),
        ),
    )
}
