"""Which assets somebody should look at again: stale records are what users complain of."""

from __future__ import annotations

from dataclasses import dataclass

from chb.domain.access.permissions import Permission
from chb.domain.assets.register import AssetPin
from chb.domain.assets.verification import Verification, verification_of
from chb.services.access.rules import needs
from chb.services.assets.register import asset_pins
from chb.services.workspace import Workspace


@dataclass(frozen=True)
class DueForReview:
    """An asset with the age of its last look; ``age_days`` is None where nobody has looked."""

    asset: AssetPin
    state: Verification
    age_days: int | None


@needs(Permission.MANAGE_ASSETS)
def review_queue(ws: Workspace) -> tuple[DueForReview, ...]:
    """Open assets whose last look is not fresh: those never looked at, then the oldest looks."""
    today = ws.today()
    listed = [(each, verification_of(each, today)) for each in asset_pins(ws)]
    queue = [
        DueForReview(each, looked.state, looked.age_days)
        for each, looked in listed
        if each.is_open and looked.state is not Verification.FRESH
    ]
    return tuple(sorted(queue, key=_newest_last))


def _newest_last(due: DueForReview) -> tuple[bool, int]:
    return due.age_days is not None, -(due.age_days or 0)
