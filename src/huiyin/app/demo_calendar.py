"""What happened to the sample company, put into the event calendar of the demo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huiyin.analyse.events.shapes import EventFields, EventKind

if TYPE_CHECKING:
    from huiyin.web.system import System

KINDS = {
    "节假日": EventKind.HOLIDAY,
    "促销": EventKind.CAMPAIGN,
    "版本发布": EventKind.RELEASE,
}
"""Kinds of the sample's own calendar; any other is `EventKind.OTHER`."""
EVERYWHERE, OWN_SURVEY = "全国", {"应用": "应用NPS", "售后回访": "售后回访"}
REGION_COLUMN = "大区"
NOT_LOADED = ""
SMALL = "一般"
"""Severity of incidents that one shop noticed for a day: on a trend of all they are noise."""
TABLES = ("events", "incidents")


def put_into_calendar(system: System, folder: Path, datasets: Mapping[str, str]) -> None:
    """Put the events and incidents of the sample into the calendar.

    Parameters
    ----------
    system : System
    folder : Path
        Where the tables of the sample lie; a table that is not there has no events.
    datasets : mapping of str to str
        Name of a dataset → its id; what concerns one alone is kept with it.
    """
    from huiyin.analyse.events.changes import do_add_events
    from huiyin.store.contracts import Actor
    from huiyin.store.unit_of_work import unit_of_work

    found = [event for table in TABLES for event in _events(folder, table, datasets)]
    with unit_of_work(system.database, Actor.system(), clock=system.clock) as work:
        do_add_events(work, found, "file")


def _events(folder: Path, table: str, datasets: Mapping[str, str]) -> Iterator[EventFields]:
    import pyarrow.parquet as pq

    path = folder / f"{table}.parquet"
    if not path.exists():
        return
    for row in pq.read_table(path).to_pylist():
        dataset, where = _concerned(row["范围"], datasets)
        if dataset == NOT_LOADED or row.get("级别") == SMALL:
            continue
        yield EventFields(
            EventKind.INCIDENT if table == "incidents" else KINDS.get(row["类型"], EventKind.OTHER),
            row["事件"],
            row["开始日"],
            row["结束日"],
            dataset_id=dataset,
            where=where,
        )


def _concerned(place: str, datasets: Mapping[str, str]) -> tuple[str | None, dict[str, Any]]:
    """Give the dataset that an event concerns, None for all, and whom in it."""
    if place in OWN_SURVEY:
        return datasets.get(OWN_SURVEY[place], NOT_LOADED), {}
    return None, {} if place == EVERYWHERE else {REGION_COLUMN: place}
