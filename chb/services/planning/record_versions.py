"""Every saved version of a record, each beside what it changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from chb.domain.access.permissions import Permission
from chb.domain.records import Revision, Signature, differences
from chb.services.access.rules import needs
from chb.services.planning.secrecy import TRIGGER, hides_trigger
from chb.services.workspace import Workspace
from chb.store.store import Transaction


class RecordKind(StrEnum):
    """Records that are edited, and so have versions; scorings and reviews never change."""

    OCG = "group"
    NOMINAL = "nominal"
    LINK = "link"
    LOCATION = "location"
    REQUIREMENT = "requirement"
    REQUEST = "request"
    PLAN = "plan"
    INTERVENTION = "intervention"


@dataclass(frozen=True)
class RecordVersion:
    """One version, and by name the value that each change left behind and brought."""

    number: int
    signature: Signature
    changes: Mapping[str, tuple[Any, Any]]
    """Empty for the first version."""


_READ: Final[dict[RecordKind, Callable[[Transaction, str], tuple[Revision, ...]]]] = {
    RecordKind.OCG: lambda tx, id_: tx.planner.ocgs.revisions(id_),
    RecordKind.NOMINAL: lambda tx, id_: tx.planner.nominals.revisions(id_),
    RecordKind.LINK: lambda tx, id_: tx.planner.ocg_links.revisions(id_),
    RecordKind.LOCATION: lambda tx, id_: tx.ocg_locations.revisions(int(id_)),
    RecordKind.REQUIREMENT: lambda tx, id_: tx.planner.requirements.revisions(id_),
    RecordKind.REQUEST: lambda tx, id_: tx.planner.partner_requests.revisions(id_),
    RecordKind.PLAN: lambda tx, id_: tx.planner.plans.revisions(id_),
    RecordKind.INTERVENTION: lambda tx, id_: tx.planner.interventions.revisions(id_),
}


@needs(Permission.SEE_OPERATIONS, shows="record versions")
def versions_of(ws: Workspace, kind: RecordKind, record_id: str | int) -> tuple[RecordVersion, ...]:
    """The versions of a record, the latest first; none for a location as it was imported.

    A save of nothing that the person may see is left out, and the others are numbered
    without a gap.
    """
    with ws.reading() as tx:
        saved = _READ[kind](tx, str(record_id))
        hidden = kind == RecordKind.PLAN and _hides(ws, tx, str(record_id))
    return _without_gaps(_told(compared(saved), hidden=hidden))


def compared(saved: Sequence[Revision]) -> tuple[RecordVersion, ...]:
    """Each version beside what it changed, the latest first, of revisions oldest first."""
    versions = [
        RecordVersion(
            number=after.version,
            signature=after.signature,
            changes={} if before is None else _changes(before, after),
        )
        for before, after in zip((None, *saved), saved, strict=False)
    ]
    return tuple(reversed(versions))


def _hides(ws: Workspace, tx: Transaction, plan_id: str) -> bool:
    plan = tx.planner.plans.get(plan_id)
    return plan is not None and hides_trigger(ws.scope, plan, ws.today())


def _without_trigger(version: RecordVersion) -> RecordVersion:
    """The version without the date that was set, and without the reason that may name it."""
    if TRIGGER not in version.changes:
        return version
    return RecordVersion(
        number=version.number,
        signature=replace(version.signature, reason=""),
        changes={name: both for name, both in version.changes.items() if name != TRIGGER},
    )


def _told(versions: Sequence[RecordVersion], *, hidden: bool) -> list[RecordVersion]:
    """Versions, but for those that changed nothing that the person is told of.

    That is the trigger date where it is ``hidden``, and a save that brought a record back as
    it was last seen: it would tell that the record was elsewhere meanwhile. A save that
    changed nothing at all is no secret.
    """
    numbers = {each.number for each in versions}
    first = min(numbers, default=0)
    told = []
    for version in versions:
        seen = _without_trigger(version) if hidden else version
        is_idle = not version.changes and version.number - 1 in numbers
        if seen.changes or is_idle or version.number == first:
            told.append(seen)
    return told


def _without_gaps(versions: Sequence[RecordVersion]) -> tuple[RecordVersion, ...]:
    """Versions, the latest first, that are numbered on from the earliest."""
    if not versions:
        return ()
    last = versions[-1].number + len(versions) - 1
    return tuple(replace(each, number=last - at) for at, each in enumerate(versions))


def _changes(before: Revision, after: Revision) -> dict[str, tuple[Any, Any]]:
    return {
        name: (before.content.get(name), after.content[name])
        for name in differences(before.content, after.content)
    }
