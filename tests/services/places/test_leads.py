"""Phases are moved by whoever leads the place, and by the senior officer."""

from datetime import timedelta

import pytest

from chb.domain.access.responsibility import check_moves_phases, moves_phases
from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou
from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.records import TieKind
from chb.services.places.joining import merge_places
from chb.services.places.openings import close_place, reopen_place, resume_clear
from chb.services.places.register import get_place
from chb.services.places.ties import tie_to_place, untie_from_place
from tests.services.access.scopes import as_person
from tests.services.place_makers import MORE_CELLS, TODAY, edit, moved, started

LEAD = "lro@example.org"
OTHER = "lro.east@example.org"


@pytest.fixture
def place(ws):
    """A place of one lead officer."""
    begun = started(ws)
    return tie_to_place(ws, begun.id, TieKind.OWNER, LEAD.upper(), edit(begun))


def officer(ws, email, role=Role.LRO):
    return as_person(ws, email, role)


def test_another_lead_officer_moves_no_phase(ws, place):
    others = officer(ws, OTHER)
    apart = started(ws, name="Ropewalk", cells=MORE_CELLS)
    for change in (
        lambda: moved(others, place),
        lambda: resume_clear(others, place.id, edit(place)),
        lambda: close_place(others, place.id, edit(place)),
        lambda: reopen_place(others, place.id, edit(place)),
        lambda: merge_places(
            others, place.id, apart.id, edit(place), absorbed_version=apart.version
        ),
        lambda: merge_places(
            others, apart.id, place.id, edit(apart), absorbed_version=place.version
        ),
    ):
        with pytest.raises(NotForYou, match=r"Moorfield is led by somebody else.*LRO@EXAMPLE"):
            change()
    assert get_place(ws, place.id) == place


@pytest.mark.parametrize(("email", "role"), [(LEAD, Role.LRO), ("sro@example.org", Role.SRO)])
def test_its_lead_and_the_senior_officer_do(ws, place, email, role):
    theirs = officer(ws, email, role)
    place = moved(theirs, place, phase=Phase.HOLD)
    place = close_place(theirs, place.id, edit(place))
    place = reopen_place(theirs, place.id, edit(place))
    place = resume_clear(theirs, place.id, edit(place))
    assert place.intensities(TODAY)[Phase.CLEAR] == Intensity.ACTIVE


def test_a_place_without_a_lead_waits_for_its_first(ws):
    begun = started(ws)
    assert moved(officer(ws, OTHER), begun).intensities(TODAY)[Phase.CLEAR] == Intensity.ACTIVE


def test_the_screen_asks_the_twin(ws, place):
    for email, role, may in (
        (LEAD, Role.LRO, True),
        (OTHER, Role.LRO, False),
        ("sro@example.org", Role.SRO, True),
    ):
        scope = officer(ws, email, role).scope
        assert moves_phases(scope, place, TODAY) is may
        if may:
            check_moves_phases(scope, place, TODAY)


def test_nobody_ends_the_lead_of_another_or_writes_themselves_into_the_past(ws, place):
    others = officer(ws, OTHER)
    (tie,) = place.tied(TODAY, TieKind.OWNER)
    with pytest.raises(NotForYou, match="not yours to say"):
        untie_from_place(others, place.id, tie.tie_id, edit(place))
    long_ago = edit(place, on=TODAY - timedelta(days=900))
    with pytest.raises(NotForYou, match="not yours to say"):
        tie_to_place(others, place.id, TieKind.OWNER, OTHER, long_ago)
    handed = untie_from_place(officer(ws, LEAD), place.id, tie.tie_id, edit(place))
    assert handed.tied(TODAY, TieKind.OWNER) == ()
