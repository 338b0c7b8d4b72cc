"""Whoever is shown what is restricted is on record: the services that show it, and their looks."""

import inspect

import pytest

from chb.domain.access.permissions import Permission
from chb.domain.access.roles import Role
from chb.domain.audit import AuditAction, AuditQuery
from chb.domain.planning.plan_frames import PlanFrame
from chb.services.access import looks
from chb.services.access.need_to_know import who_knows
from chb.services.access.rules import OPEN, RULE, SHOWS
from chb.services.audit import search
from chb.services.planning.disruptions import list_disruptions
from chb.services.planning.intelligence import list_requirements
from chb.services.planning.partnership import search_debriefs
from chb.services.planning.plan_frames import plan_under
from chb.services.planning.plans import plan_of
from chb.services.planning.record_versions import RecordKind, versions_of
from tests.leaks.function_table import FUNCTIONS
from tests.services.access.scopes import as_person
from tests.services.access.test_rules import services
from tests.services.planner_makers import made_ocg, made_plan

RESTRICTED = {
    Permission.SEE_OPERATIONS,
    Permission.GRANT_NEED_TO_KNOW,
    Permission.MANAGE_OCGS,
    Permission.MANAGE_INTELLIGENCE,
    Permission.LOG_DISRUPTIONS,
    Permission.PLAN,
    Permission.DECIDE,
    Permission.MODERATE,
    Permission.LINK_SIGNALS,
    Permission.DISPOSE,
}
"""What opens records of groups, of persons and of intelligence."""

NOT_ON_RECORD = {
    **dict.fromkeys(
        ("planning.plans.plan_of", "planning.plan_frames.plan_under"),
        "asks a service that is on record for the plan",
    ),
    "disposal.preview_disposal": "asks a service that is on record for the thing",
    "planning.ocg_register.overdue_reviews": "asks the register, which is on record",
    **dict.fromkeys(
        ("planning.disruptions.export_disruptions", "planning.my_work.work_as_calendar"),
        "leaves as a disclosure, which is on record",
    ),
    "disposal.dispose": "takes it out, which is on record",
    "planning.disruptions.preview_disruptions": "shows a file of their own before it is imported",
    "disposal.list_disposals": "shows ids and reasons of what is gone",
    **dict.fromkeys(
        ("planning.actions.action_choices", "planning.ocg_register.ocg_codes"),
        "names what lists can be narrowed by; what they then show is on record",
    ),
    "planning.ocg_locations.handling_levels": "shows words for handling, and no location",
    "places.gates.checklist_versions": "shows what every place is asked",
    "places.ties.places_of_ocg": "belongs to the file of the group, which is on record",
    "places.ties.posts_to_fill": "shows who of the partnership has left",
    "home.places.places_at_a_glance": "shows phases and counts of places",
    **dict.fromkeys(
        (f"planning.partnership.{name}" for name in ("find_pathways", "list_meetings")),
        "shows the partnership's own affairs",
    ),
    **dict.fromkeys(
        ("planning.partnership.stakeholder_group", "planning.people.list_people"),
        "shows who works here",
    ),
}
"""Services that show nothing restricted by themselves, each with the reason."""

LEAD, WORDS = "lead@force.example", "Kestrel"


def of_restricted_records():
    """Services that a restricted permission opens, and the planner's that are open to all."""
    return {
        name.removeprefix("chb.services."): each
        for name, each in services().items()
        if getattr(each, RULE, None) in RESTRICTED
        or (getattr(each, RULE, None) == OPEN and name.startswith("chb.services.planning."))
    }


def is_signed(service):
    """Whether it writes in somebody's name."""
    return bool({"by", "edit"} & inspect.signature(service).parameters.keys())


def test_every_service_of_restricted_records_is_on_record_or_says_why_not():
    found = of_restricted_records()
    silent = {name for name, each in found.items() if not getattr(each, SHOWS, "")}
    assert len(found) - len(silent) > 20
    unsigned = {name for name in silent if not is_signed(found[name])}
    assert unsigned - NOT_ON_RECORD.keys() == set(), "neither on record nor excused"
    assert NOT_ON_RECORD.keys() - unsigned == set(), "excused and on record, or gone"


def test_what_is_on_record_is_in_the_table_of_functions():
    shown = {name for name, each in services().items() if getattr(each, SHOWS, "")}
    assert shown <= FUNCTIONS.keys()


@pytest.fixture
def theirs(ws):
    return as_person(ws, LEAD, Role.SRO)


def consulted(ws):
    rows = search(ws, AuditQuery(action=AuditAction.CONSULT, person=LEAD))
    return [(row.object_kind, row.object_id) for row in reversed(rows)]


def test_a_look_names_what_was_looked_at_by_id_and_never_in_words(ws, theirs):
    ocg = made_ocg(ws, WORDS)
    plan = made_plan(ws, ocg_id=ocg.id)
    plan_of(theirs, ocg_id=ocg.id)
    plan_under(theirs, plan.id, next(iter(PlanFrame)))
    list_requirements(theirs, ocg_id=ocg.id)
    search_debriefs(theirs, WORDS)
    who_knows(theirs, ocg_id=ocg.id)
    versions_of(theirs, RecordKind.OCG, ocg.id)
    assert consulted(ws) == [
        ("plan", plan.id),
        ("intelligence requirements", ocg.id),
        ("debriefs", ""),
        ("need to know", ocg.id),
        ("record versions", ocg.id),
    ]


def test_looking_again_is_the_same_look_until_it_is_long_ago(ws, theirs, monkeypatch):
    now_s = [0.0]
    monkeypatch.setattr(looks.time, "monotonic", lambda: now_s[0])
    for now_s[0] in (0.0, 1.0, looks.SAME_LOOK_S - 1, looks.SAME_LOOK_S + 1):
        list_disruptions(theirs)
    assert len(consulted(ws)) == 2


def test_a_look_that_could_not_be_recorded_is_not_shown_and_is_a_new_one_next_time(
    ws, theirs, monkeypatch
):
    def broken(*_given, **_named):
        raise OSError("The disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("chb.store.audit.log.AuditLog.record", broken)
        with pytest.raises(Exception, match="disk is full"):
            list_disruptions(theirs)
    assert consulted(ws) == []
    list_disruptions(theirs)
    assert consulted(ws) == [("disruption log", "")]
