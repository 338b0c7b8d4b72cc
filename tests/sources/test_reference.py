"""The reference tables that ship: whole, sourced, and as the domain page states them."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from chb.domain.harm import CrimeCategory
from chb.domain.refusal import Refusal
from chb.sources.reference import REFERENCE_FOLDER, asset_kinds, harm_schemes, osm_tags

SCHEMES = ("cchi-2026", "cchi-2026-sqrt", "count", "ons-css")
GROUPS = {
    *("voluntary", "community", "sport", "leisure", "faith"),
    *("business", "education", "health", "public service", "place"),
}


def test_every_scheme_is_whole_and_says_where_it_comes_from() -> None:
    schemes = harm_schemes()
    assert tuple(schemes) == tuple(sorted(SCHEMES))
    for key, scheme in schemes.items():
        assert scheme.key == key
        assert set(scheme.weights) == set(CrimeCategory)
        assert all((scheme.title, scheme.edition, scheme.source, scheme.licence, scheme.unit))
        for weight in scheme.weights.values():
            low = weight.weight if weight.lowest is None else weight.lowest
            high = weight.weight if weight.highest is None else weight.highest
            assert 0 <= low <= weight.weight <= high


def test_the_weights_are_those_of_the_domain_page() -> None:
    cchi = harm_schemes()["cchi-2026"]
    stated = {
        "Robbery": 365,
        "Violence and sexual offences": 194.21,
        "Drugs": 3.66,
        "Shoplifting": 1,
    }
    assert {name: cchi.weight_of(name) for name in stated} == stated
    assert cchi.weight_of(CrimeCategory.ANTI_SOCIAL_BEHAVIOUR) == 1
    violence = cchi.weights[CrimeCategory.VIOLENCE]
    assert (violence.lowest, violence.highest) == (159, 235)
    assert all(harm_schemes()["count"].weight_of(category) == 1 for category in CrimeCategory)


def test_the_square_root_scheme_is_the_square_root_to_six_digits() -> None:
    schemes = harm_schemes()
    for category in CrimeCategory:
        expected = math.sqrt(schemes["cchi-2026"].weight_of(category))
        assert schemes["cchi-2026-sqrt"].weight_of(category) == pytest.approx(expected, rel=1e-5)


def test_what_the_severity_score_does_not_cover_counts_nothing_and_says_so() -> None:
    scheme = harm_schemes()["ons-css"]
    uncovered = {category for category in CrimeCategory if scheme.weight_of(category) == 0}
    assert uncovered == {
        CrimeCategory.VIOLENCE,
        CrimeCategory.OTHER_CRIME,
        CrimeCategory.ANTI_SOCIAL_BEHAVIOUR,
    }
    assert all("Not covered" in scheme.weights[category].note for category in uncovered)
    assert "without violence" in scheme.title


def test_asset_kinds_are_unique_sourced_and_cover_every_group() -> None:
    kinds = asset_kinds()
    assert len({kind.key for kind in kinds}) == len(kinds) >= 25
    assert {kind.group for kind in kinds} == GROUPS
    assert set(osm_tags().values()) <= {kind.key for kind in kinds}
    with (REFERENCE_FOLDER / "asset_kinds.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert all(row["source"] and row["edition"] for row in rows)
    tags = [tag.strip() for row in rows for tag in row["osm"].split(";") if tag.strip()]
    assert len(tags) == len(set(tags))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Robbery,1", "Robbery,high", "not a number"),
        ("Robbery,1", "Robery,1", "Robbery, Robery"),
        ("Robbery,1", "Robbery,", "has no weight"),
        ("count,Plain", "other,Plain", "another scheme"),
        ("weight,", "weigth,", "Missing columns: weight"),
    ],
)
def test_a_scheme_that_is_not_whole_is_refused(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    text = (REFERENCE_FOLDER / "harm_schemes" / "count.csv").read_text(encoding="utf-8")
    folder = tmp_path / "harm_schemes"
    folder.mkdir()
    (folder / "count.csv").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(Refusal, match=f"count.csv is not whole.*{words}"):
        harm_schemes(tmp_path)
