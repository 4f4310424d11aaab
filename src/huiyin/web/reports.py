"""Reports kept as files, by everything they stand on; the worker makes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huiyin.analyse.contracts import Happened
from huiyin.core.text import language_tag
from huiyin.measure.contracts import Filter, Viewer
from huiyin.web.corridors import View

if TYPE_CHECKING:
    from huiyin.store.unit_of_work import UnitOfWork
    from huiyin.web.system import System

REPORT_JOB = "make_report"
FORMATS = ("html", "json", "pdf", "xlsx", "pptx")
TOGETHER = {"json": ("html", "json"), "html": ("html", "json")}
"""Files that are made by one job: the page, and what the staff pages draw of it."""
MARKED = frozenset({"pdf", "pptx"})
"""Files that mark events on their trends; the page asks for its events when it is opened."""
MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """Which report: purpose and language; whose, and of what, the view says.

    `events` are marked on the trends of the files that do so, oldest first.
    """

    purpose: str = "general"
    language: str = "zh"
    events: tuple[Happened, ...] = ()

    def place(self, system: System, view: View, form: str) -> Path:
        """Give the folder of one of its files, made or not."""
        facts = ("report", self.purpose, language_tag(self.language))
        marks = (self.marks(),) if form in MARKED and self.events else ()
        return system.folders.reports / view.plain.key(*facts, *marks)

    def file(self, system: System, view: View, form: str) -> Path:
        """Give one file, made or not."""
        return self.place(system, view, form) / f"report.{form}"

    def marks(self) -> list[list[str]]:
        """Write the events down, for the job that marks them."""
        return [[one.title, f"{one.since}", f"{one.until}"] for one in self.events]


def do_order_report(
    work: UnitOfWork, order: ReportOrder, view: View, form: str, person: Mapping[str, Any]
) -> str:
    """Order the job that makes one file of a report; gives its id."""
    form = TOGETHER.get(form, (form,))[0]
    marks = order.marks() if form in MARKED else []
    payload = {
        "dataset_id": view.version.dataset_id,
        "version": view.version.version,
        "purpose": order.purpose,
        "language": order.language,
        "format": form,
        "rules_version": view.rules.version,
        "viewer": person,
        "events": marks,
    }
    key = view.plain.key("report job", order.purpose, order.language, form, *marks)
    return work.enqueue(REPORT_JOB, payload, key=f"report:{key}")


def order_of(payload: Mapping[str, Any]) -> ReportOrder:
    """Read from a job which report it makes."""
    events = (
        Happened(title, date.fromisoformat(since), date.fromisoformat(until))
        for title, since, until in payload.get("events", ())
    )
    return ReportOrder(payload["purpose"], payload["language"], tuple(events))


def viewer_json(view: View) -> dict[str, Any]:
    """Write down whose rows a report is made of, for the job that makes it."""
    return {
        name: {
            "name": viewer.name,
            "minimum_n": viewer.minimum_n,
            "rows": [[one.column, one.operator, list(one.values)] for one in viewer.rows],
            "sees_answers": viewer.sees_answers,
            "sees_rows": viewer.sees_rows,
        }
        for name, viewer in (("scores", view.scores), ("rows", view.rows))
    }


def viewers_of(plain: Mapping[str, Any]) -> tuple[Viewer, Viewer]:
    """Read what `viewer_json` wrote: whose scores, and whose rows."""
    return _viewer(plain["scores"]), _viewer(plain["rows"])


def _viewer(plain: Mapping[str, Any]) -> Viewer:
    rows = tuple(Filter(column, op, tuple(values)) for column, op, values in plain["rows"])
    sees = (plain.get("sees_answers", False), plain.get("sees_rows", False))
    return Viewer(plain["name"], plain["minimum_n"], rows, *sees)
