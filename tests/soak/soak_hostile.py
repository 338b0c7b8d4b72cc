"""Every hostile text in every field, on every page of every role: ``make soak``."""

import pytest

from chb.domain.access.roles import Role
from tests.browser.conftest import new_page, serve, untouched_home
from tests.browser.hostile import ALL
from tests.browser.hostile_exports import ALL_EXPORTS, faults_in, taken_out
from tests.browser.hostile_walk import HEADED
from tests.browser.test_hostile_texts import SHOW_ALL, hostile, nothing_ran, walk

__all__ = ["hostile", "new_page", "serve", "untouched_home", "walk"]

IN_PART = {"Assets": 40, "Engagement": 60}
"""Pages that list the first so many, and the texts that stand there at the least."""
OF_HOSTS = (
    "Harm map",
    "Places and work",
    "Signals",
    "Partnership",
    "Learning",
    "Gaps",
    "Referrals",
)
SHOWN_TO = {
    Role.CSP_MANAGER: OF_HOSTS,
    Role.CO_ORDINATOR: OF_HOSTS,
    Role.PARTNER: ("Places and work", "Signals"),
}
"""By role: pages of theirs on which every text stands."""


@pytest.fixture(scope="module")
def texts():
    """All of them."""
    return ALL


def test_every_place_and_group_in_the_view_of_its_lead(walk):
    gone = walk(Role.SRO, most=2 * len(ALL) + 10)
    nothing_ran(gone)
    whole = {*SHOW_ALL, *HEADED, "Plan"} - set(IN_PART)
    assert gone.unseen(whole, ALL) == {}
    for title, number in IN_PART.items():
        assert len(gone.seen[title]) >= number, title
    for title in HEADED:
        assert len(gone.headed[title]) >= len(ALL), title


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SRO])
def test_every_page_of_every_other_role(role, walk):
    gone = walk(role, most=12)
    nothing_ran(gone)
    assert any(gone.seen.values())
    assert gone.unseen(SHOWN_TO.get(role, ()), ALL) == {}


@pytest.mark.parametrize(("kind", "ending"), ALL_EXPORTS)
def test_every_text_as_the_purpose_of_every_file(kind, ending, hostile):
    for words in ALL:
        assert faults_in(taken_out(hostile.ws, kind, ending, words), ending) == [], words
