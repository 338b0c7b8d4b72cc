"""PostgreSQL keeps rows apart by itself, whoever owns the tables and whatever we forget."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from chb.domain.access.roles import Role, View
from chb.domain.access.scope import EVERYTHING, OPERATOR, Scope
from chb.domain.ocgs.members import Nominal, NominalRole
from chb.domain.ocgs.register import Ocg, OcgModel, SocCategory
from chb.domain.places.phases import Phase
from chb.domain.planning.intelligence import PartnerRequest, RequestHeading
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.plans import Pillar, Plan
from chb.domain.planning.stakeholders import Sector, Stakeholder
from chb.domain.records import Signature
from chb.store.row_security import tell_scope
from chb.store.store import Store
from chb.store.writes import WRITES
from tests.store.filling import fill_every_table
from tests.store.test_store import place

TODAY = date(2026, 3, 4)
SIGNED = Signature("LRO", datetime(2026, 3, 4, 10, 30, tzinfo=UTC), "as tasked")
GUARDED = (
    "ocg",
    "ocg_score",
    "morile_score",
    "ocg_review",
    "nominal",
    "ocg_link",
    "plan",
    "intervention",
    "disruption",
    "intelligence_requirement",
    "partner_request",
    "signal_link",
    "debrief",
    "need_to_know",
    "legal_hold",
    "retention_review",
    "ocg_location",
    "revision",
    "stakeholder",
    "signal",
    "signal_cell",
    "meeting",
    "asset_contact",
    "referral_pathway",
    "place",
    "place_boundary",
    "place_cell",
    "place_name",
    "place_opening",
    "place_relation",
    "place_tie",
    "intensity_change",
    "gate_evidence",
    "decision",
    "decision_link",
    "draft",
)


@pytest.fixture
def store(tmp_path, postgres):
    """Two groups with a member each, in tables whose owner, who asks, is no superuser."""
    with postgres.database() as address:
        opened = Store(tmp_path / "home", address)
        with opened.writing(OPERATOR) as tx:
            for number, code in enumerate(("KITTIWAKE", "TURNSTONE"), start=1):
                tx.planner.ocgs.add(_group(f"o{number}", code), SIGNED)
                member = Nominal(
                    id=f"n{number}",
                    version=1,
                    ocg_id=f"o{number}",
                    reference=f"N{number}",
                    role=NominalRole.PRINCIPAL,
                )
                tx.planner.nominals.add(member, SIGNED)
        yield opened
        opened.close()


@pytest.fixture
def filled(tmp_path, postgres):
    """Rows in every table."""
    with postgres.database() as address:
        opened = Store(tmp_path / "home", address)
        fill_every_table(opened.engine)
        yield opened
        opened.close()


@pytest.fixture
def owned(store):
    """A bare connection as the owner of the tables."""
    with bare(store) as connection:
        yield connection


@contextmanager
def bare(store):
    """A connection that was told nothing yet, and leaves nothing behind."""
    writing = store.engine.connect().execution_options(**WRITES)
    with writing as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


def officer(*ocg_ids, **more):
    """The scope of an officer who was let in on these groups."""
    return Scope(
        person="p@force.example",
        name="P Lead",
        roles=frozenset({Role.P_LEAD}),
        view=View.RESTRICTED,
        on=TODAY,
        **{"ocg_ids": frozenset(ocg_ids)} | more,
    )


def _group(ocg_id, code):
    return Ocg(
        id=ocg_id,
        version=1,
        code=code,
        lro="lro@example.org",
        tasked_on=date(2026, 1, 5),
        category=SocCategory.DOMINATE,
        model=OcgModel.CO_OPERATIVE,
    )


def count(connection, table):
    return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


def test_every_table_that_concerns_a_group_is_guarded_for_its_owner_too(store):
    query = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
    with store.engine.connect() as connection:
        assert set(connection.execute(text(query)).scalars()) == set(GUARDED)


def test_a_connection_that_was_told_nothing_sees_nothing(filled):
    with bare(filled) as connection:
        assert {table: count(connection, table) for table in GUARDED} == dict.fromkeys(GUARDED, 0)
        tell_scope(connection, OPERATOR)
        assert all(count(connection, table) for table in GUARDED)


def test_a_scope_sees_its_own_group_only(owned):
    tell_scope(owned, officer("o1"))
    assert owned.execute(text("SELECT code FROM ocg")).scalars().all() == ["KITTIWAKE"]
    assert owned.execute(text("SELECT id FROM nominal")).scalars().all() == ["n1"]
    assert count(owned, "revision") == 2


def test_everything_is_seen_by_a_scope_of_everything(owned):
    tell_scope(owned, officer("*"))
    assert count(owned, "ocg") == 2


def test_what_is_not_seen_is_neither_changed_nor_added_to(owned):
    tell_scope(owned, officer("o1"))
    changed = owned.execute(text("UPDATE ocg SET summary = 'x' WHERE id = 'o2'"))
    assert changed.rowcount == 0
    with pytest.raises(DBAPIError, match="row-level security"), owned.begin_nested():
        owned.execute(text("UPDATE nominal SET ocg_id = 'o2' WHERE id = 'n1'"))


def test_what_a_connection_was_told_ends_with_its_transaction(store):
    """The next to borrow the pooled connection is told nothing by the one before."""
    with store.engine.connect() as connection:
        with connection.begin():
            tell_scope(connection, officer("o1"))
        told = connection.execute(text("SELECT current_setting('holdfast.ocg_ids', true)"))
        assert not told.scalar_one()


def test_a_plain_view_does_not_see_past_the_guard_when_it_asks_as_its_user(owned):
    owned.execute(
        text("CREATE TEMP VIEW codes WITH (security_invoker = true) AS SELECT code FROM ocg")
    )
    tell_scope(owned, officer("o2"))
    assert owned.execute(text("SELECT code FROM codes")).scalars().all() == ["TURNSTONE"]


AGENCIES = ("Bank Homes", "Quay Youth")
SIGNED_ON = date(2026, 1, 1)
REVIEWS = (date(2026, 3, 4), date(2026, 3, 3), None)
"""Of the agreements of the first agency: to the end of today, until yesterday, without end."""


@pytest.fixture
def shared(store):
    """Three places: a plan at each with work of either agency, and what each agency signed."""
    with store.writing(OPERATOR) as tx:
        for at, review in enumerate(REVIEWS):
            tx.places.add(replace(place(), id=f"p{at}", name=f"Place {at}"))
            tx.planner.plans.add(_plan(at), SIGNED)
            for agency in AGENCIES:
                for phase in (Phase.HOLD, Phase.BUILD):
                    tx.planner.interventions.add(_work(at, agency, phase), SIGNED)
                tx.planner.partner_requests.add(_request(at, agency), SIGNED)
            if at < 2:
                tx.planner.stakeholders.add(_entry(at, AGENCIES[0].upper(), review), SIGNED)
            tx.planner.stakeholders.add(_entry(at, "Another", None), SIGNED)
        tx.planner.partner_requests.add(
            replace(_request(0, AGENCIES[0]), id="r", place_id=None, ocg_id="o1"), SIGNED
        )
    return store


def _plan(at):
    return Plan(id=f"plan{at}", version=1, aim="a", lead="l", starts_on=TODAY, place_id=f"p{at}")


def _work(at, agency, phase):
    return Intervention(
        id=f"{at} {agency} {phase}",
        version=1,
        plan_id=f"plan{at}",
        title="t",
        phase=phase,
        pillar=Pillar.PROTECT,
        lead_agency=agency,
        is_police_led=False,
    )


def _request(at, agency):
    return PartnerRequest(
        id=f"{at} {agency}",
        version=1,
        agency=agency,
        heading=RequestHeading.CRIME,
        question="q",
        asked_by="l",
        asked_on=TODAY,
        due_on=TODAY,
        place_id=f"p{at}",
    )


def _entry(at, agency, review):
    return Stakeholder(
        id=f"{at} {agency}",
        version=1,
        place_id=f"p{at}",
        agency=agency,
        sector=Sector.THIRD,
        contact_role="Manager",
        isa_signed_on=SIGNED_ON,
        isa_review_on=review,
    )


def _partner(agency, *roles):
    return Scope(
        person="x@example.org",
        agency=agency,
        roles=frozenset(roles or {Role.PARTNER}),
        view=View.PARTNER,
        on=TODAY,
        ocg_ids=frozenset({"o1"}),
    )


@pytest.mark.parametrize(
    ("scope", "n_work", "n_requests", "n_entries"),
    [
        (_partner("bank homes"), 7, 2, 1),
        (_partner("Quay Youth"), 6, 0, 0),
        (_partner(""), 6, 0, 0),
        (_partner("Council", Role.CSP_MANAGER), 12, 0, 5),
    ],
)
def test_an_agency_reads_where_it_has_signed_and_the_database_says_the_same(
    shared, scope, n_work, n_requests, n_entries
):
    """Its own work at the place it signed for, and Build everywhere; a host all but requests."""
    with shared.reading(scope) as tx:
        ruled = {
            "intervention": {each.id for each in tx.planner.interventions.all()},
            "partner_request": {each.id for each in tx.planner.partner_requests.all()},
            "stakeholder": {each.id for each in tx.planner.stakeholders.all()},
        }
    assert [len(each) for each in ruled.values()] == [n_work, n_requests, n_entries]
    with bare(shared) as connection:
        tell_scope(connection, scope)
        for table, ids in ruled.items():
            assert ids_in(connection, table) == ids


def ids_in(connection, table):
    return set(connection.execute(text(f"SELECT id FROM {table}")).scalars())


def test_a_connection_that_was_told_no_agency_is_shown_build_alone(shared):
    with bare(shared) as connection:
        tell_scope(connection, replace(_partner(""), ocg_ids=EVERYTHING))
        assert count(connection, "intervention") == 6
        assert count(connection, "partner_request") == count(connection, "stakeholder") == 0
