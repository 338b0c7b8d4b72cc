"""Places, work of Build and assets as the community is shown them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from chb.domain.access.permissions import Permission
from chb.domain.access.roles import View
from chb.domain.assets.register import Asset
from chb.domain.places.phases import Phase
from chb.domain.planning.interventions import Intervention
from chb.domain.views.work import CommunityAsset, CommunityPlace, CommunityTask, CommunityWork
from chb.services.access.rules import needs
from chb.services.assets.register import open_assets
from chb.services.views.access import require_view
from chb.services.views.harm import FINEST_FOR_COMMUNITY
from chb.services.views.shared_work import SharedWork, coarse_cells, shared_work, wording_of
from chb.services.workspace import Workspace


@needs(Permission.SEE_COMMUNITY)
def community_places(ws: Workspace, *, with_steps: bool = True) -> tuple[CommunityPlace, ...]:
    """Open places at which Build is worked at or planned, with the next steps if wanted."""
    require_view(ws, View.COMMUNITY)
    with ws.reading() as tx:
        return _community_places(shared_work(ws, tx, with_steps=with_steps))


@needs(Permission.SEE_COMMUNITY)
def community_tasks(ws: Workspace) -> tuple[CommunityTask, ...]:
    """Work of Build of all agencies, by due date."""
    require_view(ws, View.COMMUNITY)
    with ws.reading() as tx:
        shared = shared_work(ws, tx, with_steps=False)
        tasks = _community_tasks(shared, tx.planner.interventions.where(phase=Phase.BUILD.value))
    return tuple(sorted(tasks, key=lambda task: (task.due_on or date.max, task.wording)))


@needs(Permission.SEE_COMMUNITY)
def community_work(
    ws: Workspace, *, most: int, at: str = "", besides: Collection[str] = ()
) -> CommunityWork:
    """``community_places``, and the first ``most`` of their tasks, of one moment.

    Args:
        most: how many tasks to give.
        at: the title of the place whose tasks are meant; unless it is shown, those of all.
        besides: titles of places to leave out, as they are shown otherwise.
    """
    require_view(ws, View.COMMUNITY)
    with ws.reading() as tx:
        shared = shared_work(ws, tx)
        rest = {each.id: each.name for each in shared.places if each.name not in besides}
        meant = [id_ for id_, title in rest.items() if title == at] or list(rest)
        tasks = tx.shared_tasks.first(meant, phases=(Phase.BUILD,), most=most)
        counts = tx.shared_tasks.by_place(phases=(Phase.BUILD,))
    places = _community_places(shared)
    return CommunityWork(
        places=tuple(place for place in places if place.title not in besides),
        tasks=_community_tasks(shared, tasks),
        n_tasks={title: counts[id_] for id_, title in rest.items() if id_ in counts},
    )


def _community_places(shared: SharedWork) -> tuple[CommunityPlace, ...]:
    found = []
    for place in shared.places:
        build = place.intensities(shared.today)[Phase.BUILD]
        if build is not None:
            resolution, cells = coarse_cells(place, FINEST_FOR_COMMUNITY)
            found.append(
                CommunityPlace(
                    title=place.name,
                    area=place.area_name,
                    build=build.value,
                    resolution=resolution,
                    cells=cells,
                    milestones=shared.milestones(place, phases=(Phase.BUILD,)),
                )
            )
    return tuple(found)


def _community_tasks(
    shared: SharedWork, tasks: Iterable[Intervention]
) -> tuple[CommunityTask, ...]:
    return tuple(
        CommunityTask(
            wording=wording_of(each),
            place=shared.title_of(each),
            pillar=each.pillar.value,
            lead_agency=each.lead_agency,
            status=each.status.value,
            due_on=each.due_on,
        )
        for each in shared.no_secret(tasks)
        if each.phase == Phase.BUILD
    )


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
