"""Plans, interventions, the matrix, and what a plan visibly lacks."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.places.phases import Phase
from chb.domain.planning.interventions import Intervention, InterventionStatus
from chb.domain.planning.plan_shape import Weight, concerns, matrix, police_share
from chb.domain.planning.plans import Objective, Pillar, Plan, PreventLevel, Undeveloped
from chb.domain.refusal import Refusal

START = date(2026, 3, 2)
PLAN = Plan(place_id="p", aim="The green is safe", lead="lro@example.org", starts_on=START)


def work(phase=Phase.CLEAR, pillar=Pillar.PURSUE, *, is_police_led=True, **changes):
    level = PreventLevel.PRIMARY if pillar == Pillar.PREVENT else None
    values = {"title": f"{pillar} in {phase}", "lead_agency": "Police", "prevent_level": level}
    return Intervention(
        plan_id="plan",
        phase=phase,
        pillar=pillar,
        is_police_led=is_police_led,
        **(values | changes),
    )


FINISHED = {
    "owner": "lead@example.org",
    "due_on": START,
    "measure": "visits",
    "handover_to": "council",
}
EVERYWHERE = [work(phase, pillar, **FINISHED) for phase in Phase for pillar in Pillar]
SMART = Objective(Pillar.PURSUE, "Close the market", "test buys", "warrants", "harm", START)
WHOLE = replace(
    PLAN,
    objectives=tuple(replace(SMART, pillar=pillar) for pillar in Pillar),
    exit_strategy="Wardens take over",
)
interventions = st.lists(
    st.builds(
        work,
        st.sampled_from(Phase),
        st.sampled_from(Pillar),
        is_police_led=st.booleans(),
        status=st.sampled_from(InterventionStatus),
    )
)


def sentences(plan, items):
    return [concern.sentence for concern in concerns(plan, items)]


@pytest.mark.parametrize("subject", [{}, {"place_id": "p", "ocg_id": "o"}])
def test_a_plan_is_for_one_place_or_one_ocg(subject):
    with pytest.raises(Refusal, match="one place or for one OCG"):
        replace(PLAN, **({"place_id": None} | subject)).checked()


def test_a_p_says_once_why_it_cannot_be_developed():
    why = Undeveloped(Pillar.PURSUE, "No offender is known")
    assert replace(PLAN, undeveloped=(why,)).checked().undeveloped == (why,)
    with pytest.raises(Refusal, match="says twice"):
        replace(PLAN, undeveloped=(why, why)).checked()
    with pytest.raises(Refusal, match="Why Pursue cannot be developed is missing"):
        replace(PLAN, undeveloped=(replace(why, why=" "),)).checked()


def test_the_five_parts_of_smart_are_asked_for():
    assert SMART.smart_gaps() == ()
    assert Objective(Pillar.PURSUE, "Do more").smart_gaps() == (
        "how it is measured",
        "how it can be achieved",
        "why it matters to the aim",
        "by when",
    )


def test_prevent_says_whom_it_is_for_and_nothing_else_does():
    with pytest.raises(Refusal, match="says whom it is for"):
        work(pillar=Pillar.PREVENT, prevent_level=None).checked()
    with pytest.raises(Refusal, match="Only Prevent is primary"):
        work(prevent_level=PreventLevel.TERTIARY).checked()


def test_only_clear_has_a_day_until_which_it_is_secret():
    assert work(trigger_on=START).checked().trigger_on == START
    for phase in (Phase.HOLD, Phase.BUILD):
        with pytest.raises(Refusal, match=f"Only Clear is secret until a day, and this is {phase}"):
            work(phase, trigger_on=START).checked()


def test_the_primary_p_is_not_credited_again():
    credited = (Pillar.PREPARE, Pillar.PURSUE, Pillar.PREPARE)
    assert work(credited=credited).checked().credited == (Pillar.PREPARE,)


@pytest.mark.parametrize("last", ["due_on", "handover_on"])
def test_dates_that_run_backwards_are_refused(last):
    with pytest.raises(Refusal, match="ends before it starts"):
        work(starts_on=START, **{last: date(2026, 3, 1)}).checked()


def test_open_work_past_its_day_is_overdue_and_finished_work_is_not():
    late = work(due_on=START)
    assert late.is_overdue(date(2026, 3, 3)) and not late.is_overdue(START)
    assert not replace(late, status=InterventionStatus.COMPLETED).is_overdue(date(2026, 3, 3))


@given(interventions)
def test_the_matrix_has_twelve_cells_and_every_intervention_at_work_is_in_one(items):
    cells = matrix(items)
    assert len(cells) == 12
    at_work = [each for each in items if each.status != InterventionStatus.STOPPED]
    assert sum(len(cell) for cell in cells.values()) == len(at_work)


@given(interventions)
def test_the_police_share_is_a_share_or_nothing(items):
    shares = police_share(items)
    filled = {each.phase for each in items if each.status != InterventionStatus.STOPPED}
    for phase, share in shares.items():
        assert (share is not None) == (phase in filled)
        assert share is None or 0 <= share <= 1


def test_the_police_share_counts_interventions():
    items = [work(), work(), work(is_police_led=False), work(Phase.HOLD, is_police_led=False)]
    assert police_share(items) == {Phase.CLEAR: 2 / 3, Phase.HOLD: 0.0, Phase.BUILD: None}


def test_hold_and_build_missing_are_seen_from_the_first_day():
    found = sentences(PLAN, [work()])
    assert "Hold has no intervention: it is designed from the first day" in found
    assert "Build has no intervention: it is designed from the first day" in found
    assert not any(sentence.startswith("Clear has no") for sentence in found)


def test_a_p_that_says_why_it_is_empty_is_no_concern():
    silent = "Protect has no intervention and does not say why"
    assert silent in sentences(PLAN, [work()])
    explained = replace(PLAN, undeveloped=(Undeveloped(Pillar.PROTECT, "done next door"),))
    assert silent not in sentences(explained, [work()])


def test_a_plan_without_anybody_to_take_over_is_told_so():
    assert any("nobody takes over" in sentence for sentence in sentences(WHOLE, EVERYWHERE))
    built_by_others = [
        replace(each, is_police_led=each.phase == Phase.CLEAR) for each in EVERYWHERE
    ]
    assert concerns(WHOLE, built_by_others) == ()


def test_an_unfinished_intervention_is_named_with_what_it_lacks():
    bare = work(Phase.HOLD, id="i7")
    last = concerns(PLAN, [bare])[-1]
    assert (last.weight, last.record_id) == (Weight.UNFINISHED, "i7")
    assert last.sentence.endswith("an owner, a due date, a measure, somebody to hand over to")
