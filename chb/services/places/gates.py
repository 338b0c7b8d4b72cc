"""Gates at places: the checklist in force, its evidence, and its editing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from chb.domain.access.permissions import Permission
from chb.domain.edits import Edit, StaleEdit, checked_author
from chb.domain.places.gates import (
    Checklist,
    Evidence,
    Figure,
    Gate,
    GateItem,
    GateState,
    checked_items,
    checked_link,
    latest_evidence,
)
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_text
from chb.services.access.rules import needs
from chb.services.places.edits import existing_place
from chb.services.requests import new_id, once
from chb.services.workspace import Workspace
from chb.sources.gate_items import shipped_checklists
from chb.store.store import Transaction


@dataclass(frozen=True, kw_only=True)
class EvidenceDraft:
    """What the form asks for: words, a link or a figure, at least one of them."""

    item_key: str
    is_met: bool = True
    words: str = ""
    link: str = ""
    figure: Figure | None = None


@needs(Permission.SEE_OPERATIONS, shows="gates")
def gate_states(ws: Workspace, place_id: str) -> dict[Gate, GateState]:
    """Every gate of a place, as it stands."""
    with ws.reading() as tx:
        existing_place(tx, place_id)
        return {gate: state_of_gate(tx, place_id, gate) for gate in Gate}


@needs(Permission.SEE_OPERATIONS, shows="gates")
def gate_history(ws: Workspace, place_id: str, gate: Gate) -> tuple[Evidence, ...]:
    """All evidence ever recorded at a place for a gate, oldest first."""
    with ws.reading() as tx:
        return tx.gates.evidence(place_id, gate)


@needs(Permission.SEE_OPERATIONS)
def checklist_versions(ws: Workspace, gate: Gate, place_id: str = "") -> tuple[Checklist, ...]:
    """Every version of a checklist, that of a place or the partnership's own, oldest first."""
    with ws.reading() as tx:
        return (shipped_checklists()[gate], *tx.gates.checklists(gate, place_id))


def state_of_gate(tx: Transaction, place_id: str, gate: Gate) -> GateState:
    """The gate within a transaction."""
    checklist = checklist_in_force(tx, gate, place_id)
    evidence = latest_evidence(tx.gates.evidence(place_id, gate))
    return GateState(
        checklist,
        {item.key: evidence[item.key] for item in checklist.items if item.key in evidence},
    )


def checklist_in_force(tx: Transaction, gate: Gate, place_id: str = "") -> Checklist:
    """The place's own checklist, else the partnership's, else the one that ships."""
    own = tx.gates.checklists(gate, place_id) if place_id else ()
    return (own or tx.gates.checklists(gate) or (shipped_checklists()[gate],))[-1]


@needs(Permission.PLAN)
def record_evidence(
    ws: Workspace,
    place_id: str,
    gate: Gate,
    draft: EvidenceDraft,
    *,
    by: str,
    request_key: str = "",
) -> GateState:
    """Record what shows that an item is in place, or that it no longer is.

    Earlier evidence stays; the last entry for an item counts.
    """
    words = checked_text(draft.words, what="The evidence", required=False)
    link = checked_link(draft.link)
    if not (words or link or draft.figure):
        raise Refusal(
            "Evidence is words, a link or a figure",
            found="Found none of them",
            remedy="Write what shows it, and where it can be found",
        )
    author = checked_author(by)

    def make() -> str:
        existing_place(tx, place_id)
        checklist = checklist_in_force(tx, gate, place_id)
        evidence = Evidence(
            gate=gate,
            item_key=checklist.item(draft.item_key).key,
            checklist_version=checklist.version,
            is_met=draft.is_met,
            words=words,
            link=link,
            figure=draft.figure,
            recorded_by=author,
            recorded_at=ws.now(),
        )
        tx.gates.add_evidence(place_id, evidence)
        return place_id

    with ws.writing() as tx:
        once(tx, request_key, make, now=ws.now())
        return state_of_gate(tx, place_id, gate)


@needs(Permission.DECIDE)
def edit_checklist(
    ws: Workspace, gate: Gate, items: Iterable[GateItem], edit: Edit, *, place_id: str = ""
) -> Checklist:
    """Save a new version of a gate's checklist, for one place or for the partnership.

    Versions are numbered through for each gate, so that a number names one list.
    ``edit.version`` is that of the checklist the person saw in force. An item
    whose words are unchanged keeps its key, and with it its evidence; other words
    ask something else, so such an item starts without.
    """
    kept = edit.checked(today=ws.today(), what="Another checklist")
    asked = checked_items(items)

    def make() -> str:
        if place_id:
            existing_place(tx, place_id)
        present = checklist_in_force(tx, gate, place_id)
        if present.version != kept.version:
            raise _stale(present, asked, kept.version)
        known = {item.words: item.key for item in present.items}
        tx.gates.add_checklist(
            Checklist(
                gate=gate,
                version=tx.gates.next_version(gate),
                items=tuple(replace(item, key=known.get(item.words) or new_id()) for item in asked),
                place_id=place_id,
                reason=kept.reason,
                recorded_by=kept.by,
                recorded_at=ws.now(),
            )
        )
        return place_id

    with ws.writing() as tx:
        once(tx, kept.request_key, make, now=ws.now())
        return checklist_in_force(tx, gate, place_id)


def _stale(present: Checklist, asked: tuple[GateItem, ...], seen_version: int) -> StaleEdit:
    return StaleEdit(
        f"The checklist {present.gate}",
        seen_version=seen_version,
        version=present.version,
        theirs=f"{'; '.join(item.words for item in present.items)} ({present.recorded_by}, "
        f"{present.reason})",
        yours="; ".join(item.words for item in asked),
    )
