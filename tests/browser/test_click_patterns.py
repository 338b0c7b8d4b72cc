"""Whatever somebody clicks in a hurry, nothing is half written and nothing saved twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from chb.services.workspace import Workspace
from tests.browser.app_server import AppServer
from tests.browser.clicking import PATTERNS, half_written

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("pattern", PATTERNS)
def test_hasty_clicks_leave_nothing_half_done(
    pattern: str, page: Page, server: AppServer, sample: Workspace
) -> None:
    PATTERNS[pattern](page, server, sample, f"Hasty: {pattern} (invented)")
    assert half_written(sample) == []
