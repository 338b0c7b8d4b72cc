"""The few pages of our own: HTML without a script, every text escaped."""

from __future__ import annotations

import functools
import html
import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chb.ui.server.own_files import MARK, PAGE_STYLE, served_name

_TEMPLATES: Final = Path(__file__).parent / "templates"
_SAFE_PATH: Final = re.compile(r"/[a-z0-9_-]{0,80}", re.IGNORECASE)


def page(template: str, *, base_path: str, **values: Any) -> str:
    """One of the pages, as HTML."""
    own = f"{base_path}/own"
    return (
        _environment()
        .get_template(f"{template}.html")
        .render(
            base=base_path,
            style=f"{own}/{served_name(PAGE_STYLE)}",
            mark=f"{own}/{served_name(MARK)}",
            **values,
        )
    )


def arrival_page(path: str) -> str:
    """Sends a browser on from this site itself, so that it brings its strict cookies.

    The path begins with one slash whatever was asked: with two it would name another site.
    """
    target = html.escape(quote("/" + path.lstrip("/\\")))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Holdfast</title>'
        f'<meta http-equiv="refresh" content="0;url={target}"></head>'
        f'<body><p><a href="{target}">Go on to Holdfast</a></p></body></html>'
    )


def nowhere_page(base_path: str) -> str:
    """What an address without a page is answered with."""
    return page(
        "message",
        base_path=base_path,
        heading="There is no such page",
        text="The address may be mistyped, or the page has another name now.",
        is_refusal=False,
        link="/",
        link_words="Go to Home",
    )


def safe_next(path: str) -> str:
    """A page of ours to go to after signing in; the first one for anything else."""
    return path if _SAFE_PATH.fullmatch(path) else "/"


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
