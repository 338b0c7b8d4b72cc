"""The family tree: generations as far as words tell, relatives of the file only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.ocgs.families import family_tree, generations_down
from chb.domain.ocgs.members import FamilyLink, Nominal, NominalRole


def nominal(reference, *family, role=NominalRole.PERIPHERAL):
    return Nominal(ocg_id="g", reference=reference, role=role, family=family)


@pytest.mark.parametrize(
    ("relation", "generations"),
    [
        ("partner", 0),
        ("younger brother", 0),
        ("son", 1),
        ("Step-son", 1),
        ("nephew", 1),
        ("brother's son", 1),
        ("grand-daughter of his aunt", 0),
        ("granddaughter", 2),
        ("mother of his child", 0),
        ("mother", -1),
        ("nan", -2),
        ("person", 0),
    ],
)
def test_words_for_a_relation_tell_generations(relation, generations):
    assert generations_down(relation) == generations


def test_a_relative_called_by_a_reference_of_the_file_is_that_nominal():
    tree = family_tree(
        [
            nominal("KIT-2", FamilyLink("kit-3", "nephew", "Aged 15"), role=NominalRole.PRINCIPAL),
            nominal("KIT-3"),
            nominal("KIT-4"),
        ]
    )
    uncle, nephew = tree.relatives
    assert (uncle.key, uncle.role, uncle.generation) == ("KIT-2", NominalRole.PRINCIPAL, 0)
    assert (nephew.key, nephew.generation, nephew.ties) == ("KIT-3", 1, ("nephew of KIT-2",))
    assert nephew.is_to_safeguard and not uncle.is_to_safeguard
    assert [(each.of, each.to) for each in tree.kinships] == [("KIT-2", "KIT-3")]


def test_two_who_are_called_the_same_are_two_people():
    outside = FamilyLink("not a member", "partner"), FamilyLink("not a member", "mother")
    tree = family_tree([nominal("K1", *outside), nominal("K2", FamilyLink("not a member", "son"))])
    assert [each.name for each in tree.relatives].count("not a member") == 3
    assert len({each.key for each in tree.relatives}) == 5
    levels = {each.ties[0]: each.generation for each in tree.relatives if each.ties}
    assert levels == {"partner of K1": 1, "mother of K1": 0, "son of K2": 1}


def test_a_reference_of_another_file_is_words_like_any_other():
    """Whether somebody of another group is called so cannot be told from the tree."""
    here = nominal("K1", FamilyLink("RED-7", "cousin"))
    (_, relative) = family_tree([here]).relatives
    (_, stranger) = family_tree([nominal("K1", FamilyLink("a neighbour", "cousin"))]).relatives
    assert (relative.role, relative.key) == (stranger.role, stranger.key) == (None, stranger.key)


def test_a_relation_told_from_both_ends_is_one_line():
    tree = family_tree(
        [
            nominal("K1", FamilyLink("K2", "brother")),
            nominal("K2", FamilyLink("K1", "brother"), FamilyLink("K2", "himself")),
        ]
    )
    assert len(tree.kinships) == 1
    assert {each.ties for each in tree.relatives} == {("brother of K1",), ("brother of K2",)}


_REFERENCES = st.sampled_from(["A1", "B1", "C1", "D1", "not a member"])
_LINKS = st.builds(FamilyLink, _REFERENCES, st.sampled_from(["son", "mother", "cousin", "nephew"]))


@given(st.lists(st.tuples(st.sampled_from(["A1", "B1", "C1"]), _LINKS), max_size=8))
def test_every_family_begins_with_its_elders_and_every_end_is_in_the_tree(told):
    nominals = [
        nominal(reference, *(link for of, link in told if of == reference))
        for reference in ("A1", "B1", "C1", "D1")
    ]
    tree = family_tree(nominals)
    keys = [each.key for each in tree.relatives]
    assert len(keys) == len(set(keys))
    assert all({each.of, each.to} <= set(keys) for each in tree.kinships)
    assert not tree.relatives or min(each.generation for each in tree.relatives) == 0
