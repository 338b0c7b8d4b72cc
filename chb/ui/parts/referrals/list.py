"""Where somebody can be referred, by need, age, area and whether referrals are accepted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import streamlit as st

from chb.domain.assets.ages import OLDEST_AGE
from chb.domain.planning.referral_options import HEADINGS, Acceptance, ReferralOption, cells_of
from chb.domain.wording import plural
from chb.services.assets.referrals import ReferralQuestion, pathway_areas, referral_options
from chb.ui import cache
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import Noted, show_table

_MOST: Final = 60
_ACCEPTS: Final[list[Acceptance]] = list(Acceptance)


def show_referral_options() -> None:
    """The filters, and what they find."""
    ws = cache.workspace()
    found = referral_options(ws, _ask())
    if not found:
        st.info(
            "Nothing fits. Ask for less; pathways are added on the Partnership page, and assets "
            "say in their own form whether they accept referrals.",
            icon=":material/alt_route:",
        )
        return
    assets = sum(each.is_asset for each in found)
    st.caption(f"{plural(len(found) - assets, 'pathway')} and {plural(assets, 'asset')}")
    show_option_table(found[:_MOST], today=ws.today(), name="Where to refer")
    explain("The list", ("referral_fit",), key="explain_referrals")
    if len(found) > _MOST:
        st.caption(f"The first {_MOST} of {len(found):,}. Ask for more to see fewer.")


def show_option_table(options: Iterable[ReferralOption], *, today: date, name: str) -> None:
    """One row an option; ``name`` is for readers and tests."""
    rows = ([Noted(*cell) for cell in cells_of(each, today)] for each in options)
    show_table(HEADINGS, rows, name=name)


def _ask() -> ReferralQuestion:
    need, years, where, accepting = st.columns([1.6, 0.8, 1.2, 1.2])
    words = need.text_input("Need", placeholder="For example debt, drugs")
    age = years.number_input("Age", min_value=0, max_value=OLDEST_AGE, value=None, step=1)
    area = where.selectbox(
        "Area",
        pathway_areas(cache.workspace()),
        index=None,
        placeholder="Any",
        help="The area a pathway serves. Assets are shown whichever is chosen.",
    )
    accepts = accepting.selectbox(
        "Accepts referrals",
        _ACCEPTS,
        index=_ACCEPTS.index(Acceptance.YES),
        placeholder="Any answer",
        help="A pathway accepts. Of an asset it is what its entry says.",
    )
    return ReferralQuestion(words=words, age=age, area=area or "", accepts=accepts)
