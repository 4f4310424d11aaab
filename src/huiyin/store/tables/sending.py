"""Questionnaires on their way to customers: mailings, personal links, and who may be contacted."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huiyin.store.tables.base import Document, Id, Moment, Revised, Table


class Mailing(Revised, Table):
    """To whom a questionnaire goes, how, when, and how often it is recalled.

    `plan` is a `collect.sending.contracts.Plan`; `cursor` is how far a rule has come (the last
    version of the dataset whose rows were looked at).
    """

    __tablename__ = "mailings"

    id: Mapped[Id]
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"), index=True)
    link_id: Mapped[str] = mapped_column(ForeignKey("survey_links.id"))
    name: Mapped[str]
    status: Mapped[str] = mapped_column(index=True)
    plan: Mapped[Document]
    cursor: Mapped[int | None]
    planned_at: Mapped[Moment | None]
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))


class SurveyInvitation(Table):
    """One personal link, usable once. Its token is derived from the key and never stored.

    `occasion` is unique within a mailing: what may be asked about once (a customer, a customer in
    a cycle, an event). `sealed` holds the facts that go with the answer.
    """

    __tablename__ = "survey_invitations"
    __table_args__ = (
        UniqueConstraint("mailing_id", "occasion"),
        Index(None, "mailing_id", "status", "due_at"),
    )

    id: Mapped[Id]
    mailing_id: Mapped[str] = mapped_column(ForeignKey("mailings.id"))
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"), index=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    occasion: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    sealed: Mapped[str]
    channel: Mapped[str]
    status: Mapped[str]
    round: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[Moment]
    planned_at: Mapped[Moment]
    claimed_at: Mapped[Moment | None]
    sent_at: Mapped[Moment | None]
    delivered_at: Mapped[Moment | None]
    opened_at: Mapped[Moment | None]
    started_at: Mapped[Moment | None]
    finished_at: Mapped[Moment | None]
    reason: Mapped[str | None]


class Contact(Table):
    """That a customer is or was contacted: what the frequency rule counts."""

    __tablename__ = "contacts"
    __table_args__ = (Index(None, "customer_id", "at"),)

    id: Mapped[Id]
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"))
    invitation_id: Mapped[str | None] = mapped_column(index=True)
    kind: Mapped[str]
    at: Mapped[Moment]


class DoNotContact(Table):
    """An address that gets nothing from us any more; readable as a mask only."""

    __tablename__ = "do_not_contact"

    id: Mapped[Id]
    blind_index: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    kind: Mapped[str]
    shown: Mapped[str]
    reason: Mapped[str]
    source: Mapped[str]
    added_at: Mapped[Moment]
    added_by: Mapped[str | None]
