"""Threats, OCGs, boards and owners of places, and owners who left."""

from datetime import timedelta

import pytest

from chb.domain.edits import Edit
from chb.domain.people import Person
from chb.domain.places.records import TieKind
from chb.domain.refusal import Refusal
from chb.services.places.register import get_place
from chb.services.places.ties import places_of_ocg, posts_to_fill, tie_to_place, untie_from_place
from chb.services.planning.people import list_people, person_left, person_returned
from tests.services.place_makers import HOSTILE, TODAY, edit, started

OWNER = Person("Sam Field", "Council", "CSP manager", "Sam.Field@marram.gov.uk")


@pytest.fixture
def place(ws):
    with ws.writing() as tx:
        tx.people.put([OWNER], source_sha256="x")
    return started(ws)


@pytest.mark.parametrize("kind", list(TieKind))
def test_anything_is_tied_and_untied_and_both_stay_in_the_record(ws, place, kind):
    place = tie_to_place(ws, place.id, kind, HOSTILE[:40], edit(place))
    (tie,) = place.tied(TODAY, kind)
    assert tie.subject == HOSTILE[:40] and kind.is_threat == (
        kind not in (TieKind.OCG, TieKind.BOARD, TieKind.OWNER)
    )
    place = untie_from_place(ws, place.id, tie.tie_id, edit(place, reason="Gone"))
    assert place.tied(TODAY) == ()
    assert [(entry.is_added, entry.reason) for entry in place.ties] == [
        (True, "Agreed"),
        (False, "Gone"),
    ]


def test_places_of_an_ocg(ws, place):
    tie_to_place(ws, place.id, TieKind.OCG, "KESTREL", edit(place))
    started(ws, name="Other")
    assert [found.id for found in places_of_ocg(ws, " kestrel")] == [place.id]
    assert places_of_ocg(ws, "HERON") == ()


def test_places_are_found_by_whoever_owns_them_on_a_day(ws, place):
    other = started(ws, name="Other")
    place = tie_to_place(ws, place.id, TieKind.OWNER, OWNER.work_email, edit(place))
    tie_to_place(ws, other.id, TieKind.BOARD, OWNER.work_email, edit(other))

    def owned(on):
        with ws.reading() as tx:
            return tx.places.tied_to(TieKind.OWNER, ("x", OWNER.work_email.upper()), on)

    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    assert (owned(yesterday), owned(TODAY)) == (frozenset(), {place.id})
    (tie,) = place.tied(TODAY)
    untie_from_place(ws, place.id, tie.tie_id, edit(place, on=tomorrow))
    assert (owned(TODAY), owned(tomorrow)) == ({place.id}, frozenset())


def test_what_is_tied_already_or_no_longer_is_refused(ws, place):
    place = tie_to_place(ws, place.id, TieKind.OCG, "KESTREL", edit(place, reason="Seen there"))
    with pytest.raises(Refusal, match="Seen there"):
        tie_to_place(ws, place.id, TieKind.OCG, "kestrel", edit(place))
    (tie,) = place.ties
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(Refusal, match="wrong way round"):
        untie_from_place(ws, place.id, tie.tie_id, edit(place, on=yesterday))
    place = untie_from_place(ws, place.id, tie.tie_id, edit(place))
    with pytest.raises(Refusal, match="not in force"):
        untie_from_place(ws, place.id, tie.tie_id, edit(place))
    with pytest.raises(Refusal, match="not in force"):
        untie_from_place(ws, place.id, "nothing", edit(place))


@pytest.mark.parametrize(
    ("kind", "subject", "says"),
    [
        (TieKind.OCG, " ", "code is missing"),
        (TieKind.OCG, "K" * 10_000, "at most 40 characters"),
        (TieKind.NETWORK, "", "network is missing"),
        (TieKind.OWNER, "o" * 10_000, "at most 200 characters"),
    ],
)
def test_a_subject_that_cannot_be_kept_changes_nothing(ws, place, kind, subject, says):
    with pytest.raises(Refusal, match=says):
        tie_to_place(ws, place.id, kind, subject, edit(place))
    assert get_place(ws, place.id) == place


def test_an_owner_who_left_is_given_nothing_new_and_leaves_a_post_to_fill(ws, place):
    place = tie_to_place(ws, place.id, TieKind.OWNER, OWNER.work_email.upper(), edit(place))
    assert posts_to_fill(ws) == ()
    person_left(ws, OWNER.work_email.lower(), left_on=TODAY)
    (post,) = posts_to_fill(ws)
    assert (post.place.id, post.person.name) == (place.id, "Sam Field")
    with pytest.raises(Refusal, match="Sam Field has left"):
        tie_to_place(ws, place.id, TieKind.BOARD, OWNER.work_email, edit(place))
    place = tie_to_place(ws, place.id, TieKind.BOARD, "Head of housing", edit(place))
    person_returned(ws, OWNER.work_email)
    assert posts_to_fill(ws) == ()


def test_a_list_imported_again_does_not_bring_back_who_left(ws, place):
    person_left(ws, OWNER.work_email, left_on=TODAY)
    with ws.writing() as tx:
        tx.people.put([OWNER], source_sha256="y")
    assert [person.left_on for person in list_people(ws)] == [TODAY]


def test_leaving_is_refused_for_strangers_and_for_tomorrow(ws, place):
    with pytest.raises(Refusal, match="Nobody has that work address"):
        person_left(ws, "nobody@marram.gov.uk", left_on=TODAY)
    with pytest.raises(Refusal, match="cannot have happened yet"):
        person_left(ws, OWNER.work_email, left_on=TODAY + timedelta(days=1))


def test_a_tie_needs_a_reason_and_an_author(ws, place):
    for missing in ({"reason": ""}, {"by": " "}):
        values = {"reason": "why", "by": "LRO", "version": place.version} | missing
        with pytest.raises(Refusal):
            tie_to_place(ws, place.id, TieKind.NETWORK, "County line", Edit(**values))
