"""Reports kept as files, by everything they stand on; the worker makes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """Which report: purpose and language; whose, and of what, the view says."""

    purpose: str = "general"
    language: str = "zh"

    def place(self, system: System, view: View) -> Path:
        """Give the folder of its files, made or not."""
        key = view.plain.key("report", self.purpose, language_tag(self.language))
        return system.folders.reports / key

    def file(self, system: System, view: View, form: str) -> Path:
        """Give one file, made or not."""
        return self.place(system, view) / f"report.{form}"


def do_order_report(
    work: UnitOfWork, order: ReportOrder, view: View, form: str, person: Mapping[str, Any]
) -> str:
    """Order the job that makes one file of a report; gives its id."""
    form = TOGETHER.get(form, (form,))[0]
    payload = {
        "dataset_id": view.version.dataset_id,
        "version": view.version.version,
        "purpose": order.purpose,
        "language": order.language,
        "format": form,
        "rules_version": view.rules.version,
        "viewer": person,
    }
    key = view.plain.key("report job", order.purpose, order.language, form)
    return work.enqueue(REPORT_JOB, payload, key=f"report:{key}")


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
