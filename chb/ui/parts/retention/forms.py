"""Decide about one thing: keep it until a day, hold it, or dispose of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import streamlit as st

from chb.domain.access.scope import NotForYou
from chb.domain.retention import Hold, Outcome, may_be_disposed
from chb.services import disposal, retention
from chb.services.retention import DueRecord
from chb.ui import cache, session
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.notices import show_limit
from chb.ui.parts.retention.list import show_counts
from chb.ui.parts.sending import as_shown, chosen, send_button
from chb.ui.parts.words import literal

_USUAL: Final = timedelta(days=365)
_OUTCOMES: Final[list[Outcome]] = list(Outcome)
_WORDS: Final = {Outcome.KEEP: "Keep it", Outcome.DISPOSE: "Dispose of it"}


def show_review(record: DueRecord) -> None:
    """What the review decided, and why."""
    form = f"retention_review:{record.kept.record_id}"
    with st.form(session.form_key(form), border=False):
        outcome = st.radio("Decision", _OUTCOMES, index=None, format_func=_WORDS.__getitem__)
        next_on = st.date_input(
            "Next review, if it is kept",
            value=cache.workspace().today() + _USUAL,
            format="DD/MM/YYYY",
        )
        why = st.text_area("Why", height=70)
        by = ask_author()
        sent = send_button(form, "Record the review")
    if not sent:
        return

    def work(request_key: str) -> str:
        decided = chosen(outcome, what="The decision")
        review = retention.record_review(
            cache.workspace(),
            record.kept.kind,
            record.kept.record_id,
            outcome=decided,
            why=why,
            by=by,
            keep_until=next_on if decided is Outcome.KEEP else None,
            request_key=request_key,
        )
        if review.keep_until is None:
            return "The review is recorded. It stays on the list until it is disposed of."
        return f"Kept until {review.keep_until:%d %B %Y}."

    save(form, work)


def show_hold(record: DueRecord) -> None:
    """Hold it, or lift the holds that are on it."""
    for hold in record.holds:
        _show_lift(hold)
    form = f"hold:{record.kept.record_id}"
    with st.form(session.form_key(form), border=False):
        why = st.text_area("Why it must stay", height=70, placeholder="The case or the inquiry")
        by = ask_author()
        sent = send_button(form, "Hold it")
    if not sent:
        return

    def work(request_key: str) -> str:
        retention.place_hold(
            cache.workspace(),
            record.kept.kind,
            record.kept.record_id,
            why=why,
            by=by,
            request_key=request_key,
        )
        return "It is held: nobody can dispose of it, nor of what it would go with."

    save(form, work)


def show_dispose(record: DueRecord) -> None:
    """What would go, what speaks against it, and the button that cannot be taken back."""
    kept = record.kept
    try:
        preview = disposal.preview_disposal(cache.workspace(), kept.kind, kept.record_id)
    except NotForYou as refusal:
        show_limit(refusal)
        return
    show_counts(preview.counts.items())
    if not may_be_disposed(preview.holds, preview.decisions):
        _show_blocks(preview)
        return
    form = f"dispose:{kept.record_id}"
    with st.form(session.form_key(form), border=False):
        reason = st.text_input("Reason", help="It stays in the audit log: describe nothing.")
        is_sure = st.checkbox("I know that this cannot be taken back")
        sent = send_button(form, "Dispose of it")
    if not sent:
        return
    if not is_sure:
        st.warning("Say first that you know.", icon=":material/warning:")
        return

    def work(_: str) -> str:
        disposal.dispose(cache.workspace(), kept.kind, kept.record_id, reason=reason)
        return "It is gone, with all that went with it. Backups made before age out."

    save(form, work)


def _show_blocks(preview: disposal.DisposalPreview) -> None:
    holds = [
        f"- held since {each.placed_on:%d %B %Y}: {literal(each.why)}" for each in preview.holds
    ]
    entries = [f"- decision {reference} is about it" for reference in preview.decisions]
    st.warning("\n".join(["It cannot go now:", "", *holds, *entries]), icon=":material/lock:")


def _show_lift(hold: Hold) -> None:
    form = f"lift:{hold.id}"
    seen = as_shown(form, hold)
    st.markdown(
        f"Held since {hold.placed_on:%d %B %Y} by {literal(hold.placed_by)}: {literal(hold.why)}"
    )
    with st.form(session.form_key(form), border=False):
        why = st.text_input("Why it is lifted")
        by = ask_author()
        sent = send_button(form, "Lift the hold")
    if not sent:
        return

    def work(request_key: str) -> str:
        retention.lift_hold(cache.workspace(), seen, why=why, by=by, request_key=request_key)
        return "The hold is lifted."

    save(form, work)
