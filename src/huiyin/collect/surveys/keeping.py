"""Answers on their way into the store: kept once, counted once, within the places there are."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Connection, delete, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from huiyin.collect.surveys.contracts import SURVEY
from huiyin.collect.surveys.definition import Definition, Quota
from huiyin.collect.surveys.full_quotas import places_now
from huiyin.collect.surveys.logic import Answers, Fields, holds
from huiyin.store.contracts import NotFoundError
from huiyin.store.intake import RefusedWriteError, Together
from huiyin.store.tables import AnswerDraft, QuotaPlaces, Submission

SOURCE = "survey"
_TURN = text("SELECT pg_advisory_xact_lock(7235911)")
"""Two processes that take places of several quotas in one commit would wait for each other."""
_DIALECTS = {"sqlite": sqlite, "postgresql": postgresql}


class Outcome(StrEnum):
    """What became of an answer that was sent."""

    KEPT = "kept"
    ALREADY = "already"


class QuotaFullError(RefusedWriteError):
    """No place is left for this answer; nothing of it was kept.

    Parameters
    ----------
    quota : Quota
    """

    def __init__(self, quota: Quota) -> None:
        super().__init__(quota.id)
        self.quota = quota


@dataclass(frozen=True, slots=True)
class Home:
    """Where the answers of a questionnaire go.

    Attributes
    ----------
    survey_id, dataset_id : str
    epoch : int
        Of the dataset: grows when a backup is restored.
    """

    survey_id: str
    dataset_id: str
    epoch: int


def quotas_of(definition: Definition, answers: Answers, fields: Fields) -> tuple[Quota, ...]:
    """List the quotas in which an answer takes a place."""
    return tuple(one for one in definition.quotas if holds(one.where, answers, fields))


def keep_answer(
    home: Home,
    response_id: str,
    payload: Any,
    now: datetime,
    quotas: tuple[Quota, ...] = (),
    also: Callable[[Connection], None] | None = None,
) -> Callable[[Connection], Outcome]:
    """Give the write that keeps a finished answer: once, however often it is sent.

    Parameters
    ----------
    home : Home
    response_id : str
        The answer's own id, given out before it was begun.
    payload : JSON
        Its row.
    now : datetime
    quotas : tuple of Quota
        Those in which it takes a place; all are taken, or nothing is kept.
    also : callable, optional
        What is written with it, the first time; raises `RefusedWriteError` to take it all back.

    Returns
    -------
    callable
        For `store.intake.Intake.keep`; raises `QuotaFullError` inside its savepoint.
    """
    row = _row(home, response_id, payload, now)

    def write(connection: Connection) -> Outcome:
        # First, as it waits for whoever hands the draft on: the whole answer must come after it.
        connection.execute(delete(AnswerDraft).where(AnswerDraft.id == response_id))
        if _insert_all(connection, [row]) == [Outcome.ALREADY]:
            return Outcome.ALREADY
        if quotas and connection.dialect.name == "postgresql":
            connection.execute(_TURN)
        for quota in quotas:
            _take_place(connection, home.survey_id, quota)
        if also is not None:
            also(connection)
        half = delete(Submission).where(
            Submission.dataset_id == home.dataset_id, Submission.id == half_id(response_id)
        )
        connection.execute(half)
        return Outcome.KEPT

    return write


def drop_draft(response_id: str) -> Callable[[Connection], None]:
    """Give the write that forgets an answer under way that is not to be kept at all."""

    def write(connection: Connection) -> None:
        connection.execute(delete(AnswerDraft).where(AnswerDraft.id == response_id))

    return write


FINISHED_IDS = "g"
"""Ids of finished answers sort before it, those of half-finished ones after it."""


def half_id(response_id: str) -> str:
    """Name the row of an answer that was not finished; the finished one keeps its own name."""
    return "h" + response_id.replace("-", "")


def keep_plain_answer(home: Home, response_id: str, payload: Any, now: datetime) -> Together:
    """Give the write of an answer without quotas or drafts: one statement with all that wait."""
    return Together(_insert_all, _row(home, response_id, payload, now))


def _row(home: Home, response_id: str, payload: Any, now: datetime) -> dict[str, Any]:
    return {
        "id": response_id,
        "dataset_id": home.dataset_id,
        "native_id": response_id,
        "payload": payload,
        "source": SOURCE,
        "received_at": now,
        "epoch": home.epoch,
    }


@cache
def _insert(dialect: str) -> Any:
    insert = _DIALECTS[dialect].insert(Submission)
    return insert.on_conflict_do_nothing(index_elements=["dataset_id", "id"]).returning(
        Submission.dataset_id, Submission.id
    )


def _insert_all(connection: Connection, items: Sequence[Mapping[str, Any]]) -> list[Outcome]:
    """Insert rows; of two with one id the first is kept."""
    kept = {tuple(one) for one in connection.execute(_insert(connection.dialect.name), list(items))}
    outcomes = []
    for row in items:
        mark = (row["dataset_id"], row["id"])
        outcomes.append(Outcome.KEPT if mark in kept else Outcome.ALREADY)
        kept.discard(mark)
    return outcomes


def _take_place(connection: Connection, survey_id: str, quota: Quota) -> None:
    most = places_now(connection, survey_id, quota)
    one = (QuotaPlaces.survey_id == survey_id) & (QuotaPlaces.quota_id == quota.id)
    taken = connection.execute(
        update(QuotaPlaces).where(one, QuotaPlaces.taken < most).values(taken=QuotaPlaces.taken + 1)
    )
    if taken.rowcount:
        return
    if connection.execute(select(QuotaPlaces.taken).where(one)).first() is None:
        raise NotFoundError(SURVEY, f"{survey_id} {quota.id}")
    raise QuotaFullError(quota)


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer under way, as it is kept: `sealed` is unreadable without the key."""

    response_id: str
    survey_id: str
    dataset_id: str
    version: int
    link_id: str
    sealed: str
    page: str | None
    started_at: datetime


def keep_draft(draft: Draft, now: datetime) -> Callable[[Connection], Outcome]:
    """Give the write that keeps an answer under way in place of its last state.

    Of one that is finished already nothing is under way any more: it is left as it is.
    """
    finished = select(Submission.seq).where(
        Submission.dataset_id == draft.dataset_id, Submission.id == draft.response_id
    )

    def write(connection: Connection) -> Outcome:
        if connection.execute(finished).first() is not None:
            return Outcome.ALREADY
        row = {
            "id": draft.response_id,
            "survey_id": draft.survey_id,
            "version": draft.version,
            "link_id": draft.link_id,
            "sealed": draft.sealed,
            "page": draft.page,
            "started_at": draft.started_at,
            "updated_at": now,
        }
        insert = _DIALECTS[connection.dialect.name].insert(AnswerDraft).values(row)
        newest = {name: insert.excluded[name] for name in ("sealed", "page", "updated_at")}
        newest["handed_on_at"] = None
        connection.execute(insert.on_conflict_do_update(index_elements=["id"], set_=newest))
        return Outcome.KEPT

    return write


@dataclass(frozen=True, slots=True)
class UnderWay:
    """What was answered so far, and what is known of how.

    Attributes
    ----------
    answers, own : mapping
    facts : mapping
        ``channel``, ``mode``, ``language``, ``customer`` and ``fields``.
    """

    answers: Mapping[str, Any]
    own: Mapping[str, str]
    facts: Mapping[str, Any]


def pack(under_way: UnderWay) -> str:
    """Write an answer under way as words, to be sealed."""
    facts = {"answers": under_way.answers, "own": under_way.own, "facts": under_way.facts}
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def unpack(words: str) -> UnderWay:
    """Read what `pack` wrote."""
    kept = json.loads(words)
    return UnderWay(kept["answers"], kept["own"], kept.get("facts", {}))
