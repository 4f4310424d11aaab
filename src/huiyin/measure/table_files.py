"""Small tables that people bring: rows of a CSV, a worksheet, or a YAML or JSON document."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

from huiyin.core.sheet_span import FarCellError, refuse_far_cells
from huiyin.core.text import Text
from huiyin.core.text_files import UnreadableTextError, read_words, shown_name
from huiyin.core.yaml_faults import yaml_fault
from huiyin.measure.contracts import QueryError

_NO_WORKBOOK = Text(
    "“{file}”不是能读的 XLSX 文件，请重新另存，或改用 CSV",
    "“{file}” is no XLSX file that can be read: save it anew, or as CSV",
)
_NO_YAML = Text(
    "“{file}”第 {line} 行第 {column} 列不是正确的 YAML：{why}",
    "“{file}”, line {line}, column {column}: not valid YAML: {why}",
)
_TOO_WIDE = Text(
    "“{file}”第 {line} 行比表头多出“{cell}”；带逗号的值请加引号",
    "“{file}”, line {line}: “{cell}” is more than the header has; quote values with a comma",
)
_NO_USE = Text("“{file}”不能用：{why}", "“{file}” cannot be used: {why}")
_TWICE = Text(
    "“{file}”第 {line} 行：“{name}”写了两次，请只留一处",
    "“{file}”, line {line}: “{name}” stands twice; keep one",
)
_NO_NAME = Text(
    "“{file}”第 {line} 行：这里应是一个词", "“{file}”, line {line}: a single word is expected here"
)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


def read_rows(path: Path) -> Any:
    """Read a table: a list of rows by name, or what a YAML document holds.

    Every value of a YAML document is the words that stand there; nothing is None.

    Raises
    ------
    QueryError
        The file is not there, cannot be read or decoded, or a line of it is wrong.
    """
    if path.suffix.lower() in {".xlsx", ".xls"} and path.is_file():
        return _sheet_rows(path)
    try:
        words = read_words(path)
    except UnreadableTextError as error:
        raise QueryError(error.sentence) from error
    if path.suffix.lower() not in {".yaml", ".yml", ".json"}:  # JSON is YAML too
        return _delimited_rows(words, path)
    return _document(words, path)


def _delimited_rows(words: str, path: Path) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(words, newline=""), restkey="", restval="")
    rows = []
    for row in reader:
        if any(cell.strip() for cell in row.get("", ())):
            facts = {"line": reader.line_num, "cell": ", ".join(row[""])}
            raise QueryError(_TOO_WIDE.format(file=shown_name(path), **facts))
        rows.append({name.strip(): cell for name, cell in row.items() if name})
    return rows


def _sheet_rows(path: Path) -> list[dict[str, str]]:
    """Read the first worksheet: names in its first row, whole numbers without a point."""
    import python_calamine

    try:
        refuse_far_cells(path, shown_name(path))
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            rows = book.get_sheet_by_index(0).to_python()
    except FarCellError as error:
        raise QueryError(error.sentence) from error
    except (OSError, zipfile.BadZipFile, python_calamine.CalamineError) as error:
        raise QueryError(_NO_WORKBOOK.format(file=shown_name(path))) from error
    words = [[_cell_word(cell) for cell in row] for row in rows]
    if not words:
        return []
    return [dict(zip(words[0], row, strict=False)) for row in words[1:] if any(row)]


def _cell_word(cell: Any) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell) if whole else cell).strip()


def _document(words: str, path: Path) -> Any:
    import yaml

    try:
        node = yaml.compose(words, Loader=yaml.BaseLoader)
        return (_plain(node, {}, path) if node is not None else None) or {}
    except (yaml.YAMLError, RecursionError) as error:
        found = yaml_fault(error, words)
        if not found.line:
            raise QueryError(_NO_USE.format(file=shown_name(path), why=found.why)) from error
        facts = {"line": found.line, "column": found.column, "why": found.why}
        raise QueryError(_NO_YAML.format(file=shown_name(path), **facts)) from error


def _plain(node: Any, known: dict[int, Any], path: Path) -> Any:
    """Give what a node holds, None where nothing stands; one that stands often is read once."""
    if node.id == "scalar":
        return None if node.value in _NOTHING else node.value
    if id(node) in known:
        return known[id(node)]
    if node.id == "sequence":
        found: Any = [_plain(item, known, path) for item in node.value]
    else:
        found = {}
        for name, value in node.value:
            if name.id != "scalar" or name.value in found:
                facts = {"line": name.start_mark.line + 1, "name": name.value}
                raise QueryError(
                    (_TWICE if name.id == "scalar" else _NO_NAME)
                    .format(file=shown_name(path), **facts)
                )  # fmt: skip
            found[name.value] = _plain(value, known, path)
    known[id(node)] = found
    return found
