"""What belongs beside a map of gaps: its figures, its caveats, and how it is computed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import streamlit as st

from chb.domain.views.gaps import GapsBeside
from chb.domain.wording import plural
from chb.services.assets.reach import USUAL_PLACES
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.words import literal, literal_html, percent

_FORMULA: Final = (
    "Need of a cell = harm x residents of the ages asked about",
    "Provision of a cell = places of the sessions that run then, for those ages, at assets "
    f"within walking distance, divided by {USUAL_PLACES}",
    "Unmet need = need x (1 - provision), and nothing where provision is 1 or more",
    "Best extension = the shut asset whose one more session at that hour closes most unmet "
    "need; the next is found in what is then left (greedy maximal coverage)",
)
_READ: Final = (
    "Church and ReVelle 1974, The maximal covering location problem, doi 10.1007/BF01942293",
    "Nemhauser, Wolsey and Fisher 1978, An analysis of approximations for maximizing submodular "
    "set functions, doi 10.1007/BF01588971",
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


def show_gap_caveats(found: GapsBeside) -> None:
    """Under the map: what to beware of in it."""
    said = "".join(f"<li>{literal_html(each)}</li>" for each in found.caveats)
    st.html(f'<ul class="hf-note" aria-label="What to beware of">{said}</ul>')


def show_gap_method(found: GapsBeside) -> None:
    """The formula, what was decided for whoever asked, and what it was made from."""
    with st.expander("How is this computed?", icon=":material/calculate:"):
        st.markdown(_lines(_FORMULA))
        st.markdown(f"**Decided for you**\n\n{_lines(found.choices)}")
        made_from = (f"Harm: {found.scheme}, {found.period}", *found.sources, *_READ)
        st.markdown(f"**Made from**\n\n{_lines(made_from)}")


def _lines(said: Iterable[str]) -> str:
    return "\n".join(f"- {literal(each)}" for each in said)
