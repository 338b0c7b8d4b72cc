"""The decision log: added to, corrected by further entries, never changed."""

import re
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from chb.domain.access.roles import Role
from chb.domain.edits import StaleEdit
from chb.domain.places.decisions import Approach, BusinessArea, DecisionDraft, Focus, Link, LinkKind
from chb.domain.refusal import Refusal
from chb.services.places.decisions import (
    correct_decision,
    get_decision,
    list_decisions,
    record_decision,
)
from tests.services.access.scopes import as_person
from tests.services.place_makers import HOSTILE, TODAY, started
from tests.services.planner_makers import made_ocg

DRAFT = DecisionDraft(
    what="Relentless disruption of KESTREL at the two garages",
    rationale="No investigation is open; " + HOSTILE,
    taken_on=TODAY,
    not_doing="No covert work at the school",
    not_doing_why="Not proportionate",
    business_area=BusinessArea.TRANSPORT,
    approach=Approach.DISRUPTION,
    focus=Focus.PLACE_BASED,
    information_protocol="Names stay with the LRO",
    links=(Link(LinkKind.OCG, "KESTREL"), Link(LinkKind.DISRUPTION, "d-1")),
)


def test_a_decision_comes_back_as_it_was_recorded_and_in_order(ws):
    place = started(ws)
    about = Link(LinkKind.PLACE, place.id)
    draft = replace(DRAFT, links=(*DRAFT.links, about))
    first = record_decision(ws, draft, by="LRO", request_key="form")
    assert record_decision(ws, draft, by="LRO", request_key="form") == first
    second = record_decision(ws, DRAFT, by="LRO")
    assert set(first.draft.links) == set(draft.links)
    assert replace(first.draft, links=()) == replace(draft, links=())
    assert first.recorded_at == ws.now()
    assert first.reference != second.reference
    assert list_decisions(ws) == (first, second)
    assert list_decisions(ws, about=about) == (first,)
    assert list_decisions(ws, about=Link(LinkKind.PLACE, "other")) == ()


def test_a_correction_is_a_new_entry_that_points_to_the_old(ws):
    wrong = record_decision(ws, DRAFT, by="LRO")
    right = correct_decision(ws, wrong.id, replace(DRAFT, what="Three garages"), by="LRO")
    kept = get_decision(ws, wrong.id)
    assert (right.corrects, kept.corrected_by) == (wrong.id, right.id)
    assert not kept.stands and right.stands and kept.draft == wrong.draft
    again = correct_decision(ws, right.id, replace(DRAFT, what="Four garages"), by="LRO")
    assert again.corrects == right.id


def test_two_corrections_of_one_entry_show_both(ws):
    wrong = record_decision(ws, DRAFT, by="LRO")
    correct_decision(ws, wrong.id, replace(DRAFT, what="Three garages"), by="SIO")
    with pytest.raises(StaleEdit) as refused:
        correct_decision(ws, wrong.id, replace(DRAFT, what="Four garages"), by="LRO")
    assert "Three garages" in refused.value.theirs and "SIO" in refused.value.theirs
    assert "Four garages" in refused.value.yours
    assert len(list_decisions(ws)) == 2


def test_what_an_entry_is_called_says_nothing_of_those_that_are_hidden(ws):
    """A gap in numbers would: here nobody is shown any, and all call an entry the same."""
    theirs = made_ocg(ws, "TURNSTONE", lro="other@example.org")
    secret = replace(DRAFT, links=(Link(LinkKind.OCG, theirs.id),))
    record_decision(ws, secret, by="SRO")
    open_to_all = record_decision(ws, replace(DRAFT, links=()), by="LRO")
    hidden = record_decision(ws, secret, by="SRO")
    officer = as_person(ws, "lro@example.org", Role.LRO)
    (seen,) = list_decisions(officer)
    assert seen == open_to_all and seen.reference == open_to_all.reference
    assert "number" not in {field.name for field in fields(seen)}
    assert hidden.reference not in repr(seen)
    mine = record_decision(officer, replace(DRAFT, links=()), by="LRO")
    assert [each.reference for each in list_decisions(ws)][-1] == mine.reference
    assert re.fullmatch("D-[0-9A-F]{8}", mine.reference)


def test_a_correction_hides_behind_nothing_that_its_entry_is_not_about(ws):
    theirs = made_ocg(ws, "TURNSTONE", lro="other@example.org")
    wrong = record_decision(ws, replace(DRAFT, links=()), by="LRO")
    about = replace(DRAFT, what="Three garages", links=(Link(LinkKind.OCG, theirs.id),))
    with pytest.raises(Refusal, match="what the entry it corrects is about"):
        correct_decision(ws, wrong.id, about, by="SRO")
    assert get_decision(ws, wrong.id).stands


def test_whoever_sees_a_correction_and_not_its_entry_is_not_told_of_that(ws):
    theirs = made_ocg(ws, "TURNSTONE", lro="other@example.org")
    secret = record_decision(ws, replace(DRAFT, links=(Link(LinkKind.OCG, theirs.id),)), by="SRO")
    right = correct_decision(ws, secret.id, replace(DRAFT, links=()), by="SRO")
    (seen,) = list_decisions(as_person(ws, "lro@example.org", Role.LRO))
    assert (seen.id, seen.corrects, right.corrects) == (right.id, None, secret.id)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"what": " "}, "What was decided is missing"),
        ({"rationale": ""}, "rationale is missing"),
        ({"what": "w" * 10_000}, "at most 5,000 characters"),
        ({"not_doing_why": ""}, "together with why"),
        ({"not_doing": ""}, "together with why"),
        ({"taken_on": TODAY + timedelta(days=1)}, "cannot have happened yet"),
        ({"taken_on": date(226, 3, 4)}, "year is probably mistyped"),
        ({"links": (Link(LinkKind.PLACE, "nothing"),)}, "place is not there"),
        ({"links": (Link(LinkKind.OCG, " "),)}, "A link is missing"),
        ({"links": tuple(Link(LinkKind.OTHER, f"{n}") for n in range(51))}, "at most 50"),
    ],
)
def test_a_decision_that_cannot_be_disclosed_is_refused(ws, changes, says):
    with pytest.raises(Refusal, match=says):
        record_decision(ws, replace(DRAFT, **changes), by="LRO")
    with pytest.raises(Refusal, match="who did this"):
        record_decision(ws, DRAFT, by="")
    with pytest.raises(Refusal, match="not there"):
        correct_decision(ws, "nothing", DRAFT, by="LRO")
    assert list_decisions(ws) == ()


def test_decisions_about_the_sample_place_leave_with_it(ws):
    place = started(ws)
    with ws.writing() as tx:
        tx.places.add(replace(place, id="sample", name="Sample"), is_sample=True)
    about_sample = replace(DRAFT, links=(Link(LinkKind.PLACE, "sample"),))
    gone = record_decision(ws, about_sample, by="LRO")
    correct_decision(ws, gone.id, about_sample, by="LRO")
    own = record_decision(ws, replace(DRAFT, links=(Link(LinkKind.PLACE, place.id),)), by="LRO")
    with ws.writing() as tx:
        tx.remove_samples()
    assert list_decisions(ws) == (own,)
