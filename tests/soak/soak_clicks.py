"""Four ways to click in a hurry, a hundred times each: ``make soak``."""

import pytest

from tests.browser.clicking import PATTERNS, half_written
from tests.browser.conftest import (
    new_page,
    page,
    sample,
    sample_home,
    serve,
    server,
    untouched_home,
)

__all__ = ["new_page", "page", "sample", "sample_home", "serve", "server", "untouched_home"]

TIMES = 100


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_hundred_hasty_clicks_leave_nothing_half_done(pattern, page, server, sample):
    for number in range(TIMES):
        PATTERNS[pattern](page, server, sample, f"{pattern} {number}")
        assert half_written(sample) == [], f"after {number + 1}"
