"""An area is found by its name, and only its own shape is read."""

import pytest

from chb.domain.refusal import Refusal
from chb.services.harm.areas import find_area, layers, list_areas, shape_of
from chb.store.frames import FrameCatalogue


@pytest.mark.parametrize("kind", ["csp", "district", "ward", "lsoa"])
def test_one_shape_is_the_one_of_the_whole_layer(sample_ws, kind):
    with sample_ws.reading() as tx:
        whole = layers(tx, kind)
        assert len(whole) > 0
        for code, expected in zip(whole["code"], whole["geometry"], strict=True):
            (alone,) = layers(tx, kind, code=code)["geometry"]
            assert alone.equals(expected)
        assert layers(tx, kind, code="E99999999").empty


def test_every_area_is_found_by_its_key_with_its_shape(sample_ws):
    listed = list_areas(sample_ws)
    assert len({area.key for area in listed}) == len(listed) > 3
    for area in listed:
        found, shape = find_area(sample_ws, area.key)
        assert found == area
        with sample_ws.reading() as tx:
            assert shape.equals(shape_of(tx, area)) and shape.area > 0


def test_no_shape_but_its_own_is_read(sample_ws, monkeypatch):
    asked = []
    read = FrameCatalogue.read_geo

    def noted(frames, entry, *, where=None):
        asked.append((entry.details["layer"], where))
        return read(frames, entry, where=where)

    monkeypatch.setattr(FrameCatalogue, "read_geo", noted)
    area = list_areas(sample_ws)[0]
    assert asked == []
    find_area(sample_ws, area.key)
    assert asked == [(area.kind, {"code": area.code})]


def test_a_name_that_nobody_has_is_refused_with_the_nearest(sample_ws):
    name = list_areas(sample_ws)[0].name
    with pytest.raises(Refusal, match=f"The nearest names are .*{name}"):
        find_area(sample_ws, f"{name}x")
