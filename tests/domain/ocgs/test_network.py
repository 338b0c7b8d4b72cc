"""The network of groups is made of the groups it is given, and tells of no other."""

from datetime import date

from chb.domain.ocgs.members import Nominal, NominalRole, OcgLink, OcgLinkKind
from chb.domain.ocgs.network import network_of, shared_references
from chb.domain.ocgs.register import Ocg, OcgModel, SocCategory, standing

ROLE = NominalRole.PRINCIPAL


def group(id_):
    ocg = Ocg(
        id=id_,
        code=id_.upper(),
        lro="lro",
        tasked_on=date(2026, 1, 5),
        category=SocCategory.EXPLOIT,
        model=OcgModel.CO_OPERATIVE,
    )
    return standing(ocg, (), ())


def link(one, other, kind=OcgLinkKind.SUPPLY):
    return OcgLink(ocg_id=one, other_id=other, kind=kind)


def nominal(ocg_id, reference, role=ROLE):
    return Nominal(ocg_id=ocg_id, reference=reference, role=role)


def test_a_link_and_a_nominal_of_a_group_that_is_not_given_leave_no_trace():
    links = [link("a", "b"), link("a", "hidden"), link("hidden", "b")]
    nominals = [nominal("a", "N1"), nominal("hidden", "N1"), nominal("hidden", "N2")]
    seen = network_of([group("a"), group("b"), group("c")], links, nominals)
    assert seen == network_of([group("a"), group("b"), group("c")], links[:1], nominals[:1])
    assert "hidden" not in repr(seen)
    assert [each.ocg.id for each in seen.unlinked] == ["c"]


def test_one_reference_on_two_files_is_shared_whatever_its_case():
    nominals = [nominal("b", "n1", NominalRole.ASSOCIATE), nominal("a", "N1"), nominal("a", "N2")]
    seen = network_of([group("a"), group("b")], [], nominals)
    (shared,) = seen.shared
    assert shared.roles == (("a", ROLE), ("b", NominalRole.ASSOCIATE))
    assert seen.pairs() == (("a", "b"),)
    assert shared_references([nominal("a", "N1"), nominal("a", "n1")]) == ()


def test_round_a_group_are_those_tied_to_it_and_what_ties_them():
    links = [link("a", "b"), link("b", "c"), link("c", "d"), link("a", "c", OcgLinkKind.RIVALRY)]
    nominals = [nominal(each, "N1") for each in ("a", "d")]
    whole = network_of([group(each) for each in "abcde"], links, nominals)
    near = whole.around("b")
    assert [each.ocg.id for each in near.groups] == ["a", "b", "c"]
    assert near.links == (links[0], links[1], links[3])
    assert near.shared == () and len(whole.shared) == 1
    assert whole.around("e").links == ()


def test_several_links_between_two_groups_are_one_pair():
    links = [link("b", "a"), link("a", "b", OcgLinkKind.RIVALRY)]
    seen = network_of([group("a"), group("b")], links, [])
    assert seen.pairs() == (("a", "b"),)
    assert seen.links == tuple(links)
