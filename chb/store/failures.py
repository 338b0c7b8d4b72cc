"""Failures of disks, locks and servers, as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from chb.domain.refusal import Refusal

DATABASE_VARIABLE: Final = "CHB_DATABASE_URL"

_CAUSES: Final = (
    (("full", "no space"), "The disk is full"),
    (("locked", "lock timeout"), "Somebody else has been writing for more than ten seconds"),
    (("read-only", "readonly", "permission"), "This user may not write there"),
    (
        ("connection failed", "connection refused", "closed the connection", "shutting down"),
        "The database server is not running or cannot be reached",
    ),
)


@contextmanager
def plain_failures(where: str) -> Iterator[None]:
    """Turn a failure of disk, lock or server into a sentence; everything else passes.

    ``where`` is what the person is told to look at.
    """
    try:
        yield
    except PoolTimeout as fault:
        raise Refusal(
            "Too many people are working at this moment",
            cause="All connections to the database have been in use for thirty seconds",
            remedy="Try again in a minute; nothing was changed",
        ) from fault
    except DatabaseError as fault:
        if type(fault) not in (DatabaseError, OperationalError):
            raise  # a broken rule of ours, not a broken disk
        found = " ".join(str(fault.orig).split())
        raise Refusal(
            "The store could not be written or read",
            found=found,
            cause=_likely_cause(found),
            remedy=f"Check {where}; nothing was changed",
        ) from fault
    except OSError as fault:
        raise Refusal(
            "The store's folder could not be used",
            found=f"{fault.strerror or fault} ({fault.filename or where})",
            cause=_likely_cause(str(fault)),
            remedy="Free some space, or set CHB_HOME to a folder that can be written",
        ) from fault


def _likely_cause(text: str) -> str:
    lowered = text.lower()
    for signs, cause in _CAUSES:
        if any(sign in lowered for sign in signs):
            return cause
    return "The disk or the file is damaged, or the folder is missing"
