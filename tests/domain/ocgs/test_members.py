"""Nominals by role, families to safeguard, links between groups."""

import pytest

from chb.domain.ocgs.members import (
    FamilyLink,
    Nominal,
    NominalRole,
    OcgLink,
    OcgLinkKind,
    by_role,
    family_to_safeguard,
)
from chb.domain.refusal import Refusal


def nominal(reference, role, *family):
    return Nominal(ocg_id="o", reference=reference, role=role, family=family)


def test_associates_stand_apart_from_members():
    lookout, friend = (
        nominal("N2", NominalRole.PERIPHERAL),
        nominal("A1", NominalRole.ASSOCIATE),
    )
    grouped = by_role([friend, lookout])
    assert list(grouped)[-1] is NominalRole.ASSOCIATE
    assert grouped[NominalRole.PERIPHERAL] == (lookout,)
    assert grouped[NominalRole.PRINCIPAL] == ()
    assert [role for role in NominalRole if not role.is_member] == [NominalRole.ASSOCIATE]


def test_family_with_a_safeguarding_note_is_found():
    child = FamilyLink("daughter, not a member", "daughter", "at school; help offered")
    uncle = FamilyLink("N4", "uncle")
    parent = nominal("N1", NominalRole.PRINCIPAL, uncle, child)
    assert family_to_safeguard([parent]) == ((parent, child),)


def test_a_group_is_not_linked_to_itself():
    with pytest.raises(Refusal, match="linked to itself"):
        OcgLink(ocg_id="o", other_id="o", kind=OcgLinkKind.RIVALRY).checked()


def test_a_link_is_seen_from_either_side():
    link = OcgLink(ocg_id="a", other_id="b", kind=OcgLinkKind.RIVALRY)
    assert (link.other_than("a"), link.other_than("b")) == ("b", "a")


def test_a_family_link_needs_its_relation():
    with pytest.raises(Refusal, match="The relation is missing"):
        nominal("N1", NominalRole.PRINCIPAL, FamilyLink("N2", " ")).checked()


@pytest.mark.parametrize(
    "reference", ["N1", "KIT-A1", "99/123456X", "1", "a" * 39 + "1", " KIT-1 "]
)
def test_a_reference_is_kept(reference):
    assert nominal(reference, NominalRole.PRINCIPAL).checked().reference == reference.strip()


@pytest.mark.parametrize(
    "reference",
    [
        "John Smith",
        "Smith",
        "Smith-Jones",
        "SMITH, John 1984",
        "N 1",
        "N1;",
        "-1",
        "1/",
        "N--1",
        "<b>1</b>",
        "=1+1",
    ],
)
def test_a_name_or_anything_else_is_no_reference(reference):
    with pytest.raises(Refusal, match="kept by a reference"):
        nominal(reference, NominalRole.PRINCIPAL).checked()


@pytest.mark.parametrize(("reference", "says"), [("", "missing"), ("1" * 41, "at most 40")])
def test_a_reference_has_a_length(reference, says):
    with pytest.raises(Refusal, match=says):
        nominal(reference, NominalRole.PRINCIPAL).checked()
