"""No element of folium, and no script of ours, names a place outside."""

from __future__ import annotations

import re

import folium.plugins
from folium.elements import JSCSSMixin

from chb.ui.maps import offline, scripts
from chb.ui.maps.elements import Scene, base_map


def links_of(element: type) -> list[str]:
    return [link for name in ("default_js", "default_css") for _, link in getattr(element, name)]


def test_every_link_of_folium_is_served_here() -> None:
    offline.install()
    plugins = {
        kind
        for kind in vars(folium.plugins).values()
        if isinstance(kind, type) and issubclass(kind, JSCSSMixin)
    }
    links = {link for kind in {folium.Map, JSCSSMixin, *plugins} for link in links_of(kind)}
    outside = [link for link in links if not link.startswith(("../../vendor/", "../../own/"))]
    assert len(plugins) > 20
    assert outside == []
    names = {link.rsplit("/", 1)[-1] for link in links if "/vendor/" in link}
    assert names <= offline.vendor_files().keys()


def test_our_map_loads_leaflet_and_our_scripts_only() -> None:
    made = base_map(key="k", label="Map", bounds=(-2, 53, -1, 54), context_digest="")
    calls = [child for child in made._children.values() if isinstance(child, JSCSSMixin)]
    assert folium.Map.default_js[0][1].startswith("../../vendor/leaflet")
    assert calls[0].default_js == scripts.frame_links()
    assert len(Scene().feature_group()._children) == 6


def test_our_scripts_name_no_host() -> None:
    for name, text in scripts.own_files().items():
        assert not re.search(r"https?://|//[a-z0-9-]+\.[a-z]", text), name
