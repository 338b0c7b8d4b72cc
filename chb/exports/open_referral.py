"""The register of assets as Open Referral UK: a page of services, each at its location.

Each service validates against the standard's compiled schema of a service. What the standard
has no word for (how far the talks have come, who engaged an asset) stays here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from chb.domain.assets.register import Asset, AssetKind
from chb.domain.assets.sessions import Session
from chb.exports.manifest import MANIFEST_KEY, ExportManifest

_OURS: Final = uuid5(NAMESPACE_URL, "holdfast:open-referral-uk")
"""Ids of parts are made of the asset's own: the same part has the same id in every file."""
_MANIFEST: Final = MANIFEST_KEY.rpartition(".")[2]
_TAXONOMY: Final = "Holdfast asset kinds"
_SERVICES: Final = "Services in the partnership's words"


def service_page(
    assets: Sequence[Asset],
    kinds: Mapping[str, AssetKind],
    *,
    manifest: ExportManifest | None = None,
) -> str:
    """JSON text of one page that holds every asset, with the manifest beside the services."""
    page = {
        "total_items": len(assets),
        "total_pages": 1,
        "page_number": 1,
        "size": len(assets),
        "first_page": True,
        "last_page": True,
        "empty": not assets,
        "contents": [service(asset, kinds) for asset in assets],
    }
    if manifest is not None:
        page = {_MANIFEST: manifest.as_dict(), **page}
    return json.dumps(page, ensure_ascii=False, indent=1)


def service(asset: Asset, kinds: Mapping[str, AssetKind]) -> dict[str, Any]:
    """One asset as a service of the standard; what is not known is left out."""
    given = {
        "id": _id(asset),
        "name": asset.name,
        "description": asset.note,
        "status": "active" if asset.is_open else "inactive",
        "fees": asset.cost,
        "minimum_age": asset.youngest,
        "maximum_age": asset.oldest,
        "assured_date": asset.verified_on.isoformat() if asset.verified_on else "",
        "contacts": _contacts(asset),
        "schedules": [_schedule(asset, at, each) for at, each in enumerate(asset.sessions)]
        + _schedule_in_words(asset),
        "service_at_locations": [
            {"id": _part(asset, "at"), "service_id": _id(asset), "location": _location(asset)}
        ],
        "attributes": _attributes(asset, kinds),
    }
    return {name: value for name, value in given.items() if value not in ("", None, [])}


def _location(asset: Asset) -> dict[str, Any]:
    location: dict[str, Any] = {
        "id": _part(asset, "location"),
        "location_type": "physical",
        "latitude": asset.latitude,
        "longitude": asset.longitude,
    }
    if asset.address or asset.postcode:
        location["addresses"] = [
            {
                "id": _part(asset, "address"),
                "address_1": asset.address,
                "city": "",
                "state_province": "",
                "postal_code": asset.postcode,
                "country": "GB",
                "address_type": "physical",
            }
        ]
    if asset.access_needs:
        location["accessibility"] = [
            {"id": _part(asset, "access"), "description": asset.access_needs}
        ]
    return location


def _schedule(asset: Asset, at: int, session: Session) -> dict[str, Any]:
    """A weekly session; days and times as iCalendar (RFC 5545) has them."""
    described = {"description": session.activity, "notes": _notes(session)}
    return {
        "id": _part(asset, f"session {at}"),
        "service_id": _id(asset),
        "freq": "WEEKLY",
        "interval": 1,
        "byday": session.weekday.value[:2].upper(),
        "opens_at": f"{session.start:%H:%M}",
        "closes_at": f"{session.end:%H:%M}",
        **{name: text for name, text in described.items() if text},
    }


def _notes(session: Session) -> str:
    """What a schedule of the standard has no field for, in words."""
    said = []
    if session.youngest is not None or session.oldest is not None:
        youngest = 0 if session.youngest is None else session.youngest
        said.append(
            f"Ages {youngest} and over"
            if session.oldest is None
            else f"Ages {youngest} to {session.oldest}"
        )
    if session.term_time_only:
        said.append("In term time only")
    if session.capacity is not None:
        said.append(f"{session.capacity:,} people at once")
    if session.exceptions:
        said.append(f"Not on {', '.join(day.isoformat() for day in session.exceptions)}")
    return ". ".join(said)


def _schedule_in_words(asset: Asset) -> list[dict[str, Any]]:
    if not asset.opening_text:
        return []
    return [{"id": _part(asset, "hours"), "description": asset.opening_text}]


def _contacts(asset: Asset) -> list[dict[str, Any]]:
    """The role; the standard's name of a person is never given."""
    if not asset.contact_role:
        return []
    return [{"id": _part(asset, "contact"), "title": asset.contact_role}]


def _attributes(asset: Asset, kinds: Mapping[str, AssetKind]) -> list[dict[str, Any]]:
    kind = kinds.get(asset.kind)
    terms = [(_TAXONOMY, kind.label if kind else asset.kind, kind.group if kind else "")]
    terms += [(_SERVICES, offered, offered) for offered in asset.services]
    return [
        {
            "id": _part(asset, f"attribute {at}"),
            "link_id": _id(asset),
            "taxonomy_term": {
                "id": str(uuid5(_OURS, f"{taxonomy}: {name}")),
                "name": name,
                "description": described,
                "taxonomy": taxonomy,
            },
        }
        for at, (taxonomy, name, described) in enumerate(terms)
    ]


def _id(asset: Asset) -> str:
    """The asset's own id, which is a UUID wherever this product drew it."""
    try:
        return str(UUID(asset.id))
    except ValueError:
        return str(uuid5(_OURS, asset.id))


def _part(asset: Asset, what: str) -> str:
    return str(uuid5(_OURS, f"{asset.id} {what}"))
