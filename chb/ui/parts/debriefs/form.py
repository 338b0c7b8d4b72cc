"""Record a debrief after a phase or an operation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

from chb.domain.places.phases import Phase
from chb.domain.planning.debriefs import Debrief, Thanks
from chb.services.planning.partnership import save_debrief
from chb.ui import cache
from chb.ui.parts.drafts import kept_area, kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.people_fields import ask_person
from chb.ui.parts.sending import send_button
from chb.ui.parts.subjects import Subject, ask_subject
from chb.ui.parts.words import literal

_FORM: Final = "record_debrief"
_PHASES: Final[list[Phase]] = list(Phase)


@dataclass(frozen=True)
class Lessons:
    """What the people at the debrief said."""

    worked: str
    repeat: str
    change: str
    new_intelligence: str
    thanks: tuple[Thanks, ...]


def show_record_debrief(subjects: tuple[Subject, ...]) -> None:
    """What was debriefed, the lessons in the words of those who were there, and an owner."""
    with kept_form(_FORM):
        title = kept_line("Title", placeholder="The operation or phase")
        place_id, ocg_id = ask_subject(subjects)
        held, over = st.columns(2)
        held_on = held.date_input("Held on", value=cache.workspace().today(), format="DD/MM/YYYY")
        phase = over.selectbox("Phase", _PHASES, index=None, placeholder="None")
        lessons = _ask_lessons()
        owner = ask_person("Owner of the lessons")
        by = ask_author()
        sent = send_button(_FORM, "Record the debrief")
    if not sent:
        return
    debrief = Debrief(
        title=title,
        held_on=held_on,
        place_id=place_id,
        ocg_id=ocg_id,
        phase=phase,
        worked=lessons.worked,
        repeat=lessons.repeat,
        change=lessons.change,
        new_intelligence=lessons.new_intelligence,
        thanks=lessons.thanks,
        owner=owner,
    )

    def work(request_key: str) -> str:
        saved = save_debrief(cache.workspace(), debrief, by=by, request_key=request_key)
        return f"The debrief is recorded: {literal(saved.title)}."

    save(_FORM, work)


def thanks_of_lines(lines: str) -> tuple[Thanks, ...]:
    """Whom to thank, one a line and each once; none of the thanks is given yet."""
    named = dict.fromkeys(line.strip() for line in lines.splitlines() if line.strip())
    return tuple(Thanks(to) for to in named)


def _ask_lessons() -> Lessons:
    return Lessons(
        worked=kept_area("What worked", height=90),
        repeat=kept_area("What to repeat", height=70),
        change=kept_area("What to do differently", height=70),
        new_intelligence=kept_area(
            "Intelligence not yet submitted",
            height=70,
            placeholder="That there is some, and who submits it; never its content",
        ),
        thanks=thanks_of_lines(
            kept_area(
                "Whom we owe thanks",
                height=70,
                placeholder="An agency or a role on each line",
            )
        ),
    )
