"""What PostgreSQL shows of its own accord is what Python's rules show: no more, and no less."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import product

import pytest
from sqlalchemy import insert, select, text

from chb.domain.access.grants import Basis, NeedToKnow
from chb.domain.access.roles import Role, View
from chb.domain.access.scope import EVERYTHING, OPERATOR, Scope
from chb.domain.ocgs.members import Nominal, NominalRole
from chb.domain.ocgs.register import Ocg, OcgModel, SocCategory
from chb.domain.places.decisions import Decision, DecisionDraft, Link, LinkKind
from chb.domain.places.gates import Evidence, Gate
from chb.domain.places.phases import Phase
from chb.domain.places.records import Tie, TieKind
from chb.domain.planning.debriefs import Debrief
from chb.domain.planning.disruptions import Disruption, DisruptionLevel
from chb.domain.planning.intelligence import PartnerRequest, RequestHeading
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.plans import Pillar, Plan
from chb.domain.planning.signals import Signal, SignalCategory
from chb.domain.planning.stakeholders import Meeting, Sector, Stakeholder
from chb.domain.records import Signature
from chb.store.row_security import tell_scope
from chb.store.store import Store
from chb.store.tables import metadata
from chb.store.tables.decisions import decision
from chb.store.tables.drafts import draft
from chb.store.tables.records import revision
from chb.store.versions_seen import visible_then
from chb.store.visibility import sees_links, visible
from tests.store.test_row_security import bare
from tests.store.test_store import place

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
TODAY = NOW.date()
DAYS = (None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))
"""Of a trigger: none set, past, today and ahead."""
SIGNED = Signature("LRO", NOW, "as tasked")
OURS, OTHERS = "Bank Homes", "Quay Youth"
GROUPS, PLACES = ("o1", "o2"), ("p1", "p2", "p3")
RULED = (
    "ocg",
    "nominal",
    "plan",
    "intervention",
    "disruption",
    "debrief",
    "partner_request",
    "signal",
    "stakeholder",
    "meeting",
    "need_to_know",
    "place",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory, postgres):
    """Records of every kind that is kept apart, about each group, each place and neither."""
    with postgres.database() as address:
        opened = Store(tmp_path_factory.mktemp("views") / "home", address)
        with opened.writing(OPERATOR) as tx:
            _add_subjects(tx)
            _add_plans(tx)
            _add_partnership(tx)
            _add_decisions(tx)
        yield opened
        opened.close()


def _add_subjects(tx):
    for number, group in enumerate(GROUPS):
        tx.planner.ocgs.add(_group(group), SIGNED)
        member = Nominal(
            id=f"n{number}", version=1, ocg_id=group, reference=group, role=NominalRole.PRINCIPAL
        )
        tx.planner.nominals.add(member, SIGNED)
    renamed = replace(tx.planner.ocgs.get("o1"), code="MERLIN")
    assert tx.planner.ocgs.change(renamed, SIGNED)
    for number, place_id in enumerate(PLACES):
        tx.places.add(replace(place(place_id), name=f"Place {number}"))
        for kind, subject in ((TieKind.OCG, "code o1"), (TieKind.OCG, "O2"), (TieKind.OWNER, "x")):
            tx.places.add_entry(place_id, _tie(f"{place_id} {subject}", kind, subject))
        shown = Evidence(Gate.CLEAR_TO_HOLD, "key", 1, True, "words", "", None, "LRO", NOW)
        tx.gates.add_evidence(place_id, shown)


def _tie(tie_id, kind, subject):
    return Tie(
        tie_id=tie_id,
        kind=kind,
        subject=subject,
        is_added=True,
        effective_on=TODAY,
        reason="why",
        recorded_by="LRO",
        recorded_at=NOW,
    )


def _group(group):
    return Ocg(
        id=group,
        version=1,
        code=f"CODE {group}" if group == "o1" else "O2",
        lro="lro@force.example",
        tasked_on=TODAY,
        category=SocCategory.DOMINATE,
        model=OcgModel.CO_OPERATIVE,
    )


def _add_plans(tx):
    subjects = [{"ocg_id": each} for each in GROUPS] + [{"place_id": each} for each in PLACES]
    for subject, trigger in zip(subjects, (*DAYS, None), strict=True):
        (about,) = subject.values()
        plan = Plan(id=f"plan {about}", version=1, aim="a", lead="L", starts_on=TODAY, **subject)
        tx.planner.plans.add(replace(plan, trigger_on=trigger), SIGNED)
        tx.planner.disruptions.add(_event(about, **subject), SIGNED)
        tx.planner.debriefs.add(
            Debrief(id=about, version=1, title="t", held_on=TODAY, worked="w", **subject), SIGNED
        )
        for owner, agency, phase, day in product(
            ("", "P Lead"), (OURS, OTHERS), (Phase.CLEAR, Phase.BUILD), DAYS
        ):
            if phase is Phase.CLEAR or day is None:
                tx.planner.interventions.add(_work(about, owner, agency, phase, day), SIGNED)


def _event(about, **subject):
    return Disruption(
        id=about,
        version=1,
        happened_on=TODAY,
        what="w",
        level=DisruptionLevel.MAJOR,
        pillar=Pillar.PURSUE,
        agency=OURS,
        **subject,
    )


def _work(about, owner, agency, phase, day):
    return Intervention(
        id=f"{about} {owner[:1]} {agency[:1]} {phase[:1]} {day}",
        version=1,
        plan_id=f"plan {about}",
        title="t",
        phase=phase,
        pillar=Pillar.PURSUE,
        lead_agency=agency,
        is_police_led=True,
        owner=owner,
        trigger_on=day,
    )


def _add_partnership(tx):
    for place_id, (signed, review) in zip(
        PLACES, ((TODAY, None), (TODAY, date(2026, 3, 3)), (None, None)), strict=True
    ):
        for agency in (OURS.upper(), OTHERS):
            tx.planner.stakeholders.add(
                _entry(f"{place_id} {agency}", place_id, agency, signed, review), SIGNED
            )
        meeting = Meeting(id=place_id, version=1, place_id=place_id, held_on=TODAY, purpose="p")
        tx.planner.meetings.add(meeting, SIGNED)
    for agency, group, place_id in product((OURS, OTHERS), (None, *GROUPS), (None, *PLACES)):
        tx.planner.partner_requests.add(_request(agency, group, place_id), SIGNED)
    for agency in (OURS, OTHERS):
        signal = Signal(
            id=agency,
            version=1,
            agency=agency,
            category=SignalCategory.HEALTH,
            first_day=TODAY,
            last_day=TODAY,
            cells=frozenset({7}),
        )
        tx.planner.signals.add(signal, SIGNED)
    for person, group in product(("me@x.example", "you@x.example"), GROUPS):
        grant = NeedToKnow(
            id=f"{person} {group}",
            version=1,
            work_email=person,
            basis=Basis.SHARED,
            ocg_id=group,
            starts_on=TODAY,
        )
        tx.planner.grants.add(grant, SIGNED)


def _entry(entry_id, place_id, agency, signed, review):
    return Stakeholder(
        id=entry_id,
        version=1,
        place_id=place_id,
        agency=agency,
        sector=Sector.THIRD,
        contact_role="Manager",
        isa_signed_on=signed,
        isa_review_on=review,
    )


def _request(agency, group, place_id):
    return PartnerRequest(
        id=f"{agency[:1]} {group} {place_id}",
        version=1,
        agency=agency,
        heading=RequestHeading.CRIME,
        question="q",
        asked_by="l",
        asked_on=TODAY,
        due_on=TODAY,
        ocg_id=group,
        place_id=place_id,
    )


def _add_decisions(tx):
    links = {
        "nothing": (),
        "a place": (Link(LinkKind.PLACE, "p1"),),
        "a group": (Link(LinkKind.OCG, "MERLIN"),),
        "its code before": (Link(LinkKind.OCG, "CODE o1"),),
        "another group": (Link(LinkKind.PLACE, "p1"), Link(LinkKind.OCG, "o2")),
        "a plan": (Link(LinkKind.PLAN, "plan o2"),),
        "open work": (Link(LinkKind.INTERVENTION, f"p1  B C {DAYS[1]}"),),
        "secret work": (Link(LinkKind.INTERVENTION, f"p1  B C {DAYS[3]}"),),
        "an event": (Link(LinkKind.DISRUPTION, "o2"),),
    }
    for about, to in links.items():
        said = DecisionDraft(what=about, rationale="r", taken_on=TODAY, links=to)
        tx.decisions.add(Decision(about, said, "LRO", NOW))


def _scope(view, *roles, agency="Police", **more):
    return Scope(
        person="me@x.example",
        name="P Lead",
        agency=agency,
        roles=frozenset(roles),
        view=view,
        on=TODAY,
        **{name: frozenset(ids) for name, ids in more.items()},
    )


SCOPES = {
    "operator": OPERATOR,
    "senior officer": _scope(
        View.RESTRICTED, Role.SRO, ocg_ids=EVERYTHING, indoctrinated_ids=EVERYTHING
    ),
    "let in": _scope(View.RESTRICTED, Role.P_LEAD, ocg_ids={"o1"}),
    "let in on the other": _scope(View.RESTRICTED, Role.P_LEAD, ocg_ids={"o2"}),
    "indoctrinated": _scope(
        View.RESTRICTED, Role.LRO, ocg_ids={"o1", "o2"}, indoctrinated_ids={"o1", "p2"}
    ),
    "not let in": _scope(View.RESTRICTED, Role.ANALYST),
    "partner": _scope(View.PARTNER, Role.PARTNER, agency=OURS, ocg_ids={"o1"}),
    "partner without": _scope(View.COMMUNITY, Role.PARTNER, agency="Nobody", ocg_ids={"o1"}),
    "no agency": _scope(View.PARTNER, Role.PARTNER, agency=""),
    "host": _scope(View.PARTNER, Role.CSP_MANAGER, agency=OTHERS),
    "host without": _scope(View.COMMUNITY, Role.CSP_MANAGER, Role.PARTNER, agency=OURS),
    "administrator": _scope(View.NONE, Role.ADMINISTRATOR),
}


@pytest.fixture(params=SCOPES)
def scope(request):
    return SCOPES[request.param]


def shown(connection, query):
    return sorted(connection.execute(query).scalars())


def both(store, scope, query, condition):
    """What Python's condition finds where nothing is kept back, and what PostgreSQL lets be."""
    with bare(store) as connection:
        unit = store.unit(connection, scope)
        tell_scope(connection, OPERATOR)
        ruled = shown(connection, query.where(condition(unit)))
        tell_scope(connection, scope)
        return ruled, shown(connection, query)


def test_a_table_shows_what_its_rule_shows(store, scope):
    for name in RULED:
        table = metadata.tables[name]
        ruled, found = both(store, scope, select(table.c.id), partial(visible, table=table))
        assert (name, found) == (name, ruled)
        assert found or scope is not OPERATOR


def test_saved_versions_are_shown_by_what_they_say(store, scope):
    for name in RULED[:-1]:
        query = select(revision.c.record_id).where(revision.c.kind == name)
        seen = partial(visible_then, table=metadata.tables[name])
        ruled, found = both(store, scope, query, seen)
        assert (name, found) == (name, ruled)


def test_the_decision_log_is_withheld_with_what_it_is_about(store, scope):
    ruled, found = both(
        store, scope, select(decision.c.id), lambda unit: sees_links(unit, decision.c.id)
    )
    assert found == ruled
    with bare(store) as connection:
        tell_scope(connection, scope)
        links = text("SELECT DISTINCT decision_id FROM decision_link")
        assert set(shown(connection, links)) == set(ruled) - {"nothing"}


def test_what_hangs_on_places_is_what_a_place_is_shown_with(store, scope):
    with store.reading(OPERATOR) as tx:
        every = {(each.id, tie.tie_id) for each in tx.places.all() for tie in each.ties}
    with store.reading(scope) as tx:
        seen = tx.places.all()
    ties = {tie.tie_id for each in seen for tie in each.ties}
    phases = sorted(change.phase for each in seen for change in each.history)
    assert len(every) == 9
    with bare(store) as connection:
        tell_scope(connection, scope)
        assert set(shown(connection, text("SELECT tie_id FROM place_tie"))) == ties
        assert shown(connection, text("SELECT phase FROM intensity_change")) == phases
        n_shown = len(shown(connection, text("SELECT words FROM gate_evidence")))
        assert n_shown == (3 if scope.view == View.RESTRICTED else 0)


def test_only_a_signal_that_is_shown_has_cells(store, scope):
    with bare(store) as connection:
        tell_scope(connection, scope)
        signals = shown(connection, text("SELECT id FROM signal"))
        assert shown(connection, text("SELECT signal_id FROM signal_cell")) == signals


def test_words_not_sent_yet_are_their_writers(store, scope):
    with bare(store) as connection:
        tell_scope(connection, OPERATOR)
        people = ("me@x.example", "you@x.example")
        rows = [{"person": p, "form": "f", "content": {}, "saved_at": NOW} for p in people]
        connection.execute(insert(draft), rows)
        tell_scope(connection, scope)
        expected = sorted(people) if scope is OPERATOR else [scope.person]
        assert shown(connection, text("SELECT person FROM draft")) == expected


def test_what_the_view_hides_can_be_saved_but_not_read(store):
    """Who plans Clear need not be who is in its secret; the service answers as it was sent."""
    scope = SCOPES["not let in"]
    hidden = replace(_work("p3", "", OURS, Phase.CLEAR, DAYS[3]), id="hidden")
    with store.writing(scope) as tx:
        tx.planner.interventions.add(hidden, SIGNED)
        assert tx.planner.interventions.get("hidden") is None
        found = tx.planner.interventions._connection.execute(
            text("SELECT count(*) FROM intervention WHERE id = 'hidden'")
        )
        assert found.scalar_one() == 0
