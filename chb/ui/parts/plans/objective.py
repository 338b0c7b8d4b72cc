"""Write an objective in the five parts of SMART, change one, or take one out."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from chb.domain.planning.plans import Objective, Pillar, Plan
from chb.ui import session
from chb.ui.parts.drafts import kept_area, kept_form, kept_line
from chb.ui.parts.forms import ask_author
from chb.ui.parts.people_fields import ask_person
from chb.ui.parts.plans.fields import ask_reason
from chb.ui.parts.plans.saving import save_edited
from chb.ui.parts.record_fields import ask_day
from chb.ui.parts.sending import as_shown, send_button
from chb.ui.parts.words import literal

_PILLARS: Final[list[Pillar]] = list(Pillar)
_LONGEST_WORDS: Final = 60


def show_write_objective(plan: Plan) -> None:
    """The objective that is chosen, or an empty form for a new one."""
    form = f"objective:{plan.id}"
    seen = as_shown(form, plan)
    form_key = session.form_key(form)
    at = st.selectbox(
        "Objective to change",
        range(len(plan.objectives)),
        index=None,
        format_func=lambda each: _line(plan.objectives[each]),
        placeholder="A new one",
        key=f"{form_key}:open",
    )
    key = f"{form_key}:{at}"
    # only a new one is kept: words put back would land in whichever objective is open
    kept = kept_form(form) if at is None else st.form(form_key, border=False)
    with kept:
        written = _ask_parts(None if at is None else plan.objectives[at], key=key)
        is_leaving = at is not None and st.checkbox("Take it out of the plan", key=f"{key}:out")
        reason = ask_reason(key=key)
        by = ask_author()
        sent = send_button(form, "Add the objective" if at is None else "Save the objective")
    if sent:
        edited = replace(seen, objectives=_edited(seen, at, None if is_leaving else written))
        notice = f"The {written.pillar} objective is {'out of' if is_leaving else 'in'} the plan."
        save_edited(form, edited, by=by, reason=reason, notice=notice)


def _edited(plan: Plan, at: int | None, written: Objective | None) -> tuple[Objective, ...]:
    """The plan's objectives with one added, changed, or, when there is none, taken out."""
    kept = plan.objectives
    new = (written,) if written else ()
    return (*kept, *new) if at is None else (*kept[:at], *new, *kept[at + 1 :])


def _ask_parts(present: Objective | None, *, key: str) -> Objective:
    each = present or Objective(Pillar.PURSUE, "")
    if each.what and each.smart_gaps():
        st.caption(f"Not said yet: {literal(', '.join(each.smart_gaps()))}.")
    pillar = st.selectbox("P", _PILLARS, index=_PILLARS.index(each.pillar), key=f"{key}:pillar")
    return Objective(
        pillar=pillar,
        what=kept_area(
            "Objective",
            value=each.what,
            height=90,
            placeholder="What this P adds to the aim",
            key=f"{key}:what",
        ),
        measure=kept_line("Measure", value=each.measure, key=f"{key}:measure"),
        means=kept_line("How it can be achieved", value=each.means, key=f"{key}:means"),
        relevance=kept_line(
            "Why it matters to the aim", value=each.relevance, key=f"{key}:relevance"
        ),
        due_on=ask_day("By when", each.due_on, key=f"{key}:due"),
        owner=ask_person("Owner", current=each.owner, key=f"{key}:owner"),
    )


def _line(each: Objective) -> str:
    return f"{each.pillar}: {each.what[:_LONGEST_WORDS]}"
