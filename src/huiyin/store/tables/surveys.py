"""Questionnaires: what is asked, by which links, and answers that are under way."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from huiyin.store.tables.base import Document, Id, Moment, Revised, Table


class Survey(Revised, Table):
    """A questionnaire: its draft, and which version respondents get.

    `version` is None until it is first published; answers go to `dataset_id` from then on.
    """

    __tablename__ = "surveys"

    id: Mapped[Id]
    name: Mapped[str]
    status: Mapped[str]
    draft: Mapped[Document]
    version: Mapped[int | None]
    dataset_id: Mapped[str | None] = mapped_column(ForeignKey("datasets.id"), index=True)
    template: Mapped[str | None]
    opens_at: Mapped[Moment | None]
    closes_at: Mapped[Moment | None]
    archived_at: Mapped[Moment | None]


class SurveyVersion(Table):
    """A questionnaire as it was asked; never changed, only followed by another.

    `columns` names the column of each question (`collect.surveys.columns.name_columns`).
    """

    __tablename__ = "survey_versions"

    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[Document]
    columns: Mapped[Document]
    published_by: Mapped[str | None]
    published_at: Mapped[Moment]


class SurveyLink(Revised, Table):
    """A way in: a link, a QR code, a widget, the phone, the interface.

    `code` stands in the address; `fields` are facts that it carries (shop, counter, staff).
    """

    __tablename__ = "survey_links"

    id: Mapped[Id]
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    name: Mapped[str]
    fields: Mapped[Document]
    options: Mapped[Document]
    closed_at: Mapped[Moment | None]


class AnswerDraft(Table):
    """An answer that is under way on several pages: kept so that it can be resumed.

    `sealed` holds answers and facts, unreadable without the installation's key. A draft that
    nobody finished becomes a half-finished answer; `handed_on_at` is when it went to the dataset.
    """

    __tablename__ = "answer_drafts"
    __table_args__ = (Index(None, "survey_id", "updated_at"),)

    id: Mapped[Id]
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"))
    version: Mapped[int]
    link_id: Mapped[str | None]
    sealed: Mapped[str]
    page: Mapped[str | None]
    started_at: Mapped[Moment]
    updated_at: Mapped[Moment]
    handed_on_at: Mapped[Moment | None]


class AnswerFile(Table):
    """A file that a respondent sent: sealed on the disk under its id, a name that says nothing.

    `sealed` holds its name, kind, size and digest, unreadable without the installation's key.
    `kept_at` is None until the answer that it belongs to is finished.
    """

    __tablename__ = "answer_files"

    id: Mapped[Id]
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"), index=True)
    response_id: Mapped[str | None] = mapped_column(index=True)
    question_id: Mapped[str]
    sealed: Mapped[str]
    created_at: Mapped[Moment]
    kept_at: Mapped[Moment | None]


class LogoPicture(Table):
    """A logo of answer pages, as it is served: by its digest, to everybody."""

    __tablename__ = "logos"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    content: Mapped[str]
    created_by: Mapped[str | None]
    created_at: Mapped[Moment]


class QuotaPlaces(Table):
    """How many places of a quota are taken; counted in the transaction that keeps the answer."""

    __tablename__ = "quota_places"

    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    quota_id: Mapped[str] = mapped_column(primary_key=True)
    taken: Mapped[int] = mapped_column(default=0)


class SurveyDay(Table):
    """How often a way in was opened, begun, finished on a day; opened and begun are estimates."""

    __tablename__ = "survey_days"

    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    link_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    opened: Mapped[int] = mapped_column(default=0)
    started: Mapped[int] = mapped_column(default=0)
    finished: Mapped[int] = mapped_column(default=0)
    screened_out: Mapped[int] = mapped_column(default=0)
