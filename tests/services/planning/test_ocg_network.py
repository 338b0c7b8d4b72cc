"""What ties groups, and what was recorded of one: nobody learns of a group that is not theirs.

Two worlds are compared: one where a second group exists and is tied to the first in every way
there is, and one where it does not. Whoever may see the first only is shown the same in both.
"""

from dataclasses import replace
from datetime import date

import pytest

from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou
from chb.domain.ocgs.families import family_tree
from chb.domain.ocgs.locations import Confidence, LocationKind, OcgLocation
from chb.domain.ocgs.members import FamilyLink, Nominal, NominalRole, OcgLink, OcgLinkKind
from chb.domain.refusal import Refusal
from chb.services.planning.ocg_history import file_history
from chb.services.planning.ocg_locations import save_location
from chb.services.planning.ocg_network import group_network
from chb.services.planning.ocg_register import (
    list_ocgs,
    ocg_file,
    save_nominal,
    save_ocg_link,
)
from chb.services.workspace import open_workspace
from tests.conftest import fixed_clock
from tests.services.access.scopes import as_person, granted
from tests.services.planner_makers import BY, made_disruption, made_ocg, made_score

LEAD, OTHER, SRO = "lro@example.org", "other@example.org", "sro@example.org"
LET_IN = "in@example.org"
HIDDEN = "MERGANSER"
SHED = OcgLocation(
    code="KITTIWAKE",
    kind=LocationKind.STORAGE,
    longitude=-1.49,
    latitude=53.36,
    radius_m=250.0,
    confidence=Confidence.LOW,
    valid_from=None,
    valid_to=None,
    source="log 41",
    handling="police only",
)


def nominal_of(ws, ocg, reference, *family):
    person = Nominal(ocg_id=ocg.id, reference=reference, role=NominalRole.PRINCIPAL, family=family)
    return save_nominal(ws, person, by=BY)


def make(ws, *, with_hidden):
    """The groups of one lead, and perhaps one more of another, tied to them in every way."""
    mine, second = made_ocg(ws, "KITTIWAKE", lro=LEAD), made_ocg(ws, "TURNSTONE", lro=LEAD)
    made_score(ws, mine)
    hidden = made_ocg(ws, HIDDEN, lro=OTHER) if with_hidden else None
    if hidden:
        nominal_of(ws, hidden, "N7", FamilyLink("K1", "brother", "At risk"))
        for kind in OcgLinkKind:
            link = OcgLink(ocg_id=hidden.id, other_id=mine.id, kind=kind, note=HIDDEN)
            save_ocg_link(ws, link, by=BY)
        save_location(ws, replace(SHED, code=HIDDEN), by=BY)
        nominal_of(ws, hidden, "K1")
        made_disruption(ws, ocg_id=hidden.id)
    nominal_of(ws, mine, "K1", FamilyLink("N7", "brother"))
    nominal_of(ws, second, "k1")
    rivals = OcgLink(ocg_id=mine.id, other_id=second.id, kind=OcgLinkKind.RIVALRY)
    save_ocg_link(ws, rivals, by=BY)
    save_location(ws, SHED, by=BY)
    return mine, hidden


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    """The world with the hidden group, and the world without."""
    made = []
    for with_hidden in (True, False):
        home = tmp_path_factory.mktemp("world") / "home"
        ws = open_workspace(home, clock=fixed_clock, database_url="")
        made.append((ws, *make(ws, with_hidden=with_hidden)))
    yield made
    for ws, *_ in made:
        ws.store.close()


def shown_to(ws, mine):
    """All that the page draws of the network, the family, the locations and the history.

    Ids are made anew in each world: a group goes by its code.
    """
    network, file = group_network(ws), ocg_file(ws, mine.id)
    codes = network.codes
    return {
        "register": [(each.ocg.code, each.review_due_on) for each in list_ocgs(ws)],
        "groups": list(codes.values()),
        "links": [(codes[each.ocg_id], codes[each.other_id], each.kind) for each in network.links],
        "pairs": sorted(sorted(codes[end] for end in pair) for pair in network.pairs()),
        "shared": [
            (each.reference, [codes[ocg_id] for ocg_id, _ in each.roles]) for each in network.shared
        ],
        "near": list(network.around(mine.id).codes.values()),
        "unlinked": [each.ocg.code for each in network.unlinked],
        "family": family_tree(file.nominals),
        "locations": [file.number_of(each) for each in file.locations],
        "history": [
            (each.what, each.by, each.reason, each.changed) for each in file_history(ws, mine.id)
        ],
    }


def test_whoever_leads_one_group_is_shown_the_same_with_and_without_another(worlds):
    (ws, mine, _), (ws_without, mine_without, _) = worlds
    with_it = shown_to(as_person(ws, LEAD, Role.LRO), mine)
    without = shown_to(as_person(ws_without, LEAD, Role.LRO), mine_without)
    assert with_it == without
    assert with_it["links"] == [("KITTIWAKE", "TURNSTONE", OcgLinkKind.RIVALRY)]
    assert with_it["shared"] == [("K1", ["KITTIWAKE", "TURNSTONE"])]
    assert with_it["locations"] == [1]


def test_the_senior_officer_sees_every_tie(worlds):
    (ws, mine, hidden), _ = worlds
    network = group_network(as_person(ws, SRO, Role.SRO))
    assert len(network.links) == len(OcgLinkKind) + 1
    (shared,) = network.shared
    assert {ocg_id for ocg_id, _ in shared.roles} >= {mine.id, hidden.id}
    words = [each.what for each in file_history(as_person(ws, SRO, Role.SRO), mine.id)]
    assert f"Link: rivalry with {HIDDEN}" in words


def test_of_two_groups_one_let_in_on_one_sees_no_tie_between_them(worlds):
    (ws, mine, hidden), _ = worlds
    granted(ws, LET_IN, ocg_id=hidden.id)
    theirs = as_person(ws, LET_IN, Role.P_LEAD)
    network = group_network(theirs)
    assert list(network.codes.values()) == [HIDDEN]
    assert (network.links, network.shared, network.pairs()) == ((), (), ())
    with pytest.raises(Refusal) as refused:
        file_history(theirs, mine.id)
    assert mine.code not in str(refused.value)


@pytest.mark.parametrize("role", [Role.PARTNER, Role.CSP_MANAGER, Role.CO_ORDINATOR])
def test_partners_do_not_ask_at_all_even_when_let_in_on_a_code(worlds, role):
    (ws, mine, _), _ = worlds
    email = f"{role.name.lower()}@example.org"
    granted(ws, email, ocg_id=mine.id)
    theirs = as_person(ws, email, role)
    for ask in (group_network, lambda asked: file_history(asked, mine.id)):
        with pytest.raises(NotForYou):
            ask(theirs)


def test_who_was_let_in_on_nothing_sees_an_empty_network(worlds):
    (ws, *_), _ = worlds
    network = group_network(as_person(ws, "p@example.org", Role.P_LEAD))
    assert (network.groups, network.links, network.shared) == ((), (), ())


def test_locations_are_numbered_on_their_file_and_not_by_what_lies_between(ws):
    mine, other = made_ocg(ws), made_ocg(ws, "TURNSTONE")
    for code in ("KITTIWAKE", "TURNSTONE", "TURNSTONE", "KITTIWAKE"):
        save_location(ws, replace(SHED, code=code), by=BY)
    for ocg in (mine, other):
        file = ocg_file(ws, ocg.id)
        assert [file.number_of(each) for each in file.locations] == [1, 2]


def test_the_history_of_a_file_holds_every_version_the_latest_first(ws):
    mine = made_ocg(ws)
    made_score(ws, mine)
    kept = nominal_of(ws, mine, "K1")
    save_nominal(ws, replace(kept, function="Lookout"), by="P lead", reason="Seen twice")
    shed = save_location(ws, SHED, by=BY)
    ended = replace(shed, valid_to=date(2026, 3, 1))
    save_location(ws, ended, by=BY, reason="Handed back")
    events = file_history(ws, mine.id)
    assert [each.at for each in events] == sorted((each.at for each in events), reverse=True)
    told = {(each.what, each.changed, each.reason) for each in events}
    assert ("Nominal K1", ("function",), "Seen twice") in told
    assert ("Location: storage", ("valid_to",), "Handed back") in told
    assert ("The group", (), "") in told
    assert ("Scored 2B, Tier 1", (), "") in told
    assert len(events) == 6
    assert len(file_history(ws, mine.id, most=2)) == 2
