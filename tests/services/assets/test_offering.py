"""An asset offered to a plan in one step."""

from dataclasses import replace
from datetime import date

import pytest

from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou
from chb.domain.assets.register import AssetStatus
from chb.domain.places.phases import Intensity, Phase
from chb.domain.planning.interventions import InterventionStatus
from chb.domain.planning.plans import Pillar, PreventLevel
from chb.domain.refusal import Refusal
from chb.services.assets.offering import PlanOffer, offer_to_plan
from chb.services.assets.register import asset, save_asset
from chb.services.planning.plans import plan_of
from tests.services.asset_makers import BY, as_co_ordinator, as_role, made_asset
from tests.services.place_makers import moved, started
from tests.services.planner_makers import made_plan


@pytest.fixture
def place(ws):
    """A place with a plan."""
    started_place = started(ws)
    made_plan(ws, place_id=started_place.id)
    return started_place


def offer_of(hall, place, pillar=Pillar.PREVENT, **changes):
    return PlanOffer(hall.id, place.id, pillar, "Boxing on Thursdays", **changes)


def test_an_offer_is_a_proposal_that_uses_the_asset(ws, place):
    hall = made_asset(ws)
    offered = offer_to_plan(as_co_ordinator(ws), offer_of(hall, place), by=BY)
    (kept,) = plan_of(ws, place_id=place.id).interventions
    assert kept == offered
    assert (kept.status, kept.phase) == (InterventionStatus.PROPOSED, Phase.BUILD)
    assert (kept.pillar, kept.prevent_level) == (Pillar.PREVENT, PreventLevel.PRIMARY)
    assert (kept.asset_ids, kept.lead_agency) == ((hall.id,), hall.name)
    assert not kept.is_police_led
    assert asset(ws, hall.id).status == AssetStatus.IN_A_PLAN


def test_while_hold_is_active_it_belongs_to_hold(ws, place):
    moved(ws, place, phase=Phase.HOLD, intensity=Intensity.ACTIVE)
    offered = offer_to_plan(ws, offer_of(made_asset(ws), place, Pillar.PROTECT), by=BY)
    assert (offered.phase, offered.prevent_level) == (Phase.HOLD, None)


def test_an_offer_sent_twice_is_one(ws, place):
    offer = offer_of(made_asset(ws), place)
    first = offer_to_plan(ws, offer, by=BY, request_key="form")
    assert offer_to_plan(ws, offer, by=BY, request_key="form") == first
    assert len(plan_of(ws, place_id=place.id).interventions) == 1


def test_an_asset_may_be_in_a_plan_twice(ws, place):
    hall = made_asset(ws)
    for pillar in (Pillar.PREVENT, Pillar.PREPARE):
        offer_to_plan(ws, offer_of(hall, place, pillar), by=BY)
    assert len(plan_of(ws, place_id=place.id).interventions) == 2
    assert asset(ws, hall.id).version == 2


@pytest.mark.parametrize("status", [AssetStatus.DECLINED, AssetStatus.CLOSED])
def test_what_declined_or_closed_is_not_offered(ws, place, status):
    hall = made_asset(ws, status=status)
    with pytest.raises(Refusal, match="cannot be offered"):
        offer_to_plan(ws, offer_of(hall, place), by=BY)


def test_a_bad_offer_leaves_asset_and_plan_as_they_were(ws, place):
    hall = made_asset(ws)
    offer = offer_of(hall, place)
    for bad, says in (
        (replace(offer, pillar=Pillar.PURSUE), "Pursue"),
        (replace(offer, place_id="nobody"), "place"),
        (replace(offer, asset_id="nobody"), "not there"),
        (replace(offer, title=" "), "missing"),
    ):
        with pytest.raises(Refusal, match=says):
            offer_to_plan(ws, bad, by=BY)
    assert plan_of(ws, place_id=place.id).interventions == ()
    assert asset(ws, hall.id) == hall


def test_a_place_without_a_plan_says_so(ws):
    hall = made_asset(ws)
    with pytest.raises(Refusal, match="no plan yet"):
        offer_to_plan(ws, offer_of(hall, started(ws)), by=BY)
    assert asset(ws, hall.id) == hall


def test_only_those_who_map_assets_may_offer(ws, place):
    offer = offer_of(made_asset(ws), place)
    with pytest.raises(NotForYou):
        offer_to_plan(as_role(ws, Role.PARTNER), offer, by=BY)


def test_an_offered_asset_keeps_why_its_status_changed(ws, place):
    hall = save_asset(ws, made_asset(ws, engaged_on=date(2026, 1, 5)), by=BY)
    offer_to_plan(ws, offer_of(hall, place), by=BY)
    with ws.reading() as tx:
        last = tx.assets.revisions(hall.id)[-1]
    assert last.signature.reason == "Offered to the plan: Boxing on Thursdays"
