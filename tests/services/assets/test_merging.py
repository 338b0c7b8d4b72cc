"""Two entries made into one, taken apart again, or kept apart."""

from dataclasses import replace
from datetime import date, time

import pytest

from chb.domain.assets.batches import BatchKind
from chb.domain.assets.engagement import Contact, ContactOutcome, ContactWay
from chb.domain.assets.register import AssetStatus
from chb.domain.assets.sessions import Session, Weekday
from chb.domain.audit import AuditAction, AuditQuery
from chb.domain.planning.plans import Pillar
from chb.domain.records import Signature
from chb.domain.refusal import Refusal
from chb.services.assets.batches import list_batches
from chb.services.assets.engagement import contacts_of, log_contact
from chb.services.assets.merging import keep_apart, merge_assets, pairs_kept_apart
from chb.services.assets.register import asset, list_assets, open_assets, save_asset
from chb.services.assets.undoing import undo_batch
from chb.services.audit import search
from tests.services.asset_makers import BOXING, BY, an_asset, made_asset

JUDO = Session(Weekday.MONDAY, time(17), time(18), "Judo")


def twins(ws):
    """The same hall, entered twice."""
    keep = made_asset(ws, services=("Boxing",), sessions=(BOXING,), note="Ring twice", cost="free")
    other = made_asset(
        ws,
        name="Saint Anne Hall",
        services=("Boxing", "Judo"),
        sessions=(BOXING, JUDO),
        address="1 Church Street",
        cost="£2",
        note="Ask for the warden",
        ps=(Pillar.PREVENT,),
        status=AssetStatus.ENGAGED,
        engaged_by="A. Reader",
        engaged_on=date(2026, 1, 5),
        verified_on=date(2026, 1, 5),
    )
    return keep, other


def test_the_kept_asset_takes_over_what_it_lacks_and_loses_nothing(ws):
    keep, other = twins(ws)
    batch = merge_assets(ws, keep, [other], by=BY, reason="The same door")
    assert (batch.kind, batch.n_changed, batch.n_closed) == (BatchKind.MERGE, 1, 1)
    merged, absorbed = asset(ws, keep.id), asset(ws, other.id)
    assert merged == replace(
        keep,
        version=2,
        services=("Boxing", "Judo"),
        sessions=(BOXING, JUDO),
        address="1 Church Street",
        note="Ring twice\nAsk for the warden\nAlso known as Saint Anne Hall",
        ps=(Pillar.PREVENT,),
        status=AssetStatus.ENGAGED,
        engaged_by="A. Reader",
        engaged_on=date(2026, 1, 5),
        verified_on=date(2026, 1, 5),
    )
    assert absorbed == replace(other, version=2, status=AssetStatus.CLOSED, merged_into=keep.id)
    assert open_assets(ws) == (merged,)


def test_a_merge_is_on_record_as_a_combination_of_all_of_them_once(ws):
    keep, other = twins(ws)
    for _ in range(2):
        merge_assets(ws, keep, [other], by=BY, request_key="pressed twice")
    (row,) = search(ws, AuditQuery(action=AuditAction.COMBINE))
    assert (row.object_kind, row.object_id) == ("asset", keep.id)
    assert row.body == {"absorbed": [other.id]}


def test_a_merge_is_undone_whole(ws):
    keep, other = twins(ws)
    batch = merge_assets(ws, keep, [other], by=BY)
    undo_batch(ws, batch.id, by=BY)
    assert set(list_assets(ws)) == {replace(keep, version=3), replace(other, version=3)}


def test_a_merge_is_not_undone_over_later_work(ws):
    keep, other = twins(ws)
    batch = merge_assets(ws, keep, [other], by=BY)
    save_asset(ws, replace(asset(ws, keep.id), cost="£1"), by="LRO")
    with pytest.raises(Refusal, match="nothing was undone") as refusal:
        undo_batch(ws, batch.id, by=BY)
    assert "St Anne's hall: saved by LRO" in refusal.value.found
    assert asset(ws, other.id).merged_into == keep.id


def test_what_was_merged_takes_no_edit_and_no_contact(ws):
    keep, other = twins(ws)
    merge_assets(ws, keep, [other], by=BY)
    absorbed = asset(ws, other.id)
    with pytest.raises(Refusal, match="not listed"):
        save_asset(ws, replace(absorbed, cost="free"), by=BY)
    with pytest.raises(Refusal, match="not listed"):
        log_contact(ws, a_call(other), by=BY)
    with pytest.raises(Refusal, match="not listed"):
        merge_assets(ws, asset(ws, keep.id), [absorbed], by=BY)


def a_call(called):
    return Contact(
        asset_id=called.id,
        on=date(2026, 3, 1),
        how=ContactWay.TELEPHONE,
        outcome=ContactOutcome.CALL_AGAIN,
    )


def test_contacts_of_what_was_merged_are_found_with_the_kept_one(ws):
    keep, other = twins(ws)
    third = made_asset(ws, name="Third")
    log_contact(ws, a_call(other), by=BY)
    merge_assets(ws, keep, [asset(ws, other.id)], by=BY)
    merge_assets(ws, third, [asset(ws, keep.id)], by=BY)
    (found,) = contacts_of(ws, third.id)
    assert found.asset_id == other.id


def test_a_merge_sent_twice_is_one(ws):
    keep, other = twins(ws)
    first = merge_assets(ws, keep, [other], by=BY, request_key="form")
    assert merge_assets(ws, keep, [other], by=BY, request_key="form") == first
    assert len(list_batches(ws)) == 1


def test_a_merge_of_what_was_changed_meanwhile_changes_nothing(ws):
    keep, other = twins(ws)
    newer = save_asset(ws, replace(other, cost="£3"), by="LRO")
    with pytest.raises(Refusal, match="somebody else"):
        merge_assets(ws, keep, [other], by=BY)
    assert set(list_assets(ws)) == {keep, newer}


def test_a_merge_needs_two(ws):
    keep, _ = twins(ws)
    for absorbed in ([], [keep]):
        with pytest.raises(Refusal, match="another to take in"):
            merge_assets(ws, keep, absorbed, by=BY)


def test_an_asset_of_the_sample_stays_with_the_sample(ws):
    keep, _ = twins(ws)
    with ws.writing() as tx:
        sample = an_asset(id="s1", source="sample", recorded_at=ws.now())
        tx.assets.add_many([sample], Signature(BY, ws.now()), is_sample=True)
    with pytest.raises(Refusal, match="sample"):
        merge_assets(ws, keep, [asset(ws, "s1")], by=BY)


def test_a_pair_kept_apart_is_remembered_once_whichever_way_round(ws):
    one, other = twins(ws)
    keep_apart(ws, one.id, other.id, by=BY)
    keep_apart(ws, other.id, one.id, by=BY)
    assert pairs_kept_apart(ws) == {frozenset({one.id, other.id})}
    with pytest.raises(Refusal, match="itself"):
        keep_apart(ws, one.id, one.id, by=BY)
    with pytest.raises(Refusal, match="not there"):
        keep_apart(ws, one.id, "nobody", by=BY)
