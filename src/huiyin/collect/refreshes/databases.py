"""Databases of others, opened to read: PostgreSQL over the network, SQLite in an allowed folder."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from huiyin.collect.refreshes.contracts import (
    Allowed,
    BadSourceError,
    SourceFailedError,
    refuse_other_hosts,
)
from huiyin.collect.refreshes.kinds.folder import plain_folder
from huiyin.connectors.addresses import checked_addresses
from huiyin.core.text import Text

CONNECT_SECONDS = 10
STATEMENT_SECONDS = 300
POSTGRESQL_PORT = 5432
_HOST = re.compile(r"[A-Za-z0-9.:_-]+")
_SSL_MODES = {"disable", "prefer", "require", "verify-ca", "verify-full"}
_NOT_A_DATABASE = Text(
    "数据库地址不能用。请写 postgresql://用户:密码@主机/库名（可加 ?sslmode=require），"
    "或 sqlite:////允许的文件夹/文件.db。",
    "This database address cannot be used: give postgresql://user:password@host/name (with "
    "?sslmode=require if need be), or sqlite:////allowed/folder/file.db.",
)
_FAILED = Text("数据库没有给出数据：{why}。", "The database gave no rows: {why}.")
_READS = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
    }
)


@dataclass(frozen=True, slots=True)
class Source:
    """A database that may be read."""

    url: URL

    @property
    def dialect(self) -> str:
        """What the statement is written in."""
        return "sqlite" if self.url.get_backend_name() == "sqlite" else "postgres"

    @property
    def shown(self) -> str:
        """The address without its password."""
        return self.url.render_as_string(hide_password=True)


def source_of(address: str, allowed: Allowed) -> Source:
    """Look at the address of a database.

    Raises
    ------
    BadSourceError
        It is none, of a kind that is not read, or not allowed.
    """
    try:
        url = make_url(address)
        backend = url.get_backend_name()
    except (ArgumentError, ValueError) as fault:
        raise BadSourceError(_NOT_A_DATABASE) from fault
    if backend == "sqlite" and url.database and not url.query and not url.host:
        _file(url, allowed)
        return Source(url)
    modes = url.query.get("sslmode", "prefer")
    fits = backend == "postgresql" and set(url.query) <= {"sslmode"} and modes in _SSL_MODES
    if not fits or not url.host or not url.database or not _HOST.fullmatch(url.host):
        raise BadSourceError(_NOT_A_DATABASE)
    refuse_other_hosts(url.host, url.port or POSTGRESQL_PORT, allowed)
    return Source(url)


@contextmanager
def reading(source: Source, allowed: Allowed) -> Iterator[Connection]:
    """Open a read-only transaction with a limit on time.

    Raises
    ------
    SourceFailedError
        The database does not answer, refuses, or takes too long.
    BadSourceError, PrivateAddressError
        It is not allowed.
    """
    sqlite = source.dialect == "sqlite"
    engine = _sqlite(source, allowed) if sqlite else _postgresql(source, allowed)
    limited = _limited_sqlite if sqlite else _limited_postgresql
    try:
        with engine.connect() as connection, connection.begin(), limited(connection):
            yield connection
    except (SQLAlchemyError, sqlite3.Error) as fault:
        raise SourceFailedError(_FAILED.format(why=_said(fault, source))) from fault
    finally:
        engine.dispose()


def _file(url: URL, allowed: Allowed) -> Path:
    path = Path(url.database or "")
    folder = plain_folder(str(path.parent), allowed)
    file = folder / path.name
    if file.is_symlink() or not file.is_file():
        raise BadSourceError(_NOT_A_DATABASE)
    return file


def _sqlite(source: Source, allowed: Allowed) -> Engine:
    file = _file(source.url, allowed)

    def connect() -> sqlite3.Connection:
        made = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, check_same_thread=False)
        made.execute("PRAGMA query_only = ON")
        return made

    return create_engine("sqlite://", creator=connect, poolclass=NullPool)


def _only_reads(action: int, *_: object) -> int:
    if action in _READS or action == sqlite3.SQLITE_TRANSACTION:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _postgresql(source: Source, allowed: Allowed) -> Engine:
    url = source.url
    port = url.port or POSTGRESQL_PORT
    address = checked_addresses(url.host or "", port, allow_private=allowed.private)[0]
    options = f"-c statement_timeout={STATEMENT_SECONDS * 1000} -c default_transaction_read_only=on"
    details: dict[str, Any] = {
        "hostaddr": address,  # the address that was looked at, never the name again
        "connect_timeout": CONNECT_SECONDS,
        "options": options,
        "application_name": "huiyin",
    }
    driven = url.set(drivername="postgresql+psycopg")
    return create_engine(driven, poolclass=NullPool, connect_args=details)


@contextmanager
def _limited_sqlite(connection: Connection) -> Iterator[None]:
    """Allow nothing but reading, and break off after a time."""
    own: Any = connection.connection.driver_connection
    own.set_authorizer(_only_reads)
    timer = threading.Timer(STATEMENT_SECONDS, own.interrupt)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def _limited_postgresql(connection: Connection) -> Iterator[None]:
    """Allow nothing but reading; the time is counted by the server."""
    connection.execute(text("SET TRANSACTION READ ONLY"))
    yield


def _said(fault: Exception, source: Source) -> str:
    """Put what the database says into one line, without the password."""
    words = " ".join(str(getattr(fault, "orig", None) or fault).split())[:300]
    secret = source.url.password
    return words.replace(str(secret), "***") if secret else words
