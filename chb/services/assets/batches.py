"""One confirmed change of many assets: all of it in one transaction, or none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from chb.domain.access.permissions import Permission
from chb.domain.assets.batches import AssetBatch, BatchItem, BatchKind
from chb.domain.assets.register import Asset, AssetStatus
from chb.domain.records import Signature
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line
from chb.services.access.rules import needs
from chb.services.assets.register import check_asset
from chb.services.planning.keeping import signed
from chb.services.requests import new_id, once
from chb.services.workspace import Workspace
from chb.store.assets.register import AssetState
from chb.store.store import Transaction

_MOST_NAMED: Final = 20


@dataclass(frozen=True)
class BatchChanges:
    """What a batch does; assets that are changed carry the version that was seen.

    New assets may bring an id of their own; where they do not they are given one.
    """

    added: Sequence[Asset] = ()
    changed: Sequence[Asset] = ()
    closed_ids: Collection[str] = ()


@needs(Permission.MANAGE_ASSETS)
def list_batches(ws: Workspace) -> tuple[AssetBatch, ...]:
    """Every batch, the newest first."""
    with ws.reading() as tx:
        return tx.asset_batches.all()


@needs(Permission.MANAGE_ASSETS)
def apply_batch(
    ws: Workspace,
    changes: BatchChanges,
    *,
    title: str,
    by: str,
    kind: BatchKind,
    request_key: str = "",
) -> AssetBatch:
    """Save all of it in one transaction; Refusal, and nothing saved, when any of it cannot be."""
    signature = signed(ws, by, checked_line(title, what="The title of the change"))
    for each in (*changes.added, *changes.changed):
        check_asset(ws, each)
    with ws.writing() as tx:
        made = once(
            tx, request_key, lambda: keep_batch(tx, changes, kind, signature), now=signature.at
        )
        return existing_batch(tx, made)


def keep_batch(
    tx: Transaction,
    changes: BatchChanges,
    kind: BatchKind,
    signature: Signature,
    *,
    is_sample: bool = False,
) -> str:
    """Save a batch within a transaction; its id. Its title is the reason of the signature.

    ``is_sample`` says that what it adds is of the sample place.
    """
    known = tx.assets.states()
    added = _new(changes.added, at=signature.at)
    changed = [_checked(each) for each in (*changes.changed, *_closed(tx, changes.closed_ids))]
    _refuse_known(added, known)
    _refuse_stale(changed, known)
    samples = [each.id for each in changed if known[each.id].is_sample]
    tx.assets.add_many(added, signature, is_sample=is_sample)
    tx.assets.change_many(changed, signature, samples=samples)
    n_closed = sum(_closes(each, known) for each in changed)
    batch = AssetBatch(
        id=new_id(),
        kind=kind,
        title=signature.reason,
        by=signature.by,
        made_at=signature.at,
        n_added=len(added),
        n_changed=len(changed) - n_closed,
        n_closed=n_closed,
    )
    only_samples = bool(samples) and not added and len(samples) == len(changed)
    tx.asset_batches.add(batch, _items(added, changed), is_sample=is_sample or only_samples)
    return batch.id


def existing_batch(tx: Transaction, batch_id: str) -> AssetBatch:
    """The batch of that id; Refusal when it is not there."""
    batch = tx.asset_batches.get(batch_id)
    if batch is None:
        raise Refusal(
            "That change of assets is not there",
            found=f"None has the id {batch_id[:80]!r}",
            remedy="Go back to the list",
        )
    return batch


def listed(words: Sequence[str]) -> str:
    """The first of many in one line, and how many more there are."""
    shown = "; ".join(words[:_MOST_NAMED])
    more = len(words) - _MOST_NAMED
    return f"{shown}; and {more:,} more" if more > 0 else shown


def _new(added: Iterable[Asset], *, at: datetime) -> list[Asset]:
    return [
        replace(_checked(each), id=each.id or new_id(), recorded_at=each.recorded_at or at)
        for each in added
    ]


def _checked(asset: Asset) -> Asset:
    """The asset as it will be kept; a Refusal says which of the many it is about."""
    try:
        return asset.checked()
    except Refusal as refusal:
        found = f"{asset.name[:80]!r}: {refusal.found}".removesuffix(": ")
        raise Refusal(
            refusal.wrong, found=found, cause=refusal.cause, remedy=refusal.remedy
        ) from refusal


def _closed(tx: Transaction, ids: Collection[str]) -> list[Asset]:
    return [replace(each, status=AssetStatus.CLOSED) for each in tx.assets.some(ids)]


def _closes(changed: Asset, known: Mapping[str, AssetState]) -> bool:
    was = known[changed.id].status
    return changed.status == AssetStatus.CLOSED != was


def _items(added: Sequence[Asset], changed: Sequence[Asset]) -> list[BatchItem]:
    return [
        *(BatchItem(each.id, 0, 1) for each in added),
        *(BatchItem(each.id, each.version, each.version + 1) for each in changed),
    ]


def _refuse_known(added: Sequence[Asset], known: Mapping[str, AssetState]) -> None:
    ids = [each.id for each in added]
    if len(set(ids)) < len(ids) or not known.keys().isdisjoint(ids):
        raise Refusal(
            "An asset that is to be added is there already",
            cause="It was probably sent before",
            remedy="Change it instead, or leave its id out",
        )


def _refuse_stale(changed: Sequence[Asset], known: Mapping[str, AssetState]) -> None:
    stale = [
        each.name
        for each in changed
        if each.id not in known or known[each.id].version != each.version
    ]
    if stale:
        raise Refusal(
            "Assets were changed by somebody else meanwhile, so nothing was saved",
            found=listed(stale),
            remedy="Look at them as they are now, and confirm again",
        )
    if len({each.id for each in changed}) < len(changed):
        raise Refusal(
            "An asset is changed twice in one go",
            cause="Two rows were probably matched with the same asset",
            remedy="Decide which of them it is",
        )
