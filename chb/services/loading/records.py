"""From checked rows to records: assets, OCG locations, people."""

from __future__ import annotations

from datetime import date
from typing import Any

from chb.domain.assets.batches import BatchKind
from chb.domain.ocgs.locations import Confidence, LocationKind, OcgLocation
from chb.domain.people import Person
from chb.domain.records import Signature
from chb.services.assets.batches import BatchChanges, keep_batch
from chb.services.assets.rows import asset_of, asset_rows, brought_up
from chb.sources.reading import Reading
from chb.store.store import Transaction


def keep_assets(
    tx: Transaction, reading: Reading[Any], *, signature: Signature, is_sample: bool
) -> None:
    """Save assets as one batch; those known by source and source's id are brought up to date.

    What the partnership has come to with them stays as it is.
    """
    known = tx.assets.known_sources()
    read = [
        asset_of(row, source=reading.name, sha256=reading.sha256)
        for row in asset_rows(reading.frame)
    ]
    ids = {each.source_id: known.get((each.source, each.source_id)) for each in read}
    kept = {each.id: each for each in tx.assets.some(id_ for id_ in ids.values() if id_)}
    added, changed = [], []
    for each in read:
        stored = kept.get(ids[each.source_id] or "")
        if stored is None:
            added.append(each)
        elif (newer := brought_up(stored, each)) != stored:
            changed.append(newer)
    keep_batch(tx, BatchChanges(added, changed), BatchKind.IMPORT, signature, is_sample=is_sample)


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
        for row in asset_rows(reading.frame)
    ]
    tx.ocg_locations.add(locations, source_sha256=reading.sha256, is_sample=is_sample)


def keep_people(tx: Transaction, reading: Reading[Any], *, is_sample: bool) -> None:
    """Save people."""
    people = [
        Person(row["name"], row["agency"], row["role"], row["work_email"])
        for row in asset_rows(reading.frame)
    ]
    tx.people.put(people, source_sha256=reading.sha256, is_sample=is_sample)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
