"""Many assets at once, and undoing it whole or not at all."""

from dataclasses import replace
from datetime import date

import pytest

from chb.domain.assets.batches import BatchKind
from chb.domain.assets.engagement import Contact, ContactOutcome, ContactWay
from chb.domain.assets.register import AssetStatus
from chb.domain.refusal import Refusal
from chb.domain.retention import KeptKind
from chb.services.assets.batches import (
    BatchChanges,
    apply_batch,
    list_batches,
)
from chb.services.assets.engagement import log_contact
from chb.services.assets.register import asset, asset_history, list_assets, save_asset
from chb.services.assets.undoing import changes_since, undo_batch
from chb.services.disposal import dispose
from chb.services.loading.catalogue import data_version
from chb.services.loading.importing import import_assets
from tests.services.asset_makers import BY, an_asset, made_asset

HEADER = (
    "source_id,name,kind,longitude,latitude,address,postcode,contact_role,note,sessions,verified_on"
)


def applied(ws, changes, request_key=""):
    return apply_batch(
        ws, changes, title="Clubs of 2026", by=BY, kind=BatchKind.IMPORT, request_key=request_key
    )


def three(ws):
    """A batch that adds one asset, changes another and closes a third; with these two."""
    kept, closing = made_asset(ws, name="Kept"), made_asset(ws, name="Closing")
    changes = BatchChanges(
        added=[an_asset(name="New", source="list", source_id="7")],
        changed=[replace(kept, cost="free")],
        closed_ids={closing.id},
    )
    return applied(ws, changes), kept, closing


def named(ws):
    return {each.name: each for each in list_assets(ws)}


def test_a_batch_adds_changes_and_closes_at_once(ws):
    batch, _, _ = three(ws)
    assert (batch.n_added, batch.n_changed, batch.n_closed) == (1, 1, 1)
    assert (batch.kind, batch.title, batch.by) == (BatchKind.IMPORT, "Clubs of 2026", BY)
    assert list_batches(ws) == (batch,)
    found = named(ws)
    assert (found["New"].version, found["New"].source_id) == (1, "7")
    assert (found["Kept"].version, found["Kept"].cost) == (2, "free")
    assert found["Closing"].status == AssetStatus.CLOSED
    assert asset_history(ws, found["New"].id)[0].signature.reason == "Clubs of 2026"


def test_undoing_puts_everything_back_and_only_adds_to_history(ws):
    batch, kept, closing = three(ws)
    new = named(ws)["New"]
    version = data_version(ws)
    undone = undo_batch(ws, batch.id, by="LRO")
    assert (undone.undone_by, undone.undone_at) == ("LRO", ws.now())
    assert list_assets(ws) == (replace(closing, version=3), replace(kept, version=3))
    assert asset(ws, new.id) == replace(new, version=2, is_withdrawn=True)
    assert [each.version for each in asset_history(ws, kept.id)] == [1, 2, 3]
    assert asset_history(ws, new.id)[-1].signature.reason == "Undone: Clubs of 2026"
    assert data_version(ws) != version


def test_what_was_withdrawn_cannot_be_edited(ws):
    batch, _, _ = three(ws)
    new = named(ws)["New"]
    undo_batch(ws, batch.id, by=BY)
    with pytest.raises(Refusal, match="not listed any more"):
        save_asset(ws, replace(new, version=2), by=BY)


def test_a_batch_is_undone_once(ws):
    batch, _, _ = three(ws)
    undone = undo_batch(ws, batch.id, by=BY, request_key="undo")
    assert undo_batch(ws, batch.id, by=BY, request_key="undo") == undone
    with pytest.raises(Refusal, match="undone before"):
        undo_batch(ws, batch.id, by=BY)


def test_a_batch_sent_twice_is_applied_once(ws):
    changes = BatchChanges(added=[an_asset()])
    first = applied(ws, changes, request_key="form")
    assert applied(ws, changes, request_key="form") == first
    assert len(list_assets(ws)) == 1


def test_an_import_somebody_has_worked_on_is_not_half_undone(ws):
    batch, _, closing = three(ws)
    found = named(ws)
    save_asset(ws, replace(found["New"], cost="£1"), by="A. Reader")
    before = list_assets(ws)
    with pytest.raises(Refusal, match="nothing was undone") as refusal:
        undo_batch(ws, batch.id, by=BY)
    assert "New: saved by A. Reader on 04 March 2026" in refusal.value.found
    assert "Closing" not in refusal.value.found
    assert list_assets(ws) == before
    assert not list_batches(ws)[0].is_undone
    assert asset(ws, closing.id).status == AssetStatus.CLOSED


def test_whatever_stands_in_the_way_of_undoing_is_listed(ws):
    changes = BatchChanges(added=[an_asset(name=f"Club {number}") for number in range(3)])
    batch = applied(ws, changes)
    first, second, third = list_assets(ws)
    called = Contact(
        asset_id=first.id,
        on=date(2026, 3, 1),
        how=ContactWay.VISIT,
        outcome=ContactOutcome.NO_ANSWER,
    )
    log_contact(ws, called, by=BY)
    save_asset(ws, replace(second, cost="£1"), by="LRO")
    dispose(ws, KeptKind.ASSET, third.id, reason="A private address")
    in_the_way = {each.asset_id: each.what for each in changes_since(ws, batch.id)}
    assert in_the_way == {
        first.id: "a contact was logged",
        second.id: "saved by LRO on 04 March 2026",
        third.id: "it was disposed of",
    }
    with pytest.raises(Refusal, match="cannot be undone whole"):
        undo_batch(ws, batch.id, by=BY)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (lambda old, now: BatchChanges(changed=[old]), "changed by somebody else"),
        (lambda old, now: BatchChanges(changed=[now, now]), "twice"),
        (lambda old, now: BatchChanges(changed=[replace(now, id="x")]), "somebody else"),
        (lambda old, now: BatchChanges([now]), "there already"),
        (lambda old, now: BatchChanges([an_asset(id="x"), an_asset(id="x")]), "there already"),
        (lambda old, now: BatchChanges([an_asset(kind="castle")]), "kind from the list"),
        (lambda old, now: BatchChanges([an_asset(), an_asset(name="")]), "needs a name"),
        (lambda old, now: BatchChanges([an_asset(postcode="S1" * 9)]), 'hall": Found 18'),
        (lambda old, now: BatchChanges([an_asset(latitude=400_000.0)]), "eastings"),
    ],
)
def test_a_batch_with_one_bad_change_saves_nothing(ws, changes, says):
    old = made_asset(ws)
    now = save_asset(ws, replace(old, cost="free"), by="LRO")
    with pytest.raises(Refusal, match=says):
        applied(ws, changes(old, now))
    assert list_assets(ws) == (now,)
    assert list_batches(ws) == ()


def test_a_batch_that_is_not_there_cannot_be_undone(ws):
    with pytest.raises(Refusal, match="not there"):
        undo_batch(ws, "nobody", by=BY)


def written(tmp_path, *rows):
    path = tmp_path / "clubs.csv"
    path.write_text("\n".join([HEADER, *rows]))
    return path


def test_a_list_that_was_undone_can_be_imported_again(ws, tmp_path):
    path = written(tmp_path, "a1,Club,youth_club,-1.49,53.38,,,,,,")
    import_assets(ws, path)
    (batch,) = list_batches(ws)
    assert (batch.kind, batch.n_added, batch.title) == (BatchKind.IMPORT, 1, "clubs")
    undo_batch(ws, batch.id, by=BY)
    assert list_assets(ws) == ()
    assert import_assets(ws, path).changed
    assert not import_assets(ws, path).changed
    assert len(list_assets(ws)) == 1


def test_a_newer_list_leaves_what_people_came_to_with_an_asset(ws, tmp_path):
    import_assets(ws, written(tmp_path, "a1,Club,youth_club,-1.49,53.38,,,,,,"))
    (club,) = list_assets(ws)
    save_asset(ws, replace(club, status=AssetStatus.ENGAGED, cost="free"), by=BY)
    rows = ("a1,New club,youth_club,-1.49,53.38,,,,,,", "a2,Other,youth_club,-1.48,53.38,,,,,,")
    import_assets(ws, written(tmp_path, *rows))
    newer, _ = list_assets(ws)
    assert (newer.id, newer.name, newer.version) == (club.id, "New club", 3)
    assert (newer.status, newer.cost) == (AssetStatus.ENGAGED, "free")
    newest = list_batches(ws)[0]
    assert (newest.n_added, newest.n_changed) == (1, 1)
