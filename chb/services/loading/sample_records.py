"""The sample place's records: register, plans, disruptions, signals, partnership."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, TypeVar

from chb.domain.access.permissions import Permission
from chb.domain.access.scope import in_full
from chb.domain.edits import Edit
from chb.domain.ocgs.register import Ocg
from chb.domain.places.records import TieKind
from chb.domain.records import Record, Signature
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.places.register import list_places
from chb.services.places.ties import tie_to_place
from chb.services.planning.keeping import keep
from chb.services.planning.ocg_register import refuse_same_code
from chb.services.workspace import PROJECT_ROOT, Workspace
from chb.store.records import Records
from chb.store.store import Transaction

_FOLDER: Final = PROJECT_ROOT / "data" / "sample"
_FILES: Final = ("register", "plans", "intelligence", "partnership")
_AUTHOR: Final = "sample place"
_OFFSET: Final = re.compile(r"([+-]\d+) days")

Sections = dict[str, list[dict[str, Any]]]
SampleT = TypeVar("SampleT", bound=Record)


@needs(Permission.LOAD_DATA)
def make_sample_records(ws: Workspace) -> None:
    """Make the sample's records, or make them afresh; the sample's places must be there.

    What a person wrote is left alone. All of it is made, or none.
    """
    sections = _read(ws.today())
    with ws.seen_by(in_full(ws.scope)).writing() as tx:
        tx.remove_planner_samples()
        maker = _Maker(tx, Signature(_AUTHOR, ws.now(), "Made with the sample place"))
        for section, records in vars(tx.planner).items():
            for row in sections.get(section, []):
                maker.make(records, row)
    _tie_groups(ws, sections["ocgs_at_places"])


def _tie_groups(ws: Workspace, rows: list[dict[str, Any]]) -> None:
    """Record which groups affect which places, as a person would; what is tied stays as it is."""
    for row in rows:
        place = next(each for each in list_places(ws) if each.name == row["place"])
        tied = {tie.subject for tie in place.tied(ws.today(), TieKind.OCG)}
        if row["code"] not in tied:
            since = date.fromisoformat(row["since"])
            edit = Edit(reason=row["reason"], by=_AUTHOR, version=place.version, on=since)
            tie_to_place(ws, place.id, TieKind.OCG, row["code"], edit)


class _Maker:
    """Turns planned rows into records, names into the ids they stand for."""

    def __init__(self, tx: Transaction, signature: Signature) -> None:
        self._tx = tx
        self._signature = signature
        self._places = {place.name: place for place in tx.places.all()}
        self._ids = {place.name: place.id for place in self._places.values()}

    def make(self, records: Records[SampleT], row: Mapping[str, Any]) -> None:
        values = {name: self._resolved(name, value) for name, value in row.items()}
        alias = values.pop("as", None)
        if "cells_of" in values:
            cells = self._places[self._known(values.pop("cells_of"))].boundary.cells
            values["cells"] = sorted(cells)[: values.pop("n_cells")]
        kept = records.made(values).checked()
        if isinstance(kept, Ocg):
            alias = kept.code
            refuse_same_code(self._tx, kept)
        made = keep(records, kept, signature=self._signature, is_sample=True)
        if alias is not None:
            self._ids[alias] = made

    def _resolved(self, name: str, value: Any) -> Any:
        if name.endswith("_id") and value is not None:
            return self._ids[self._known(value)]
        if name in ("present", "apologies"):
            return [self._ids[self._known(each)] for each in value]
        return value

    def _known(self, name: str) -> str:
        if name not in self._ids:
            raise Refusal(
                "The sample's records refer to something that is not there",
                found=f"Nothing in the sample is called {name!r}",
                cause="The sample place was not made, or its places were renamed",
                remedy="Make the sample place first: python -m chb demo",
            )
        return name


def _read(today: date) -> Sections:
    sections: Sections = {}
    for name in _FILES:
        text = (_FOLDER / f"{name}.json").read_text(encoding="utf-8")
        planned = json.loads(text)
        sections |= {key: _dated(rows, today) for key, rows in planned.items() if key != "about"}
    return sections


def _dated(value: Any, today: date) -> Any:
    """The same value with days such as ``-24 days`` counted from today."""
    if isinstance(value, list):
        return [_dated(each, today) for each in value]
    if isinstance(value, dict):
        return {name: _dated(each, today) for name, each in value.items()}
    match = _OFFSET.fullmatch(value) if isinstance(value, str) else None
    return value if match is None else (today + timedelta(days=int(match[1]))).isoformat()
