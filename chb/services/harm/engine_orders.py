"""What passes between the server and the processes of its engine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chb.domain.access.scope import Scope


@dataclass(frozen=True)
class Order:
    """An analysis by its name in ``engine_worker.RUNS``, on a store, for somebody."""

    home: Path
    database_url: str
    scope: Scope
    name: str
    request: Any


@dataclass(frozen=True)
class Reply:
    """What came of an order: a result, the parts of a refusal, or an account of a defect."""

    result: Any = None
    refused: dict[str, str] | None = None
    defect: str = ""
