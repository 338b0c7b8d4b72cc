"""The table of retention periods: whole as it ships, refused when it is not."""

import pytest

from chb.domain.refusal import Refusal
from chb.domain.retention import KeptKind
from chb.sources.reference import REFERENCE_FOLDER
from chb.sources.retention import retention_rules

LINES = (REFERENCE_FOLDER / "retention.csv").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def table(tmp_path):
    def write(lines):
        (tmp_path / "retention.csv").write_text("\n".join(lines), encoding="utf-8")
        return tmp_path

    return write


def test_every_kind_has_a_period_and_says_why():
    rules = retention_rules()
    assert set(rules) == set(KeptKind)
    assert all(rule.note for rule in rules.values())


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (LINES[:-1], "Missing: incidents"),
        ([*LINES, LINES[1]], "twice"),
        ([*LINES[:3], "nominal,never,x"], "Row 4"),
        ([*LINES[:3], "tea,6,x"], "Row 4.*tea"),
        ([*LINES[:3], "nominal,0,x"], "Row 4.*between 1 and 100"),
    ],
)
def test_a_table_that_is_not_whole_is_refused(table, lines, found):
    with pytest.raises(Refusal, match=found):
        retention_rules(table(lines))
