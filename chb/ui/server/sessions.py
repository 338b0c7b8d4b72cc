"""Cookies of ours, and the headers that tell Streamlit whose request it is.

A cookie holds 256 random bits and nothing else; the page's scripts cannot read it,
and another site cannot make a browser send it.
"""

from __future__ import annotations

import hashlib
import re
from http.cookies import CookieError, SimpleCookie
from typing import Final

from chb.domain.access.sessions import name_of

COOKIE: Final = "chb_sid"
FORM_COOKIE: Final = "chb_form"
"""Before anybody signed in: binds a form to the browser it was given to."""
ATTEMPT_COOKIE: Final = "chb_oidc"
"""Binds the answer of an OpenID provider to the browser that was sent there."""

HEADER: Final = "x-chb-sid"
USER_HEADER: Final = "x-chb-user"
"""Both are added to requests on their way to Streamlit; any that come from outside go."""

_WELL_FORMED: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def secret_of(cookie_header: str, *, secure: bool, cookie: str = COOKIE) -> str:
    """The secret that the browser sent, empty when it sent no sound one."""
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(cookie_header)
    except CookieError:
        return ""
    sent = cookies.get(cookie_name(cookie, secure=secure))
    return sent.value if sent is not None and _WELL_FORMED.fullmatch(sent.value) else ""


def session_of(cookie_header: str, *, secure: bool) -> str:
    """The name of the session whose secret the browser sent, empty without one."""
    secret = secret_of(cookie_header, secure=secure)
    return name_of(secret) if secret else ""


def cookie_name(cookie: str, *, secure: bool) -> str:
    """Over TLS with the prefix by which browsers refuse it from anywhere but this host."""
    return f"__Host-{cookie}" if secure else cookie


def set_cookie(
    cookie: str,
    secret: str,
    *,
    base_path: str,
    secure: bool,
    same_site: str = "Strict",
    lives_s: int | None = None,
) -> str:
    """A Set-Cookie value; without a secret it takes the cookie away."""
    path = "/" if secure else base_path or "/"
    parts = [f"{cookie_name(cookie, secure=secure)}={secret}", f"Path={path}"]
    parts += ["HttpOnly", f"SameSite={same_site}", *(["Secure"] if secure else [])]
    age = lives_s if secret else 0
    return "; ".join([*parts, *([f"Max-Age={age}"] if age is not None else [])])


def form_token(secret: str) -> str:
    """What a form must bring beside the cookie; nobody makes it who cannot read the cookie."""
    return hashlib.sha256(f"form:{secret}".encode()).hexdigest() if secret else ""
