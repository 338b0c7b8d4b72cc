"""The heuristic that asks before a person is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.planning.person_names import name_warnings


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Complaints about Mr. Smith again", "Mr Smith"),
        ("we were told that Jane O'Neill runs it", "Jane O'Neill"),
        ("Élodie Durand-Martin was seen", "Élodie Durand-Martin"),
        ("a man, dob 3/4/1999, calls daily", "dob 3"),
        ("ring 0161 496 0000 at night", "0161 496 0000"),
        ("write to someone@example.org", "someone@example.org"),
    ],
)
def test_what_looks_like_a_person_is_asked_about(text, words):
    (warning,) = name_warnings(text)
    assert warning.words.startswith(words)
    assert warning.why


@pytest.mark.parametrize(
    "text",
    [
        "Bikes on King Street and in Victoria Park since Monday.",
        "Calls from the NHS and the RSPCA. Many more than last May.",
        "The Housing Association reports ten fobs; Fire Service agrees.",
        "THEY SHOUT AT NIGHT",
        "",
    ],
)
def test_places_bodies_and_days_pass(text):
    assert name_warnings(text) == ()


def test_local_names_pass_when_they_are_known():
    text = "Gangs at Sandhythe Bents"
    assert name_warnings(text)
    assert name_warnings(text, known=["Sandhythe Cross"]) == ()


def test_one_name_twice_is_one_warning():
    assert len(name_warnings("Jo Bloggs came and Jo Bloggs left.")) == 1


@given(st.text(st.characters(categories=["Ll", "Zs"]), max_size=80))
def test_words_without_capitals_or_digits_never_warn(text):
    assert name_warnings(text) == ()
