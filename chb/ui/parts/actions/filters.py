"""By what the list of actions is narrowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from chb.domain.people import Person
from chb.domain.places.phases import Phase
from chb.domain.planning.actions import ActionChoices, ActionQuery
from chb.domain.planning.interventions import InterventionStatus
from chb.domain.planning.plans import Pillar
from chb.ui.parts.people_fields import person_words

_NOBODY = "nobody"


def ask_query(choices: ActionChoices, people: Mapping[str, Person]) -> ActionQuery:
    """The fields; each offers what there is, and one left empty leaves nothing out."""
    subjects = choices.subjects
    owners = {each: person_words(people.get(each), each or _NOBODY) for each in choices.owners}
    first, second, third, fourth = st.columns([1.4, 1, 1, 1.2])
    fifth, sixth, last = st.columns([1.6, 1.6, 1.4], vertical_alignment="bottom")
    return ActionQuery(
        subject_id=_ask(first, "Place or OCG", subjects, subjects),
        phase=_ask(second, "Phase", list(Phase)),
        pillar=_ask(third, "P", list(Pillar)),
        status=_ask(fourth, "Status", list(InterventionStatus)),
        owner=_ask(fifth, "Owner", sorted(owners, key=owners.__getitem__), owners),
        lead_agency=_ask(sixth, "Lead agency", choices.lead_agencies),
        is_overdue=last.toggle("Overdue only", key="actions_overdue", persist_state="session"),
    )


def _ask(
    column: st.delta_generator.DeltaGenerator,
    label: str,
    options: Iterable[Any],
    words: Mapping[Any, str] | None = None,
) -> tuple[Any, ...]:
    listed = list(options)
    key = f"actions_{label}"
    if st.session_state.get(key):  # what is not on the list any more cannot be asked for
        st.session_state[key] = [each for each in st.session_state[key] if each in listed]
    chosen = column.multiselect(
        label,
        listed,
        format_func=lambda each: words[each] if words else str(each),
        placeholder="All",
        key=key,
        persist_state="session",
    )
    return tuple(chosen)
