"""What reading a file gives: the raw rows, untouched, and what the layout said of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from huiyin.codebook.contracts import ColumnHint
from huiyin.core.errors import BadInputError
from huiyin.core.text import Text


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read.

    Attributes
    ----------
    profile : str or None
        Layout profile to force; None to recognise it.
    sheets : tuple of str or None
        Worksheets to read; None for the one with most cells and all that have its columns.
    work : Path
        Folder for the staged Parquet files; made where it is missing.
    """

    profile: str | None
    sheets: tuple[str, ...] | None
    work: Path


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or one sheet of one, that rows came from.

    `first_data_row` is the 1-based line or sheet row of the first data row, so that an error can
    name the place a person sees in the file.
    """

    path: Path
    sheet: str | None
    encoding: str | None
    n_rows: int
    first_data_row: int = 2


@dataclass(frozen=True, slots=True)
class Staged:
    """A file read as it is: every value kept as the file has it.

    Attributes
    ----------
    files : tuple of Path
        Parquet files. CSV, TSV and worksheets are staged as VARCHAR (empty cell = NULL, numbers
        of a worksheet in their shortest form: ``5``, ``4.5``; dates as ISO 8601); Parquet and
        SPSS keep the types they have. Plus `_row` and `_source` (see ``engine.contracts``). A
        Parquet input may be staged as itself, then the two are added when it is typed.
    columns : tuple of str
        Unique names in file order (duplicates get ``name (2)``, blanks ``column 7``/``第7列``).
    profile : str
        ``wjx_text``, ``wjx_index``, ``surveymonkey``, ``qualtrics``, ``limesurvey``,
        ``google_forms``, ``spss``, ``plain``…
    profile_reason : Text
    hints : mapping of str to ColumnHint
        By column name.
    notes : tuple of Text
        What a person should know: mended encodings (with rows), skipped header rows…
    """

    files: tuple[Path, ...]
    columns: tuple[str, ...]
    profile: str
    profile_reason: Text
    sources: tuple[Source, ...]
    n_rows: int
    hints: Mapping[str, ColumnHint] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()


class UnreadableFileError(BadInputError):
    """The file cannot be read: empty, truncated, locked, not what its name says."""


class NoRowsError(BadInputError):
    """The file has a header and nothing under it, or nothing at all."""


class UnknownProfileError(BadInputError):
    """``--profile`` names a profile that does not exist."""
