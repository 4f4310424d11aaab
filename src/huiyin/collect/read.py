"""Read files as they are: find the format and the layout, stage every row, say what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from huiyin.codebook.contracts import ColumnHint
from huiyin.collect import wjx_pair
from huiyin.collect.contracts import (
    NoRowsError,
    ReadOptions,
    Source,
    Staged,
    UnreadableFileError,
)
from huiyin.collect.faults import faults_as_sentences, fingerprint, refuse_changed
from huiyin.collect.files.delimited import RaggedError
from huiyin.collect.files.open import open_tables
from huiyin.collect.files.parquet import ParquetTable
from huiyin.collect.files.table import RawTable, StagePlan
from huiyin.collect.files.workbook import SheetTable
from huiyin.collect.heads import refuse_long_names, refuse_many_columns
from huiyin.collect.mixed_dates import mixed_dates_notes
from huiyin.collect.names import renamed_notes
from huiyin.collect.profiles.layout import Head, Layout, choose_profile
from huiyin.core.surface import TextBySurface
from huiyin.core.text import Text, listed

__all__ = ["ReadOptions", "read"]


@dataclass
class _Laid:
    """A table, and the layout found for it."""

    table: RawTable
    layout: Layout
    profile: str
    reason: Text


def read(paths: Sequence[Path], options: ReadOptions) -> Staged:
    """Read files, or sheets of them, as one dataset; every row is kept, values untouched.

    Parameters
    ----------
    paths : sequence of Path
        Files of one survey. Columns are put together by name.
    options : ReadOptions
        Profile and sheets to force; the folder for the staged Parquet files.

    Returns
    -------
    Staged

    Raises
    ------
    UnreadableFileError
        A file is missing, empty, broken, locked, or no table.
    NoRowsError
        There is a header and nothing under it.
    UnknownProfileError
        ``options.profile`` names no profile.
    EngineError
        The disk that holds ``options.work`` is full.
    """
    if not paths:
        raise UnreadableFileError(Text("没有给出文件。", "No file was given."))
    watched = [Path(path) for path in paths]
    _refuse_twice(watched)
    with faults_as_sentences(options.work):
        before = [fingerprint(path) for path in watched]
        tables = [table for path in watched for table in open_tables(path, options.sheets)]
        staged = _stage_patiently(tables, options)
        refuse_changed(watched, before)
    return staged


def _refuse_twice(paths: Sequence[Path]) -> None:
    """Refuse a file that is given twice: each of its answers would count twice."""
    seen: set[Path] = set()
    for path in paths:
        if path.resolve() in seen:
            raise UnreadableFileError(
                Text(
                    "“{path}”给了两次，每份答卷会算两遍。请只给一次。",
                    "“{path}” is given twice: every answer would count twice. Give it once.",
                ).format(path=path)
            )
        seen.add(path.resolve())


def _stage_patiently(tables: list[RawTable], options: ReadOptions) -> Staged:
    """Stage; where a text table turns out ragged, read it row by row and start over."""
    while True:
        try:
            return _stage(tables, options)
        except RaggedError as fault:
            fault.table.be_tolerant()


def _stage(tables: list[RawTable], options: ReadOptions) -> Staged:
    laid = _one_survey([_lay_out(table, options) for table in tables], options)
    if (staged := _as_themselves(laid)) is not None:
        return staged
    options.work.mkdir(parents=True, exist_ok=True)
    if {wjx_pair.NUMBER, wjx_pair.TEXT} <= {item.profile for item in laid}:
        return _stage_pair(laid, options)
    columns = tuple(dict.fromkeys(name for item in laid for name in item.layout.columns))
    as_text = any(item.table.kind != "spss" for item in laid)
    sources, files = [], []
    for number, item in enumerate(laid):
        target, layout = options.work / f"staged-{number}.parquet", item.layout
        plan = StagePlan(target, number, layout.n_header_rows, layout.columns, columns, as_text)
        sources.append(_source(item, item.table.stage(plan)))
        files.append(target)
    return _finish(laid, tuple(files), tuple(sources), columns)


_NO_PAIR = Text(
    "按选项文本和按序号导出的问卷星文件混在一起，只能一份配一份地合读。请分开读，或都按同一种方式导出。",
    "问卷星 exports by option text and by option number are mixed; they are read together only one "
    "to one. Read them apart, or export all the same way.",
)


def _stage_pair(laid: list[_Laid], options: ReadOptions) -> Staged:
    """Stage the two exports of one 问卷星 survey, then put them together."""
    if len(laid) != len((wjx_pair.TEXT, wjx_pair.NUMBER)):
        raise UnreadableFileError(_NO_PAIR)
    halves, sources = [], []
    for item in sorted(laid, key=lambda item: item.profile, reverse=True):
        target, own = options.work / f"{item.profile}.parquet", item.layout.columns
        n_rows = item.table.stage(StagePlan(target, 0, item.layout.n_header_rows, own, own))
        halves.append(wjx_pair.Half(item.table.place, target, item.layout))
        sources.append(_source(item, 0 if halves[1:] else n_rows))
    target = options.work / "staged-0.parquet"
    layout = wjx_pair.merge_pair(halves[0], halves[1], target)
    first = next(item for item in laid if item.profile == wjx_pair.TEXT)
    return _finish([replace(first, layout=layout)], (target,), tuple(sources), layout.columns)


def _finish(
    laid: list[_Laid],
    files: tuple[Path, ...],
    sources: tuple[Source, ...],
    columns: tuple[str, ...],
) -> Staged:
    n_rows = sum(source.n_rows for source in sources)
    if not n_rows:
        raise NoRowsError(
            Text(
                "“{place}”只有表头，没有数据。请确认导出时选了答卷。",
                "“{place}” has a header and no data. Check that answers were exported.",
            ).format(place=laid[0].table.place)
        )
    hints: dict[str, ColumnHint] = {}
    for item in laid:
        hints = {**item.layout.hints, **hints}
    notes = [note for item in laid for note in (*item.table.notes, *item.layout.notes)]
    return Staged(
        files=files, columns=columns, profile=laid[0].profile, profile_reason=laid[0].reason,
        sources=sources, n_rows=n_rows, hints=hints,
        notes=tuple(dict.fromkeys(notes + _differing_columns(laid))),
    )  # fmt: skip


def _lay_out(table: RawTable, options: ReadOptions) -> _Laid:
    refuse_many_columns(table)
    head = Head(table.head, table.path, table.kind, table.width, table.hints)
    profile, reason = choose_profile(head, options.profile)
    layout = profile.lay_out(head)
    refuse_long_names(table, layout.columns)
    rows = table.head[layout.n_header_rows :]
    dates = mixed_dates_notes(layout.columns, rows, table.place)
    notes = (*layout.notes, *renamed_notes(layout.columns, table.place), *dates)
    return _Laid(table, replace(layout, notes=notes), profile.name, reason)


def _source(item: _Laid, n_rows: int) -> Source:
    table = item.table
    first = table.line_of(item.layout.n_header_rows)
    return Source(table.path, table.sheet, table.encoding, n_rows, first)


def _as_themselves(laid: list[_Laid]) -> Staged | None:
    """Leave Parquet files where they are; their columns need names that are their own."""
    tables = [item.table for item in laid if isinstance(item.table, ParquetTable)]
    if len(tables) < len(laid) or any(item.table.head[0] != item.layout.columns for item in laid):
        return None
    sources = tuple(Source(table.path, None, None, table.n_rows, 1) for table in tables)
    columns = tuple(dict.fromkeys(name for item in laid for name in item.layout.columns))
    return _finish(laid, tuple(table.path for table in tables), sources, columns)


def _one_survey(laid: list[_Laid], options: ReadOptions) -> list[_Laid]:
    """Keep, of each workbook, the sheet with most cells and those with its columns."""
    if options.sheets:
        return laid
    kept: list[_Laid] = []
    for path in dict.fromkeys(item.table.path for item in laid):
        kept += _main_sheets([item for item in laid if item.table.path == path])
    return kept


def _main_sheets(items: list[_Laid]) -> list[_Laid]:
    shown = [item for item in items if not _is_hidden(item)]
    main = max(items, key=_size)
    if shown and _is_hidden(main) and _size(main) < _MUCH_LARGER * max(map(_size, shown)):
        main = max(shown, key=_size)
    alike = [item for item in items if _are_of_one_survey(item, main)]
    kept = [item for item in alike if _is_hidden(item) == _is_hidden(main)]
    left = [item.table.sheet or "" for item in items if item not in kept]
    facts = {"file": main.table.path.name, "main": listed(item.table.sheet or "" for item in kept)}
    if left:
        main.table.notes.append(_LEFT.format(left=listed(left), **facts))
    if _is_hidden(main):
        main.table.notes.append(_READ_HIDDEN.format(**facts))
    return kept


def _is_hidden(item: _Laid) -> bool:
    return isinstance(item.table, SheetTable) and item.table.is_hidden


_MUCH_LARGER = 20
"""A hidden sheet is read where it holds so many times the cells of any other: the data behind a
dashboard, not somebody's draft."""
_NAME_SHEETS = TextBySurface(
    Text("用 --sheet 指定工作表", "name the sheets with --sheet"),
    Text("在导入时写上工作表名", "name the sheets when importing"),
)
_LEFT = _NAME_SHEETS.within(
    Text(
        "{file}：读了工作表“{main}”，没有读列不同或隐藏的 {left}；要读请{how}。",
        "{file}: sheet “{main}” was read; not read, for other columns or hidden: {left}. "
        "To read them, {how}.",
    )
)
_READ_HIDDEN = _NAME_SHEETS.within(
    Text(
        "{file}：“{main}”是隐藏的工作表，数据比别的表多得多，所以读了它；不对请{how}。",
        "{file}: “{main}” is a hidden sheet; it was read because it holds far more than the "
        "others. If that is wrong, {how}.",
    )
)


def _are_of_one_survey(item: _Laid, main: _Laid) -> bool:
    """Tell whether two sheets have the same columns in any order, or one has a few more."""
    columns, others = set(item.layout.columns), set(main.layout.columns)
    nested = columns <= others or columns >= others
    return nested and len(columns & others) >= _LEAST_SHARED * len(columns | others)


_LEAST_SHARED = 0.7
"""Of the columns of two sheets, those that both must have to be read as one survey."""


def _size(item: _Laid) -> int:
    return item.table.n_cells


def _differing_columns(laid: list[_Laid]) -> list[Text]:
    first = laid[0]
    notes = []
    for item in laid[1:]:
        odd = set(first.layout.columns) ^ set(item.layout.columns)
        if odd:
            notes.append(
                Text(
                    "“{a}”和“{b}”的列不完全相同，缺的按空白读：{columns}",
                    "“{a}” and “{b}” differ in columns, read as empty where missing: {columns}",
                ).format(a=first.table.place, b=item.table.place, columns=listed(sorted(odd)[:20]))
            )
    return notes
