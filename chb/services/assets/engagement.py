"""Talking to assets: whom to call on next, what was said, and a place in a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chb.domain.access.permissions import Permission
from chb.domain.assets.engagement import Contact, after_contact
from chb.domain.assets.register import Asset, AssetPin, AssetStatus
from chb.domain.places.phases import Intensity
from chb.domain.places.places import Place
from chb.domain.wording import checked_past
from chb.services.access.rules import needs
from chb.services.assets.reach import WALKING_M
from chb.services.assets.register import refuse_unlisted
from chb.services.planning.keeping import existing, keep, signed
from chb.services.requests import once
from chb.services.workspace import Workspace
from chb.store.store import Transaction
from geo.cells import centres
from geo.nearest import nearest
from geo.reach import straight_m

_TO_CALL_ON: Final = (AssetStatus.FOUND, AssetStatus.CONTACTED)
"""Those not yet contacted come first."""
_AT_WORK: Final = frozenset({Intensity.PLANNED, Intensity.ACTIVE, Intensity.SUSTAINING})


@dataclass(frozen=True)
class QueuedAsset:
    """An asset to call on, and the place of the partnership's work that it is nearest to."""

    asset: AssetPin
    place_id: str
    place_name: str
    distance_m: float
    """Straight line to the centre of the place's nearest cell."""
    last_contact: Contact | None = None


@needs(Permission.MANAGE_ASSETS)
def engagement_queue(ws: Workspace) -> tuple[QueuedAsset, ...]:
    """Assets within walking distance of places at work that nobody has won yet.

    Those not yet contacted come first, the closest of them first. A place is at work
    while one of its phases is planned, active or sustaining.
    """
    with ws.reading() as tx:
        waiting = [each for each in tx.assets.pins() if each.status in _TO_CALL_ON]
        at_work = [each for each in tx.places.all() if _is_at_work(ws, each)]
        last = {each.asset_id: each for each in _by_day(tx.asset_contacts.all())}
    if not waiting or not at_work:
        return ()
    cells, place_at = _cells_of(at_work)
    at, distance_m = nearest(_positions(waiting), among=centres(cells))
    reach_m = straight_m([each.reach_m or WALKING_M for each in waiting])
    queue = [
        _queued(waiting[i], at_work[place_at[at[i]]], float(distance_m[i]), last)
        for i in np.flatnonzero(distance_m <= reach_m)
    ]
    return tuple(sorted(queue, key=_closest_first))


@needs(Permission.MANAGE_ASSETS)
def log_contact(ws: Workspace, contact: Contact, *, by: str, request_key: str = "") -> Contact:
    """Keep a contact with an asset, whose status moves on by what came of it.

    Without an answer the asset stays as it was, and so it does when a later contact was
    logged already. Who was in touch is who signed in.
    """
    checked_past(contact.on, today=ws.today(), what="The contact")
    signature = signed(ws, by)
    new = _in_the_name_of(contact, signature.by).checked()

    def make() -> str:
        asset = existing(tx.assets, new.asset_id)
        refuse_unlisted(tx, asset)
        is_latest = all(each.on <= new.on for each in tx.asset_contacts.where(asset_id=asset.id))
        moved = after_contact(asset, new) if is_latest else asset
        if moved != asset:
            keep(tx.assets, moved, signature=signature)
        return keep(tx.asset_contacts, new, signature=signature)

    with ws.writing() as tx:
        return existing(tx.asset_contacts, once(tx, request_key, make, now=signature.at))


@needs(Permission.MANAGE_ASSETS)
def contacts_of(ws: Workspace, asset_id: str) -> tuple[Contact, ...]:
    """Contacts with an asset and with those merged into it, the latest first."""
    with ws.reading() as tx:
        asset = existing(tx.assets, asset_id)
        found = tx.asset_contacts.where(asset_id=_with_absorbed(tx, asset))
    return tuple(reversed(_by_day(found)))


def _in_the_name_of(contact: Contact, author: str) -> Contact:
    return replace(contact, id="", version=0, by=author)


def _with_absorbed(tx: Transaction, asset: Asset) -> set[str]:
    """The asset's id and those of all that were merged into it, at one remove or more."""
    absorbed: dict[str, list[str]] = defaultdict(list)
    for each in tx.assets.where(status=AssetStatus.CLOSED.value):
        absorbed[each.merged_into].append(each.id)
    found, waiting = set[str](), [asset.id]
    while waiting:
        one = waiting.pop()
        found.add(one)
        waiting += [each for each in absorbed.get(one, ()) if each not in found]
    return found


def _is_at_work(ws: Workspace, place: Place) -> bool:
    return place.is_open(ws.today()) and bool(
        _AT_WORK & set(place.intensities(ws.today()).values())
    )


def _cells_of(places: Sequence[Place]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Every cell of the places, and for each the position of its place."""
    cells = [sorted(place.boundary.cells) for place in places]
    place_at = np.repeat(np.arange(len(places)), [len(each) for each in cells])
    return np.concatenate([np.array(each, dtype=np.uint64) for each in cells]), place_at


def _positions(assets: Sequence[AssetPin]) -> tuple[list[float], list[float]]:
    return [each.longitude for each in assets], [each.latitude for each in assets]


def _queued(
    asset: AssetPin, place: Place, distance_m: float, last: dict[str, Contact]
) -> QueuedAsset:
    return QueuedAsset(asset, place.id, place.name, distance_m, last.get(asset.id))


def _closest_first(queued: QueuedAsset) -> tuple[int, float]:
    return _TO_CALL_ON.index(queued.asset.status), queued.distance_m


def _by_day(contacts: Sequence[Contact]) -> list[Contact]:
    return sorted(contacts, key=lambda each: each.on)
