"""Pairs of the register that are probably one."""

from __future__ import annotations

from chb.services.assets.duplicates import likely_duplicates
from chb.services.assets.merging import keep_apart
from chb.services.loading.demo import create_sample_place
from tests.services.asset_makers import BY, as_co_ordinator, made_asset


def test_a_pair_is_offered_until_somebody_keeps_it_apart(ws):
    one = made_asset(ws)
    other = made_asset(ws, name="The St Anne's Hall")
    made_asset(ws, name="Owlerton Chapel")
    theirs = as_co_ordinator(ws)
    (pair,) = likely_duplicates(theirs)
    assert {pair.one.id, pair.other.id} == {one.id, other.id}
    assert (pair.name_similarity, pair.distance_m) == (100.0, 0.0)
    assert pair.reason == "the same name, on the same spot"
    keep_apart(theirs, one.id, other.id, by=BY)
    assert likely_duplicates(theirs) == ()


def test_the_sample_place_is_compared_with_itself_only(ws):
    create_sample_place(ws)
    with ws.reading() as tx:
        first = tx.assets.all()[0]
    before = likely_duplicates(ws)
    made_asset(ws, name=first.name, longitude=first.longitude, latitude=first.latitude)
    assert likely_duplicates(ws) == before
