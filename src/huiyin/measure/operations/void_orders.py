"""Orders that came to nothing: cancelled, refunded or returned, as a column of status says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.text import Text, listed
from huiyin.measure.contracts import Query
from huiyin.measure.cubes.coded import Coded
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.cubes.picked import PickedCube, Picks, kept_picks
from huiyin.measure.row_facts import Fact, RowSet

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

VOID = (
    "取消|作废|拒收|交易关闭|全额退|已退|退款(成功|完成)|退货(成功|完成|退款)|^退款$|^退货$|^退单$|"
    "cancel|refund|returned|^void|rejected"
)
STILL_STANDS = (
    "部分|未|没|无退|无取|不|申请|待|中$|失败|拒绝|驳回|撤销|partial|not |non|pending|request|fail"
)
"""What makes an order of it after all: a part of it was paid back, nothing has been decided yet."""
LEFT_OUT = Text(
    "“{status}”写着取消、退款、退货的单不算下单；要算进来，在码本里把这一列改成“分组用的属性”",
    "Orders that “{status}” calls cancelled, refunded or returned are no orders; to count them, "
    "make it an attribute to group by in the codebook",
)


def status_columns(codebook: Codebook) -> tuple[Column, ...]:
    """Give the columns that tell what became of an order."""
    return codebook.with_role(Role.STATUS)


def void_note(columns: Sequence[Column]) -> tuple[Text, ...]:
    """Say which orders are left out, and how that is changed; nothing where no status is told."""
    if not columns:
        return ()
    return (LEFT_OUT.format(status=listed(column.name for column in columns)),)


def is_void(rows: Any, columns: Sequence[Column]) -> Any:
    """Tell whether an order came to nothing: BOOLEAN, false where no status is told.

    Parameters
    ----------
    rows : ibis.Table
    columns : sequence of Column
        Any of them is enough.

    Returns
    -------
    ibis.BooleanValue
    """
    import ibis

    found = ibis.literal(False)  # noqa: FBT003 -- a value
    for column in columns:
        word = rows[column.name].cast("string").lower()
        says = word.re_search(VOID) & ~word.re_search(STILL_STANDS)
        coded = [code for code, label in column.labels.items() if _says_void(label)]
        if coded:
            says = says | rows[column.name].cast("string").isin(coded)
        found = found | says.fill_null(False)  # noqa: FBT003 -- a value
    return found


def _says_void(label: str) -> bool:
    word = label.lower()
    return bool(re.search(VOID, word)) and not re.search(STILL_STANDS, word)


def _name(status: Sequence[Column]) -> str:
    return ":".join(["_void", *(column.name for column in status)])


def void_fact(status: Sequence[Column]) -> Fact:
    """Make the fact that `standing_orders` reads: 1 where an order came to nothing, else 0."""
    name = _name(status)

    def put(_dataset: Dataset, rows: Any) -> Any:
        return rows.mutate(**{name: is_void(rows, status).cast("float64")})

    return Fact(name, put)


def standing_orders(status: Sequence[Column]) -> RowSet:
    """Give the orders that did not come to nothing; `void_fact` goes with them."""
    name = _name(status)

    def make(_dataset: Dataset, rows: Any, _query: Query) -> Any:
        return rows.filter(rows[name] == 0)

    def said(_dataset: Dataset, _query: Query) -> Text | None:
        return None

    def pick(dataset: Dataset, cube: Cube, _query: Query) -> Cube | None:
        cube.load(dataset, [name])
        void = cube.column(dataset.coded_name(name))
        if void is None:
            return None
        picks = kept_picks(cube, name, lambda: _picks(cube, void))
        if picks is None:
            return None
        standing = cube.known(("picked", name), lambda: PickedCube(cube, picks, repeats=False))
        return standing.beside(dataset)

    return RowSet(name, make, said, pick, by_query=False)


def _picks(cube: Cube, void: Coded) -> Picks:
    rows = np.flatnonzero(void.numbers_at(slice(None)) == 0).astype(np.int64)
    return Picks(rows, tuple(cube.day_values), cube.days.codes[rows].astype(np.int64), {})
