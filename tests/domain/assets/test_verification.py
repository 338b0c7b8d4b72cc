"""The age of the last look, in days and in a word."""

from datetime import date, timedelta

import pytest

from chb.domain.assets.register import Asset
from chb.domain.assets.verification import Verification, VerificationAge, verification_of

TODAY = date(2026, 3, 4)


def looked_at(on):
    return Asset(name="Hall", kind="hall", longitude=0.0, latitude=0.0, source="x", verified_on=on)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (0, Verification.FRESH),
        (180, Verification.FRESH),
        (181, Verification.AGEING),
        (365, Verification.AGEING),
        (366, Verification.STALE),
    ],
)
def test_a_look_ages(days, state):
    asset = looked_at(TODAY - timedelta(days=days))
    assert verification_of(asset, TODAY) == VerificationAge(state, days)


def test_an_asset_nobody_looked_at_has_no_age():
    assert verification_of(looked_at(None), TODAY) == VerificationAge(Verification.NEVER, None)
