"""What the server hands out beside Streamlit: scripts to anybody, layers to their session."""

from __future__ import annotations

import functools
import gzip
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from chb.ui.maps import offline, scripts
from chb.ui.maps.stash import STASH
from chb.ui.server.sessions import HEADER

_FOR_EVER: Final = "public, max-age=31536000, immutable"
_NEVER: Final = "private, no-store"


def routes(base_path: str = "") -> list[Route]:
    """The routes, under ``server.baseUrlPath``."""
    return [
        Route(f"{base_path}/vendor/{{name}}", vendor),
        Route(f"{base_path}/own/{{name}}", own),
        Route(f"{base_path}/cells/{{digest}}.json", cells),
        Route(f"{base_path}/context/{{digest}}.json", context),
    ]


async def vendor(request: Request) -> Response:
    """A third-party file that folium needs; its name holds its digest."""
    file = offline.vendor_files().get(request.path_params["name"])
    return _file(file.text, file.media_type) if file else _not_found()


async def own(request: Request) -> Response:
    """A script of ours; its name holds its digest."""
    text = scripts.own_files().get(request.path_params["name"])
    return _file(text, "text/javascript") if text is not None else _not_found()


async def cells(request: Request) -> Response:
    """A packed layer of cells, to the session it was packed for."""
    return _layer(request, "cells")


async def context(request: Request) -> Response:
    """A packed base map, to the session it was packed for."""
    return _layer(request, "context")


def _layer(request: Request, kind: str) -> Response:
    session = request.headers.get(HEADER)
    if session is None:
        return PlainTextResponse("Open the page first.", status_code=401)
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return PlainTextResponse("Requests from another site are refused.", status_code=403)
    packed = STASH.get(session, kind, request.path_params["digest"])
    if packed is None:
        return _not_found()
    return _gzipped(packed, "application/json", {"Cache-Control": _NEVER, "Vary": "Cookie"})


def _file(text: str, media_type: str) -> Response:
    return _gzipped(_compressed(text), media_type, {"Cache-Control": _FOR_EVER})


def _gzipped(packed: bytes, media_type: str, headers: dict[str, str]) -> Response:
    encoded = {**headers, "Content-Encoding": "gzip"}
    return Response(packed, media_type=media_type, headers=encoded)


@functools.cache
def _compressed(text: str) -> bytes:
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def _not_found() -> Response:
    return PlainTextResponse("Not found.", status_code=404)
