"""Places, work of Build and assets as the community is shown them."""

from __future__ import annotations

from datetime import date

from chb.domain.access.permissions import Permission
from chb.domain.access.roles import View
from chb.domain.assets.register import Asset
from chb.domain.places.phases import Phase
from chb.domain.views.work import CommunityAsset, CommunityPlace, CommunityTask
from chb.services.access.rules import needs
from chb.services.assets.register import open_assets
from chb.services.views.access import require_view
from chb.services.views.harm import FINEST_FOR_COMMUNITY
from chb.services.views.shared_work import coarse_cells, shared_work, wording_of
from chb.services.workspace import Workspace


@needs(Permission.SEE_COMMUNITY)
def community_places(ws: Workspace) -> tuple[CommunityPlace, ...]:
    """Open places at which Build is worked at or planned."""
    require_view(ws, View.COMMUNITY)
    with ws.reading() as tx:
        shared = shared_work(ws, tx)
    found = []
    for place in shared.places:
        build = place.intensities(ws.today())[Phase.BUILD]
        if build is not None:
            resolution, cells = coarse_cells(place, FINEST_FOR_COMMUNITY)
            found.append(
                CommunityPlace(
                    title=place.name,
                    area=place.area_name,
                    build=build.value,
                    resolution=resolution,
                    cells=cells,
                    milestones=shared.milestones(place, ws.today(), phases=(Phase.BUILD,)),
                )
            )
    return tuple(found)


@needs(Permission.SEE_COMMUNITY)
def community_tasks(ws: Workspace) -> tuple[CommunityTask, ...]:
    """Work of Build of all agencies, by due date."""
    require_view(ws, View.COMMUNITY)
    with ws.reading() as tx:
        shared = shared_work(ws, tx)
    found = [
        CommunityTask(
            wording=wording_of(each),
            place=shared.title_of(each),
            pillar=each.pillar.value,
            lead_agency=each.lead_agency,
            status=each.status.value,
            due_on=each.due_on,
        )
        for each in shared.tasks
        if each.phase == Phase.BUILD
    ]
    return tuple(sorted(found, key=lambda task: (task.due_on or date.max, task.wording)))


@needs(Permission.SEE_COMMUNITY)
def community_assets(ws: Workspace) -> tuple[CommunityAsset, ...]:
    """Community assets, by title: where they stand and when they are open."""
    require_view(ws, View.COMMUNITY)
    return tuple(_community_asset(each) for each in open_assets(ws))


def _community_asset(asset: Asset) -> CommunityAsset:
    return CommunityAsset(
        title=asset.name,
        kind=asset.kind,
        longitude=asset.longitude,
        latitude=asset.latitude,
        sessions=asset.sessions,
    )
