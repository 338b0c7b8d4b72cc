"""axe on every page and every tab of every role: ``make soak``."""

import pytest

from chb.domain.access.roles import Role
from tests.browser.conftest import new_page, page_as, sample_home, serve, server, untouched_home
from tests.browser.scanning import violations_by_address

__all__ = ["new_page", "page_as", "sample_home", "serve", "server", "untouched_home"]


@pytest.mark.parametrize("role", Role, ids=lambda role: role.name)
def test_no_tab_of_a_role_has_a_violation(page_as, server, role):
    found = violations_by_address(page_as(role), server.url, tabs=True)
    assert {address: each for address, each in found.items() if each} == {}
