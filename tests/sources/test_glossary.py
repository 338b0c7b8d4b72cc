"""The glossary that ships is whole: every word with a meaning and where it comes from."""

from chb.services.home.glossary import groups, look_up
from chb.sources.glossary import glossary_terms


def test_there_are_sixty_words_and_each_is_there_once_with_meaning_and_source():
    terms = glossary_terms()
    assert len(terms) >= 60
    assert len({term.term.casefold() for term in terms}) == len(terms)
    for term in terms:
        assert term.meaning.endswith((".", "!")), term.term
        assert len(term.meaning.split()) >= 5, term.term
        assert term.source, term.term


def test_most_words_are_of_the_guidance_and_name_its_section():
    sections = [term.source for term in glossary_terms() if "section" in term.source]
    assert len(sections) > len(glossary_terms()) / 2


def test_groups_keep_the_order_of_the_table_and_narrow_a_search():
    assert groups()[0] == "Roles"
    roles = look_up(group="Roles")
    assert {term.group for term in roles} == {"Roles"} and len(roles) > 5
    assert look_up("gold", group="Community") == ()
    assert look_up("LRO", group="Roles")[0].term == "Lead Responsible Officer"
