"""When a visit begins, how changes are grouped, and what they are said to be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chb.domain.access.roles import Role
from chb.domain.home import (
    FIRST_LOOK_BACK,
    VISIT_ENDS_AFTER,
    Change,
    Found,
    HomeVisit,
    Subject,
    grouped,
    next_look,
    what_changed,
)
from chb.domain.home_tour import tour_for

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def change(at=NOW, title="x"):
    return Change(title=title, what="added", at=at)


def test_the_first_visit_looks_back_two_weeks_however_often_the_page_is_drawn():
    first = next_look(None, NOW)
    again = next_look(first, NOW + 5 * MINUTE)
    assert first.is_first and again.is_first
    assert first.looks_back_to == NOW - FIRST_LOOK_BACK
    assert again.seen_at == NOW + 5 * MINUTE


def test_within_a_visit_what_is_new_stays_new():
    visit = HomeVisit(seen_at=NOW, since=NOW - timedelta(days=1))
    for _ in range(5):
        visit = next_look(visit, visit.seen_at + VISIT_ENDS_AFTER)
    assert visit.since == NOW - timedelta(days=1)


def test_a_look_after_a_while_begins_a_visit_that_counts_from_the_last_look():
    later = NOW + VISIT_ENDS_AFTER + MINUTE
    visit = next_look(HomeVisit(seen_at=NOW, tour_is_away=True), later)
    assert visit.looks_back_to == NOW
    assert visit.tour_is_away


def test_groups_come_by_day_then_in_the_order_of_subjects_with_the_newest_of_each():
    older = NOW - timedelta(days=2)
    found = grouped(
        (
            Found.of(Subject.ASSETS, [change(NOW + MINUTE)]),
            Found.of(Subject.PLACES, [change(NOW)]),
            Found.of(Subject.OCGS, [change(older, "a"), change(older + MINUTE, "b")]),
            Found(Subject.OCGS, 7, (change(older, "c"),), is_more=True),
            Found.of(Subject.SIGNALS, []),
        ),
        most=2,
    )
    assert [group.subject for group in found] == [Subject.PLACES, Subject.ASSETS, Subject.OCGS]
    assert (found[2].number, found[2].is_more) == (9, True)
    assert [each.title for each in found[2].newest] == ["b", "a"]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, {"status": "proposed"}, "added"),
        ({"status": "proposed", "a": 1}, {"status": "agreed", "a": 2}, "proposed to agreed"),
        ({"version": 1, "due_on": None}, {"version": 2, "due_on": "x"}, "changed: due on"),
        ({"version": 1, "a": 1}, {"version": 2, "a": 1}, ""),
        ({"a": 1}, {"a": 1, "came_later": ""}, ""),
        ({"a": 1}, {"a": 1, "ocg_id": "x"}, "changed: OCG"),
        (
            dict.fromkeys("abcde", 1),
            dict.fromkeys("abcde", 2),
            "changed: a, b, c, 2 more",
        ),
        ({"secret": 1}, {"secret": 2}, ""),
    ],
)
def test_a_change_is_said_in_a_few_words(before, after, words):
    assert what_changed(before, after, unseen={"secret"}) == words


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_tour_of_five_or_six_steps(role):
    steps = tour_for({role})
    assert 5 <= len(steps) <= 6
    assert len({step.key for step in steps}) == len(steps)


def test_somebody_with_several_roles_has_the_tour_of_the_first():
    assert tour_for({Role.ADMINISTRATOR, Role.LRO}) == tour_for({Role.LRO})
    assert tour_for(set()) == ()


def test_a_visit_keeps_its_tour_when_the_next_begins():
    visit = replace(HomeVisit(seen_at=NOW), tour_done=frozenset({"place"}))
    assert next_look(visit, NOW + timedelta(days=1)).tour_done == {"place"}
