"""Hashing passwords with Argon2id, and judging them in the same time whoever it is."""

from __future__ import annotations

import functools
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER: Final = PasswordHasher()
"""The library's own parameters: RFC 9106, section 4, second recommended option."""


def hashed(password: str) -> str:
    """The text to keep, salt and parameters within."""
    return _HASHER.hash(password)


def fits(password: str, kept: str) -> bool:
    """Whether a password is the one that was kept.

    Where none was kept, one is hashed all the same: the answer takes as long.
    """
    try:
        return _HASHER.verify(kept or _nobodys(), password) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether it was hashed with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(kept)


@functools.cache
def _nobodys() -> str:
    return _HASHER.hash("nobody has this password")
