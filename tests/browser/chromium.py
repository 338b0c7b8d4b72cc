"""Debian's Chromium, opened once by a process: Playwright drives one at a time.

Its headless shell draws and obeys as the whole browser does and leaves out the windows around
the page, which took a third of the processor's time; the whole browser will do as well.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
]
_NAMES = ("chromium-headless-shell", "chromium")


@contextmanager
def opened_chromium() -> Iterator[Browser]:
    """The browser that ``CHROMIUM`` names, or the one of the system."""
    executable = os.environ.get("CHROMIUM") or _installed()
    assert executable, "Chromium is missing; on Debian: apt-get install chromium-headless-shell"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=_SWITCHES)
        yield opened
        opened.close()


def _installed() -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None)
