"""The sample place's records, made afresh and taken out whole."""

from dataclasses import replace

import pytest

from chb.domain.ocgs.members import NominalRole, OcgLinkKind, family_to_safeguard
from chb.domain.places.records import TieKind
from chb.domain.planning.intelligence import RequestHeading, RequestState
from chb.domain.planning.signals import SignalCategory
from chb.domain.refusal import Refusal
from chb.services.loading.sample_records import make_sample_records
from chb.services.places.register import list_places
from chb.services.places.ties import places_of_ocg
from chb.services.planning.intelligence import list_requests, list_requirements
from chb.services.planning.ocg_register import list_ocgs, ocg_file, overdue_reviews
from chb.services.planning.partnership import find_pathways, search_debriefs
from chb.services.planning.plans import list_plans, plan_view
from chb.services.planning.signals import linked_signals
from chb.services.planning.tactics import list_tactics
from tests.services.planner_makers import made_disruption, made_intervention, made_ocg, made_place


@pytest.fixture
def marram(ws):
    """The three places of the sample, by name, with the records made on them."""
    own = made_place(ws, "Foxhill")
    with ws.writing() as tx:
        for name in ("The Saltings", "Pierhead", "Sandhythe Cross"):
            tx.places.add(replace(own, id=name, name=name, names=()), is_sample=True)
    make_sample_records(ws)
    return ws


def test_the_six_groups_are_registered_with_the_planted_rivalry(marram):
    standings = list_ocgs(marram)
    assert len(standings) == 6 and all(each.score for each in standings)
    kittiwake = next(each for each in standings if each.ocg.code == "KITTIWAKE")
    links = ocg_file(marram, kittiwake.ocg.id).links
    assert [link.kind for link in links] == [OcgLinkKind.RIVALRY]
    assert [each.ocg.code for each in overdue_reviews(marram)] == ["TURNSTONE"]


def test_three_places_and_a_group_have_plans_that_use_the_menu(marram):
    plans = list_plans(marram)
    assert len(plans) == 4 and sum(plan.ocg_id is not None for plan in plans) == 1
    keys = {tactic.key for tactic in list_tactics()}
    used = [each for plan in plans for each in plan_view(marram, plan.id).interventions]
    assert len(used) > 20
    assert {each.tactic_key for each in used if each.tactic_key} <= keys


def test_nine_signals_name_nobody_and_lie_on_cells(marram):
    signals = [each.signal for each in linked_signals(marram)]
    assert len(signals) == 9 and all(signal.cells for signal in signals)
    assert {signal.category for signal in signals} >= {
        SignalCategory.HEALTH,
        SignalCategory.ANIMAL_WELFARE,
        SignalCategory.HOUSING,
        SignalCategory.FIRE,
    }
    names = [place.name for place in list_places(marram)]
    assert not any(signal.warnings(known=names) for signal in signals)


def test_the_partnership_has_pathways_and_debriefs(marram):
    assert find_pathways(marram, words="MARSOC") and find_pathways(marram, age=15, words="gang")
    assert len(search_debriefs(marram)) == 2


def test_groups_are_tied_to_the_places_they_affect_once(marram):
    make_sample_records(marram)
    (pierhead,) = places_of_ocg(marram, "REDSHANK")
    assert pierhead.name == "Pierhead"
    saltings = next(place for place in list_places(marram) if place.name == "The Saltings")
    assert [tie.subject for tie in saltings.tied(marram.today(), TieKind.OCG)] == [
        "KITTIWAKE",
        "TURNSTONE",
        "WHIMBREL",
    ]


def test_intelligence_has_a_collection_plan_and_replies_that_are_late(marram):
    assert any(len(each.collection) > 1 and each.is_open for each in list_requirements(marram))
    requests = list_requests(marram)
    late = [each for each in requests if each.state(marram.today()) is RequestState.OVERDUE]
    assert len(late) == 2
    assert {each.heading for each in requests} == set(RequestHeading)


def test_family_is_kept_so_that_it_is_safeguarded(marram):
    nominals = [each for ocg in list_ocgs(marram) for each in ocg_file(marram, ocg.ocg.id).nominals]
    assert len(family_to_safeguard(nominals)) >= 3
    assert {each.role for each in nominals} == set(NominalRole)


def test_making_it_again_doubles_nothing_and_leaves_what_a_person_wrote(marram):
    own = made_ocg(marram, "OWN")
    make_sample_records(marram)
    assert len(list_ocgs(marram)) == 7
    assert own in [each.ocg for each in list_ocgs(marram)]


def test_the_sample_leaves_whole_with_what_was_practised_on_it(marram):
    own = made_ocg(marram, "OWN")
    kept = made_disruption(marram, ocg_id=own.id)
    made_disruption(marram, ocg_id=own.id, place_id="The Saltings")
    made_intervention(marram, list_plans(marram)[0])
    with marram.writing() as tx:
        tx.remove_samples()
        assert tx.planner.ocgs.all() == (own,)
        assert tx.planner.disruptions.all() == (kept,)
        assert not tx.planner.interventions.count() and not tx.planner.signals.count()
    assert [place.name for place in list_places(marram)] == ["Foxhill"]


def test_without_the_sample_place_nothing_is_made(ws):
    with pytest.raises(Refusal, match="Make the sample place first"):
        make_sample_records(ws)
    assert list_ocgs(ws) == ()
