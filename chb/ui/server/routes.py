"""What the server hands out beside Streamlit: sign-in pages, scripts, layers to their session."""

from __future__ import annotations

import functools
import gzip
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from chb.services.access.openid import CALLBACK
from chb.ui.maps import offline, scripts
from chb.ui.maps.stash import STASH
from chb.ui.server import own_files
from chb.ui.server.account_pages import AccountPages
from chb.ui.server.draft_route import DraftRoute
from chb.ui.server.exports import exports, templates
from chb.ui.server.forms import Forms
from chb.ui.server.health_page import HealthPage
from chb.ui.server.link_pages import LinkPages
from chb.ui.server.reception import Reception
from chb.ui.server.request import ACCOUNT
from chb.ui.server.session_pages import SessionPages
from chb.ui.server.sessions import HEADER
from chb.ui.server.sign_in import SignInPages

_FOR_EVER: Final = "public, max-age=31536000, immutable"
_NEVER: Final = "private, no-store"
HOME: Final = "/home"
"""Home has the empty path; typed by its name it is found all the same."""


def routes(reception: Reception) -> list[Route]:
    """The routes, under ``server.baseUrlPath``."""
    return [*_around_sessions(reception), *_files_and_layers(reception.base_path)]


def _around_sessions(reception: Reception) -> list[Route]:
    base, forms = reception.base_path, Forms(reception)
    ways_in, links = SignInPages(reception, forms), LinkPages(reception, forms)
    own, account = SessionPages(reception, forms), AccountPages(reception, forms)
    return [
        Route(f"{base}{HOME}", front_page(base), methods=["GET"]),
        Route(f"{base}/sign-in", ways_in.show, methods=["GET"]),
        Route(f"{base}/sign-in", ways_in.sign_in, methods=["POST"]),
        Route(f"{base}/sign-in/begin", ways_in.begin, methods=["GET"]),
        Route(f"{base}{CALLBACK}", ways_in.callback, methods=["GET"]),
        Route(f"{base}/sign-in/link/{{token}}", links.show, methods=["GET"]),
        Route(f"{base}/sign-in/link/{{token}}", links.use, methods=["POST"]),
        Route(f"{base}/demo/role", own.switch_role, methods=["POST"]),
        Route(f"{base}/sign-out", own.sign_out, methods=["POST"]),
        Route(f"{base}{ACCOUNT}", account.show, methods=["GET"]),
        Route(f"{base}{ACCOUNT}/password", account.change_password, methods=["POST"]),
        Route(f"{base}{ACCOUNT}/screens", account.end_others, methods=["POST"]),
        Route(f"{base}/session", own.session, methods=["GET", "POST"]),
        Route(f"{base}/drafts/{{form}}", DraftRoute(reception).keep, methods=["POST"]),
        Route(f"{base}/healthz", HealthPage(reception).show, methods=["GET"]),
    ]


def _files_and_layers(base_path: str) -> list[Route]:
    return [
        Route(f"{base_path}/vendor/{{name}}", vendor),
        Route(f"{base_path}/own/{{name}}", own),
        Route(f"{base_path}/cells/{{digest}}.json", cells),
        Route(f"{base_path}/classes/{{digest}}.json", classes),
        Route(f"{base_path}/context/{{digest}}.json", context),
        Route(f"{base_path}/points/{{digest}}.json", points),
        Route(f"{base_path}/exports/{{token}}", exports, methods=["GET"]),
        Route(f"{base_path}/templates/{{kind}}.csv", templates, methods=["GET"]),
    ]


def front_page(base_path: str) -> Callable[[Request], Awaitable[Response]]:
    """What answers to the name of the first page: the way to it."""

    async def answer(request: Request) -> Response:
        del request
        return RedirectResponse(f"{base_path}/", status_code=307)

    return answer


async def vendor(request: Request) -> Response:
    """A third-party file that folium needs; its name holds its digest."""
    file = offline.vendor_files().get(request.path_params["name"])
    return _file(file.text, file.media_type) if file else _not_found()


async def own(request: Request) -> Response:
    """A script or style of ours; its name holds its digest."""
    name = request.path_params["name"]
    text = scripts.own_files().get(name)
    if text is not None:
        return _file(text, "text/javascript")
    file = own_files.files().get(name)
    return _file(file.text, file.media_type) if file else _not_found()


async def cells(request: Request) -> Response:
    """Where the cells of a layer lie, to the session it was packed for."""
    return _layer(request, "cells")


async def classes(request: Request) -> Response:
    """Class and value of each cell of a layer, to the session it was packed for."""
    return _layer(request, "classes")


async def context(request: Request) -> Response:
    """A packed base map, to the session it was packed for."""
    return _layer(request, "context")


async def points(request: Request) -> Response:
    """A packed layer of points, to the session it was packed for."""
    return _layer(request, "points")


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
