"""Versions of the metric rules in the store: kept for ever, one after the other."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from huiyin.core.text import Text
from huiyin.measure.definitions.contracts import DefinitionError, RulesVersion
from huiyin.measure.definitions.reading import read_rules
from huiyin.measure.definitions.words import LONGEST_NOTE, checked, day_of
from huiyin.measure.definitions.writing import house_text
from huiyin.measure.metric import MetricRules
from huiyin.store.contracts import EditConflictError, NotFoundError
from huiyin.store.tables import MetricRulesVersion
from huiyin.store.unit_of_work import UnitOfWork

NOUN = Text("指标规则版本", "version of the metric rules")
HOUSE_NOTE = "系统默认 house defaults"
ALWAYS = date(1970, 1, 1)
"""The first version holds for everything before the second."""
_read = lru_cache(maxsize=64)(read_rules)


def do_keep_house_rules(work: UnitOfWork) -> None:
    """Keep the house's rules as version 1 in a store that has none yet.

    Done at first start, so that a later release with other defaults changes nothing here.
    """
    if _latest(work.session) is None:
        work.session.add(
            MetricRulesVersion(
                version=1,
                text=house_text(),
                valid_from=ALWAYS,
                note=HOUSE_NOTE,
                created_by=None,
                created_at=work.now,
            )
        )
        work.session.flush()


def do_save_metric_rules(
    work: UnitOfWork,
    text: str,
    *,
    base_version: int,
    note: str = "",
    valid_from: date | None = None,
) -> RulesVersion:
    """Keep a text as the next version of the metric rules.

    Parameters
    ----------
    work : UnitOfWork
    text : str
        Kept to the byte.
    base_version : int
        The version that the change was made on.
    note : str
        Why it was changed, for people.
    valid_from : date, optional
        First day the version holds for; today by default.

    Returns
    -------
    RulesVersion

    Raises
    ------
    RulesTextError
        The text cannot be understood.
    EditConflictError
        Somebody has saved a version since.
    DefinitionError
        Nothing was changed.
    """
    do_keep_house_rules(work)
    last = _last(work.session)
    if last.version != base_version:
        raise EditConflictError(last.created_by, last.created_at)
    if text == last.text:
        raise DefinitionError(
            Text("与版本 {n} 完全相同，没有存新版本",
                 "The same as version {n}: no new version was saved").format(n=last.version)
        )  # fmt: skip
    read_rules(text)
    row = MetricRulesVersion(
        version=last.version + 1,
        text=text,
        valid_from=valid_from or day_of(work.now),
        note=checked(note, Text("说明", "the note"), LONGEST_NOTE, empty=True),
        created_by=work.actor.name,
        created_at=work.now,
    )
    work.session.add(row)
    try:
        work.session.flush()
    except IntegrityError as error:  # two people saved at the same moment
        raise EditConflictError(None, work.now) from error
    made = _version(row)
    facts = {"version": made.version, "valid_from": str(made.valid_from), "note": made.note}
    work.audit("save", "metric_rules", str(made.version), before={"version": last.version},
               after=facts)  # fmt: skip
    return made


def metric_rules(session: Session, version: int | None = None) -> RulesVersion:
    """Give one version of the metric rules, the newest by default.

    Raises
    ------
    NotFoundError
        There is no such version.
    """
    row = _latest(session) if version is None else session.get(MetricRulesVersion, version)
    if row is not None:
        return _version(row)
    if version in {None, 1} and _latest(session) is None:
        return _house()
    raise NotFoundError(NOUN, str(version))


def metric_rules_on(session: Session, day: date) -> RulesVersion:
    """Give the version that holds on a day: the latest start wins, then the later version."""
    found = session.scalars(
        select(MetricRulesVersion)
        .where(MetricRulesVersion.valid_from <= day)
        .order_by(MetricRulesVersion.valid_from.desc(), MetricRulesVersion.version.desc())
        .limit(1)
    ).first()
    return _version(found) if found else metric_rules(session, 1)


def metric_rules_versions(session: Session) -> tuple[RulesVersion, ...]:
    """List all versions, newest first."""
    rows = session.scalars(
        select(MetricRulesVersion).order_by(MetricRulesVersion.version.desc())
    ).all()
    return tuple(_version(row) for row in rows) or (_house(),)


def _latest(session: Session) -> MetricRulesVersion | None:
    newest = select(func.max(MetricRulesVersion.version)).scalar_subquery()
    return session.scalars(
        select(MetricRulesVersion).where(MetricRulesVersion.version == newest)
    ).one_or_none()


def _last(session: Session) -> MetricRulesVersion:
    newest = session.scalars(select(func.max(MetricRulesVersion.version))).one()
    return session.get_one(MetricRulesVersion, newest)


def _version(row: MetricRulesVersion) -> RulesVersion:
    return RulesVersion(
        version=row.version,
        text=row.text,
        valid_from=row.valid_from,
        note=row.note,
        created_by=row.created_by,
        created_at=row.created_at,
        rules=_rules(row.text, row.version),
    )


def _house() -> RulesVersion:
    """Give version 1 of a store in which nobody has kept any yet."""
    text = house_text()
    return RulesVersion(1, text, ALWAYS, HOUSE_NOTE, None, None, _rules(text, 1))


def _rules(text: str, version: int) -> MetricRules:
    return _read(text, version)
