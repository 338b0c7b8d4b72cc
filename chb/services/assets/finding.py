"""Which assets of the register somebody means: by name, kind, status, last look, referrals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chb.domain.assets.register import AssetPin, AssetStatus
from chb.domain.assets.verification import Verification, verification_of


class Referrals(StrEnum):
    """What is known of whether an asset accepts referrals."""

    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not accepted"
    NOT_KNOWN = "not known"


@dataclass(frozen=True)
class AssetQuery:
    """What is asked for; what is left empty leaves nothing out, except assets that are closed."""

    today: date
    words: str = ""
    """Each of them stands somewhere in the name, whatever its case."""
    kinds: tuple[str, ...] = ()
    statuses: tuple[AssetStatus, ...] = ()
    looks: tuple[Verification, ...] = ()
    referrals: Referrals | None = None

    def means(self, pin: AssetPin) -> bool:
        """Whether an asset is asked for."""
        if not (pin.status in self.statuses if self.statuses else pin.is_open):
            return False
        if self.kinds and pin.kind not in self.kinds:
            return False
        if self.looks and verification_of(pin, self.today).state not in self.looks:
            return False
        if self.referrals not in (None, referrals_of(pin.accepts_referrals)):
            return False
        name = pin.name.casefold()
        return all(word in name for word in self.words.casefold().split())


def find_pins(pins: Iterable[AssetPin], query: AssetQuery) -> tuple[AssetPin, ...]:
    """Those that are asked for, in their order."""
    return tuple(pin for pin in pins if query.means(pin))


def referrals_of(accepts: bool | None) -> Referrals:
    """The word for it."""
    if accepts is None:
        return Referrals.NOT_KNOWN
    return Referrals.ACCEPTED if accepts else Referrals.NOT_ACCEPTED
