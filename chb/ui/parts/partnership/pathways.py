"""The register of referral pathways: who accepts a referral, for which need, age and area."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from chb.domain.assets.ages import ages_words
from chb.domain.planning.referral_options import verified_words
from chb.domain.planning.referrals import OLDEST_AGE, PathwayKind, ReferralPathway
from chb.domain.wording import plural
from chb.services.planning.partnership import find_pathways
from chb.ui import cache
from chb.ui.parts.html_table import Cell, Noted, show_table
from chb.ui.parts.partnership.pathway_form import show_pathway_form

_KINDS: Final[list[PathwayKind]] = list(PathwayKind)
_HEADINGS: Final = ("Organisation", "For which needs", "Ages", "Area", "How to refer", "Verified")


def show_pathways() -> None:
    """The filters and what they find, beside the form."""
    everyone = find_pathways(cache.workspace())
    wide, narrow = st.columns([1.9, 1], gap="medium")
    with wide:
        found = _choose(everyone)
        st.caption(f"{plural(len(found), 'pathway')} of {len(everyone)}")
        if found:
            today = cache.workspace().today()
            show_table(_HEADINGS, [_row(each, today) for each in found], name="Referral pathways")
        else:
            st.info("No pathway fits. Ask for less, or add one.", icon=":material/alt_route:")
    with narrow:
        show_pathway_form(everyone)


def _choose(everyone: Sequence[ReferralPathway]) -> tuple[ReferralPathway, ...]:
    need, kinds, areas, ages = st.columns([1.6, 1.6, 1.1, 0.8])
    words = need.text_input("Need", placeholder="For example debt, drugs")
    kind = kinds.selectbox("Kind", _KINDS, index=None, placeholder="Any")
    area = areas.selectbox(
        "Area", sorted({each.area_name for each in everyone}), index=None, placeholder="Any"
    )
    age = ages.number_input("Age", min_value=0, max_value=OLDEST_AGE, value=None, step=1)
    found = find_pathways(cache.workspace(), age=age, words=words)
    return tuple(
        each for each in found if kind in (None, each.kind) and area in (None, each.area_name)
    )


def _row(each: ReferralPathway, today: date) -> Sequence[Cell]:
    level = f", {each.prevent_level} prevention" if each.prevent_level else ""
    return (
        Noted(each.organisation, f"{each.kind}{level}"),
        ", ".join(each.needs) or "not said",
        ages_words(each.youngest, each.oldest),
        each.area_name,
        Noted(each.how_to_refer, each.contact_role),
        verified_words(each.verified_on, today),
    )
