"""What is asked for is found, and nothing that is left empty leaves anything out but the closed."""

from __future__ import annotations

from datetime import date

import pytest

from chb.domain.assets.register import AssetPin, AssetStatus
from chb.domain.assets.verification import Verification
from chb.services.assets.finding import AssetQuery, Referrals, find_pins, referrals_of

TODAY = date(2026, 11, 20)


def pin(name: str, kind: str = "library", **more: object) -> AssetPin:
    known = {"status": AssetStatus.FOUND} | more
    return AssetPin(id=name, name=name, kind=kind, longitude=-1.5, latitude=53.4, **known)


PINS = (
    pin("Burngreave Library", verified_on=date(2026, 10, 1), accepts_referrals=True),
    pin("Firth Park LIBRARY", verified_on=date(2025, 12, 1), status=AssetStatus.ENGAGED),
    pin("Gleadless Food Bank", "food_bank", accepts_referrals=False),
    pin("Old Library", verified_on=date(2020, 1, 1), status=AssetStatus.CLOSED),
)


def names(**asked: object) -> list[str]:
    return [each.name for each in find_pins(PINS, AssetQuery(TODAY, **asked))]


def test_an_empty_question_finds_all_that_is_open():
    assert names() == [each.name for each in PINS[:3]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"words": "library park"}, [1]),
        ({"words": "  LIBR "}, [0, 1]),
        ({"kinds": ("food_bank", "school")}, [2]),
        ({"statuses": (AssetStatus.CLOSED,)}, [3]),
        ({"statuses": (AssetStatus.CLOSED, AssetStatus.ENGAGED)}, [1, 3]),
        ({"looks": (Verification.NEVER,)}, [2]),
        ({"looks": (Verification.FRESH, Verification.AGEING)}, [0, 1]),
        ({"referrals": Referrals.ACCEPTED}, [0]),
        ({"referrals": Referrals.NOT_KNOWN}, [1]),
        ({"words": "library", "looks": (Verification.NEVER,)}, []),
    ],
)
def test_every_part_of_a_question_counts(asked, found):
    assert names(**asked) == [PINS[at].name for at in found]


def test_there_is_a_word_for_each_answer():
    assert [referrals_of(each) for each in (True, False, None)] == list(Referrals)
