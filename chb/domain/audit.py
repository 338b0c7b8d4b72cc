"""The audit log's words: what is recorded, what a check of the log finds.

The first six actions are those of section 62 of the Data Protection Act 2018. A
purpose is asked for where something leaves the partnership or is decided; since the
Data (Use and Access) Act 2025 nobody has to justify a look in writing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line, checked_text

LONGEST_PURPOSE: Final = 1_000


class AuditAction(StrEnum):
    """What somebody did."""

    COLLECT = "collect"
    ALTER = "alter"
    CONSULT = "consult"
    DISCLOSE = "disclose"
    COMBINE = "combine"
    ERASE = "erase"
    DECIDE = "decide"
    SIGN_IN = "sign in"
    REFUSE = "refuse"


NEEDS_PURPOSE: Final = frozenset({AuditAction.DISCLOSE, AuditAction.DECIDE})

_WITHHELD: Final = "withheld"
_PURPOSE_IS_TYPED: Final = frozenset(AuditAction) - {AuditAction.DECIDE}
"""That of a decision is made of the log's own words."""
_PLAIN_FACTS: Final = frozenset(
    {
        *("version", "fields", "event", "role", "agency", "found", "gate", "is_met"),
        *("n", "n_rows", "n_bytes", "sha256", "file_sha256"),
    }
)
"""Of contents, what is a number, a digest or a word of the program's own."""


@dataclass(frozen=True)
class AuditEntry:
    """What is to be recorded. Who and when are the transaction's to say.

    Everything but ``body`` stays for as long as the log does, so it names things by
    id and never describes them. ``body`` is plain values for JSON, and can be erased.
    """

    action: AuditAction
    object_kind: str
    object_id: str = ""
    recipient: str = ""
    purpose: str = ""
    body: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Refusal without a kind, for a disclosure to nobody, or where the purpose is missing."""
        kept = {
            "object_kind": checked_line(self.object_kind, what="The kind of thing"),
            "object_id": checked_line(self.object_id, what="The thing's id", required=False),
            "recipient": checked_line(
                self.recipient,
                what="The recipient of a disclosure",
                required=self.action == AuditAction.DISCLOSE,
            ),
            "purpose": checked_text(
                self.purpose,
                what=f"The purpose, which to {self.action} something needs,",
                required=self.action in NEEDS_PURPOSE,
                longest=LONGEST_PURPOSE,
            ),
        }
        for name, text in kept.items():
            object.__setattr__(self, name, text)


@dataclass(frozen=True)
class AuditRow:
    """One row of the log as it stands there, checked by nobody; ``body`` is None once erased."""

    seq: int
    at: str
    """ISO 8601, UTC."""
    person: str
    action: str
    object_kind: str
    object_id: str
    recipient: str
    purpose: str
    hash: str
    body: Mapping[str, Any] | None = field(repr=False)


def without_content(row: AuditRow) -> AuditRow:
    """The row for somebody who need not know every group: who did what to which id, and when.

    Purposes are typed by people, and contents hold file names and filters: either may name
    a group. That the row has a content, or had one that was erased, can still be seen.
    """
    typed = row.action in _PURPOSE_IS_TYPED
    body = None if row.body is None else {k: v for k, v in row.body.items() if k in _PLAIN_FACTS}
    return replace(row, purpose=_WITHHELD if typed and row.purpose else row.purpose, body=body)


@dataclass(frozen=True, kw_only=True)
class AuditQuery:
    """Which rows are wanted; what is left empty does not matter. Newest first."""

    person: str = ""
    action: AuditAction | None = None
    object_kind: str = ""
    object_id: str = ""
    since: datetime | None = None
    until: datetime | None = None
    """Up to, and not at, this moment."""
    most: int = 500

    def __post_init__(self) -> None:
        """Refusal when the moments are the wrong way round."""
        if self.since is not None and self.until is not None and self.until <= self.since:
            raise Refusal(
                "The search of the audit log ends before it starts",
                found=f"From {self.since:%d %B %Y %H:%M} to {self.until:%d %B %Y %H:%M}",
                remedy="Swap the two",
            )


class Fault(StrEnum):
    """What happened to the log, as far as the log can tell."""

    CHANGED = "changed"
    FORGED = "forged"
    REORDERED = "reordered"
    CUT_OUT = "cut out of the middle"
    TRUNCATED = "truncated"
    REWRITTEN = "cut and written afresh"
    CONTENT_CHANGED = "content changed"
    CONTENT_REMOVED = "content removed unlogged"
    UNGUARDED = "guards removed"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, at the row of that number; ``seq`` is 0 for the log as a whole."""

    fault: Fault
    seq: int
    words: str


@dataclass(frozen=True)
class Verdict:
    """What a check of the whole log found. ``findings`` are the first of ``n_faults``, by row."""

    n_rows: int
    n_erased: int
    last_hash: str
    n_anchors: int
    anchored_seq: int
    """The newest row that an anchor holds: what comes after it could be cut off unnoticed."""
    n_faults: int = 0
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        return self.n_faults == 0

    @property
    def first(self) -> Finding | None:
        """The first bad row."""
        return self.findings[0] if self.findings else None
