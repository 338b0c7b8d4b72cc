"""Hostile texts in every field that somebody types, shown wherever the product shows them.

A few of each kind go through everything here; all of them in ``tests/soak/soak_hostile.py``.
"""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page

from chb.cli.main import run
from chb.domain.access.roles import Role
from chb.services.workspace import Workspace, open_workspace
from tests.browser.app_server import AppServer
from tests.browser.hostile import ALL, SOME, TEXTS, as_seen
from tests.browser.hostile_exports import ALL_EXPORTS, faults_in, taken_out
from tests.browser.hostile_store import HostileStore, address_of
from tests.browser.hostile_walk import HEADED, Walk
from tests.browser.lasting import lasting
from tests.browser.planting import every_typed_field
from tests.browser.screen import open_page
from tests.browser.signing import let_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("hostile texts")]

SUBJECTS: Final = {"Places": "Place", "Plan": "Plan for", "OCGs": "OCG", "Timetable": "Place"}
"""Pages about one thing at a time, and the list it is chosen in."""
SHOW_ALL: Final = (
    "Harm map",
    "Intelligence",
    "Disruptions",
    "Signals",
    "Decisions",
    "Partnership",
    "Learning",
    "My work",
    "Assets",
    "Engagement",
    "Referrals",
    "Retention",
)
"""Pages that show something of every place or group, whichever is chosen."""
COMMANDS: Final = (
    ("status",),
    ("places", "list"),
    ("planner", "overdue"),
    ("account", "list"),
    ("audit", "search"),
    ("retention", "due"),
    ("retention", "holds"),
)
_OBEYED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""What a terminal obeys."""


@dataclass(frozen=True)
class Hostile:
    """A store with hostile texts, its server, and what was put where."""

    server: AppServer
    ws: Workspace
    texts: tuple[str, ...]
    planted: set[str]


def planted_home(home: Path, texts: tuple[str, ...]) -> set[str]:
    """Put the texts into every field of the store; the fields."""
    ws = open_workspace(home)
    store = HostileStore(ws)
    store.write(texts, home.parent)
    ws.store.close()
    return store.planted


@pytest.fixture(scope="module")
def hostile(
    untouched_home: Path, tmp_path_factory: pytest.TempPathFactory, texts: tuple[str, ...]
) -> Iterator[Hostile]:
    home = tmp_path_factory.mktemp("hostile") / "home"
    shutil.copytree(untouched_home, home)
    planted = planted_home(home, texts)
    with lasting(home, CHB_SIGN_IN="local") as server:
        yield Hostile(server, open_workspace(home), texts, planted)


@pytest.fixture(scope="module")
def texts() -> tuple[str, ...]:
    """Those of this run."""
    return SOME


@pytest.fixture
def walk(hostile: Hostile, new_page: Callable[..., Page]) -> Callable[..., Walk]:
    """Sign somebody in and let them go through all they find; the guard watches over it."""

    def go(role: Role, *, most: int, only: tuple[str, ...] = ()) -> Walk:
        page = new_page()
        let_in(page.context, hostile.server, work_email=address_of(role))
        open_page(page, hostile.server.url, "")
        gone = Walk(page, hostile.texts, most=most)
        for title in gone.titles():
            if not only or title in only:
                gone.visit(title, subjects=SUBJECTS.get(title, ""))
        return gone

    return go


def nothing_ran(walk: Walk) -> None:
    assert walk.ran == []
    assert walk.blank == []


def test_the_collection_is_what_it_says() -> None:
    assert len(set(ALL)) == len(ALL) >= 60
    assert set(SOME) <= set(ALL)
    assert len({as_seen(text)[:28].casefold() for text in ALL}) == len(ALL)
    assert all(set(texts) & set(ALL) for texts in TEXTS.values())


def test_every_field_that_somebody_types_holds_them(hostile: Hostile) -> None:
    """A field that is added to a record belongs into the store of this test."""
    assert every_typed_field() - hostile.planted == set()
    assert hostile.planted - every_typed_field() - {"Signature.by", "Signature.reason"} == set()


def test_nothing_runs_on_any_page_of_the_senior_officer(walk: Callable[..., Walk]) -> None:
    gone = walk(Role.SRO, most=3)
    nothing_ran(gone)
    assert gone.unseen(SHOW_ALL, SOME) == {}
    for title in HEADED:
        assert len(gone.headed[title]) == 3, title
    assert set(gone.drawn) >= {"Harm map", "Hotspots", "Places", "Signals", "Assets"}


@pytest.mark.parametrize(
    ("role", "only", "shown"),
    [
        (Role.PARTNER, ("Harm map", "Places and work"), "Places and work"),
        (Role.ADMINISTRATOR, (), "Administration"),
    ],
)
def test_nothing_runs_on_the_pages_that_others_have(
    walk: Callable[..., Walk], role: Role, only: tuple[str, ...], shown: str
) -> None:
    gone = walk(role, most=1, only=only)
    nothing_ran(gone)
    assert len(gone.seen[shown]) > 5


@pytest.mark.parametrize(("kind", "ending"), ALL_EXPORTS)
def test_what_is_taken_out_holds_text_and_nothing_else(
    hostile: Hostile, kind: object, ending: str
) -> None:
    for words in itertools.islice(hostile.texts, 1 + 2 * (ending in (".csv", ".ics"))):
        assert faults_in(taken_out(hostile.ws, kind, ending, words), ending) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("options", [(), ("--json",)], ids=["table", "JSON"])
def test_no_listing_tells_a_terminal_what_to_do(
    hostile: Hostile,
    command: tuple[str, ...],
    options: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CHB_HOME", str(hostile.server.home))
    assert run([*command, *options]) == 0
    said = capsys.readouterr()
    assert _OBEYED.findall(said.out + said.err) == []


@pytest.mark.parametrize("text", ALL, ids=range(len(ALL)))
def test_no_refusal_tells_a_terminal_what_to_do(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], hostile: Hostile
) -> None:
    monkeypatch.setenv("CHB_HOME", str(hostile.server.home))
    assert run(["account", "add", "--", text]) == 1
    said = capsys.readouterr()
    assert "Refused" in said.err
    assert _OBEYED.findall(said.out + said.err) == []
