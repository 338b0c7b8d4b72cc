"""Words are found by any of their names, those named so first."""

from chb.domain.glossary import GlossaryTerm, found_terms

BAND = GlossaryTerm("Threat band", "Scoring", "A figure and a letter.", "C", "band;1A")
GATE = GlossaryTerm("Gate", "Phases", "A checklist, and no band.", "Ours", "checklist")
ISA = GlossaryTerm("Sharing agreement", "Sharing", "What agencies sign.", "D", "ISA")
TERMS = (ISA, GATE, BAND)


def test_a_word_is_found_by_its_name_its_other_names_and_its_meaning():
    assert found_terms(TERMS, "isa") == (ISA,)
    assert found_terms(TERMS, "  LETTER figure ") == (BAND,)
    assert found_terms(TERMS, "nothing like it") == ()


def test_what_is_called_so_comes_before_what_only_says_so():
    assert found_terms(TERMS, "band") == (BAND, GATE)


def test_no_word_finds_all_by_the_alphabet():
    assert found_terms(TERMS, "") == (GATE, ISA, BAND)
