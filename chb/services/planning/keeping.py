"""Keeping a record a person wrote: once, signed, and never over somebody else's work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from chb.domain.edits import StaleEdit, checked_author
from chb.domain.places.places import checked_reason
from chb.domain.records import Record, Revision, Signature, differences
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_text
from chb.services.requests import new_id, once
from chb.services.workspace import Workspace
from chb.store.records import Records
from chb.store.shapes import RecordT
from chb.store.store import Transaction

Choose = Callable[[Transaction], Records[RecordT]]
"""Which records of a transaction are meant."""
Check = Callable[[Transaction, RecordT], None]
"""What must hold among records before one is saved; raises Refusal."""


def save(
    ws: Workspace,
    choose: Choose[RecordT],
    record: RecordT,
    *,
    by: str,
    reason: str = "",
    request_key: str = "",
    check: Check[RecordT] | None = None,
    unseen: Collection[str] = (),
) -> RecordT:
    """Save a new record, or the next version of one that was read; the record as kept.

    Raises Refusal for what cannot be kept, and StaleEdit when somebody else saved
    the record meanwhile: then nothing changes and both are told. ``unseen`` are fields
    that the person is not shown, and so is not told of either.
    """
    signature = signed(ws, by, reason)
    kept = record.checked()

    def make() -> str:
        if check is not None:
            check(tx, kept)
        return keep(choose(tx), kept, signature=signature, unseen=unseen)

    with ws.writing() as tx:
        return as_kept(choose(tx), once(tx, request_key, make, now=signature.at), kept)


def as_kept(records: Records[RecordT], record_id: str, sent: RecordT) -> RecordT:
    """The record as it is kept now, or as it was sent where who sent it may not see it.

    A refusal then would tell that there is a secret, where nothing is wrong.
    """
    version = sent.version + 1 if sent.id else 1
    return records.get(record_id) or replace(sent, id=record_id, version=version)


def keep(
    records: Records[RecordT],
    kept: RecordT,
    *,
    signature: Signature,
    is_sample: bool = False,
    unseen: Collection[str] = (),
) -> str:
    """Save a checked record within a transaction; its id."""
    _refuse_orphan(records, kept)
    if not kept.id:
        new = replace(kept, id=new_id(), version=1)
        records.add(new, signature, is_sample=is_sample)
        return new.id
    if not records.change(kept, signature):
        raise _stale(records, kept, unseen)
    return kept.id


def existing(records: Records[RecordT], record_id: str) -> RecordT:
    """The record of that id; Refusal when it is not there."""
    record = records.get(record_id)
    if record is None:
        raise Refusal(
            f"That {_spoken(records.kind)} is not there",
            found=f"None has the id {record_id[:80]!r}",
            cause="It may have been removed in another window",
            remedy="Go back to the list",
        )
    return record


def history(ws: Workspace, choose: Choose[RecordT], record_id: str) -> tuple[Revision, ...]:
    """Every version of a record as it was saved, oldest first."""
    with ws.reading() as tx:
        return choose(tx).revisions(record_id)


def why_edited(record: Record, reason: str, *, what: str) -> str:
    """The reason of a save: an edit needs one, a new record does not."""
    return checked_reason(reason, what=f"A change of {what}") if record.id else reason


def signed(ws: Workspace, by: str, reason: str = "") -> Signature:
    """Who saves now, and why; Refusal when nobody is named."""
    why = checked_text(reason, what="The reason", required=False)
    return Signature(by=checked_author(by), at=ws.now(), reason=why)


def _refuse_orphan(records: Records[RecordT], record: RecordT) -> None:
    absent = records.absent_parents(record)
    if absent:
        raise Refusal(
            f"The {_spoken(absent[0])} that it belongs to is not there",
            cause="It may have been removed in another window",
            remedy="Choose again from the list",
        )


def _stale(records: Records[RecordT], edited: RecordT, unseen: Collection[str]) -> StaleEdit:
    """Both versions in words: what was saved meanwhile, and what would have been.

    Neither tells of fields that the person is not shown.
    """
    now = records.plain(existing(records, edited.id))
    saved = {revision.version: revision for revision in records.revisions(edited.id)}
    seen = saved[edited.version].content if edited.version in saved else {}
    last = saved[now["version"]].signature
    return StaleEdit(
        f"This {_spoken(records.kind)}",
        seen_version=edited.version,
        version=now["version"],
        theirs=f"{last.by} changed {listed_changes(seen, now, unseen)}",
        yours=listed_changes(seen, records.plain(edited), unseen),
    )


def listed_changes(
    before: Mapping[str, Any], after: Mapping[str, Any], unseen: Collection[str] = ()
) -> str:
    """What differs between two versions but for ``unseen`` fields, in words."""
    changed = [name for name in differences(before, after) if name not in unseen]
    return (
        "; ".join(f"{_words(name)} to {str(after[name])[:80]!r}" for name in changed) or "nothing"
    )


def _spoken(kind: str) -> str:
    return _words(kind).replace("ocg", "OCG")


def _words(name: str) -> str:
    return name.replace("_", " ")
