"""What is done once before the server starts, in a process of its own."""

import subprocess
import sys

import pytest

from tests.browser.app_server import PROJECT, environment, free_port

_PREPARED = """
import gc, sys
from chb.ui.server import front
front.prepare()
print(gc.get_freeze_count(), "chb.ui.pages.harm_map" in sys.modules)
"""


_STREAMLIT = ("-m", "streamlit", "run", "app.py", "--server.port", "{port}")
_SERVE = ("-m", "chb", "serve", "--port", "{port}")
_UNSAFE = {"CHB_SIGN_IN": "local", "CHB_PUBLIC_URL": "https://holdfast.example"}
"""Others reach it, and everything that the audit log hangs on is in one folder."""


def run_to_its_end(*arguments, home, **settings):
    """A program that is to end by itself."""
    return subprocess.run(
        [sys.executable, *(each.format(port=free_port()) for each in arguments)],
        cwd=PROJECT,
        env=environment(home) | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.parametrize("command", [_STREAMLIT, _SERVE], ids=["streamlit run", "chb serve"])
def test_what_is_unsafe_is_refused_however_the_server_is_started(tmp_path, command):
    done = run_to_its_end(*command, home=tmp_path / "home", **_UNSAFE)
    said = " ".join((done.stdout + done.stderr).split())
    assert done.returncode != 0
    assert "Whoever takes the home has the records" in said
    assert "CHB_KEYS and CHB_ANCHORS" in said and "Traceback" not in said


def test_the_pages_are_imported_and_left_out_of_collections_before_anybody_comes(tmp_path):
    done = run_to_its_end("-c", _PREPARED, home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    n_frozen, has_pages = done.stdout.split()
    assert has_pages == "True"
    assert int(n_frozen) > 200_000
