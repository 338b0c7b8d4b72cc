"""Partner signals: sending one, counting them on cells, and what the lead officer makes of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import h3

from chb.domain.planning.signals import Signal, SignalCategory, SignalLink, counts_by_cell
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_past
from chb.services.planning.keeping import save
from chb.services.workspace import Workspace
from chb.store.store import Transaction


@dataclass(frozen=True)
class LinkedSignal:
    """A signal with its links; for the lead officer, never for the sender."""

    signal: Signal
    links: tuple[SignalLink, ...]


def send_signal(
    ws: Workspace,
    signal: Signal,
    *,
    by: str,
    names_nobody: bool = False,
    request_key: str = "",
) -> Signal:
    """Keep a signal. A signal is never changed: a correction is another signal.

    Words that look like a person's name are refused until the sender says, with
    ``names_nobody``, that they name a street, a body or a brand.
    """
    checked_past(signal.first_day, today=ws.today(), what="The period")
    _check_cells(signal)
    if signal.id:
        raise Refusal(
            "A signal that was sent stays as it is",
            remedy="Send another one with the correction",
        )

    def refuse_names(tx: Transaction, new: Signal) -> None:
        warnings = new.warnings(place.name for place in tx.places.all())
        if warnings and not names_nobody:
            raise Refusal(
                "A person seems to be named, and signals name nobody",
                found="; ".join(f"{each.words!r} ({each.why})" for each in warnings[:3]),
                cause="The check goes by capital letters and titles, and can be wrong",
                remedy="Describe instead of naming, or confirm that nobody is named",
            )

    return save(
        ws,
        lambda tx: tx.planner.signals,
        signal,
        by=by,
        request_key=request_key,
        check=refuse_names,
    )


def sent_signals(ws: Workspace, agency: str) -> tuple[Signal, ...]:
    """What an agency sent, as it sent it: without links, the latest period first."""
    with ws.store.reading() as tx:
        return _latest_first(tx.planner.signals.where(agency=agency))


def linked_signals(ws: Workspace) -> tuple[LinkedSignal, ...]:
    """Every signal with its links, the latest period first; for the lead officer only."""
    with ws.store.reading() as tx:
        signals, links = tx.planner.signals.all(), tx.planner.signal_links.all()
    by_signal: dict[str, list[SignalLink]] = defaultdict(list)
    for link in links:
        by_signal[link.signal_id].append(link)
    return tuple(LinkedSignal(each, tuple(by_signal[each.id])) for each in _latest_first(signals))


def link_signal(
    ws: Workspace, link: SignalLink, *, by: str, reason: str = "", request_key: str = ""
) -> SignalLink:
    """Link a signal to a place or an OCG; what the sender sees does not change."""
    return save(
        ws,
        lambda tx: tx.planner.signal_links,
        link,
        by=by,
        reason=reason,
        request_key=request_key,
    )


def signals_of_place(ws: Workspace, place_id: str) -> tuple[Signal, ...]:
    """The timeline of a place: signals linked to it or on its cells, the earliest first."""
    with ws.store.reading() as tx:
        place = tx.places.get(place_id)
        if place is None:
            return ()
        links = tx.planner.signal_links.where(place_id=place_id)
        linked = tx.planner.signals.where(id={link.signal_id for link in links})
        on_cells = tx.planner.signals.on_cells(place.boundary.cells)
    found = {signal.id: signal for signal in (*linked, *on_cells)}
    return tuple(sorted(found.values(), key=lambda each: (each.first_day, each.last_day)))


def signal_counts(
    ws: Workspace,
    *,
    first_day: date,
    last_day: date,
    category: SignalCategory | None = None,
) -> dict[int, int]:
    """Number of signals on each H3 cell that touch the span of days, for a layer of the map."""
    with ws.store.reading() as tx:
        signals = tx.planner.signals.all()
    return counts_by_cell(
        signal
        for signal in signals
        if signal.during(first_day, last_day) and category in (None, signal.category)
    )


def _check_cells(signal: Signal) -> None:
    """Refusal unless the cells are H3 cells of one resolution."""
    texts = [h3.int_to_str(cell) for cell in signal.cells]
    if not all(h3.is_valid_cell(text) for text in texts):
        raise Refusal(
            "The area of a signal is made of H3 cells",
            remedy="Click the cells on the map, or name the area instead",
        )
    resolutions = {h3.get_resolution(text) for text in texts}
    if len(resolutions) > 1:
        raise Refusal(
            "The cells of a signal have one resolution",
            found=f"Found resolutions {sorted(resolutions)}",
            remedy="Choose all cells on a map of one resolution",
        )


def _latest_first(signals: tuple[Signal, ...]) -> tuple[Signal, ...]:
    return tuple(sorted(signals, key=lambda each: (each.last_day, each.first_day), reverse=True))
