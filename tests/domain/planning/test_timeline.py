"""A plan in time: what has days, what has none, and milestones that were missed."""

from datetime import date

from chb.domain.places.phases import Phase
from chb.domain.planning.interventions import Intervention, InterventionStatus, Milestone
from chb.domain.planning.plans import Pillar
from chb.domain.planning.timeline import missed, timeline

TODAY = date(2026, 3, 4)


def work(title, **values):
    return Intervention(
        **(
            {
                "plan_id": "1",
                "title": title,
                "phase": Phase.CLEAR,
                "pillar": Pillar.PURSUE,
                "lead_agency": "Police",
                "is_police_led": True,
            }
            | values
        )
    )


def test_dated_work_is_by_phase_and_start_and_stopped_work_is_left_out():
    found = timeline(
        [
            work("late", starts_on=date(2026, 2, 1), due_on=date(2026, 3, 1)),
            work("build", phase=Phase.BUILD, starts_on=date(2025, 1, 1)),
            work("only due", due_on=date(2026, 1, 10)),
            work("stopped", due_on=date(2030, 1, 1), status=InterventionStatus.STOPPED),
            work("no day"),
        ],
        TODAY,
    )
    titles = [each.intervention.title for each in found.stretches]
    assert titles == ["only due", "late", "build"]
    assert [each.is_overdue for each in found.stretches] == [True, True, False]
    assert [each.title for each in found.undated] == ["no day"]
    assert found.span == (date(2025, 1, 1), TODAY)


def test_a_milestone_gives_work_without_days_a_place_in_time():
    step = Milestone("First night out", date(2026, 5, 1))
    (stretch,) = timeline([work("patrols", milestones=(step,))], TODAY).stretches
    assert stretch.days == (date(2026, 5, 1),)
    assert stretch.first == date(2026, 5, 1)


def test_a_plan_without_days_spans_today():
    assert timeline([], TODAY).span == (TODAY, TODAY)


def test_a_milestone_is_missed_once_its_day_is_past_and_it_was_not_reached():
    steps = (
        Milestone("reached late", date(2026, 1, 1), date(2026, 2, 1)),
        Milestone("missed", date(2026, 3, 3)),
        Milestone("today", TODAY),
    )
    assert [each.what for each in missed(steps, TODAY)] == ["missed"]
