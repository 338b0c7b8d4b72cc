"""Searching the menu, and copying a tactic into a plan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.places.phases import Phase
from chb.domain.planning.plans import Pillar, PreventLevel
from chb.domain.planning.tactics import Tactic, TacticHeading, copied, search
from chb.domain.refusal import Refusal

PHONES = Tactic(
    key="phones",
    heading=TacticHeading.ENABLERS,
    pillar=Pillar.PURSUE,
    prevent_level=None,
    what="Visit phone shops",
    power_or_agency="Trading standards",
    phases=(Phase.HOLD,),
    note="Before and after arrests.",
    source_section="G",
)
DRAMA = Tactic(
    key="drama",
    heading=TacticHeading.PREVENT,
    pillar=Pillar.PREVENT,
    prevent_level=PreventLevel.PRIMARY,
    what="Drama in schools",
    power_or_agency="Schools",
    phases=(Phase.HOLD, Phase.BUILD),
    note="",
    source_section="F",
)
MENU = (PHONES, DRAMA)


def test_every_word_must_be_found_in_any_column_whatever_its_case():
    assert search(MENU, "TRADING arrests") == (PHONES,)
    assert search(MENU, "trading schools") == ()
    assert search(MENU) == MENU


def test_heading_p_and_phase_narrow_the_menu():
    assert search(MENU, heading=TacticHeading.PREVENT) == (DRAMA,)
    assert search(MENU, pillar=Pillar.PURSUE) == (PHONES,)
    assert search(MENU, phase=Phase.BUILD) == (DRAMA,)
    assert search(MENU, phase=Phase.CLEAR) == ()


@given(st.text(max_size=30))
def test_more_words_never_find_more(words):
    assert set(search(MENU, f"{words} shops")) <= set(search(MENU, "shops"))


def test_a_copied_tactic_is_a_proposal_that_can_be_kept():
    draft = copied(
        DRAMA, plan_id="plan", phase=Phase.BUILD, lead_agency="Council", is_police_led=False
    ).checked()
    assert (draft.title, draft.pillar, draft.prevent_level) == (
        "Drama in schools",
        Pillar.PREVENT,
        PreventLevel.PRIMARY,
    )
    assert draft.tactic_key == "drama"
    assert "Schools" in draft.detail


def test_a_phase_the_tactic_does_not_suit_is_refused():
    with pytest.raises(Refusal, match=r"not meant for Clear.*suits Hold"):
        copied(PHONES, plan_id="plan", phase=Phase.CLEAR, lead_agency="Police", is_police_led=True)
