"""When to be in touch with an asset again, on the page and in somebody's work."""

from dataclasses import replace
from datetime import date

import pytest

from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou
from chb.domain.assets.engagement import ContactOutcome
from chb.domain.assets.register import AssetStatus
from chb.domain.planning.my_work import Timing, WorkItem, WorkKind
from chb.services.assets.follow_ups import follow_ups
from chb.services.assets.register import asset, save_asset
from chb.services.planning.my_work import my_work
from tests.services.asset_makers import BY, as_role, made_asset
from tests.services.assets.test_engagement import logged

SOON, LATER = date(2026, 3, 9), date(2026, 4, 20)


def due(ws):
    return [(each.asset_name, each.due_on) for each in follow_ups(ws)]


def test_the_earliest_day_comes_first_and_only_what_was_agreed(ws):
    for name, day in (("Later", LATER), ("Soon", SOON), ("Never", None)):
        logged(ws, made_asset(ws, name=name), ContactOutcome.CALL_AGAIN, next_on=day)
    assert due(ws) == [("Soon", SOON), ("Later", LATER)]


def test_a_later_contact_settles_an_earlier_one(ws):
    hall = made_asset(ws, name="Hall")
    logged(ws, hall, ContactOutcome.NO_ANSWER, on=date(2026, 2, 1), next_on=SOON)
    assert due(ws) == [("Hall", SOON)]
    logged(ws, hall, ContactOutcome.AGREED)
    assert due(ws) == []


def test_nobody_is_asked_to_call_on_what_is_closed(ws):
    hall = made_asset(ws)
    logged(ws, hall, ContactOutcome.CALL_AGAIN, next_on=SOON)
    save_asset(ws, replace(asset(ws, hall.id), status=AssetStatus.CLOSED), by=BY)
    assert due(ws) == []


def test_it_is_in_the_work_of_whoever_said_so(ws):
    hall = made_asset(ws, name="Hall")
    logged(ws, hall, ContactOutcome.CALL_AGAIN, next_on=SOON)
    (item,) = my_work(ws, BY.upper())[Timing.DUE]
    assert item == WorkItem(
        WorkKind.CONTACT, "Be in touch again: Hall", SOON, hall.id, ContactOutcome.CALL_AGAIN.value
    )
    assert not any(my_work(ws, "somebody else").values())
    assert not any(my_work(ws).values())


def test_it_is_for_those_who_map_assets(ws):
    logged(ws, made_asset(ws), ContactOutcome.CALL_AGAIN, next_on=SOON)
    assert len(follow_ups(as_role(ws, Role.CO_ORDINATOR))) == 1
    with pytest.raises(NotForYou):
        follow_ups(as_role(ws, Role.PARTNER))
