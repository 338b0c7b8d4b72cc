"""folium without the internet: every link it knows points at our own server.

The bytes come from the wheel ``folium-offline``, which maps folium's exact
links to their text. A link without bytes is an error, never a silent request.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlparse

import folium
import folium.plugins  # its classes must exist before their links are rewritten
from folium.elements import JSCSSMixin
from offlinefolium.elements import _res as texts_by_link

VENDOR_PATH: Final = "../../vendor/"
"""Relative to the component's frame, so that a base path of the server changes nothing."""

_NEEDED_SCRIPTS: Final = frozenset({"leaflet", "jquery"})
_NEEDED_STYLES: Final = frozenset({"leaflet_css"})


@dataclass(frozen=True)
class VendorFile:
    """One third-party file as it is served."""

    name: str
    media_type: str
    text: str


@functools.cache
def vendor_files() -> dict[str, VendorFile]:
    """Every file by the name it is served under."""
    files = (_vendor_file(link, text) for link, text in texts_by_link.items())
    return {file.name: file for file in files}


@functools.cache
def install() -> None:
    """Rewrite the links of folium and its plugins; once a process, at start."""
    folium.Map.default_js = [(n, u) for n, u in folium.Map.default_js if n in _NEEDED_SCRIPTS]
    folium.Map.default_css = [(n, u) for n, u in folium.Map.default_css if n in _NEEDED_STYLES]
    for element in {JSCSSMixin, *_descendants(JSCSSMixin)}:
        for attribute in ("default_js", "default_css"):
            if attribute in vars(element):
                links = [(name, _local(link)) for name, link in getattr(element, attribute)]
                setattr(element, attribute, links)


def _local(link: str) -> str:
    if not link.startswith(("http:", "https:", "//")):
        return link
    return VENDOR_PATH + _vendor_file(link, texts_by_link[link]).name


def _vendor_file(link: str, text: str) -> VendorFile:
    filename = urlparse(link).path.rsplit("/", 1)[-1]
    suffix = "css" if ".css" in filename else "js"
    stem = filename.removesuffix(".css").removesuffix(".js")
    # The digest comes after the stem: Leaflet looks for marker images beside a link
    # that ends in "leaflet.css".
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    media_type = "text/css" if suffix == "css" else "text/javascript"
    return VendorFile(f"{stem}.{digest}.{suffix}", media_type, text)


def _descendants(kind: type) -> Iterator[type]:
    children: list[type] = kind.__subclasses__()
    for child in children:
        yield child
        yield from _descendants(child)
