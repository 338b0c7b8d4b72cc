"""The pieces that `app.py` joins: the gate, the routes, and no question to the outside."""

from __future__ import annotations

from typing import Final

from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit import config, net_util

from chb.ui.maps import offline
from chb.ui.server import routes as own_routes
from chb.ui.server.gate import Gate

PAGE_SCRIPT: Final = "chb/ui/shell/main.py"


def middleware() -> list[Middleware]:
    """The gate, in front of everything."""
    return [Middleware(Gate, base_path=base_path())]


def routes() -> list[Route]:
    """What is served beside Streamlit."""
    return own_routes.routes(base_path())


def prepare() -> None:
    """Once, before the server starts: nothing in the process may ask the internet anything."""
    net_util.get_external_ip = _no_address_outside
    offline.install()


def base_path() -> str:
    """``server.baseUrlPath`` with a leading slash and none at the end; usually empty."""
    path = str(config.get_option("server.baseUrlPath")).strip("/")
    return f"/{path}" if path else ""


def _no_address_outside() -> None:
    """In place of Streamlit's call to a public service, which would block every user."""
    return
