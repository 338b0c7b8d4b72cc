"""Saving the moves that were tried: all of them together, with a reason, and one undo."""

from __future__ import annotations

from typing import Final

from chb.domain.access.permissions import Permission
from chb.domain.assets.batches import BatchKind
from chb.domain.assets.register import Asset
from chb.domain.wording import checked_line, plural
from chb.services.assets import register
from chb.services.assets.batches import BatchChanges, apply_batch
from chb.services.assets.weeks import Week
from chb.ui import cache
from chb.ui.parts.allowed import may_or_is_told
from chb.ui.parts.drafts import kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.sending import as_shown, send_button
from chb.ui.parts.weeks.tries import FORM, Try, put_back, retimed, tries_in

_WHY: Final = "Why they move"


def show_save_moves(week: Week) -> None:
    """The form, for those who map assets, while some move is tried."""
    tries = tries_in(week)
    if not tries or not may_or_is_told(Permission.MANAGE_ASSETS):
        return
    seen = _as_seen(tries)
    with kept_form(FORM):
        why = kept_line(_WHY, placeholder="For example: agreed with both clubs")
        by = ask_author()
        sent = send_button(FORM, f"Save {plural(len(tries), 'move')}")
    if sent:
        save(FORM, lambda request_key: _move(seen, tries, why, by=by, request_key=request_key))


def _as_seen(tries: tuple[Try, ...]) -> tuple[Asset, ...]:
    """The assets of the moves, in the versions that were on the screen."""
    ws = cache.workspace()
    present = {id_: register.asset(ws, id_) for id_ in sorted({each.key[0] for each in tries})}
    seen = present | as_shown(FORM, present)
    return tuple(seen[id_] for id_ in present)


def _move(
    seen: tuple[Asset, ...], tries: tuple[Try, ...], why: str, *, by: str, request_key: str
) -> str:
    apply_batch(
        cache.workspace(),
        BatchChanges(changed=[retimed(asset, tries) for asset in seen]),
        title=checked_line(why, what="The reason"),
        by=by,
        kind=BatchKind.CHANGE,
        request_key=request_key,
    )
    put_back([each.key for each in tries])
    return f"{plural(len(tries), 'session')} moved, as one change that can be undone."
