"""Assets in the database: many at once, gone with the sample, and what goes with one."""

from dataclasses import replace
from datetime import date

import pytest

from chb.domain.access.roles import View
from chb.domain.access.scope import OPERATOR, PUBLIC_DATA, Scope
from chb.domain.assets.engagement import Contact, ContactOutcome, ContactWay
from chb.domain.assets.register import Asset, AssetStatus
from chb.store.assets.register import AssetState
from tests.store.test_disposals import erase
from tests.store.test_records import LITERAL, SIGNED
from tests.store.test_store import NOW

HALL = Asset(
    id="a1",
    version=1,
    name=LITERAL,
    kind="hall",
    longitude=-1.5,
    latitude=53.4,
    source="list",
    source_id="7",
    source_sha256="0" * 64,
    recorded_at=NOW,
)
CONTACT = Contact(
    id="c1",
    version=1,
    asset_id="a1",
    on=date(2026, 3, 2),
    by="LRO",
    how=ContactWay.LETTER,
    outcome=ContactOutcome.NO_ANSWER,
)


@pytest.fixture
def filled(store):
    with store.writing(OPERATOR) as tx:
        tx.assets.add_many([HALL, replace(HALL, id="a2", source_id="", latitude=53.5)], SIGNED)
        tx.asset_contacts.add(CONTACT, SIGNED)
    return store


def test_many_are_added_and_changed_with_their_revisions(filled):
    with filled.writing(OPERATOR) as tx:
        tx.assets.change_many([replace(HALL, cost="free")], SIGNED)
    with filled.reading(OPERATOR) as tx:
        assert tx.assets.get("a1") == replace(HALL, version=2, cost="free")
        assert [each.content["cost"] for each in tx.assets.revisions("a1")] == ["", "free"]
        assert tx.assets.states() == {
            "a1": AssetState(2, AssetStatus.FOUND, is_sample=False),
            "a2": AssetState(1, AssetStatus.FOUND, is_sample=False),
        }


def test_assets_are_found_by_id_by_box_and_by_source(filled):
    with filled.reading(OPERATOR) as tx:
        assert tx.assets.some(["a1", "nobody"]) == (HALL,)
        assert tx.assets.within((-1.6, 53.3, -1.4, 53.45)) == (HALL,)
        assert tx.assets.known_sources() == {("list", "7"): "a1"}
        assert tx.assets.holds_content("0" * 64) and not tx.assets.holds_content("1" * 64)


def test_what_was_withdrawn_is_found_by_its_id_only(filled):
    with filled.writing(OPERATOR) as tx:
        before = tx.assets.fingerprint()
        tx.assets.change_many([replace(HALL, is_withdrawn=True)], SIGNED)
        assert tx.assets.fingerprint() != before
    with filled.reading(OPERATOR) as tx:
        assert [each.id for each in tx.assets.all()] == ["a2"]
        assert tx.assets.known_sources() == {}
        assert tx.assets.count() == 1
        assert tx.assets.get("a1").is_withdrawn
        assert len(tx.assets.revisions("a1")) == 2


def test_more_assets_than_a_statement_takes_names_are_read(store):
    many = [replace(HALL, id=f"a{number}") for number in range(2_500)]
    with store.writing(OPERATOR) as tx:
        tx.assets.add_many(many, SIGNED)
        tx.assets.change_many(many, SIGNED)
        assert len(tx.assets.some([each.id for each in many])) == 2_500


def test_assets_of_the_sample_leave_with_their_revisions_and_contacts(store):
    with store.writing(OPERATOR) as tx:
        tx.assets.add_many([HALL], SIGNED, is_sample=True)
        tx.assets.add_many([replace(HALL, id="a2")], SIGNED)
        tx.assets.change_many([HALL], SIGNED, samples=["a1"])
        tx.asset_contacts.add(CONTACT, SIGNED)
        tx.asset_pairs.add(frozenset({"a1", "a2"}), by="LRO", at=NOW)
        tx.remove_samples()
    with store.reading(OPERATOR) as tx:
        assert [each.id for each in tx.assets.all()] == ["a2"]
        assert tx.asset_contacts.all() == ()
        assert tx.asset_pairs.all() == frozenset()


def test_contacts_go_with_the_asset_that_is_disposed_of(filled):
    with filled.writing(OPERATOR) as tx:
        assert erase(tx, "asset", "a1") == {"asset": {"a1"}, "asset_contact": {"c1"}}
    with filled.reading(OPERATOR) as tx:
        assert tx.assets.get("a1") is None
        assert tx.asset_contacts.all() == ()


def test_assets_are_no_secret_and_contacts_are(filled):
    resident = Scope(person="x@example.org", view=View.COMMUNITY)
    for scope in (resident, PUBLIC_DATA):
        with filled.reading(scope) as tx:
            assert len(tx.assets.all()) == 2
            assert tx.asset_contacts.all() == ()


def test_an_open_asset_is_one_that_is_there_to_be_used(filled):
    with filled.writing(OPERATOR) as tx:
        tx.assets.change_many([replace(HALL, status=AssetStatus.CLOSED)], SIGNED)
        assert [each.id for each in tx.assets.open()] == ["a2"]
        assert tx.assets.count() == 2
