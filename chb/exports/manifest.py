"""The manifest of an export: who took out what, when, why and for whom. It travels inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

MANIFEST_KEY: Final = "holdfast.manifest"


@dataclass(frozen=True, kw_only=True)
class ExportManifest:
    """One export. ``content_sha256`` is of the content without the manifest."""

    export_id: str
    product: str
    marking: str
    handling: str
    exported_by: str
    exported_at: str
    view: str
    filters: Mapping[str, str] = field(default_factory=dict)
    purpose: str
    recipient: str
    content_sha256: str

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON, the marking first."""
        return {**self.as_columns(), "filters": dict(self.filters)}

    def as_columns(self) -> dict[str, str]:
        """One text each, for files made of rows, the marking first."""
        return {
            "marking": self.marking,
            "handling": self.handling,
            "product": self.product,
            "export_id": self.export_id,
            "exported_by": self.exported_by,
            "exported_at": self.exported_at,
            "view": self.view,
            "filters": "; ".join(f"{name}: {value}" for name, value in self.filters.items()),
            "purpose": self.purpose,
            "recipient": self.recipient,
            "content_sha256": self.content_sha256,
        }
