"""Marking assets by hand, changing them, and loading lists of them."""

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import delete

from chb.domain.access.roles import Role
from chb.domain.access.scope import OPERATOR
from chb.domain.assets.register import AssetStatus
from chb.domain.assets.sessions import Session, Weekday
from chb.domain.edits import StaleEdit
from chb.domain.places.phases import Phase
from chb.domain.planning.plans import Pillar
from chb.domain.refusal import Refusal
from chb.services.assets.register import (
    AssetDraft,
    asset,
    asset_history,
    asset_kinds,
    asset_pins,
    list_assets,
    mark_asset,
    open_assets,
    save_asset,
    verify_asset,
)
from chb.services.loading.catalogue import data_version
from chb.services.loading.importing import import_assets
from chb.store.append_only import guards_lifted
from chb.store.tables.records import revision
from tests.services.asset_makers import BOXING, BY, an_asset, as_co_ordinator, as_role, made_asset
from tests.services.planner_makers import LITERAL

DRAFT = AssetDraft(
    name="St Anne's hall",
    kind="community_centre",
    longitude=-1.49,
    latitude=53.38,
    sessions=(Session(Weekday.THURSDAY, time(18), time(20), "Boxing", 10, 16),),
)


def test_a_marked_asset_is_there_with_its_timetable(ws):
    marked = mark_asset(ws, DRAFT, by="co-ordinator")
    assert list_assets(ws) == (marked,)
    assert marked.sessions == DRAFT.sessions
    assert marked.verified_on == ws.today()


def test_the_form_sent_twice_marks_one(ws):
    first = mark_asset(ws, DRAFT, by="co-ordinator", request_key="form")
    assert mark_asset(ws, DRAFT, by="co-ordinator", request_key="form").id == first.id
    assert len(list_assets(ws)) == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": ""}, "needs a name"),
        ({"kind": "castle"}, "kind from the list"),
        ({"longitude": 435_000.0}, "eastings"),
        ({"latitude": float("nan")}, "finite"),
    ],
)
def test_what_cannot_be_marked_leaves_nothing(ws, changes, says):
    with pytest.raises(Refusal, match=says):
        mark_asset(ws, AssetDraft(**(vars(DRAFT) | changes)), by="co-ordinator")
    assert list_assets(ws) == ()


def test_every_kind_has_a_key_a_label_and_a_group():
    kinds = asset_kinds()
    assert len(kinds) >= 25
    assert len({kind.key for kind in kinds}) == len(kinds)
    assert all(kind.key and kind.label and kind.group for kind in kinds)


def test_openstreetmap_assets_are_loaded_once(ws, shared_data):
    pharmacies = shared_data / "sheffield/assets_osm_2016/pharmacy.geojson"
    first = import_assets(ws, pharmacies)
    assert first.changed and len(list_assets(ws)) == first.report.kept > 30
    again = import_assets(ws, pharmacies)
    assert not again.changed and len(list_assets(ws)) == first.report.kept


def test_a_newer_list_of_the_same_source_updates_and_does_not_double(ws, tmp_path):
    rows = [
        "source_id,name,kind,longitude,latitude,address,postcode,contact_role,note,sessions,verified_on",
        "a1,Old name,youth_club,-1.49,53.38,,,,,,",
    ]
    path = tmp_path / "clubs.csv"
    path.write_text("\n".join(rows))
    import_assets(ws, path)
    (old,) = list_assets(ws)
    path.write_text("\n".join(rows).replace("Old name", "New name"))
    import_assets(ws, path)
    (new,) = list_assets(ws)
    assert (old.id, new.name) == (new.id, "New name")


def test_the_data_version_follows_every_asset(ws):
    versions = [data_version(ws)]
    for name in ("One", "Two"):
        mark_asset(ws, AssetDraft(**(vars(DRAFT) | {"name": name})), by="co-ordinator")
        versions.append(data_version(ws))
    assert len(set(versions)) == 3
    assert data_version(ws) == versions[-1]


def test_what_the_register_holds_comes_back_whole(ws):
    full = an_asset(
        name=LITERAL,
        services=("Boxing", "Advice"),
        youngest=10,
        oldest=16,
        cost="£2 a session",
        access_needs="Step-free",
        capacity=30,
        sessions=(replace(BOXING, capacity=20, exceptions=(date(2026, 12, 24),)),),
        opening_text="Mon-Fri 9ish",
        outline=((-1.496, 53.364), (-1.494, 53.364), (-1.495, 53.367)),
        reach_m=400.0,
        accepts_referrals=True,
        ps=(Pillar.PREVENT, Pillar.PREPARE),
        phases=(Phase.BUILD,),
        status=AssetStatus.ENGAGED,
        engaged_by="A. Reader",
        engaged_on=date(2026, 1, 5),
        verified_on=date(2026, 1, 5),
    )
    saved = save_asset(ws, full, by=BY)
    assert saved == replace(
        full,
        id=saved.id,
        version=1,
        source=f"marked by {BY}",
        recorded_at=ws.now(),
    )
    assert asset(ws, saved.id) == saved


def test_every_version_is_kept_with_who_and_why(ws):
    first = made_asset(ws)
    second = save_asset(ws, replace(first, cost="free"), by="LRO", reason="Asked")
    moved = save_asset(ws, second.moved_to(-1.49, 53.38), by=BY, reason="Pin dragged")
    history = asset_history(ws, first.id)
    assert [each.version for each in history] == [1, 2, 3]
    assert [each.signature.by for each in history] == [BY, "LRO", BY]
    assert history[1].signature.reason == "Asked"
    assert (moved.longitude, moved.recorded_at) == (-1.49, first.recorded_at)


def test_an_edit_of_what_somebody_else_changed_is_refused_and_changes_nothing(ws):
    first = made_asset(ws)
    save_asset(ws, replace(first, cost="free"), by="LRO")
    with pytest.raises(StaleEdit, match="LRO changed cost"):
        save_asset(ws, replace(first, cost="£2"), by=BY)
    with pytest.raises(StaleEdit):
        verify_asset(ws, first.id, version=first.version, by=BY)
    assert asset(ws, first.id).cost == "free"


def test_a_look_is_a_version_of_today(ws):
    first = made_asset(ws, verified_on=date(2024, 1, 1))
    looked = verify_asset(ws, first.id, version=1, by=BY, request_key="look")
    assert looked == replace(first, version=2, verified_on=ws.today())
    assert verify_asset(ws, first.id, version=1, by=BY, request_key="look") == looked


def test_an_edit_does_not_change_where_an_asset_came_from(ws):
    first = made_asset(ws)
    forged = replace(
        first, source="x", source_id="1", recorded_at=None, merged_into="a", is_withdrawn=True
    )
    assert save_asset(ws, forged, by=BY) == replace(first, version=2)


def test_who_engaged_an_asset_is_for_those_who_map_assets(ws):
    made_asset(ws, engaged_by="A. Reader", engaged_on=date(2026, 1, 5))
    partner = as_role(ws, Role.PARTNER)
    (seen,) = list_assets(partner)
    assert (seen.engaged_by, seen.engaged_on) == ("", None)
    assert asset(partner, seen.id) == seen
    (kept,) = list_assets(as_co_ordinator(ws))
    assert kept.engaged_by == "A. Reader"


def test_a_pin_is_as_much_of_an_asset_as_a_map_shows(ws):
    hall = made_asset(ws, status=AssetStatus.CONTACTED, verified_on=ws.today())
    (pin,) = asset_pins(ws)
    assert vars(pin) == {name: getattr(hall, name) for name in vars(pin)}
    assert pin.status is AssetStatus.CONTACTED


def test_a_closed_asset_is_listed_and_not_open(ws):
    closed = made_asset(ws, status=AssetStatus.CLOSED)
    assert list_assets(ws) == (closed,)
    assert open_assets(ws) == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"youngest": 16, "oldest": 10}, "youngest to the oldest"),
        ({"oldest": 300}, "youngest to the oldest"),
        ({"capacity": 0}, "how many people"),
        ({"reach_m": -1.0}, "walking distance"),
        ({"verified_on": date(2026, 3, 5)}, "cannot have happened yet"),
        ({"engaged_on": date(2030, 3, 5)}, "cannot have happened yet"),
        ({"outline": ((-1.6, 53.3), (-1.5, 53.4))}, "3 to 500 corners"),
        ({"outline": ((0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0))}, "crosses itself"),
        ({"outline": ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))}, "outside its area"),
        ({"note": "x" * 5_001}, "at most 5,000"),
        ({"postcode": "S" * 11}, "at most 10"),
        ({"id": "nobody", "version": 1}, "is not there"),
    ],
)
def test_what_cannot_be_in_the_register_is_refused(ws, changes, says):
    with pytest.raises(Refusal, match=says):
        save_asset(ws, an_asset(**changes), by=BY)
    assert list_assets(ws) == ()


def test_an_asset_kept_before_versions_has_its_first_when_it_is_changed(ws):
    first = made_asset(ws)
    with ws.store.connection(OPERATOR, writes=True) as connection, guards_lifted(connection):
        connection.execute(delete(revision))
    save_asset(ws, replace(first, cost="free"), by=BY)
    before, after = asset_history(ws, first.id)
    assert (before.content["cost"], before.signature.by) == ("", first.source)
    assert after.content["cost"] == "free"
