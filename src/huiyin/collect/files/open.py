"""Open any file: find what it is, and give its tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from huiyin.collect.contracts import NoRowsError, UnreadableFileError
from huiyin.collect.files.detect import KIND_TEXT, SUFFIXES, Kind, find_kind
from huiyin.collect.files.table import HEAD_ROWS, RawTable
from huiyin.core.text import Text, listed


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
        The file is missing, empty, broken, locked, or no table; sheets are named of a file that
        has none.
    NoRowsError
        It holds blanks only, a workbook only empty sheets, or a sheet that was named is empty.
    """
    kind = find_kind(path)
    if sheets and kind not in (Kind.WORKBOOK, Kind.OLD_WORKBOOK):
        said = _NO_SHEETS.format(path=path.name, kind=KIND_TEXT[kind], sheets=listed(sheets))
        raise UnreadableFileError(said)
    tables = _open(path, kind, sheets)
    if not any(_holds_anything(table) for table in tables):
        long = max((len(table.head) for table in tables), default=0) >= HEAD_ROWS
        raise NoRowsError((_BLANK if long else _NOTHING).format(path=path.name, n=HEAD_ROWS))
    if (note := _wrong_name(path, kind)) is not None:
        tables[0].notes.append(note)
    return tables


_NOTHING = Text(
    "“{path}”里没有任何内容：没有列，也没有数据行。请确认文件是否导出完整。",
    "There is nothing in “{path}”: no columns and no rows. Check that it was exported whole.",
)
_BLANK = Text(
    "“{path}”的前 {n} 行都是空白，找不到表头。请删去开头的空行。",
    "The first {n} rows of “{path}” are blank and hold no header. Delete the blank rows.",
)
_NO_SHEETS = Text(
    "“{path}”是{kind}，没有工作表，不能按名称“{sheets}”读。请去掉工作表名。",
    "“{path}” is {kind} and has no sheets, so none named “{sheets}”. Leave the sheet's name out.",
)


def _holds_anything(table: RawTable) -> bool:
    return any(cell and not cell.isspace() for row in table.head for cell in row)


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
