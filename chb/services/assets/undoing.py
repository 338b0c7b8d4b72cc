"""Undoing a change of many assets: all of it, or none.

Nothing is taken back from history: undoing saves a further version of every asset,
and what a batch added is withdrawn, which lists it no longer and keeps what was said of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from chb.domain.access.permissions import Permission
from chb.domain.assets.batches import AssetBatch
from chb.domain.records import Signature
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.assets.batches import existing_batch, listed
from chb.services.planning.keeping import signed
from chb.services.requests import once
from chb.services.workspace import Workspace
from chb.store.store import Transaction


@dataclass(frozen=True)
class ChangedSince:
    """Why an asset of a batch stands in the way of undoing it."""

    asset_id: str
    name: str
    what: str


@needs(Permission.MANAGE_ASSETS)
def changes_since(ws: Workspace, batch_id: str) -> tuple[ChangedSince, ...]:
    """What was done since to assets of the batch; while there is any it cannot be undone."""
    with ws.reading() as tx:
        batch = existing_batch(tx, batch_id)
        return () if batch.is_undone else _changes_since(tx, batch)


@needs(Permission.MANAGE_ASSETS)
def undo_batch(ws: Workspace, batch_id: str, *, by: str, request_key: str = "") -> AssetBatch:
    """Undo a batch whole; Refusal with a list when any of its assets was changed since.

    Gives the batch with who undid it and when.
    """
    with ws.writing() as tx:
        batch = existing_batch(tx, batch_id)
        signature = signed(ws, by, f"Undone: {batch.title}")

        def make() -> str:
            _refuse_what_cannot_be_undone(tx, batch)
            _undo(tx, batch, signature)
            return batch.id

        return existing_batch(tx, once(tx, request_key, make, now=signature.at))


def _undo(tx: Transaction, batch: AssetBatch, signature: Signature) -> None:
    items = {item.asset_id: item for item in tx.asset_batches.items(batch.id)}
    restored = [replace(each, version=items[each.id].after) for each in tx.assets.before(batch.id)]
    added = [item.asset_id for item in items.values() if item.before == 0]
    withdrawn = [replace(each, is_withdrawn=True) for each in tx.assets.some(added)]
    known = tx.assets.states()
    samples = [asset_id for asset_id in items if known[asset_id].is_sample]
    tx.assets.change_many([*restored, *withdrawn], signature, samples=samples)
    tx.asset_batches.undo(batch.id, by=signature.by, at=signature.at)


def _refuse_what_cannot_be_undone(tx: Transaction, batch: AssetBatch) -> None:
    if batch.undone_at is not None:
        raise Refusal(
            "This was undone before",
            found=f"On {batch.undone_at:%d %B %Y}, by {batch.undone_by}",
        )
    in_the_way = _changes_since(tx, batch)
    if in_the_way:
        raise Refusal(
            "It cannot be undone whole, so nothing was undone",
            found=listed([f"{each.name}: {each.what}" for each in in_the_way]),
            cause="People have worked on these assets since",
            remedy="Correct the assets one by one",
        )


def _changes_since(tx: Transaction, batch: AssetBatch) -> tuple[ChangedSince, ...]:
    """Assets of a batch that are gone, were saved again, or were talked to since."""
    saved = {
        asset_id: ChangedSince(asset_id, name, f"saved by {last.by} on {last.at:%d %B %Y}")
        for asset_id, name, last in tx.asset_batches.saved_since(batch.id)
    }
    talked_to = [
        ChangedSince(asset_id, name, "a contact was logged")
        for asset_id, name in tx.asset_batches.contacted(batch.id)
        if asset_id not in saved
    ]
    gone = [
        ChangedSince(asset_id, "An asset", "it was disposed of")
        for asset_id in tx.asset_batches.gone(batch.id)
    ]
    return (*saved.values(), *talked_to, *gone)
