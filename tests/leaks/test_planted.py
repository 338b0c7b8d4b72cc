"""Every leak that is planted on purpose is caught, by the recorder and scanner of the real test.

The plants are drawn by the real server, behind its gate, in place of one page; a lead officer
opens each before a partner does, so that caches are warm with what the partner must not see.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.leaks.house import House
from tests.leaks.journey import Journey
from tests.leaks.people import LEAD, PARTNER
from tests.leaks.plants.pages import LEFT_BEHIND, PLANTS, SITE, VARIABLE
from tests.leaks.record import Record
from tests.leaks.scanner import Hit, Scanner
from tests.leaks.tokens import Mint

VICTIM = "assets"
MINT = Mint(9)
WORDS = {name: MINT.word(name) for name in PLANTS}
HIDING = 14


@dataclass(frozen=True)
class Garden:
    """The server with the plants, and what each gives away."""

    caught: Callable[[str], list[Hit]]


@pytest.fixture(scope="module")
def garden(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Garden]:
    plant_file = tmp_path_factory.mktemp("plants") / "plant.json"
    planted = House(house.home, house.words, Scanner(WORDS.values()))
    with planted.open({VARIABLE: str(plant_file), "PYTHONPATH": str(SITE)}) as server:
        lead, partner = planted.journey(server, LEAD), planted.journey(server, PARTNER)

        def caught(name: str) -> list[Hit]:
            asked = {"plant": name, "word": WORDS[name].text}
            plant_file.write_text(json.dumps(asked), encoding="utf-8")
            for journey in (lead, partner):
                journey.record = Record(journey.record.who, planted.scanner)
                _look(journey)
            hits = partner.record.hits
            return hits + (planted.left_behind(server) if name in LEFT_BEHIND else [])

        yield Garden(caught)


def _look(journey: Journey) -> None:
    journey.look_at(VICTIM)
    journey.fetch_all()


def test_there_are_plants_enough():
    hashed = {"cache keyed on a long frame", "download that is nearly the same"}
    assert len(PLANTS) >= 21
    assert hashed | LEFT_BEHIND <= set(PLANTS)


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_leak_is_caught(garden, name):
    hits = garden.caught(name)
    assert name in {hit.token for hit in hits}
    assert {hit.token for hit in hits} <= {name, *LEFT_BEHIND}  # those stay where they were left


def test_a_page_without_a_plant_gives_nothing_away(house):
    scanner = Scanner(WORDS.values())
    clean = House(house.home, house.words, scanner)
    with clean.open() as server:
        journey = clean.journey(server, PARTNER)
        _look(journey)
    assert journey.record.n_frames > 0
    assert journey.record.hits == []
