"""What is kept is given to those only who may see the same, whenever their rights change."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import streamlit as st

from chb.domain.access.roles import Role, View
from chb.domain.access.scope import Scope
from chb.ui import kept, viewer

NARROW = Scope(person="a", roles=frozenset({Role.P_LEAD}), view=View.RESTRICTED)
WIDE = Scope(
    person="a", roles=frozenset({Role.P_LEAD}), view=View.RESTRICTED, ocg_ids=frozenset({"k"})
)

ANALYST = replace(NARROW, roles=frozenset({Role.ANALYST}))


class Screen:
    """Whose rights are which at the moment, and what a kept function was asked."""

    def __init__(self) -> None:
        self.scope = NARROW
        self.data = "frames"
        self.worked_for: list[str] = []

    @property
    def version(self) -> str:
        return f"{self.data}.assets.groups:{self.scope.visibility}"


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    made = Screen()
    st.cache_resource.clear()
    monkeypatch.setattr(viewer, "scope", lambda: made.scope)
    monkeypatch.setattr(kept, "data_version", lambda: made.version)
    return made


def keeping(
    screen: Screen, during: Callable[[], None] = lambda: None, *, keep: Any = kept.keep
) -> Callable[[str], str]:
    """A kept function that answers with the rights it was worked out under."""

    @keep(max_entries=4)
    def answer(version: str) -> str:
        del version
        during()
        screen.worked_for.append(screen.scope.visibility)
        return screen.scope.visibility

    return answer


def test_what_was_worked_out_is_given_again(screen: Screen) -> None:
    asked = keeping(screen)
    assert asked(screen.version) == asked(screen.version) == NARROW.visibility


def test_rights_that_change_while_it_is_worked_out_leave_nothing_behind(screen: Screen) -> None:
    def let_in() -> None:
        screen.scope = WIDE

    narrow_version = screen.version
    assert keeping(screen, let_in)(narrow_version) == WIDE.visibility
    screen.scope = NARROW
    assert keeping(screen)(narrow_version) == NARROW.visibility


def test_a_page_drawn_before_asks_under_the_rights_of_now(screen: Screen) -> None:
    old_version, asked = screen.version, keeping(screen)
    screen.scope = WIDE
    assert asked(old_version) == WIDE.visibility
    screen.scope = NARROW
    assert asked(old_version) == NARROW.visibility


def test_rights_that_ended_are_not_served_from_what_is_kept(screen: Screen) -> None:
    asked = keeping(screen)
    screen.scope = WIDE
    wide_version = screen.version
    assert asked(wide_version) == WIDE.visibility
    screen.scope = NARROW
    assert asked(wide_version) == NARROW.visibility


def test_what_no_group_is_in_is_worked_out_once_for_a_role(screen: Screen) -> None:
    asked = keeping(screen, keep=kept.keep_by_role)
    asked(screen.version)
    screen.scope = WIDE
    assert asked(screen.version) == NARROW.visibility
    screen.scope = ANALYST
    assert asked(screen.version) == ANALYST.visibility
    screen.data = "more frames"
    assert asked(screen.version) == ANALYST.visibility
    assert screen.worked_for == [each.visibility for each in (NARROW, ANALYST, ANALYST)]


def test_a_role_that_changes_meanwhile_leaves_nothing_behind(screen: Screen) -> None:
    def becomes_analyst() -> None:
        screen.scope = ANALYST

    of_p_lead = screen.version
    assert keeping(screen, becomes_analyst, keep=kept.keep_by_role)(of_p_lead)
    screen.scope = NARROW
    assert keeping(screen, keep=kept.keep_by_role)(of_p_lead) == NARROW.visibility
