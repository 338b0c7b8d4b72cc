"""Putting a text into every field that somebody types, and knowing which fields there are."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar

import chb.domain

NO_RECORDS: Final = {
    "chb.domain.views": "copies that are made for readers of what is planted",
    "chb.domain.provenance": "made by the system of what it computes",
    "chb.domain.quality": "made by the importers; the rows they refuse are planted",
    "chb.domain.figures": "a reference table of the installation",
    "chb.domain.glossary": "a reference table of the installation",
    "chb.domain.harm": "reference tables of the installation",
    "chb.domain.home": "made of planted records",
    "chb.domain.home_tour": "words of ours",
    "chb.domain.hotspots": "constants",
    "chb.domain.markings": "constants",
    "chb.domain.periods": "months",
    "chb.domain.access.scope": "made of a session and of planted roles",
    "chb.domain.access.sessions": "made by signing in",
    "chb.domain.ocgs.families": "made of planted nominals",
    "chb.domain.ocgs.network": "made of planted links and nominals",
    "chb.domain.places.standing": "made of planted records",
    "chb.domain.planning.actions": "made of planted records; the query is not kept",
    "chb.domain.planning.bulk": "made of planted records",
    "chb.domain.planning.my_work": "made of planted records",
    "chb.domain.planning.plan_frames": "made of planted records",
    "chb.domain.planning.plan_shape": "made of planted records",
    "chb.domain.planning.person_names": "made of planted signals",
    "chb.domain.planning.referral_options": "made of planted pathways and assets",
    "chb.domain.planning.timeline": "made of planted records",
}
"""Modules without a record that a person fills in, and why."""

NOT_TYPED: Final = {
    "Account.work_email": "an e-mail address of a narrow shape",
    "Account.made_by": "an e-mail address",
    "Account.password_hash": "made by the system",
    "Account.subject": "from the OpenID provider; never shown",
    "RoleGrant.work_email": "an e-mail address",
    "RoleGrant.granted_by": "an e-mail address",
    "NeedToKnow.work_email": "must be a known person's",
    "Person.work_email": "an e-mail address of a narrow shape",
    "AssetKind": "a reference table of the installation",
    "Asset.kind": "a key of the reference table",
    "Nominal.reference": "letters, digits, / and -",
    "Asset.source_sha256": "a digest",
    "Asset.merged_into": "an id",
    "AssetPin": "made of planted assets",
    "Tactic": "a reference table of the installation",
    "ImpactPrompt": "a reference table of the installation",
    "RetentionRule": "a reference table of the installation",
    "ImpactAnswer.prompt": "a key of the reference table",
    "AuditEntry": "made of what services name by id; purpose and recipient are AuditRow's",
    "AuditRow.at": "a moment",
    "AuditRow.person": "an e-mail address",
    "AuditRow.action": "a word of ours",
    "AuditRow.object_kind": "a word of ours",
    "AuditRow.hash": "a digest",
    "AuditRow.body": "planted through what was written",
    "AuditQuery": "a question, not kept",
    "Finding": "words of ours",
    "Verdict": "words of ours",
    "Edit": "becomes reason and recorded_by of an entry",
    "CheckedEdit": "becomes reason and recorded_by of an entry",
    "Entry": "the base of entries that are planted",
    "Evidence.item_key": "a key made by the system",
    "GateState": "made of planted evidence",
    "GatePassage.gate": "a word of ours",
    "Meeting.present": "ids",
    "Meeting.apologies": "ids",
    "Revision": "versions of planted records",
    "Disposal.kind": "a word of ours",
}
"""Fields, and whole classes, that nobody types words into, and why."""

RecordT = TypeVar("RecordT")


class Planter:
    """One text, and the fields it was put into.

    ``planted`` is shared by the planters of all texts.
    """

    def __init__(self, text: str, planted: set[str]) -> None:
        self.text = text
        self._planted = planted

    def word(self, *names: str, longest: int = 200) -> str:
        """The text, as long as the fields named have room for."""
        self._planted.update(names)
        return self.text[:longest]

    def fill(self, record: RecordT, *, keep: tuple[str, ...] = (), longest: int = 200) -> RecordT:
        """The record with the text in each of its fields that is typed, and in its parts'."""
        changes = {
            name: filled
            for name in typed_fields(type(record))
            if name not in keep
            for filled in [self._filled(record, name, longest)]
        }
        parts = {
            name: tuple(self.fill(part) for part in value)
            for name, value in vars(record).items()
            if isinstance(value, tuple) and value and is_dataclass(value[0])
        }
        return replace(record, **parts, **changes)  # type: ignore[type-var] # a dataclass

    def _filled(self, record: object, name: str, longest: int) -> Any:
        word = self.word(f"{type(record).__name__}.{name}", longest=longest)
        hint = typing.get_type_hints(type(record))[name]
        return (word,) if hint == tuple[str, ...] else word


def typed_fields(cls: type) -> tuple[str, ...]:
    """Fields of a record that hold words a person typed."""
    hints = typing.get_type_hints(cls)
    return tuple(
        field.name
        for field in fields(cls)  # type: ignore[arg-type] # a dataclass
        if _holds_words(hints[field.name])
        and not _is_reference(field.name)
        and cls.__name__ not in NOT_TYPED
        and f"{cls.__name__}.{field.name}" not in NOT_TYPED
    )


def every_typed_field() -> set[str]:
    """Every field of every record of the domain that holds words a person typed."""
    return {f"{cls.__name__}.{name}" for cls in _records() for name in typed_fields(cls)}


def _records() -> Iterator[type]:
    for found in pkgutil.walk_packages(chb.domain.__path__, "chb.domain."):
        if any(found.name == name or found.name.startswith(f"{name}.") for name in NO_RECORDS):
            continue
        module = importlib.import_module(found.name)
        for cls in vars(module).values():
            if inspect.isclass(cls) and is_dataclass(cls) and cls.__module__ == found.name:
                yield cls


def _holds_words(hint: Any) -> bool:
    return hint in (str, str | None, tuple[str, ...])


def _is_reference(name: str) -> bool:
    return name in ("id", "key", "corrects", "corrected_by") or name.endswith(
        ("_id", "_ids", "_key")
    )
