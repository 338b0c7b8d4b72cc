"""How long ago somebody looked whether an asset is still as recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from chb.domain.assets.register import Asset, AssetPin

FRESH_DAYS: Final = 180
AGEING_DAYS: Final = 365
"""Half a year and a year: opening hours and volunteers change from season to season."""


class Verification(StrEnum):
    """What the age of the last look is worth."""

    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"
    NEVER = "never"


@dataclass(frozen=True)
class VerificationAge:
    """The word for it and the days since; None where nobody has looked."""

    state: Verification
    age_days: int | None = None


def verification_of(asset: Asset | AssetPin, today: date) -> VerificationAge:
    """How old the last look is: fresh to 180 days, ageing to 365, stale after."""
    if asset.verified_on is None:
        return VerificationAge(Verification.NEVER)
    age_days = max((today - asset.verified_on).days, 0)
    if age_days <= FRESH_DAYS:
        return VerificationAge(Verification.FRESH, age_days)
    state = Verification.AGEING if age_days <= AGEING_DAYS else Verification.STALE
    return VerificationAge(state, age_days)
