"""What must be shown wherever data of a publisher is shown."""

from __future__ import annotations

from typing import Final

OPEN_GOVERNMENT: Final = (
    "Contains public sector information licensed under the Open Government Licence v3.0"
)
POLICE_UK: Final = f"data.police.uk. {OPEN_GOVERNMENT}"
BOUNDARIES: Final = f"{OPEN_GOVERNMENT}. Contains OS data, Crown copyright and database right"
OPENSTREETMAP: Final = "OpenStreetMap contributors, ODbL"
OWN: Final = "Compiled by the partnership"
