"""Results as files in a folder, for whoever works at the terminal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from chb.domain.access.permissions import Permission
from chb.domain.access.roles import View
from chb.domain.markings import Contents, marking_of
from chb.domain.provenance import Provenance
from chb.exports.profile import LAYER
from chb.exports.rows import Rows, cell_rows, write_rows
from chb.services.access.rules import needs
from chb.services.exports.manifests import Disclosure, Leaving, manifest_of, put_on_record
from chb.services.harm.analysis import Analysis
from chb.services.harm.exporting import RowKind, analysis_rows
from chb.services.harm.profiling import HarmProfile
from chb.services.workspace import Workspace


@needs(Permission.DISCLOSE)
def write_harm_profile(ws: Workspace, profile: HarmProfile, out: Path, *, to: Disclosure) -> Path:
    """Write the profile to ``out``, provenance and manifest inside; the ending names the format."""
    rows = cell_rows(LAYER, profile.frame, profile.provenance)
    return _write(ws, rows, out, what="harm profile", to=to)


@needs(Permission.DISCLOSE)
def write_analysis(
    ws: Workspace, analysis: Analysis, out: Path, *, rows: RowKind, layer: str, to: Disclosure
) -> Path:
    """Write an analysis to ``out`` likewise; ``layer`` is a GeoPackage's layer."""
    made = analysis_rows(analysis, rows=rows, layer=layer)
    return _write(ws, made, out, what=layer.replace("_", " "), to=to)


def _write(ws: Workspace, rows: Rows, out: Path, *, what: str, to: Disclosure) -> Path:
    leaving = Leaving(
        product=what,
        view=View.RESTRICTED,
        marking=marking_of(View.RESTRICTED, (Contents.HARM, Contents.GROUPS)),
        filters=_asked(rows.provenance),
        content_sha256=rows.sha256,
    )
    manifest = manifest_of(ws, leaving, to)
    path = write_rows(replace(rows, manifest=manifest), out)
    put_on_record(ws, manifest, path.read_bytes())
    return path


def _asked(provenance: Provenance) -> dict[str, str]:
    return {
        "area": provenance.area,
        "period": provenance.period,
        "scheme": f"{provenance.scheme} {provenance.edition}",
        "resolution": str(provenance.resolution),
    }
