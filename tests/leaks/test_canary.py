"""No view leaks: a word in every sensitive field, everybody in one server, both orders.

The lead officer's own run is the control: what it does not find, nobody was looked at for.
``make soak`` takes everybody, every choice on every page, in both orders.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.leaks.canaries import NOT_SHOWN, READERS
from tests.leaks.function_table import PRODUCTS
from tests.leaks.house import House
from tests.leaks.journey import EXPORTS, LAYERS
from tests.leaks.passage import Passage, go_through
from tests.leaks.people import EVERYBODY, LEAD, PARTNER, SRO, Somebody

pytestmark = pytest.mark.xdist_group("leaks")

FEWER = (
    "p lead let in",
    "other lead officer",
    "csp manager",
    PARTNER.key,
    "partner whose agreement lapsed",
    "administrator",
)
LEAST_SEEN = 25
MEDIA = "/media/"


def people(*keys: str) -> tuple[Somebody, ...]:
    return tuple(each for key in keys for each in EVERYBODY if each.key == key)


(HOST,) = people("csp manager")
GLANCING = (*people("analyst", "co-ordinator"), SRO)
"""They see each page as it opens; their choices are made in ``make soak``."""


@pytest.fixture(scope="module")
def lead_first(house: House) -> Iterator[Passage]:
    yield go_through(house, (LEAD, *people(*FEWER)), takers=(LEAD, HOST))


@pytest.fixture(scope="module")
def lead_last(house: House) -> Iterator[Passage]:
    order = (HOST, PARTNER, LEAD, *GLANCING, PARTNER)
    yield go_through(house, order, deepest=dict.fromkeys((LEAD, *GLANCING), 0))


def test_every_sensitive_field_has_a_word():
    assert len(READERS) - len(NOT_SHOWN) >= LEAST_SEEN
    assert all(READERS.values())


def test_the_lead_officer_sees_every_word(lead_first, lead_last):
    assert lead_first.unseen_by(LEAD) == set()
    n_unseen = len(lead_last.unseen_by(LEAD))  # of the pages as they open, without a choice
    assert len(READERS) - n_unseen >= LEAST_SEEN


@pytest.mark.parametrize("order", ["lead_first", "lead_last"])
def test_nobody_is_sent_what_they_may_not_read(order, request):
    passage: Passage = request.getfixturevalue(order)
    assert passage.n_frames > 1_000
    assert not passage.leaks(), passage.leaks()


@pytest.mark.parametrize("order", ["lead_first", "lead_last"])
def test_what_was_handed_to_one_is_not_handed_to_another(order, request):
    passage: Passage = request.getfixturevalue(order)
    assert passage.fetched_of_others == {}


@pytest.mark.parametrize("order", ["lead_first", "lead_last"])
def test_nothing_lies_in_logs_caches_or_temporary_files(order, request):
    passage: Passage = request.getfixturevalue(order)
    assert passage.left_behind == []


def test_every_product_is_taken_out_by_who_may_and_searched(lead_first):
    for who in (LEAD, HOST):
        assert lead_first.taken_by(who) == {
            product for product, roles in PRODUCTS.items() if who.role in roles
        }
    assert lead_first.taken_by(PARTNER) == set()
    assert lead_first.in_files_of(LEAD) >= {"disruption", "ocg code", "code of an upload"}


def test_every_layer_of_a_map_is_searched_and_tried_by_another(lead_first):
    layers = {f"/{address.split('/')[1]}/" for address in lead_first.answered[LEAD.key]}
    assert layers >= set(LAYERS)
    assert {f"/{address.split('/')[1]}/" for address in lead_first.tried} >= {*LAYERS, EXPORTS}


@pytest.mark.parametrize("order", ["lead_first", "lead_last"])
def test_no_page_hands_out_a_media_file(order, request):
    """Pictures stand in the page itself, and files leave by ``/exports``."""
    passage: Passage = request.getfixturevalue(order)
    known = set.union(*(record.addresses for record in passage.records))
    assert {address for address in known if address.startswith(MEDIA)} == set()
