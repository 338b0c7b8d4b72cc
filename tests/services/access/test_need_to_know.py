"""Each person is shown only what they need to know, on both databases."""

from dataclasses import replace
from datetime import date

import pytest

from chb.domain.access.grants import Basis
from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou
from chb.domain.edits import Edit
from chb.domain.ocgs.members import Nominal, NominalRole
from chb.domain.places.decisions import DecisionDraft, Link, LinkKind
from chb.domain.places.phases import Phase
from chb.domain.places.records import TieKind
from chb.domain.planning.stakeholders import Sector, Stakeholder
from chb.domain.refusal import Refusal
from chb.services.access.need_to_know import end_need, who_knows
from chb.services.places.decisions import list_decisions, record_decision
from chb.services.places.ties import tie_to_place
from chb.services.planning.my_work import my_work
from chb.services.planning.ocg_register import list_ocgs, ocg_file, save_nominal, save_ocg
from chb.services.planning.partnership import save_stakeholder
from chb.services.planning.plans import list_plans, plan_of, save_plan
from chb.services.planning.record_versions import RecordKind, versions_of
from tests.services.access.scopes import SINCE, as_person, granted
from tests.services.planner_makers import (
    BY,
    made_disruption,
    made_intervention,
    made_ocg,
    made_place,
    made_plan,
)

LRO = "lro@example.org"
OTHER = "lro.east@example.org"
HOUSING = "Bank Homes"


@pytest.fixture
def two_groups(ws):
    """KITTIWAKE is tasked to one lead officer, TURNSTONE to another."""
    return made_ocg(ws, "KITTIWAKE", lro=LRO), made_ocg(ws, "TURNSTONE", lro=OTHER)


def codes(ws):
    return {each.ocg.code for each in list_ocgs(ws)}


def test_a_lead_officer_sees_the_groups_tasked_to_them_and_no_other(ws, two_groups):
    mine = as_person(ws, LRO, Role.LRO)
    assert codes(mine) == {"KITTIWAKE"}
    with pytest.raises(Refusal, match="not there"):
        ocg_file(mine, two_groups[1].id)


def test_the_senior_officer_sees_every_group(ws, two_groups):
    assert codes(as_person(ws, "sro@example.org", Role.SRO)) == {"KITTIWAKE", "TURNSTONE"}


@pytest.mark.parametrize("role", [Role.CSP_MANAGER, Role.CO_ORDINATOR, Role.PARTNER])
def test_a_partner_reads_nothing_of_a_group_even_when_let_in(ws, two_groups, role):
    granted(ws, "x@example.org", Basis.INDOCTRINATED, ocg_id=two_groups[0].id)
    made_disruption(ws, ocg_id=two_groups[0].id)
    theirs = as_person(ws, "x@example.org", role)
    with theirs.reading() as tx:
        for records in (tx.planner.ocgs, tx.planner.scores, tx.planner.disruptions):
            assert records.all() == ()
            assert records.count() == 0
        assert tx.ocg_locations.all() == ()
        assert tx.decisions.all() == ()


def test_a_group_is_seen_while_it_is_shared(ws, two_groups):
    ocg = two_groups[0]
    grant = granted(ws, "p@example.org", ocg_id=ocg.id)
    assert codes(as_person(ws, "p@example.org", Role.P_LEAD)) == {"KITTIWAKE"}
    end_need(ws, grant.id, on=date(2026, 3, 3), by=BY, reason="moved on")
    assert codes(as_person(ws, "p@example.org", Role.P_LEAD)) == set()


def test_nobody_is_let_in_by_somebody_who_does_not_know_the_group(ws, two_groups):
    other = as_person(ws, OTHER, Role.LRO)
    with pytest.raises(Refusal, match="not there"):
        granted(other, "p@example.org", ocg_id=two_groups[0].id)
    assert who_knows(ws, ocg_id=two_groups[0].id) == ()


def test_a_person_without_the_role_does_not_register_groups(ws):
    with pytest.raises(NotForYou, match="register groups"):
        made_ocg(as_person(ws, "a@example.org", Role.ANALYST))


def test_a_lead_officer_sees_at_once_the_group_they_register(ws):
    mine = as_person(ws, LRO, Role.LRO)
    ocg = made_ocg(mine, "DUNLIN", lro=LRO)
    assert codes(as_person(ws, LRO, Role.LRO)) == {"DUNLIN"}
    assert codes(as_person(ws, OTHER, Role.LRO)) == set()
    assert ocg.version == 1


def test_what_may_not_be_seen_is_not_changed(ws, two_groups):
    other = as_person(ws, OTHER, Role.LRO)
    with pytest.raises(Refusal):
        save_ocg(other, replace(two_groups[0], summary="changed"), by=BY)
    with pytest.raises(Refusal, match="not there"):
        save_nominal(
            other,
            Nominal(ocg_id=two_groups[0].id, reference="N1", role=NominalRole.PRINCIPAL),
            by=BY,
        )
    assert ocg_file(ws, two_groups[0].id).ocg.summary == ""
    assert ocg_file(ws, two_groups[0].id).nominals == ()


def test_a_place_does_not_name_a_group_that_is_not_known(ws, two_groups):
    place = made_place(ws)
    plan = made_plan(ws, place_id=place.id)
    made_intervention(ws, plan, title="on K", ocg_id=two_groups[0].id)
    made_intervention(ws, plan, title="on T", ocg_id=two_groups[1].id)
    view = plan_of(as_person(ws, OTHER, Role.LRO), place_id=place.id)
    assert [each.title for each in view.interventions] == ["on T"]


def test_the_plan_of_a_group_goes_with_the_group(ws, two_groups):
    made_plan(ws, ocg_id=two_groups[0].id)
    assert len(list_plans(as_person(ws, LRO, Role.LRO))) == 1
    assert list_plans(as_person(ws, OTHER, Role.LRO)) == ()


def test_decisions_about_a_group_are_for_those_who_know_it(ws, two_groups):
    draft = DecisionDraft(
        what="Disrupt",
        rationale="harm",
        taken_on=date(2026, 3, 2),
        links=(Link(LinkKind.OCG, two_groups[0].id),),
    )
    record_decision(ws, draft, by=BY)
    assert len(list_decisions(as_person(ws, LRO, Role.LRO))) == 1
    assert list_decisions(as_person(ws, OTHER, Role.LRO)) == ()


@pytest.fixture
def secret(ws):
    """A place whose Clear is secret until 1 April 2026; today is 4 March."""
    place = made_place(ws)
    plan = made_plan(ws, place_id=place.id)
    plan = save_plan(ws, replace(plan, trigger_on=date(2026, 4, 1)), by=BY, reason="strike day")
    made_intervention(ws, plan, title="Strike day", phase=Phase.CLEAR)
    made_intervention(ws, plan, title="Patrols after", phase=Phase.HOLD)
    made_intervention(
        ws, plan, title="Lock changes", phase=Phase.HOLD, lead_agency=HOUSING, is_police_led=False
    )
    return place


def titles(ws, place):
    view = plan_of(ws, place_id=place.id)
    return [] if view is None else [each.title for each in view.interventions]


def test_before_the_trigger_date_clear_is_known_to_those_indoctrinated(ws, secret):
    outside = as_person(ws, "a@example.org", Role.ANALYST)
    assert titles(outside, secret) == ["Patrols after", "Lock changes"]
    granted(ws, "a@example.org", Basis.INDOCTRINATED, place_id=secret.id)
    inside = as_person(ws, "a@example.org", Role.ANALYST)
    assert titles(inside, secret) == ["Strike day", "Patrols after", "Lock changes"]


def test_an_indoctrination_that_ended_lets_nobody_in(ws, secret):
    until = date(2026, 3, 3)
    granted(ws, "a@example.org", Basis.INDOCTRINATED, until=until, place_id=secret.id)
    assert "Strike day" not in titles(as_person(ws, "a@example.org", Role.ANALYST), secret)


def test_a_partner_sees_their_own_hold_and_build_only(ws, secret):
    _agreed(ws, secret)
    partner = as_person(ws, "h@example.org", Role.PARTNER, agency=HOUSING)
    with partner.reading() as tx:
        assert [each.title for each in tx.planner.interventions.all()] == ["Lock changes"]


def test_an_agreement_that_lapsed_leaves_what_any_resident_may_see(ws, secret):
    _agreed(ws, secret, review_on=date(2026, 3, 1))
    partner = as_person(ws, "h@example.org", Role.PARTNER, agency=HOUSING)
    with partner.reading() as tx:
        assert tx.planner.interventions.all() == ()
        assert [each.name for each in tx.places.all()] == ["Moorfield"]


def test_a_partner_reads_no_reason_that_an_officer_wrote(ws, secret):
    _agreed(ws, secret)
    partner = as_person(ws, "h@example.org", Role.PARTNER, agency=HOUSING)
    with partner.reading() as tx:
        (place,) = tx.places.all()
    assert place.boundary.reason == ""
    assert place.boundary.cells == secret.boundary.cells


def test_the_administrator_reads_no_operational_content(ws, secret, two_groups):
    admin = as_person(ws, "systems@example.org", Role.ADMINISTRATOR)
    with admin.reading() as tx:
        assert tx.places.all() == ()
        assert [each.all() for each in vars(tx.planner).values()] == [()] * len(vars(tx.planner))


def _agreed(ws, place, review_on=date(2026, 12, 1)):
    return save_stakeholder(
        ws,
        Stakeholder(
            place_id=place.id,
            agency=HOUSING,
            sector=Sector.THIRD,
            contact_role="Manager",
            isa_signed_on=SINCE,
            isa_review_on=review_on,
        ),
        by=BY,
    )


def test_a_code_that_is_in_use_unseen_is_refused_without_saying_so(ws, two_groups):
    other = as_person(ws, OTHER, Role.LRO)
    for code in ("KITTIWAKE", "kittiwake"):
        with pytest.raises(Refusal, match="That code name cannot be used"):
            made_ocg(other, code, lro=OTHER)
    assert codes(as_person(ws, OTHER, Role.LRO)) == {"TURNSTONE"}


@pytest.mark.parametrize("role", [Role.CSP_MANAGER, Role.CO_ORDINATOR, Role.PARTNER])
def test_partners_read_no_plan(ws, secret, role):
    theirs = as_person(ws, "x@example.org", role, agency=HOUSING)
    with pytest.raises(NotForYou):
        list_plans(theirs)
    with pytest.raises(NotForYou):
        plan_of(theirs, place_id=secret.id)


def test_nobody_makes_themselves_the_lead_of_a_secret(ws, secret):
    outside = as_person(ws, "p@example.org", Role.P_LEAD)
    view = plan_of(outside, place_id=secret.id)
    with pytest.raises(NotForYou, match="not yours to hand on"):
        save_plan(outside, replace(view.plan, lead="p@example.org"), by=BY, reason="me")
    lead = as_person(ws, LRO, Role.LRO)
    handed = save_plan(lead, replace(view.plan, lead=OTHER), by=BY, reason="posted elsewhere")
    assert handed.lead == OTHER


def test_nobody_makes_themselves_an_owner_beside_others(ws, secret):
    edit = Edit(reason="owner", by=BY, version=secret.version)
    owned = tie_to_place(ws, secret.id, TieKind.OWNER, LRO, edit)
    other = as_person(ws, OTHER, Role.LRO)
    with pytest.raises(NotForYou, match="is not yours to say"):
        tie_to_place(
            other, secret.id, TieKind.OWNER, OTHER, Edit(reason="me", by=BY, version=owned.version)
        )
    mine = as_person(ws, LRO, Role.LRO)
    tie_to_place(
        mine, secret.id, TieKind.OWNER, OTHER, Edit(reason="two", by=BY, version=owned.version)
    )


def test_a_partner_reads_their_work_in_the_words_made_for_it(ws, secret):
    _agreed(ws, secret)
    plan = list_plans(ws)[0]
    made_intervention(
        ws,
        plan,
        title="Empty the third stairwell",
        phase=Phase.HOLD,
        lead_agency=HOUSING,
        owner="h@example.org",
        shared_title="Repairs",
    )
    partner = as_person(ws, "h@example.org", Role.PARTNER, agency=HOUSING)
    shown = [item.title for items in my_work(partner, "h@example.org").values() for item in items]
    assert shown == ["Repairs"]


def test_the_trigger_date_is_told_to_those_in_the_secret_and_an_edit_leaves_it(ws, secret):
    granted(ws, "p@example.org", place_id=secret.id)
    outside = as_person(ws, "p@example.org", Role.P_LEAD)
    seen = plan_of(outside, place_id=secret.id).plan
    assert seen.trigger_on is None
    versions = versions_of(outside, RecordKind.PLAN, seen.id)
    assert "strike day" not in str(versions) and "2026-04-01" not in str(versions)
    save_plan(outside, replace(seen, aim="Safer stairs"), by=BY, reason="clearer")
    kept = plan_of(as_person(ws, LRO, Role.LRO), place_id=secret.id).plan
    assert (kept.aim, kept.trigger_on) == ("Safer stairs", date(2026, 4, 1))
