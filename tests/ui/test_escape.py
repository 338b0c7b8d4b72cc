"""Text that somebody typed stays text."""

from __future__ import annotations

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.ui.maps.elements import Marker, Scene, base_map, script_literal
from chb.ui.maps.escape import escaped
from chb.ui.parts.words import literal

HOSTILE = (
    "${window.top.__ran=1}",
    "`);window.__ran=1;(`",
    "</script><script>window.__ran=1</script>",
    "<img src=x onerror=window.__ran=1>",
    "C:\\Users\\x \\u{zz} price ${ 5",
    "{{7*7}} {% raw %} {{ 'alert' }}",
    'O\'Brien "Bar" \u2028 &amp;',
)


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_has_no_syntax_left_and_reads_the_same(text: str) -> None:
    safe = escaped(text)
    assert not set(safe) & set("`${}\\<>'\"\u2028")
    assert html.unescape(safe) == text.replace("\u2028", " ")


@given(st.text())
def test_a_script_literal_is_the_same_data_without_syntax(text: str) -> None:
    safe = script_literal({"name": text})
    assert not set(safe) & set("`$<>&'\u2028\u2029")
    assert json.loads(safe) == {"name": text}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_marker_reaches_the_map_as_data(text: str) -> None:
    scene = Scene(markers=[Marker(53.4, -1.5, "#000000", name=text, details=(text,))])
    base_map(key="test", label="Test", bounds=(-1.6, 53.3, -1.4, 53.5), context_digest="")
    scripts = [
        child._template.module.script(child) for child in scene.feature_group()._children.values()
    ]
    assert any(script_literal(text) in script for script in scripts)
    assert not any(text in script for script in scripts if text != script_literal(text)[1:-1])


def test_markdown_is_shown_as_written() -> None:
    assert literal("![x](http://evil) $a$ :red[b] <b>") == (
        r"\!\[x\]\(http\:\/\/evil\) \$a\$ \:red\[b\] \<b\>"
    )
