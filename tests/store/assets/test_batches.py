"""Batches are facts: added, never changed, gone with the sample only, and part of a backup."""

import pytest
from sqlalchemy.exc import IntegrityError

from chb.domain.access.scope import OPERATOR
from chb.domain.assets.batches import AssetBatch, BatchItem, BatchKind
from chb.store.backup import restore
from chb.store.checking import check_store
from tests.store.assets.test_register import CONTACT, HALL
from tests.store.audited import run
from tests.store.test_backup import backed_up, other_store
from tests.store.test_records import SIGNED
from tests.store.test_store import NOW

__all__ = ["other_store"]

BATCH = AssetBatch(id="b1", kind=BatchKind.IMPORT, title="Clubs", by="LRO", made_at=NOW, n_added=1)
ITEM = BatchItem("a1", 0, 1)


@pytest.fixture
def filled(store):
    with store.writing(OPERATOR) as tx:
        tx.assets.add_many([HALL], SIGNED)
        tx.asset_contacts.add(CONTACT, SIGNED)
        tx.asset_pairs.add(frozenset({"a1", "a2"}), by="LRO", at=NOW)
        tx.asset_batches.add(BATCH, [ITEM])
        tx.asset_batches.undo("b1", by="LRO", at=NOW)
    return store


def everything(store):
    with store.reading(OPERATOR) as tx:
        return (
            tx.assets.all(),
            tx.asset_contacts.all(),
            tx.asset_pairs.all(),
            tx.asset_batches.all(),
            tx.asset_batches.items("b1"),
        )


def test_a_batch_comes_back_with_who_undid_it(filled):
    with filled.reading(OPERATOR) as tx:
        batch = tx.asset_batches.get("b1")
        assert (batch.undone_by, batch.undone_at, batch.n_added) == ("LRO", NOW, 1)
        assert tx.asset_batches.items("b1") == (ITEM,)
        assert tx.asset_batches.contacted("b1") == (("a1", HALL.name),)
        assert tx.asset_batches.get("nobody") is None


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM asset_batch_undo",
        "DELETE FROM asset_batch_item",
        "UPDATE asset_batch SET title = 'x'",
        "UPDATE asset_contact SET note = 'x'",
        "DELETE FROM asset_contact",
    ],
)
def test_facts_are_only_ever_added_to(filled, statement):
    before = everything(filled)
    with pytest.raises(IntegrityError, match="only ever added to"):
        run(filled, statement)
    assert everything(filled) == before


def test_a_batch_is_undone_once(filled):
    with pytest.raises(IntegrityError), filled.writing(OPERATOR) as tx:
        tx.asset_batches.undo("b1", by="LRO", at=NOW)


def test_batches_of_the_sample_leave_with_it(store):
    with store.writing(OPERATOR) as tx:
        tx.assets.add_many([HALL], SIGNED, is_sample=True)
        tx.asset_batches.add(BATCH, [ITEM], is_sample=True)
        tx.asset_batches.undo("b1", by="LRO", at=NOW)
        tx.remove_samples()
    assert everything(store) == ((), (), frozenset(), (), ())


def test_a_backup_holds_all_of_it(filled, other_store, tmp_path):
    restore(other_store, backed_up(filled, tmp_path))
    assert everything(other_store) == everything(filled)
    assert check_store(other_store).problems == ()
