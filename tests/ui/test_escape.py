"""Text that somebody typed stays text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.ui.maps.elements import Outline, Scene, base_map, script_literal
from chb.ui.parts.words import chart_key, literal, literal_html

HOSTILE = (
    "${window.top.__ran=1}",
    "`);window.__ran=1;(`",
    "</script><script>window.__ran=1</script>",
    "<img src=x onerror=window.__ran=1>",
    "C:\\Users\\x \\u{zz} price ${ 5",
    "{{7*7}} {% raw %} {{ 'alert' }}",
    'O\'Brien "Bar" \u2028 &amp;',
)


@given(st.text())
def test_a_script_literal_is_the_same_data_without_syntax(text: str) -> None:
    safe = script_literal({"name": {"inner": text}})
    assert not set(safe) & set("`$<>&'\u2028\u2029")
    assert safe.count("{") == safe.count("}") == 2
    assert json.loads(safe) == {"name": {"inner": text}}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_name_survives_every_template_between_here_and_the_browser(text: str) -> None:
    group = Scene(outlines=[Outline([[(53.4, -1.5)]], "#000000", name=text, detail=text)])
    made = base_map(key="test", label=text, bounds=(-1.6, 53.3, -1.4, 53.5), context_digest="")
    group.feature_group().add_to(made)
    page = made.get_root().render()
    assert page.count(script_literal(text)) == 3
    assert text not in page or text == script_literal(text)[1:-1]


def test_markdown_is_shown_as_written() -> None:
    assert literal("![x](http://evil) $a$ :red[b] <b>") == (
        r"\!\[x\]\(http\::blue[]\/\/evil\) \$a\$ \::blue[]red\[b\] \<b\>"
    )


def test_what_is_made_of_several_characters_is_taken_apart() -> None:
    for text in (":streamlit:", "a -> b", "x -- y", "www.a.b", "me@a.b", "http://a.b", "a >= b"):
        assert ":blue[]" in literal(text), text
    assert literal("Q: who? A - B, 10:") == r"Q\: who\? A \- B\, 10\:"


def test_nothing_in_a_name_turns_what_follows_around() -> None:
    assert literal("a\u202eb") == "a\u202eb\u202c"
    assert literal_html("a\u2066b\u202ec\u0000\x1b\x9b") == "a\u2066b\u202ec\u202c\u2069"


def test_no_row_of_a_chart_is_called_what_javascript_calls_its_own() -> None:
    assert chart_key("__proto__") == "__proto__\u2060"
    assert chart_key("Council \x1b(east)") == "Council (east)"
