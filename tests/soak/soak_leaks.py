"""Everybody, every choice on every page, in both orders: the whole of what tests/leaks samples."""

import os
from pathlib import Path

import pytest

from tests.leaks.house import House, build
from tests.leaks.passage import go_through
from tests.leaks.people import EVERYBODY, LEAD


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    folder: Path = tmp_path_factory.mktemp("leaks")
    return build(folder, int.from_bytes(os.urandom(4)))


@pytest.mark.parametrize("is_backwards", [False, True], ids=["lead first", "lead last"])
def test_nothing_reaches_anybody_who_may_not_read_it(house, is_backwards):
    order = tuple(reversed(EVERYBODY)) if is_backwards else EVERYBODY
    passage = go_through(house, order, thorough=True, deepest=2)
    assert {record.who for record in passage.records} == {each.key for each in EVERYBODY}
    assert not passage.leaks(), passage.leaks()
    assert passage.unseen_by(LEAD) == set()
    assert passage.fetched_of_others == {}
    assert passage.left_behind == []
