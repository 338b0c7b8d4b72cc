"""docs/asvs.md answers to each requirement it is about, and what it names is there."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
TEXT = (PROJECT / "docs" / "asvs.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d[\d., ]+) \| ([^|]+) \| (.+) \|$", TEXT, re.MULTILINE)
ANSWERS = {"met", "operator", "part", "not met", "n/a"}
NAMED_TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)))
NAMED_FILES = sorted(set(re.findall(r"`((?:chb|tests|\.streamlit)/[\w/.-]+\.\w+)", TEXT)))
CHOSEN = {"1.2.10", "3.6.1", "5.2.4", "7.5.3", "14.2.6", "14.2.7", "16.5.4"}
"""Of level 3."""

# The level of each requirement of ASVS 5.0.0, section by section, in order.
LEVELS = """
1.1 22 | 1.2 1111122223 | 1.3 112222222223 | 1.4 222 | 1.5 123
2.1 122 | 2.2 112 | 2.3 12223 | 2.4 23
3.1 3 | 3.2 113 | 3.3 12223 | 3.4 11222233 | 3.5 11122333 | 3.6 3 | 3.7 22333
4.1 12233 | 4.2 23333 | 4.3 22 | 4.4 1222
5.1 2 | 5.2 112333 | 5.3 113 | 5.4 222
6.1 122 | 6.2 111111112222 | 6.3 11223333 | 6.4 112233 | 6.5 22222333 | 6.6 2223 | 6.7 33 | 6.8 2222
7.1 222 | 7.2 1111 | 7.3 22 | 7.4 11222 | 7.5 223 | 7.6 22
8.1 1233 | 8.2 1123 | 8.3 133 | 8.4 23
9.1 111 | 9.2 1222
10.1 22 | 10.2 223 | 10.3 22223 | 10.4 1111122222233333 | 10.5 22222 | 10.6 22 | 10.7 222
11.1 2233 | 11.2 22233 | 11.3 11233 | 11.4 1222 | 11.5 23 | 11.6 23 | 11.7 33
12.1 12233 | 12.2 11 | 12.3 22223
13.1 2333 | 13.2 222223 | 13.3 2233 | 13.4 1222233
14.1 22 | 14.2 12223333 | 14.3 122
15.1 12233 | 15.2 12233 | 15.3 1222222 | 15.4 3333
16.1 2 | 16.2 22222 | 16.3 2222 | 16.4 222 | 16.5 2223
17.1 23 | 17.2 22223333 | 17.3 22
"""


def of_level(*levels: str) -> set[str]:
    """Numbers of the requirements of some levels."""
    sections = re.findall(r"([\d.]+) (\d+)", LEVELS)
    return {
        f"{section}.{at}"
        for section, digits in sections
        for at, level in enumerate(digits, start=1)
        if level in levels
    }


def test_the_standard_has_as_many_as_it_says():
    assert [len(of_level(level)) for level in "123"] == [70, 183, 92]


def test_each_requirement_is_answered_once():
    answered = [number.strip() for row in ROWS for number in row[0].split(",")]
    assert sorted(answered) == sorted(of_level("1", "2") | CHOSEN)


def test_answers_are_of_the_kinds_it_explains():
    assert {answer for _, answer, _ in ROWS} == ANSWERS
    assert all(f"- *{answer}*: " in TEXT for answer in ANSWERS)


@pytest.mark.parametrize("path", NAMED_FILES)
def test_every_file_that_is_named_is_there(path):
    assert (PROJECT / path).is_file()


@pytest.mark.parametrize(("path", "test"), NAMED_TESTS, ids=lambda part: part.rpartition("/")[2])
def test_every_test_that_is_named_is_there(path, test):
    source = (PROJECT / path).read_text(encoding="utf-8")
    assert re.search(rf"^def {test}\(", source, re.MULTILINE)
