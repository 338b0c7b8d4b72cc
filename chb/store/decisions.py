"""The decision log in the database: rows are only ever added."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import RowMapping, Select, delete, func, insert, select

from chb.domain.audit import AuditAction, AuditEntry
from chb.domain.places.decisions import (
    Approach,
    BusinessArea,
    Decision,
    DecisionDraft,
    Focus,
    Link,
    LinkKind,
)
from chb.store.group_codes import codes_had
from chb.store.tables.decisions import decision, decision_link
from chb.store.tables.retention import disposal
from chb.store.unit import Unit
from chb.store.visibility import sees_links


class DecisionRepository:
    """Decisions within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection

    def all(self, about: Link | None = None) -> tuple[Decision, ...]:
        """Every decision, or those about one thing, in the order they were recorded."""
        query = select(decision.c.id)
        if about is not None:
            query = query.join(decision_link, decision_link.c.decision_id == decision.c.id).where(
                decision_link.c.kind == about.kind.value,
                decision_link.c.reference.in_(self._names(about)),
            )
        return self._load(query)

    def since(self, moment: datetime) -> tuple[Decision, ...]:
        """Decisions recorded after a moment, in order."""
        return self._load(select(decision.c.id).where(decision.c.recorded_at > moment))

    def get(self, decision_id: str) -> Decision | None:
        """One decision, None when there is none of that id."""
        return next(
            iter(self._load(select(decision.c.id).where(decision.c.id == decision_id))), None
        )

    def next_number(self) -> int:
        """The place of the entry to come in the log; a gap is one that was disposed of.

        It keeps the order, and whoever checks the store can show that nothing is missing.
        """
        used = (select(func.max(numbers)) for numbers in (decision.c.number, disposal.c.number))
        with self._unit.views_aside():
            return 1 + max(self._connection.execute(last).scalar_one() or 0 for last in used)

    def add(self, new: Decision, *, is_sample: bool = False) -> None:
        """Save one more entry."""
        draft = new.draft
        self._connection.execute(
            insert(decision).values(
                id=new.id,
                number=self.next_number(),
                taken_on=draft.taken_on,
                what=draft.what,
                rationale=draft.rationale,
                not_doing=draft.not_doing,
                not_doing_why=draft.not_doing_why,
                business_area=draft.business_area.value,
                approach=draft.approach.value,
                focus=draft.focus.value,
                information_protocol=draft.information_protocol,
                corrects=new.corrects,
                is_sample=is_sample,
                recorded_by=new.recorded_by,
                recorded_at=new.recorded_at,
            )
        )
        links = [
            {"decision_id": new.id, "kind": link.kind.value, "reference": link.reference}
            for link in draft.links
        ]
        if links:
            self._connection.execute(insert(decision_link), links)
        self._unit.audit.add(_entry(new))

    def is_sample(self, decision_id: str) -> bool:
        """Whether the entry belongs to the sample place."""
        return bool(
            self._connection.execute(
                select(decision.c.is_sample).where(decision.c.id == decision_id)
            ).scalar_one_or_none()
        )

    def remove_samples(self) -> None:
        """Delete the sample place's decisions."""
        samples = select(decision.c.id).where(decision.c.is_sample)
        self._connection.execute(
            delete(decision_link).where(decision_link.c.decision_id.in_(samples))
        )
        self._connection.execute(delete(decision).where(decision.c.is_sample))

    def _load(self, ids: Select[tuple[str]]) -> tuple[Decision, ...]:
        ids = ids.where(sees_links(self._unit, decision.c.id))
        rows = self._connection.execute(
            select(decision).where(decision.c.id.in_(ids)).order_by(decision.c.number)
        ).mappings()
        links, corrections = self._links(ids), self._corrections(ids)
        shown = self._shown()
        return tuple(
            Decision(
                id=row["id"],
                draft=_draft(row, tuple(sorted(links[row["id"]]))),
                recorded_by=row["recorded_by"],
                recorded_at=row["recorded_at"],
                corrects=row["corrects"] if row["corrects"] in shown else None,
                corrected_by=corrections.get(row["id"]),
            )
            for row in rows
        )

    def _names(self, about: Link) -> set[str]:
        """What links to it may say: of a group any code that it has or had."""
        if about.kind is not LinkKind.OCG:
            return {about.reference}
        had, same = codes_had(), codes_had().alias("same")
        query = select(same.c.code).join(had, had.c.ocg_id == same.c.ocg_id)
        codes = self._connection.execute(query.where(had.c.code == about.reference)).scalars()
        return {about.reference, *codes}

    def _links(self, ids: Select[tuple[str]]) -> dict[str, list[Link]]:
        found: dict[str, list[Link]] = defaultdict(list)
        query = select(decision_link).where(decision_link.c.decision_id.in_(ids))
        for row in self._connection.execute(query).mappings():
            found[row["decision_id"]].append(Link(LinkKind(row["kind"]), row["reference"]))
        return found

    def _corrections(self, ids: Select[tuple[str]]) -> dict[str, str]:
        query = select(decision.c.corrects, decision.c.id).where(
            decision.c.corrects.in_(ids), sees_links(self._unit, decision.c.id)
        )
        return {row.corrects: row.id for row in self._connection.execute(query)}

    def _shown(self) -> frozenset[str]:
        """Ids of entries that were corrected and may be seen themselves."""
        query = select(decision.c.id).where(
            decision.c.id.in_(select(decision.c.corrects)), sees_links(self._unit, decision.c.id)
        )
        return frozenset(self._connection.execute(query).scalars())


def _entry(new: Decision) -> AuditEntry:
    """The purpose in the log's own words: the rationale stays where it can be withheld."""
    draft = new.draft
    purpose = f"{draft.approach.value}, {draft.focus.value}; business: {draft.business_area.value}"
    content = {"corrects": new.corrects}
    return AuditEntry(AuditAction.DECIDE, decision.name, new.id, purpose=purpose, body=content)


def _draft(row: RowMapping, links: tuple[Link, ...]) -> DecisionDraft:
    return DecisionDraft(
        what=row["what"],
        rationale=row["rationale"],
        taken_on=row["taken_on"],
        not_doing=row["not_doing"],
        not_doing_why=row["not_doing_why"],
        business_area=BusinessArea(row["business_area"]),
        approach=Approach(row["approach"]),
        focus=Focus(row["focus"]),
        information_protocol=row["information_protocol"],
        links=links,
    )
