"""Python imports this at its start: it puts a planted page in the place of a real one."""

import importlib.abc
import importlib.util
import os
import sys

_VICTIM = "chb.ui.pages.assets"


class _Planter(importlib.abc.MetaPathFinder):
    """Lets the real page be imported, then puts the planted one over it."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname != _VICTIM:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        real = spec.loader.exec_module

        def exec_module(module):
            real(module)
            from tests.leaks.plants.pages import show_plant  # noqa: PLC0415 - after the page

            module.show = show_plant

        spec.loader.exec_module = exec_module
        return spec


if os.environ.get("HOLDFAST_TEST_PLANT"):
    sys.meta_path.insert(0, _Planter())
