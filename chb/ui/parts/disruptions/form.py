"""Record a disruption in under a minute; what it changed can be added when there is time."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.planning.disruptions import Disruption, DisruptionLevel, ImpactAnswer
from chb.domain.planning.plans import Pillar
from chb.services.planning import disruptions
from chb.ui import cache
from chb.ui.parts.drafts import kept_area, kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.people_fields import ask_agency
from chb.ui.parts.sending import chosen, send_button
from chb.ui.parts.subjects import ask_subject, list_subjects

_FORM: Final = "record_disruption"
_LEVELS: Final[list[DisruptionLevel]] = list(DisruptionLevel)
_PILLARS: Final[list[Pillar]] = list(Pillar)


def show_record_disruption() -> None:
    """What, when, how strong, which P, by whom and against what; then the prompts."""
    with kept_form(_FORM):
        what = kept_area("What happened", height=70)
        first, second = st.columns(2)
        happened_on = first.date_input("On", value=cache.workspace().today(), format="DD/MM/YYYY")
        pillar = second.selectbox("Primary P", _PILLARS, index=None, placeholder="Choose")
        level = ask_level("Level")
        agency = ask_agency("Agency")
        place_id, ocg_id = ask_subject(list_subjects())
        impact = _ask_impact()
        by = ask_author()
        sent = send_button(_FORM, "Record the disruption")
    if not sent:
        return

    def work(request_key: str) -> str:
        event = Disruption(
            happened_on=happened_on,
            what=what,
            level=chosen(level, what="The level"),
            pillar=chosen(pillar, what="The primary P"),
            agency=agency,
            place_id=place_id,
            ocg_id=ocg_id,
            impact=impact,
        )
        saved = disruptions.record_disruption(
            cache.workspace(), event, by=by, request_key=request_key
        )
        return f"The {saved.level.value} disruption is in the log, to be moderated."

    save(_FORM, work)


def ask_level(label: str, *, current: DisruptionLevel | None = None) -> DisruptionLevel | None:
    """One of the five levels, each with what it means here; none is suggested."""
    meanings = disruptions.level_meanings()
    return st.selectbox(
        label,
        _LEVELS,
        index=_LEVELS.index(current) if current else None,
        placeholder="Choose",
        format_func=lambda level: f"{level.value}: {meanings[level]}",
    )


def _ask_impact() -> tuple[ImpactAnswer, ...]:
    """What is typed against the prompts; every one may stay empty."""
    with st.expander("What did it change? Answer what you know."):
        answers = {
            prompt.key: kept_line(prompt.question, help=prompt.help)
            for prompt in disruptions.impact_prompts()
        }
    return tuple(ImpactAnswer(key, text) for key, text in answers.items() if text.strip())
