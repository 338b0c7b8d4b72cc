"""Assets brought to cells, with the names of those they come from."""

from shapely.geometry import box

from chb.services.harm.overlays import asset_attributions
from chb.services.loading.importing import import_assets
from chb.sources.attributions import OPENSTREETMAP
from geo.cells import cover


def test_openstreetmap_is_named_where_its_assets_stand_and_nowhere_else(ws, shared_data):
    import_assets(ws, shared_data / "sheffield/assets_osm_2016/pharmacy.geojson")
    with ws.reading() as tx:
        assets = tx.assets.all()
        here = asset_attributions(tx, assets, cover(box(-1.55, 53.33, -1.4, 53.43), 8), 8)
        elsewhere = asset_attributions(tx, assets, cover(box(-2.8, 53.7, -2.7, 53.8), 8), 8)
        nothing = asset_attributions(tx, (), cover(box(-2.8, 53.7, -2.7, 53.8), 8), 8)
    assert (here, elsewhere, nothing) == ((OPENSTREETMAP,), (), ())
