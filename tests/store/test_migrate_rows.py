"""Forward from every schema with every table filled: no row changes, and a failure changes nothing.

The rows are made from the schema found, so a table of a migration to come is among them.
"""

from contextlib import contextmanager
from itertools import count, pairwise

import pytest
from sqlalchemy import event

from chb.store.migrate import known_revisions, upgrade
from chb.store.tables import HEAD
from tests.store.filling import N_ROWS, contents, fill_every_table, schema

STEPS = [(None, known_revisions()[0]), *pairwise(known_revisions())]


class InjectedError(Exception):
    """What stops a migration in the middle."""


@contextmanager
def failing(engine, should_fail):
    """Statements that ``should_fail`` picks, by their number and text, are never run."""
    numbers = count(1)

    def stop(connection, cursor, statement, *_):
        if should_fail(next(numbers), statement):
            raise InjectedError(statement)

    event.listen(engine, "before_cursor_execute", stop)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", stop)


@pytest.mark.parametrize("revision", known_revisions()[:-1])
def test_every_row_of_every_table_comes_forward_as_it_was(empty_engine, revision):
    upgrade(empty_engine, revision)
    fill_every_table(empty_engine)
    before = contents(empty_engine)
    assert {len(rows) for rows in before.values()} == {N_ROWS}
    upgrade(empty_engine)
    after = contents(empty_engine)
    for table, rows in before.items():
        found = {
            key: {name: after[table][key][name] for name in row}
            for key, row in rows.items()
            if key in after[table]
        }
        assert found == rows, table
    assert schema(empty_engine)[0] == HEAD


@pytest.mark.parametrize(("old", "new"), STEPS)
def test_a_migration_that_fails_anywhere_leaves_the_old_schema_and_every_row(
    empty_engine, old, new
):
    if old is not None:
        upgrade(empty_engine, old)
        fill_every_table(empty_engine)
    before = schema(empty_engine), contents(empty_engine)
    failures = 0
    while is_stopped(empty_engine, new, lambda number, _: number == 2**failures):  # noqa: B023
        failures += 1
        assert (schema(empty_engine), contents(empty_engine)) == before
    assert failures >= 3
    assert schema(empty_engine)[0] == new


@pytest.mark.parametrize(("old", "new"), STEPS)
def test_a_migration_that_fails_at_its_last_step_leaves_the_old_schema(empty_engine, old, new):
    if old is not None:
        upgrade(empty_engine, old)
    before = schema(empty_engine)
    assert is_stopped(
        empty_engine, new, lambda _, text: "alembic_version" in text and f"'{new}'" in text
    )
    assert schema(empty_engine) == before


def is_stopped(engine, revision, should_fail) -> bool:
    """Whether the upgrade met the failure."""
    try:
        with failing(engine, should_fail):
            upgrade(engine, revision)
    except InjectedError:
        return True
    return False
