"""Places that are worked at, as outlines on a map that is shared."""

from __future__ import annotations

from chb.domain.access.roles import View
from chb.services.views import community_work, partner_work
from chb.ui import cache, theme, viewer
from chb.ui.maps.elements import Outline
from chb.ui.maps.outlines import rings_of


def shared_outlines() -> list[Outline]:
    """Every place the person is shown, coarse as it is shared, with the name people there use."""
    ws = cache.workspace()
    to_partners = viewer.scope().view >= View.PARTNER
    places = (
        partner_work.partner_places(ws, with_steps=False)
        if to_partners
        else community_work.community_places(ws, with_steps=False)
    )
    return [
        Outline(rings=rings_of(each.cells), colour=theme.PLACE_COLOUR, name=each.title)
        for each in places
    ]
