"""What the ids in a plan stand for: assets, places and groups by their names."""

from __future__ import annotations

from typing import Final

from chb.services.assets import register as assets
from chb.ui import cache
from chb.ui.parts.subjects import list_subjects, names_by_id

NOT_LISTED: Final = "no longer listed"


def asset_names() -> dict[str, str]:
    """Name of every asset, by its id."""
    return {asset.id: asset.name for asset in assets.list_assets(cache.workspace())}


def place_names() -> dict[str, str]:
    """Name of every place, by its id."""
    return {each.id: each.name for each in list_subjects() if each.place_id}


def ocg_codes() -> dict[str, str]:
    """Code of every OCG, by its id."""
    return {each.id: each.name for each in list_subjects() if each.ocg_id}


def all_names() -> dict[str, str]:
    """Whatever an intervention may refer to, by its id."""
    return {**asset_names(), **names_by_id(list_subjects())}
