"""Add a nominal or edit one: by reference, under the part they play, with their family."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import streamlit as st

from chb.domain.ocgs.members import FamilyLink, Nominal, NominalRole, NominalStatus
from chb.services.planning import ocg_register
from chb.services.planning.ocg_register import OcgFile
from chb.ui import cache, session
from chb.ui.parts.drafts import kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.record_fields import ask_reason, open_record
from chb.ui.parts.sending import as_shown, send_button
from chb.ui.parts.words import literal

_ROLES: Final[list[NominalRole]] = list(NominalRole)
_STATUSES: Final[list[NominalStatus]] = list(NominalStatus)
_ROLE_WORDS: Final = {
    NominalRole.PRINCIPAL: "principal member",
    NominalRole.SIGNIFICANT: "significant member",
    NominalRole.PERIPHERAL: "peripheral member",
    NominalRole.ASSOCIATE: "associate, not a member",
}


def show_save_nominal(file: OcgFile) -> None:
    """Choose somebody, or a new nominal; the form holds what is known."""
    present = open_record(
        "Nominal", file.nominals, lambda each: each.reference, new="A new nominal"
    )
    form = f"nominal:{file.ocg.id}:{present.id if present else 'new'}"
    seen = as_shown(form, present)
    key = session.form_key(form)
    with kept_form(form):
        typed = _ask(present, key)
        reason = ask_reason(present)
        by = ask_author()
        sent = send_button(form, "Save the nominal" if present else "Add the nominal")
    if not sent:
        return
    edited = replace(seen, **typed) if seen else Nominal(ocg_id=file.ocg.id, **typed)

    def work(request_key: str) -> str:
        saved = ocg_register.save_nominal(
            cache.workspace(), edited, by=by, reason=reason, request_key=request_key
        )
        return f"{literal(saved.reference)} is recorded as {_ROLE_WORDS[saved.role]}."

    save(form, work)


def _ask(present: Nominal | None, key: str) -> dict[str, Any]:
    first, second = st.columns(2)
    reference = kept_line(
        "Reference",
        column=first,
        value=present.reference if present else "",
        placeholder="Never a name",
        key=f"{key}:reference",
    )
    role = second.selectbox(
        "Role",
        _ROLES,
        index=_ROLES.index(present.role if present else NominalRole.PERIPHERAL),
        format_func=lambda each: _ROLE_WORDS[each],
        key=f"{key}:role",
    )
    function = kept_line(
        "What they do",
        column=first,
        value=present.function if present else "",
        key=f"{key}:function",
    )
    status = second.selectbox(
        "Status",
        _STATUSES,
        index=_STATUSES.index(present.status) if present else 0,
        key=f"{key}:status",
    )
    family = _ask_family(present.family if present else (), key)
    note = kept_line("Note", value=present.note if present else "", key=f"{key}:note")
    return {
        "reference": reference,
        "role": role,
        "function": function,
        "status": status,
        "family": family,
        "note": note,
    }


def _ask_family(known: tuple[FamilyLink, ...], key: str) -> tuple[FamilyLink, ...]:
    """A row for each relation, and an empty one; a row that is emptied takes its relation out."""
    st.caption("Family, kept so that those at risk are safeguarded")
    rows = [
        _ask_relation(link, number, key)
        for number, link in enumerate((*known, FamilyLink("", "")), start=1)
    ]
    return tuple(row for row in rows if any((row.to, row.relation, row.safeguarding)))


def _ask_relation(link: FamilyLink, number: int, key: str) -> FamilyLink:
    ordinal = f" {number}" if number > 1 else ""
    first, second = st.columns(2)
    to = kept_line(
        f"Relative{ordinal}",
        column=first,
        value=link.to,
        placeholder="A reference, or: not a member",
        key=f"{key}:to{number}",
    )
    relation = kept_line(
        f"Relation to the nominal{ordinal}",
        column=second,
        value=link.relation,
        placeholder="For example partner, son",
        key=f"{key}:relation{number}",
    )
    safeguarding = kept_line(
        f"Safeguarding note{ordinal}",
        value=link.safeguarding,
        placeholder="Who is at risk, and what is offered",
        key=f"{key}:safeguarding{number}",
    )
    return FamilyLink(to.strip(), relation.strip(), safeguarding.strip())
