"""Metrics: the catalogue, and the metric rules in versions; page and file edit the same text."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import Field

from huiyin.measure.definitions.catalogue import Entry, catalogue
from huiyin.measure.definitions.contracts import RulesTextError, RulesVersion
from huiyin.measure.definitions.files import file_text, read_file_text
from huiyin.measure.definitions.nodes import LONGEST
from huiyin.measure.definitions.reading import read_rules
from huiyin.measure.definitions.rules import (
    do_save_metric_rules,
    metric_rules,
    metric_rules_on,
    metric_rules_versions,
)
from huiyin.measure.definitions.words import day_of
from huiyin.people.contracts import Person, Right
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import LARGEST_NUMBER, Body, VersionNumber
from huiyin.web.lists import Format, listed, listed_as

router = APIRouter(prefix="/api/v1", tags=["metrics"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Editor = Annotated[Person, Depends(allow(Right.EDIT_METRICS))]
PathVersion = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
QueryVersion = Annotated[int | None, Query(ge=1, le=LARGEST_NUMBER)]
RulesText = Annotated[str, Field(max_length=LONGEST)]


class RulesBody(Body):
    """A text of the metric rules that somebody wants to keep."""

    text: RulesText
    base_version: VersionNumber
    note: str = ""
    valid_from: date | None = None


class CheckBody(Body):
    """A text to be looked at only."""

    text: RulesText


@router.get("/metrics", response_model=None)
def get_metrics(
    system: TheSystem,
    _: Reader,
    rules_version: QueryVersion = None,
    format: Format = "json",  # noqa: A002 -- the name in the address
) -> dict[str, Any] | Response:
    """List every metric: in words and symbols, unit, margin, good end, versions, who uses it."""
    with system.database.reading() as session:
        rules = (
            metric_rules_on(session, day_of(system.clock()))
            if rules_version is None
            else metric_rules(session, rules_version)
        )
        items = [entry_item(entry) for entry in catalogue(session, rules)]
    return listed_as(format, items, "metrics")


@router.get("/metric-rules")
def get_metric_rules(system: TheSystem, _: Reader) -> dict[str, Any]:
    """List the versions of the metric rules, newest first, and which one holds today."""
    with system.database.reading() as session:
        today = metric_rules_on(session, day_of(system.clock()))
        items = [version_item(one) for one in metric_rules_versions(session)]
    return listed(items) | {"today": today.version}


@router.get("/metric-rules/{version}")
def get_metric_rules_version(version: PathVersion, system: TheSystem, _: Reader) -> dict[str, Any]:
    """Give a version with its text."""
    with system.database.reading() as session:
        found = metric_rules(session, version)
    return version_item(found) | {"text": found.text}


@router.get("/metric-rules/{version}/file")
def get_metric_rules_file(version: PathVersion, system: TheSystem, _: Reader) -> Response:
    """Give a version as the file that ``huiyin metrics export`` writes."""
    with system.database.reading() as session:
        found = metric_rules(session, version)
    name = f'attachment; filename="metric-rules-{found.version}.yaml"'
    return Response(
        file_text(found).encode(),
        media_type="application/yaml",
        headers={"content-disposition": name},
    )


@router.post("/metric-rules/check")
def post_check(body: CheckBody, _: Editor) -> dict[str, Any]:
    """Say whether a text can be kept: else line, key and what to do."""
    try:
        read_rules(body.text)
    except RulesTextError as error:
        return {
            "ok": False,
            "line": error.line,
            "key": error.key,
            "sentence": dict(error.sentence),
        }
    return {"ok": True, "line": None, "key": None, "sentence": None}


@router.post("/metric-rules", status_code=201)
def post_metric_rules(body: RulesBody, request: Request, person: Editor) -> dict[str, Any]:
    """Keep a text as the next version; refused where somebody has saved one since.

    The first line of a file that was taken along is no part of the rules.
    """
    read_rules(body.text)  # a fault names the line of what was sent
    with changing(request, person) as uow:
        made = do_save_metric_rules(
            uow,
            read_file_text(body.text)[1],
            base_version=body.base_version,
            note=body.note,
            valid_from=body.valid_from,
        )
    return version_item(made)


def version_item(one: RulesVersion) -> dict[str, Any]:
    """Give a version as lists show it."""
    return {
        "version": one.version,
        "valid_from": one.valid_from.isoformat(),
        "note": one.note,
        "created_by": one.created_by,
        "created_at": one.created_at.isoformat() if one.created_at else None,
    }


def entry_item(one: Entry) -> dict[str, Any]:
    """Give a metric as the catalogue shows it."""
    return {
        "id": one.id,
        "label": dict(one.label),
        "meaning": dict(one.meaning),
        "formula": dict(one.formula),
        "expression": one.expression,
        "window": dict(one.window) if one.window else None,
        "unit": one.unit.value,
        "unit_words": dict(one.unit_words),
        "delta": one.delta,
        "delta_words": dict(one.delta_words),
        "better": one.better.value,
        "better_words": dict(one.better_words),
        "exceptions": {name: better.value for name, better in one.exceptions.items()},
        "version": one.version,
        "rules_version": one.rules_version,
        "rule_keys": list(one.rule_keys),
        "history": [
            {"version": c.version, "valid_from": c.valid_from.isoformat(), "keys": list(c.keys)}
            for c in one.history
        ],
        "used_by": [{"kind": u.kind, "id": u.id, "words": u.words} for u in one.used_by],
    }
