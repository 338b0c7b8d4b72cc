"""No loop is left for a user to wait for."""

from pathlib import Path

import geo
from geo.warm import LOOPS, warm


def test_every_module_with_a_compiled_loop_is_listed():
    folder = Path(geo.__file__).parent
    with_loops = {
        ".".join(("geo", *path.relative_to(folder).with_suffix("").parts))
        for path in folder.rglob("*.py")
        if "\n@compiled(" in path.read_text(encoding="utf-8")
    }
    assert {module.__name__ for module in LOOPS} == with_loops
    assert warm() == len(with_loops)
