"""Community assets: listing them and marking one by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from chb.domain.access.permissions import Permission
from chb.domain.assets import (
    Asset,
    AssetKind,
    Session,
    checked_asset_name,
    checked_position,
)
from chb.domain.edits import checked_author
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line, checked_text
from chb.services.access.rules import needs, open_to_all
from chb.services.requests import new_id, once
from chb.services.workspace import Workspace
from chb.sources import reference


@dataclass(frozen=True)
class AssetDraft:
    """What the short form asks for."""

    name: str
    kind: str
    longitude: float
    latitude: float
    address: str = ""
    contact_role: str = ""
    note: str = ""
    sessions: tuple[Session, ...] = ()


@lru_cache(maxsize=1)
def asset_kinds() -> tuple[AssetKind, ...]:
    """Every kind in data/reference."""
    return reference.asset_kinds()


@open_to_all
def list_assets(ws: Workspace) -> tuple[Asset, ...]:
    """Every asset, by name."""
    with ws.reading() as tx:
        return tx.assets.all()


@needs(Permission.MANAGE_ASSETS)
def mark_asset(ws: Workspace, draft: AssetDraft, *, by: str, request_key: str = "") -> Asset:
    """Save an asset that a person marked on the map; sending the form twice marks one."""
    longitude, latitude = checked_position(draft.longitude, draft.latitude)
    asset = Asset(
        id=new_id(),
        name=checked_asset_name(draft.name),
        kind=_checked_kind(draft.kind),
        longitude=longitude,
        latitude=latitude,
        source=f"marked by {checked_author(by)}",
        address=checked_line(draft.address, what="The address", required=False),
        contact_role=checked_line(draft.contact_role, what="The contact", required=False),
        note=checked_text(draft.note, what="The note", required=False),
        sessions=tuple(map(_checked_session, draft.sessions)),
        verified_on=ws.today(),
        recorded_at=ws.now(),
    )

    def make() -> str:
        tx.assets.add([asset], source_ids=[""])
        return asset.id

    with ws.writing() as tx:
        saved = tx.assets.get(once(tx, request_key, make, now=ws.now()))
    if saved is None:
        raise Refusal("That asset was removed meanwhile", remedy="Mark it again")
    return saved


def _checked_session(session: Session) -> Session:
    activity = checked_line(session.activity, what="What happens then", required=False)
    return replace(session, activity=activity)


def _checked_kind(kind: str) -> str:
    known = {row.key for row in asset_kinds()}
    if kind not in known:
        raise Refusal(
            "An asset needs a kind from the list",
            found=f"Found {kind!r}",
            remedy=f"Choose one of {', '.join(sorted(known))}",
        )
    return kind
