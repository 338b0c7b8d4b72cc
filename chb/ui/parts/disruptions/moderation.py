"""Look at one disruption as it was recorded, and moderate its level."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.planning.disruptions import Disruption, Moderation
from chb.services.planning import disruptions
from chb.ui import cache
from chb.ui.parts.disruptions.form import ask_level
from chb.ui.parts.drafts import kept_area, kept_form
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.sending import as_shown, chosen, send_button
from chb.ui.parts.words import literal_html

_LONGEST_WORDS: Final = 60


def show_moderation(listed: tuple[Disruption, ...], names: dict[str, str]) -> None:
    """The chosen event in full with every verdict on it, then the form for one more."""
    by_id = {each.id: each for each in listed}
    opened = st.selectbox(
        "Event", list(by_id), key="open_disruption", format_func=lambda each: _line(by_id[each])
    )
    _show(by_id[opened], names)
    _ask_verdict(by_id[opened])


def _line(each: Disruption) -> str:
    return f"{each.happened_on:%d %b %Y}: {each.what[:_LONGEST_WORDS]}"


def _show(each: Disruption, names: dict[str, str]) -> None:
    questions = {prompt.key: prompt.question for prompt in disruptions.impact_prompts()}
    about = [names.get(id_ or "", "") for id_ in (each.place_id, each.ocg_id)]
    answers = "".join(
        f"<p><small>{literal_html(questions.get(answer.prompt, answer.prompt))}</small> "
        f"{literal_html(answer.answer)}</p>"
        for answer in each.impact
    )
    st.html(
        f'<div class="hf-entry"><b>{literal_html(each.what)}</b>'
        f"<p><small>{each.pillar}; {literal_html(each.agency)}; "
        f"{literal_html(', '.join(name for name in about if name))}</small></p>{answers}"
        f"<p><small>Proposed as</small> {each.level}</p>"
        f"{''.join(_verdict(verdict) for verdict in each.moderations)}</div>"
    )


def _verdict(verdict: Moderation) -> str:
    reason = f": {literal_html(verdict.reason)}" if verdict.reason else ""
    when = f"{verdict.held_on.day} {verdict.held_on:%B %Y}"
    return f"<p><small>{when}, {literal_html(verdict.by)}</small> {verdict.level}{reason}</p>"


def _ask_verdict(present: Disruption) -> None:
    form = f"moderate:{present.id}"
    seen = as_shown(form, present)
    with kept_form(form):
        level = ask_level("Level after moderation", current=present.settled_level)
        reason = kept_area("Reason", height=70, placeholder="Needed when the level changes")
        by = ask_author()
        sent = send_button(form, "Record the verdict")
    if not sent:
        return

    def work(request_key: str) -> str:
        saved = disruptions.moderate(
            cache.workspace(),
            seen,
            level=chosen(level, what="The level"),
            by=by,
            reason=reason,
            request_key=request_key,
        )
        return f"The level is {saved.settled_level.value}, {saved.state.value}."

    save(form, work)
