"""Marking assets by hand and loading lists of them."""

from datetime import time

import pytest

from chb.domain.assets import Session, Weekday
from chb.domain.refusal import Refusal
from chb.services.assets import AssetDraft, asset_kinds, list_assets, mark_asset
from chb.services.loading.catalogue import data_version
from chb.services.loading.importing import import_assets

DRAFT = AssetDraft(
    name="St Anne's hall",
    kind="community_centre",
    longitude=-1.49,
    latitude=53.38,
    sessions=(Session(Weekday.THURSDAY, time(18), time(20), "Boxing", 10, 16),),
)


def test_a_marked_asset_is_there_with_its_timetable(ws):
    asset = mark_asset(ws, DRAFT, by="co-ordinator")
    assert list_assets(ws) == (asset,)
    assert asset.sessions == DRAFT.sessions
    assert asset.verified_on == ws.today()


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
