"""Copy a MoRiLE score that was made elsewhere. The product never makes one."""

from __future__ import annotations

import math

import streamlit as st

from chb.domain.ocgs.register import MorileScore
from chb.services.planning import ocg_register
from chb.services.planning.ocg_register import OcgFile
from chb.ui import cache
from chb.ui.parts.drafts import kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.sending import send_button
from chb.ui.parts.words import figure, literal


def show_import_morile(file: OcgFile) -> None:
    """Score, day, assessor and source; those before it stay."""
    form = f"morile:{file.ocg.id}"
    with kept_form(form):
        first, second = st.columns(2)
        score = first.number_input("MoRiLE score", value=None, step=1.0, format="%.1f")
        assessed_on = second.date_input(
            "Assessed on", value=cache.workspace().today(), format="DD/MM/YYYY"
        )
        assessor = kept_line("Assessor", column=first, placeholder="Who made the assessment")
        source = kept_line("Source", column=second, placeholder="The document it is copied from")
        by = ask_author()
        sent = send_button(form, "Import the score")
    if not sent:
        return
    copied = MorileScore(
        ocg_id=file.ocg.id,
        score=math.nan if score is None else score,
        assessed_on=assessed_on,
        assessor=assessor,
        source=source,
    )

    def work(request_key: str) -> str:
        saved = ocg_register.import_morile(
            cache.workspace(), copied, by=by, request_key=request_key
        )
        return (
            f"MoRiLE {figure(saved.score, decimals=1)} is on the file of {literal(file.ocg.code)}."
        )

    save(form, work)
