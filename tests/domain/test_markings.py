"""Markings of screens and files, and what may not be kept here."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.access.roles import View
from chb.domain.marked_text import refuse_above_official
from chb.domain.markings import (
    OFFICIAL,
    Classification,
    Contents,
    Marking,
    checked_marking,
    marking_of,
)
from chb.domain.refusal import Refusal

ABOVE = [
    "SECRET//NOFORN",
    "TOP SECRET",
    "Top Secret",
    "secret",
    "[SECRET]",
    "UK SECRET",
    "SECRET - UK EYES ONLY",
    "SECRET \u2013 personal",
    "SECRET UK EYES ONLY",
    "\uff33\uff25\uff23\uff32\uff25\uff34//",
    "S E C R E T",
    "SE\u200bCRET",
    "The plan\n  TOP SECRET STRAP",
    "Classification: Secret",
    "**SECRET**",
    "TOPSECRET",
    "STRAP2",
]
ORDINARY = [
    "Secret garden project",
    "The Secret Millionaire",
    "SECRETARY of the board",
    "Kept it a secret",
    "SECRET garden walk",
    "Strapline 1",
    "OFFICIAL-SENSITIVE\nPatrols",
    "",
]


@pytest.mark.parametrize("text", ABOVE)
def test_a_marking_above_official_is_refused(text):
    with pytest.raises(Refusal, match="above OFFICIAL"):
        refuse_above_official(text)


@pytest.mark.parametrize("text", ORDINARY)
def test_a_sentence_that_has_the_word_is_kept(text):
    assert refuse_above_official(text) == text


@given(st.text(alphabet=st.characters(exclude_characters="sStT"), max_size=60))
def test_text_without_the_letters_is_kept(text):
    folded = text.casefold()
    if "s" not in folded and "t" not in folded:
        assert refuse_above_official(text) == text


@pytest.mark.parametrize("text", ["SECRET", "top secret", "UK SECRET", "TOP-SECRET"])
def test_a_classification_above_official_is_refused(text):
    with pytest.raises(Refusal, match="above OFFICIAL"):
        checked_marking(text)


def test_a_classification_is_known_however_it_is_written():
    assert checked_marking(" official sensitive ") == Classification.OFFICIAL_SENSITIVE
    assert checked_marking("Official") == Classification.OFFICIAL
    with pytest.raises(Refusal, match="no such marking"):
        checked_marking("RESTRICTED")


def test_sensitive_material_has_a_descriptor_and_a_handling_instruction():
    with pytest.raises(Refusal, match="descriptor"):
        Marking(Classification.OFFICIAL_SENSITIVE)
    with pytest.raises(Refusal, match="instruction"):
        Marking(Classification.OFFICIAL_SENSITIVE, "PARTNERSHIP")
    assert str(OFFICIAL) == "OFFICIAL"


@pytest.mark.parametrize(("view", "contents"), list(product(View, Contents)))
def test_everything_is_marked_and_groups_and_people_always_sensitive(view, contents):
    marking = marking_of(view, [contents])
    assert marking.line.startswith("OFFICIAL")
    if view >= View.PARTNER and contents in (Contents.GROUPS, Contents.PEOPLE):
        assert marking.is_sensitive and "Need to know" in marking.handling


def test_one_sensitive_thing_makes_the_whole_sensitive():
    assert not marking_of(View.RESTRICTED, [Contents.HARM, Contents.ASSETS]).is_sensitive
    assert marking_of(View.RESTRICTED, [Contents.HARM, Contents.GROUPS]).is_sensitive
    assert marking_of(View.PARTNER, [Contents.WORK]).descriptor == "PARTNERSHIP"
