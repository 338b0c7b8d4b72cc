"""A group's file as it grew: every version of every record on it, the latest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from chb.domain.access.permissions import Permission
from chb.domain.records import Revision
from chb.services.access.rules import needs
from chb.services.planning.keeping import existing
from chb.services.planning.record_versions import compared
from chb.services.workspace import Workspace
from chb.store.store import Transaction


@dataclass(frozen=True)
class FileEvent:
    """Something that was recorded on a file, or changed there."""

    at: datetime
    by: str
    what: str
    reason: str
    changed: tuple[str, ...]
    """Names of the values that differ; empty when the record was new."""


@needs(Permission.SEE_OPERATIONS, shows="ocg")
def file_history(ws: Workspace, ocg_id: str, *, most: int = 200) -> tuple[FileEvent, ...]:
    """What was recorded and changed on a group's file, the latest first, ``most`` of it.

    Each version is held to what the person may see, as it says itself. A location that was
    imported appears from its first edit on. Refusal when the group is not there.
    """
    with ws.reading() as tx:
        found = list(_events(tx, ocg_id))
    return tuple(sorted(found, key=lambda event: event.at, reverse=True)[:most])


def _events(tx: Transaction, ocg_id: str) -> Iterator[FileEvent]:
    records = tx.planner
    ocg = existing(records.ocgs, ocg_id)
    codes = {each.id: each.code for each in records.ocgs.all()}
    yield from _of("The group", records.ocgs.revisions(ocg_id))
    for score in records.scores.where(ocg_id=ocg_id):
        words = f"Scored {score.band}, {score.tier}"
        yield from _of(words, records.scores.revisions(score.id))
    for morile in records.morile_scores.where(ocg_id=ocg_id):
        yield from _of("MoRiLE score", records.morile_scores.revisions(morile.id))
    for review in records.reviews.where(ocg_id=ocg_id):
        yield from _of(
            f"{review.kind.value.capitalize()} review", records.reviews.revisions(review.id)
        )
    for nominal in records.nominals.where(ocg_id=ocg_id):
        yield from _of(f"Nominal {nominal.reference}", records.nominals.revisions(nominal.id))
    yield from _of_links(tx, ocg_id, codes)
    for location in tx.ocg_locations.all():
        if location.code.casefold() == ocg.code.casefold():
            words = f"Location: {location.kind}"
            yield from _of(words, tx.ocg_locations.revisions(location.id))


def _of_links(tx: Transaction, ocg_id: str, codes: Mapping[str, str]) -> Iterator[FileEvent]:
    links = tx.planner.ocg_links
    for link in (*links.where(ocg_id=ocg_id), *links.where(other_id=ocg_id)):
        words = f"Link: {link.kind} with {codes[link.other_than(ocg_id)]}"
        yield from _of(words, links.revisions(link.id))


def _of(what: str, saved: tuple[Revision, ...]) -> Iterator[FileEvent]:
    for version in compared(saved):
        signature = version.signature
        changed = tuple(version.changes)
        yield FileEvent(signature.at, signature.by, what, signature.reason, changed)
