"""Staff, units, and how they come in."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huiyin.store.tables.base import Document, Id, Moment, Revised, Table


class Unit(Revised, Table):
    """An organisation unit; the tree hangs on `parent_id`."""

    __tablename__ = "units"

    id: Mapped[Id]
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[str]
    code: Mapped[str | None] = mapped_column(unique=True)
    position: Mapped[int] = mapped_column(default=0)


class Staff(Revised, Table):
    """A person who signs in. `login` is lower case; `external_key` is the directory's own."""

    __tablename__ = "staff"

    id: Mapped[Id]
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str | None] = mapped_column(index=True)
    mobile: Mapped[str | None]
    password_hash: Mapped[str | None]
    role: Mapped[str]
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("units.id"), index=True)
    language: Mapped[str] = mapped_column(default="zh-CN")
    source: Mapped[str] = mapped_column(default="manual")
    external_key: Mapped[str | None] = mapped_column(index=True)
    disabled_at: Mapped[Moment | None]


class Identity(Table):
    """A sign-in of another system that belongs to a person."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("provider", "subject"),)

    id: Mapped[Id]
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    provider: Mapped[str]
    subject: Mapped[str]
    created_at: Mapped[Moment]
    last_used_at: Mapped[Moment | None]


class Session(Table):
    """A signed-in browser. Only the hash of its id is kept."""

    __tablename__ = "sessions"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(unique=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    csrf: Mapped[str]
    provider: Mapped[str]
    address: Mapped[str | None]
    agent: Mapped[str | None]
    created_at: Mapped[Moment]
    last_seen_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    revoked_at: Mapped[Moment | None]


class Invitation(Table):
    """An invitation that somebody may accept once."""

    __tablename__ = "invitations"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("units.id"))
    invited_by: Mapped[str | None]
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    accepted_at: Mapped[Moment | None]
    revoked_at: Mapped[Moment | None]


class SignInAttempt(Table):
    """An attempt to sign in; throttling counts them, a job forgets them."""

    __tablename__ = "sign_in_attempts"

    id: Mapped[Id]
    login: Mapped[str] = mapped_column(index=True)
    address: Mapped[str | None] = mapped_column(index=True)
    at: Mapped[Moment] = mapped_column(index=True)
    succeeded: Mapped[bool]


class SignInState(Table):
    """A sign-in under way at a provider: what must come back unchanged."""

    __tablename__ = "sign_in_states"

    state_hash: Mapped[str] = mapped_column(primary_key=True)
    provider: Mapped[str]
    nonce: Mapped[str]
    verifier: Mapped[str | None]
    next_path: Mapped[str]
    created_at: Mapped[Moment]


class RowRule(Revised, Table):
    """Which rows a person, a role or a unit may see: `values` of `column` in a dataset (or all)."""

    __tablename__ = "row_rules"

    id: Mapped[Id]
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"), index=True)
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("units.id"), index=True)
    role: Mapped[str | None] = mapped_column(index=True)
    dataset_id: Mapped[str | None] = mapped_column(ForeignKey("datasets.id"), index=True)
    column: Mapped[str]
    values: Mapped[Document]


class ApiToken(Table):
    """A token for another system. Only its hash is kept; `scope` is a list of rights."""

    __tablename__ = "api_tokens"

    id: Mapped[Id]
    name: Mapped[str]
    prefix: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    scope: Mapped[Document]
    dataset_ids: Mapped[Document | None]
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    last_used_at: Mapped[Moment | None]
    revoked_at: Mapped[Moment | None]


class ShareLink(Table):
    """A link that can be forwarded: what it shows, frozen, and until when."""

    __tablename__ = "share_links"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    dataset_id: Mapped[str | None] = mapped_column(ForeignKey("datasets.id"), index=True)
    version: Mapped[int | None]
    payload: Mapped[Document]
    row_rule: Mapped[Document]
    minimum_n: Mapped[int]
    password_hash: Mapped[str | None]
    watermark: Mapped[str | None]
    created_by: Mapped[str]
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    revoked_at: Mapped[Moment | None]
    n_opened: Mapped[int] = mapped_column(default=0)
