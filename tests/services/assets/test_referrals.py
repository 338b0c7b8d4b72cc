"""Where somebody can be referred, and the sheet of it for a place."""

from dataclasses import fields

import pytest

from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou
from chb.domain.assets.register import AssetStatus
from chb.domain.planning.referral_options import Acceptance, ReferralOption
from chb.domain.planning.referrals import PathwayKind, ReferralPathway
from chb.domain.refusal import Refusal
from chb.services.assets.referrals import (
    ReferralQuestion,
    SheetQuestion,
    pathway_areas,
    referral_options,
    referral_sheet,
)
from chb.services.planning.partnership import save_pathway
from tests.services.asset_makers import BOXING, BY, as_role, made_asset
from tests.services.place_makers import started


def made_pathway(ws, organisation="New Tide", area_name="Marram", **changes):
    values = {
        "organisation": organisation,
        "kind": PathwayKind.DIVERSION,
        "needs": ("leaving a group",),
        "area_name": area_name,
        "how_to_refer": "By telephone",
    }
    return save_pathway(ws, ReferralPathway(**(values | changes)), by=BY)


def names(options):
    return [each.name for each in options]


def asked(ws, **question):
    return names(referral_options(ws, ReferralQuestion(**question)))


def test_pathways_come_first_and_both_are_found_by_need_and_age(ws):
    made_asset(ws, name="Club", sessions=(BOXING,), accepts_referrals=True)
    made_pathway(ws, youngest=14, oldest=25)
    assert asked(ws) == ["New Tide", "Club"]
    assert asked(ws, words="boxing") == ["Club"]
    assert asked(ws, age=18) == ["New Tide"]
    assert asked(ws, age=15, words="nothing of the kind") == []


def test_whether_referrals_are_accepted_is_asked_of_assets(ws):
    for name, answer in (("Yes", True), ("No", False), ("Unsaid", None)):
        made_asset(ws, name=name, accepts_referrals=answer)
    made_asset(ws, name="Shut", accepts_referrals=True, status=AssetStatus.CLOSED)
    made_pathway(ws)
    assert asked(ws, accepts=Acceptance.YES) == ["New Tide", "Yes"]
    assert asked(ws, accepts=Acceptance.UNSAID) == ["Unsaid"]
    assert asked(ws, accepts=Acceptance.NO) == ["No"]
    assert asked(ws) == ["New Tide", "No", "Unsaid", "Yes"]


def test_an_area_is_one_that_a_pathway_serves(ws):
    made_pathway(ws, "Near", "marram")
    made_pathway(ws, "Far", "Region")
    made_asset(ws, name="Club")
    assert pathway_areas(ws) == ("marram", "Region")
    assert asked(ws, area="Region") == ["Far", "Club"]


def test_the_sheet_of_a_place_holds_what_accepts_near_it_the_nearest_first(ws):
    place = started(ws)
    made_pathway(ws)
    made_asset(ws, name="Beside", longitude=-1.480, accepts_referrals=True)
    made_asset(ws, name="Inside", accepts_referrals=True)
    made_asset(ws, name="Far", longitude=-1.40, accepts_referrals=True)
    made_asset(ws, name="Unsaid")
    sheet = referral_sheet(ws, SheetQuestion(place.id))
    assert (sheet.place_name, sheet.made_on) == ("Moorfield", ws.today())
    assert (names(sheet.pathways), names(sheet.assets)) == (["New Tide"], ["Inside", "Beside"])
    inside, beside = (each.distance_m for each in sheet.assets)
    assert inside < 200
    assert 500 < beside < 700
    assert names(referral_sheet(ws, SheetQuestion(place.id, within_m=400)).assets) == ["Inside"]
    assert names(referral_sheet(ws, SheetQuestion()).assets) == ["Beside", "Far", "Inside"]


def test_what_was_asked_stands_on_the_sheet(ws):
    question = SheetQuestion(started(ws).id, words="debt", age=15)
    assert referral_sheet(ws, question).asked == (
        "assets within 2 km in a straight line",
        "for a person of 15",
        "need: debt",
    )
    assert referral_sheet(ws, question).assets == ()


def test_there_is_no_sheet_of_a_place_that_is_not_there(ws):
    with pytest.raises(Refusal, match="not there"):
        referral_sheet(ws, SheetQuestion("nowhere"))


def test_partners_find_where_to_refer_and_hosts_make_sheets(ws):
    made_asset(ws, name="Club", accepts_referrals=True, engaged_by="Somebody")
    partner = as_role(ws, Role.PARTNER)
    assert asked(partner) == ["Club"]
    with pytest.raises(NotForYou):
        referral_sheet(partner, SheetQuestion())
    assert names(referral_sheet(as_role(ws, Role.CO_ORDINATOR), SheetQuestion()).assets) == ["Club"]


def test_an_option_has_no_field_for_a_person():
    held = {each.name for each in fields(ReferralOption)}
    assert held.isdisjoint({"engaged_by", "contact_email", "telephone", "by", "note"})
