"""Harm and deprivation side by side, with crime and without."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.services.harm.association import DOMAIN_WEIGHTS, AssociationRequest, find_associations
from chb.services.harm.profiling import ProfileRequest, build_profile
from geo.cells import cell_of
from tests.services.made_places import made_place, scattered

YEAR = ProfileRequest("Marram", Period.parse("2025-01", "2025-12"))


@pytest.fixture(scope="module")
def found(sample_ws):
    return find_associations(sample_ws, AssociationRequest(YEAR))


def test_every_domain_is_set_beside_both_measures_of_harm(found):
    domains = {"imd", "imd_without_crime", *DOMAIN_WEIGHTS}
    for measure in ("harm per km2", "harm per person"):
        assert set(found.table.loc[found.table["measure"] == measure, "domain"]) == domains
    assert (found.table["rho_low"] < found.table["rho"]).all()
    assert (found.table["rho"] < found.table["rho_high"]).all()


def test_rho_is_that_of_plain_ranks(found):
    cells = found.cells
    for row in found.table.itertuples():
        harm = cells["harm_per_km2" if row.measure == "harm per km2" else "harm_per_person"]
        both = pd.DataFrame({"harm": harm, "domain": cells[f"deprivation_{row.domain}"]}).dropna()
        assert row.n_used == len(both)
        assert row.rho == pytest.approx(both.rank().corr().iloc[0, 1])


def test_imd_without_crime_does_not_know_crime(found):
    cells = found.cells.dropna(subset=["deprivation_imd_without_crime"])
    weights = {name: weight for name, weight in DOMAIN_WEIGHTS.items() if name != "crime"}
    by_hand = sum(
        weight * (cells[f"deprivation_{name}"].rank() - 0.5) / len(cells)
        for name, weight in weights.items()
    ) / sum(weights.values())
    assert np.allclose(cells["deprivation_imd_without_crime"], by_hand)
    assert any("not a published index" in said for said in found.provenance.choices)


def test_ropewalk_is_deprived_and_sandhythe_is_not(found):
    cells = found.cells.set_index("cell")
    ropewalk = cells.loc[cell_of([-3.7293], [53.7612], 9)[0]]
    bents = cells.loc[cell_of([-3.6539], [53.7487], 9)[0]]
    assert ropewalk["deprivation_class"] == 3 and bents["deprivation_class"] < 3
    assert bents["density"] > 2 * ropewalk["density"]
    assert bents["harm_class"] == 3


def test_the_nine_classes_hold_every_cell_with_residents(found):
    known = found.cells["deprivation_class"] > 0
    assert (found.cells.loc[known, "harm_class"] > 0).all()
    assert (found.cells.loc[~known, "harm_class"] == 0).all()
    assert found.cells.loc[known, "deprivation_class"].value_counts().min() > 0.3 * known.sum()


def test_a_bootstrap_agrees_with_the_formula(sample_ws, found):
    drawn = find_associations(sample_ws, AssociationRequest(YEAR, resamples=300))
    assert np.allclose(drawn.table["rho"], found.table["rho"])
    assert np.allclose(drawn.table["rho_low"], found.table["rho_low"], atol=0.06)


def test_one_domain_may_be_on_the_map(sample_ws):
    found = find_associations(sample_ws, AssociationRequest(YEAR, against="income"))
    assert found.against == "income"
    assert any("thirds of income" in said for said in found.provenance.choices)


def test_named_domains_come_to_cells_with_any_profile(sample_ws):
    plain = build_profile(sample_ws, YEAR).frame
    more = build_profile(sample_ws, replace(YEAR, domains=("income", "no such domain"))).frame
    assert set(more.columns) - set(plain.columns) == {"income_score"}
    assert more["income_score"].between(0, 1).sum() > 400


@pytest.mark.xdist_group("real data")
def test_an_edition_of_ranks_only_says_what_cannot_be_computed(lancashire_ws):
    preston = ProfileRequest("Preston", Period.parse("2021-11", "2022-10"))
    found = find_associations(lancashire_ws, AssociationRequest(preston))
    assert found.against == "imd"
    assert any("cannot be computed: no income" in said for said in found.provenance.caveats)
    rho = found.table.set_index(["measure", "domain"])["rho"]
    assert rho["harm per km2", "imd"] > 0  # a rank of 1 is the most deprived: turned round
    with pytest.raises(Refusal, match="There are imd"):
        find_associations(lancashire_ws, AssociationRequest(preston, against="imd_without_crime"))


def test_without_deprivation_there_is_nothing_to_compare(sample_ws, tmp_path):
    with pytest.raises(Refusal, match="needs deprivation"):
        find_associations(sample_ws, AssociationRequest(replace(YEAR, deprivation="none")))
    ws, profile = made_place(tmp_path, scattered("2024-01"), first="2024-01", last="2024-01")
    with pytest.raises(Refusal, match="No deprivation is known"):
        find_associations(ws, AssociationRequest(profile))
