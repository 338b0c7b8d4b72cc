"""Our own scripts, under names that change with their content."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import Final

FRAME_SCRIPTS: Final = (
    "frame",
    "lattice",
    "cells",
    "points",
    "basemap",
    "labels",
    "overlays",
    "legend",
    "here",
    "tiles",
)
"""Loaded into the map's frame, in this order."""

PAGE_SCRIPT: Final = "host"
"""Loaded into the page around the frame."""

OWN_PATH: Final = "../../own/"
_FOLDER: Final = Path(__file__).parent / "static"


@functools.cache
def own_files() -> dict[str, str]:
    """Text of every script by the name it is served under."""
    return {served_name(script): _text(script) for script in (*FRAME_SCRIPTS, PAGE_SCRIPT)}


def served_name(script: str) -> str:
    """``cells.0123456789ab.js``: the name may be kept by a browser for ever."""
    return f"{script}.{hashlib.sha256(_text(script).encode()).hexdigest()[:12]}.js"


def frame_links() -> list[tuple[str, str]]:
    """The frame's scripts as folium lists them: (name, link)."""
    return [(f"holdfast-{script}", OWN_PATH + served_name(script)) for script in FRAME_SCRIPTS]


@functools.cache
def _text(script: str) -> str:
    return (_FOLDER / f"{script}.js").read_text(encoding="utf-8")
