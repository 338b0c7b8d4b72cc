"""Half an hour of people at work on Sheffield as years of work leave it, then more of them.

``make soak`` runs this alone after the others: how long people wait is judged, and that wants
the machine for itself. What was measured stands in ``build/soak-25.md`` and ``build/soak-40.md``.
"""

import pytest

from tests.soak.load.__main__ import main
from tests.soak.load.goals import HALF_AN_HOUR_S

SOME_MINUTES_S = 300.0


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    """Where the store is filled once."""
    return tmp_path_factory.mktemp("load")


@pytest.mark.parametrize(
    ("n_people", "seconds"), [(25, HALF_AN_HOUR_S), (40, SOME_MINUTES_S)], ids=["25", "40"]
)
def test_nothing_that_is_promised_is_missed(homes, n_people, seconds):
    asked = (
        f"--stores sheffield --people {n_people} --seconds {seconds} --no-noise"
        f" --homes {homes} --report build/soak-{n_people}.md"
    )
    assert main(asked.split()) == 0
