"""Looks for words in bytes, through every encoding that a leak could hide behind.

Data are unwrapped in layers (an archive in base64 in JSON ...), to a depth and a size
that are bounded. Each layer is searched without its case, marks, tags and everything
between letters, forwards and backwards.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tests.leaks import containers, encodings
from tests.leaks.tokens import Token

DEEPEST: Final = 4
MOST_LAYERS: Final = 3_000
MOST_BYTES: Final = 400_000_000

_ALPHANUMERIC: Final = bytes(
    byte for byte in range(256) if byte < 128 and chr(byte).isascii() and chr(byte).isalnum()
)
_DROPPED: Final = bytes(byte for byte in range(256) if byte not in _ALPHANUMERIC)
_LOWER: Final = bytes(byte + 32 if 65 <= byte <= 90 else byte for byte in range(256))
_TAG: Final = re.compile(rb"<[!/a-zA-Z][^<>]{0,2000}>")


@dataclass(frozen=True)
class Hit:
    """A word that was found, where, and through what."""

    token: str
    where: str
    via: str = "plain"


class Scanner:
    """Finds any of the tokens; what it saw before it does not look through again."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        known = tuple(tokens)
        self._words = {each.text.lower().encode(): each.name for each in known if each.text}
        self._shapes = {shape: each.name for each in known for shape in each.shapes}
        self._ways = tuple(
            _Way(name, turn, self._words) for name, turn in _TURNS.items() if self._words
        )
        self._in_base85 = encodings.base85_shapes(self._words)
        starts = [_shared_by(list(self._words))] if self._words else []
        self._start_in_base85 = encodings.base85_shapes(starts)
        self._seen: dict[bytes, tuple[tuple[str, str], ...]] = {}

    def find(self, data: bytes, where: str = "") -> list[Hit]:
        """Every token in the data, with the first way it was found."""
        name = hashlib.blake2b(data, digest_size=16).digest()
        if name not in self._seen:
            self._seen[name] = tuple(self._found(data).items())
        return [Hit(token, where, via) for token, via in self._seen[name]]

    def tokens_in(self, data: bytes) -> set[str]:
        """Names of the tokens in the data."""
        return {hit.token for hit in self.find(data)}

    def _found(self, data: bytes) -> dict[str, str]:
        found: dict[str, str] = {}
        for layer, via in _layers(data):
            for token, way in self._search(layer):
                found.setdefault(token, " > ".join((*via, way)))
        return found

    def _search(self, layer: bytes) -> Iterator[tuple[str, str]]:
        for shape, token in self._shapes.items():
            if shape in layer:
                yield token, "value"
        if any(shape in layer for shape in self._start_in_base85):
            for shape, word in self._in_base85.items():
                if shape in layer:
                    yield self._words[word], "base85"
        for reading, flat in _readings(layer) if self._words else ():
            for way in self._ways:
                for word in way.in_(flat):
                    yield self._words[word], f"{reading}{way.name}"


class _Way:
    """The words turned one way, as one pattern."""

    def __init__(self, name: str, turn: Callable[[bytes], bytes], words: Iterable[bytes]) -> None:
        self.name = name
        self._turned = {turn(word): word for word in words}
        self._pattern = re.compile(b"|".join(self._turned))
        self._shared = _shared_by(list(self._turned))

    def in_(self, flat: bytes) -> Iterator[bytes]:
        if self._shared not in flat:  # the one fast question, and nearly always the last
            return
        for found in set(self._pattern.findall(flat)):
            yield self._turned[found]


def _shared_by(words: list[bytes]) -> bytes:
    """How all the words begin, or else how all end."""
    n_first = _n_alike(words)
    if n_first:
        return words[0][:n_first]
    n_last = _n_alike([word[::-1] for word in words])
    return words[0][len(words[0]) - n_last :]


def _n_alike(words: list[bytes]) -> int:
    """Number of letters with which all begin."""
    alike = [len(set(letters)) == 1 for letters in zip(*words, strict=False)]
    return alike.index(False) if False in alike else len(alike)


def _rot13(word: bytes) -> bytes:
    return codecs.encode(word.decode(), "rot13").encode()


_TURNS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "plain": lambda word: word,
    "reversed": lambda word: word[::-1],
    "rot13": _rot13,
    "rot13 reversed": lambda word: _rot13(word)[::-1],
}


def _readings(layer: bytes) -> Iterator[tuple[str, bytes]]:
    """The letters and digits of a layer: all of them, without tags, and without accents."""
    yield "", _flat(layer)
    if b"<" in layer:
        yield "between tags, ", _flat(_TAG.sub(b"", layer))
    if not layer.isascii():
        plain = unicodedata.normalize("NFKD", layer.decode("utf-8", "ignore"))
        bare = plain.encode("ascii", "ignore")
        yield "without accents, ", _flat(bare)
        if b"<" in bare:
            yield "between tags without accents, ", _flat(_TAG.sub(b"", bare))


def _flat(data: bytes) -> bytes:
    return data.translate(_LOWER, _DROPPED)


def _layers(data: bytes) -> Iterator[tuple[bytes, tuple[str, ...]]]:
    """The data, and everything unwrapped from them."""
    waiting: list[tuple[bytes, tuple[str, ...]]] = [(data, ())]
    seen: set[bytes] = set()
    n_layers = n_bytes = 0
    while waiting and n_layers < MOST_LAYERS and n_bytes < MOST_BYTES:
        layer, via = waiting.pop()
        digest = hashlib.blake2b(layer, digest_size=16).digest()
        if digest in seen:
            continue
        seen.add(digest)
        n_layers, n_bytes = n_layers + 1, n_bytes + len(layer)
        yield layer, via
        if len(via) >= DEEPEST:
            continue
        for unwrap in (containers.unwrapped, encodings.decoded):
            waiting += [(inner, (*via, name)) for name, inner in unwrap(layer) if inner]
