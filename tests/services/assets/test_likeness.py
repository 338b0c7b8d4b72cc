"""How likely two assets are one."""

from __future__ import annotations

import numpy as np
import pytest

from chb.domain.assets.register import Asset
from chb.services.assets.likeness import LIKELY, alike, alike_within, name_key
from tests.services.asset_makers import an_asset

LATITUDE_M = 111_195.0
"""Of a degree."""


def at(metres: float = 0.0, **changes: object) -> Asset:
    """An asset so far north of the first."""
    return an_asset(latitude=53.365 + metres / LATITUDE_M, **changes)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (at(), at(), "the same name, on the same spot"),
        (at(name="The Foxhill Library"), at(30, name="Foxhill library"), "the same name, 30 m"),
        (
            at(name="Foxhill Library", postcode="S6 1AA"),
            at(name="Foxhill Library & Community Hub", postcode="s61aa"),
            "alike, on the same spot, the same postcode",
        ),
        (
            at(name="Foxhill Library", postcode="S6 1AA"),
            at(900, name="Foxhill Library", postcode="S6 1AA"),
            "the same name, 900 m apart, the same postcode",
        ),
    ],
)
def test_one_asset_in_two_lists_is_found(one: Asset, other: Asset, reason: str) -> None:
    (found,) = alike([one], [other])
    assert found.score >= LIKELY
    assert reason in found.reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (at(name="Foxhill Library"), at(name="Owlerton Chapel")),
        (at(), at(400)),
        (at(name="Boots", postcode="S1 1AA"), at(240, name="Boots", postcode="S1 1AB")),
        (at(name="Park or garden (unnamed)"), at(60, name="Park or garden (unnamed)")),
    ],
)
def test_two_assets_are_two(one: Asset, other: Asset) -> None:
    assert alike([one], [other]) == []


def test_many_entries_of_one_name_on_one_spot_are_compared_with_the_first() -> None:
    found = alike_within([at() for _ in range(500)])
    assert {each.one for each in found} == {0}
    assert sorted(each.other for each in found) == list(range(1, 500))


def test_names_are_compared_without_case_accents_and_common_words() -> None:
    assert name_key("The Café of St. Anne's Ltd") == "cafe st annes"
    assert name_key("The") == "the"
    assert name_key("\u0627\u0644") == "\u0627\u0644"


def test_nothing_is_like_nothing() -> None:
    assert alike([], [at()]) == alike([at()], []) == alike_within([]) == []


def test_a_thousand_are_found_again_among_ten_thousand() -> None:
    rng = np.random.default_rng(7)
    words = [f"{first}{last}" for first in "abcdefghij" for last in "klmnopqrst"]

    def county() -> list[Asset]:
        longitude, latitude = rng.uniform(-1.75, -0.95, 10_000), rng.uniform(53.32, 53.62, 10_000)
        names = rng.choice(words, size=(10_000, 3))
        rows = zip(longitude, latitude, names, strict=True)
        return [
            an_asset(name=" ".join(name), longitude=float(x), latitude=float(y))
            for x, y, name in rows
        ]

    ones = county()
    others = [*county()[:9_000], *ones[:1_000]]
    found = alike(ones, others)
    assert {each.one for each in found if each.score == pytest.approx(0.95)} >= set(range(1_000))
