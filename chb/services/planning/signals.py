"""Partner signals: sending one, counting them on cells, and what the lead officer makes of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

import h3.api.numpy_int as h3

from chb.domain.access.permissions import Permission
from chb.domain.access.roles import View
from chb.domain.access.scope import NotForYou
from chb.domain.planning.person_names import NameWarning
from chb.domain.planning.signals import Signal, SignalCategory, SignalLink, counts_by_cell
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_past
from chb.services.access.rules import needs
from chb.services.planning.keeping import save
from chb.services.workspace import Workspace
from chb.store.store import Transaction

MAP_RESOLUTION: Final = 9
"""H3 resolution of the layer of signals: cells of about 0.1 km\N{SUPERSCRIPT TWO}."""
_COARSEST: Final = 7
_FINEST: Final = 11


@dataclass(frozen=True)
class LinkedSignal:
    """A signal with its links; for the lead officer, never for the sender."""

    signal: Signal
    links: tuple[SignalLink, ...]


@dataclass(frozen=True)
class SentSignals:
    """The latest signals of those asked for, and how many there are."""

    latest: tuple[Signal, ...]
    n: int


class NamesSuspectedError(Refusal):
    """Words of a signal look like a person's; ``suspected`` are those not confirmed."""

    def __init__(self, suspected: tuple[NameWarning, ...]) -> None:
        self.suspected = suspected
        super().__init__(
            "A person seems to be named, and signals name nobody",
            found="; ".join(f"{each.words!r} ({each.why})" for each in suspected[:3]),
            cause="The check goes by capital letters and titles, and can be wrong",
            remedy="Describe instead of naming, or confirm that nobody is named",
        )


@needs(Permission.SEND_SIGNALS)
def send_signal(
    ws: Workspace,
    signal: Signal,
    *,
    by: str,
    no_persons: Collection[str] = (),
    request_key: str = "",
) -> Signal:
    """Keep a signal. A signal is never changed: a correction is another signal.

    Words that look like a person's name raise NamesSuspectedError until the sender, who
    was shown them, gives those very words in ``no_persons``: a street, a body or a brand.
    """
    if ws.scope.view < View.PARTNER:
        raise NotForYou(
            "Signals are sent under a sharing agreement",
            cause="Your agency has none in force",
            remedy="Ask whoever convenes the partnership to renew it",
        )
    checked_past(signal.first_day, today=ws.today(), what="The period")
    _check_cells(signal)
    if signal.id:
        raise Refusal(
            "A signal that was sent stays as it is",
            remedy="Send another one with the correction",
        )

    def refuse_names(tx: Transaction, new: Signal) -> None:
        warnings = new.warnings(tx.places.names().values())
        suspected = tuple(each for each in warnings if each.words not in no_persons)
        if suspected:
            raise NamesSuspectedError(suspected)

    return save(
        ws,
        lambda tx: tx.planner.signals,
        signal,
        by=by,
        request_key=request_key,
        check=refuse_names,
    )


@needs(Permission.SEND_SIGNALS)
def sent_signals(ws: Workspace, agency: str) -> tuple[Signal, ...]:
    """What an agency sent, as it sent it: without links, the latest period first."""
    with ws.reading() as tx:
        return _latest_first(tx.planner.signals.where(agency=agency))


@needs(Permission.SEND_SIGNALS)
def signals_during(
    ws: Workspace,
    *,
    first_day: date,
    last_day: date,
    most: int,
    category: SignalCategory | None = None,
    cells: Collection[int] | None = None,
) -> SentSignals:
    """What every agency sent, without links: the latest that touch the span of days.

    Args:
        ws: for whom.
        first_day: of the span.
        last_day: of the span.
        most: how many to give.
        category: of one kind of work only.
        cells: only signals that touch any of them.
    """
    wanted = {**_wanted(category), "cells": cells}
    with ws.reading() as tx:
        sent = tx.planner.signals
        return SentSignals(
            latest=sent.during(first_day, last_day, most=most, **wanted),
            n=sent.count_during(first_day, last_day, **wanted),
        )


@needs(Permission.SEE_OPERATIONS, shows="links of signals")
def linked_signals(ws: Workspace) -> tuple[LinkedSignal, ...]:
    """Every signal with its links, the latest period first; for the lead officer only."""
    with ws.reading() as tx:
        signals, links = tx.planner.signals.all(), tx.planner.signal_links.all()
    by_signal: dict[str, list[SignalLink]] = defaultdict(list)
    for link in links:
        by_signal[link.signal_id].append(link)
    return tuple(LinkedSignal(each, tuple(by_signal[each.id])) for each in _latest_first(signals))


@needs(Permission.LINK_SIGNALS)
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


@needs(Permission.SEND_SIGNALS)
def signals_of_place(ws: Workspace, place_id: str) -> tuple[Signal, ...]:
    """The timeline of a place: signals linked to it or on its cells, the earliest first.

    None for an agency without a sharing agreement in force there.
    """
    with ws.reading() as tx:
        place = tx.places.get(place_id)
        if place is None or not _is_shared(ws, tx, place_id):
            return ()
        links = tx.planner.signal_links.where(place_id=place_id)
        linked = tx.planner.signals.where(id={link.signal_id for link in links})
        on_cells = tx.planner.signals.on_cells(place.boundary.cells)
    found = {signal.id: signal for signal in (*linked, *on_cells)}
    return tuple(sorted(found.values(), key=lambda each: (each.first_day, each.last_day)))


@needs(Permission.SEND_SIGNALS)
def signal_counts(
    ws: Workspace,
    *,
    first_day: date,
    last_day: date,
    category: SignalCategory | None = None,
    resolution: int = MAP_RESOLUTION,
) -> dict[int, int]:
    """Number of signals on each H3 cell that touch the span of days, for a layer of the map.

    A signal on coarser cells counts on each cell within them, one on finer cells
    counts once on the cell around them.
    """
    with ws.reading() as tx:
        areas = tx.planner.signals.areas_during(first_day, last_day, **_wanted(category))
    return counts_by_cell(_on_resolution(area, resolution) for area in areas)


def _wanted(category: SignalCategory | None) -> dict[str, str]:
    return {} if category is None else {"category": category.value}


def _is_shared(ws: Workspace, tx: Transaction, place_id: str) -> bool:
    """Whether the person is shown the place as partners are; an agency reads its own entry."""
    return not ws.scope.needs_agreements or bool(tx.planner.stakeholders.where(place_id=place_id))


def _on_resolution(cells: Collection[int], resolution: int) -> frozenset[int]:
    found: set[int] = set()
    for cell in cells:
        if h3.get_resolution(cell) < resolution:
            found.update(int(child) for child in h3.cell_to_children(cell, resolution))
        else:
            found.add(int(h3.cell_to_parent(cell, resolution)))
    return frozenset(found)


def _check_cells(signal: Signal) -> None:
    """Refusal unless the cells are H3 cells of one resolution that suits a neighbourhood."""
    if not all(h3.is_valid_cell(cell) for cell in signal.cells):
        raise Refusal(
            "The area of a signal is made of H3 cells",
            remedy="Click the cells on the map, or name the area instead",
        )
    resolutions = sorted({int(h3.get_resolution(cell)) for cell in signal.cells})
    if len(resolutions) > 1:
        raise Refusal(
            "The cells of a signal have one resolution",
            found=f"Found resolutions {resolutions}",
            remedy="Choose all cells on a map of one resolution",
        )
    if resolutions and not _COARSEST <= resolutions[0] <= _FINEST:
        raise Refusal(
            "The cells of a signal are too large or too small",
            found=f"Found resolution {resolutions[0]}; {_COARSEST} to {_FINEST} are kept",
            remedy="Click the cells on the map, or name the area instead",
        )


def _latest_first(signals: tuple[Signal, ...]) -> tuple[Signal, ...]:
    return tuple(sorted(signals, key=lambda each: (each.last_day, each.first_day), reverse=True))
