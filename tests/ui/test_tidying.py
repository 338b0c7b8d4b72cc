"""Garbage is collected while nobody asks for it."""

import gc
import weakref

from chb.ui.server.tidying import start_tidying
from tests.browser.screen import eventually


class Ring:
    """Something that refers to itself, so that counting references never frees it."""

    def __init__(self) -> None:
        self.itself = self


def test_what_refers_to_itself_goes() -> None:
    gc.disable()
    try:
        gone = weakref.ref(Ring())
        assert gone() is not None
        ended = start_tidying(every_s=0.02)
        eventually(lambda: gone() is None, "the ring to go", seconds=10)
        ended.set()
    finally:
        gc.enable()
