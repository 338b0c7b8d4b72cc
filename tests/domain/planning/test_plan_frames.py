"""SARA, SPATIAL and U-Battle show the same plan."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from chb.domain.ocgs.register import BusinessPart
from chb.domain.planning.debriefs import Debrief
from chb.domain.planning.disruptions import Disruption, DisruptionLevel
from chb.domain.planning.interventions import InterventionStatus
from chb.domain.planning.plan_frames import NOT_NAMED, PlanContent, PlanFrame, headings
from chb.domain.planning.plans import Objective, Pillar
from tests.domain.planning.test_intelligence import REQUEST, REQUIREMENT
from tests.domain.planning.test_plans import PLAN, work
from tests.domain.planning.test_signals import SIGNAL

DAY = date(2026, 3, 1)
CONTENT = PlanContent(
    plan=replace(PLAN, objectives=(Objective(Pillar.PURSUE, "Close the market"),)),
    interventions=(
        work(id="new", business_part=BusinessPart.CASH),
        work(id="begun", status=InterventionStatus.UNDER_WAY),
    ),
    requirements=(REQUIREMENT,),
    requests=(REQUEST,),
    signals=(SIGNAL,),
    disruptions=(
        Disruption(
            happened_on=DAY,
            what="Closed",
            level=DisruptionLevel.MINOR,
            pillar=Pillar.PURSUE,
            agency="Police",
            place_id="p",
        ),
    ),
    debriefs=(Debrief(title="After", held_on=DAY, worked="All", place_id="p"),),
)


def kinds(frame):
    return {
        heading: [item.kind for item in items]
        for heading, items in headings(CONTENT, frame).items()
    }


def test_sara_has_its_four_headings():
    assert kinds(PlanFrame.SARA) == {
        "Scanning": ["signal"],
        "Analysis": ["requirement", "partner request"],
        "Response": ["objective", "intervention", "intervention"],
        "Assessment": ["disruption", "debrief"],
    }


def test_spatial_has_its_seven_headings_and_splits_the_response():
    found = headings(CONTENT, PlanFrame.SPATIAL)
    assert "".join(heading[0] for heading in found) == "SPATIAL"
    assert [item.record_id for item in found["Task"]] == ["new"]
    assert [item.record_id for item in found["Intervene"]] == ["begun"]
    assert [item.kind for item in found["Prioritise"]] == ["aim", "objective"]
    assert [item.kind for item in found["Learn"]] == ["debrief"]


def test_u_battle_puts_every_part_of_the_business_under_one_vulnerability():
    for part in BusinessPart:
        content = PlanContent(PLAN, (work(business_part=part),))
        filled = [name for name, items in headings(content, PlanFrame.U_BATTLE).items() if items]
        assert len(filled) == 1 and filled != [NOT_NAMED]


@given(st.lists(st.builds(work, business_part=st.none() | st.sampled_from(BusinessPart))))
def test_no_frame_loses_or_doubles_an_intervention(items):
    content = PlanContent(PLAN, tuple(items))
    for frame in PlanFrame:
        shown = [
            item
            for found in headings(content, frame).values()
            for item in found
            if item.kind == "intervention"
        ]
        assert len(shown) == len(items)
