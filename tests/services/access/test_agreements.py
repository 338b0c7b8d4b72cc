"""A sharing agreement opens the partner view at its place and on its days, on both databases."""

from dataclasses import replace
from datetime import date

import pytest

from chb.domain.access.grants import Basis
from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou
from chb.domain.edits import Edit
from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.records import TieKind
from chb.domain.planning.intelligence import PartnerRequest, RequestHeading
from chb.domain.planning.signals import Signal, SignalAnswer, SignalCategory, SignalQuestion
from chb.domain.planning.stakeholders import Sector, Stakeholder
from chb.services.places.register import change_intensity, get_place
from chb.services.places.ties import tie_to_place
from chb.services.planning.intelligence import list_requests, save_request
from chb.services.planning.partnership import save_stakeholder, stakeholder_group
from chb.services.planning.signals import send_signal, signals_of_place
from chb.services.views.community_work import community_places, community_tasks
from chb.services.views.partner_work import partner_places, partner_tasks
from tests.services.access.scopes import SINCE, as_person, granted
from tests.services.planner_makers import (
    BY,
    DAY,
    made_intervention,
    made_ocg,
    made_place,
    made_plan,
)

HOUSING = "Bank Homes"
COUNCIL = "Marram Council"
SIGNED, LAPSED, NEVER = "Moorfield", "The Saltings", "Ropewalk"
YESTERDAY = date(2026, 3, 3)


@pytest.fixture
def places(ws):
    """Three places with the same work; the agency signed for the first, and once for the second."""
    made = {name: made_place(ws, name) for name in (SIGNED, LAPSED, NEVER)}
    for name, place in made.items():
        plan = made_plan(ws, place_id=place.id)
        for phase in (Phase.HOLD, Phase.BUILD):
            for agency in (HOUSING, "Police"):
                made_intervention(
                    ws,
                    plan,
                    phase=phase,
                    lead_agency=agency,
                    is_police_led=False,
                    shared_title=f"{phase} by {agency} at {name}",
                )
    enter(ws, made[SIGNED])
    enter(ws, made[LAPSED], isa_review_on=YESTERDAY)
    return made


def enter(ws, place, **changes):
    values = {
        "place_id": place.id,
        "agency": HOUSING,
        "sector": Sector.THIRD,
        "contact_role": "Manager",
        "isa_signed_on": SINCE,
    }
    return save_stakeholder(ws, Stakeholder(**(values | changes)), by=BY)


def housing(ws):
    return as_person(ws, "h@example.org", Role.PARTNER, agency=HOUSING)


def host(ws, role=Role.CSP_MANAGER):
    return as_person(ws, "c@example.org", role, agency=COUNCIL)


def words(tasks):
    return {task.wording for task in tasks}


def everybodys_build(*names):
    return {f"Build by {agency} at {name}" for agency in (HOUSING, "Police") for name in names}


def test_an_agency_sees_its_own_work_and_build_where_it_has_signed(ws, places):
    theirs = housing(ws)
    assert words(partner_tasks(theirs)) == everybodys_build(SIGNED) | {
        f"Hold by {HOUSING} at {SIGNED}"
    }
    assert [place.title for place in partner_places(theirs)] == [SIGNED]


def test_elsewhere_it_sees_what_any_resident_may(ws, places):
    theirs = housing(ws)
    assert words(community_tasks(theirs)) == everybodys_build(*places)
    assert {place.title for place in community_places(theirs)} == set(places)
    with theirs.reading() as tx:
        seen = {each.shared_title for each in tx.planner.interventions.all()}
    assert seen == everybodys_build(*places) | {f"Hold by {HOUSING} at {SIGNED}"}


def test_an_agency_that_signed_nowhere_sees_build_alone(ws, places):
    theirs = as_person(ws, "y@example.org", Role.PARTNER, agency="Quay Youth")
    assert words(community_tasks(theirs)) == everybodys_build(*places)
    with pytest.raises(NotForYou):
        partner_tasks(theirs)


@pytest.mark.parametrize("role", [Role.CSP_MANAGER, Role.CO_ORDINATOR])
def test_who_convenes_the_partnership_sees_every_place(ws, places, role):
    assert {place.title for place in partner_places(host(ws, role))} == set(places)
    assert len(partner_tasks(host(ws, role))) == 12


def test_an_agreement_holds_on_its_days(ws, places):
    (entry,) = (each.stakeholder for each in stakeholder_group(ws, places[SIGNED].id))
    for signed, review, n_places in (
        (date(2026, 3, 4), date(2026, 3, 4), 1),
        (date(2026, 3, 4), None, 1),
        (SINCE, YESTERDAY, 0),
        (date(2026, 3, 5), None, 0),
        (None, None, 0),
    ):
        edited = replace(entry, isa_signed_on=signed, isa_review_on=review)
        entry = save_stakeholder(ws, edited, by=BY)
        with housing(ws).reading() as tx:
            own = {each.shared_title for each in tx.planner.interventions.all()}
        assert (f"Hold by {HOUSING} at {SIGNED}" in own) == bool(n_places)


def test_a_place_is_shown_with_its_phases_where_it_is_shared(ws, places):
    for place in places.values():
        change_intensity(
            ws,
            place.id,
            phase=Phase.CLEAR,
            intensity=Intensity.ACTIVE,
            effective_on=DAY,
            reason="begun",
            by=BY,
            version=place.version,
        )
    theirs = housing(ws)
    shown = {name: get_place(theirs, place.id).history for name, place in places.items()}
    assert {change.phase for change in shown[SIGNED]} == set(Phase)
    for name in (LAPSED, NEVER):
        assert {change.phase for change in shown[name]} == {Phase.BUILD}


def test_a_code_name_is_told_at_places_that_are_shared(ws, places):
    ocg = made_ocg(ws)
    for place in places.values():
        tie_to_place(
            ws, place.id, TieKind.OCG, ocg.code, Edit(reason="seen", by=BY, version=place.version)
        )
    granted(ws, "h@example.org", Basis.SHARED, ocg_id=ocg.id)
    told = {place.title: place.codes for place in partner_places(housing(ws))}
    assert told == {SIGNED: (ocg.code,)}
    assert get_place(housing(ws), places[NEVER].id).ties == ()


def test_requests_and_signals_follow_the_place(ws, places):
    for place in places.values():
        request = PartnerRequest(
            agency=HOUSING,
            heading=RequestHeading.CRIME,
            question=place.name,
            asked_by=BY,
            asked_on=DAY,
            due_on=DAY,
            place_id=place.id,
        )
        save_request(ws, request, by=BY)
    theirs = housing(ws)
    assert [each.question for each in list_requests(theirs)] == [SIGNED]
    cells = frozenset(list(places[SIGNED].boundary.cells)[:1])
    signal = Signal(
        agency=HOUSING,
        category=SignalCategory.HEALTH,
        first_day=DAY,
        last_day=DAY,
        cells=cells,
        answers=(SignalAnswer(SignalQuestion.NEW, "more vans at night"),),
    )
    sent = send_signal(theirs, signal, by=BY)
    found = {name: signals_of_place(theirs, place.id) for name, place in places.items()}
    assert found == {SIGNED: (sent,), LAPSED: (), NEVER: ()}


def test_an_agency_reads_its_entry_while_what_it_signed_is_in_force(ws, places):
    theirs = housing(ws)
    groups = {name: stakeholder_group(theirs, place.id) for name, place in places.items()}
    assert [len(groups[name]) for name in (SIGNED, LAPSED, NEVER)] == [1, 0, 0]


def test_only_an_officer_says_that_an_agency_is_indoctrinated(ws, places):
    mine, there = host(ws), places[NEVER]
    with pytest.raises(NotForYou, match="an officer's to say"):
        enter(mine, there, indoctrinated_on=SINCE)
    kept = enter(mine, there)
    with pytest.raises(NotForYou, match="an officer's to say"):
        save_stakeholder(mine, replace(kept, indoctrinated_on=SINCE), by=BY)
    officer = as_person(ws, "lro@example.org", Role.LRO)
    kept = save_stakeholder(officer, replace(kept, indoctrinated_on=SINCE), by=BY)
    for change in ({"indoctrinated_on": None}, {"agency": "Another"}):
        with pytest.raises(NotForYou, match="an officer's to say"):
            save_stakeholder(mine, replace(kept, **change), by=BY)
    kept = save_stakeholder(mine, replace(kept, can_offer="Keys"), by=BY)
    assert (kept.can_offer, kept.indoctrinated_on) == ("Keys", SINCE)


def test_nobody_who_convenes_enters_the_agreement_of_their_own_agency(ws, places):
    mine, there = host(ws), places[NEVER]
    with pytest.raises(NotForYou, match="your own agency"):
        enter(mine, there, agency=COUNCIL.upper())
    theirs = enter(mine, there)
    with pytest.raises(NotForYou, match="your own agency"):
        save_stakeholder(mine, replace(theirs, agency=COUNCIL), by=BY)
    own = enter(mine, there, agency=COUNCIL, isa_signed_on=None)
    with pytest.raises(NotForYou, match="your own agency"):
        save_stakeholder(mine, replace(own, isa_signed_on=SINCE), by=BY)
    officer = as_person(ws, "lro@example.org", Role.LRO, agency=COUNCIL)
    signed = save_stakeholder(officer, replace(own, isa_signed_on=SINCE), by=BY)
    for change in ({"isa_signed_on": None}, {"isa_review_on": YESTERDAY}):
        with pytest.raises(NotForYou, match="your own agency"):
            save_stakeholder(mine, replace(signed, **change), by=BY)
    assert save_stakeholder(mine, replace(signed, can_offer="Keys"), by=BY).can_offer == "Keys"
