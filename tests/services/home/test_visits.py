"""Looking at Home is remembered for each person, and so is how far their tour is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chb.domain.access.roles import Role, View
from chb.domain.access.scope import Scope
from chb.services.access.accounts import add_account, end_account, grant_role
from chb.services.home.visits import KEPT_FOR, has_tour, look, open_step, put_tour_away
from tests.conftest import NOW

LRO = Scope(person="lro@force.example", roles=frozenset({Role.LRO}), view=View.RESTRICTED)


@pytest.fixture
def mine(ws):
    return ws.seen_by(LRO)


def later(ws, **passed):
    moment = ws.now() + timedelta(**passed)
    return replace(ws, clock=lambda: moment)


def test_a_reload_shows_the_same_and_the_next_morning_what_is_new_since(mine):
    first = look(mine)
    assert first.is_first
    assert look(later(mine, seconds=20)) == first
    assert look(later(mine, minutes=20)).is_first
    morning = look(later(mine, days=1))
    assert morning.looks_back_to == NOW + timedelta(minutes=20)


def test_somebody_who_was_away_for_more_than_a_year_begins_anew(mine):
    look(mine)
    assert look(later(mine, days=KEPT_FOR.days + 1)).is_first


def test_steps_that_were_opened_stay_ticked_and_others_are_not_kept(mine):
    look(mine)
    for step in ("place", "place", "accounts", "<script>"):
        open_step(mine, step)
    assert look(later(mine, days=2)).tour_done == {"place"}


def test_the_tour_is_put_away_for_one_person_and_begins_afresh_when_it_is_brought_back(mine):
    open_step(mine, "place")
    put_tour_away(mine, away=True)
    other = mine.seen_by(replace(LRO, person="other@force.example"))
    assert look(mine).tour_is_away and not look(other).tour_is_away
    put_tour_away(mine, away=False)
    assert (look(mine).tour_is_away, look(mine).tour_done) == (False, frozenset())


def test_there_is_a_tour_where_the_sample_place_is(ws, sample_ws):
    assert has_tour(sample_ws)
    assert not has_tour(ws)


def test_what_was_remembered_goes_with_the_account(ws):
    add_account(ws, "admin@force.example", name="Admin")
    grant_role(ws, "admin@force.example", Role.ADMINISTRATOR)
    add_account(ws, LRO.person, name="LRO")
    look(ws.seen_by(LRO))
    end_account(ws, LRO.person)
    assert look(later(ws, days=2).seen_by(LRO)).is_first
