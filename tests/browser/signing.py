"""Letting a browser in without its forms, and speaking to the server without a browser."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from chb.domain.access.roles import Role
from chb.domain.access.sessions import SignInMode
from chb.services.access import accounts
from chb.services.access.sessions import open_session
from chb.services.access.signing import sign_in_to_demo
from chb.services.workspace import Workspace, open_workspace
from chb.ui.server.sessions import COOKIE
from tests.browser.app_server import AppServer
from tests.browser.screen import settle

TESTER = "tester@force.example"


def let_in(
    context: BrowserContext, server: AppServer, *roles: Role, work_email: str = TESTER
) -> None:
    """Put the cookie of a new session into a browser; the account is made if need be.

    The server must be one where people sign in with a password kept there.
    """
    ws = open_workspace(server.home)
    if work_email not in {known.account.work_email for known in accounts.list_accounts(ws)}:
        accounts.add_account(ws, work_email, name=work_email)
    for role in roles:
        accounts.grant_role(ws, work_email, role, agency="Test agency")
    _give(context, server, new_session(ws, work_email, SignInMode.LOCAL))
    ws.store.close()


def let_in_to_demo(context: BrowserContext, server: AppServer, role: Role) -> None:
    """Put the cookie of a demonstration's session in a role into a browser."""
    ws = open_workspace(server.home)
    _give(context, server, sign_in_to_demo(ws, role).secret)
    ws.store.close()


def _give(context: BrowserContext, server: AppServer, secret: str) -> None:
    cookie = {"name": COOKIE, "value": secret, "url": server.url, "sameSite": "Strict"}
    context.add_cookies([cookie | {"httpOnly": True}])  # type: ignore[list-item] # a plain dict


def new_session(ws: Workspace, work_email: str, mode: SignInMode) -> str:
    """The secret of a session that no form was filled in for."""
    with ws.writing() as tx:
        return open_session(tx, ws, work_email=work_email, mode=mode).secret


def look_as(page: Page, role: Role) -> None:
    """In a demonstration, go on in another role."""
    page.get_by_label("Role to look in").select_option(role.value)
    page.get_by_role("button", name="Switch role").click()
    page.get_by_label("Your session").get_by_text(f", {role.value}").wait_for()
    settle(page)


def cookies_of(context: BrowserContext) -> str:
    return "; ".join(f"{each['name']}={each['value']}" for each in context.cookies())


def status(
    server: AppServer,
    path: str,
    headers: Mapping[str, str],
    *,
    method: str = "GET",
    body: bytes | None = None,
) -> int:
    """Status of a plain request with exactly these headers besides host and length."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request(method, path, body=body, headers=dict(headers))
    try:
        return connection.getresponse().status
    finally:
        connection.close()


@contextmanager
def stream(server: AppServer, cookie: str) -> Iterator[ClientConnection]:
    """Streamlit's websocket, opened by hand."""
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    headers = {"Cookie": cookie}
    with connect(
        address,
        origin=server.url,  # type: ignore[arg-type] # a plain string will do
        additional_headers=headers,
        subprotocols=["streamlit"],  # type: ignore[list-item] # likewise
        max_size=None,
        open_timeout=30,
    ) as opened:
        yield opened


def stream_is_open(server: AppServer, cookie: str) -> bool:
    """Whether the websocket takes that cookie."""
    try:
        with stream(server, cookie):
            return True
    except InvalidStatus:
        return False


def ask_for_run(opened: ClientConnection) -> str:
    """Let Streamlit run the page over a websocket; its own name for the session."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    opened.send(message.SerializeToString())
    while True:
        heard = ForwardMsg.FromString(bytes(opened.recv(60)))  # type: ignore[arg-type]
        if heard.WhichOneof("type") == "new_session":
            return str(heard.new_session.initialize.session_id)
