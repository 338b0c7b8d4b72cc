"""Open Referral UK as a package of CSV files, joined into services as its JSON has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any, Final

from chb.domain.wording import plural
from chb.sources.files import InputFile, combined_sha256
from chb.sources.open_referral.documents import rows_table
from chb.sources.open_referral.services import service_rows
from chb.sources.tables import Table, read_table

_SERVICES: Final = "services"
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "services": ("services.csv", "service.csv"),
    "locations": ("locations.csv", "location.csv"),
    "places": ("service_at_locations.csv", "service_at_location.csv"),
    "schedules": ("schedules.csv", "schedule.csv"),
    "areas": ("service_areas.csv", "service_area.csv"),
    "addresses": ("addresses.csv", "address.csv", "physical_addresses.csv"),
    "accessibility": ("accessibility.csv", "accessibility_for_disabilities.csv"),
    "costs": ("cost_options.csv", "cost_option.csv"),
    "contacts": ("contacts.csv", "contact.csv"),
    "attributes": ("attributes.csv", "attribute.csv"),
    "terms": ("taxonomy_terms.csv", "taxonomy_term.csv"),
    "organisations": ("organizations.csv", "organization.csv"),
}
"""Our word for a table, and the names its file may have; the first that is there is read."""

Row = dict[str, Any]
Grouped = dict[str, list[Row]]


def is_package(files: Sequence[InputFile]) -> bool:
    """Whether several files are one package: services, and where they are."""
    names = {_base(file) for file in files}
    return bool(names & set(_NAMES[_SERVICES])) and bool(
        names & {*_NAMES["places"], *_NAMES["locations"]}
    )


def package_table(files: Sequence[InputFile], today: date) -> Table:
    """The package as a table with the columns an asset list has, a row a location."""
    tables = _tables(files)
    services = _joined({name: _rows(table) for name, table in tables.items()})
    rows = [row for service in services for row in service_rows(service, today)]
    read = {table.name for table in tables.values()}
    left = [_base(file) for file in files if file.name not in read]
    notes = tuple(note for table in tables.values() for note in table.notes)
    notes += tuple(
        f"{table.name}: {plural(len(table.ragged), 'row')} with too many or too few fields left out"
        for name, table in tables.items()
        if table.ragged and name != _SERVICES
    )
    if left:
        notes += (f"Not needed and left out: {', '.join(sorted(left))}",)
    return _with_ragged(
        rows_table(tables[_SERVICES].name, combined_sha256(files), rows, notes=notes),
        tables[_SERVICES],
    )


def _with_ragged(joined: Table, services: Table) -> Table:
    """The joined table, counting the services that could not be read at all."""
    return replace(
        joined,
        rows_read=joined.rows_read + len(services.ragged),
        refused=services.refused,
        ragged=services.ragged,
    )


def _tables(files: Sequence[InputFile]) -> dict[str, Table]:
    by_name = {_base(file): file for file in files}
    found = {
        ours: next((by_name[name] for name in names if name in by_name), None)
        for ours, names in _NAMES.items()
    }
    return {ours: read_table(file) for ours, file in found.items() if file is not None}


def _rows(table: Table) -> list[Row]:
    return [
        {str(name): value for name, value in row.items()} for row in table.frame.to_dict("records")
    ]


def _joined(tables: Mapping[str, list[Row]]) -> list[Row]:
    """Each service with all that belongs to it, under the names of the standard's JSON."""
    organisations = {row.get("id", ""): row for row in tables.get("organisations", [])}
    attributes = _attributes(tables)
    of_service = {
        "schedules": _by(tables, "schedules", "service_id"),
        "service_areas": _by(tables, "areas", "service_id"),
        "cost_options": _by(tables, "costs", "service_id"),
        "contacts": _by(tables, "contacts", "service_id"),
        "attributes": attributes,
    }
    places = _places(tables, attributes)
    return [
        {
            **service,
            "organization": organisations.get(service.get("organization_id", ""), {}),
            "service_at_locations": places.get(service.get("id", ""), []),
            **{name: rows.get(service.get("id", ""), []) for name, rows in of_service.items()},
        }
        for service in tables[_SERVICES]
    ]


def _places(tables: Mapping[str, list[Row]], attributes: Grouped) -> Grouped:
    """Locations of each service; schedules of a location come with those of the service."""
    addresses = _by(tables, "addresses", "location_id")
    accessibility = _by(tables, "accessibility", "location_id")
    locations = {
        row.get("id", ""): {
            **row,
            "addresses": addresses.get(row.get("id", ""), []),
            "accessibility": accessibility.get(row.get("id", ""), []),
            "attributes": attributes.get(row.get("id", ""), []),
        }
        for row in tables.get("locations", [])
    }
    links = tables.get("places") or [
        row | {"location_id": row.get("id", "")} for row in tables.get("locations", [])
    ]
    placed = [row | {"location": locations.get(row.get("location_id", ""), {})} for row in links]
    return _grouped(placed, "service_id")


def _attributes(tables: Mapping[str, list[Row]]) -> Grouped:
    terms = {row.get("id", ""): row for row in tables.get("terms", [])}
    linked = [
        row | {"taxonomy_term": terms.get(row.get("taxonomy_term_id", ""), {})}
        for row in tables.get("attributes", [])
    ]
    return _grouped(linked, "link_id")


def _by(tables: Mapping[str, list[Row]], name: str, key: str) -> Grouped:
    return _grouped(tables.get(name, []), key)


def _grouped(rows: list[Row], key: str) -> Grouped:
    groups: Grouped = {}
    for row in rows:
        groups.setdefault(row.get(key, ""), []).append(row)
    return groups


def _base(file: InputFile) -> str:
    return PurePosixPath(file.name).name.casefold()
