"""An opaque name for a browser session.

Nobody signs in yet, so nothing is remembered here: the cookie holds 256 random
bits, and its digest is the name under which layers are kept for that browser.
The page's scripts cannot read the cookie, and another site cannot make a browser
send it.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from http.cookies import CookieError, SimpleCookie
from typing import Final

COOKIE: Final = "chb_sid"
HEADER: Final = "x-chb-sid"
"""Added to requests on their way to Streamlit; one that comes from outside is removed."""

_BYTES: Final = 32
_WELL_FORMED: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def session_of(cookie_header: str) -> str | None:
    """The session's name, or None when the browser sent no sound cookie."""
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(cookie_header)
    except CookieError:
        return None
    value = cookies[COOKIE].value if COOKIE in cookies else ""
    return name_of(value) if _WELL_FORMED.fullmatch(value) else None


def name_of(secret: str) -> str:
    """The name that stands for a secret inside the process and its logs."""
    return hashlib.sha256(secret.encode()).hexdigest()[:32]


def new_cookie(base_path: str, *, secure: bool) -> str:
    """A Set-Cookie value with a fresh secret, for this server's paths only."""
    attributes = [f"{COOKIE}={secrets.token_urlsafe(_BYTES)}", f"Path={base_path or '/'}"]
    attributes += ["HttpOnly", "SameSite=Strict", *(["Secure"] if secure else [])]
    return "; ".join(attributes)
