"""Say why a P cannot be developed, or that it can after all."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from chb.domain.planning.plans import Pillar, Plan, Undeveloped
from chb.ui import session
from chb.ui.parts.drafts import kept_area, kept_form
from chb.ui.parts.forms import ask_author
from chb.ui.parts.plans.fields import ask_reason
from chb.ui.parts.plans.saving import save_edited
from chb.ui.parts.sending import as_shown, send_button

_PILLARS: Final[list[Pillar]] = list(Pillar)


def show_write_undeveloped(plan: Plan) -> None:
    """A form for each P, with what it says now."""
    pillar = st.selectbox("P", _PILLARS, key=f"undeveloped_pillar:{plan.id}")
    says_now = next((each.why for each in plan.undeveloped if each.pillar == pillar), "")
    form = f"undeveloped:{plan.id}:{pillar}"
    seen = as_shown(form, plan)
    key = session.form_key(form)
    with kept_form(form):
        why = kept_area("Why it cannot be developed", value=says_now, height=90, key=f"{key}:why")
        can_after_all = bool(says_now) and st.checkbox(
            "It can be developed after all", key=f"{key}:can"
        )
        reason = ask_reason(key=key)
        by = ask_author()
        sent = send_button(form, "Record why")
    if not sent:
        return
    others = tuple(each for each in seen.undeveloped if each.pillar != pillar)
    entry = () if can_after_all else (Undeveloped(pillar, why),)
    says = f"{pillar} can be developed." if can_after_all else f"why {pillar} is not developed."
    save_edited(
        form,
        replace(seen, undeveloped=(*others, *entry)),
        by=by,
        reason=reason,
        notice=f"The plan says {'that ' if can_after_all else ''}{says}",
    )
