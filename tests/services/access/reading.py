"""Reading everything there is as one person, and what must be found: no more, and no less."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest

from chb.domain.access.roles import Role
from chb.domain.access.scope import PUBLIC_DATA, NotForYou
from chb.domain.places.phases import Phase
from chb.domain.refusal import Refusal
from chb.services.access.need_to_know import who_knows
from chb.services.places.decisions import get_decision, list_decisions
from chb.services.places.register import get_place, list_places
from chb.services.planning.disruptions import list_disruptions
from chb.services.planning.intelligence import list_requests, list_requirements
from chb.services.planning.my_work import my_work
from chb.services.planning.ocg_register import list_ocgs, ocg_file
from chb.services.planning.partnership import search_debriefs, stakeholder_group
from chb.services.planning.plans import list_plans, plan_view
from chb.services.planning.record_versions import RecordKind, versions_of
from chb.services.planning.signals import linked_signals, sent_signals, signals_during
from chb.services.views.community_work import community_places, community_tasks, community_work
from chb.services.views.partner_work import (
    partner_places,
    partner_signals,
    partner_tasks,
    partner_work,
)
from chb.services.workspace import Workspace
from tests.services.access.model import Member, Model

MARK = re.compile(r"(?:TK|SH)\d{4}X", re.IGNORECASE)
VERSIONED = {
    "ocgs": RecordKind.OCG,
    "nominals": RecordKind.NOMINAL,
    "ocg_links": RecordKind.LINK,
    "locations": RecordKind.LOCATION,
    "requirements": RecordKind.REQUIREMENT,
    "partner_requests": RecordKind.REQUEST,
    "plans": RecordKind.PLAN,
    "interventions": RecordKind.INTERVENTION,
}
OF_PLANNER = (
    *(kind for kind in VERSIONED if kind != "locations"),
    "disruptions",
    "signals",
    "stakeholders",
    "grants",
)
NEVER_WAS = "00000000-0000-4000-8000-000000000000"
MANY = 1_000_000
"""More than is ever kept in a test."""


def marks(*answers: Any) -> set[str]:
    """The marks in whatever was answered."""
    return {found.upper() for found in MARK.findall(repr(answers))}


def all_signals(ws: Workspace) -> Any:
    """What the page of signals could list."""
    return signals_during(ws, first_day=date.min, last_day=date.max, most=MANY).latest


def check_everything(ws: Workspace, who: Member, model: Model) -> None:
    """What the person reads is what they need to know, whichever way they ask."""
    check_store(ws, who, model)
    if who.is_officer:
        check_restricted_services(ws, who, model)
    else:
        check_refused(ws, model)
        check_open_services(ws, who, model)
    check_views(ws, who, model)
    check_absent(ws, who, model)


def check_store(ws: Workspace, who: Member, model: Model) -> None:
    """Records, their number, and their saved versions."""
    with ws.reading() as tx:
        for kind in OF_PLANNER:
            records = getattr(tx.planner, kind)
            expected = model.seen(who, kind)
            assert {each.id for each in records.all()} == expected, (who.email, kind)
            assert records.count() == len(expected), (who.email, kind)
            for thing in model.of(kind):
                assert len(records.revisions(thing.id)) == model.n_versions_seen(who, thing)
        assert {str(each.id) for each in tx.ocg_locations.all()} == model.seen(who, "locations")
        assert tx.ocg_locations.count() == len(model.seen(who, "locations"))
        assert {each.id for each in tx.places.all()} == model.seen(who, "places")
        assert {each.id for each in tx.decisions.all()} == model.seen(who, "decisions")


def check_engine(ws: Workspace) -> None:
    """What works on public figures is shown no record at all."""
    with ws.seen_by(PUBLIC_DATA).reading() as tx:
        for kind in OF_PLANNER:
            assert getattr(tx.planner, kind).all() == ()
        assert tx.ocg_locations.all() == tx.decisions.all() == tx.places.all() == ()


def check_restricted_services(ws: Workspace, who: Member, model: Model) -> None:
    """An officer finds every word they need to know, and no other."""
    plans, groups, places = list_plans(ws), list_ocgs(ws), list_places(ws)
    said = marks(
        groups,
        plans,
        places,
        [ocg_file(ws, each.ocg.id) for each in groups],
        [plan_view(ws, each.id) for each in plans],
        list_disruptions(ws),
        list_decisions(ws),
        list_requirements(ws),
        list_requests(ws),
        all_signals(ws),
        linked_signals(ws),
        [who_knows(ws, ocg_id=each.id) for each in model.of("ocgs")],
        [who_knows(ws, place_id=each.id) for each in places],
        [stakeholder_group(ws, each.id) for each in places],
        [
            versions_of(ws, VERSIONED[each.kind], each.id)
            for each in model.things
            if each.kind in VERSIONED
        ],
        [my_work(ws, each.record.owner) for each in model.of("interventions")],
    )
    expected = model.words_for_officer(who)
    assert said - expected == set(), f"{who.email} reads too much"
    assert expected - said == set(), f"{who.email} does not find"


def check_refused(ws: Workspace, model: Model) -> None:
    """Nobody else is let near the restricted screens."""
    some = model.of("ocgs")[0].id
    refused: Iterable[Callable[[], Any]] = (
        lambda: ocg_file(ws, some),
        lambda: who_knows(ws, ocg_id=some),
        lambda: list_disruptions(ws),
        lambda: list_decisions(ws),
        lambda: linked_signals(ws),
        lambda: versions_of(ws, RecordKind.OCG, some),
    )
    for ask in refused:
        with pytest.raises(NotForYou):
            ask()


def check_open_services(ws: Workspace, who: Member, model: Model) -> None:
    """Of what anybody may ask for, everyone else is told of their own agency only."""
    places = list_places(ws)
    said = marks(
        list_ocgs(ws),
        places,
        list_requirements(ws),
        list_requests(ws),
        search_debriefs(ws),
        [stakeholder_group(ws, each.id) for each in places],
        [] if who.role is Role.ADMINISTRATOR else (all_signals(ws), sent_signals(ws, who.agency)),
    )
    expected = marks(
        [
            each.record
            for kind in ("partner_requests", "signals", "stakeholders")
            for each in model.of(kind)
            if model.sees(who, each)
        ],
        model.codes_told(who),
    )
    assert said == expected, who.email


def check_views(ws: Workspace, who: Member, model: Model) -> None:
    """The shared views hold the wording for partners, of work that is no secret."""
    shared = model.shared_work(who)
    if who.role is Role.ADMINISTRATOR:
        for view in (partner_places, partner_tasks, community_places, community_tasks):
            with pytest.raises(NotForYou):
                view(ws)
        return
    build = _shared_words(each for each in shared if each.record.phase == Phase.BUILD)
    assert marks(community_tasks(ws)) == build, who.email
    assert marks(community_work(ws, most=MANY).tasks) == build, who.email
    assert marks(community_places(ws)) <= build
    if not (who.is_officer or model.has_agreement(who)):
        with pytest.raises(NotForYou):
            partner_tasks(ws)
        return
    everybodys = _shared_words(model.work_of_partners(who))
    assert marks(partner_tasks(ws)) == everybodys, who.email
    assert marks(partner_work(ws, most=MANY).tasks) == everybodys, who.email
    codes = marks(model.codes_told(who))
    assert codes <= marks(partner_places(ws)) <= everybodys | codes, who.email
    sent = [each.words for each in model.of("signals") if model.sees(who, each)]
    assert marks(partner_signals(ws)) == set().union(*sent), who.email


def check_absent(ws: Workspace, who: Member, model: Model) -> None:
    """What is hidden is answered in the words for what never was."""
    asks: dict[str, Callable[[Workspace, str], Any]] = {"places": get_place}
    if who.is_officer:
        asks |= {"plans": plan_view, "ocgs": ocg_file, "decisions": get_decision}
    for kind, ask in asks.items():
        for thing in model.of(kind):
            if not model.sees(who, thing):
                assert answer(ask, ws, thing.id) == answer(ask, ws, NEVER_WAS), (who.email, kind)


def answer(ask: Callable[[Workspace, str], Any], ws: Workspace, thing_id: str) -> str:
    """The refusal in words, the id left out."""
    with pytest.raises(Refusal, match="not there") as refused:
        ask(ws, thing_id)
    return str(refused.value).replace(thing_id, "")


def _shared_words(work: Iterable[Any]) -> set[str]:
    return marks([each.record.shared_title for each in work])
