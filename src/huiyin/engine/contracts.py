"""What an engine can read and what a run may cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from huiyin.codebook.contracts import Codebook
from huiyin.codebook.groupings import Grouping, with_groupings
from huiyin.core.errors import HuiyinError
from huiyin.core.text import Text

ROW_COLUMN = "_row"
"""BIGINT, 1-based number of the row among the data rows of its source file."""
SOURCE_COLUMN = "_source"
"""INTEGER, index into the list of source files or sheets."""
FLAGS_COLUMN = "_flags"
"""BIGINT, bit set; bit *i* is `Snapshot.legend[i]`."""
ANSWERED_ON_COLUMN = "_answered_on"
"""DATE of the answer in the dataset's zone; NULL where unknown."""
SYSTEM_COLUMNS = (ROW_COLUMN, SOURCE_COLUMN, FLAGS_COLUMN, ANSWERED_ON_COLUMN)


OUT_OF_SCALE_MARK = "_out_of_scale"
"""BOOLEAN beside the typed columns until flags are set: an answer lies outside its scale."""
MISSING_CODE_MARK = "_missing_code"
"""BOOLEAN likewise: an answer is a code for “no answer”."""
NO_RESPONSE_MARK = "_no_response"
"""BOOLEAN likewise: the row is a total, a note or the header again, nobody's answer."""
MARK_COLUMNS = (OUT_OF_SCALE_MARK, MISSING_CODE_MARK, NO_RESPONSE_MARK)


@dataclass(frozen=True, slots=True)
class FlagMeaning:
    """One bit of the flags: a cleaning rule at a version, and what it found.

    Attributes
    ----------
    rule_id, version : str, int
    excludes : bool
        True where the rule leaves rows out of the numbers by default; False where it only warns.
    n_flagged : int
        Rows that carry the flag.
    """

    rule_id: str
    version: int
    excludes: bool
    n_flagged: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A dataset at one moment, typed and flagged, as Parquet files.

    Typed columns keep the codebook's names. Rating roles: DOUBLE level code, NULL where missing,
    out of range or not a number. Time roles: TIMESTAMP. `amount`, `cost`: DECIMAL(18,4); other
    number roles: DOUBLE; a worded outcome: DOUBLE 0/1. A multi-select is one LIST(VARCHAR) column
    named by its group (option labels), NULL where the question was not answered. All else:
    VARCHAR, trimmed, labels applied, NULL where empty. `ignore` columns are left out. Beside them
    stand `SYSTEM_COLUMNS`.
    """

    id: str
    files: tuple[Path, ...]
    codebook: Codebook
    n_rows: int
    legend: tuple[FlagMeaning, ...] = ()
    sources: tuple[str, ...] = ()
    zone: str = "Asia/Shanghai"
    view: str | None = None
    """A view of the engine that made it, which types `files` anew on each reading; None where
    the files themselves hold the rows."""
    groupings: tuple[Grouping, ...] = ()
    """Dimensions that people made of its columns; all of them fit the codebook."""

    @property
    def asked_codebook(self) -> Codebook:
        """The columns that a question may name: those of the codebook and the made dimensions."""
        return with_groupings(self.codebook, self.groupings)


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What typing a column met: values without a number or moment are counted, never lost silently.

    Attributes
    ----------
    name : str
    n_missing_code, n_out_of_scale, n_unreadable : int
        Rows whose value is a code for “no answer”, lies outside the scale, or cannot be read.
    examples : tuple of (int, str)
        Row number and value as it stands in the file, of values out of scale or unreadable.
    note : Text or None
        A decision that a person may want to check: which of two numbers was the month.
    """

    name: str
    n_missing_code: int = 0
    n_out_of_scale: int = 0
    n_unreadable: int = 0
    examples: tuple[tuple[int, str], ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class TypedFacts:
    """Typed Parquet files and what typing met.

    The files hold the columns of a `Snapshot`, `FLAGS_COLUMN` all 0, and those of `MARK_COLUMNS`
    for which some row is True.
    """

    files: tuple[Path, ...]
    n_rows: int
    columns: Mapping[str, ColumnFacts] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    zone: str = "Asia/Shanghai"
    view: str | None = None
    """As in `Snapshot`."""
    content: str = ""
    """Digest of the staged files; where it is empty the typed files are digested."""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file of one partition: where it lies, what it holds.

    Attributes
    ----------
    path : Path
    n_rows, n_bytes : int
    key : str or None
        The partition's value as text; None for NULL.
    """

    path: Path
    n_rows: int
    n_bytes: int
    key: str | None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may cost."""

    memory: str = "4GB"
    threads: int | None = None
    seconds: float | None = None
    temporary: Path | None = field(default=None)


class EngineError(HuiyinError):
    """The engine gave up: time limit, cancelled, out of disk."""


class FilesGoneError(EngineError):
    """Files were moved or deleted while they were read."""
