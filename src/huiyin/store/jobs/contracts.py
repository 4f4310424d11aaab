"""What a job is, to those who order it and those who do it."""

from __future__ import annotations

from enum import StrEnum

from huiyin.core.errors import HuiyinError
from huiyin.core.text import Text

MAX_ATTEMPTS = 5
LEASE_SECONDS = 30.0
HEARTBEAT_SECONDS = 8.0
BACKOFF_SECONDS = (1.0, 5.0, 30.0, 120.0)


class JobStatus(StrEnum):
    """Where a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class JobCancelledError(HuiyinError):
    """Somebody cancelled the job."""

    def __init__(self) -> None:
        super().__init__(Text("已取消。", "Cancelled."))


class LeaseLostError(HuiyinError):
    """Another worker has taken the job over: this one must stop and write nothing more."""

    def __init__(self) -> None:
        super().__init__(
            Text("任务已由另一个进程接手。", "Another worker has taken this job over.")
        )


class JobStateError(HuiyinError):
    """The job is past the point where this can be asked."""
