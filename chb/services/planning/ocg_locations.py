"""Locations of OCGs that a person records or edits by hand; lists of them are imported."""

from __future__ import annotations

from typing import Final

from chb.domain.access.permissions import Permission
from chb.domain.edits import StaleEdit
from chb.domain.ocgs.locations import OcgLocation
from chb.domain.places.places import checked_reason
from chb.domain.records import Signature
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.planning.keeping import listed_changes, signed
from chb.services.requests import once
from chb.services.workspace import Workspace
from chb.store.store import Transaction

_USUAL_HANDLING: Final = ("OFFICIAL-SENSITIVE, police only", "OFFICIAL-SENSITIVE, agreed partners")


@needs(Permission.SEE_OPERATIONS)
def handling_levels(ws: Workspace) -> tuple[str, ...]:
    """Handling levels in use, then the usual ones; a person may type another."""
    with ws.reading() as tx:
        used = sorted({each.handling for each in tx.ocg_locations.all()})
    return tuple(dict.fromkeys((*used, *_USUAL_HANDLING)))


@needs(Permission.MANAGE_OCGS)
def save_location(
    ws: Workspace, location: OcgLocation, *, by: str, reason: str = "", request_key: str = ""
) -> OcgLocation:
    """Record a location, or save what a person edited and why; every version stays.

    Raises Refusal for what cannot be kept, and StaleEdit when somebody else saved
    the location meanwhile.
    """
    if location.id:
        reason = checked_reason(reason, what="A change of a location")
    signature, kept = signed(ws, by, reason), location.checked()

    def make() -> str:
        _refuse_unknown_code(tx, kept)
        return str(_keep(tx, kept, signature))

    with ws.writing() as tx:
        return _existing(tx, int(once(tx, request_key, make, now=signature.at)))


def _keep(tx: Transaction, kept: OcgLocation, signature: Signature) -> int:
    if not kept.id:
        return tx.ocg_locations.record(kept, signature)
    if not tx.ocg_locations.change(kept, signature):
        raise _stale(tx, kept)
    return kept.id


def _existing(tx: Transaction, location_id: int) -> OcgLocation:
    location = tx.ocg_locations.get(location_id)
    if location is None:
        raise Refusal(
            "That location is not there",
            cause="It may have left with the sample place",
            remedy="Record it again",
        )
    return location


def _refuse_unknown_code(tx: Transaction, location: OcgLocation) -> None:
    codes = {ocg.code.casefold() for ocg in tx.planner.ocgs.all()}
    if location.code.casefold() not in codes:
        raise Refusal(
            f"No group called {location.code} is on the register",
            remedy="Register the group first, or choose one of the register",
        )


def _stale(tx: Transaction, edited: OcgLocation) -> StaleEdit:
    """Both versions in words: what was saved meanwhile, and what would have been."""
    now = _existing(tx, edited.id)
    saved = {each.version: each for each in tx.ocg_locations.revisions(edited.id)}
    seen = saved[edited.version].content if edited.version in saved else {}
    mine, theirs = tx.ocg_locations.plain(edited), tx.ocg_locations.plain(now)
    return StaleEdit(
        "This location",
        seen_version=edited.version,
        version=now.version,
        theirs=f"{saved[now.version].signature.by} changed {listed_changes(seen, theirs)}",
        yours=listed_changes(seen, mine),
    )
