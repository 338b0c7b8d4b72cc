"""The family tree of a group's nominals, the elder generations above, and its table."""

from __future__ import annotations

import streamlit as st

from chb.domain.ocgs.families import FamilyTree, Relative, family_tree
from chb.domain.ocgs.members import NominalRole
from chb.services.planning.ocg_register import OcgFile
from chb.ui.parts.html_table import Noted, show_table
from chb.ui.parts.ocgs.drawing import Drawn, Line, show_drawing
from chb.ui.parts.ocgs.layout import COLUMNS, in_families, most_beside
from chb.ui.parts.ocgs.marks import FAMILY, FAMILY_LOOK, FAMILY_MARKS, OUTSIDE


def show_family(file: OcgFile) -> None:
    """Tree and table; somebody at risk is said to be, in words."""
    st.subheader("Family tree", anchor=False)
    tree = family_tree(file.nominals)
    if not tree.kinships:
        st.write("No relation of a nominal is recorded.")
        return
    wide, narrow = st.columns(COLUMNS, gap="medium")
    with wide:
        _draw(tree)
        st.caption(
            "Elders above, children below, as far as the word for the relation tells; the others "
            "are drawn level."
        )
    with narrow:
        show_table(
            ("Person", "Is", "Part in the group"),
            [_row(each) for each in tree.relatives],
            name="Family tree",
        )


def _draw(tree: FamilyTree) -> None:
    pairs = [(each.of, each.to) for each in tree.kinships]
    drawn = {each.key: _mark(each) for each in tree.relatives}
    beside = most_beside(
        [each.name for each in drawn.values()], [each.note for each in drawn.values()]
    )
    show_drawing(
        drawn,
        [Line(of, to, FAMILY) for of, to in pairs],
        in_families(
            {each.key: each.generation for each in tree.relatives}, pairs, most_in_row=beside
        ),
        marks=FAMILY_MARKS,
        looks=FAMILY_LOOK,
    )


def _mark(each: Relative) -> Drawn:
    return Drawn(
        each.name,
        each.role.value if each.role else OUTSIDE,
        note=each.ties[0] if each.ties else "",
        told="to safeguard" if each.is_to_safeguard else "",
    )


def _row(each: Relative) -> tuple[str | Noted, ...]:
    return (
        Noted(each.name, "to safeguard" if each.is_to_safeguard else ""),
        "; ".join(each.ties),
        _part(each.role),
    )


def _part(role: NominalRole | None) -> str:
    return role.value if role else OUTSIDE
