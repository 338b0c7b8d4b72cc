"""The pieces that `app.py` joins: the gate, the routes, and no question to the outside."""

from __future__ import annotations

import functools
import gc
import importlib
import os
import sys
from typing import Any, Final

import uvicorn
from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit import config, net_util

from chb.domain.access.scope import Scope
from chb.domain.refusal import Refusal
from chb.services.access.invitations import make_first_link
from chb.services.access.openid import Provider
from chb.services.access.settings import read_settings
from chb.services.access.startup import (
    check_startup,
    needs_first_administrator,
    sign_in_mode,
)
from chb.services.harm import engine_pool
from chb.services.workspace import open_workspace
from chb.ui.maps import offline
from chb.ui.maps.tiles import tile_service
from chb.ui.server import routes as own_routes
from chb.ui.server.gate import Gate
from chb.ui.server.reception import Reception
from chb.ui.server.tidying import start_tidying
from chb.ui.server.uploads import MEGABYTE, UploadQuota

PAGE_SCRIPT: Final = "chb/ui/shell/main.py"
_PAGES: Final = "chb.ui.shell.registry"


def middleware() -> list[Middleware]:
    """The gate, in front of everything."""
    return [Middleware(Gate, reception=reception())]


def routes() -> list[Route]:
    """What is served beside Streamlit."""
    return own_routes.routes(reception())


def prepare() -> None:
    """Once, before the server starts: refuse what is unsafe, and ask the internet nothing.

    The engine gets ready meanwhile: who comes first waits for its first analysis only.
    """
    engine_pool.get_ready()
    net_util.get_external_ip = _no_address_outside
    _keep_server_unnamed()
    offline.install()
    try:
        tile_service()
        reception()
    except Refusal as refusal:
        sys.exit(f"Refused: {refusal}")
    _leave_imports_out_of_collections()
    start_tidying()


@functools.cache
def reception() -> Reception:
    """The one of this process; Refusal when the server may not start."""
    settings = read_settings(os.environ)
    ws = open_workspace(scope=Scope(person="sign-in"))
    mode = sign_in_mode(ws, settings)
    address = str(config.get_option("server.address") or "")
    refusals = check_startup(ws, settings, mode=mode, address=address)
    if refusals:
        raise Refusal(" ".join(str(refusal) for refusal in refusals))
    if needs_first_administrator(ws, mode):
        _tell_first_link(settings.public_url or _own_address(), make_first_link(ws))
    return Reception(
        ws=ws,
        mode=mode,
        base_path=base_path(),
        public_url=settings.public_url,
        provider=Provider(settings, base_path()) if settings.issuer else None,
        pages=_pages(),
        quota=UploadQuota(int(config.get_option("server.maxUploadSize")) * MEGABYTE),
    )


def _pages() -> frozenset[str]:
    """Imported here and not above: pages need what ``prepare`` has put in place."""
    return frozenset(rule.path for rule in importlib.import_module(_PAGES).PAGES)


def _leave_imports_out_of_collections() -> None:
    """Import the pages, and let the garbage collector never look at what is there by then.

    Streamlit collects garbage after every run of a page, while everybody waits. Most of
    what it would look through is modules, which stay for as long as the server does.
    """
    importlib.import_module(_PAGES)
    gc.collect()
    gc.freeze()


def _tell_first_link(address: str, token: str) -> None:
    print(
        "Nobody has an account yet. Whoever opens this link first, within 30 minutes, becomes "
        f"the administrator: {address}{base_path()}/sign-in/link/{token}",
        file=sys.stderr,
        flush=True,
    )


def _own_address() -> str:
    return f"http://127.0.0.1:{config.get_option('server.port')}"


def base_path() -> str:
    """``server.baseUrlPath`` with a leading slash and none at the end; usually empty."""
    path = str(config.get_option("server.baseUrlPath")).strip("/")
    return f"/{path}" if path else ""


def _no_address_outside() -> None:
    """In place of Streamlit's call to a public service, which would block every user."""
    return


def _keep_server_unnamed() -> None:
    """Let uvicorn leave its name out of answers; Streamlit offers no setting for it.

    Uvicorn works its own headers out before it loads the app, so they are filtered
    when they are read.
    """

    def headers(config: Any) -> list[tuple[bytes, bytes]]:
        return [pair for pair in vars(config)["encoded_headers"] if pair[0] != b"server"]

    def keep(config: Any, value: list[tuple[bytes, bytes]]) -> None:
        vars(config)["encoded_headers"] = value

    setattr(uvicorn.Config, "encoded_headers", property(headers, keep))  # noqa: B010 - a class attribute that mypy knows as a value
