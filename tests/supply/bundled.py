"""What packages carry inside them that no package index lists: scripts and native libraries."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import files
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

import h3
import psycopg
import pyogrio
import pyproj
import shapely
from offlinefolium.elements import _res as texts_by_link

from tests.supply.pins import PROJECT, normalised

SCRIPTS: Final = (".js", ".mjs", ".wasm")
VENDOR_PACKAGE: Final = "folium-offline"
"""Carries scripts as text in a module, under the links that folium would fetch."""

_OWN_SCRIPTS: Final = "chb/ui/**/static/*.js"
_BANNER: Final = re.compile(r"@license ([A-Za-z][\w.-]*) v(\d+\.\d+\.\d+)")
_LINKED: Final = (
    re.compile(r"(?:/npm|unpkg\.com)/(?P<npm>(?:@[\w.-]+/)?[\w.-]+)(?:@(?P<version>\d[\d.]*))?"),
    re.compile(r"/gh/[\w.-]+/(?P<name>[\w.-]+)(?:@(?P<version>\d[\d.]*))?"),
    re.compile(r"(?:/ajax/libs|bootstrapcdn\.com)/(?P<name>[\w.-]+)/(?P<version>\d[\d.]*)"),
    re.compile(r"/(?P<name>jquery)-(?P<version>\d[\d.]*)\.min\.js"),
    re.compile(r"/(?P<name>[A-Za-z][\w.-]*?)(?:\.v(?P<version>\d[\d.]*))?(?:\.min)?\.js$"),
)


def _dotted(version: tuple[int, ...] | None) -> str:
    return ".".join(map(str, version or ()))


NATIVE: Final[dict[str, dict[str, Callable[[], str]]]] = {
    "h3": {"H3": lambda: str(h3.versions()["c"])},
    "psycopg-binary": {"libpq": lambda: _dotted(divmod(psycopg.pq.version(), 10_000))},
    "pyogrio": {
        "GDAL": lambda: _dotted(pyogrio.__gdal_version__),
        "GEOS": lambda: _dotted(pyogrio.__gdal_geos_version__),
    },
    "pyproj": {"PROJ": lambda: str(pyproj.proj_version_str)},
    "shapely": {"GEOS": lambda: str(shapely.geos_version_string)},
}
"""Native libraries inside wheels, with the version that each tells itself."""


@dataclass(frozen=True)
class Bundled:
    """One file or library inside a package; what cannot be told is empty."""

    name: str
    version: str = ""
    path: str = ""
    sha384: str = ""
    purl: str = ""
    link: str = ""

    def as_component(self, owner: str) -> dict[str, Any]:
        """As CycloneDX has it, inside the component of that reference."""
        within = self.link or self.path or f"{self.name}@{self.version}"
        component: dict[str, Any] = {
            "type": "file" if self.path else "library",
            "bom-ref": f"{owner}#{within}",
            "name": self.path or self.name,
        }
        told = {"version": self.version, "purl": self.purl}
        component |= {key: value for key, value in told.items() if value}
        if self.sha384:
            component["hashes"] = [{"alg": "SHA-384", "content": self.sha384}]
        if self.link:
            component["externalReferences"] = [{"type": "distribution", "url": self.link}]
        return component


def bundled_in(package: str) -> list[Bundled]:
    """Everything found inside an installed package, in a fixed order."""
    name = normalised(package)
    found = [*_files_of(package), *_told_by(name)]
    if name == VENDOR_PACKAGE:
        found += [_linked(link, text) for link, text in texts_by_link.items()]
    return sorted(set(found), key=lambda each: (each.link, each.path, each.name, each.version))


def own_scripts() -> list[Bundled]:
    """The scripts of ours that a browser is given."""
    paths = sorted(PROJECT.glob(_OWN_SCRIPTS))
    return [_file(path, path.relative_to(PROJECT).as_posix()) for path in paths]


def _files_of(package: str) -> Iterator[Bundled]:
    for listed in files(package) or ():
        path = Path(str(listed.locate()))
        if listed.suffix in SCRIPTS or ".libs/" in listed.as_posix():
            yield _file(path, listed.as_posix())
        if listed.suffix in SCRIPTS or listed.name.endswith(".js.LICENSE.txt"):
            yield from _banners(path.read_text(encoding="utf-8", errors="replace"))


def _file(path: Path, name: str) -> Bundled:
    digest = hashlib.sha384(path.read_bytes()).hexdigest()
    return Bundled(Path(name).name, path=name, sha384=digest)


def _banners(text: str) -> Iterator[Bundled]:
    """Libraries inside a bundle that kept their licence's first line."""
    for name, version in _BANNER.findall(text):
        yield Bundled(name, version, purl=_npm(name.lower(), version))


def _told_by(package: str) -> Iterator[Bundled]:
    for name, version in NATIVE.get(package, {}).items():
        yield Bundled(name, version())


def _linked(link: str, text: str) -> Bundled:
    """A script by the link that folium knows it by; ``latest`` and branches are no version."""
    parts = urlsplit(unquote(link))
    address = f"{parts.netloc}{parts.path}"
    found = next(match for pattern in _LINKED if (match := pattern.search(address)))
    told = found.groupdict()
    npm, version = told.get("npm") or "", (told.get("version") or "").rstrip(".")
    return Bundled(
        npm or told["name"],
        version,
        sha384=hashlib.sha384(text.encode()).hexdigest(),
        purl=_npm(npm, version) if npm else "",
        link=link,
    )


def _npm(name: str, version: str) -> str:
    return f"pkg:npm/{quote(name, safe='/')}" + (f"@{version}" if version else "")
