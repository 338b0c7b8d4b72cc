"""The pinned requirements, read as they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[2]
REQUIREMENTS: Final = PROJECT / "requirements.txt"

_PIN: Final = re.compile(r"([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==([A-Za-z0-9.]+)(?:\s+# (\S.*))?")


@dataclass(frozen=True)
class Pin:
    """One requirement; ``why`` is empty for what another one brings along."""

    name: str
    version: str
    why: str = ""


def read_pins(text: str) -> tuple[Pin, ...]:
    """The pins of a requirements file; ValueError that quotes the first line that is none."""
    return tuple(_pin(line) for line in _meant(text))


def normalised(name: str) -> str:
    """A package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _meant(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


def _pin(line: str) -> Pin:
    found = _PIN.fullmatch(line)
    if found is None:
        raise ValueError(f"Not pinned to one version: {line!r}")
    return Pin(found[1], found[2], found[3] or "")
