"""A code name is one group's for good: nobody takes it, and what was kept under it stays found."""

from dataclasses import replace

import pytest

from chb.domain.access.roles import Role
from chb.domain.edits import Edit
from chb.domain.ocgs.locations import Confidence, LocationKind, OcgLocation
from chb.domain.places.decisions import DecisionDraft, Link, LinkKind
from chb.domain.places.records import TieKind
from chb.domain.refusal import Refusal
from chb.services.places.decisions import list_decisions, record_decision
from chb.services.places.register import get_place
from chb.services.places.ties import places_of_ocg, tie_to_place
from chb.services.planning.ocg_locations import save_location
from chb.services.planning.ocg_register import list_ocgs, ocg_file, save_ocg
from tests.services.access.scopes import as_person
from tests.services.planner_makers import BY, DAY, made_ocg, made_place

LEAD, OTHER, SENIOR = "lro@example.org", "other@example.org", "sro@example.org"
SAYS = "^That code name cannot be used. Choose another, or ask the Senior Responsible Officer.$"
LOCK_UP = OcgLocation(
    code="ÉCLAIR",
    kind=LocationKind.STORAGE,
    longitude=-1.495,
    latitude=53.365,
    radius_m=100.0,
    confidence=Confidence.LOW,
    valid_from=None,
    valid_to=None,
    source="a cousin",
    handling="officers",
)


def others(ws):
    return as_person(ws, OTHER, Role.LRO)


def leads(ws):
    return as_person(ws, LEAD, Role.LRO)


def tied(ws, place, code):
    version = get_place(ws, place.id).version
    edit = Edit(reason="A cousin lives there", by=BY, on=DAY, version=version)
    return tie_to_place(ws, place.id, TieKind.OCG, code, edit)


def decided(ws, code):
    link = Link(LinkKind.OCG, code)
    draft = DecisionDraft(what="Watch", rationale="A cousin", taken_on=DAY, links=(link,))
    return record_decision(ws, draft, by=BY)


def located(ws, code):
    with ws.writing() as tx:
        tx.ocg_locations.add([replace(LOCK_UP, code=code)], source_sha256="a" * 64)


@pytest.mark.parametrize("code", ["ÉCLAIR", "éclair"])
@pytest.mark.parametrize(
    "keep", [located, decided, lambda ws, code: tied(ws, made_place(ws), code)]
)
def test_a_code_that_something_is_kept_under_is_not_taken(ws, keep, code):
    keep(ws, "ÉCLAIR")
    mine = made_ocg(others(ws), "TURNSTONE", lro=OTHER)
    with pytest.raises(Refusal, match=SAYS):
        made_ocg(others(ws), code, lro=OTHER)
    with pytest.raises(Refusal, match=SAYS):
        save_ocg(others(ws), replace(mine, code=code), by=BY, reason="better")
    assert [each.ocg for each in list_ocgs(others(ws))] == [mine]


def test_whoever_sees_every_group_registers_one_that_was_located_before(ws):
    located(ws, "ÉCLAIR")
    group = made_ocg(as_person(ws, SENIOR, Role.SRO), "ÉCLAIR", lro=LEAD)
    assert [each.code for each in ocg_file(leads(ws), group.id).locations] == ["ÉCLAIR"]


@pytest.fixture
def renamed(ws):
    """A place and a group that goes by another code since all was kept."""
    group, place = made_ocg(ws, "KITTIWAKE"), made_place(ws)
    located(ws, "kittiwake")
    save_location(leads(ws), replace(LOCK_UP, code="KITTIWAKE"), by=BY)
    tied(ws, place, "kittiwake")
    decided(ws, "KITTIWAKE")
    group = save_ocg(leads(ws), replace(group, code="GANNET"), by=BY, reason="it was heard")
    return group, place


def test_what_is_kept_of_a_group_follows_it_to_a_new_code(ws, renamed):
    group, place = renamed
    for seen in (leads(ws), as_person(ws, SENIOR, Role.SRO)):
        locations = ocg_file(seen, group.id).locations
        assert [(each.code, each.version) for each in locations] == [("GANNET", 2)] * 2
        assert [tie.subject for tie in get_place(seen, place.id).ties] == ["GANNET"]
        assert [each.id for each in places_of_ocg(seen, "gannet")] == [place.id]
        (entry,) = list_decisions(seen, about=Link(LinkKind.OCG, "GANNET"))
        assert entry.draft.links == (Link(LinkKind.OCG, "KITTIWAKE"),)


def test_each_location_that_follows_is_a_version_with_who_and_why(ws, renamed):
    for each in ocg_file(ws, renamed[0].id).locations:
        with ws.reading() as tx:
            first, last = tx.ocg_locations.revisions(each.id)
        assert first.content["code"].casefold() == "kittiwake"
        assert (last.signature.by, last.signature.reason) == (LEAD, "it was heard")


def test_a_code_that_a_group_gave_up_is_nobody_elses(ws, renamed):
    group, place = renamed
    for person in (others(ws), as_person(ws, SENIOR, Role.SRO)):
        with pytest.raises(Refusal, match=SAYS):
            made_ocg(person, "Kittiwake", lro=OTHER)
    assert get_place(others(ws), place.id).ties == list_decisions(others(ws)) == ()
    assert save_ocg(leads(ws), replace(group, code="KITTIWAKE"), by=BY, reason="back").version == 3


def test_a_hidden_groups_code_is_refused_to_an_edit_as_to_a_new_group(ws):
    made_ocg(ws, "KITTIWAKE")
    mine = made_ocg(others(ws), "TURNSTONE", lro=OTHER)
    for code in ("KITTIWAKE", "kittiwake"):
        with pytest.raises(Refusal, match=SAYS):
            save_ocg(others(ws), replace(mine, code=code), by=BY, reason="better")


def test_the_store_refuses_the_same_code_by_itself(ws):
    """Two who register at once are both told that the code is free."""
    made_ocg(ws, "KITTIWAKE")
    mine = made_ocg(others(ws), "TURNSTONE", lro=OTHER)
    with others(ws).reading() as tx:
        (saved,) = tx.planner.ocgs.revisions(mine.id)
    with others(ws).writing() as tx, pytest.raises(Refusal, match=SAYS):
        tx.planner.ocgs.change(replace(mine, code="kittiwake"), saved.signature)
    assert [each.ocg for each in list_ocgs(others(ws))] == [mine]


def test_what_is_asked_of_the_whole_store_does_not_open_it(ws):
    made_ocg(ws, "KITTIWAKE")
    with others(ws).reading() as tx:
        assert not tx.group_codes.is_free("kittiwake", ocg_id="")
        assert tx.group_codes.is_free("TURNSTONE", ocg_id="")
        assert tx.planner.ocgs.all() == tx.ocg_locations.all() == ()
