"""Saving the next version of an asset from any of its forms."""

from __future__ import annotations

from chb.domain.assets.register import Asset
from chb.services.assets.register import save_asset
from chb.ui import cache
from chb.ui.parts.words import literal


def save_edited(edited: Asset, *, by: str, reason: str, request_key: str) -> str:
    """Save it; the sentence for the person."""
    saved = save_asset(cache.workspace(), edited, by=by, reason=reason, request_key=request_key)
    return f"{literal(saved.name)} is saved."
