"""At least 250 bad inputs: a sentence each, no traceback, and nothing wrong that slips in.

They run in this process for speed, through the very path and wire form of a child. Some of
every importer, and whatever is made to cost a lot, go through a real child.
"""

import re
import time
from collections import defaultdict
from contextlib import contextmanager

import pytest

from chb.domain.refusal import Refusal
from chb.services.loading import limited
from chb.services.loading.catalogue import status
from chb.services.workspace import open_workspace
from chb.sources.files import InputFile
from tests.conftest import fixed_clock
from tests.services.loading.bad_inputs import (
    Accepted,
    Case,
    Refused,
    RowRefused,
    all_cases,
    bombs,
)
from tests.services.loading.here import run_here
from tests.services.loading.importers import IMPORTERS
from tests.services.planner_makers import made_place

CASES = all_cases()
OF_EACH_THROUGH_A_CHILD = 6
TRACES = re.compile(
    r"Traceback|line \d+, in |Error\b|Exception|0x[0-9a-f]{6}|/tmp/|\.py\b|site-packages"
)
COLUMN = re.compile(r"row [\d,]+: [a-z][a-z\d ]+ \S")
"""The line, the column by name, and what was found there."""
SHAPES = ("boundaries", "context", "assets-geojson")

# In one process: what lies outside is judged by the boundaries that the cases before brought.
pytestmark = pytest.mark.xdist_group("bad inputs")


def through_a_child() -> list[Case]:
    """Some cases of every importer, spread over what can happen to them."""
    chosen = defaultdict(list)
    for case in CASES:
        chosen[case.importer, type(case.expected)].append(case)
    return [case for cases in chosen.values() for case in cases[:OF_EACH_THROUGH_A_CHILD:3]]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """One store for all of them: what one leaves must not matter to the next."""
    with new_store(tmp_path_factory.mktemp("bad")) as ws:
        yield ws


@pytest.fixture(scope="module")
def store_of_children(tmp_path_factory):
    """Another: what lies outside is judged by boundaries, which come after the incidents."""
    with new_store(tmp_path_factory.mktemp("children")) as ws:
        yield ws


@contextmanager
def new_store(home):
    ws = open_workspace(home, clock=fixed_clock, database_url="")
    made_place(ws)
    yield ws
    ws.store.close()


@pytest.fixture
def here(monkeypatch):
    monkeypatch.setattr(limited, "run_limited", run_here)


def test_there_are_at_least_250_and_no_two_are_alike():
    assert sum(not isinstance(case.expected, Accepted) for case in CASES) >= 250
    assert len({case.id for case in CASES}) == len(CASES)
    assert len({(case.importer, case.name, case.data) for case in CASES}) == len(CASES)
    numbers = {int(case.title.split()[0]) for case in CASES}
    assert set(range(1, 59)) - numbers == {54}, "each of the list, but what is no matter of a file"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_bad_input(case, store, here):
    check(case, store)


@pytest.mark.parametrize("case", through_a_child(), ids=lambda case: case.id)
def test_a_bad_input_through_a_child(case, store_of_children):
    check(case, store_of_children)


def test_a_bomb_is_stopped_within_its_limits(store):
    """One here; the others are in the soak."""
    started = time.monotonic()
    check(next(bombs()), store)
    assert time.monotonic() - started < 60


def check(case, store):
    before = contents(store)
    try:
        outcome = IMPORTERS[case.importer].run(store, InputFile.of(case.name, case.data))
    except Refusal as refusal:
        said = refused_in_words(refusal)
        assert isinstance(case.expected, Refused), said
        assert all(word.casefold() in said.casefold() for word in case.expected.words), said
        assert contents(store) == before
        return
    report = outcome.report
    assert not isinstance(case.expected, Refused), (report.kept, report.refused, report.notes)
    accounted = report.kept + report.without_location + report.outside_area + report.refused_rows
    assert accounted == report.rows_read
    if isinstance(case.expected, RowRefused):
        row_is_refused(case.expected, report)
        assert COLUMN.search(report.refused[0].example) or is_of_no_column(case), report.refused
    else:
        read_as_meant(case.expected, report)


def is_of_no_column(case):
    """Whether a row is refused for its number of fields, or a feature for its shape."""
    of_shape = case.importer in SHAPES and not case.title.startswith("21")
    return case.title.startswith("32") or of_shape


def refused_in_words(refusal):
    said = str(refusal)
    assert refusal.wrong and refusal.remedy, said
    assert not TRACES.search(said), said
    assert len(said) < 1_500
    return said


def row_is_refused(expected, report):
    assert report.kept == expected.kept, report
    (refused,) = report.refused
    said = f"{refused.reason} {refused.example}"
    assert refused.first_row == expected.row and refused.rows == 1
    assert refused.remedy and not TRACES.search(said)
    assert all(word.casefold() in said.casefold() for word in expected.words), said


def read_as_meant(expected, report):
    assert report.refused == ()
    found = (report.kept, report.without_location, report.outside_area)
    assert found == (expected.kept, expected.without_location, expected.outside)
    assert expected.notes in " ".join(report.notes)


def contents(ws):
    with ws.reading() as tx:
        imports = len(tuple(tx.journal.imports()))
        disruptions = len(tx.planner.disruptions.all())
        frames = [(entry.kind, entry.name, entry.source_sha256) for entry in tx.frames.entries()]
    files = sorted(path.name for path in (ws.home / "frames").glob("*"))
    return status(ws), imports, disruptions, frames, files
