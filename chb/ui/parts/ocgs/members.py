"""Members of a group by role: drawn in rows, and a table with what each of them does."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from chb.domain.ocgs.families import Kinship, family_tree
from chb.domain.ocgs.members import Nominal, NominalRole, by_role, family_to_safeguard
from chb.domain.ocgs.network import SharedReference
from chb.services.planning.ocg_register import OcgFile
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import Noted, show_table
from chb.ui.parts.ocgs.drawing import Drawn, Line, show_drawing
from chb.ui.parts.ocgs.layout import COLUMNS, in_rows, most_beside
from chb.ui.parts.ocgs.marks import FAMILY, FAMILY_LOOK, ROLE_MARKS

Elsewhere = Mapping[str, str]
"""By reference in small letters: the other groups, of those one may see, that have it on file."""


def show_members(file: OcgFile, elsewhere: Elsewhere) -> None:
    """Drawing and table side by side; associates, who are no members, in a row of their own."""
    if not file.nominals:
        st.write("No nominal is recorded.")
        return
    wide, narrow = st.columns(COLUMNS, gap="medium")
    with wide:
        _draw(file.nominals)
    with narrow:
        show_table(
            ("Nominal", "Role", "What they do"),
            [_row(each, elsewhere) for rows in by_role(file.nominals).values() for each in rows],
            name="Members by role",
        )
        explain("Members of the group", ("nominal_role", "ocg_shared_reference"), key="how:members")


def show_safeguarding(file: OcgFile) -> None:
    """Family at risk, and what is offered to them."""
    listed = family_to_safeguard(file.nominals)
    if not listed:
        return
    show_table(
        ("Family to safeguard", "Why, and what is offered"),
        [
            (f"{link.relation} of {each.reference} ({link.to})", link.safeguarding)
            for each, link in listed
        ],
        name="Family to safeguard",
    )


def elsewhere(
    shared: tuple[SharedReference, ...], codes: Mapping[str, str], here: str
) -> Elsewhere:
    """Where references of this file are on file too."""
    found = {}
    for each in shared:
        ids = [ocg_id for ocg_id, _ in each.roles]
        if here in ids:
            others = sorted({codes[ocg_id] for ocg_id in ids if ocg_id != here})
            found[each.reference.casefold()] = ", ".join(others)
    return found


def _draw(nominals: tuple[Nominal, ...]) -> None:
    rows = [[each.reference for each in row] for row in by_role(nominals).values()]
    ties = _ties_between(nominals)
    lines = [Line(each.of, each.to, FAMILY) for each in ties]
    drawn = {each.reference: _mark(each) for each in nominals}
    show_drawing(
        drawn,
        lines,
        in_rows(
            rows,
            [(each.of, each.to) for each in ties],
            most_in_row=most_beside(drawn, [each.note for each in drawn.values()]),
        ),
        marks=ROLE_MARKS,
        looks=FAMILY_LOOK,
    )


def _ties_between(nominals: tuple[Nominal, ...]) -> list[Kinship]:
    """Relations of which both ends are nominals of the file."""
    known = {each.reference for each in nominals}
    return [each for each in family_tree(nominals).kinships if {each.of, each.to} <= known]


def _mark(each: Nominal) -> Drawn:
    return Drawn(each.reference, each.role.value, note=each.status.value, told=each.function)


def _row(each: Nominal, elsewhere: Elsewhere) -> tuple[str | Noted, ...]:
    also = elsewhere.get(each.reference.casefold(), "")
    return (
        Noted(each.reference, f"also on file: {also}" if also else ""),
        _role_words(each.role),
        Noted(each.function, "; ".join(filter(None, (each.status.value, each.note)))),
    )


def _role_words(role: NominalRole) -> str:
    return role.value if role.is_member else f"{role.value}, not a member"
