"""What is done once before the server starts, in a process of its own."""

import subprocess
import sys

from tests.browser.app_server import PROJECT, environment

_PREPARED = """
import gc, sys
from chb.ui.server import front
front.prepare()
print(gc.get_freeze_count(), "chb.ui.pages.harm_map" in sys.modules)
"""


def test_the_pages_are_imported_and_left_out_of_collections_before_anybody_comes(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", _PREPARED],
        cwd=PROJECT,
        env=environment(tmp_path / "home"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    n_frozen, has_pages = done.stdout.split()
    assert has_pages == "True"
    assert int(n_frozen) > 200_000
