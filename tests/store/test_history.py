"""History is only ever added to: the database itself refuses anything else."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from chb.domain.access.scope import OPERATOR
from chb.store.append_only import guarded_tables, guards_lifted
from chb.store.tables import metadata
from tests.store.test_store import place

GUARDED = (
    "place_boundary",
    "place_cell",
    "intensity_change",
    "place_name",
    "place_opening",
    "place_relation",
    "place_tie",
    "gate_checklist",
    "gate_evidence",
    "decision",
    "decision_link",
    "disposal",
)


def run(store, statement: str) -> None:
    with store.connection(OPERATOR, writes=True) as connection:
        connection.execute(text(statement))


def test_every_history_is_guarded(store):
    with store.connection(OPERATOR, writes=False) as connection:
        assert guarded_tables(connection) >= set(GUARDED)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE intensity_change SET reason = 'rewritten'",
        "DELETE FROM intensity_change",
        "UPDATE place_boundary SET valid_from = '2020-01-01'",
        "DELETE FROM place_cell WHERE cell = 5",
        "DELETE FROM place",
        "UPDATE place SET is_sample = TRUE",
    ],
)
def test_what_was_recorded_cannot_be_rewritten(store, statement):
    with store.writing(OPERATOR) as tx:
        tx.places.add(place())
    with pytest.raises(IntegrityError, match=r"only ever added to|cannot become a sample"):
        run(store, statement)
    with store.reading(OPERATOR) as tx:
        assert tx.places.all() == (place(),)


def test_a_row_cannot_be_put_in_place_of_another(tmp_path, store):
    with store.writing(OPERATOR) as tx:
        tx.places.add(place())
    if store.engine.dialect.name == "sqlite":
        with pytest.raises(IntegrityError, match="only ever added to"):
            run(store, "INSERT OR REPLACE INTO intensity_change SELECT * FROM intensity_change")
    else:
        with pytest.raises(IntegrityError, match="only ever added to"):
            run(store, "TRUNCATE intensity_change")
    with store.reading(OPERATOR) as tx:
        assert tx.places.all() == (place(),)


def test_the_sample_leaves_whole_and_nothing_else_does(store):
    with store.writing(OPERATOR) as tx:
        tx.places.add(place("sample"), is_sample=True)
        tx.places.add(place("own"))
    with store.writing(OPERATOR) as tx:
        tx.remove_samples()
    with store.reading(OPERATOR) as tx:
        assert tx.places.all() == (place("own"),)


def test_guards_come_back_after_they_were_lifted(store):
    with store.connection(OPERATOR, writes=True) as connection:
        before = guarded_tables(connection)
        with guards_lifted(connection):
            for table in reversed(metadata.sorted_tables):
                connection.execute(table.delete())
        assert guarded_tables(connection) == before
    with store.writing(OPERATOR) as tx:
        tx.places.add(place())
    with pytest.raises(IntegrityError):
        run(store, "DELETE FROM intensity_change")
