"""Groups and how they stand to one another, drawn and as a table.

Only groups that the person may see are in what this is given; it is drawn of nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from chb.domain.ocgs.network import GroupNetwork
from chb.domain.ocgs.register import OcgStanding
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import Noted, show_table
from chb.ui.parts.ocgs.drawing import Drawn, Line, show_drawing
from chb.ui.parts.ocgs.layout import COLUMNS, spread
from chb.ui.parts.ocgs.marks import GROUP_MARKS, LINK_LOOKS, OPEN, SHARED
from chb.ui.parts.words import day_words, literal

_MOST_DRAWN: Final = 30
"""More names than that cannot be read in one drawing."""


def show_network(network: GroupNetwork, *, chosen_id: str, key: str) -> None:
    """The drawing, then its table; a word on groups that no tie is known of."""
    codes = network.codes
    ties = _ties(network)
    if ties:
        wide, narrow = st.columns(COLUMNS, gap="medium")
        with wide:
            _draw(network, ties, chosen_id)
        with narrow:
            show_table(("Groups", "How they stand"), _rows(network, codes), name="Links")
    else:
        st.write("No link to a group that you may see is recorded.")
    _tell_unlinked(network)
    _show_shared(network, codes)
    explain("How groups stand to one another", ("ocg_link", "ocg_shared_reference"), key=key)


def _ties(network: GroupNetwork) -> tuple[Line, ...]:
    """Links, and beside them the pairs that share a reference; several between two are one line
    in the drawing: that of the link which comes first among the kinds.
    """
    order = list(LINK_LOOKS)
    found: dict[frozenset[str], str] = {}
    told = [(frozenset((each.ocg_id, each.other_id)), each.kind.value) for each in network.links]
    linked = {pair for pair, _ in told}
    shared = [frozenset(pair) for pair in network.pairs() if frozenset(pair) not in linked]
    for pair, kind in (*told, *((pair, SHARED) for pair in shared)):
        if pair not in found or order.index(kind) < order.index(found[pair]):
            found[pair] = kind
    return tuple(Line(min(pair), max(pair), kind) for pair, kind in found.items())


def _draw(network: GroupNetwork, ties: tuple[Line, ...], chosen_id: str) -> None:
    drawn_ids = _drawn_ids(ties, chosen_id)
    lines = tuple(each for each in ties if {each.of, each.to} <= drawn_ids)
    groups = {each.ocg.id: each for each in network.groups if each.ocg.id in drawn_ids}
    codes = {id_: each.ocg.code for id_, each in groups.items()}
    by_code = spread(codes.values(), [(codes[each.of], codes[each.to]) for each in lines])
    show_drawing(
        {id_: _mark(each, chosen_id) for id_, each in groups.items()},
        lines,
        {id_: by_code[code] for id_, code in codes.items()},
        marks=GROUP_MARKS,
        looks=LINK_LOOKS,
    )
    n_tied = len({end for each in ties for end in (each.of, each.to)})
    if n_tied > len(groups):
        st.caption(f"The {len(groups)} with the most ties are drawn; the table has all {n_tied}.")


def _drawn_ids(ties: tuple[Line, ...], chosen_id: str) -> set[str]:
    """The open group and those with the most ties."""
    ends = [end for each in ties for end in (each.of, each.to)]
    ranked = sorted(set(ends), key=lambda end: (end != chosen_id, -ends.count(end), end))
    return set(ranked[:_MOST_DRAWN])


def _mark(each: OcgStanding, chosen_id: str) -> Drawn:
    band = each.score.band.value if each.score else "not scored"
    what = OPEN if each.ocg.id == chosen_id else each.ocg.status.value
    return Drawn(each.ocg.code, what, note=band, told=each.ocg.category.value)


def _rows(network: GroupNetwork, codes: Mapping[str, str]) -> list[tuple[str | Noted, ...]]:
    return [
        (
            " and ".join(sorted((codes[each.ocg_id], codes[each.other_id]), key=str.casefold)),
            Noted(
                ": ".join(word for word in (each.kind.value, each.note) if word),
                f"since {day_words(each.since)}" if each.since else "",
            ),
        )
        for each in network.links
    ]


def _tell_unlinked(network: GroupNetwork) -> None:
    unlinked = network.unlinked
    if unlinked and len(network.groups) > 1:
        names = ", ".join(each.ocg.code for each in unlinked)
        st.caption(f"Without a link that you may see: {literal(names)}.")


def _show_shared(network: GroupNetwork, codes: Mapping[str, str]) -> None:
    """The part of it that a person must check: one reference need not be one person."""
    if not network.shared:
        return
    show_table(
        ("Reference", "On the files of"),
        [
            (
                each.reference,
                ", ".join(f"{codes[ocg_id]} ({role.value})" for ocg_id, role in each.roles),
            )
            for each in network.shared
        ],
        name="References on more than one file",
    )
    st.caption("The same reference need not be the same person: check before you act on it.")
