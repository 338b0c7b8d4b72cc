"""Debriefs on the screen: what worked, what to repeat, what to do differently, whom to thank."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from chb.domain.planning.debriefs import Debrief, Thanks
from chb.ui.parts.people_fields import people_at_work, person_words
from chb.ui.parts.words import literal_html


def show_debriefs(found: Sequence[Debrief], names: dict[str, str]) -> None:
    """One entry a debrief, the most recent first; ``names`` are those of places and groups."""
    if not found:
        st.info(
            "No debrief holds these words. Every phase and operation ends with one: what worked "
            "here may save weeks elsewhere.",
            icon=":material/school:",
        )
        return
    people = people_at_work()
    owners = [person_words(people.get(each.owner), each.owner) for each in found]
    st.html("".join(_entry(*each, names) for each in zip(found, owners, strict=True)))


def _entry(each: Debrief, owner: str, names: dict[str, str]) -> str:
    about = [names.get(id_, "") for id_ in (each.place_id, each.ocg_id) if id_]
    context = [*about, each.phase or "", f"{each.held_on.day} {each.held_on:%B %Y}", owner]
    sections = {
        "What worked": each.worked,
        "To repeat": each.repeat,
        "To do differently": each.change,
        "Intelligence not yet submitted": each.new_intelligence,
        "Thanks": "; ".join(map(thanks_words, each.thanks)),
    }
    lines = "".join(
        f"<p><small>{label}</small><br>{literal_html(text)}</p>"
        for label, text in sections.items()
        if text
    )
    return (
        f'<div class="hf-entry"><b>{literal_html(each.title)}</b> '
        f"<small>{literal_html('; '.join(part for part in context if part))}</small>{lines}</div>"
    )


def thanks_words(thanks: Thanks) -> str:
    """Whom, and whether the thanks are still owed."""
    if thanks.given_on is None:
        return f"{thanks.to}, still owed"
    return f"{thanks.to}, given {thanks.given_on.day} {thanks.given_on:%B %Y}"
