"""Hotspots followed by the cells they share."""

import numpy as np
import pandas as pd
import pytest

from chb.services.harm.hotspot_history import follow_hotspots


def named(names, **more):
    return pd.DataFrame({"hotspot": range(1, len(names) + 1), "name": names, **more})


def numbers(text):
    """A letter a cell: hotspots a, b, c and so on in their order, a dot for none."""
    return np.array(["abc".find(letter) for letter in text])


def followed(before, after):
    old = [f"old {at}" for at in range(1, before.max() + 2)]
    new = [f"new {at}" for at in range(1, after.max() + 2)]
    earlier = named(old, longitude=0.0, latitude=0.0)
    return follow_hotspots(named(new), after, earlier=earlier, earlier_number=before)


def told(frame, *columns):
    return list(frame[list(columns)].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("before", "after", "later", "earlier"),
    [
        ("aaa.", "aa..", [(1, "continues", "old 1")], [(1, "continues", "new 1")]),
        ("aa..", "..aa", [(2, "new", "")], [(1, "gone", "")]),
        ("aaaaa", "aaa.b", [(1, "continues", "old 1"), (2, "split", "old 1")],
         [(1, "continues", "new 1")]),
        ("aaa.b", "aaaaa", [(1, "merged", "old 1, old 2")],
         [(1, "continues", "new 1"), (2, "merged", "new 1")]),
        ("....", "aa..", [(1, "new", "")], []),
        ("aa..", "....", [], [(1, "gone", "")]),
    ],
)  # fmt: skip
def test_what_became_of_each(before, after, later, earlier):
    table, fates = followed(numbers(before), numbers(after))
    assert told(table, "identity", "status", "earlier") == later
    assert told(fates, "identity", "status", "later") == earlier
    assert "longitude" not in fates
