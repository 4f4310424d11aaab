"""Do jobs: take one, hold its lease, end it in one of the ways a job can end."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from huiyin.core.clock import Clock, system_clock
from huiyin.core.errors import BadInputError, HuiyinError, frames_of
from huiyin.core.ids import new_id
from huiyin.core.surface import Surface, speaking_on
from huiyin.core.text import Text
from huiyin.store.contracts import Actor, LeaseTakenError
from huiyin.store.database import Database
from huiyin.store.jobs.contracts import (
    BACKOFF_SECONDS,
    HEARTBEAT_SECONDS,
    JobCancelledError,
    JobDiedError,
    JobStatus,
    LeaseLostError,
)
from huiyin.store.jobs.queue import keep, take
from huiyin.store.jobs.schedules import run_due_schedules
from huiyin.store.tables.operations import Job
from huiyin.store.unit_of_work import UnitOfWork, unit_of_work

IDLE_SECONDS = 0.3
BUSY_SECONDS = 2.0
PRESSED = timedelta(seconds=10)
"""So long after somebody was last waited for, what nobody waits for takes its turns."""
RESTS = 3
"""Then it rests so many times as long as it worked: it has a quarter of the time.

Where a round of what is under way takes longer than a second, it rests so much longer."""
_UNEXPECTED = Text(
    "程序内部错误，已记入日志（任务 {id}）。", "An internal fault, noted in the log (job {id})."
)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
log = structlog.get_logger()

Handler = Callable[["JobContext"], Mapping[str, Any] | None]
Failed = Callable[[UnitOfWork, Mapping[str, Any], Mapping[str, Any]], None]
"""Told, with the payload and the error, in the commit that ends a job as failed."""


@dataclass(slots=True)
class JobContext:
    """What a handler gets: the order, and the means to report, write and notice a cancel.

    Handlers are written so that running twice does no harm: a worker may die after the work and
    before the job is marked done.
    """

    job_id: str
    payload: Mapping[str, Any]
    attempt: int
    created_by: str | None
    _database: Database
    _worker: str
    _clock: Clock
    _lost: threading.Event = field(default_factory=threading.Event)
    _lines: list[str] = field(default_factory=list)

    def uow(self) -> AbstractContextManager[UnitOfWork]:
        """Open a transaction in the name of who ordered the job; only while the lease is ours."""
        return self._guarded()

    @contextmanager
    def _guarded(self) -> Iterator[UnitOfWork]:
        actor = Actor(self.created_by or "system", request_id=self.job_id)
        with unit_of_work(self._database, actor, clock=self._clock) as work:
            if self._lost.is_set() or not keep(
                work.session, self.job_id, self._worker, self._clock()
            ):
                raise LeaseLostError
            yield work

    def progress(self, stage: Text, done: int, total: int) -> None:
        """Say how far the work is; stops it where somebody cancelled.

        Raises
        ------
        JobCancelledError
        LeaseLostError
        """
        with self.uow() as work:
            job = work.session.get_one(Job, self.job_id)
            job.stage, job.done, job.total = dict(stage), done, total
            if self._lines:
                job.log += "".join(f"{line}\n" for line in self._lines)
                self._lines.clear()
            asked = job.cancel_asked
        if asked:
            raise JobCancelledError

    def check_cancelled(self) -> None:
        """Stop where somebody cancelled, or another worker took over.

        Raises
        ------
        JobCancelledError
        LeaseLostError
        """
        if self._lost.is_set():
            raise LeaseLostError
        with self._database.reading() as session:
            if session.get_one(Job, self.job_id).cancel_asked:
                raise JobCancelledError

    def log(self, words: str) -> None:
        """Add a line to the job's log; no personal data."""
        self._lines.append(f"{self._clock():%H:%M:%S} {words}")


@dataclass(slots=True)
class Worker:
    """Takes jobs from the store and does them, one at a time.

    Parameters
    ----------
    database : Database
    handlers : mapping of str to Handler
        By kind of job; other kinds are left for other workers.
    clock : Clock
    last : collection of str
        Kinds that nobody waits for: done when nothing else is due.
    failed : mapping of str to Failed
        By kind: what else must tell that a job was given up.
    turn : Lock
        Whoever holds it lets no further job begin.
    """

    database: Database
    handlers: Mapping[str, Handler]
    clock: Clock = system_clock
    last: Collection[str] = ()
    failed: Mapping[str, Failed] = field(default_factory=dict)
    turn: threading.Lock = field(default_factory=threading.Lock)
    name: str = field(default_factory=lambda: f"{os.getpid()}-{new_id()[-8:]}")
    _stop: threading.Event = field(default_factory=threading.Event)
    _pressed_until: datetime = _LONG_AGO
    _rests_until: datetime = _LONG_AGO
    _rests: float = RESTS

    def run(self) -> None:
        """Work until `stop`."""
        while not self._stop.is_set():
            if not self.run_one():
                self._stop.wait(IDLE_SECONDS)

    def stop(self) -> None:
        """Finish the job at hand, then end."""
        self._stop.set()

    def press(self, seconds: float = 1.0) -> None:
        """Say that something is under way beside the jobs that somebody waits for.

        For a while those in `last` leave it three quarters of the time, however many there are.

        Parameters
        ----------
        seconds : float
            What one round of it took: where that is more than a second they leave it more.
        """
        self._rests = RESTS * max(1.0, seconds)
        self._pressed_until = self.clock() + PRESSED

    def run_until_idle(self, *, most: int = 1000) -> int:
        """Do every job that is due now; gives how many were done."""
        for n in range(most):
            if not self.run_one():
                return n
        return most

    def run_one(self) -> bool:
        """Do one job, if one is due."""
        began = self.clock()
        rests = began < min(self._pressed_until, self._rests_until)
        kinds = tuple(kind for kind in self.handlers if not (rests and kind in self.last))
        with self.turn, unit_of_work(self.database, Actor.system(), clock=self.clock) as work:
            run_due_schedules(work)
            job = take(work.session, self.name, kinds, self.clock(), self.last)
            if job is None:
                return False
            context = self._context(job)
            kind = job.kind
            times = job.max_attempts
            is_over = job.attempts > times
        if is_over:
            self._give_up(kind, context, times)
            return True
        self._do(kind, context)
        if kind in self.last:
            ended = self.clock()
            self._rests_until = ended + self._rests * (ended - began)
        return True

    def _give_up(self, kind: str, context: JobContext, times: int) -> None:
        """End a job whose workers died under it: it would take the next one with it too."""
        error = JobDiedError(times)
        log.error("job given up", job=context.job_id, kind=kind, died=times)
        self._end(context, JobStatus.FAILED, error=error.to_json())

    def _context(self, job: Job) -> JobContext:
        return JobContext(
            job_id=job.id,
            payload=job.payload,
            attempt=job.attempts,
            created_by=job.created_by,
            _database=self.database,
            _worker=self.name,
            _clock=self.clock,
        )

    def _do(self, kind: str, context: JobContext) -> None:
        with self._heartbeat(context), speaking_on(Surface.PAGES):
            try:
                result = self.handlers[kind](context)
            except LeaseLostError:
                log.warning("job lost", job=context.job_id, kind=kind)
                return
            except JobCancelledError:
                self._end(context, JobStatus.CANCELLED)
            except BadInputError as error:
                self._end(context, JobStatus.FAILED, error=error.to_json())
            except LeaseTakenError as error:
                self._later(context, error.to_json())
            except HuiyinError as error:
                self._again(context, error.to_json())
            except Exception as error:
                # The one place that meets every fault.
                _note(error, context, kind)
                fault = HuiyinError(_UNEXPECTED.format(id=context.job_id))
                self._again(context, fault.to_json() | {"code": type(error).__name__})
                if isinstance(error, MemoryError):
                    raise
            else:
                self._end(context, JobStatus.DONE, result=result)

    @contextmanager
    def _heartbeat(self, context: JobContext) -> Iterator[None]:
        over = threading.Event()

        def beat() -> None:
            while not over.wait(HEARTBEAT_SECONDS):
                with self.database.writing() as session:
                    if not keep(session, context.job_id, self.name, self.clock()):
                        context._lost.set()  # noqa: SLF001 -- its own worker
                        return

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _end(
        self,
        context: JobContext,
        status: JobStatus,
        *,
        result: Mapping[str, Any] | None = None,
        error: Mapping[str, Any] | None = None,
    ) -> None:
        """End a job; one that failed keeps its key until the next of it is ordered."""

        def change(job: Job, now: datetime) -> None:
            job.status, job.finished_at = status, now
            if status is not JobStatus.FAILED:
                job.key = None
            job.result = dict(result) if result else None
            job.error = dict(error) if error else None

        self._change(context, change)

    def _again(self, context: JobContext, error: Mapping[str, Any]) -> None:
        def change(job: Job, now: datetime) -> None:
            job.error = dict(error)
            if job.attempts >= job.max_attempts:
                job.status, job.finished_at = JobStatus.FAILED, now
                return
            wait = BACKOFF_SECONDS[min(job.attempts, len(BACKOFF_SECONDS)) - 1]
            job.status, job.run_at = JobStatus.QUEUED, now + timedelta(seconds=wait)

        self._change(context, change)

    def _later(self, context: JobContext, error: Mapping[str, Any]) -> None:
        """Wait for another job that holds what this one needs: that is no failed attempt."""

        def change(job: Job, now: datetime) -> None:
            job.error, job.attempts = dict(error), job.attempts - 1
            job.status, job.run_at = JobStatus.QUEUED, now + timedelta(seconds=BUSY_SECONDS)

        self._change(context, change)

    def _change(self, context: JobContext, change: Callable[[Job, datetime], None]) -> None:
        with unit_of_work(self.database, Actor.system(), clock=self.clock) as work:
            job = work.session.get_one(Job, context.job_id)
            if job.worker != self.name or job.status != JobStatus.RUNNING:
                return
            job.log += "".join(f"{line}\n" for line in context._lines)  # noqa: SLF001 -- its own worker
            change(job, work.now)
            if job.status == JobStatus.FAILED and job.kind in self.failed:
                self.failed[job.kind](work, job.payload, job.error or {})


def _note(error: Exception, context: JobContext, kind: str) -> None:
    """Keep class and place of an unknown fault; its message may hold somebody's data."""
    name, frames = type(error).__name__, frames_of(error)
    log.error("job failed", job=context.job_id, kind=kind, fault=name, frames=frames)
    context.log("\n".join((name, *frames)))
