"""The decision log on the screen, the latest entry first, corrected ones among them."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.places.decisions import Decision
from chb.ui.parts.words import literal_html

_MOST: Final = 100


def show_decisions(listed: tuple[Decision, ...], names: dict[str, str]) -> None:
    """One box an entry; one that was corrected is quiet and names the entry that stands."""
    references = {each.id: each.reference for each in listed}
    latest_first = listed[::-1]
    st.html("".join(_entry(each, names, references) for each in latest_first[:_MOST]))
    if len(listed) > _MOST:
        st.caption(f"The latest {_MOST} of {len(listed):,} entries. Choose what they are about.")


def _entry(each: Decision, names: dict[str, str], references: dict[str, str]) -> str:
    draft = each.draft
    about = [names.get(link.reference, link.reference) for link in draft.links]
    rows = {
        "Rationale": draft.rationale,
        "Not doing": draft.not_doing,
        "Why not": draft.not_doing_why,
        "Information protocol": draft.information_protocol,
        "About": ", ".join(about),
    }
    lines = "".join(
        f"<p><small>{label}</small> {literal_html(text)}</p>"
        for label, text in rows.items()
        if text
    )
    when = f"{draft.taken_on.day} {draft.taken_on:%B %Y}"
    return (
        f'<div class="hf-entry{"" if each.stands else " hf-old"}">'
        f"<b>{each.reference} {literal_html(draft.what)}</b>{_correction(each, references)}{lines}"
        f"<p><small>Taken on {when}; {draft.approach}, {draft.focus}; business area: "
        f"{draft.business_area}. Recorded by {literal_html(each.recorded_by)}, "
        f"{each.recorded_at:%d %B %Y %H:%M} UTC</small></p></div>"
    )


def _correction(each: Decision, references: dict[str, str]) -> str:
    words = []
    if each.corrects in references:
        words.append(f"Corrects entry {references[each.corrects]}")
    if each.corrected_by in references:
        words.append(f"Corrected by entry {references[each.corrected_by]}")
    return "".join(f"<p><small>{word}</small></p>" for word in words)
