"""Stakeholder groups, meetings, pathways, debriefs, intelligence."""

from dataclasses import replace
from datetime import date

import pytest

from chb.domain.edits import StaleEdit
from chb.domain.planning.debriefs import Debrief, Thanks
from chb.domain.planning.intelligence import (
    IntelligenceRequirement,
    PartnerRequest,
    Reply,
    RequestHeading,
    RequestState,
)
from chb.domain.planning.referrals import PathwayKind, ReferralPathway
from chb.domain.planning.stakeholders import AgreementState, Meeting, Sector, Stakeholder
from chb.domain.refusal import Refusal
from chb.services.planning.intelligence import (
    add_reply,
    list_requests,
    list_requirements,
    save_request,
    save_requirement,
)
from chb.services.planning.partnership import (
    find_pathways,
    list_meetings,
    save_debrief,
    save_meeting,
    save_pathway,
    save_stakeholder,
    search_debriefs,
    stakeholder_group,
)
from tests.services.planner_makers import BY, LITERAL, made_ocg, made_place


def joined(ws, place, agency="Bank Homes", **changes):
    stakeholder = Stakeholder(
        place_id=place.id, agency=agency, sector=Sector.THIRD, contact_role="manager", **changes
    )
    return save_stakeholder(ws, stakeholder, by=BY)


def request(place):
    return PartnerRequest(
        agency="Housing",
        heading=RequestHeading.BEHAVIOUR,
        question="Which doors were used at night in February?",
        asked_by="lro@example.org",
        asked_on=date(2026, 3, 1),
        due_on=date(2026, 3, 3),
        place_id=place.id,
    )


def test_a_group_shows_agreements_indoctrination_and_last_attendance(ws):
    place = made_place(ws)
    housing = joined(ws, place, isa_signed_on=date(2025, 1, 1), indoctrinated_on=date(2025, 2, 1))
    council = joined(ws, place, "a council")
    meeting = Meeting(
        place_id=place.id, held_on=date(2026, 2, 2), purpose="Monthly", present=(housing.id,)
    )
    kept = save_meeting(ws, meeting, by=BY)
    first, second = stakeholder_group(ws, place.id)
    assert (first.stakeholder, first.last_attended_on) == (council, None)
    assert second.agreement is AgreementState.SIGNED and second.is_indoctrinated
    assert second.last_attended_on == date(2026, 2, 2)
    assert list_meetings(ws, place.id) == (kept,)


def test_an_agency_joins_once_and_strangers_attend_nothing(ws):
    place = made_place(ws)
    joined(ws, place)
    with pytest.raises(Refusal, match="bank homes is in the group already"):
        joined(ws, place, "bank homes")
    stranger = Meeting(
        place_id=place.id, held_on=date(2026, 2, 2), purpose="Monthly", present=("gone",)
    )
    with pytest.raises(Refusal, match="not in the group of this place"):
        save_meeting(ws, stranger, by=BY)
    assert list_meetings(ws, place.id) == ()


def test_pathways_are_found_by_age_and_words(ws):
    pathway = ReferralPathway(
        organisation=LITERAL,
        kind=PathwayKind.DEBT,
        needs=("illegal lending",),
        area_name="Marram",
        how_to_refer="Drop in",
        youngest=16,
    )
    kept = save_pathway(ws, pathway, by=BY)
    assert find_pathways(ws, age=16, words="lending") == (kept,)
    assert find_pathways(ws, age=15) == find_pathways(ws, words="housing") == ()
    assert kept.organisation == LITERAL


def test_debriefs_are_searched_across_places(ws):
    for name in ("Moorfield", "Foxhill"):
        debrief = Debrief(
            title=f"Strike day at {name}",
            held_on=date(2026, 2, 2),
            worked="Housing came at once",
            place_id=made_place(ws, name).id,
            thanks=(Thanks("School"),),
        )
        save_debrief(ws, debrief, by=BY)
    assert len(search_debriefs(ws, "housing")) == 2
    (found,) = search_debriefs(ws, "housing foxhill")
    assert found.thanks_owed == ("School",)


def test_a_debrief_of_ten_thousand_characters_is_refused(ws):
    long = Debrief(title="After", held_on=date(2026, 2, 2), worked="x" * 10_000, ocg_id="o")
    with pytest.raises(Refusal, match="at most 5,000 characters"):
        save_debrief(ws, long, by=BY)
    assert search_debriefs(ws) == ()


def test_requirements_are_answered_and_the_open_ones_come_first(ws):
    ocg = made_ocg(ws)
    asked = IntelligenceRequirement(question="Who supplies?", drives="A stop", ocg_id=ocg.id)
    first = save_requirement(ws, asked, by=BY)
    second = save_requirement(ws, replace(asked, question="Where?"), by=BY)
    answered = replace(first, answer="From the next county", answered_on=date(2026, 3, 1))
    kept = save_requirement(ws, answered, by=BY, reason="Prison desk replied")
    assert list_requirements(ws, ocg_id=ocg.id) == (second, kept)
    assert list_requirements(ws, place_id="p") == ()


def test_a_partner_request_is_overdue_until_a_reply_is_added(ws):
    kept = save_request(ws, request(made_place(ws)), by=BY)
    assert kept.state(ws.today()) is RequestState.OVERDUE
    reply = Reply(date(2026, 3, 4), "Housing desk", "Block C")
    answered = add_reply(ws, kept, reply=reply, by=BY)
    assert answered.state(ws.today()) is RequestState.ANSWERED
    assert list_requests(ws) == (answered,)
    with pytest.raises(StaleEdit):
        add_reply(ws, kept, reply=reply, by=BY)
    with pytest.raises(Refusal, match="cannot have happened yet"):
        add_reply(ws, answered, reply=replace(reply, received_on=date(2026, 4, 1)), by=BY)


def test_a_requirement_that_a_request_names_must_be_there(ws):
    orphan = replace(request(made_place(ws)), requirement_id="gone")
    with pytest.raises(Refusal, match="intelligence requirement that it belongs to is not there"):
        save_request(ws, orphan, by=BY)
