"""Figures in words."""

import pytest

from chb.ui.parts.words import change_words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (None, "not enough to say"),
        (0.0, "no change"),
        (-0.004, "no change"),
        (0.004, "no change"),
        (-0.006, "\N{MINUS SIGN}1%"),
        (0.12, "+12%"),
    ],
)
def test_a_change_has_its_sign_and_none_is_said(change: float | None, words: str) -> None:
    assert change_words(change) == words
