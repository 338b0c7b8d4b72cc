"""A file waits for one session, once, for five minutes."""

import pytest

from chb.domain.refusal import Refusal
from chb.services.exports.shelf import (
    LIFETIME_S,
    MOST_BYTES,
    MOST_BYTES_EACH,
    Export,
    Shelf,
    new_token,
)


class Clock:
    now_s = 100.0

    def __call__(self):
        return self.now_s


def file_of(content=b"x"):
    return Export(new_token(), "holdfast.csv", "text/csv", "OFFICIAL", content)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def shelf(clock):
    return Shelf(clock_s=clock)


def test_a_file_is_given_once_to_its_session(shelf):
    export = file_of(b"rows")
    shelf.put("mine", export)
    assert shelf.take("theirs", export.token) is None
    assert shelf.take("", export.token) is None
    assert shelf.take("mine", new_token()) is None
    assert shelf.take("mine", export.token) == export
    assert shelf.take("mine", export.token) is None


def test_it_is_gone_after_five_minutes(shelf, clock):
    export = file_of()
    shelf.put("mine", export)
    clock.now_s += LIFETIME_S
    assert shelf.take("mine", export.token) is None


def test_two_files_of_one_size_and_name_are_not_mixed_up(shelf):
    """Shared buffers keyed by a sample of the content gave one person's file to another."""
    big = bytes(2_000_000)
    one, other = file_of(big[:-1] + b"1"), file_of(big[:-1] + b"2")
    shelf.put("officer", one)
    shelf.put("partner", other)
    taken = shelf.take("partner", other.token)
    assert taken is not None and taken.content == other.content


def test_a_token_is_256_random_bits_and_no_part_of_what_is_printed():
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100 and all(len(token) == 43 for token in tokens)
    export = file_of(b"secret rows")
    assert export.token not in repr(export) and "secret" not in repr(export)


def test_memory_is_bounded_and_what_waits_longest_goes(shelf):
    exports = [file_of(bytes(MOST_BYTES_EACH)) for _ in range(MOST_BYTES // MOST_BYTES_EACH + 1)]
    for export in exports:
        shelf.put("mine", export)
    assert shelf.take("mine", exports[0].token) is None
    assert shelf.take("mine", exports[-1].token) is exports[-1]


def test_a_file_that_is_too_big_or_for_nobody_is_refused(shelf):
    with pytest.raises(Refusal, match="too big"):
        shelf.put("mine", file_of(bytes(MOST_BYTES_EACH + 1)))
    with pytest.raises(Refusal, match="for a browser"):
        shelf.put("", file_of())


def test_a_screen_may_ask_whether_a_file_waits_still(shelf, clock):
    taken, late = file_of(), file_of()
    for each in (taken, late):
        shelf.put("mine", each)
    assert shelf.holds("mine", taken.token) and not shelf.holds("theirs", taken.token)
    shelf.take("mine", taken.token)
    assert not shelf.holds("mine", taken.token)
    clock.now_s += LIFETIME_S
    assert not shelf.holds("mine", late.token)
