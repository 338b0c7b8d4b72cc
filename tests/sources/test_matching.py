"""Below 99 % two tables do not belong together, and the cause is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chb.domain.refusal import Refusal
from chb.sources.boundaries import read_boundaries
from chb.sources.deprivation import read_deprivation
from chb.sources.matching import check_match, match_share

ENGLAND = [f"E0100{number:04d}" for number in range(200)]


def test_the_share_and_the_first_missing_codes() -> None:
    match = match_share(ENGLAND, ENGLAND[2:])
    assert match.share == pytest.approx(0.99)
    assert match.missing_first == ("E01000000", "E01000001")
    assert check_match(ENGLAND, ENGLAND[2:], what="IoD 2025").share == match.share
    assert match_share([], ENGLAND).share == 1


@pytest.mark.parametrize(
    ("loaded", "table", "cause"),
    [
        (ENGLAND, ENGLAND[3:], "wrong vintage"),
        (["W01000001"], ENGLAND, "another country"),
        (["E05000976", "E05000977"], ENGLAND, "not LSOAs"),
    ],
)
def test_a_poor_match_is_refused_with_its_cause(
    loaded: list[str], table: list[str], cause: str
) -> None:
    with pytest.raises(
        Refusal, match=f"IoD 2025 does not belong to these areas.*{cause}"
    ) as refused:
        check_match(loaded, table, what="IoD 2025")
    assert loaded[0] in refused.value.found


def test_real_areas_of_2011_do_not_match_the_real_index_of_2025(
    real_data: Callable[[str], Path],
) -> None:
    areas = read_boundaries(real_data("lancashire/boundaries_lsoa2011"), kind="lsoa")
    old, new = (
        read_deprivation(real_data(f"common/deprivation/{name}"))
        for name in (
            "IoD2019_Domains_ranks_deciles_RECONSTRUCTED.csv",
            "IoD2025_File_7_style_RECONSTRUCTED_no_IDACI_IDAOPI_no_population.csv",
        )
    )
    assert match_share(areas.frame["code"], old.frame["lsoa_code"]).share == 1
    with pytest.raises(Refusal, match="uses LSOAs of 2021 and the boundaries are of 2011"):
        check_match(
            areas.frame["code"],
            new.frame["lsoa_code"],
            what=new.name,
            table_vintage=new.details["vintage"],
            loaded_vintage=areas.details["vintage"],
        )
