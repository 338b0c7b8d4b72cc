"""Passwords: how hard one is to guess, hashing with Argon2id, and judging in the same time.

Length and guessing instead of composition, as in NIST SP 800-63B section 5.1.1.2 and the
NCSC's password guidance.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from chb.domain.access.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD
from chb.domain.refusal import Refusal

LEAST_GUESSES: Final = 10**10
"""What an attacker with the hashes and ordinary means gives up on (Wheeler 2016, zxcvbn)."""
OWN_WORDS: Final = ("holdfast", "clear hold build", "administrator")
"""Words of this product that somebody who attacks it would try first."""

_HASHER: Final = PasswordHasher()
"""The library's own parameters: RFC 9106, section 4, second recommended option."""


def checked_password(password: str, *, work_email: str) -> str:
    """A password that is not guessed in an afternoon, as it was typed; Refusal otherwise.

    The person's own address and this product's words count for nothing. What remains is held
    against passwords that leaked, names, words, dates, keyboard runs and repeats.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise _weak(f"It has {len(password)} characters")
    left = _without_own_words(password, work_email)
    if not left or zxcvbn(left, max_length=LONGEST_PASSWORD)["guesses"] < LEAST_GUESSES:
        raise _weak("It is made of what is tried first: a common password, a name, your address")
    return password


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


def _without_own_words(password: str, work_email: str) -> str:
    left = password.casefold()
    for word in (*OWN_WORDS, work_email.casefold(), *re.split(r"[@.]", work_email.casefold())):
        if len(word) > 3:
            left = left.replace(word, "")
    return left


def _weak(found: str) -> Refusal:
    return Refusal(
        "That password would be guessed",
        found=found,
        remedy=f"Use {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; "
        "three or four words that have nothing to do with each other are easy to remember",
    )
