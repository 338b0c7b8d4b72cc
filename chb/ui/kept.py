"""What the screens keep between runs, and for whom.

A key begins with the version of the data, which ends with what its asker may see. A part of
a page may run long after the page was drawn, and rights may change while something is being
worked out: so the key is held to the rights of this moment before and after.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import streamlit as st

from chb.services.loading import catalogue
from chb.services.workspace import Workspace
from chb.ui import viewer

P = ParamSpec("P")
T = TypeVar("T")
_N_WITHOUT_GROUPS: Final = 2
"""Parts of the version of the data before the one that tells of groups."""
Asked = Callable[Concatenate[str, P], T]
"""A function whose first argument is the version."""


class _NotToBeKept(Exception):
    def __init__(self, answer: Any) -> None:
        self.answer = answer


def workspace() -> Workspace:
    """The store as whoever is at the screen may see it."""
    return viewer.workspace()


def data_version() -> str:
    """Asked once a run: every other key begins with it.

    It holds what may be seen as well as what is loaded, so that only those who may see
    the same are ever given what was worked out for one another.
    """
    ws = workspace()
    return f"{catalogue.data_version(ws)}:{ws.scope.visibility}"


def keep(
    *, max_entries: int, show_spinner: bool | str = False
) -> Callable[[Asked[P, T]], Asked[P, T]]:
    """Keep the answers of a function under its arguments, the first of which is the version.

    Nothing is kept, and nothing that was kept is given, under rights that are not those of
    whoever asks. A Refusal is not kept.
    """

    def of_now(version: str) -> str:
        return version if version.endswith(f":{viewer.scope().visibility}") else data_version()

    return _keeping(of_now, max_entries=max_entries, show_spinner=show_spinner)


def keep_by_role(
    *, max_entries: int, show_spinner: bool | str = False
) -> Callable[[Asked[P, T]], Asked[P, T]]:
    """Keep answers that no group is in, once for all who work in the same roles.

    As ``keep``, but what may be seen of groups, and where they are, is left out of the version.
    """

    def of_now(version: str) -> str:
        loaded = version.partition(":")[0].split(".")[:_N_WITHOUT_GROUPS]
        scope = replace(viewer.scope(), ocg_ids=frozenset(), indoctrinated_ids=frozenset())
        return f"{'.'.join(loaded)}:{scope.visibility}"

    return _keeping(of_now, max_entries=max_entries, show_spinner=show_spinner)


def keep_for_all(*, max_entries: int) -> Callable[[Asked[P, T]], Asked[P, T]]:
    """Keep answers that are public, once for everybody, whatever else they may see.

    The first argument is the version that everything is asked with; that of what is loaded
    takes its place.
    """

    def keeping(work: Asked[P, T]) -> Asked[P, T]:
        stored = st.cache_resource(show_spinner=False, max_entries=max_entries)(work)

        @functools.wraps(work)
        def asked(version: str, /, *args: P.args, **kwargs: P.kwargs) -> T:
            del version
            return stored(catalogue.frames_version(workspace()), *args, **kwargs)

        return asked

    return keeping


def _keeping(
    of_now: Callable[[str], str], *, max_entries: int, show_spinner: bool | str
) -> Callable[[Asked[P, T]], Asked[P, T]]:
    """``of_now`` makes of a version that was given one that is under the rights of this moment."""

    def keeping(work: Asked[P, T]) -> Asked[P, T]:
        @functools.wraps(work)
        def worked_out(version: str, /, *args: P.args, **kwargs: P.kwargs) -> T:
            answer = work(version, *args, **kwargs)
            if of_now(version) != version:
                raise _NotToBeKept(answer)
            return answer

        stored = st.cache_resource(show_spinner=show_spinner, max_entries=max_entries)(worked_out)

        @functools.wraps(work)
        def asked(version: str, /, *args: P.args, **kwargs: P.kwargs) -> T:
            try:
                return stored(of_now(version), *args, **kwargs)
            except _NotToBeKept as past:
                answer: T = past.answer
                return answer

        return asked

    return keeping
