"""The disruption log as CSV: an APMIS-ready log, in our own columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from chb.domain.planning.disruptions import Disruption, ImpactPrompt
from chb.exports.listing import csv_listing
from chb.exports.manifest import ExportManifest

CAVEAT = (
    "APMIS-ready log: levels are the originating party's until moderated. "
    "The columns are ours; no official format is claimed."
)


def disruption_log(
    disruptions: Iterable[Disruption],
    *,
    prompts: Sequence[ImpactPrompt],
    codes: Mapping[str, str],
    places: Mapping[str, str],
    manifest: ExportManifest | None = None,
) -> str:
    """The log as CSV text, a caveat above it; ``codes`` and ``places`` are names by id.

    The marking of a manifest stands above the caveat, and the manifest in every row.
    """
    rows = (_row(each, prompts, codes, places) for each in disruptions)
    return csv_listing(_header(prompts), rows, notes=(CAVEAT,), manifest=manifest)


def _header(prompts: Sequence[ImpactPrompt]) -> list[str]:
    return [
        *("reference", "happened_on", "what", "level", "pillar", "agency", "ocg_code", "place"),
        *("credited", "moderation", "level_after_moderation", "moderation_reason"),
        *(f"impact_{prompt.key}" for prompt in prompts),
    ]


def _row(
    each: Disruption,
    prompts: Sequence[ImpactPrompt],
    codes: Mapping[str, str],
    places: Mapping[str, str],
) -> list[str]:
    answers = {answer.prompt: answer.answer for answer in each.impact}
    return [
        each.reference or each.id,
        each.happened_on.isoformat(),
        each.what,
        each.level,
        each.pillar,
        each.agency,
        codes.get(each.ocg_id or "", ""),
        places.get(each.place_id or "", ""),
        "; ".join(each.credited),
        each.state,
        each.settled_level,
        each.moderations[-1].reason if each.moderations else "",
        *(answers.get(prompt.key, "") for prompt in prompts),
    ]
