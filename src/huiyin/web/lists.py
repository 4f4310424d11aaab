"""Lists: one shape for all, and the same rows as CSV or XLSX for those who take them along."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Query
from fastapi.responses import Response

from huiyin.core.errors import BadInputError
from huiyin.core.text import LANGUAGES, Text, language_tag

MOST_ROWS = 500
EXPORT_ROWS = 100_000
_CUT = Text(
    "共 {n} 行，一个文件最多 {most} 行。请先筛选再导出，或用 limit 和 cursor 分几次取。",
    "There are {n} rows, a file takes {most} at most. Narrow the list first, or take it in parts "
    "by limit and cursor.",
)
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Limit = Annotated[int, Query(ge=1, le=MOST_ROWS)]
Search = Annotated[str, Query(max_length=200)]
Cursor = Annotated[str | None, Query(max_length=300)]
Format = Annotated[Literal["json", "csv", "xlsx"], Query()]
Lang = Annotated[Literal["zh", "en"], Query()]
"""In which language the heads of a file are."""
NO_HEADS: Mapping[str, Text] = {}


def listed(
    items: Sequence[Mapping[str, Any]], total: int | None = None, next_cursor: str | None = None
) -> dict[str, Any]:
    """Give the body of a list."""
    return {
        "items": list(items),
        "total": len(items) if total is None else total,
        "next": next_cursor,
    }


class CutFileError(BadInputError):
    """A list is longer than a file may be: a file that silently lacks rows is not given."""

    def __init__(self, total: int) -> None:
        super().__init__(_CUT.format(n=total, most=EXPORT_ROWS))


def refuse_cut(n_rows: int, total: int) -> None:
    """Refuse to give a file that would hold a part of a list only.

    Raises
    ------
    CutFileError
        `n_rows` are fewer than `total`.
    """
    if n_rows < total:
        raise CutFileError(total)


def exported(
    items: Sequence[Mapping[str, Any]],
    form: str,
    name: str,
    heads: Mapping[str, Text] = NO_HEADS,
    lang: str = "zh",
) -> Response:
    """Give the rows of a list as a file that a spreadsheet opens; no cell becomes a formula.

    Parameters
    ----------
    items : sequence of mapping
        Rows with the same keys.
    form : str
        ``csv`` or ``xlsx``.
    name : str
        Of the file, without its ending.
    heads : mapping of str to Text, optional
        What a column is called for people, by its name; one that is not here keeps its name.
    lang : str
        ``zh`` or ``en``.
    """
    names = list(items[0]) if items else list(heads)
    rows = [[_plain(item.get(one)) for one in names] for item in items]
    said = [heads[one].say(language_tag(lang)) if one in heads else one for one in names]
    body = csv_bytes(said, rows) if form == "csv" else _xlsx(said, rows)
    return file_response(body, form, name)


def file_response(body: bytes, form: str, name: str) -> Response:
    """Give a file for saving; see `exported`."""
    kind = "text/csv; charset=utf-8" if form == "csv" else _XLSX
    disposition = f'attachment; filename="{name}.{form}"'
    return Response(body, media_type=kind, headers={"content-disposition": disposition})


def listed_as(
    form: str, items: Sequence[Mapping[str, Any]], name: str
) -> dict[str, Any] | Response:
    """Give a whole list as JSON, or as a file with its rows laid out flat."""
    return listed(items) if form == "json" else exported_rows(form, items, name)


def exported_rows(form: str, items: Sequence[Mapping[str, Any]], name: str) -> Response:
    """Give a list as a file with its rows laid out flat; see `exported`."""
    return exported(_squared([flat(item) for item in items]), form, name)


def _squared(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give every row the columns that any of them has, in the order of their coming."""
    heads = list(dict.fromkeys(head for row in rows for head in row))
    return [{head: row.get(head) for head in heads} for row in rows]


def flat(item: Mapping[str, Any]) -> dict[str, Any]:
    """Lay a row with texts and groups out flat: ``label`` → ``label.zh-CN``, ``label.en``.

    A part with parts of its own gets a column for each: ``version`` → ``version.rows``.

    Examples
    --------
    >>> flat({"id": "nps", "label": {"zh-CN": "NPS", "en": "NPS"}, "by": {"地区": "华东"}})
    {'id': 'nps', 'label.zh-CN': 'NPS', 'label.en': 'NPS', 'by': '地区=华东'}
    """
    row: dict[str, Any] = {}
    for name, value in item.items():
        if isinstance(value, Mapping) and set(value) == set(LANGUAGES):
            row |= {f"{name}.{tag}": value[tag] for tag in LANGUAGES}
        elif isinstance(value, Mapping) and any(
            isinstance(part, (Mapping, list)) for part in value.values()
        ):
            row |= {f"{name}.{key}": part for key, part in flat(value).items()}
        elif isinstance(value, Mapping):
            row[name] = ", ".join(f"{key}={part}" for key, part in value.items())
        elif isinstance(value, list):
            row[name] = ", ".join(_said(part) for part in value)
        else:
            row[name] = value
    return row


def _said(part: Any) -> str:
    if not isinstance(part, Mapping):
        return str(part)
    return str(part["words"]) if "words" in part else " ".join(f"{k}={v}" for k, v in part.items())


def harmless(cell: str) -> str:
    """Keep a spreadsheet from taking text for a formula.

    Examples
    --------
    >>> harmless("=1+1"), harmless("满意")
    ("'=1+1", '满意')
    """
    return f"'{cell}" if cell.startswith(_RISKY) else cell


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (int, float)):
        return value
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return value if isinstance(value, str) else str(value)


def csv_bytes(heads: Iterable[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Write a table as CSV that a spreadsheet opens as UTF-8; no cell becomes a formula.

    Parameters
    ----------
    heads : iterable of str
    rows : iterable of sequence
        Numbers stay numbers, None is an empty cell, all else is written as text.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(head) for head in heads])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def _csv_cell(cell: Any) -> Any:
    return cell if cell is None or isinstance(cell, (int, float)) else harmless(str(cell))


def _xlsx(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for n_row, row in enumerate([list(heads), *rows]):
            for n_column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(n_row, n_column, cell[:32_000])
                else:
                    sheet.write(n_row, n_column, cell)
    return out.getvalue()
