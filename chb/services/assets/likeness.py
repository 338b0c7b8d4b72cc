"""How likely two assets are one: their names, how far apart they stand, and their postcodes.

The score is a product, so that no one of the three can decide alone:

    score = names x nearness x postcodes x kinds

``names`` is the higher of rapidfuzz's token sort ratio and four fifths of its weighted
ratio, of names without case, punctuation and common words, from 0 to 1. ``nearness`` falls
in a straight line from 1 on the spot to 0.7 at ``REACH_M``. ``postcodes`` is 1 where both
are the same, 0.95 where one is not known, 0.85 where they differ. ``kinds`` is 0.95 where
they differ. From ``LIKELY`` a person is asked. The numbers are choices: they were set so
that one asset in two public lists is found, and neighbours of one chain are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from chb.domain.assets.register import Asset
from chb.sources.postcodes import postcode_key
from geo.lattice import distance_m as metres_between
from geo.nearest import near_pairs

REACH_M: Final = 250.0
LIKELY: Final = 0.7
_MOST_NEIGHBOURS: Final = 40
_MOST_OF_A_POSTCODE: Final = 40
"""Of one asset: where more stand on one spot, a list is not worth a look at each pair."""
_ON_THE_SPOT_M: Final = 20.0
_AT_REACH: Final = 0.7
_PARTIAL: Final = 0.8
"""What the weighted ratio counts for: it gives 90 to a name that is part of another."""
_UNNAMED: Final = "(unnamed)"
_COMMON: Final = frozenset(
    {"the", "and", "of", "at", "in", "a", "ltd", "limited", "cic", "cio", "plc", "uk"}
)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Likeness:
    """Two assets by their position in the lists given, and why they may be one."""

    one: int
    other: int
    score: float
    """From 0 to 1."""
    name_similarity: float
    """From 0 to 100."""
    distance_m: float
    reason: str


def alike(ones: Sequence[Asset], others: Sequence[Asset]) -> list[Likeness]:
    """Likely pairs of one list with another, the likeliest first; far from all pairs are tried."""
    return _scored(ones, others, _candidates(ones, others, is_same_list=False))


def alike_within(assets: Sequence[Asset]) -> list[Likeness]:
    """Likely pairs within one list, ``one`` before ``other``, the likeliest first.

    Entries with one name on one spot are compared with the first of them only.
    """
    first_of = _first_alike(assets)
    heads = np.flatnonzero(first_of == np.arange(len(assets)))
    chosen = [assets[at] for at in heads.tolist()]
    pairs = _candidates(chosen, chosen, is_same_list=True)
    rest = np.flatnonzero(first_of != np.arange(len(assets)))
    everyone = pd.DataFrame(
        {
            "one": np.concatenate([heads[pairs["one"]], first_of[rest]]),
            "other": np.concatenate([heads[pairs["other"]], rest]),
        }
    )
    return _scored(assets, assets, everyone)


def name_key(name: str) -> str:
    """A name to compare: no case, accents, punctuation or words that many names have."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    kept = [word for word in words if word not in _COMMON]
    return " ".join(kept or words) or name.casefold().strip()


def _first_alike(assets: Sequence[Asset]) -> NDArray[np.int64]:
    """For each the first with its name on its spot, to about a metre."""
    frame = pd.DataFrame(
        {
            "name": [name_key(each.name) for each in assets],
            "longitude": np.round([each.longitude for each in assets], 5),
            "latitude": np.round([each.latitude for each in assets], 5),
        }
    )
    group = frame.groupby(list(frame.columns), sort=False).ngroup().to_numpy()
    _, first = np.unique(group, return_index=True)
    return first[group].astype(np.int64)


def _candidates(
    ones: Sequence[Asset], others: Sequence[Asset], *, is_same_list: bool
) -> pd.DataFrame:
    """Pairs worth a look: near one another, or of one postcode; columns one and other."""
    near = near_pairs(
        tuple(_positions(ones).T),
        among=tuple(_positions(others).T),
        reach_m=REACH_M,
        most=_MOST_NEIGHBOURS,
    )
    frame = pd.DataFrame({"one": near[0], "other": near[1]})
    left, right = _by_postcode(ones), _by_postcode(others)
    same = left.merge(right, on="postcode", suffixes=("_one", "_other"))
    same = same.rename(columns={"at_one": "one", "at_other": "other"})[["one", "other"]]
    frame = pd.concat([frame, same]).astype("int64").drop_duplicates()
    return frame.loc[frame["one"] < frame["other"]] if is_same_list else frame


def _by_postcode(assets: Sequence[Asset]) -> pd.DataFrame:
    keys = [postcode_key(each.postcode) for each in assets]
    frame = pd.DataFrame({"postcode": pd.Series(keys, dtype="str"), "at": np.arange(len(keys))})
    frame = frame.loc[frame["postcode"] != ""]
    return frame.loc[frame.groupby("postcode").cumcount() < _MOST_OF_A_POSTCODE]


def _scored(ones: Sequence[Asset], others: Sequence[Asset], pairs: pd.DataFrame) -> list[Likeness]:
    if pairs.empty:
        return []
    one, other = pairs["one"].to_numpy(), pairs["other"].to_numpy()
    distance_m = metres_between(_positions(ones)[one], _positions(others)[other])
    names = _name_similarity(ones, others, (one, other))
    names[_unnamed_apart(ones, others, (one, other), distance_m)] = 0.0
    postcodes = _postcode_factor(ones, others, (one, other))
    nearness = 1 - (1 - _AT_REACH) * np.minimum(distance_m / REACH_M, 1)
    score = names / 100 * nearness * postcodes * _kind_factor(ones, others, (one, other))
    order = np.argsort(-score, kind="stable")
    return [
        Likeness(
            int(one[at]),
            int(other[at]),
            float(score[at]),
            float(names[at]),
            float(distance_m[at]),
            _reason(float(names[at]), float(distance_m[at]), float(postcodes[at])),
        )
        for at in order[score[order] >= LIKELY]
    ]


Pair = tuple[NDArray[np.int64], NDArray[np.int64]]


def _name_similarity(ones: Sequence[Asset], others: Sequence[Asset], pair: Pair) -> Floats:
    first, second = [name_key(each.name) for each in ones], [name_key(each.name) for each in others]
    left, right = [first[at] for at in pair[0]], [second[at] for at in pair[1]]
    sorted_ratio = process.cpdist(left, right, scorer=fuzz.token_sort_ratio, dtype=np.float64)
    weighted = process.cpdist(left, right, scorer=fuzz.WRatio, dtype=np.float64)
    result: Floats = np.maximum(sorted_ratio, _PARTIAL * weighted)
    return result


def _unnamed_apart(
    ones: Sequence[Asset], others: Sequence[Asset], pair: Pair, distance_m: Floats
) -> NDArray[np.bool_]:
    """Pairs of which one has no name of its own, unless they stand on one spot."""
    left = np.array([each.name.endswith(_UNNAMED) for each in ones], dtype=bool)
    right = np.array([each.name.endswith(_UNNAMED) for each in others], dtype=bool)
    result: NDArray[np.bool_] = (left[pair[0]] | right[pair[1]]) & (distance_m > _ON_THE_SPOT_M)
    return result


def _postcode_factor(ones: Sequence[Asset], others: Sequence[Asset], pair: Pair) -> Floats:
    left = np.array([postcode_key(each.postcode) for each in ones], dtype=object)[pair[0]]
    right = np.array([postcode_key(each.postcode) for each in others], dtype=object)[pair[1]]
    known = (left != "") & (right != "")
    return np.where(known, np.where(left == right, 1.0, 0.85), 0.95).astype(np.float64)


def _kind_factor(ones: Sequence[Asset], others: Sequence[Asset], pair: Pair) -> Floats:
    left = np.array([each.kind for each in ones], dtype=object)[pair[0]]
    right = np.array([each.kind for each in others], dtype=object)[pair[1]]
    return np.where(left == right, 1.0, 0.95).astype(np.float64)


def _positions(assets: Sequence[Asset]) -> Floats:
    """Longitude and latitude of each, shape (assets, 2)."""
    pairs = [(each.longitude, each.latitude) for each in assets]
    return np.array(pairs, dtype=np.float64).reshape(-1, 2)


def _reason(name_similarity: float, distance_m: float, postcodes: float) -> str:
    """The three in words, for whoever decides."""
    names = "the same name" if name_similarity >= 99.5 else f"names {name_similarity:.0f} % alike"
    if distance_m < 1_000:
        apart = "on the same spot" if distance_m < 1 else f"{distance_m:.0f} m apart"
    else:
        apart = f"{distance_m / 1_000:.1f} km apart"
    codes = {1.0: "the same postcode", 0.85: "different postcodes"}
    return ", ".join([names, apart, *([codes[postcodes]] if postcodes in codes else [])])
