"""Headings that are not known: proposed, chosen, remembered."""

from __future__ import annotations

import pytest

from chb.domain.refusal import Refusal
from chb.services.assets.column_choice import choose_columns, column_choice
from chb.services.assets.importing import preview_assets
from chb.services.assets.refused_rows import refused_csv
from chb.sources.files import InputFile
from tests.services.asset_makers import BY, as_co_ordinator

LIST = InputFile.of("venues.csv", b"Where,What,East-West,North-South\nMoor,park,-1.47,53.38\n")
COLUMNS = {"name": "Where", "kind": "What", "longitude": "East-West", "latitude": "North-South"}


def test_a_choice_is_remembered_for_every_list_with_its_headings(ws):
    theirs = as_co_ordinator(ws)
    choice = column_choice(theirs, LIST)
    assert (choice.is_remembered, choice.headings.headings) == (False, tuple(COLUMNS.values()))
    assert choice.ours["access_needs"] == "access needs"
    choose_columns(theirs, choice.headings, COLUMNS | {"note": ""}, by=BY)
    assert column_choice(theirs, LIST).columns == COLUMNS
    later = InputFile.of("later.csv", LIST.data.replace(b"Moor", b"Moor End"))
    (row,) = preview_assets(theirs, later).rows
    assert (row.asset.name, row.asset.longitude) == ("Moor End", -1.47)


def test_the_map_that_is_given_goes_before_the_one_that_is_remembered(ws):
    choice = column_choice(ws, LIST)
    made = choose_columns(ws, choice.headings, COLUMNS, by=BY)
    again = choose_columns(ws, choice.headings, COLUMNS | {"kind": ""}, by=BY)
    assert preview_assets(ws, LIST, column_map=made).rows[0].asset.kind == "park"
    named = preview_assets(ws, LIST, column_map=again, kind="library")
    assert named.rows[0].asset.kind == "library"


def test_a_choice_that_leaves_the_place_open_is_refused_and_not_remembered(ws):
    choice = column_choice(ws, LIST)
    with pytest.raises(Refusal, match="too few"):
        choose_columns(ws, choice.headings, {"name": "Where"}, by=BY)
    assert not column_choice(ws, LIST).is_remembered


def test_refused_rows_that_were_corrected_are_of_the_list_they_came_from(ws):
    bad = InputFile.of("venues.csv", LIST.data + b"Cafe,caff,-1.48,53.39\n")
    choose_columns(ws, column_choice(ws, bad).headings, COLUMNS, by=BY)
    text = refused_csv(preview_assets(ws, bad)).replace(b",caff,", b",cafe,")
    corrected = InputFile.of("corrected.csv", text)
    again = column_choice(ws, corrected)
    assert again.is_remembered
    assert again.headings.headings == tuple(COLUMNS.values())
    (row,) = preview_assets(ws, corrected).rows
    assert (row.asset.name, row.asset.kind) == ("Cafe", "cafe")
