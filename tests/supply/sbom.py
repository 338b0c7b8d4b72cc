"""``make sbom``: what the running product is made of, as CycloneDX 1.6.

cyclonedx-py lists the packages of the environment. This keeps those that are pinned to run,
and adds what packages carry inside: JavaScript and native libraries, with their digests. Two
lists of one environment differ in their moment only.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from chb import __version__
from tests.supply.bundled import bundled_in, own_scripts
from tests.supply.pins import REQUIREMENTS, Pin, normalised, read_pins

Bom = dict[str, Any]

_PRODUCT = "holdfast"


def extended(base: Bom, pins: Sequence[Pin], *, made_at: datetime) -> Bom:
    """The whole list, from cyclonedx-py's; SystemExit when a pin is not installed as pinned."""
    packages = _pinned(base["components"], pins)
    kept = {package["bom-ref"] for package in packages}
    bom = base | {
        "components": [_with_contents(package) for package in packages],
        "dependencies": [*_dependencies(base, kept), {"ref": _PRODUCT, "dependsOn": sorted(kept)}],
    }
    bom["serialNumber"] = f"urn:uuid:{uuid5(NAMESPACE_URL, json.dumps(bom, sort_keys=True))}"
    return bom | {"metadata": _metadata(base, made_at)}


def main(source: Path, target: Path) -> None:
    """Read cyclonedx-py's list, write the whole one."""
    pins = read_pins(REQUIREMENTS.read_text(encoding="utf-8"))
    base = json.loads(source.read_text(encoding="utf-8"))
    bom = extended(base, pins, made_at=_moment())
    target.write_text(json.dumps(bom, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    inside = sum(len(package.get("components", ())) for package in bom["components"])
    print(
        f"{target}: {len(bom['components'])} packages, {inside} scripts and libraries inside them"
    )


def _pinned(components: Sequence[Bom], pins: Sequence[Pin]) -> list[Bom]:
    installed = {normalised(each["name"]): each for each in components}
    drifted = [
        f"{pin.name} {pin.version}"
        for pin in pins
        if installed.get(normalised(pin.name), {}).get("version") != pin.version
    ]
    if drifted:
        sys.exit(f"Not installed as pinned: {', '.join(drifted)}. Run make setup and try again.")
    return [installed[name] for name in sorted(normalised(pin.name) for pin in pins)]


def _with_contents(package: Bom) -> Bom:
    inside = [each.as_component(package["bom-ref"]) for each in bundled_in(package["name"])]
    return package | ({"components": inside} if inside else {})


def _dependencies(base: Bom, kept: set[str]) -> list[Bom]:
    return [
        {"ref": each["ref"], "dependsOn": [ref for ref in each["dependsOn"] if ref in kept]}
        if "dependsOn" in each
        else each
        for each in base.get("dependencies", ())
        if each["ref"] in kept
    ]


def _metadata(base: Bom, made_at: datetime) -> Bom:
    tools: Bom = base.get("metadata", {})
    return tools | {
        "timestamp": made_at.isoformat(timespec="seconds"),
        "component": {
            "type": "application",
            "bom-ref": _PRODUCT,
            "name": _PRODUCT,
            "version": __version__,
            "licenses": [{"license": {"id": "MIT"}}],
            "components": [script.as_component(_PRODUCT) for script in own_scripts()],
        },
    }


def _moment() -> datetime:
    """SOURCE_DATE_EPOCH where a build is to be repeated bit by bit, else now."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(given), UTC) if given else datetime.now(UTC)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
