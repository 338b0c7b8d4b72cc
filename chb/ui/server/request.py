"""What the gate needs to know of a request, and of the paths it may be for."""

from __future__ import annotations

import re
from typing import Final

from starlette.types import Scope

from chb.domain.access.sessions import SignedIn
from chb.ui.server.reception import LOOPBACK, Reception
from chb.ui.server.sessions import COOKIE, HEADER, USER_HEADER, cookie_name, session_of

SHUT: Final = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")

HEALTH: Final = ("/healthz", "/_stcore/health")
"""For whoever watches over the server, on its own machine too."""

FRAME: Final = "/component/"
PUBLIC_TO_FRAMES: Final = ("/vendor/", "/own/", FRAME)
"""A sandboxed frame has the origin ``null``: it may ask for these, which hold no data."""

BUNDLE: Final = "/static/"
"""Streamlit's own program for the browser."""

_OPEN: Final = re.compile(
    r"/(sign-in(/begin|/callback|/link/[^/]+)?|sign-out|demo/role|healthz|_stcore/health"
    r"|(own|vendor)/[^/]+|(component|static)/.+)"
)
"""All that is answered without a session; everything else asks for one."""

ACCOUNT: Final = "/your-account"
_FORMS: Final = ("/sign-in", "/sign-out", "/demo/", ACCOUNT)
"""Pages of our own, which run no script."""

STREAM: Final = "/_stcore/stream"
UPLOADS: Final = "/_stcore/upload_file/"
MEDIA: Final = "/media/"
POLL: Final = "/session"

_NOT_A_PAGE: Final = (
    *PUBLIC_TO_FRAMES,
    BUNDLE,
    "/_stcore/",
    MEDIA,
    "/cells/",
    "/classes/",
    "/context/",
    "/points/",
    "/exports/",
    "/templates/",
    POLL,
)
_CONDITIONAL: Final = (b"accept-encoding", b"if-none-match", b"if-modified-since")
_OURS: Final = (HEADER.encode(), USER_HEADER.encode())


class Request:
    """One request, read once."""

    def __init__(self, scope: Scope, reception: Reception) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        self.scope = scope
        self.reception = reception
        self.headers: dict[str, str] = {name.decode(): value for name, value in headers.items()}
        self.path = _without_base(str(scope["path"]), reception.base_path)
        self.host = self.headers.get("host", "")
        self.origin = self.headers.get("origin")
        cookies = self.headers.get("cookie", "")
        self.session = session_of(cookies, secure=reception.secure)
        self.has_cookie = cookie_name(COOKIE, secure=reception.secure) in cookies

    @property
    def host_name(self) -> str:
        name, _, port = self.host.rpartition(":")
        return name if port.isdigit() else self.host

    @property
    def full_path(self) -> str:
        return f"{self.reception.base_path}{self.path}"

    @property
    def is_addressed_here(self) -> bool:
        if self.path in HEALTH and self.host_name in LOOPBACK:
            return True
        return self.host_name in self.reception.hosts

    @property
    def is_http(self) -> bool:
        return bool(self.scope["type"] == "http")

    @property
    def method(self) -> str:
        return str(self.scope.get("method", ""))

    @property
    def changes_something(self) -> bool:
        return self.is_http and self.method not in ("GET", "HEAD", "OPTIONS")

    @property
    def is_page(self) -> bool:
        return (
            self.is_http
            and self.method in ("GET", "HEAD")
            and not self.is_open
            and not self.path.startswith(_NOT_A_PAGE)
            and "/_stcore/" not in self.path
        )

    @property
    def is_form(self) -> bool:
        """Whether it is for a page of our own and not for one of the app's."""
        return self.path.startswith(_FORMS)

    @property
    def is_open(self) -> bool:
        """Whether it is for what anybody may have."""
        return _OPEN.fullmatch(self.path) is not None

    @property
    def from_here(self) -> bool:
        """Websockets, and whatever changes something, must say where they come from."""
        if self.origin is None:
            return self.is_http and not self.changes_something
        if self.origin == "null":
            return self.is_http and self.path.startswith(PUBLIC_TO_FRAMES)
        return self.origin == self._own_origin

    @property
    def is_of_another_site(self) -> bool:
        return self.headers.get("sec-fetch-site", "same-origin") == "cross-site"

    @property
    def length_bytes(self) -> int | None:
        """What the body will have; None when the sender did not say."""
        text = self.headers.get("content-length", "")
        return int(text) if text.isdigit() else None

    def passed_on(self, who: SignedIn | None) -> Scope:
        """The scope for Streamlit: our headers in place of any that came."""
        dropped = (*_OURS, *(_CONDITIONAL if self.is_page else ()))
        headers = [pair for pair in self.scope["headers"] if pair[0] not in dropped]
        if who is not None:
            headers.append((HEADER.encode(), who.session.encode()))
            headers.append((USER_HEADER.encode(), who.person.encode()))
        return {**self.scope, "headers": headers}

    @property
    def _own_origin(self) -> str:
        secure = self.reception.secure or self.scope.get("scheme") in ("https", "wss")
        return f"{'https' if secure else 'http'}://{self.host}"


def _without_base(path: str, base_path: str) -> str:
    return path.removeprefix(base_path) if path.startswith(f"{base_path}/") else path
