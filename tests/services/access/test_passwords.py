"""How hard a password is to guess, and that none is changed or cut before it is judged."""

import pytest

from chb.domain.access.accounts import LONGEST_PASSWORD
from chb.domain.refusal import Refusal
from chb.services.access import passwords
from chb.services.access.passwords import checked_password

WHO = "amira.khan@force.example"


@pytest.mark.parametrize(
    "password", ["correct horse battery", "Tram-Kelp-Orbit-9", "x7#Kq2!mZp0vLw", "ein zwölf Äpfel"]
)
def test_a_password_that_is_hard_to_guess_is_taken_as_it_is(password):
    assert checked_password(password, work_email=WHO) == password


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "Elevenchars",
        "x" * 129,
        "password12345",
        "Welcome-Welcome",
        "amira.khan2026",
        "force.example!",
        "aaaaaaaaaaaaaa",
        "abcdefghijklmnop",
        "123456789012",
        "holdfastholdfast!!",
        "ababababababab",
        "Liverpool1892",
        "Summer2026!!!",
        "qwertyuiop12",
    ],
)
def test_a_password_that_is_guessed_is_refused_with_advice(password):
    with pytest.raises(Refusal, match="would be guessed") as refused:
        checked_password(password, work_email=WHO)
    assert "three or four words" in refused.value.remedy
    assert password not in str(refused.value) or not password


def test_a_long_password_counts_to_its_last_character():
    longest = "tram kelp orbit nine " * 6 + "ab"
    assert len(longest) == LONGEST_PASSWORD
    kept = passwords.hashed(checked_password(longest, work_email=WHO))
    assert passwords.fits(longest, kept)
    assert not passwords.fits(longest[:-1] + "c", kept)
    assert not passwords.fits(longest.upper(), kept)
