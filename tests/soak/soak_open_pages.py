"""Whatever officers can press, on every page that another role has: ``make soak``."""

import pytest

from chb.domain.access.roles import Role
from tests.leaks.conftest import house
from tests.leaks.function_table import BY_ADDRESS, OFFICERS, PAGES
from tests.leaks.test_open_pages import SHORT, rooms, unchanged
from tests.leaks.test_page_matrix import ONE_OF_EACH

__all__ = ["house", "rooms", "unchanged"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SRO])
def test_what_officers_press_on_any_open_page_does_nothing_for_others(unchanged, role):
    opened = {path for path, roles in PAGES.items() if role in roles | BY_ADDRESS.get(path, set())}
    theirs = {path for path, roles in PAGES.items() if roles & OFFICERS}
    pressed = unchanged(ONE_OF_EACH[role], tuple(sorted(opened & theirs)))
    assert pressed or role not in SHORT
