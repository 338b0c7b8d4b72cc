"""Link two groups or edit a link: association, supply, shared markets, rivalry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from chb.domain.ocgs.members import OcgLink, OcgLinkKind
from chb.services.planning import ocg_register
from chb.services.planning.ocg_register import OcgFile
from chb.ui import cache, session
from chb.ui.parts.drafts import kept_area, kept_form
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.record_fields import ask_day, ask_reason, open_record
from chb.ui.parts.sending import as_shown, chosen, send_button
from chb.ui.parts.words import literal

_KINDS: Final[list[OcgLinkKind]] = list(OcgLinkKind)


def show_save_link(file: OcgFile, names: Mapping[str, str]) -> None:
    """Choose a link, or a new one with another group of the register."""
    here = file.ocg.id
    present = open_record(
        "Link", file.links, lambda each: link_words(each, here, names), new="A new link"
    )
    form = f"ocg_link:{here}:{present.id if present else 'new'}"
    seen = as_shown(form, present)
    key = session.form_key(form)
    with kept_form(form):
        other_id = present.other_than(here) if present else _ask_other(here, names)
        typed = _ask(present, key)
        reason = ask_reason(present)
        by = ask_author()
        sent = send_button(form, "Save the link" if present else "Add the link")
    if not sent:
        return

    def work(request_key: str) -> str:
        other = chosen(other_id, what="The other group")
        edited = replace(seen, **typed) if seen else OcgLink(ocg_id=here, other_id=other, **typed)
        saved = ocg_register.save_ocg_link(
            cache.workspace(), edited, by=by, reason=reason, request_key=request_key
        )
        return f"The link is recorded: {literal(link_words(saved, here, names))}."

    save(form, work)


def link_words(link: OcgLink, ocg_id: str, names: Mapping[str, str]) -> str:
    """A link as one of the two groups sees it."""
    return f"{link.kind.value} with {names.get(link.other_than(ocg_id), 'another group')}"


def _ask_other(here: str, names: Mapping[str, str]) -> str | None:
    others = [each for each in names if each != here]
    return st.selectbox(
        "Other group",
        others,
        index=None,
        placeholder="Choose from the register",
        format_func=lambda each: names[each],
    )


def _ask(present: OcgLink | None, key: str) -> dict[str, Any]:
    first, second = st.columns(2)
    kind = first.selectbox(
        "How they stand",
        _KINDS,
        index=_KINDS.index(present.kind) if present else 0,
        key=f"{key}:kind",
    )
    with second:
        since = ask_day("Since", present.since if present else None, key=f"{key}:since")
    note = kept_area("Note", value=present.note if present else "", height=70, key=f"{key}:note")
    return {"kind": kind, "since": since, "note": note}
