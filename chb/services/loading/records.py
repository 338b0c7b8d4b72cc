"""From checked rows to records: assets, OCG locations, people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pandas as pd

from chb.domain.assets import Asset, Session
from chb.domain.ocgs.locations import Confidence, LocationKind, OcgLocation
from chb.domain.people import Person
from chb.services.requests import new_id
from chb.sources.reading import Reading
from chb.store.store import Transaction


def keep_assets(tx: Transaction, reading: Reading[Any], *, now: datetime, is_sample: bool) -> None:
    """Save assets; those known by source and source's id take the place of their older selves."""
    rows = list(_rows(reading.frame))
    known = tx.assets.known_sources()
    replaced = {row["source_id"]: known.get((reading.name, row["source_id"])) for row in rows}
    tx.assets.remove(id_ for id_ in replaced.values() if id_ is not None)
    tx.assets.add(
        [
            _asset(row, id_=replaced[row["source_id"]] or new_id(), source=reading.name, now=now)
            for row in rows
        ],
        source_ids=[row["source_id"] for row in rows],
        source_sha256=reading.sha256,
        is_sample=is_sample,
    )


def keep_locations(tx: Transaction, reading: Reading[Any], *, is_sample: bool) -> None:
    """Save OCG locations."""
    locations = [
        OcgLocation(
            code=row["code"],
            kind=LocationKind(row["kind"]),
            longitude=row["longitude"],
            latitude=row["latitude"],
            radius_m=row["radius_m"],
            confidence=Confidence(row["confidence"]),
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            source=row["source"],
            handling=row["handling"],
        )
        for row in _rows(reading.frame)
    ]
    tx.ocg_locations.add(locations, source_sha256=reading.sha256, is_sample=is_sample)


def keep_people(tx: Transaction, reading: Reading[Any], *, is_sample: bool) -> None:
    """Save people."""
    people = [
        Person(row["name"], row["agency"], row["role"], row["work_email"])
        for row in _rows(reading.frame)
    ]
    tx.people.put(people, source_sha256=reading.sha256, is_sample=is_sample)


def _asset(row: dict[str, Any], *, id_: str, source: str, now: datetime) -> Asset:
    return Asset(
        id=id_,
        name=row["name"],
        kind=row["kind"],
        longitude=row["longitude"],
        latitude=row["latitude"],
        source=source,
        address=row["address"],
        postcode=row["postcode"],
        contact_role=row["contact_role"],
        note=row["note"],
        sessions=tuple(Session.from_dict(values) for values in json.loads(row["sessions"] or "[]")),
        verified_on=_day(row["verified_on"]),
        recorded_at=now,
    )


def _rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    return ({str(key): value for key, value in row.items()} for row in frame.to_dict("records"))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
