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


class JobDiedError(HuiyinError):
    """The last process that the job was allowed died or fell silent before it had ended."""

    def __init__(self, times: int) -> None:
        super().__init__(
            Text(
                "试了 {n} 次都没做完，最后一次进程中途退出（多半是内存不够），不再自动重试。"
                "请减少数据量，或给机器加内存，再点重试。",
                "Not done after {n} tries: the process of the last one died, most likely for want "
                "of memory. It is not begun again by itself: use less data or give the machine "
                "more memory, then retry.",
            ).format(n=times)
        )


class LeaseLostError(HuiyinError):
    """Another worker has taken the job over: this one must stop and write nothing more."""

    def __init__(self) -> None:
        super().__init__(
            Text("任务已由另一个进程接手。", "Another worker has taken this job over.")
        )


class JobStateError(HuiyinError):
    """The job is past the point where this can be asked."""
