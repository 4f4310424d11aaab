"""A shared report: one version, one purpose, one language, the maker's rows of that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from huiyin.analyse.contracts import Purpose
from huiyin.people.contracts import Person
from huiyin.people.share_links import Frozen, SharedView
from huiyin.people.viewing import row_rule_for, score_rule_for
from huiyin.store.contracts import Actor
from huiyin.store.tables import Dataset
from huiyin.store.unit_of_work import unit_of_work
from huiyin.web.bodies import VersionNumber
from huiyin.web.corridors import frozen_view, open_view, shape_of
from huiyin.web.reports import FORMATS, MEDIA_TYPES, ReportOrder, do_order_report, viewer_json
from huiyin.web.routers.reports import Language, report_headers
from huiyin.web.system import System


class ReportPayload(BaseModel):
    """Which report."""

    model_config = ConfigDict(extra="forbid")
    purpose: Purpose = Purpose.GENERAL
    lang: Language = Language.ZH
    rules_version: VersionNumber | None = None


@dataclass(frozen=True, slots=True)
class SharedReport:
    """Shares a report; its files are those of the maker's own report."""

    name: str = "report"
    page: str = "html"
    downloads: tuple[str, ...] = ("pdf", "xlsx", "pptx")

    def freeze(
        self,
        session: Session,
        system: System,
        person: Person,
        dataset_id: str | None,
        payload: Mapping[str, Any],
    ) -> Frozen:
        """Pin the version that is current, and the rows that the person sees."""
        asked = ReportPayload.model_validate(dict(payload))
        return frozen_now(
            session, system, person, dataset_id, self.name, asked.model_dump(mode="json")
        )

    def show(self, system: System, view: SharedView) -> Any:
        """Say which report it is, and which of its files are ready."""
        with system.database.reading() as session:
            seen = frozen_view(session, system, view)
            title = session.get_one(Dataset, seen.version.dataset_id).name
        order = _order(view)
        ready = [form for form in FORMATS if order.file(system, seen, form).is_file()]
        return {"title": title, "payload": dict(view.frozen.payload), "ready": ready}

    def part(self, system: System, view: SharedView, part: str) -> Response | None:
        """Give a file of the report; orders it where it is not made yet."""
        with system.database.reading() as session:
            seen = frozen_view(session, system, view)
            title = session.get_one(Dataset, seen.version.dataset_id).name
        order = _order(view)
        path = order.file(system, seen, part)
        if path.is_file():
            headers = report_headers(part, title)
            return FileResponse(path, media_type=MEDIA_TYPES[part], headers=headers)
        actor = Actor(name=f"share link {view.link_id}")
        with unit_of_work(system.database, actor, clock=system.clock) as uow:
            do_order_report(uow, order, seen, part, viewer_json(seen))
        return None


def frozen_now(
    session: Session,
    system: System,
    person: Person,
    dataset_id: str | None,
    kind: str,
    payload: Mapping[str, Any],
) -> Frozen:
    """Pin a dataset's current version, the rows a person sees of it, and the metric rules."""
    asked = payload.get("rules_version")
    seen = open_view(session, system, person, dataset_id or "", rules_version=asked)
    shape = shape_of(seen.version.dataset_id, seen.snapshot.codebook)
    return Frozen(
        kind,
        seen.version.dataset_id,
        seen.version.version,
        {**payload, "rules_version": seen.rules.version},
        score_rule_for(session, person, shape),
        row_rule_for(session, person, shape),
    )


def _order(view: SharedView) -> ReportOrder:
    payload = ReportPayload.model_validate(dict(view.frozen.payload))
    return ReportOrder(payload.purpose, payload.lang)


KIND = SharedReport()
