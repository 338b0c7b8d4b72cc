"""The register of assets: listing, marking by hand, changing, and looking again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from chb.domain.access.permissions import Permission, may
from chb.domain.assets.register import Asset, AssetKind, AssetPin
from chb.domain.assets.sessions import Session
from chb.domain.edits import checked_author
from chb.domain.records import Revision
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_past
from chb.services.access.rules import needs, open_to_all
from chb.services.planning.keeping import existing, history, save
from chb.services.workspace import Workspace
from chb.sources import reference
from chb.store.assets.register import AssetRepository
from chb.store.store import Transaction

_LOOKED: Final = "Looked at: it is as recorded"


@dataclass(frozen=True)
class AssetDraft:
    """What the short form asks for."""

    name: str
    kind: str
    longitude: float
    latitude: float
    address: str = ""
    postcode: str = ""
    contact_role: str = ""
    note: str = ""
    services: tuple[str, ...] = ()
    youngest: int | None = None
    oldest: int | None = None
    cost: str = ""
    access_needs: str = ""
    accepts_referrals: bool | None = None
    sessions: tuple[Session, ...] = ()


@lru_cache(maxsize=1)
def asset_kinds() -> tuple[AssetKind, ...]:
    """Every kind in data/reference."""
    return reference.asset_kinds()


@open_to_all
def list_assets(ws: Workspace) -> tuple[Asset, ...]:
    """Every asset that is listed, closed ones among them, by name."""
    with ws.reading() as tx:
        return tuple(_as_shown(ws, each) for each in tx.assets.all())


@open_to_all
def asset_pins(ws: Workspace) -> tuple[AssetPin, ...]:
    """Every asset that is listed, by name, as a map shows it; quick for tens of thousands."""
    with ws.reading() as tx:
        return tx.assets.pins()


@open_to_all
def open_assets(ws: Workspace) -> tuple[Asset, ...]:
    """Assets that are there to be used, by name."""
    return tuple(each for each in list_assets(ws) if each.is_open)


@open_to_all
def asset(ws: Workspace, asset_id: str) -> Asset:
    """One asset; Refusal when it is not there."""
    with ws.reading() as tx:
        return _as_shown(ws, existing(tx.assets, asset_id))


@needs(Permission.MANAGE_ASSETS)
def mark_asset(ws: Workspace, draft: AssetDraft, *, by: str, request_key: str = "") -> Asset:
    """Save an asset that a person marked on the map; sending the form twice marks one."""
    marked = Asset(**vars(draft), source="", verified_on=ws.today())
    return save_asset(ws, marked, by=by, request_key=request_key)


@needs(Permission.MANAGE_ASSETS)
def save_asset(
    ws: Workspace, asset: Asset, *, by: str, reason: str = "", request_key: str = ""
) -> Asset:
    """Save a new asset, or the next version of one that was read; every version is kept.

    Where it came from, when, and whether it was merged are not the form's to change.
    Raises Refusal for what cannot be kept, StaleEdit when somebody saved it meanwhile.
    """
    check_asset(ws, asset)
    return save(
        ws,
        _register,
        _with_kept_origin(ws, asset, by=by),
        by=by,
        reason=reason,
        request_key=request_key,
        check=_refuse_unlisted,
    )


@needs(Permission.MANAGE_ASSETS)
def verify_asset(
    ws: Workspace, asset_id: str, *, version: int, by: str, request_key: str = ""
) -> Asset:
    """Put on record that somebody looked today, and that the asset is as recorded."""
    with ws.reading() as tx:
        seen = replace(existing(tx.assets, asset_id), version=version, verified_on=ws.today())
    return save(
        ws,
        _register,
        seen,
        by=by,
        reason=_LOOKED,
        request_key=request_key,
        check=_refuse_unlisted,
    )


@needs(Permission.MANAGE_ASSETS)
def asset_history(ws: Workspace, asset_id: str) -> tuple[Revision, ...]:
    """Every version of an asset with who saved it and why, oldest first."""
    return history(ws, _register, asset_id)


@needs(Permission.MANAGE_ASSETS)
def check_asset(ws: Workspace, asset: Asset) -> None:
    """Refusal for a kind that is not in the table, or a day that has not come."""
    known = {row.key for row in asset_kinds()}
    if asset.kind not in known:
        raise Refusal(
            "An asset needs a kind from the list",
            found=f"Found {asset.kind!r}",
            remedy=f"Choose one of {', '.join(sorted(known))}",
        )
    for day, what in ((asset.verified_on, "The last look"), (asset.engaged_on, "The engagement")):
        if day is not None:
            checked_past(day, today=ws.today(), what=what)


def refuse_unlisted(tx: Transaction, stored: Asset) -> None:
    """Refusal for what was merged or withdrawn: it stays as it was kept."""
    if not (stored.merged_into or stored.is_withdrawn):
        return
    into = tx.assets.get(stored.merged_into)
    raise Refusal(
        "This asset is not listed any more",
        found=f"It was merged into {into.name}" if into else "Its import was undone",
        remedy="Go on with the asset it was merged into, or undo the merge first",
    )


def _as_shown(ws: Workspace, asset: Asset) -> Asset:
    """The asset without who engaged it, for those who do not map assets."""
    if not asset.engaged_by and asset.engaged_on is None:
        return asset
    if may(ws.scope, Permission.MANAGE_ASSETS):
        return asset
    return replace(asset, engaged_by="", engaged_on=None)


def _register(tx: Transaction) -> AssetRepository:
    return tx.assets


def _with_kept_origin(ws: Workspace, asset: Asset, *, by: str) -> Asset:
    if not asset.id:
        source = asset.source or f"marked by {checked_author(by)}"
        return replace(asset, source=source, recorded_at=ws.now())
    with ws.reading() as tx:
        stored = existing(tx.assets, asset.id)
    return replace(
        asset,
        source=stored.source,
        source_id=stored.source_id,
        source_sha256=stored.source_sha256,
        recorded_at=stored.recorded_at,
        merged_into=stored.merged_into,
        is_withdrawn=stored.is_withdrawn,
    )


def _refuse_unlisted(tx: Transaction, asset: Asset) -> None:
    if asset.id:
        refuse_unlisted(tx, existing(tx.assets, asset.id))
