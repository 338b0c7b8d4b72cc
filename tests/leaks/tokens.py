"""Random words that stand for what must not be seen, and the other shapes a value has."""

from __future__ import annotations

import random
import string
import struct
from dataclasses import dataclass
from typing import Final

_LETTERS: Final = string.ascii_lowercase
MARK_LENGTH: Final = 12
OWN_LENGTH: Final = 8


@dataclass(frozen=True)
class Token:
    """What one field holds: a word nobody else writes, or a value in the shapes it is shown in."""

    name: str
    text: str = ""
    shapes: tuple[bytes, ...] = ()
    """For what is no word: byte strings that are looked for as they stand."""


class Mint:
    """Makes words of 20 letters that begin alike, so that all are looked for in one pass."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._mark = self._letters(MARK_LENGTH)

    def word(self, name: str) -> Token:
        """A new word."""
        return Token(name, f"{self._mark}{self._letters(OWN_LENGTH)}".capitalize())

    def _letters(self, n: int) -> str:
        return "".join(self._random.choice(_LETTERS) for _ in range(n))


def of_degrees(name: str, degrees: float) -> Token:
    """A coordinate: as people read it, and as a program keeps it."""
    written = tuple({f"{abs(degrees):.6f}".encode(), repr(abs(degrees)).encode()[:9]})
    packed = (struct.pack("<d", degrees), struct.pack(">d", degrees))
    return Token(name, shapes=(*written, *packed))
