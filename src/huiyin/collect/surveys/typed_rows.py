"""Answers as typed rows, read one by one: what a column means is said, nothing is looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import NEVER_EMPTY_ROLES, Codebook, Column, Role
from huiyin.codebook.files import parse_codebook
from huiyin.collect.customers.contracts import CUSTOMER_COLUMN
from huiyin.collect.identity import IMPORT_COLUMN, RESPONSE_COLUMN, response_id
from huiyin.collect.surveys.columns import PROFILE
from huiyin.core.masking import mask_contacts
from huiyin.engine.cells import NotByItselfError, Read, cell_reader, cell_type
from huiyin.engine.contracts import ANSWERED_ON_COLUMN, FLAGS_COLUMN, ROW_COLUMN, SOURCE_COLUMN

if TYPE_CHECKING:
    import pyarrow as pa

_NAMES_SOMEBODY = frozenset({Role.CUSTOMER, Role.CONTACT, Role.ACCOUNT})
_CODEBOOKS_HELD = 200


class NotPlainError(Exception):
    """Rows that must be read with their whole dataset, as every import is."""


@dataclass(frozen=True)
class Meaning:
    """What the columns of a questionnaire mean, and how each value is read."""

    book: Codebook
    readers: Mapping[str, tuple[Column, Read | None]]

    def column(self, name: str, cells: Sequence[str | None]) -> list[Any] | None:
        """Read a column; None where it is left out.

        Raises
        ------
        NotPlainError
            It is unknown, names somebody, or is not read value by value.
        """
        column, read = self.readers.get(name, (None, None))
        if column is None:
            raise NotPlainError(name)
        if column.role is Role.IGNORE:
            return None
        if read is None or column.role in _NAMES_SOMEBODY:
            raise NotPlainError(name)
        try:
            found = [None if one is None else read(one) for one in cells]
        except NotByItselfError as fault:
            raise NotPlainError(name) from fault
        if column.role is Role.TEXT:
            return [one and mask_contacts(str(one)) for one in found]
        return found

    def kind(self, name: str) -> pa.DataType:
        """Give the type of a column that `column` reads."""
        return cell_type(self.readers[name][0])


@lru_cache(maxsize=_CODEBOOKS_HELD)
def meaning_of(text: str, name: str, zone: str) -> Meaning:
    """Read a codebook as it is kept; the same one again is there at once."""
    book = parse_codebook(text, name)
    return Meaning(book, {one.name: (one, cell_reader(one, zone)) for one in book})


def typed_rows(
    meaning: Meaning,
    payloads: Sequence[Mapping[str, Any]],
    *,
    dataset_id: str,
    import_id: str,
    source: int,
    whole: bool = False,
) -> pa.Table:
    """Type the rows of one import as the lake keeps them; no flag is set.

    Parameters
    ----------
    meaning : Meaning
    payloads : sequence of mapping
        As they were kept: column → words.
    dataset_id, import_id : str
    source : int
        Index among the sources of the version that they join.
    whole : bool
        Also the columns that no row has a value in: the rows are the first of their dataset.

    Returns
    -------
    pyarrow.Table
        A column for each that some row has, and the system's own; typed as the lake keeps them.

    Raises
    ------
    NotPlainError
        They must be read with the whole dataset.
    """
    import pyarrow as pa

    names = dict.fromkeys(name for payload in payloads for name in payload)
    if whole:
        names |= dict.fromkeys(c.name for c in meaning.book if c.role not in NEVER_EMPTY_ROLES)
    read = {name: meaning.column(name, [_cell(one, name) for one in payloads]) for name in names}
    columns = {name: cells for name, cells in read.items() if cells is not None}
    own, moments = (_first(meaning.book, role, columns) for role in (Role.ID, Role.TIME))
    if None in own:
        raise NotPlainError(RESPONSE_COLUMN)
    n = len(payloads)
    nobody = {CUSTOMER_COLUMN: pa.nulls(n, pa.string())} if whole else {}
    days = [moment and moment.date() for moment in moments]
    ids = [response_id(dataset_id, PROFILE, one) for one in own]
    return pa.table(
        {name: pa.array(cells, meaning.kind(name)) for name, cells in columns.items()}
        | nobody
        | {
            ROW_COLUMN: pa.array(range(1, n + 1), pa.int64()),
            SOURCE_COLUMN: pa.array([source] * n, pa.int32()),
            FLAGS_COLUMN: pa.array([0] * n, pa.int64()),
            ANSWERED_ON_COLUMN: pa.array(days, pa.date32()),
            RESPONSE_COLUMN: pa.array(ids, pa.string()),
            IMPORT_COLUMN: pa.array([import_id] * n, pa.string()),
        }
    )


def _cell(payload: Mapping[str, Any], name: str) -> str | None:
    value = payload.get(name)
    if value is not None and not isinstance(value, str):
        raise NotPlainError(name)
    return value or None


def _first(book: Codebook, role: Role, columns: Mapping[str, list[Any]]) -> list[Any]:
    column = book.first(role)
    if column is None or column.name not in columns:
        raise NotPlainError(role)
    return columns[column.name]
