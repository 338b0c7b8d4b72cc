"""Role and state: whose group it is, whether a place is open, which side of a trigger date."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest

from chb.domain.access.grants import Basis
from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou
from chb.domain.edits import Edit
from chb.domain.ocgs.register import Ocg, OcgModel, OcgStatus, SocCategory
from chb.domain.places.phases import Phase
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.plans import Pillar, Plan
from chb.domain.planning.stakeholders import Sector, Stakeholder
from chb.domain.refusal import Refusal
from chb.services.places.openings import close_place, reopen_place
from chb.services.places.register import start_place
from chb.services.planning.ocg_register import list_ocgs, ocg_file, save_ocg
from chb.services.planning.partnership import save_stakeholder
from chb.services.planning.plans import plan_of, save_intervention, save_plan
from chb.services.views.community_work import community_places
from chb.services.views.partner_work import partner_places, partner_tasks
from chb.services.workspace import open_workspace
from tests.conftest import fixed_clock
from tests.databases import KINDS
from tests.services.access.scopes import as_person, granted

LEAD, OTHER = "lead@force.example", "other@force.example"
LET_IN, SIGNED, EXPIRED = "in@force.example", "signed@force.example", "expired@force.example"
AGENCY = "Bank Homes"
CELLS = (0x89194AD3237FFFF, 0x89194AD3233FFFF)
PEOPLE = {
    "its lead": (LEAD, Role.LRO),
    "another lead": (OTHER, Role.LRO),
    "senior officer": ("sro@force.example", Role.SRO),
    "p lead let in": (LET_IN, Role.P_LEAD),
    "p lead who signed": (SIGNED, Role.P_LEAD),
    "p lead no longer let in": (EXPIRED, Role.P_LEAD),
    "p lead": ("p@force.example", Role.P_LEAD),
    "analyst": ("a@force.example", Role.ANALYST),
    "csp manager": ("csp@council.example", Role.CSP_MANAGER),
    "co-ordinator": ("co@council.example", Role.CO_ORDINATOR),
    "partner": ("p@homes.example", Role.PARTNER),
    "administrator": ("adm@council.example", Role.ADMINISTRATOR),
}
IN_THE_GROUP = {"its lead", "senior officer", "p lead let in", "p lead who signed"}
SEES = {
    "own": IN_THE_GROUP,
    "archived": IN_THE_GROUP,
    "of another": {"another lead", "senior officer"},
}
SECRET = {
    "before the trigger date": {"its lead", "senior officer", "p lead who signed"},
    "on the trigger date": IN_THE_GROUP,
    "after the trigger date": IN_THE_GROUP,
}
DAYS = {"before the trigger date": 1, "on the trigger date": 0, "after the trigger date": -1}


@pytest.fixture(scope="module", params=KINDS)
def ws(request, tmp_path_factory):
    """A small store, made once: nothing here is changed by a test but what it puts back."""
    home = tmp_path_factory.mktemp("states") / "home"
    with ExitStack() as lent:
        address = ""
        if request.param == "postgresql":
            address = lent.enter_context(request.getfixturevalue("postgres").database())
        made = open_workspace(home, clock=fixed_clock, database_url=address)
        yield made
        made.store.close()


@pytest.fixture(scope="module")
def groups(ws):
    own, archived, of_another = (
        _group(ws, code, lro)
        for code, lro in (("OWN", LEAD), ("ARCHIVED", LEAD), ("OF ANOTHER", OTHER))
    )
    archived = save_ocg(
        ws, replace(archived, status=OcgStatus.ARCHIVED), by="LRO", reason="It broke up"
    )
    yesterday = ws.today() - timedelta(days=1)
    for each in (own, archived):
        granted(ws, LET_IN, ocg_id=each.id)
        granted(ws, SIGNED, ocg_id=each.id)
        granted(ws, SIGNED, Basis.INDOCTRINATED, ocg_id=each.id)
        granted(ws, EXPIRED, Basis.INDOCTRINATED, until=yesterday, ocg_id=each.id)
    return {"own": own, "archived": archived, "of another": of_another}


@pytest.fixture(scope="module")
def place(ws):
    made = start_place(
        ws, name="Green", cells=CELLS, area_name="Marram", reason="Harm gathers", by="LRO"
    )
    agreement = Stakeholder(
        place_id=made.id,
        agency=AGENCY,
        sector=Sector.PUBLIC,
        contact_role="Manager",
        isa_signed_on=ws.today(),
    )
    save_stakeholder(ws, agreement, by="LRO")
    return made


def _group(ws, code, lro):
    group = Ocg(
        code=code,
        lro=lro,
        tasked_on=ws.today(),
        category=SocCategory.EXPLOIT,
        model=OcgModel.CO_OPERATIVE,
    )
    return save_ocg(ws, group, by="LRO")


def seen_as(ws, who):
    email, role = PEOPLE[who]
    return as_person(ws, email, role, agency=AGENCY)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("state", SEES)
def test_a_group_is_known_to_its_own_people(ws, groups, state, who):
    theirs = seen_as(ws, who)
    codes = {each.ocg.code for each in list_ocgs(theirs)}
    expected = who in SEES[state]
    assert (groups[state].code in codes) is expected
    if expected:
        assert ocg_file(theirs, groups[state].id).ocg == groups[state]
        return
    with pytest.raises(Refusal) as refused:
        ocg_file(theirs, groups[state].id)
    assert groups[state].code not in str(refused.value)


@pytest.fixture(scope="module")
def plans(ws, groups):
    """A plan of the group for each side of its trigger date is one plan, moved."""
    return save_plan(
        ws, Plan(ocg_id=groups["own"].id, aim="Stop it", lead=LEAD, starts_on=ws.today()), by="LRO"
    )


@pytest.mark.parametrize("state", SECRET)
def test_clear_is_secret_until_its_trigger_date(ws, plans, groups, state):
    title = f"Search {state}"
    trigger = ws.today() + timedelta(days=DAYS[state])
    work = Intervention(
        plan_id=plans.id,
        title=title,
        phase=Phase.CLEAR,
        pillar=Pillar.PURSUE,
        lead_agency=AGENCY,
        is_police_led=True,
        ocg_id=groups["own"].id,
        trigger_on=trigger,
    )
    save_intervention(ws, work, by="LRO")
    seen = {who for who in PEOPLE if title in _work_seen(ws, who, ocg_id=groups["own"].id)}
    assert seen == SECRET[state]


def _work_seen(ws, who, *, ocg_id):
    """Titles in the group's plan, none for those to whom plans are not shown at all."""
    try:
        view = plan_of(seen_as(ws, who), ocg_id=ocg_id)
    except NotForYou:
        return set()
    return {each.title for each in view.interventions} if view else set()


@pytest.mark.parametrize("state", SECRET)
def test_partners_hear_of_clear_at_a_place_from_its_trigger_date_on(ws, place, state):
    view = plan_of(ws, place_id=place.id)
    plan = (
        view.plan
        if view
        else save_plan(
            ws, Plan(place_id=place.id, aim="Calm", lead=LEAD, starts_on=ws.today()), by="LRO"
        )
    )
    work = Intervention(
        plan_id=plan.id,
        title=f"Inner {state}",
        shared_title=f"Shared {state}",
        phase=Phase.CLEAR,
        pillar=Pillar.PROTECT,
        lead_agency=AGENCY,
        is_police_led=False,
        trigger_on=ws.today() + timedelta(days=DAYS[state]),
    )
    save_intervention(ws, work, by="LRO")
    for who in ("partner", "csp manager", "co-ordinator", "its lead"):
        shared = {each.wording for each in partner_tasks(seen_as(ws, who))}
        assert (f"Shared {state}" in shared) is (state != "before the trigger date")
        assert not any(wording.startswith("Inner") for wording in shared)


def test_a_closed_place_is_not_shared(ws, place):
    partner = seen_as(ws, "partner")
    assert "Green" in {each.title for each in partner_places(partner)}
    closed = close_place(ws, place.id, Edit(reason="Done", by="LRO", version=place.version))
    assert partner_places(partner) == ()
    assert community_places(partner) == ()
    reopen_place(ws, place.id, Edit(reason="Back", by="LRO", version=closed.version))
    assert "Green" in {each.title for each in partner_places(partner)}


@pytest.mark.parametrize("who", sorted(set(PEOPLE)))
def test_who_is_not_let_in_writes_nothing_about_a_group(ws, groups, who):
    theirs = seen_as(ws, who)
    edited = replace(groups["own"], summary=f"By {who}")
    may = who in {"its lead", "senior officer"}
    if not may:
        with pytest.raises(Refusal):
            save_ocg(theirs, edited, by="x", reason="Because")
        return
    kept = save_ocg(theirs, edited, by="x", reason="Because")
    groups["own"] = kept
