"""A map service of one's own under the maps: off until the environment names one.

The maps need none. A force that runs a tile service, or has a key to one, may lay its
pictures under the cells. Every browser then asks that one host for the parts of the map
that are looked at, which tells the host where: so it is named to administrators.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlsplit

from chb.domain.refusal import Refusal
from chb.services.access.secret_files import secret_of

URL_VARIABLE: Final = "CHB_TILES_URL"
LAYERS_VARIABLE: Final = "CHB_TILES_WMS_LAYERS"
KEY_VARIABLE: Final = "CHB_TILES_KEY"
OWNER_VARIABLE: Final = "CHB_TILES_OWNER"

_PLACES: Final = ("{z}", "{x}", "{y}")
_KEY: Final = "{key}"
_HOST: Final = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.IGNORECASE | re.ASCII)
_UNFIT: Final = re.compile(r"[\s\"'<>\\;,]")
"""What no address needs, and what would mean something to a policy or a page."""
_LONGEST: Final = 500
_EXAMPLE: Final = "https://tiles.force.example/{z}/{x}/{y}.png?key={key}"


@dataclass(frozen=True, kw_only=True)
class TileService:
    """Where pictures of the ground come from.

    ``url`` is a template of ``{z}``, ``{x}`` and ``{y}``, or the address of a Web Map
    Service when ``wms_layers`` names what to ask it for. The key is in it: each browser
    needs it to ask, so it is a key for this use alone.
    """

    url: str = field(repr=False)
    origin: str
    """Scheme, host and port: all that a policy lets a map ask."""
    wms_layers: str = ""
    owner: str = ""
    """Whom to name beside the map."""

    @property
    def kind(self) -> str:
        return "WMS" if self.wms_layers else "XYZ"


def read_tiles(environment: Mapping[str, str]) -> TileService | None:
    """The service that the environment names, or none; Refusal for one that cannot be meant."""
    said = {name: value.strip() for name, value in environment.items() if value.strip()}
    template = said.get(URL_VARIABLE, "")
    if not template:
        return None
    origin = _origin(template)
    layers = said.get(LAYERS_VARIABLE, "")
    if not layers and not all(place in template for place in _PLACES):
        raise _refusal(
            "does not say where the numbers of a tile go",
            remedy=f"Write it like {_EXAMPLE}, or name the layers of a WMS in {LAYERS_VARIABLE}",
        )
    return TileService(
        url=_with_key(template, secret_of(said, KEY_VARIABLE)),
        origin=origin,
        wms_layers=layers,
        owner=said.get(OWNER_VARIABLE, "")[:_LONGEST],
    )


def tiles_told(service: TileService | None) -> str:
    """What administrators are told of it: the host, never the key."""
    if service is None:
        return "None. Maps are drawn from what is loaded, and no request leaves this server."
    host = service.origin.partition("://")[2]
    return (
        f"{host} ({service.kind}). Every browser that shows a map asks it for pictures of the "
        f"places looked at. Take {URL_VARIABLE} away to stop that."
    )


def _origin(template: str) -> str:
    """Scheme, host and port of an address that is safe to name in a policy."""
    unfit = _UNFIT.search(template)
    parts = urlsplit(template)
    if len(template) > _LONGEST or unfit or parts.scheme not in ("http", "https"):
        raise _refusal("is not the address of a tile service", remedy=f"Write it like {_EXAMPLE}")
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not _HOST.fullmatch(host) or parts.username is not None:
        raise _refusal("does not name one host", remedy=f"Write it like {_EXAMPLE}")
    return f"{parts.scheme}://{host.lower()}{f':{port}' if port else ''}"


def _with_key(template: str, key: str) -> str:
    if _KEY not in template:
        return template
    if not key:
        raise _refusal(
            "asks for a key, and there is none",
            remedy=f"Set {KEY_VARIABLE}, or name a file that holds it in {KEY_VARIABLE}_FILE",
        )
    return template.replace(_KEY, quote(key, safe=""))


def _refusal(wrong: str, *, remedy: str) -> Refusal:
    """The address itself is not repeated: a key may stand in it."""
    return Refusal(f"{URL_VARIABLE} {wrong}", remedy=remedy)
