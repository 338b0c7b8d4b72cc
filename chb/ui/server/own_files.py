"""Style and script of the sign-in pages and of the bar, under names that change with them."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

BASE_SCRIPT: Final = "base.js"
LOOK_SCRIPT: Final = "look.js"
LOCK_SCRIPT: Final = "lock.js"
DRAFTS_SCRIPT: Final = "drafts.js"
UPLOADS_SCRIPT: Final = "uploads.js"
BAR_STYLE: Final = "bar.css"
PAGE_STYLE: Final = "sign_in.css"
MARK: Final = "mark.svg"

_FOLDER: Final = Path(__file__).parent / "static"
_PICTURES: Final = Path(__file__).parents[1] / "shell" / "pictures"
_FILES: Final = {
    BASE_SCRIPT: (_FOLDER, "text/javascript"),
    LOOK_SCRIPT: (_FOLDER, "text/javascript"),
    LOCK_SCRIPT: (_FOLDER, "text/javascript"),
    DRAFTS_SCRIPT: (_FOLDER, "text/javascript"),
    UPLOADS_SCRIPT: (_FOLDER, "text/javascript"),
    BAR_STYLE: (_FOLDER, "text/css"),
    PAGE_STYLE: (_FOLDER, "text/css"),
    MARK: (_PICTURES, "image/svg+xml"),
}


@dataclass(frozen=True)
class OwnFile:
    """A file that anybody may have."""

    text: str
    media_type: str


@functools.cache
def files() -> dict[str, OwnFile]:
    """Every file by the name it is served under."""
    return {served_name(name): _file(name) for name in _FILES}


def served_name(name: str) -> str:
    """``lock.0123456789ab.js``: the name may be kept by a browser for ever."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(_file(name).text.encode()).hexdigest()[:12]}.{ending}"


@functools.cache
def _file(name: str) -> OwnFile:
    folder, media_type = _FILES[name]
    return OwnFile((folder / name).read_text(encoding="utf-8"), media_type)
