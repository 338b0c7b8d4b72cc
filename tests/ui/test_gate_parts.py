"""A checklist as lines of text, and gates in words."""

from datetime import UTC, datetime

from chb.domain.places.gates import Evidence, Figure, Gate, GateItem
from chb.domain.places.phases import GatePassage
from chb.sources.gate_items import shipped_checklists
from chb.ui.parts.gates.editor import checklist_lines, items_of_lines
from chb.ui.parts.gates.list import checklist_words, evidence_html, state_words
from chb.ui.parts.places.history import passage_words
from tests.ui.test_escape import HOSTILE

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def evidence(*, words="seen", link="", figure=None, is_met=True, by="LRO"):
    return Evidence(Gate.CLEAR_TO_HOLD, "key", 0, is_met, words, link, figure, by, NOW)


def test_every_shipped_checklist_survives_being_edited_as_lines():
    for checklist in shipped_checklists().values():
        again = items_of_lines(checklist_lines(checklist.items))
        assert [(item.words, item.hint) for item in again] == [
            (item.words, item.hint) for item in checklist.items
        ]


def test_blank_lines_are_left_out_and_a_second_bar_belongs_to_the_hint():
    assert items_of_lines("\n  Keys \n\nDoors|wood | or steel\n") == (
        GateItem("", "Keys", ""),
        GateItem("", "Doors", "wood | or steel"),
    )


def test_an_item_is_open_met_or_no_longer_met():
    assert state_words(None) == "Open"
    assert state_words(evidence()) == "Met"
    assert state_words(evidence(is_met=False)) == "No longer met"


def test_evidence_shows_words_figure_link_and_author_as_they_were_written():
    figure = Figure("Harm", -12.5, "per cent", "2025-01 to 2025-03", "cchi-2026")
    for text in HOSTILE:
        shown = evidence_html(
            evidence(words=text, by=text, figure=figure, link='https://x.example/?a="><script>')
        )
        assert "<script" not in shown and "<img" not in shown and 'a=">' not in shown
        assert "Harm: -12.5 per cent" in shown and "02 March 2026 09:30" in shown


def test_the_shipped_checklist_says_that_it_is_only_a_start():
    assert "as it comes with the product" in checklist_words(
        shipped_checklists()[Gate.BUILD_TO_EXIT]
    )


def test_a_passage_says_how_much_was_open():
    assert passage_words(GatePassage("Clear to Hold", 3, ("a",))).endswith("with 1 item open")
    assert passage_words(GatePassage("Clear to Hold", 3, ())).endswith("with every item met")
