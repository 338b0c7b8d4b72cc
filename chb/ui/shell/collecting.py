"""What the garbage collector need not look at."""

from __future__ import annotations

import functools
import gc


@functools.cache
def leave_imports_out() -> None:
    """Let the garbage collector never look at what is there by the first run of a page.

    Streamlit collects garbage after every run of a page, while everybody waits. Most of
    what it would look through is modules, which stay for as long as the server does.
    The pages are not imported any earlier for it: the map's frame is known to the server
    only when its library is imported by a page.
    """
    gc.collect()
    gc.freeze()
