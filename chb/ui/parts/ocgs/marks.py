"""How people, groups and the ties between them look: a colour, and a shape or dashes of its own.

Each colour stands out from a light and a dark ground, and no eye takes one role for another
(simulated as in `chb.ui.theme`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from chb.domain.ocgs.members import NominalRole, OcgLinkKind
from chb.domain.ocgs.register import OcgStatus
from chb.ui import theme
from chb.ui.marks import Mark

_OCHRE: Final = "#c07200"
_VIOLET: Final = "#a212f6"
_MAUVE: Final = "#a28aa8"
_GREY: Final = "#7a8694"


@dataclass(frozen=True)
class LineLook:
    """Colour and dashes of a kind of line."""

    colour: str
    dash: tuple[int, ...] = (1, 0)


OUTSIDE: Final = "not a nominal of this file"
ROLE_MARKS: Final = {
    NominalRole.PRINCIPAL.value: Mark(theme.CLARET, "diamond"),
    NominalRole.SIGNIFICANT.value: Mark(theme.BLUE, "square"),
    NominalRole.PERIPHERAL.value: Mark(_OCHRE, "circle"),
    NominalRole.ASSOCIATE.value: Mark(_MAUVE, "triangle-right"),
}
"""The part somebody plays in the group."""
FAMILY_MARKS: Final = {**ROLE_MARKS, OUTSIDE: Mark(_VIOLET, "cross")}

FAMILY: Final = "family"
FAMILY_LOOK: Final = {FAMILY: LineLook(_GREY, (5, 3))}

OPEN: Final = "the group that is open"
GROUP_MARKS: Final = {
    OPEN: Mark(theme.CLARET, "diamond"),
    OcgStatus.ACTIVE.value: Mark(theme.BLUE, "circle"),
    OcgStatus.ARCHIVED.value: Mark(_GREY, "square"),
}

SHARED: Final = "same reference on file"
LINK_LOOKS: Final = {
    OcgLinkKind.RIVALRY.value: LineLook(theme.CLARET, (7, 4)),
    OcgLinkKind.PAST_RIVALRY.value: LineLook(_MAUVE, (2, 4)),
    OcgLinkKind.ASSOCIATION.value: LineLook(theme.BLUE),
    OcgLinkKind.SUPPLY.value: LineLook(_OCHRE, (12, 3)),
    OcgLinkKind.MARKET_SHARING.value: LineLook(_VIOLET, (9, 3, 2, 3)),
    SHARED: LineLook(_GREY, (1, 3)),
}
"""Ties between groups; of several between two, the drawing has the one that comes first here."""

RING_NOW: Final = theme.CLARET
RING_OVER: Final = "#5d6773"
"""Rings on a map, whose ground is light in both themes: held today, and no longer."""
