"""Words of others on a terminal: shown as they were written, and obeyed by nothing."""

import json
import re

import pytest

from chb.cli.output import print_json, print_table, say
from tests.browser.hostile import ALL, as_seen

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@pytest.mark.parametrize("text", ALL, ids=range(len(ALL)))
def test_a_cell_a_title_and_a_message_are_what_was_written(text, capsys):
    print_table(text, (text,), [(text,)])
    say(text)
    said = capsys.readouterr()
    shown = re.sub(r"[\s\u202c\u2069]", "", as_seen(text))
    bare = re.sub(r"[\s\u202c\u2069\u2500-\u257f]", "", said.out)
    assert bare.count(shown) == 3
    assert shown in re.sub(r"[\s\u202c\u2069]", "", said.err)
    assert not OBEYED.findall(said.out + said.err)


@pytest.mark.parametrize("text", ALL, ids=range(len(ALL)))
def test_json_is_the_same_text_and_nothing_to_obey(text, capsys):
    print_json({"text": text})
    written = capsys.readouterr().out
    assert json.loads(written) == {"text": text}
    assert not OBEYED.findall(written)
