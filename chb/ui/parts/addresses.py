"""Addresses on this server, wherever it is found."""

from __future__ import annotations

from urllib.parse import urljoin

import streamlit as st


def path_to(path: str) -> str:
    """A path for a link on the page, under the path that the server is served from."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/{path}" if base else f"/{path}"


def address_of(path: str) -> str:
    """The whole of it, to be handed on: as whoever is at the screen reaches the server."""
    return urljoin(str(st.context.url or ""), path_to(path))
