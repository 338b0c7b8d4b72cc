"""Handing a result out as a file."""

from __future__ import annotations

from pathlib import Path

from chb.exports.profile import write_profile, writer_for
from chb.services.profiling import HarmProfile


def check_format(out: Path) -> None:
    """Raise Refusal for an ending no export has, before anything long is computed."""
    writer_for(out)


def export_profile(profile: HarmProfile, out: Path) -> Path:
    """Write the profile to ``out``, its provenance inside; the ending names the format."""
    return write_profile(profile.frame, profile.provenance, out)
