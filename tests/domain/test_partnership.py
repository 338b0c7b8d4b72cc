"""Stakeholder groups, referral pathways, debriefs."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.places.phases import Phase
from chb.domain.planning.debriefs import Debrief, Thanks
from chb.domain.planning.debriefs import search as search_debriefs
from chb.domain.planning.referrals import OLDEST_AGE, PathwayKind, ReferralPathway, pathways_for
from chb.domain.planning.stakeholders import (
    AgreementState,
    Meeting,
    Sector,
    Stakeholder,
    last_attended,
)
from chb.domain.refusal import Refusal

TODAY = date(2026, 3, 4)
HOUSING = Stakeholder(
    id="h", place_id="p", agency="Bank Homes", sector=Sector.THIRD, contact_role="manager"
)
PATHWAY = ReferralPathway(
    organisation="New Tide",
    kind=PathwayKind.DIVERSION,
    needs=("leaving a group",),
    area_name="Marram",
    how_to_refer="Call",
    youngest=14,
    oldest=25,
)
DEBRIEF = Debrief(title="Strike day", held_on=TODAY, worked="Housing came at once", place_id="p")


@pytest.mark.parametrize(
    ("signed", "review", "state"),
    [
        (None, None, AgreementState.NOT_SIGNED),
        (date(2026, 4, 1), None, AgreementState.NOT_SIGNED),
        (date(2025, 1, 1), None, AgreementState.SIGNED),
        (date(2025, 1, 1), TODAY, AgreementState.SIGNED),
        (date(2025, 1, 1), date(2026, 3, 3), AgreementState.LAPSED),
    ],
)
def test_an_agreement_is_signed_until_its_review_is_overdue(signed, review, state):
    dated = replace(HOUSING, isa_signed_on=signed, isa_review_on=review)
    assert dated.agreement(TODAY) is state


def test_an_agreement_is_not_reviewed_before_it_is_signed():
    with pytest.raises(Refusal, match="sharing agreement ends before it starts"):
        replace(HOUSING, isa_signed_on=TODAY, isa_review_on=date(2026, 1, 1)).checked()


def test_somebody_present_has_not_sent_apologies():
    meeting = Meeting(
        place_id="p", held_on=TODAY, purpose="Monthly", present=("h", "h"), apologies=("h", "c")
    ).checked()
    assert (meeting.present, meeting.apologies) == (("h",), ("c",))


def test_the_last_attendance_is_the_latest_meeting_whatever_the_order():
    council = replace(HOUSING, id="c", agency="Council")
    meetings = [
        Meeting(place_id="p", held_on=day, purpose="Monthly", present=("h",))
        for day in (date(2026, 2, 1), date(2026, 1, 1))
    ]
    assert last_attended([HOUSING, council], meetings) == {"h": date(2026, 2, 1), "c": None}


@pytest.mark.parametrize(("youngest", "oldest"), [(25, 14), (-1, 10), (0, OLDEST_AGE + 1)])
def test_ages_run_from_the_youngest_to_the_oldest(youngest, oldest):
    with pytest.raises(Refusal, match="from the youngest to the oldest"):
        replace(PATHWAY, youngest=youngest, oldest=oldest).checked()


@given(st.integers(0, OLDEST_AGE))
def test_a_pathway_is_found_exactly_by_those_it_accepts(age):
    assert bool(pathways_for([PATHWAY], age=age)) == (14 <= age <= 25)
    anyone = replace(PATHWAY, youngest=None, oldest=None).checked()
    assert pathways_for([anyone], age=age) == (anyone,)


def test_a_pathway_is_found_by_need_area_kind_and_name():
    for words in ("leaving", "marram tide", "DIVERSION"):
        assert pathways_for([PATHWAY], words=words) == (PATHWAY,)
    assert pathways_for([PATHWAY], words="housing") == ()


def test_debriefs_are_found_by_every_word_the_latest_first():
    older = replace(DEBRIEF, held_on=date(2025, 1, 1), phase=Phase.HOLD, repeat="Housing again")
    assert search_debriefs([older, DEBRIEF], "housing") == (DEBRIEF, older)
    assert search_debriefs([older, DEBRIEF], "housing hold") == (older,)


def test_thanks_are_owed_until_they_are_given():
    thanks = (Thanks("Housing", TODAY), Thanks("School"))
    assert replace(DEBRIEF, thanks=thanks).thanks_owed == ("School",)
