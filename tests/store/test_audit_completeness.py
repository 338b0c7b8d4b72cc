"""Every write of a repository leaves one row in the audit log: found by reading the code.

Methods that write are all of them, minus those tried here, minus those named with a
reason: nothing may be left over.
"""

import ast
import inspect
import sys
import textwrap
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from chb.domain.access.scope import OPERATOR
from chb.domain.assets.batches import AssetBatch, BatchKind
from chb.domain.assets.register import Asset
from chb.domain.ocgs.locations import Confidence, LocationKind, OcgLocation
from chb.domain.people import Person
from chb.domain.places.gates import Checklist, Evidence, Gate, GateItem
from chb.domain.places.records import NameEntry, Opening
from chb.store import store as store_module
from chb.store.journal import ImportRecord
from chb.store.store import Store
from tests.store.test_backup import decision
from tests.store.test_records import NOMINAL, OCG, SIGNAL, SIGNED
from tests.store.test_store import NOW, entry, place

FRAME = pd.DataFrame({"a": [1]})
SOMEONE = Person("A. Reader", "Council", "CSP manager", "a@b.gov.uk")
ASSET = Asset(
    id="a1", name="Hall", kind="hall", longitude=-1.5, latitude=53.4, source="x", recorded_at=NOW
)
KEPT_ASSET = replace(ASSET, version=1, name="Old hall")
BATCH = AssetBatch(id="b1", kind=BatchKind.IMPORT, title="x", by="LRO", made_at=NOW)
POINT = OcgLocation(
    code="KITTIWAKE",
    kind=next(iter(LocationKind)),
    longitude=-1.5,
    latitude=53.4,
    radius_m=100.0,
    confidence=next(iter(Confidence)),
    valid_from=date(2026, 1, 1),
    valid_to=None,
    source="x",
    handling="",
)
NAME = NameEntry(
    name="Ropewalk", valid_from=NOW.date(), reason="asked", recorded_by="LRO", recorded_at=NOW
)
OPENING = Opening(
    is_open=False, effective_on=NOW.date(), reason="done", recorded_by="LRO", recorded_at=NOW
)
LIST = Checklist(Gate.CLEAR_TO_HOLD, 1, (GateItem("a", "Patrols"),), "", "why", "LRO", NOW)
EVIDENCE = Evidence(Gate.CLEAR_TO_HOLD, "a", 1, True, "rota", "", None, "LRO", NOW)
IMPORT = ImportRecord("assets", "x.csv", "0" * 64, False, {}, NOW)

WRITES = {
    "FrameCatalogue.put": lambda tx: tx.frames.put(FRAME, **entry(name="Other")),
    "FrameCatalogue.remove": lambda tx: tx.frames.remove("population", "Census"),
    "PlaceRepository.add": lambda tx: tx.places.add(place("p2")),
    "PlaceRepository.add_boundary": lambda tx: tx.places.add_boundary(
        "p1", replace(place().boundaries[0], version=2)
    ),
    "PlaceRepository.add_change": lambda tx: tx.places.add_change("p1", place().history[0]),
    "PlaceRepository.add_entry": lambda tx: tx.places.add_entry("p1", OPENING),
    "PlaceRepository.rename": lambda tx: tx.places.rename("p1", NAME),
    "AssetRepository.change": lambda tx: tx.assets.change(KEPT_ASSET, SIGNED),
    "AssetRepository.add_many": lambda tx: tx.assets.add_many([replace(ASSET, id="a2")], SIGNED),
    "AssetRepository.change_many": lambda tx: tx.assets.change_many([KEPT_ASSET], SIGNED),
    "AssetBatchRepository.add": lambda tx: tx.asset_batches.add(replace(BATCH, id="b2"), []),
    "AssetBatchRepository.undo": lambda tx: tx.asset_batches.undo("b1", by="LRO", at=NOW),
    "PairsApart.add": lambda tx: tx.asset_pairs.add(frozenset({"a1", "a2"}), by="LRO", at=NOW),
    "ColumnMapRepository.put": lambda tx: tx.asset_column_maps.put(
        "0" * 64, {"name": "Where"}, by="LRO", at=NOW
    ),
    "OcgLocationRepository.add": lambda tx: tx.ocg_locations.add([POINT], source_sha256="0"),
    "OcgLocationRepository.record": lambda tx: tx.ocg_locations.record(POINT, SIGNED),
    "OcgLocationRepository.change": lambda tx: tx.ocg_locations.change(
        tx.ocg_locations.all()[0], SIGNED
    ),
    "PersonRepository.put": lambda tx: tx.people.put([SOMEONE], source_sha256="0"),
    "PersonRepository.set_left_on": lambda tx: tx.people.set_left_on(
        SOMEONE.work_email, date(2026, 3, 4)
    ),
    "Journal.add_import": lambda tx: tx.journal.add_import(IMPORT),
    "GateRepository.add_checklist": lambda tx: tx.gates.add_checklist(LIST),
    "GateRepository.add_evidence": lambda tx: tx.gates.add_evidence("p1", EVIDENCE),
    "DecisionRepository.add": lambda tx: tx.decisions.add(decision("d1")),
    "Records.add": lambda tx: tx.planner.nominals.add(replace(NOMINAL, id="n2"), SIGNED),
    "Records.change": lambda tx: tx.planner.ocgs.change(replace(OCG, summary="Quiet"), SIGNED),
    "DisposalRepository.erase": lambda tx: tx.disposals.erase(
        tx.disposals.reach("ocg", OCG.id), kind="ocg", record_id=OCG.id, reason="x", at=NOW
    ),
    "SignalRecords.add": lambda tx: tx.planner.signals.add(SIGNAL, SIGNED),
    "Transaction.remove_samples": lambda tx: tx.remove_samples(),
    "Transaction.remove_planner_samples": lambda tx: tx.remove_planner_samples(),
}

RECORDED_ELSEWHERE = {
    "PlaceRepository.claim": "takes a turn; what is then written is recorded",
    "Journal.save_request": "says that a form was sent; what it wrote is recorded",
    "DisposalRepository.note": "is the fact of an erasure that another repository records",
    **dict.fromkeys(
        [f"DraftRepository.{name}" for name in ("put", "remove")],
        "was typed and not sent: it is nobody's record yet",
    ),
    **dict.fromkeys(
        [f"DraftRepository.remove_{name}" for name in ("of", "before", "about")],
        "takes out what was not sent; why it goes is recorded",
    ),
    **dict.fromkeys(
        [f"HomeVisitRepository.{name}" for name in ("put", "remove_of", "remove_before")],
        "says when a person looked at Home, which is their own affair",
    ),
}
BY_CLASS = {
    "AccountRepository": "chb.services.access",
    "SessionRepository": "chb.services.access",
    "LinkRepository": "chb.services.access",
    "AttemptRepository": "chb.services.access",
}
"""Signing in: the services record what happened at the door, which the rows do not say."""

OUTSIDE_REPOSITORIES = {
    "audit.log": "is the log",
    "backup": "a restore is recorded as one row, and tried with the log",
    "rows": "serves backups",
    "place_records": "serves PlaceRepository",
    "revisions": "serves repositories that keep versions",
}
SQL_WRITES = {"insert", "update", "delete"}


def repositories(tx) -> list[object]:
    """Every repository that hangs on a transaction, those in groups among them; not the log."""
    found, waiting = [], [each for each in vars(tx).values() if each is not tx.audit]
    while waiting:
        each = waiting.pop()
        parts = [part for name, part in vars(each).items() if not name.startswith("_")]
        if parts and all(type(part).__module__.startswith("chb.store") for part in parts):
            waiting += parts
        else:
            found.append(each)
    return found


def writing_methods(cls: type) -> set[str]:
    """Public methods that run an INSERT, UPDATE or DELETE, by way of others or not."""
    names = [name for name in dir(cls) if not name.startswith("_")]
    methods = [getattr(cls, name) for name in names if inspect.isfunction(getattr(cls, name))]
    return {method.__qualname__ for method in methods if does_write(method, cls, set())}


def does_write(function, cls, seen) -> bool:
    if function in seen:
        return False
    seen.add(function)
    scope = vars(sys.modules[function.__module__])
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for call in (node.func for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.id if isinstance(call, ast.Name) else getattr(call, "attr", "")
        if isinstance(call, ast.Name) and name in SQL_WRITES:
            return True
        target = scope.get(name) if isinstance(call, ast.Name) else called_on_self(call, cls)
        ours = inspect.isfunction(target) and target.__module__.startswith("chb.store")
        if ours and does_write(target, cls, seen):
            return True
    return False


def called_on_self(call, cls):
    """What ``self.name(...)`` or ``super().name(...)`` calls."""
    if not isinstance(call, ast.Attribute):
        return None
    value = call.value
    if isinstance(value, ast.Name) and value.id == "self":
        return getattr(cls, call.attr, None)
    if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "super":
        return getattr(cls.__mro__[1], call.attr, None)
    return None


@pytest.fixture
def prepared(store):
    """What the writes that are tried build on."""
    with store.writing(OPERATOR) as tx:
        tx.places.add(place())
        tx.frames.put(FRAME, **entry())
        tx.assets.add_many([ASSET], SIGNED)
        tx.asset_batches.add(BATCH, [])
        tx.people.put([SOMEONE], source_sha256="0")
        tx.planner.ocgs.add(OCG, SIGNED)
        tx.ocg_locations.record(POINT, SIGNED)
    return store


@pytest.fixture
def classes(tmp_path) -> dict[str, type]:
    """The classes of all repositories by their names."""
    store = Store(tmp_path)
    with store.reading(OPERATOR) as tx:
        yield {type(each).__name__: type(each) for each in repositories(tx)}
    store.close()


@pytest.mark.parametrize("method", WRITES)
def test_a_write_leaves_one_row(prepared, method):
    with prepared.writing(OPERATOR) as tx:
        before = tx.audit.last_seq()
        WRITES[method](tx)
        assert tx.audit.last_seq() == before + 1


def test_no_write_of_a_repository_is_forgotten(classes):
    methods = set().union(*(writing_methods(cls) for cls in classes.values()))
    assert {"Records.change", "PlaceRepository.claim", "SignalRecords.add"} <= methods
    left = {
        method
        for method in methods - WRITES.keys() - RECORDED_ELSEWHERE.keys()
        if method.split(".")[0] not in BY_CLASS and not method.endswith(".remove_samples")
    }
    assert left == set()


def test_nothing_else_of_the_store_writes(classes):
    known = {cls.__module__ for cls in classes.values()}
    folder = Path(store_module.__file__).parent
    writing = {
        "chb.store." + ".".join(path.relative_to(folder).with_suffix("").parts)
        for path in folder.rglob("*.py")
        if "migrations" not in path.parts and imports_writes(path)
    }
    assert writing - known == {f"chb.store.{name}" for name in OUTSIDE_REPOSITORIES}


def imports_writes(path) -> bool:
    return any(
        node.module == "sqlalchemy" and any(alias.name in SQL_WRITES for alias in node.names)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
    )


def test_no_exception_has_become_needless(classes):
    methods = set().union(*(writing_methods(cls) for cls in classes.values()))
    assert methods >= RECORDED_ELSEWHERE.keys()
    assert classes.keys() >= BY_CLASS.keys()
