"""Reads a list of clients from Excel or CSV; columns are found by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from huiyin.collect.contracts import ReadOptions
from huiyin.collect.customers.contracts import LONGEST_TEXT, BadClientListError
from huiyin.collect.read import read
from huiyin.core.text import Text
from huiyin.engine.contracts import ROW_COLUMN, SOURCE_COLUMN

HEADS: Mapping[str, tuple[str, ...]] = {
    "key": (
        "客户单位编号", "单位编号", "企业编号", "客户单位编码", "单位编码", "编号", "编码",
        "account id", "account key", "account no", "client id", "key", "id",
    ),
    "name": (
        "客户单位", "客户单位名称", "单位名称", "企业名称", "公司名称", "公司", "名称",
        "account", "account name", "client", "client name", "company", "company name", "name",
    ),
    "tier": ("等级", "级别", "客户等级", "客户级别", "tier", "level"),
    "contract": ("合同", "合同号", "合同编号", "contract", "contract no", "contract number"),
    "contract_from": (
        "合同日期", "合同开始", "合同开始日期", "签约日期", "签约日", "起始日期",
        "contract date", "contract from", "contract start", "start date",
    ),
    "renewal_on": (
        "续约日期", "续约日", "续约", "到期日", "到期日期", "合同到期",
        "renewal", "renewal date", "renewal on", "end date",
    ),
    "owner": ("负责人", "客户经理", "owner", "account manager"),
    "contacts": (
        "联系人编号", "客户编号", "联系人", "客户", "会员号",
        "customer", "customers", "customer id", "customer ids", "contact", "contacts",
    ),
}  # fmt: skip
"""Field → the headings by which its column is found, small letters."""
MOST_CLIENTS = 20_000
_PARTS = re.compile(r"[、,，;；|\n]+")
_DAY = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T].*)?$")
_PACKED = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_NO_LIST = Text(
    "没有找到客户单位名单：要有“客户单位”或“企业名称”列，或“客户单位编号”列，且有数据行。",
    "No list of clients was found: it needs a column “client” or “account id”, and rows.",
)
_TOO_MANY = Text("一次最多导入 {n} 个客户单位。", "At most {n} clients at once.")
_NO_NAME = Text(
    "{where} 行：没有客户单位的名称或编号。", "Row {where}: neither name nor id of the client."
)
_NO_DAY = Text(
    "{where} 行：“{value}”不是日期，请写成 2026-03-01 这样。",
    "Row {where}: “{value}” is no date; write it as 2026-03-01.",
)
_TOO_LONG = Text(
    "{where} 行：“{value}…”太长，最多 {n} 个字。", "Row {where}: “{value}…” has over {n} letters."
)
_TWO = Text(
    "{where} 行和 {other} 行说的是同一个客户单位“{name}”，{field}却不一样，请改成一致。",
    "Rows {where} and {other} are the same client “{name}” but differ in {field}: make them agree.",
)
FIELD_TEXT: Mapping[str, Text] = {
    "name": Text("名称", "name"),
    "tier": Text("等级", "tier"),
    "contract": Text("合同", "contract"),
    "contract_from": Text("合同日期", "contract date"),
    "renewal_on": Text("续约日期", "renewal date"),
    "owner": Text("负责人", "owner"),
}


@dataclass(frozen=True, slots=True)
class ClientLine:
    """One client of the list, put together from its rows; None: the list says nothing about it.

    Attributes
    ----------
    where : str
        Row (with the sheet, where there are several), for messages.
    key : str or None
        The company's own number for it; where the list has none it is found by name.
    contacts : tuple of (str, str)
        Where, and what a customer is known by: number, telephone or mail.
    """

    where: str
    key: str | None
    name: str | None
    tier: str | None = None
    contract: str | None = None
    contract_from: date | None = None
    renewal_on: date | None = None
    owner: str | None = None
    contacts: tuple[tuple[str, str], ...] = ()


def read_clients(path: Path, work: Path) -> list[ClientLine]:
    """Read a list of clients; several rows of one client are its contacts.

    Parameters
    ----------
    path : Path
        Any table that can be imported.
    work : Path
        An empty work folder.

    Raises
    ------
    UnreadableFileError, NoRowsError
        The file is no table, or has no rows.
    BadClientListError
        It is no list of clients, or a row cannot be understood: the row is named.
    """
    lines: dict[str, ClientLine] = {}
    for where, said in _rows(path, work):
        line = _line(where, said)
        named = line.key or line.name or ""
        lines[named] = _merged(lines[named], line) if named in lines else line
        if len(lines) > MOST_CLIENTS:
            raise BadClientListError(_TOO_MANY.format(n=MOST_CLIENTS))
    if not lines:
        raise BadClientListError(_NO_LIST)
    return list(lines.values())


def _rows(path: Path, work: Path) -> Iterator[tuple[str, dict[str, str]]]:
    import pyarrow.parquet as pq

    staged = read([path], ReadOptions("plain", None, work))
    columns = _columns(staged.columns)
    if not {"name", "key"} & set(columns):
        raise BadClientListError(_NO_LIST)
    for file in staged.files:
        for number, row in enumerate(pq.read_table(file).to_pylist(), 1):
            source = staged.sources[row.get(SOURCE_COLUMN) or 0]
            n_line = source.first_data_row + (row.get(ROW_COLUMN) or number) - 1
            where = str(n_line) if len(staged.sources) == 1 else f"{source.sheet} {n_line}"
            said = {field: _word(row.get(name)) for field, name in columns.items()}
            if any(said.values()):
                yield where, said


def _columns(names: Sequence[str]) -> dict[str, str]:
    by_word = {_head(name): name for name in reversed(names)}
    found = {}
    for field, heads in HEADS.items():
        here = next((by_word[head] for head in heads if head in by_word), None)
        if here is not None:
            found[field] = here
    return found


def _head(name: str) -> str:
    return name.strip().lower().rstrip("*＊:：")


def _word(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _line(where: str, said: Mapping[str, str]) -> ClientLine:
    if not said.get("name") and not said.get("key"):
        raise BadClientListError(_NO_NAME.format(where=where))
    for value in said.values():
        if len(value) > LONGEST_TEXT and value != said.get("contacts"):
            shown = value[:20]
            raise BadClientListError(_TOO_LONG.format(where=where, value=shown, n=LONGEST_TEXT))
    parts = (part.strip() for part in _PARTS.split(said.get("contacts", "")))
    return ClientLine(
        where=where,
        key=said.get("key") or None,
        name=said.get("name") or None,
        tier=said.get("tier") or None,
        contract=said.get("contract") or None,
        contract_from=_day(said.get("contract_from", ""), where),
        renewal_on=_day(said.get("renewal_on", ""), where),
        owner=said.get("owner") or None,
        contacts=tuple((where, part) for part in parts if part),
    )


def _day(words: str, where: str) -> date | None:
    if not words:
        return None
    found = _DAY.match(words) or _PACKED.match(words)
    try:
        return date(*(int(part) for part in found.groups())) if found else _no_day(words, where)
    except ValueError:
        return _no_day(words, where)


def _no_day(words: str, where: str) -> date:
    raise BadClientListError(_NO_DAY.format(where=where, value=words[:40]))


def _merged(first: ClientLine, other: ClientLine) -> ClientLine:
    """Put two rows of one client together; what both say must be the same."""
    facts: dict[str, Any] = {}
    for field, text in FIELD_TEXT.items():
        one, two = getattr(first, field), getattr(other, field)
        if one is not None and two is not None and one != two:
            raise BadClientListError(
                _TWO.format(
                    where=other.where,
                    other=first.where,
                    name=first.name or first.key or "",
                    field=text,
                )
            )
        facts[field] = one if one is not None else two
    contacts = (*first.contacts, *other.contacts)
    return ClientLine(where=first.where, key=first.key, contacts=contacts, **facts)
