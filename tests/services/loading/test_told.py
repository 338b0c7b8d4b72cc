"""What a child tells of a list of assets is held against its own account."""

from dataclasses import replace

import pytest

from chb.domain.refusal import Refusal
from chb.services.isolation.answers import Answer
from chb.services.loading import tasks, told
from chb.sources.assets import survey_assets
from chb.sources.files import InputFile
from tests.conftest import NOW

LIST = InputFile.of(
    "halls.csv",
    b"name,kind,longitude,latitude,postcode\n"
    b"Moor,park,-1.47,53.38,\nEnd,park,,,S1 2HE\nBad,caff,-1.47,53.38,\n",
)


@pytest.fixture(scope="module")
def answer():
    reading = survey_assets(LIST, today=NOW.date())
    plain = {
        "kind": reading.kind,
        "name": reading.name,
        "report": reading.report.as_dict(),
        "sha256": reading.sha256,
        "attribution": reading.attribution,
        "details": reading.details,
    }
    frames = {
        tasks.FRAME: reading.frame,
        tasks.UNPLACED: reading.unplaced,
        tasks.REFUSED: reading.refused_rows,
    }
    return Answer(plain, frames)


def test_an_answer_that_holds_together_is_taken(answer):
    reading = told.assets_of(answer)
    assert [len(each) for each in (reading.frame, reading.unplaced, reading.refused_rows)] == [
        1
    ] * 3


@pytest.mark.parametrize("name", [tasks.FRAME, tasks.UNPLACED, tasks.REFUSED])
def test_rows_that_the_account_does_not_name_are_not_taken(answer, name):
    fewer = replace(answer, frames={**answer.frames, name: answer.frames[name].iloc[:0]})
    with pytest.raises(Refusal, match="could not be read"), told.checked("halls.csv"):
        told.assets_of(fewer)


@pytest.mark.parametrize(
    "changes",
    [
        {"rows": [["a"]]},
        {"proposed": {"name": "Elsewhere"}},
        {"headings": "name"},
        {"fingerprint": 7},
    ],
)
def test_headings_that_do_not_hold_together_are_not_taken(changes):
    plain = {
        "name": "halls.csv",
        "fingerprint": "0" * 64,
        "headings": ["name", "kind"],
        "rows": [["Moor", "park"]],
        "proposed": {"name": "name"},
    }
    assert told.headings_of(Answer(plain)).headings == ("name", "kind")
    with pytest.raises(Refusal, match="could not be read"), told.checked("halls.csv"):
        told.headings_of(Answer(plain | changes))
