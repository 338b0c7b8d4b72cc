"""The theme in light and in dark: words can be read, marks stand out, and no eye mixes them up."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from typing import TypeVar

import pytest

from chb.domain.places.phases import Phase
from chb.domain.planning.plans import Pillar
from chb.ui import theme
from tests.ui.eyes import closest, contrast

Node = TypeVar("Node", bound=ast.AST)

PROJECT = Path(__file__).resolve().parents[2]
CONFIG = tomllib.loads((PROJECT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
LEAST_FOR_WORDS = 4.5
LEAST_FOR_MARKS = 3.0
"""WCAG 2.2, success criteria 1.4.3 and 1.4.11."""
LEAST_DELTA_E = 28.0
"""CIE 1976, for every eye; the layers of a map have their own floor."""
WORDS = ("--hf-ink", "--hf-quiet-ink", "--hf-navy", "--hf-alarm", "--hf-good", "--hf-link")
TINTS = ("--hf-tint", "--hf-pale-tint", "--hf-alarm-tint", "--hf-pale-alarm-tint")
GROUNDS = ("--hf-surface", "--hf-panel", *TINTS)
THEMES = ("light", "dark")
UI = PROJECT / "chb/ui"
SIZED = re.compile(r"\bfont(?:-size)?:(?: ?\d{3})? ?([\d.]+)(px|pt|r?em)\b")
SHEETS = sorted(
    path
    for path in UI.rglob("*.*")
    if path.suffix in (".py", ".css", ".js", ".html") and SIZED.search(path.read_text("utf-8"))
)
"""Every file with a size of letters in it."""
EMOJI = re.compile("[\u231a-\u23ff\u2600-\u27bf\u2b05-\u2bff\ufe0f\U0001f000-\U0001faff]")


def value(name: str, on: str) -> str:
    return theme.FOLLOWING[name][THEMES.index(on)]


@pytest.mark.parametrize("on", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("words", WORDS)
def test_words_can_be_read_on_every_ground(words: str, ground: str, on: str) -> None:
    assert contrast(value(words, on), value(ground, on)) >= LEAST_FOR_WORDS


@pytest.mark.parametrize("on", THEMES)
def test_streamlit_has_the_same_ground_and_ink(on: str) -> None:
    told = CONFIG[on]
    assert told["backgroundColor"] == value("--hf-surface", on)
    assert told["secondaryBackgroundColor"] == value("--hf-panel", on)
    assert told["textColor"] == value("--hf-ink", on)
    for ground in ("backgroundColor", "secondaryBackgroundColor"):
        for words in ("primaryColor", "linkColor", "textColor"):
            assert contrast(told[words], told[ground]) >= LEAST_FOR_WORDS, (words, ground)
    side = told["sidebar"]
    for words in ("primaryColor", "linkColor", "textColor"):
        assert contrast(side[words], side["backgroundColor"]) >= LEAST_FOR_WORDS, words


@pytest.mark.parametrize("on", THEMES)
def test_words_of_the_first_button_can_be_read(on: str) -> None:
    assert contrast(value("--hf-surface", on), CONFIG[on]["primaryColor"]) >= LEAST_FOR_WORDS


@pytest.mark.parametrize("phase", Phase)
def test_words_can_be_read_on_the_colour_of_a_phase(phase: Phase) -> None:
    on = contrast(theme.WORDS_ON_PHASE[phase], theme.PHASE_COLOURS[phase])
    assert on >= LEAST_FOR_WORDS


@pytest.mark.parametrize("on", THEMES)
def test_marks_stand_out_from_the_ground(on: str) -> None:
    marks = [*theme.PHASE_MARKS.values(), *theme.PILLAR_MARKS.values()]
    colours = {theme.BLUE, theme.CLARET, *(mark.colour for mark in marks)}
    seen = {each: contrast(each, value("--hf-surface", on)) for each in colours}
    assert {each: by for each, by in seen.items() if by < LEAST_FOR_MARKS} == {}


def test_no_eye_takes_one_phase_or_one_p_for_another() -> None:
    for marks in (theme.PHASE_MARKS, theme.PILLAR_MARKS):
        apart, where = closest(tuple(mark.colour for mark in marks.values()))
        assert apart >= LEAST_DELTA_E, where


def test_no_eye_takes_one_class_of_the_ramp_for_the_next() -> None:
    for pair in zip(theme.RAMP, theme.RAMP[1:], strict=False):
        apart, where = closest(pair)
        assert apart >= 15, where


def test_every_phase_and_p_has_a_shape_of_its_own() -> None:
    assert set(theme.PHASE_MARKS) == set(Phase)
    assert set(theme.PILLAR_MARKS) == set(Pillar)
    marks = [*theme.PHASE_MARKS.values(), *theme.PILLAR_MARKS.values()]
    assert len({mark.shape for mark in marks}) == len({mark.svg for mark in marks}) == len(marks)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: str(path.relative_to(UI)))
def test_letters_have_the_sizes_of_the_scale(sheet: Path) -> None:
    sizes = SIZED.findall(sheet.read_text("utf-8"))
    scale = set(theme.TEXT_SIZES_REM)
    assert {each for each in sizes if each[1] != "rem" or float(each[0]) not in scale} == set()


def test_sheets_are_found_in_every_language_they_are_written_in() -> None:
    assert {path.suffix for path in SHEETS} == {".py", ".css", ".js"}


def test_headings_have_the_sizes_of_the_scale() -> None:
    sizes = {float(each.removesuffix("rem")) for each in CONFIG["headingFontSizes"]}
    assert sizes <= set(theme.TEXT_SIZES_REM)
    steps = [b / a for a, b in zip(theme.TEXT_SIZES_REM, theme.TEXT_SIZES_REM[1:], strict=False)]
    assert steps == pytest.approx([9 / 8] * len(steps), rel=0.01)


def test_there_is_no_emoji_in_what_is_shown() -> None:
    """Neither itself nor by an escape."""
    found = {
        f"{path.relative_to(UI)}: {words[:60]}"
        for path in UI.rglob("*.*")
        for words in _texts(path)
        if EMOJI.search(words)
    }
    assert found == set()


def test_every_icon_is_a_line_drawing() -> None:
    """Streamlit would make an emoji of any other short name between colons."""
    icons = {icon for path in UI.rglob("*.py") for icon in _icons(path)}
    assert len(icons) > 20
    assert {icon for icon in icons if not icon.startswith(":material/")} == set()


def test_an_emoji_is_told_from_other_marks() -> None:
    for each in "\N{WHITE HEAVY CHECK MARK}\N{WARNING SIGN}\N{ROCKET}\N{BLACK STAR}":
        assert EMOJI.search(each)
    for each in "\N{DEGREE SIGN}\N{MINUS SIGN}\N{SUPERSCRIPT TWO}\N{EN DASH}\N{MIDDLE DOT}":
        assert not EMOJI.search(each)


def _texts(path: Path) -> list[str]:
    """The texts of a program, its escapes read; any other file as it is."""
    if path.suffix == ".py":
        return [each.value for each in _nodes(path, ast.Constant) if isinstance(each.value, str)]
    is_text = path.suffix in (".css", ".js", ".html", ".svg")
    return [path.read_text("utf-8")] if is_text else []


def _icons(path: Path) -> list[str]:
    """What is given as an icon in so many words."""
    given = [each.value for each in _nodes(path, ast.keyword) if each.arg == "icon"]
    said = [each for each in given if isinstance(each, ast.Constant) and ":" in str(each.value)]
    return [str(each.value) for each in said]


def _nodes(path: Path, kind: type[Node]) -> list[Node]:
    tree = ast.parse(path.read_text("utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, kind)]


def test_no_style_sheet_has_a_colour_of_its_own() -> None:
    """Else the dark theme would not reach it."""
    colour = r"#[0-9a-fA-F]{3,6}\b"
    declared = re.compile(rf"(?:color|background|border[a-z-]*|outline) ?: ?[^;\n]*{colour}")
    found = {
        f"{path.relative_to(PROJECT)}: {declaration}"
        for path in (PROJECT / "chb/ui").rglob("*.py")
        for declaration in declared.findall(path.read_text("utf-8"))
    }
    assert {each for each in found if "light-dark(#000,#fff" not in each} == set()
