"""The headers that tell a browser what a page, a form and a map may do.

The map's frame gets no origin, no cookie and no connection: whatever runs in it
cannot read the page or reach any server (see the README, "Offline by design").
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from pathlib import Path
from typing import Final

import streamlit

from chb.ui.maps.tiles import tile_service

Headers = tuple[tuple[bytes, bytes], ...]

_COMMON: Final = {
    "x-content-type-options": "nosniff",
    # not "no-referrer": a form would then be sent without saying where it comes from
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "geolocation=(), camera=(), microphone=(), usb=(), payment=()",
}

_FRAME_POLICY: Final = (
    "sandbox allow-scripts",
    "default-src 'none'",
    # streamlit-folium evaluates the scripts that folium writes
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:{tiles}",
    "font-src 'self' data:",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'self'",
)

# A content security policy does not govern WebRTC; this young header does, in Chromium.
_ALLOWLIST: Final = "(response-origin{tiles});webrtc=block"

_FORM_POLICY: Final = (
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)

_SAFE_LINE_ONLY: Final = {"strict-transport-security": "max-age=31536000; includeSubDomains"}


@functools.cache
def page_headers(*, secure: bool = False) -> Headers:
    """For the page and everything Streamlit serves to it."""
    return _headers(_page_policy(), secure)


@functools.cache
def frame_headers(*, secure: bool = False) -> Headers:
    """For the component that the map lives in: a tile service's pictures may come in too."""
    service = tile_service()
    origin = service.origin if service else ""
    policy = tuple(rule.format(tiles=f" {origin}" if origin else "") for rule in _FRAME_POLICY)
    allowed = _ALLOWLIST.format(tiles=f' "{origin}"' if origin else "")
    return (*_headers(policy, secure), *_encoded({"connection-allowlist": allowed}))


@functools.cache
def form_headers(*, secure: bool = False) -> Headers:
    """For the pages around signing in: no script at all."""
    # The address of a one-time link holds its token: no request from the page may name it.
    return _headers(_FORM_POLICY, secure, {"referrer-policy": "strict-origin"})


def _headers(policy: tuple[str, ...], secure: bool, more: dict[str, str] | None = None) -> Headers:
    over_tls = _SAFE_LINE_ONLY if secure else {}
    said = {**_COMMON, **over_tls, **(more or {})}
    return _encoded({**said, "content-security-policy": "; ".join(policy)})


def _page_policy() -> tuple[str, ...]:
    return (
        "default-src 'none'",
        " ".join(["script-src 'self'", *_inline_script_digests()]),
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "media-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )


def _inline_script_digests() -> list[str]:
    """Streamlit's own page has one inline script: it may run, and nothing like it."""
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    scripts = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def _encoded(headers: dict[str, str]) -> Headers:
    return tuple((name.encode(), value.encode()) for name, value in headers.items())
