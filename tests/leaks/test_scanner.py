"""The scanner sees through every encoding, and sees nothing where nothing is."""

import base64
import gzip
import struct
from pathlib import Path

import pytest
import streamlit

from tests.leaks.scanner import DEEPEST, Scanner
from tests.leaks.tokens import Mint, of_degrees
from tests.leaks.writings import WRITERS

MINT = Mint(7)
TOKENS = tuple(MINT.word(f"field {number}") for number in range(40))
CORPUS = Path(streamlit.__file__).parent / "static"
CORPUS_BYTES = 1_500_000


@pytest.fixture(scope="module")
def scanner():
    return Scanner(TOKENS)


def test_there_are_more_than_enough_encodings():
    assert len(WRITERS) >= 25


@pytest.mark.parametrize("writing", WRITERS)
def test_a_word_is_found_however_it_is_written(scanner, writing):
    word = TOKENS[len(writing) % len(TOKENS)]
    hits = scanner.find(WRITERS[writing](word.text), writing)
    assert {hit.token for hit in hits} == {word.name}
    assert {hit.where for hit in hits} == {writing}


@pytest.mark.parametrize("writing", WRITERS)
def test_a_word_of_another_run_is_not_found(scanner, writing):
    assert scanner.find(WRITERS[writing](Mint(8).word("").text)) == []


def test_nothing_is_found_in_a_large_body_of_real_files(scanner):
    read = 0
    for path in sorted(CORPUS.rglob("*"), key=lambda path: path.stat().st_size):
        if path.is_file() and read < CORPUS_BYTES:
            data = path.read_bytes()
            read += len(data)
            assert scanner.find(data, path.name) == []
    assert read >= CORPUS_BYTES


def test_a_word_in_a_large_body_is_found_all_the_same(scanner):
    body = max(CORPUS.rglob("*.js"), key=lambda path: path.stat().st_size).read_bytes()[:500_000]
    hidden = base64.b64encode(gzip.compress(TOKENS[3].text.encode()))
    planted = body[:250_000] + b'"' + hidden + b'"' + body[250_000:]
    assert scanner.tokens_in(body) == set()
    assert scanner.tokens_in(planted) == {TOKENS[3].name}


def test_nesting_is_bounded(scanner):
    data = TOKENS[0].text.encode()
    for _ in range(DEEPEST):
        data = base64.b64encode(data)
    assert scanner.tokens_in(data) == {TOKENS[0].name}
    assert scanner.tokens_in(base64.b64encode(data)) == set()


def test_a_coordinate_is_found_as_text_and_as_a_number():
    scanner = Scanner([of_degrees("longitude", -0.12345678)])
    assert scanner.tokens_in(b'{"lon": -0.123457}') == {"longitude"}
    assert scanner.tokens_in(struct.pack("<d", -0.12345678)) == {"longitude"}
    assert scanner.tokens_in(b'{"lon": -0.133457}') == set()
