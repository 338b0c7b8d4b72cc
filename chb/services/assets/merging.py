"""Two entries for one asset: made into one, or kept apart for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from chb.domain.access.permissions import Permission
from chb.domain.assets.batches import AssetBatch, BatchKind
from chb.domain.assets.register import Asset, AssetStatus
from chb.domain.audit import AuditAction
from chb.domain.edits import checked_author
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line
from chb.services.access.rules import needs
from chb.services.assets.batches import BatchChanges, existing_batch, keep_batch
from chb.services.assets.register import check_asset, refuse_unlisted
from chb.services.planning.keeping import existing, signed
from chb.services.requests import once
from chb.services.workspace import Workspace
from chb.store.store import Transaction

COMBINED_KIND: Final = "asset"
_FILLED: Final = (
    "address",
    "postcode",
    "contact_role",
    "cost",
    "access_needs",
    "opening_text",
    "youngest",
    "oldest",
    "capacity",
    "reach_m",
    "accepts_referrals",
)
"""What the kept asset takes from the first that has it, where it has none itself."""
_UNITED: Final = ("services", "sessions", "ps", "phases")
"""What it has of all of them."""
_FURTHER: Final = (
    AssetStatus.CLOSED,
    AssetStatus.FOUND,
    AssetStatus.CONTACTED,
    AssetStatus.DECLINED,
    AssetStatus.ENGAGED,
    AssetStatus.IN_A_PLAN,
)
"""Of several statuses the last of these holds."""


@needs(Permission.MANAGE_ASSETS)
def merge_assets(
    ws: Workspace,
    keep: Asset,
    absorbed: Sequence[Asset],
    *,
    by: str,
    reason: str = "",
    request_key: str = "",
) -> AssetBatch:
    """Let one asset take over what the others know and it lacks; these close and point at it.

    All carry the version that was seen; Refusal when any was changed meanwhile.
    ``undo_batch`` takes the merge back.
    """
    check_asset(ws, keep)
    why = checked_line(reason, what="The reason", required=False)
    signature = signed(ws, by, f"Merged into {keep.name}" + (f": {why}" if why else ""))

    def make() -> str:
        _refuse_what_cannot_merge(tx, keep, absorbed)
        changed = (united(keep, absorbed), *(_closed(each, keep) for each in absorbed))
        absorbed_ids = [each.id for each in absorbed]
        tx.audit.record(AuditAction.COMBINE, COMBINED_KIND, keep.id, absorbed=absorbed_ids)
        return keep_batch(tx, BatchChanges(changed=changed), BatchKind.MERGE, signature)

    with ws.writing() as tx:
        return existing_batch(tx, once(tx, request_key, make, now=signature.at))


@needs(Permission.MANAGE_ASSETS)
def keep_apart(ws: Workspace, asset_id: str, other_id: str, *, by: str) -> None:
    """Remember that two assets are two, so that the pair is not offered again."""
    author = checked_author(by)
    with ws.writing() as tx:
        pair = frozenset(existing(tx.assets, each).id for each in (asset_id, other_id))
        if len(pair) == 1:
            raise Refusal("An asset cannot be kept apart from itself", remedy="Choose two assets")
        if pair not in tx.asset_pairs.all():
            tx.asset_pairs.add(pair, by=author, at=ws.now())


@needs(Permission.MANAGE_ASSETS)
def pairs_kept_apart(ws: Workspace) -> frozenset[frozenset[str]]:
    """Every pair that somebody found to be two, as the set of its two ids."""
    with ws.reading() as tx:
        return tx.asset_pairs.all()


def united(keep: Asset, absorbed: Sequence[Asset]) -> Asset:
    """The kept asset with what the others have and it lacks; nothing is lost, names included."""
    everyone = (keep, *absorbed)
    taken: dict[str, Any] = {name: _first_said(name, everyone) for name in _FILLED}
    taken |= {name: _together(name, everyone) for name in _UNITED}
    looks = [each.verified_on for each in everyone if each.verified_on is not None]
    furthest = max(everyone, key=lambda each: _FURTHER.index(each.status))
    engaged = next((each for each in everyone if each.engaged_on is not None), keep)
    return replace(
        keep,
        **taken,
        note=_notes(everyone),
        status=furthest.status,
        engaged_by=engaged.engaged_by,
        engaged_on=engaged.engaged_on,
        verified_on=max(looks, default=None),
    )


def _first_said(name: str, assets: Sequence[Asset]) -> Any:
    said = (getattr(each, name) for each in assets)
    return next((value for value in said if value not in ("", None)), getattr(assets[0], name))


def _together(name: str, assets: Sequence[Asset]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(value for each in assets for value in getattr(each, name)))


def _notes(assets: Sequence[Asset]) -> str:
    """Every note once, and the names under which it was known besides."""
    keep, *absorbed = assets
    names = dict.fromkeys(each.name for each in absorbed if each.name != keep.name)
    known_as = [f"Also known as {name}" for name in names]
    return "\n".join(dict.fromkeys(filter(None, [*(each.note for each in assets), *known_as])))


def _closed(absorbed: Asset, into: Asset) -> Asset:
    return replace(absorbed, status=AssetStatus.CLOSED, merged_into=into.id)


def _refuse_what_cannot_merge(tx: Transaction, keep: Asset, absorbed: Sequence[Asset]) -> None:
    if not absorbed or any(each.id == keep.id for each in absorbed):
        raise Refusal(
            "A merge needs one asset to keep and another to take in",
            remedy="Choose at least two different assets",
        )
    for each in (keep, *absorbed):
        refuse_unlisted(tx, existing(tx.assets, each.id))
    known = tx.assets.states()
    if len({known[each.id].is_sample for each in (keep, *absorbed)}) > 1:
        raise Refusal(
            "An asset of your own and one of the sample place are not the same",
            cause="The sample is for practice, and leaves with what was merged into it",
            remedy="Choose assets of your own",
        )
