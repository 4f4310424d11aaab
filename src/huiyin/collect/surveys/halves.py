"""Answers that nobody finished: handed on after a day, forgotten after a month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, timedelta
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from huiyin.collect.surveys.columns import Kept, build_row
from huiyin.collect.surveys.keeping import SOURCE, UnderWay, half_id, unpack
from huiyin.collect.surveys.logic import find_way
from huiyin.collect.surveys.reading import definition_of, fetch_version
from huiyin.core.clock import day_began
from huiyin.people.sealing import seal, unseal
from huiyin.store.sealed_rows import RowSeal
from huiyin.store.tables import AnswerDraft, Dataset, Submission, Survey, SurveyLink
from huiyin.store.unit_of_work import UnitOfWork

HAND_ON_JOB = "hand_on_answers"
RESTS = timedelta(hours=24)
"""So long nothing came of an answer before it is taken for half-finished."""
KEPT = timedelta(days=30)
"""So long it can be resumed."""
_PURPOSE = "answer under way"
_INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def seal_draft(key: bytes, words: str) -> str:
    """Seal an answer under way."""
    return seal(key, words, _PURPOSE)


def open_draft(key: bytes, draft: AnswerDraft) -> UnderWay:
    """Open an answer under way.

    Raises
    ------
    UnsealError
        It was sealed with another key.
    """
    return unpack(unseal(key, draft.sealed, _PURPOSE))


def row_of_draft(session: Session, key: bytes, draft: AnswerDraft) -> dict[str, str]:
    """Give the row of the dataset that an answer under way is, as far as it is answered.

    Facts that an early draft does not hold are those of its link.
    """
    found = open_draft(key, draft)
    version = fetch_version(session, draft.survey_id, draft.version)
    definition = definition_of(version.document)
    at = draft.updated_at.astimezone(UTC)
    if definition.anonymous:
        at = day_began(at, _zone(session, draft))
    facts = {**_link_facts(session, draft), "language": definition.languages[0], **found.facts}
    kept = Kept(
        response_id=draft.id,
        answered_at=at.isoformat(timespec="seconds"),
        version=draft.version,
        finished=False,
        seconds=max((draft.updated_at - draft.started_at).total_seconds(), 0.0),
        **facts,
    )
    answers = find_way(definition, found.answers, facts["fields"]).answers
    return build_row(definition, version.columns, answers, found.own, kept)


def _zone(session: Session, draft: AnswerDraft) -> str:
    of_draft = select(Dataset.zone).join(Survey, Survey.dataset_id == Dataset.id)
    return session.scalars(of_draft.where(Survey.id == draft.survey_id)).one()


def _link_facts(session: Session, draft: AnswerDraft) -> Mapping[str, Any]:
    link = session.get(SurveyLink, draft.link_id) if draft.link_id else None
    kind, fields = (link.kind, dict(link.fields)) if link else ("link", {})
    return {"channel": kind, "mode": "self", "fields": fields}


def do_hand_on(work: UnitOfWork, key: bytes, most: int) -> int:
    """Bring answers that rest since a day among the rows that wait; gives how many.

    One that is being finished just now is passed over. One that goes on later is handed on again,
    in place of the row before. Of an answer that was finished meanwhile the draft is forgotten.
    """
    seal, session = RowSeal(key), work.session
    finished = exists().where(
        Submission.dataset_id == Survey.dataset_id, Submission.id == AnswerDraft.id
    )
    resting = (
        select(AnswerDraft, Dataset, finished)
        .join(Survey, Survey.id == AnswerDraft.survey_id)
        .join(Dataset, Dataset.id == Survey.dataset_id)
        .where(AnswerDraft.updated_at < work.now - RESTS, AnswerDraft.handed_on_at.is_(None))
        .order_by(AnswerDraft.id)
        .limit(most)
        .with_for_update(of=AnswerDraft, skip_locked=True)
    )
    found = session.execute(resting).all()
    for draft, dataset, over in found:
        if over:
            session.delete(draft)
            continue
        row, place = row_of_draft(session, key, draft), half_id(draft.id)
        facts = {
            "payload": seal.close(place, row), "received_at": work.now, "loaded_version": None,
            "epoch": dataset.epoch,
        }  # fmt: skip
        insert = _INSERTS[session.get_bind().dialect.name](Submission)
        insert = insert.values(
            id=place, dataset_id=dataset.id, native_id=draft.id, source=SOURCE, **facts
        )
        session.execute(
            insert.on_conflict_do_update(index_elements=["dataset_id", "id"], set_=facts)
        )
        draft.handed_on_at = work.now
    return len(found)


def do_forget_halves(work: UnitOfWork) -> int:
    """Delete answers under way that nobody went on with for a month; gives how many."""
    old = delete(AnswerDraft).where(AnswerDraft.updated_at < work.now - KEPT)
    done: Any = work.session.execute(old)
    n_gone: int = done.rowcount
    return n_gone
