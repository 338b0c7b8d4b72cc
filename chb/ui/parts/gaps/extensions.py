"""Which assets, open at that hour too, would close most of the gap: in a table and on the map."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.views.gaps import Extension, GapsBeside
from chb.services.assets import register
from chb.services.assets.reach import straight_reach_m
from chb.ui import cache, theme
from chb.ui.maps.elements import Outline
from chb.ui.maps.outlines import circle
from chb.ui.parts.html_table import Noted, show_table
from chb.ui.parts.words import percent

_DOT_M: Final = 20
_DOT_PX: Final = 7
_REACH_PX: Final = 1.5
_DASH: Final = "6 6"


def show_extensions(found: GapsBeside) -> None:
    """The assets in the order in which they are best taken, each with its reason."""
    st.subheader("One more session: where it would close most", anchor=False)
    if not found.extensions:
        st.write("No asset of these kinds within reach is shut then, or nothing is unmet.")
        return
    st.caption(
        f"Assets that have nothing on {found.weekday} at {found.at:%H:%M} for these ages. Each "
        "is the one that closes most of what those before it leave open (greedy maximal coverage)."
    )
    show_table(
        ("", "Asset", "Closes", "Why"),
        [_row(each) for each in found.extensions],
        name="Best extensions",
    )


def extension_outlines(found: GapsBeside) -> list[Outline]:
    """Where they stand, with rank and name, and how far people walk there, as dashes."""
    ws = cache.workspace()
    drawn = []
    for each in found.extensions:
        asset = register.asset(ws, each.asset_id)
        (reach_m,) = straight_reach_m([asset], found.walking_m)
        at = (asset.latitude, asset.longitude)
        drawn += [
            Outline(
                rings=[circle(at, _DOT_M)],
                colour=theme.BLUE,
                width=_DOT_PX,
                name=f"{each.rank}. {each.title}",
            ),
            Outline(rings=[circle(at, reach_m)], colour=theme.BLUE, dash=_DASH, width=_REACH_PX),
        ]
    return drawn


def _row(extension: Extension) -> tuple[str, Noted, str, str]:
    return (
        f"{extension.rank}",
        Noted(extension.title, _kind(extension)),
        percent(extension.share_of_gap),
        f"{extension.why}.",
    )


def _kind(extension: Extension) -> str:
    labels = {kind.key: kind.label for kind in cache.asset_kinds()}
    return labels.get(extension.kind, extension.kind)
