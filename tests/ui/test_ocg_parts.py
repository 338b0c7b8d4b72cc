"""Drawings of groups and people: every name can be read, and nothing unseen is in them."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chb.domain.ocgs.locations import Confidence, LocationKind, OcgLocation
from chb.domain.ocgs.members import NominalRole
from chb.domain.ocgs.network import SharedReference
from chb.services.planning.ocg_register import OcgFile
from chb.ui import theme
from chb.ui.maps.outlines import METRES_A_DEGREE
from chb.ui.parts import charts
from chb.ui.parts.ocgs import drawing
from chb.ui.parts.ocgs.drawing import Drawn, Line, clipped, show_drawing
from chb.ui.parts.ocgs.layout import (
    WIDTH_PX,
    apart,
    height_of,
    in_families,
    in_rows,
    most_beside,
    room_px,
    spread,
)
from chb.ui.parts.ocgs.locations import bounds_of, outlines_of
from chb.ui.parts.ocgs.marks import (
    FAMILY_LOOK,
    FAMILY_MARKS,
    GROUP_MARKS,
    LINK_LOOKS,
    ROLE_MARKS,
    LineLook,
)
from chb.ui.parts.ocgs.members import elsewhere
from tests.ui.eyes import closest, contrast
from tests.ui.test_escape import HOSTILE

LEAST_DELTA_E = 28.0
LEAST_FOR_MARKS = 3.0
ROW_PX = 40
"""A mark with its name and the line under it."""
NAMES = [f"GROUP {number:02}" for number in range(24)]


def covered(drawn):
    """Pairs of names that lie on one another."""
    listed = list(drawn.items())
    return [
        (one, other)
        for at, (one, (across, down)) in enumerate(listed)
        for other, (along, there) in listed[at + 1 :]
        if abs(across - along) < room_px(one, other) - 1 and abs(down - there) < ROW_PX
    ]


@settings(max_examples=40)
@given(
    st.integers(1, 24),
    st.lists(st.tuples(st.integers(0, 23), st.integers(0, 23)), max_size=40),
)
def test_no_two_names_of_a_network_cover_each_other_and_all_are_on_the_drawing(n, ties):
    names = NAMES[:n]
    pairs = [(NAMES[one], NAMES[other]) for one, other in ties if one < other < n]
    drawn = spread(names, pairs)
    assert set(drawn) == set(names)
    assert covered(drawn) == []
    for name, (across, down) in drawn.items():
        half = room_px(name, name) / 2
        assert half <= across <= WIDTH_PX - half and 0 < down < height_of(drawn)


def test_a_network_is_drawn_the_same_way_whatever_order_it_comes_in():
    pairs = [("A", "B"), ("B", "C"), ("D", "E")]
    drawn = spread("ABCDE", pairs)
    assert spread("EDCBA", reversed(pairs)) == drawn
    assert spread((), ()) == {}


@given(st.lists(st.integers(0, 14), min_size=1, max_size=4), st.integers(2, 6))
def test_no_two_names_of_rows_cover_each_other(lengths, most):
    rows = [[f"KIT-{row}/{at}" for at in range(n)] for row, n in enumerate(lengths)]
    drawn = in_rows(rows, most_in_row=most)
    assert set(drawn) == {name for row in rows for name in row}
    assert covered(drawn) == []
    assert drawn == in_rows(rows, most_in_row=most)


def test_rows_keep_their_order_and_children_stand_under_their_parents():
    rows = [["A1", "B1"], ["child of B1", "child of A1"]]
    drawn = in_rows(rows, [("A1", "child of A1"), ("B1", "child of B1")])
    assert drawn["A1"][1] == drawn["B1"][1] < drawn["child of A1"][1]
    assert drawn["child of A1"][0] < drawn["child of B1"][0]


@given(st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=7), min_size=1, max_size=6))
def test_families_lie_beside_each_other_and_elders_above(families):
    levels = {
        f"F{number}-{at}": level
        for number, family in enumerate(families)
        for at, level in enumerate(family)
    }
    pairs = [
        (f"F{number}-0", f"F{number}-{at}")
        for number, family in enumerate(families)
        for at in range(1, len(family))
    ]
    drawn = in_families(levels, pairs, most_in_row=most_beside(levels, ()))
    assert set(drawn) == set(levels) and covered(drawn) == []
    for one, other in pairs:
        higher, lower = sorted((one, other), key=lambda name: levels[name])
        assert levels[higher] == levels[lower] or drawn[higher][1] < drawn[lower][1]
    assert all(0 < across < WIDTH_PX for across, _ in drawn.values())


def test_long_names_and_long_words_under_them_leave_room_for_fewer():
    assert most_beside(["KIT-1"], ["at large"]) == 6
    assert most_beside(["NOM/2024/00123"], []) == 4
    assert most_beside(["K1"], ["half-brother of NOM/2024/00123"]) == 3


def test_what_lies_at_one_place_is_moved_down():
    drawn = apart({"ONE": (50.0, 50.0), "TWO": (50.0, 50.0), "FAR": (500.0, 50.0)})
    assert drawn["ONE"] == (50.0, 50.0) and drawn["FAR"] == (500.0, 50.0)
    assert drawn["TWO"][1] > 50.0 + ROW_PX


@pytest.fixture
def sent(monkeypatch):
    """What goes to the browser for a drawing."""
    charts_sent = []
    monkeypatch.setattr(charts, "show_chart", lambda chart, **_: charts_sent.append(chart))
    return lambda: json.dumps(charts_sent[-1].to_dict())


def test_a_drawing_says_roles_by_shape_and_holds_no_id(sent):
    drawn = {
        "id-1": Drawn("KIT-1", NominalRole.PRINCIPAL.value),
        "id-2": Drawn("KIT-2", NominalRole.ASSOCIATE.value),
    }
    lines = [Line("id-1", "id-2", "family")]
    show_drawing(
        drawn,
        lines,
        {"id-1": (10.0, 20.0), "id-2": (90.0, 80.0)},
        marks=ROLE_MARKS,
        looks={"family": LineLook("#7d57a2", (5, 3)), "never": LineLook("#7d57a2")},
    )
    text = sent()
    assert "id-1" not in text and "id-2" not in text and "never" not in text
    assert all(word in text for word in ("KIT-1", "diamond", "triangle-right", "principal"))
    assert "significant" not in text, "the key has what is drawn and nothing else"


def test_hostile_names_are_words_in_a_drawing(sent):
    for text in (*HOSTILE, "__proto__"):
        show_drawing(
            {"a": Drawn(text, "active")},
            [],
            {"a": (10.0, 20.0)},
            marks={"active": ROLE_MARKS["principal"]},
            looks={},
        )
        chart = json.loads(sent())
        (rows,) = chart["datasets"].values()
        assert rows[0]["name"] != "__proto__"
        assert len(rows[0]["short"]) <= drawing.LONGEST_NAME + 1


def test_no_eye_takes_one_role_for_another_and_each_has_a_shape_of_its_own():
    apart, where = closest(tuple(mark.colour for mark in FAMILY_MARKS.values()))
    assert apart >= LEAST_DELTA_E, where
    for marks in (FAMILY_MARKS, GROUP_MARKS):
        assert len({mark.shape for mark in marks.values()}) == len(marks)
    assert len({look.dash for look in LINK_LOOKS.values()}) == len(LINK_LOOKS)


@pytest.mark.parametrize("ground", theme.FOLLOWING["--hf-surface"])
def test_marks_and_lines_stand_out_from_both_grounds(ground):
    looks = (FAMILY_MARKS, GROUP_MARKS, LINK_LOOKS, FAMILY_LOOK)
    colours = {look.colour for group in looks for look in group.values()}
    assert {each for each in colours if contrast(each, ground) < LEAST_FOR_MARKS} == set()


def test_a_long_name_is_cut_where_one_can_see_it():
    assert clipped("x" * 40) == "x" * 15 + "\N{HORIZONTAL ELLIPSIS}"
    assert clipped("OYSTERCATCHER") == "OYSTERCATCHER"


def location(id_, *, radius_m=200.0, until=None, confidence=Confidence.HIGH):
    return OcgLocation(
        code="KITTIWAKE",
        kind=LocationKind.STORAGE,
        longitude=-3.7,
        latitude=53.75,
        radius_m=radius_m,
        confidence=confidence,
        valid_from=None,
        valid_to=until,
        source="log",
        handling="police only",
        id=id_,
    )


def test_a_location_is_drawn_as_wide_as_it_is_unsure_and_goes_by_its_number_on_the_file():
    today = date(2026, 3, 4)
    over = location(912, radius_m=500.0, until=date(2026, 1, 1), confidence=Confidence.LOW)
    file = OcgFile(None, (), (), (), (), (), (location(17), over))
    held, ended = outlines_of(file, file.locations, today=today)
    assert (held.name, ended.name) == ("1 storage", "2 storage")
    assert held.colour != ended.colour and held.dash != ended.dash
    west, south, east, north = bounds_of([held, ended])
    assert (north - south) * METRES_A_DEGREE == pytest.approx(1_000 * 1.16, rel=0.02)
    assert west < -3.7 < east


def test_only_references_of_the_open_file_say_where_else_they_are():
    role = NominalRole.PRINCIPAL
    shared = (
        SharedReference("N1", (("a", role), ("b", role), ("c", role))),
        SharedReference("N2", (("b", role), ("c", role))),
    )
    codes = {"a": "AVOCET", "b": "BITTERN", "c": "CURLEW"}
    assert elsewhere(shared, codes, "a") == {"n1": "BITTERN, CURLEW"}
