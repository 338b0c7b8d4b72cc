"""What belongs beside a map of gaps: its figures, and how they are computed."""

from __future__ import annotations

from typing import Final

from chb.domain.views.gaps import GapsBeside
from chb.domain.wording import plural
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.explained import explain
from chb.ui.parts.words import percent

_FIGURES: Final = (
    "gap_met",
    "gap_open",
    "gap_worst",
    "gap_need",
    "gap_provision",
    "unmet_need",
    "gap_extension",
)


def show_gap_cards(found: GapsBeside) -> None:
    """How much is met, by how many assets, and where."""
    show_cards(
        (
            Card("Need met", percent(found.share_met), f"{found.weekday} {found.at:%H:%M}"),
            Card(
                "Open then",
                f"{found.n_in_session:,} of {found.n_assets:,}",
                "assets within reach of some cell",
            ),
            Card(
                "In the worst cells",
                percent(sum(each.share_of_gap for each in found.worst)),
                f"of the unmet need lies in {plural(len(found.worst), 'cell')}",
            ),
        )
    )


def explain_gaps(found: GapsBeside) -> None:
    """The button under the map: each figure, and what was decided for whoever asked."""
    made_from = f"Harm: {found.scheme}, {found.period}"
    explain("Gaps", _FIGURES, rules=(*found.choices, made_from), key="explain_gaps")
