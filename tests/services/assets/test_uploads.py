"""Lists that are given to the page."""

import pytest

from chb.domain.refusal import Refusal
from chb.services.assets.uploads import has_headings, uploaded


def test_a_file_keeps_the_name_it_was_given_under():
    source = uploaded("halls.csv", b"name\n")
    assert (source.name, source.data) == ("halls.csv", b"name\n")


def test_an_empty_file_is_refused_in_words():
    with pytest.raises(Refusal, match=r"halls\.csv is empty"):
        uploaded("halls.csv", b"")


@pytest.mark.parametrize(
    ("name", "answer"),
    [("a.csv", True), ("A.XLSX", True), ("services.json", False), ("list.zip", False)],
)
def test_only_a_table_has_headings_to_choose_from(name, answer):
    assert has_headings(name) is answer
