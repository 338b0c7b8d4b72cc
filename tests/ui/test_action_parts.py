"""What a person wrote into the list of actions, as edited interventions."""

from dataclasses import replace
from datetime import date

from chb.domain.people import Person
from chb.domain.planning.actions import Action
from chb.domain.planning.interventions import InterventionStatus
from chb.ui.parts.actions.editing import (
    COLUMNS,
    DUE,
    STATUS,
    TICK,
    ForTicked,
    edited,
    n_reopened,
    table_of,
)
from tests.domain.planning.test_timeline import TODAY, work

DONE = InterventionStatus.COMPLETED
ACTIONS = tuple(
    Action(replace(work(title, due_on=due_on), id=title), "p1", "Moorfield")
    for title, due_on in (("one", date(2026, 3, 1)), ("two", None), ("three", TODAY))
)
NOTHING = ForTicked()


def changed(edits, ticked=NOTHING):
    return {
        each.id: (each.status, each.due_on, each.owner) for each in edited(ACTIONS, edits, ticked)
    }


def test_a_status_chosen_in_a_row_changes_that_action_alone():
    assert changed({1: {STATUS: "completed"}}) == {"two": (DONE, None, "")}


def test_ticked_rows_get_what_is_chosen_for_them_and_the_rest_stay():
    ticked = ForTicked(status=DONE, owner="a@example.org")
    assert changed({0: {TICK: True}, 2: {TICK: False}}, ticked) == {
        "one": (DONE, date(2026, 3, 1), "a@example.org")
    }


def test_a_cell_that_was_written_into_goes_before_what_the_ticked_get():
    ticked = ForTicked(status=DONE, due_on=date(2026, 5, 1))
    assert changed({0: {TICK: True, STATUS: "stopped", DUE: "2026-04-02T00:00:00"}}, ticked) == {
        "one": (InterventionStatus.STOPPED, date(2026, 4, 2), "")
    }


def test_a_day_may_be_emptied():
    assert changed({0: {DUE: None}})["one"][1] is None


def test_what_is_as_it_was_is_not_sent():
    same = {0: {STATUS: "proposed", DUE: "2026-03-01"}, 1: {TICK: True}}
    assert changed(same) == {}
    assert changed(same, ForTicked(status=InterventionStatus.PROPOSED)) == {}


def test_all_that_is_shown_may_be_meant():
    found = changed({}, ForTicked(due_on=TODAY, is_for_all=True))
    assert found.keys() == {"one", "two"}  # the third is due that day already


def test_the_table_says_who_and_how_late():
    people = {"a@example.org": Person("Ana", "Council", "warden", "a@example.org")}
    owned = replace(
        ACTIONS[0], intervention=replace(ACTIONS[0].intervention, owner="a@example.org")
    )
    table = table_of((owned, *ACTIONS[1:]), people, TODAY)
    assert tuple(table.columns) == COLUMNS
    assert table["Late"].tolist() == ["by 3 days", "", ""]
    assert table["Owner"].tolist() == ["Ana, warden", "", ""]
    assert not table[TICK].any()


def test_finished_work_that_would_be_open_again_is_counted():
    done = replace(ACTIONS[0], intervention=replace(ACTIONS[0].intervention, status=DONE))
    stopped = replace(
        ACTIONS[1],
        intervention=replace(ACTIONS[1].intervention, status=InterventionStatus.STOPPED),
    )
    actions = (done, stopped, ACTIONS[2])

    def again(status):
        return n_reopened(actions, edited(actions, {}, ForTicked(status, is_for_all=True)))

    assert again(InterventionStatus.AGREED) == 2
    assert again(InterventionStatus.STOPPED) == again(None) == 0
