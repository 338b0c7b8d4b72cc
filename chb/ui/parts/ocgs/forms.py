"""Hold a review of a group, score it again, register a new one."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.ocgs.bands import Band, PBand, Tier
from chb.domain.ocgs.register import Ocg, OcgModel, OcgReview, OcgScore, ReviewKind, SocCategory
from chb.services.planning import ocg_register
from chb.services.planning.ocg_register import OcgFile
from chb.ui import cache
from chb.ui.parts.drafts import kept_area, kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.people_fields import ask_person
from chb.ui.parts.sending import chosen, send_button
from chb.ui.parts.words import literal

_KINDS: Final[list[ReviewKind]] = list(ReviewKind)
_BANDS: Final[list[Band]] = list(Band)
_TIERS: Final[list[Tier]] = list(Tier)
_P_BANDS: Final[list[PBand]] = list(PBand)
_CATEGORIES: Final[list[SocCategory]] = list(SocCategory)
_MODELS: Final[list[OcgModel]] = list(OcgModel)


def show_hold_review(file: OcgFile) -> None:
    """A scheduled review starts the clock for the next; a trigger review says why."""
    form = f"review:{file.ocg.id}"
    with kept_form(form):
        kind = st.selectbox("Review", _KINDS)
        held_on = st.date_input("Held on", value=cache.workspace().today(), format="DD/MM/YYYY")
        why = kept_line("What triggered it", placeholder="Only for a trigger review")
        findings = kept_area("Findings", height=90)
        by = ask_author()
        sent = send_button(form, "Record the review")
    if not sent:
        return
    review = OcgReview(ocg_id=file.ocg.id, kind=kind, held_on=held_on, why=why, findings=findings)

    def work(request_key: str) -> str:
        ocg_register.hold_review(cache.workspace(), review, by=by, request_key=request_key)
        return f"The {kind.value} review of {literal(file.ocg.code)} is recorded."

    save(form, work)


def show_rescore(file: OcgFile) -> None:
    """A new scoring beside the old ones; the tier decides how often reviews come round."""
    form = f"score:{file.ocg.id}"
    score = file.standing.score
    with kept_form(form):
        band = st.selectbox(
            "Band",
            _BANDS,
            index=_BANDS.index(score.band) if score else None,
            placeholder="1A to 5C",
        )
        tier = st.selectbox(
            "Tier",
            _TIERS,
            index=_TIERS.index(score.tier) if score else 0,
            format_func=lambda each: f"{each.value}: {each.response}",
        )
        p_band = st.selectbox("P band", _P_BANDS, index=None, placeholder="None")
        assessed_on = st.date_input(
            "Assessed on", value=cache.workspace().today(), format="DD/MM/YYYY"
        )
        assessor = kept_line("Assessor", placeholder="Who scored it; nothing is computed here")
        reason = kept_area("Reason", height=70)
        by = ask_author()
        sent = send_button(form, "Record the scoring")
    if not sent:
        return

    def work(request_key: str) -> str:
        scored = OcgScore(
            ocg_id=file.ocg.id,
            band=chosen(band, what="The band"),
            tier=tier,
            p_band=p_band,
            assessed_on=assessed_on,
            assessor=assessor,
            reason=reason,
        )
        ocg_register.rescore(cache.workspace(), scored, by=by, request_key=request_key)
        return f"{literal(file.ocg.code)} is scored {scored.band.value}, {scored.tier.value}."

    save(form, work)


def show_register_ocg() -> None:
    """A new group: a code name, who leads on it, what it is."""
    form = "register_ocg"
    with kept_form(form):
        code = kept_line("Code name", placeholder="Never a family's name")
        lro = ask_person("Lead responsible officer")
        tasked_on = st.date_input("Tasked on", value=cache.workspace().today(), format="DD/MM/YYYY")
        category = st.selectbox("Category", _CATEGORIES)
        model = st.selectbox("Held together by", _MODELS)
        summary = kept_area("Summary", height=70)
        by = ask_author()
        sent = send_button(form, "Register the group")
    if not sent:
        return
    ocg = Ocg(
        code=code,
        lro=lro,
        tasked_on=tasked_on,
        category=category,
        model=model,
        summary=summary,
    )

    def work(request_key: str) -> str:
        saved = ocg_register.save_ocg(cache.workspace(), ocg, by=by, request_key=request_key)
        return f"{literal(saved.code)} is registered. It is due a first scoring at once."

    save(form, work)
