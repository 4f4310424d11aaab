"""Who is who among rows: an identity that is issued once and never computed anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from huiyin.engine.contracts import MARK_COLUMNS, ROW_COLUMN, SOURCE_COLUMN, SYSTEM_COLUMNS
from huiyin.engine.functions import sha1_hex
from huiyin.engine.startup import import_ibis

if TYPE_CHECKING:
    from huiyin.engine.duck import Engine

_PLACE = (SOURCE_COLUMN, ROW_COLUMN)
_PARTED = "\x1f"
_NOTHING = "\x00"
_POINTED = ".0"
_WHOLE = r"^(0|[1-9][0-9]*)(\.0)?$"


RESPONSE_COLUMN = "_response_id"
"""VARCHAR of 36 characters, the identity of a response."""
IMPORT_COLUMN = "_import_id"
"""VARCHAR, the import that a row came with."""
FIRST_COLUMN = "_first_id"
"""VARCHAR, on a row whose own id stands in the import before: the identity of the first of them."""


def identified(
    engine: Engine, table: Any, dataset_id: str, *, source: str, native: str | None
) -> Any:
    """Plan the rows of one import with the identity of each.

    A UUID of version 5 in the dataset's namespace: of the source and the row's own id where it
    has one, else of what the row says. Rows that share that are numbered in file order: two
    identical anonymous rows are two voices. Whether there are any is looked at first; mostly
    there are none.

    Where all ids are whole numbers, ``1.0`` is the id ``1``: programs that know no blank whole
    number write it so. ``1.0`` beside ``1.10`` or ``01`` stays as it is written.

    Parameters
    ----------
    engine : Engine
    table : ibis.Table
        Typed rows with `ROW_COLUMN` and `SOURCE_COLUMN`.
    dataset_id : str
        UUID of the dataset.
    source : str
        Name of the system or file that issued the ids.
    native : str or None
        Column that holds the row's own id.

    Returns
    -------
    ibis.Table
        The same rows with `RESPONSE_COLUMN`; with `FIRST_COLUMN` too where an id stands on
        several rows.

    References
    ----------
    RFC 9562, section 5.5.
    """
    ibis = import_ibis()
    whole = native is not None and _has_pointed_wholes(engine, table[native].cast("string"))
    hashes = table.select(hash=_name(table, source, native, whole=whole).hash())
    counted = hashes.group_by("hash").agg(n=hashes.count())
    several = engine.run(counted.filter(counted.n > 1).select("hash"))
    number = ibis.literal("")
    rows, first = table, {}
    if several.num_rows:
        named = table.select(*_PLACE, name=_name(table, source, native, whole=whole))
        named = named.mutate(hash=named.name.hash())
        again = _repeats(named.semi_join(engine.from_arrow(several), "hash"))
        met = [table[SOURCE_COLUMN] == again.again_source, table[ROW_COLUMN] == again.again_row]
        rows = table.left_join(again, met)
        number = rows.ordinal.isnull().ifelse("", ibis.literal("#") + rows.ordinal.cast("string"))
    name = _name(rows, source, native, table.columns, whole=whole)
    if native is not None and several.num_rows:
        is_later = rows.ordinal.notnull() & rows[native].notnull()
        first[FIRST_COLUMN] = is_later.ifelse(_uuid5(dataset_id, name), ibis.null("string"))
    return rows.select(
        *table.columns, **{RESPONSE_COLUMN: _uuid5(dataset_id, name + number)}, **first
    )


def response_id(dataset_id: str, source: str, native: str) -> str:
    """Give the identity of one row that has an id of its own, as `identified` plans it."""
    return str(uuid5(UUID(dataset_id), f"id{_PARTED}{source}{_PARTED}{native}"))


def _has_pointed_wholes(engine: Engine, words: Any) -> bool:
    """Tell whether all ids are whole numbers, some of them written as ``1.0``."""
    pointed = engine.run(words.endswith(_POINTED).any().name("is_so").as_table())
    if not pointed.column(0)[0].as_py():
        return False
    whole = engine.run(words.re_search(_WHOLE).all().name("is_so").as_table())
    return bool(whole.column(0)[0].as_py())


def _name(
    table: Any, source: str, native: str | None, columns: Sequence[str] = (), *, whole: bool = False
) -> Any:
    """Plan what an identity is made of: the row's own id, else what the row says."""
    ibis = import_ibis()
    content = [c for c in columns or table.columns if c not in (*SYSTEM_COLUMNS, *MARK_COLUMNS)]
    anonymous = ibis.literal("row" + _PARTED) + _joined([table[name] for name in content])
    if native is None:
        return anonymous
    own = table[native].cast("string")
    if whole:
        own = own.endswith(_POINTED).ifelse(own.substr(0, own.length() - len(_POINTED)), own)
    given = ibis.literal(f"id{_PARTED}{source}{_PARTED}") + own
    return own.isnull().ifelse(anonymous, given)


def _repeats(named: Any) -> Any:
    """Plan the number of each row among those of its name, in file order, without the first."""
    ibis = import_ibis()
    order = ibis.window(group_by=named.name, order_by=[named[column] for column in _PLACE])
    numbered = named.mutate(ordinal=ibis.row_number().over(order))
    later = numbered.filter(numbered.ordinal > 0)
    return later.select(again_source=SOURCE_COLUMN, again_row=ROW_COLUMN, ordinal="ordinal")


def _joined(columns: Sequence[Any]) -> Any:
    ibis = import_ibis()
    words = [c.cast("string").fill_null(_NOTHING) for c in columns]
    return ibis.literal(_PARTED).join(words) if words else ibis.literal("")


def _uuid5(namespace: str, name: Any) -> Any:
    digest = sha1_hex(namespace, name)
    variant = digest.substr(16, 1).translate("0123456789abcdef", "89ab89ab89ab89ab")
    parts = (digest.substr(0, 8), digest.substr(8, 4), digest.substr(13, 3), digest.substr(17, 3))
    first, second, third, fourth = parts
    return (
        first + "-" + second + "-5" + third + "-" + variant + fourth + "-" + digest.substr(20, 12)
    )
