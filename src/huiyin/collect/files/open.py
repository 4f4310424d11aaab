"""Open any file: find what it is, and give its tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from huiyin.collect.contracts import NoRowsError
from huiyin.collect.files.detect import KIND_TEXT, SUFFIXES, Kind, find_kind
from huiyin.collect.files.table import RawTable
from huiyin.core.text import Text


def open_tables(path: Path, sheets: Sequence[str] | None = None) -> list[RawTable]:
    """Open the tables of one file.

    Parameters
    ----------
    path : Path
    sheets : sequence of str, optional
        Worksheets to read, where the file is a workbook.

    Returns
    -------
    list of RawTable
        At least one.

    Raises
    ------
    UnreadableFileError
        The file is missing, empty, broken, locked, or no table.
    NoRowsError
        A workbook has only empty sheets.
    """
    kind = find_kind(path)
    tables = _open(path, kind, sheets)
    if not tables or not tables[0].head:
        raise NoRowsError(
            Text("“{path}”里没有任何内容。", "There is nothing in “{path}”.").format(path=path.name)
        )
    if (note := _wrong_name(path, kind)) is not None:
        tables[0].notes.append(note)
    return tables


def _open(path: Path, kind: Kind, sheets: Sequence[str] | None) -> list[RawTable]:
    if kind in (Kind.WORKBOOK, Kind.OLD_WORKBOOK):
        from huiyin.collect.files.workbook import open_workbook

        return [*open_workbook(path, sheets)]
    if kind is Kind.PARQUET:
        from huiyin.collect.files.parquet import open_parquet

        return [*open_parquet(path)]
    if kind is Kind.SPSS:
        from huiyin.collect.files.spss import open_spss

        return [*open_spss(path)]
    if kind is Kind.HTML:
        from huiyin.collect.files.html import open_html

        return [*open_html(path)]
    from huiyin.collect.files.delimited import open_delimited

    return [*open_delimited(path)]


def _wrong_name(path: Path, kind: Kind) -> Text | None:
    suffix = Path(path.stem).suffix if path.suffix.lower() == ".gz" else path.suffix
    if suffix.lower() in SUFFIXES[kind]:
        return None
    if not any(suffix.lower() in known for known in SUFFIXES.values()):
        return None
    return Text(
        "“{path}”的扩展名不对：内容其实是{kind}，已按内容读。",
        "“{path}” has the wrong extension: it is {kind}, and was read as that.",
    ).format(path=path.name, kind=KIND_TEXT[kind])
