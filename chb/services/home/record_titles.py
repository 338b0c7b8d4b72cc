"""How a saved record is called in a list of changes: its subject, a title, what it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from chb.domain.home import Subject

Content = Mapping[str, Any]
Names = Mapping[str, str]
"""Names of places, codes of groups and whose a plan is, as far as the viewer may know, by id."""


@dataclass(frozen=True)
class Titled:
    """One kind of record."""

    subject: Subject
    title: Callable[[Content, Names], str]
    about: Callable[[Content, Names], str]


def _field(name: str) -> Callable[[Content, Names], str]:
    def said(content: Content, names: Names) -> str:
        del names
        return str(content[name])

    return said


def _of_subject(content: Content, names: Names) -> str:
    """The place, the group, or both."""
    ids = (str(content.get("place_id")), str(content.get("ocg_id")))
    return ", ".join(names[each] for each in ids if each in names)


def _of_plan(content: Content, names: Names) -> str:
    return _of_subject(content, names) or names.get(content["plan_id"], "")


def _score(content: Content, names: Names) -> str:
    del names
    return f"Scored {content['band']}, {str(content['tier']).lower()}"


def _review(content: Content, names: Names) -> str:
    del names
    return f"{str(content['kind']).capitalize()} review held"


def _plan(content: Content, names: Names) -> str:
    return f"Plan of {_of_subject(content, names) or 'a subject'}"


def _link(content: Content, names: Names) -> str:
    return f"{str(content['kind']).capitalize()} with {names.get(content['other_id'], 'a group')}"


def _signal(content: Content, names: Names) -> str:
    del names
    return f"{str(content['category']).capitalize()}, {content['agency']}"


def _member(content: Content, names: Names) -> str:
    """No name and no reference: Home is read over shoulders."""
    del names
    return f"{str(content['role']).capitalize()} member"


def _always(words: str) -> Callable[[Content, Names], str]:
    def said(content: Content, names: Names) -> str:
        del content, names
        return words

    return said


IN_FULL: Final[Mapping[str, Titled]] = {
    "plan": Titled(Subject.PLANS, _plan, _always("")),
    "intervention": Titled(Subject.PLANS, _field("title"), _of_plan),
    "disruption": Titled(Subject.DISRUPTIONS, _field("what"), _of_subject),
    "ocg": Titled(Subject.OCGS, _field("code"), _always("")),
    "ocg_score": Titled(Subject.OCGS, _score, _of_subject),
    "morile_score": Titled(Subject.OCGS, _always("MoRiLE score entered"), _of_subject),
    "ocg_review": Titled(Subject.OCGS, _review, _of_subject),
    "nominal": Titled(Subject.OCGS, _member, _of_subject),
    "ocg_link": Titled(Subject.OCGS, _link, _of_subject),
    "intelligence_requirement": Titled(Subject.INTELLIGENCE, _field("question"), _of_subject),
    "partner_request": Titled(Subject.INTELLIGENCE, _field("question"), _field("agency")),
    "signal": Titled(Subject.SIGNALS, _signal, _field("area_name")),
    "signal_link": Titled(Subject.SIGNALS, _always("A signal was linked"), _of_subject),
    "stakeholder": Titled(Subject.PARTNERSHIP, _field("agency"), _of_subject),
    "meeting": Titled(Subject.PARTNERSHIP, _field("purpose"), _of_subject),
    "referral_pathway": Titled(Subject.REFERRALS, _field("organisation"), _field("area_name")),
    "debrief": Titled(Subject.LEARNING, _field("title"), _of_subject),
    "asset": Titled(Subject.ASSETS, _field("name"), _field("address")),
}
"""Kinds that officers are told of; the store leaves out what they need not know."""

SHARED: Final[Mapping[str, Titled]] = {
    **{kind: IN_FULL[kind] for kind in ("signal", "meeting", "referral_pathway", "debrief")},
    "partner_request": IN_FULL["partner_request"],
    "asset": Titled(Subject.ASSETS, _field("name"), _always("")),
}
"""Kinds that partners are told of, as far as the store lets them read a record at all."""
