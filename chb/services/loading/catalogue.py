"""What is loaded, in words and counts."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from chb.domain.periods import Month
from chb.services.access.rules import open_to_all
from chb.services.harm.incidents import incident_entries, month_of
from chb.services.workspace import Workspace
from chb.store.frames import FrameEntry
from chb.store.store import Transaction


@dataclass(frozen=True)
class LoadedIncidents:
    """What one force has loaded."""

    force: str
    rows: int
    first: Month
    last: Month
    missing: tuple[Month, ...]


@dataclass(frozen=True)
class LoadedFrame:
    """Any other frame that is loaded."""

    kind: str
    name: str
    rows: int
    source_name: str


@dataclass(frozen=True)
class Status:
    """The store at a glance."""

    home: str
    incidents: tuple[LoadedIncidents, ...]
    frames: tuple[LoadedFrame, ...]
    n_places: int
    n_assets: int
    n_ocg_locations: int
    n_people: int
    has_sample: bool

    @property
    def is_empty(self) -> bool:
        """Nothing was ever loaded or marked."""
        counts = (self.n_places, self.n_assets, self.n_ocg_locations, self.n_people)
        return not (self.incidents or self.frames or any(counts))

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "home": self.home,
            "incidents": [
                {
                    "force": force.force,
                    "rows": force.rows,
                    "first": str(force.first),
                    "last": str(force.last),
                    "missing": [str(month) for month in force.missing],
                }
                for force in self.incidents
            ],
            "frames": [vars(frame) for frame in self.frames],
            "places": self.n_places,
            "assets": self.n_assets,
            "ocg_locations": self.n_ocg_locations,
            "people": self.n_people,
            "has_sample": self.has_sample,
        }


@open_to_all
def status(ws: Workspace) -> Status:
    """What is loaded in the workspace."""
    with ws.reading() as tx:
        entries = tx.frames.entries()
        return Status(
            home=str(ws.home),
            incidents=_by_force(incident_entries(tx)),
            frames=tuple(
                LoadedFrame(entry.kind, entry.name, entry.n_rows, entry.source_name)
                for entry in entries
                if entry.kind != "incidents"
            ),
            n_places=len(tx.places.names()),
            n_assets=tx.assets.count(),
            n_ocg_locations=tx.ocg_locations.count(),
            n_people=tx.people.count(),
            has_sample=any(entry.is_sample for entry in entries),
        )


@open_to_all
def loaded_months(ws: Workspace) -> tuple[Month, ...]:
    """Every month for which any force is loaded, in order."""
    with ws.reading() as tx:
        return tuple(sorted({month_of(entry) for entry in incident_entries(tx)}))


@open_to_all
def data_version(ws: Workspace) -> str:
    """Changes whenever something a profile is computed from changes.

    Three digests with full stops between: of what is public, of the assets, and of the
    locations of groups that the asker may see.
    """
    with ws.reading() as tx:
        return _version(tx)


@open_to_all
def frames_version(ws: Workspace) -> str:
    """Changes whenever months, boundaries or anything else public is loaded: alike for all."""
    with ws.reading() as tx:
        return _digest(_frames(tx))


def _version(tx: Transaction) -> str:
    locations = [repr(location) for location in tx.ocg_locations.all()]
    return ".".join(map(_digest, (_frames(tx), tx.assets.fingerprint(), locations)))


def _frames(tx: Transaction) -> list[list[str]]:
    return [[entry.kind, entry.name, entry.file_name] for entry in tx.frames.entries()]


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def _by_force(entries: tuple[FrameEntry, ...]) -> tuple[LoadedIncidents, ...]:
    forces: dict[str, dict[Month, int]] = {}
    for entry in entries:
        months = forces.setdefault(str(entry.details["force"]), {})
        months[month_of(entry)] = entry.n_rows
    return tuple(
        LoadedIncidents(
            force=force,
            rows=sum(months.values()),
            first=min(months),
            last=max(months),
            missing=tuple(
                Month.from_ordinal(ordinal)
                for ordinal in range(min(months).ordinal, max(months).ordinal)
                if Month.from_ordinal(ordinal) not in months
            ),
        )
        for force, months in sorted(forces.items())
    )
