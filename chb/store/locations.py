"""OCG locations in the database: restricted, by code only.

A location that a person records or edits keeps every version among the revisions,
as records do. One that was imported has none until it is first edited; what the
import said is then kept as its first version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, delete, false, func, insert, select, update

from chb.domain.access.roles import View
from chb.domain.audit import AuditAction
from chb.domain.ocgs.locations import OcgLocation
from chb.domain.records import Revision, Signature, differences
from chb.store.revisions import add_revision, revisions_of
from chb.store.tables.locations import ocg_location
from chb.store.tables.ocg_register import ocg
from chb.store.tables.records import revision
from chb.store.unit import Unit
from chb.store.visibility import sees_code

KIND: Final = "ocg_location"

_ADAPTER: Final = TypeAdapter(OcgLocation)
_NOT_SAID: Final = ("source_sha256", "is_sample")
_IMPORTED_VERSION: Final = 1


class OcgLocationRepository:
    """OCG locations within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection

    def all(self) -> tuple[OcgLocation, ...]:
        """Every location, by code."""
        rows = self._connection.execute(
            select(ocg_location)
            .where(self._visible())
            .order_by(ocg_location.c.code, ocg_location.c.id)
        ).mappings()
        versions = self._versions()
        return tuple(
            _location(row, version=versions.get(str(row["id"]), _IMPORTED_VERSION)) for row in rows
        )

    def get(self, location_id: int) -> OcgLocation | None:
        """One location, None when there is none of that id."""
        return next((each for each in self.all() if each.id == location_id), None)

    def count(self) -> int:
        """How many locations there are."""
        query = select(func.count()).select_from(ocg_location).where(self._visible())
        return int(self._connection.execute(query).scalar_one())

    def _visible(self) -> ColumnElement[bool]:
        """Points are for officers, and only those of groups that they know."""
        if self._unit.scope.view < View.RESTRICTED:
            return false()
        return sees_code(self._unit, ocg_location.c.code)

    def add(
        self, locations: Iterable[OcgLocation], *, source_sha256: str, is_sample: bool = False
    ) -> None:
        """Save locations read from one file."""
        values = [
            _row(location) | {"source_sha256": source_sha256, "is_sample": is_sample}
            for location in locations
        ]
        if values:
            self._connection.execute(insert(ocg_location), values)
        self._unit.audit.record_many(AuditAction.COLLECT, KIND, values)

    def record(self, new: OcgLocation, signature: Signature) -> int:
        """Save a location that a person wrote, with its first version; its id.

        A location of the sample's group is of the sample, and leaves with it.
        """
        is_sample = self._is_samples_group(new.code)
        values = _row(new) | {"source_sha256": "", "is_sample": is_sample}
        added = insert(ocg_location).values(values).returning(ocg_location.c.id)
        location_id = int(self._connection.execute(added).scalar_one())
        self._revise(replace(new, id=location_id, version=1), signature, is_sample=is_sample)
        self._unit.audit.record(AuditAction.ALTER, KIND, str(location_id), version=1)
        return location_id

    def change(self, edited: OcgLocation, signature: Signature) -> bool:
        """Save the next version of a location that was seen; False when somebody else has."""
        present = self.get(edited.id)
        if present is None or present.version != edited.version:
            return False
        self._save_next(present, edited, signature)
        return True

    def follow(self, code: str, new_code: str, signature: Signature) -> None:
        """Let every location under a group's code go by its new one, as a version of each.

        While they move, some go by a code that the scope does not know yet, or no longer.
        """
        with self._unit.in_full() as whole:
            repository = OcgLocationRepository(whole)
            for each in repository.all():
                if each.code.casefold() == code.casefold():
                    repository._save_next(each, replace(each, code=new_code), signature)

    def _save_next(self, present: OcgLocation, edited: OcgLocation, signature: Signature) -> None:
        is_sample = self._is_sample(edited.id)
        if not self.revisions(edited.id):
            imported = replace(signature, by="import", reason="As it was before its first edit")
            self._revise(present, imported, is_sample=is_sample)
        self._connection.execute(
            update(ocg_location).where(ocg_location.c.id == edited.id).values(_row(edited))
        )
        version = edited.version + 1
        self._revise(replace(edited, version=version), signature, is_sample=is_sample)
        fields = differences(self.plain(present), self.plain(edited))
        self._unit.audit.record(
            AuditAction.ALTER, KIND, str(edited.id), version=version, fields=fields
        )

    def revisions(self, location_id: int) -> tuple[Revision, ...]:
        """Every version of a location that may be seen, now and as it was then, oldest first."""
        if self.get(location_id) is None:
            return ()
        seen = sees_code(self._unit, revision.c.content["code"].as_string())
        return revisions_of(self._connection, KIND, str(location_id), seen)

    def plain(self, location: OcgLocation) -> dict[str, Any]:
        """Plain values of a location, as its revisions hold them."""
        values: dict[str, Any] = _ADAPTER.dump_python(location, mode="json")
        return values

    def remove_samples(self) -> None:
        """Delete the sample place's locations with their versions."""
        self._connection.execute(
            delete(revision).where(revision.c.kind == KIND, revision.c.is_sample)
        )
        self._connection.execute(delete(ocg_location).where(ocg_location.c.is_sample))

    def _versions(self) -> dict[str, int]:
        query = (
            select(revision.c.record_id, func.max(revision.c.version).label("version"))
            .where(revision.c.kind == KIND)
            .group_by(revision.c.record_id)
        )
        return {row.record_id: row.version for row in self._connection.execute(query)}

    def _revise(self, location: OcgLocation, signature: Signature, *, is_sample: bool) -> None:
        saved = Revision(KIND, str(location.id), location.version, self.plain(location), signature)
        add_revision(self._connection, saved, is_sample=is_sample)

    def _is_sample(self, location_id: int) -> bool:
        query = select(ocg_location.c.is_sample).where(ocg_location.c.id == location_id)
        return bool(self._connection.execute(query).scalar_one_or_none())

    def _is_samples_group(self, code: str) -> bool:
        codes = self._connection.execute(select(ocg.c.code).where(ocg.c.is_sample)).scalars()
        return code.casefold() in {each.casefold() for each in codes}


def _location(row: Mapping[Any, Any], *, version: int) -> OcgLocation:
    columns = {name: value for name, value in row.items() if name not in _NOT_SAID}
    return _ADAPTER.validate_python(columns | {"version": version})


def _row(location: OcgLocation) -> dict[str, Any]:
    values: dict[str, Any] = _ADAPTER.dump_python(location)
    return {
        name: getattr(value, "value", value)
        for name, value in values.items()
        if name not in ("id", "version")
    }
