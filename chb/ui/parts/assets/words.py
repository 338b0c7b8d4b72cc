"""Assets in words: their kind, whom they serve, and how long ago somebody looked."""

from __future__ import annotations

from chb.domain.assets.ages import ages_words
from chb.domain.assets.register import Asset, AssetPin
from chb.domain.assets.sessions import Session
from chb.domain.assets.verification import verification_of
from chb.domain.wording import plural
from chb.ui import cache


def kind_words(key: str) -> str:
    """The label of a kind; its key where the table does not know it any more."""
    return next((kind.label for kind in cache.asset_kinds() if kind.key == key), key)


def look_words(asset: Asset | AssetPin) -> str:
    """How long ago somebody last looked, and what that is worth."""
    age = verification_of(asset, cache.workspace().today())
    if age.age_days is None:
        return "never"
    ago = f"{plural(age.age_days, 'day')} ago" if age.age_days else "today"
    return f"{ago}, {age.state}"


def session_words(session: Session) -> str:
    """When, what and for whom, in one line."""
    when = f"{session.weekday} {session.start:%H:%M} to {session.end:%H:%M}"
    banded = session.youngest is not None or session.oldest is not None
    parts = (
        when,
        session.activity,
        f"ages {ages_words(session.youngest, session.oldest)}" if banded else "",
        f"up to {plural(session.capacity, 'person', 'people')}" if session.capacity else "",
        "term time only" if session.term_time_only else "",
    )
    return ", ".join(part for part in parts if part)
