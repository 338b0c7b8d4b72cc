"""The manifest of whatever leaves, and the disclosure it is on record as."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chb import __version__
from chb.domain.access.roles import View
from chb.domain.markings import Marking
from chb.domain.wording import checked_line, checked_text
from chb.exports.manifest import ExportManifest
from chb.services.audit import record_disclosure
from chb.services.requests import new_id
from chb.services.workspace import Workspace

EXPORT_KIND: Final = "export"
"""What the audit log calls a file that was taken out."""


@dataclass(frozen=True)
class Disclosure:
    """What a file is taken out for, and for whom."""

    purpose: str
    recipient: str

    def checked(self) -> Disclosure:
        """As it will be kept; Refusal when either is missing."""
        return Disclosure(
            checked_text(self.purpose, what="The purpose of taking it out"),
            checked_line(self.recipient, what="Who it is for"),
        )


AT_THE_TERMINAL: Final = Disclosure(
    "Work at the terminal of the machine that holds the store", "whoever runs the machine"
)


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """A file that is about to leave: what it is, of which view, and what was asked."""

    product: str
    view: View
    marking: Marking
    filters: Mapping[str, str]
    content_sha256: str


def manifest_of(ws: Workspace, file: Leaving, to: Disclosure) -> ExportManifest:
    """Who takes out what, when, why and for whom; Refusal without purpose or recipient."""
    kept = to.checked()
    return ExportManifest(
        export_id=new_id(),
        product=f"{file.product} (Holdfast {__version__})",
        marking=file.marking.line,
        handling=file.marking.handling,
        exported_by=ws.scope.person,
        exported_at=ws.now().isoformat(timespec="seconds"),
        view=file.view.name.lower(),
        filters=file.filters,
        purpose=kept.purpose,
        recipient=kept.recipient,
        content_sha256=file.content_sha256,
    )


def put_on_record(ws: Workspace, manifest: ExportManifest, content: bytes) -> None:
    """Keep the manifest in the audit log, before anybody has the file."""
    record_disclosure(
        ws,
        EXPORT_KIND,
        manifest.export_id,
        recipient=manifest.recipient,
        purpose=manifest.purpose,
        manifest=manifest.as_dict(),
        file_sha256=hashlib.sha256(content).hexdigest(),
        n_bytes=len(content),
    )
