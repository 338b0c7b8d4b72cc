"""PostgreSQL keeps rows apart by itself, whoever owns the tables and whatever we forget."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from chb.domain.access.scope import OPERATOR
from chb.domain.ocgs.members import Nominal, NominalRole
from chb.domain.ocgs.register import Ocg, OcgModel, SocCategory
from chb.domain.records import Signature
from chb.store.row_security import tell_scope
from chb.store.store import Store
from chb.store.writes import WRITES

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
)


@pytest.fixture
def store(tmp_path, postgres):
    """Two groups with a member each, in tables owned by a role without special rights."""
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
def owned(store):
    """A connection as the owner of the tables, who is no superuser."""
    writing = store.engine.connect().execution_options(**WRITES)
    with writing as connection, connection.begin() as transaction:
        connection.execute(text("CREATE ROLE holdfast_owner NOSUPERUSER NOBYPASSRLS"))
        connection.execute(text("GRANT ALL ON ALL TABLES IN SCHEMA public TO holdfast_owner"))
        connection.execute(text("GRANT ALL ON SCHEMA public TO holdfast_owner"))
        for table in GUARDED:
            connection.execute(text(f"ALTER TABLE {table} OWNER TO holdfast_owner"))
        connection.execute(text("SET LOCAL ROLE holdfast_owner"))
        yield connection
        transaction.rollback()


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


def test_a_connection_that_was_told_nothing_sees_nothing(owned):
    assert {table: count(owned, table) for table in ("ocg", "nominal", "revision")} == {
        "ocg": 0,
        "nominal": 0,
        "revision": 0,
    }


def test_a_scope_sees_its_own_group_only(owned):
    tell_scope(owned, ["o1"])
    assert owned.execute(text("SELECT code FROM ocg")).scalars().all() == ["KITTIWAKE"]
    assert owned.execute(text("SELECT id FROM nominal")).scalars().all() == ["n1"]
    assert count(owned, "revision") == 2


def test_everything_is_seen_by_a_scope_of_everything(owned):
    tell_scope(owned, ["*"])
    assert count(owned, "ocg") == 2


def test_what_is_not_seen_is_neither_changed_nor_added_to(owned):
    tell_scope(owned, ["o1"])
    changed = owned.execute(text("UPDATE ocg SET summary = 'x' WHERE id = 'o2'"))
    assert changed.rowcount == 0
    with pytest.raises(DBAPIError, match="row-level security"), owned.begin_nested():
        owned.execute(text("UPDATE nominal SET ocg_id = 'o2' WHERE id = 'n1'"))


def test_what_a_connection_was_told_ends_with_its_transaction(store):
    """The next to borrow the pooled connection is told nothing by the one before."""
    with store.engine.connect() as connection:
        with connection.begin():
            tell_scope(connection, ["o1"])
        told = connection.execute(text("SELECT current_setting('holdfast.ocg_ids', true)"))
        assert not told.scalar_one()


def test_a_plain_view_does_not_see_past_the_guard_when_it_asks_as_its_user(owned):
    owned.execute(
        text("CREATE TEMP VIEW codes WITH (security_invoker = true) AS SELECT code FROM ocg")
    )
    tell_scope(owned, ["o2"])
    assert owned.execute(text("SELECT code FROM codes")).scalars().all() == ["TURNSTONE"]
