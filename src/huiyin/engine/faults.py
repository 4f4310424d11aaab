"""What DuckDB says when it gives up, as sentences for people."""

from __future__ import annotations

import errno
import re

from huiyin.core.text import Text
from huiyin.engine.contracts import EngineError, FilesGoneError, Limits

CANCELLED = "cancelled"
OUT_OF_TIME = "out_of_time"

_CANCELLED = Text("已取消。", "Cancelled.")
_OUT_OF_TIME = Text(
    "超过了 {seconds:g} 秒的时限，已停下。请缩小时间范围或减少分组，再试一次。",
    "Stopped at the time limit of {seconds:g} s. Take a shorter period or fewer groups.",
)
_OUT_OF_MEMORY = Text(
    "内存上限 {memory} 不够用。请减少分组，或调高内存上限。",
    "The memory limit of {memory} is not enough. Use fewer groups or raise the limit.",
)
_DISK_FULL = Text(
    "磁盘已满，没有写出任何结果。请清出空间后再试。",
    "The disk is full; no result was written. Free some space and try again.",
)
_GONE = Text(
    "读取时找不到文件“{file}”。它可能被移动、改名或删除了；请确认后重新运行。",
    "The file “{file}” cannot be found while reading. It may have been moved, renamed or "
    "deleted; check and run again.",
)
_NOT_PARQUET = Text(
    "文件“{file}”不是完整的 Parquet 文件。请重新导出。",
    "The file “{file}” is not a complete Parquet file. Export it again.",
)
_FULL = ("No space left on device", "failed to offload data block", "max_temp_directory_size")
_MISSING = ("No such file or directory", "No files found that match", "Cannot open file")
_BROKEN = ("magic bytes", "too small to be a Parquet file", "footer", "Invalid Parquet")
_QUOTED = re.compile(r'"([^"]+)"|\'([^\']+)\'')
_ESCAPED = re.compile(r"\[([*?\[])\]")


def engine_fault(error: Exception, *, stopped_by: str | None, limits: Limits) -> EngineError | None:
    """Turn an error of DuckDB into a sentence.

    Parameters
    ----------
    error : Exception
    stopped_by : str or None
        Why the run was interrupted, if it was.
    limits : Limits
        Named in the sentence.

    Returns
    -------
    EngineError or None
        None where the error is a fault of the program, which must be seen as such.
    """
    import duckdb

    if isinstance(error, duckdb.InterruptException):
        return out_of_time(limits) if stopped_by == OUT_OF_TIME else cancelled()
    said = str(error)
    if getattr(error, "errno", None) == errno.ENOSPC or _says(said, _FULL):
        return EngineError(_DISK_FULL)
    if isinstance(error, duckdb.OutOfMemoryException):
        return EngineError(_OUT_OF_MEMORY.format(memory=limits.memory))
    return _file_fault(said)


def out_of_time(limits: Limits) -> EngineError:
    """Say that work was stopped at its time limit."""
    return EngineError(_OUT_OF_TIME.format(seconds=limits.seconds))


def cancelled() -> EngineError:
    """Say that somebody stopped the work."""
    return EngineError(_CANCELLED)


def _file_fault(said: str) -> EngineError | None:
    if _says(said, _BROKEN):
        return EngineError(_NOT_PARQUET.format(file=_file_in(said)))
    if _says(said, _MISSING):
        return FilesGoneError(_GONE.format(file=_file_in(said)))
    return None


def _says(said: str, any_of: tuple[str, ...]) -> bool:
    return any(words.lower() in said.lower() for words in any_of)


def _file_in(said: str) -> str:
    found = _QUOTED.search(said)
    return _ESCAPED.sub(r"\1", found.group(1) or found.group(2)) if found else "?"
