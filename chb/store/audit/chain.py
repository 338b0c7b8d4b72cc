"""How a row of the audit log is bound to its content, its place and the row before it.

    commitment = SHA-256(salt || body)
    hash       = HMAC-SHA-256(key, seq, at, ..., commitment, prev)    prev = hash of the row before

Without the key nobody can write a hash that fits. The row holds its content's commitment
only, so the content can be erased while the chain still verifies; the salt, which goes
with it, keeps anybody from guessing what it was. After Schneier and Kelsey, "Secure audit
logs to support computer forensics" (1999), https://doi.org/10.1145/317087.317089, and
the standard for the hash: RFC 2104.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

GENESIS: Final = "0"
"""What the first row has in place of a hash before it; the guards in the database say so too."""

_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


def canonical(body: Mapping[str, Any]) -> str:
    """The one text of a content, whatever the order of its keys."""
    return _ENCODER.encode(dict(body))


def commitment(salt: str, body: str) -> str:
    """What the row holds of its content, in hexadecimal digits."""
    return hashlib.sha256((salt + body).encode()).hexdigest()


def seal(key: bytes, fields: Sequence[int | str]) -> str:
    """The keyed hash of a row, in hexadecimal digits; ``fields`` are its columns but the hash.

    As a JSON list no two rows have the same text, wherever one field ends and the next begins.
    """
    return hmac.digest(key, _ENCODER.encode(fields).encode(), "sha256").hex()
