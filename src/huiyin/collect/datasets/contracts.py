"""What a dataset can be asked, and what can go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from huiyin.codebook.contracts import Codebook
from huiyin.core.errors import BadInputError
from huiyin.core.text import Text

DATASET = Text("数据集", "dataset")
IMPORT = Text("导入", "import")
UPLOAD = Text("上传的文件", "upload")
UNDERSTAND_JOB = "understand_files"
LOAD_JOB = "load_import"
REBUILD_JOB = "rebuild_dataset"
ROLLBACK_JOB = "roll_back_dataset"
SYNC_JOB = "sync_pushed_rows"
MERGE_JOB = "merge_pushed_imports"
APPENDED = "append"
"""Why a version came to be: a few answers joined it, and the rules have not seen them yet."""
MERGED = "merge"
"""Likewise: many small imports were put together as one; the rows stay what they are."""
PUSHED = "push"
"""Source of an import whose rows another system pushed."""


class ImportStatus(StrEnum):
    """Where an import is: read, then understood (a person may look), then loaded.

    `MERGING`: it takes the place of many small ones and is not in any version yet.
    """

    WAITING = "waiting"
    UNDERSTOOD = "understood"
    LOADING = "loading"
    DONE = "done"
    MERGING = "merging"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ImportMode(StrEnum):
    """What happens to the rows that are there already.

    `UPDATE`: rows with the same id are replaced, others stay. `REPLACE`: the dataset then holds
    these files alone.
    """

    UPDATE = "update"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How files are read into a dataset."""

    profile: str | None = None
    sheets: tuple[str, ...] | None = None
    mode: ImportMode = ImportMode.UPDATE


@dataclass(frozen=True, slots=True)
class KeptCodebook:
    """A codebook version as it is kept: 0 where there is none yet."""

    version: int
    codebook: Codebook


class UnknownZoneError(BadInputError):
    """A dataset is to keep its days by a time zone that does not exist."""

    def __init__(self, zone: str) -> None:
        super().__init__(
            Text(
                "没有时区“{zone}”，请写成 Asia/Shanghai 这样。",
                "There is no time zone “{zone}”; write it as Asia/Shanghai.",
            ).format(zone=zone[:60])
        )


class NoDataYetError(BadInputError):
    """The dataset has no rows yet."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                "“{name}”还没有数据。请先导入文件。",
                "“{name}” has no rows yet: import a file first.",
            ).format(name=name)
        )


class ImportStateError(BadInputError):
    """The import is past the point where this can be asked."""

    def __init__(self, status: str) -> None:
        super().__init__(
            Text(
                "这次导入的状态是“{status}”，不能这样做。",
                "This import is “{status}”: that cannot be done now.",
            ).format(status=status)
        )


class VersionGoneError(BadInputError):
    """A version is asked for that the dataset does not have (any more)."""

    def __init__(self, version: int) -> None:
        super().__init__(
            Text("没有版本 {version}。", "There is no version {version}.").format(version=version)
        )


class UploadTooLargeError(BadInputError):
    """A file is larger than the installation takes."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(
            Text(
                "“{name}”超过 {limit} MB，没有保存。请拆开后再传，或让管理员调高上限。",
                "“{name}” is larger than {limit} MB and was not kept: split it, or ask an "
                "administrator to raise the limit.",
            ).format(name=name, limit=limit >> 20)
        )


class PushError(BadInputError):
    """Pushed rows cannot be taken: nothing of the request is kept."""
