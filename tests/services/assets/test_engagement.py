"""Whom to call on, and what came of it."""

from datetime import date

import pytest

from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou
from chb.domain.assets.engagement import Contact, ContactOutcome, ContactWay
from chb.domain.assets.register import AssetStatus
from chb.domain.places.phases import Intensity, Phase
from chb.domain.refusal import Refusal
from chb.services.assets.engagement import contacts_of, engagement_queue, log_contact
from chb.services.assets.register import asset
from tests.services.asset_makers import BY, as_role, made_asset
from tests.services.place_makers import moved, started

DAY = date(2026, 3, 2)


def contact(to, outcome, **changes):
    values = {"asset_id": to.id, "on": DAY, "how": ContactWay.VISIT, "outcome": outcome}
    return Contact(**(values | changes))


def logged(ws, to, outcome, **changes):
    return log_contact(ws, contact(to, outcome, **changes), by=BY)


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        ([ContactOutcome.NO_ANSWER], AssetStatus.FOUND),
        ([ContactOutcome.CALL_AGAIN], AssetStatus.CONTACTED),
        ([ContactOutcome.INTERESTED], AssetStatus.CONTACTED),
        ([ContactOutcome.AGREED], AssetStatus.ENGAGED),
        ([ContactOutcome.AGREED, ContactOutcome.CALL_AGAIN], AssetStatus.ENGAGED),
        ([ContactOutcome.AGREED, ContactOutcome.DECLINED], AssetStatus.DECLINED),
        ([ContactOutcome.DECLINED, ContactOutcome.INTERESTED], AssetStatus.CONTACTED),
    ],
)
def test_the_status_moves_on_by_what_came_of_it(ws, outcomes, status):
    hall = made_asset(ws)
    for outcome in outcomes:
        logged(ws, hall, outcome)
    assert asset(ws, hall.id).status == status


def test_who_agreed_is_engaged_by_whom_and_when(ws):
    hall = made_asset(ws)
    logged(ws, hall, ContactOutcome.AGREED)
    engaged = asset(ws, hall.id)
    assert (engaged.engaged_by, engaged.engaged_on, engaged.version) == (BY, DAY, 2)


@pytest.mark.parametrize("status", [AssetStatus.IN_A_PLAN, AssetStatus.CLOSED])
def test_a_contact_does_not_undo_what_a_plan_or_a_person_settled(ws, status):
    hall = made_asset(ws, status=status)
    logged(ws, hall, ContactOutcome.DECLINED)
    assert asset(ws, hall.id).status == status


def test_an_older_contact_logged_late_does_not_move_the_status(ws):
    hall = made_asset(ws)
    logged(ws, hall, ContactOutcome.AGREED)
    logged(ws, hall, ContactOutcome.DECLINED, on=date(2026, 2, 1))
    assert asset(ws, hall.id).status == AssetStatus.ENGAGED
    assert [each.on for each in contacts_of(ws, hall.id)] == [DAY, date(2026, 2, 1)]


def test_a_contact_sent_twice_is_logged_once(ws):
    hall = made_asset(ws)
    for _ in range(2):
        log_contact(ws, contact(hall, ContactOutcome.AGREED), by=BY, request_key="form")
    assert len(contacts_of(ws, hall.id)) == 1
    assert asset(ws, hall.id).version == 2


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"on": date(2026, 3, 5)}, "cannot have happened yet"),
        ({"next_on": date(2026, 3, 1)}, "ends before it starts"),
        ({"asset_id": "nobody"}, "not there"),
        ({"note": "x" * 5_001}, "at most 5,000"),
    ],
)
def test_what_cannot_have_been_a_contact_is_refused(ws, changes, says):
    hall = made_asset(ws)
    with pytest.raises(Refusal, match=says):
        logged(ws, hall, ContactOutcome.AGREED, **changes)
    assert contacts_of(ws, hall.id) == ()
    assert asset(ws, hall.id) == hall


def test_the_log_is_for_those_who_map_assets(ws):
    hall = made_asset(ws)
    logged(ws, hall, ContactOutcome.AGREED)
    partner = as_role(ws, Role.PARTNER)
    with pytest.raises(NotForYou):
        contacts_of(partner, hall.id)
    with partner.reading() as tx:
        assert tx.asset_contacts.all() == ()
    assert len(contacts_of(as_role(ws, Role.CO_ORDINATOR), hall.id)) == 1


def test_who_signed_in_was_in_touch(ws):
    hall = made_asset(ws)
    kept = log_contact(
        as_role(ws, Role.CO_ORDINATOR), contact(hall, ContactOutcome.AGREED, by="X"), by="X"
    )
    assert kept.by == "A Community co-ordinator"


def test_the_queue_is_what_stands_near_work_and_nobody_has_won(ws):
    started(ws)
    near = made_asset(ws, name="Near")
    nearer = made_asset(ws, name="Spoken to", longitude=-1.494, status=AssetStatus.CONTACTED)
    made_asset(ws, name="Won", status=AssetStatus.ENGAGED)
    made_asset(ws, name="Shut", status=AssetStatus.CLOSED)
    made_asset(ws, name="Far", longitude=-1.40)
    last = logged(ws, nearer, ContactOutcome.CALL_AGAIN, next_on=date(2026, 3, 9))
    first, second = engagement_queue(ws)
    assert (first.asset.id, first.place_name, first.last_contact) == (near.id, "Moorfield", None)
    assert (second.asset.id, second.last_contact) == (nearer.id, last)
    assert 0 < first.distance_m < 615


def test_nobody_is_called_on_where_all_work_is_paused_or_closed(ws):
    made_asset(ws)
    place = started(ws)
    for phase in Phase:
        place = moved(ws, place, phase=phase, intensity=Intensity.PAUSED)
    assert engagement_queue(ws) == ()


def test_an_asset_with_a_reach_of_its_own_is_queued_by_it(ws):
    moved(ws, started(ws))
    made_asset(ws, name="Far", longitude=-1.47, reach_m=5_000.0)
    made_asset(ws, name="Shy", longitude=-1.489, latitude=53.3665, reach_m=10.0)
    assert [each.asset.name for each in engagement_queue(ws)] == ["Far"]
