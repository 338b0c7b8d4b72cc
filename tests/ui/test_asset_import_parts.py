"""An import of assets in words: what will happen, what to look at, what is refused and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chb.services.assets.importing import confirm_assets, preview_assets
from chb.services.assets.previews import (
    Decision,
    DecisionKind,
    PreviewRow,
    RowState,
    same_for_all,
)
from chb.services.assets.uploads import uploaded
from chb.ui.parts.asset_import.look import Look
from chb.ui.parts.asset_import.words import (
    cards_of,
    changes_of,
    flags_of,
    refused_groups,
    rows_table,
    where,
)
from tests.services.asset_makers import BOXING, BY, an_asset, made_asset

HEADER = "id,name,kind,longitude,latitude,postcode,opening\n"
ROWS = (
    "h1,St Anne's Hall,community_centre,-1.49501,53.36501,S7 1AA,Mon 6pm-8pm\n",
    "h2,Darnall Library,library,-1.41,53.38,S9 5HL,Mon-Fri 9ish\n",
    "h3,Cafe Noir,caff,-1.41,53.38,S9 5HL,\n",
    "h4,Cafe Blanc,caff,-1.42,53.38,S9 5HL,\n",
    ",,library,-1.42,53.38,S9 5HL,\n",
)


def a_list(*rows, name="halls.csv"):
    return uploaded(name, (HEADER + "".join(rows)).encode())


def a_row(stored, asset):
    return PreviewRow(0, "halls.csv", 2, RowState.UPDATED, asset, stored)


def test_the_cards_say_what_becomes_of_every_row(ws):
    cards = {card.label: card.value for card in cards_of(preview_assets(ws, a_list(*ROWS)))}
    assert cards == {
        "New": "2",
        "Updated": "0",
        "Unchanged": "0",
        "Likely duplicates": "0",
        "Refused": "3",
    }


def test_refused_rows_are_counted_by_reason_with_the_first_of_each(ws):
    kind, name = refused_groups(preview_assets(ws, a_list(*ROWS)))
    assert "no asset kind for 'caff'" in kind.reason
    assert (kind.n_rows, kind.first_row, kind.file_name) == (2, 4, "halls.csv")
    assert (name.reason, name.n_rows, name.first_row) == ("It has no name", 1, 6)


def test_flags_are_counted_with_the_first_row_of_each(ws):
    (flag,) = flags_of(preview_assets(ws, a_list(*ROWS)))
    assert flag == ("Its opening hours are kept as text", "1 row", "row 3, Darnall Library")


def test_an_update_says_what_it_changes(ws):
    confirm_assets(ws, preview_assets(ws, a_list(ROWS[1])), by=BY)
    newer = a_list(ROWS[1].replace("Darnall", "Darnall Road").replace("9ish", "9am-5pm"))
    (row,) = preview_assets(ws, newer).rows
    assert row.state is RowState.UPDATED
    assert changes_of(row) == (
        "name: Darnall Library becomes Darnall Road Library; "
        "timetable: none becomes 5 entries; "
        "opening hours as text: Mon-Fri 9ish becomes nothing"
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"longitude": -1.5}, "longitude: -1.49500 becomes -1.50000"),
        ({"verified_on": date(2026, 3, 4)}, "last verified: nothing becomes 4 Mar 2026"),
        ({"sessions": (BOXING,)}, "timetable: none becomes 1 entry"),
        ({"youngest": 0}, "youngest age: nothing becomes 0"),
        ({"note": "x" * 61}, f"note: nothing becomes {'x' * 60}..."),
        ({"source_sha256": "0"}, ""),
    ],
)
def test_a_change_is_said_in_words(changes, words):
    assert changes_of(a_row(an_asset(), an_asset(**changes))) == words


def test_a_new_row_changes_nothing():
    assert changes_of(replace(a_row(None, an_asset()), state=RowState.NEW)) == ""


@pytest.mark.parametrize(
    ("address", "postcode", "words"),
    [
        ("1 High Street", "S7 1AA", "1 High Street, S7 1AA"),
        ("1 High Street, S7 1AA", "S7 1AA", "1 High Street, S7 1AA"),
        ("", "S7 1AA", "S7 1AA"),
        ("", "", "53.36500, -1.49500"),
    ],
)
def test_where_is_the_address_or_the_position(address, postcode, words):
    assert where(an_asset(address=address, postcode=postcode)) == words


def test_the_table_has_no_column_that_says_nothing():
    table = rows_table((a_row(None, an_asset()),), {"community_centre": "Community centre"})
    assert list(table.columns) == ["Row", "Name", "Kind", "Where", "Sessions"]
    assert table["Kind"].tolist() == ["Community centre"]
    changed = rows_table((a_row(an_asset(), an_asset(note="x")),), {})
    assert "What changes" in changed.columns and "Look at" not in changed.columns


def test_what_is_left_is_what_nobody_decided_on(ws):
    made_asset(ws, name="St Anne's Hall")
    preview = preview_assets(ws, a_list(ROWS[0], ROWS[0].replace("h1", "h9")))
    look = Look(("file", "", 0), preview, None, None)
    first, second = look.left
    look.decisions.put(first.number, Decision(DecisionKind.LEAVE_OUT))
    assert look.left == (second,)
    look.decisions.put_many(same_for_all(look.left, DecisionKind.KEEP_APART))
    assert (look.left, look.decisions.turn) == ((), 1)
    look.decisions.put(first.number, None)
    assert look.left == (first,)
    look.decisions.take_back()
    assert (look.left, look.decisions.turn) == ((first, second), 2)
