"""Community assets as markers: a colour and a word for each group of kinds."""

from __future__ import annotations

from chb.domain.assets import Asset, AssetKind, Session
from chb.services import assets
from chb.ui import cache, theme
from chb.ui.maps.elements import Legend, LegendRow, Marker

_OTHER = "Other"
_MOST_SESSIONS = 4


def asset_markers(shown: tuple[Asset, ...] | None = None) -> list[Marker]:
    """A marker for each asset; all of them unless some are given."""
    kinds = {kind.key: kind for kind in cache.asset_kinds()}
    listed = assets.list_assets(cache.workspace()) if shown is None else shown
    return [_marker(asset, kinds.get(asset.kind)) for asset in listed]


def asset_legend(shown: tuple[Asset, ...]) -> Legend:
    """The groups on the map, with how many of each."""
    groups = [group_of(asset.kind) for asset in shown]
    rows = tuple(_legend_row(group, groups.count(group)) for group in sorted(set(groups)))
    return Legend("Community assets", f"{len(shown):,} shown", rows)


def group_of(kind_key: str) -> str:
    """The group a kind belongs to."""
    return next((kind.group for kind in cache.asset_kinds() if kind.key == kind_key), _OTHER)


def _marker(asset: Asset, kind: AssetKind | None) -> Marker:
    label = kind.label if kind else asset.kind
    colour, shape = _mark(kind.group if kind else _OTHER)
    sessions = tuple(_session(session) for session in asset.sessions[:_MOST_SESSIONS])
    return Marker(
        latitude=asset.latitude,
        longitude=asset.longitude,
        colour=colour,
        shape=shape,
        name=asset.name,
        details=(label, *sessions),
    )


def _session(session: Session) -> str:
    words = f"{session.weekday} {session.start:%H:%M} to {session.end:%H:%M}"
    return f"{words}, {session.activity}" if session.activity else words


def _legend_row(group: str, n_assets: int) -> LegendRow:
    colour, shape = _mark(group)
    return LegendRow(colour, group.capitalize(), f"{n_assets:,}", shape=shape)


def _mark(group: str) -> tuple[str, str]:
    """Colour and shape of a group."""
    groups = sorted({kind.group for kind in cache.asset_kinds()})
    place = groups.index(group) if group in groups else len(groups)
    return theme.ASSET_MARKS[place % len(theme.ASSET_MARKS)]
