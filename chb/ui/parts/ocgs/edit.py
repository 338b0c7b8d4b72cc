"""Change what is kept about a group itself, with a reason; earlier versions stay."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import streamlit as st

from chb.domain.ocgs.register import (
    BusinessNote,
    BusinessPart,
    Ocg,
    OcgModel,
    OcgStatus,
    SocCategory,
)
from chb.services.planning import ocg_register
from chb.services.planning.ocg_register import OcgFile
from chb.ui import cache, session
from chb.ui.parts.drafts import kept_area, kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.people_fields import ask_person
from chb.ui.parts.record_fields import ask_lines, ask_reason
from chb.ui.parts.sending import as_shown, chosen, send_button
from chb.ui.parts.words import literal

_CATEGORIES: Final[list[SocCategory]] = list(SocCategory)
_MODELS: Final[list[OcgModel]] = list(OcgModel)
_STATUSES: Final[list[OcgStatus]] = list(OcgStatus)


@dataclass(frozen=True)
class _Typed:
    """What the form holds when it is sent: the changes, and the business part by part."""

    changes: dict[str, Any]
    known: tuple[BusinessNote, ...]
    part: BusinessPart | None
    note: str

    def applied_to(self, seen: Ocg) -> Ocg:
        """The group as edited; a part whose note was emptied goes. Refusal for half a part."""
        business = [each for each in self.known if each.note.strip()]
        if self.part is not None or self.note.strip():
            business.append(
                BusinessNote(chosen(self.part, what="The part of the business"), self.note)
            )
        return replace(seen, **self.changes, business_model=tuple(business))


def show_edit_ocg(file: OcgFile) -> None:
    """The form, filled with what is known. The code name stays: other records go by it."""
    present = file.ocg
    form = f"edit_ocg:{present.id}"
    seen = as_shown(form, present)
    key = session.form_key(form)
    with kept_form(form):
        typed = _ask(present, key)
        reason = ask_reason(present)
        by = ask_author()
        sent = send_button(form, "Save the group")
    if not sent:
        return

    def work(request_key: str) -> str:
        edited = typed.applied_to(seen)
        saved = ocg_register.save_ocg(
            cache.workspace(), edited, by=by, reason=reason, request_key=request_key
        )
        return f"{literal(saved.code)} is saved as version {saved.version}."

    save(form, work)


def _ask(present: Ocg, key: str) -> _Typed:
    summary = kept_area("Summary", value=present.summary, height=90, key=f"{key}:summary")
    commodities = ask_lines("Commodities", present.commodities, key=f"{key}:commodities")
    known, part, note = _ask_business(present, key)
    gaps = ask_lines("Not known yet", present.intelligence_gaps, key=f"{key}:gaps")
    changes = {
        "summary": summary,
        "commodities": commodities,
        "intelligence_gaps": gaps,
        **_ask_management(present, key),
    }
    return _Typed(changes, known, part, note)


def _ask_management(present: Ocg, key: str) -> dict[str, Any]:
    first, second = st.columns(2)
    category = first.selectbox(
        "Category", _CATEGORIES, index=_CATEGORIES.index(present.category), key=f"{key}:category"
    )
    model = second.selectbox(
        "Held together by", _MODELS, index=_MODELS.index(present.model), key=f"{key}:model"
    )
    lro = ask_person("Lead responsible officer", current=present.lro, key=f"{key}:lro")
    status = st.selectbox(
        "Status",
        _STATUSES,
        index=_STATUSES.index(present.status),
        key=f"{key}:status",
        help="An archived group keeps its file; its reviews no longer fall due.",
    )
    return {"category": category, "model": model, "lro": lro, "status": status}


def _ask_business(
    present: Ocg, key: str
) -> tuple[tuple[BusinessNote, ...], BusinessPart | None, str]:
    """A note on each part that is known, and one part more."""
    known = tuple(
        BusinessNote(
            each.part,
            kept_line(each.part.value.capitalize(), each.note, key=f"{key}:{each.part}"),
        )
        for each in present.business_model
    )
    parts = {each.part for each in known}
    first, second = st.columns([1, 1.4])
    part = first.selectbox(
        "Another part of the business",
        [part for part in BusinessPart if part not in parts],
        index=None,
        placeholder="Choose",
        key=f"{key}:part",
    )
    return known, part, kept_line("What is known of it", column=second, key=f"{key}:note")
