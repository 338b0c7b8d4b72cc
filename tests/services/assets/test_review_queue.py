"""Which assets to look at again, the longest unseen first."""

from datetime import timedelta

from chb.domain.assets.register import AssetStatus
from chb.domain.assets.verification import Verification
from chb.services.assets.review_queue import review_queue
from tests.services.asset_makers import made_asset


def test_the_queue_is_by_age_and_those_never_seen_come_first(ws):
    for name, days in (("Fresh", 180), ("Ageing", 181), ("Stale", 366), ("Older", 900)):
        made_asset(ws, name=name, verified_on=ws.today() - timedelta(days=days))
    made_asset(ws, name="Never")
    made_asset(ws, name="Shut", status=AssetStatus.CLOSED)
    assert [(each.asset.name, each.state, each.age_days) for each in review_queue(ws)] == [
        ("Never", Verification.NEVER, None),
        ("Older", Verification.STALE, 900),
        ("Stale", Verification.STALE, 366),
        ("Ageing", Verification.AGEING, 181),
    ]
