"""Everybody, every choice on every page, in both orders: the whole of what tests/leaks samples."""

import os
from collections import Counter
from pathlib import Path

import pytest

from chb.services.exports.products import PRODUCTS as MADE
from tests.leaks.function_table import BY_ADDRESS, PAGES, PRODUCTS
from tests.leaks.house import House, build
from tests.leaks.offers import OFFERED_ON
from tests.leaks.passage import go_through
from tests.leaks.people import EVERYBODY, LEAD


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    folder: Path = tmp_path_factory.mktemp("leaks")
    return build(folder, int.from_bytes(os.urandom(4)))


def files_for(who):
    """Number of formats of each product for somebody's role that a page of theirs offers."""
    pages = {
        path for path, roles in PAGES.items() if who.role in roles | BY_ADDRESS.get(path, set())
    }
    return {
        kind.name: len(product.endings)
        for kind, product in MADE.items()
        if who.role in PRODUCTS[kind.name] and OFFERED_ON[kind.name] in pages
    }


@pytest.mark.parametrize("is_backwards", [False, True], ids=["lead first", "lead last"])
def test_nothing_reaches_anybody_who_may_not_read_it(house, is_backwards):
    order = tuple(reversed(EVERYBODY)) if is_backwards else EVERYBODY
    deepest = dict.fromkeys(EVERYBODY, 2)
    passage = go_through(house, order, thorough=True, deepest=deepest, takers=EVERYBODY)
    assert {record.who for record in passage.records} == {each.key for each in EVERYBODY}
    assert not passage.leaks(), passage.leaks()
    assert passage.unseen_by(LEAD) == set()
    assert passage.fetched_of_others == {}
    for who in EVERYBODY:
        assert Counter(product for product, _ in passage.taken[who.key]) == files_for(who), who.key
    assert passage.left_behind == []
