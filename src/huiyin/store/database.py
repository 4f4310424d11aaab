"""The database behind an installation: SQLite by default, PostgreSQL for a team."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Hashable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine, QueuePool, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session as OrmSession

from huiyin.core.text import Text
from huiyin.store.contracts import StoreError

BUSY_MILLISECONDS = 30_000
CACHE_KIB = 32_768
FORGET_SECONDS, FORGET_PAUSE, FORGET_MILLISECONDS = 120, 0.05, 200
STILL_READ = Text(
    "删除的内容还没能从数据库日志里抹掉：两分钟里一直有人在读旧状态（比如备份还没做完）。稍后会再试。",
    "What was deleted could not be wiped from the database's log yet: an older state was being "
    "read for two minutes (by a backup, say). It is tried again later.",
)
NOT_REWRITTEN = Text(
    "删除的内容还没能从数据库文件里抹净：{why}。它要重写一遍，请留出和它一样大的硬盘空间；稍后会再试。",
    "What was deleted could not be wiped from the database's file yet: {why}. The file is written "
    "anew for it: leave as much disk space as it takes itself. It is tried again later.",
)
PERSONAL_TABLES = (
    "customers", "customer_keys", "customer_fields", "submissions", "survey_invitations",
    "contacts", "answer_drafts", "answer_files",
)  # fmt: skip
_POOL = 10


class Database:
    """One store. Writes go through `unit_of_work`, reads through `reading`.

    On SQLite a process has one writer at a time (`BEGIN IMMEDIATE`; deferred read-then-write
    fails at once when two meet), and reads use read-only connections.

    Parameters
    ----------
    url : str
        ``sqlite:///path`` or ``postgresql://user:password@host/name``.
    """

    def __init__(self, url: str) -> None:
        self.url = _with_driver(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.writer = self._sqlite(writes=True) if self.is_sqlite else self._postgresql()
        self.reader = self._sqlite(writes=False) if self.is_sqlite else self.writer
        self._turn = threading.Lock()
        self._watch = _Watch(self.url.database or "") if self.is_sqlite else None

    @classmethod
    def in_folder(cls, folder: Path) -> Self:
        """Open the SQLite store of a data folder."""
        folder.mkdir(parents=True, exist_ok=True)
        return cls(URL.create("sqlite", database=str(folder / "store.db")).render_as_string())

    def _sqlite(self, *, writes: bool) -> Engine:
        path = Path(self.url.database or "")

        def connect() -> sqlite3.Connection:
            mode = "rwc" if writes else "ro"
            made = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}",
                uri=True,
                timeout=BUSY_MILLISECONDS / 1000,
                isolation_level=None,
                check_same_thread=False,
            )
            made.execute("PRAGMA foreign_keys = ON")
            if writes:
                made.execute("PRAGMA journal_mode = WAL")
                made.execute("PRAGMA synchronous = FULL")
                made.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
                made.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            return made

        engine = create_engine(
            "sqlite://", creator=connect, poolclass=QueuePool, pool_size=_POOL, max_overflow=40
        )
        begin = "BEGIN IMMEDIATE" if writes else "BEGIN"

        @event.listens_for(engine, "begin")
        def _begin(connection: Any) -> None:
            connection.exec_driver_sql(begin)

        return engine

    def _postgresql(self) -> Engine:
        return create_engine(self.url, pool_size=_POOL, max_overflow=40, pool_pre_ping=True)

    @contextmanager
    def writing(self) -> Iterator[OrmSession]:
        """Open a session that commits at the end of the block, or rolls back.

        Raises
        ------
        StoreError
            The database cannot be written: disk full, not reachable.
        """
        if self.is_sqlite:
            with self._turn, self._session(self.writer) as session:
                yield session
        else:
            with self._session(self.writer) as session:
                yield session

    @contextmanager
    def reading(self) -> Iterator[OrmSession]:
        """Open a session that only reads."""
        with OrmSession(self.reader, expire_on_commit=False) as session:
            if not self.is_sqlite:
                session.execute(text("SET TRANSACTION READ ONLY"))
            yield session

    @contextmanager
    def one_moment(self) -> Iterator[OrmSession]:
        """Open a session whose reads all see the same moment, however long they take."""
        engine = self.reader
        if not self.is_sqlite:  # there each transaction sees one moment anyway
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with OrmSession(engine) as session:
            yield session

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[OrmSession]:
        try:
            with OrmSession(engine, expire_on_commit=False) as session, session.begin():
                yield session
        except OperationalError as error:
            raise StoreError(
                Text(
                    "数据库写不进去：{why}。请检查磁盘空间和数据库连接。",
                    "The database cannot be written: {why}. Check disk space and connection.",
                ).format(why=str(error.orig))
            ) from error

    def mark(self) -> Hashable | None:
        """Name the state of the store as it stands now.

        Two equal marks mean that nothing was committed in between, by this process or another:
        what was read after the first still holds at the second. Two that differ promise nothing.
        On SQLite it costs microseconds and no network; on PostgreSQL one short question.

        On PostgreSQL it is the snapshot, which transactions are over: of the whole server, so
        that a neighbour (another database there, autovacuum) changes it, too, and something is
        read once more than needed. Reading takes no transaction id and leaves it as it is. What
        would be of this database alone could miss a commit or costs every one of them: the
        statistics come late, a sequence moves before its transaction is visible, and a counter
        that triggers keep makes all writers wait for each other.

        Returns
        -------
        hashable or None
            None: it cannot be told just now, and nothing may be taken for unchanged.
        """
        if self._watch is not None:
            return self._watch.mark()
        with self.reader.connect() as connection:
            return str(connection.scalar(text("SELECT pg_current_snapshot()::text")))

    def check(self) -> None:
        """Read once; raises where that fails.

        Raises
        ------
        StoreError
            The database does not answer.
        """
        try:
            with self.reader.connect() as connection:
                connection.execute(text("SELECT 1"))
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise StoreError(Text("数据库没有应答。", "The database does not answer.")) from error

    def migrate(self) -> None:
        """Bring the tables to this version; a new store gets all of them."""
        from huiyin.store.migrations.run import migrate

        migrate(self)

    def forget(self) -> None:
        """Overwrite what deleted rows left behind, as far as the database itself can.

        SQLite overwrites a row as it is deleted, but not the copies that are left between the
        rows where a page was parted: its file is written anew. Its log is emptied as soon as
        nobody reads an older state: in short tries between which others write. PostgreSQL frees
        the space for new rows; its archive and its backups are the administrator's.

        Raises
        ------
        StoreError
            Somebody read an older state all the while, or the file cannot be written anew: what
            was deleted may still be there.
        """
        if self.is_sqlite:
            self._rewrite()
            last = time.monotonic() + FORGET_SECONDS
            while not self._log_emptied():
                if time.monotonic() > last:
                    raise StoreError(STILL_READ)
                time.sleep(FORGET_PAUSE)
            return
        with self.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"VACUUM {', '.join(PERSONAL_TABLES)}"))

    def _rewrite(self) -> None:
        with self._turn, closing(self.writer.raw_connection()) as raw:
            try:
                raw.cursor().execute("VACUUM")
            except sqlite3.Error as error:
                raise StoreError(NOT_REWRITTEN.format(why=str(error))) from error

    def _log_emptied(self) -> bool:
        with self._turn, closing(self.writer.raw_connection()) as raw:
            cursor = raw.cursor()
            cursor.execute(f"PRAGMA busy_timeout = {FORGET_MILLISECONDS}")
            try:
                busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        return not busy

    def close(self) -> None:
        """Close every connection."""
        if self._watch is not None:
            self._watch.close()
        self.writer.dispose()
        self.reader.dispose()

    def __repr__(self) -> str:
        return f"Database({self.url.render_as_string(hide_password=True)})"


class _Watch:
    """A connection of its own that sees when any other one has committed (`data_version`)."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._turn = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._n_opened = 0

    def mark(self) -> tuple[int, int] | None:
        with self._turn:
            try:
                if self._connection is None:
                    self._connection = self._open()
                    self._n_opened += 1  # each connection counts from its own beginning
                found = self._connection.execute("PRAGMA data_version").fetchone()
            except sqlite3.OperationalError:  # busy for a moment, or no file yet
                return None
            return self._n_opened, found[0]

    def _open(self) -> sqlite3.Connection:
        address = f"{self._path.absolute().as_uri()}?mode=ro"
        return sqlite3.connect(address, uri=True, timeout=0, check_same_thread=False)

    def close(self) -> None:
        with self._turn:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


def _with_driver(url: str) -> URL:
    known = make_url(url)
    if known.get_backend_name() == "postgresql":
        return known.set(drivername="postgresql+psycopg")
    if known.get_backend_name() == "sqlite" and known.database:
        return known
    raise StoreError(
        Text(
            "数据库地址“{url}”不能用。请写 sqlite:///路径 或 postgresql://…",
            "The database address “{url}” cannot be used: give sqlite:///path or postgresql://…",
        ).format(url=known.render_as_string(hide_password=True))
    )
