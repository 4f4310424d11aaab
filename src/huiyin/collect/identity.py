"""Who is who among rows: an identity that is issued once and never computed anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from huiyin.engine.contracts import ROW_COLUMN, SOURCE_COLUMN
from huiyin.engine.functions import sha1_hex
from huiyin.engine.startup import import_ibis

_PARTED = "\x1f"
_NOTHING = "\x00"


def plan_response_ids(
    table: Any, dataset_id: str, *, source: str, native: str | None, content: Sequence[str]
) -> Any:
    """Plan the identity of every row of one import.

    A UUID of version 5 in the dataset's namespace: of the source and the row's own id where it
    has one, else of what the row says. Rows that share that are numbered in file order: two
    identical anonymous rows are two voices.

    Parameters
    ----------
    table : ibis.Table
        Typed rows with `ROW_COLUMN` and `SOURCE_COLUMN`.
    dataset_id : str
        UUID of the dataset.
    source : str
        Name of the system or file that issued the ids.
    native : str or None
        Column that holds the row's own id.
    content : sequence of str
        Columns that say what a row says, for rows without an id.

    Returns
    -------
    ibis.Column
        VARCHAR of 36 characters.

    References
    ----------
    RFC 9562, section 5.5.
    """
    ibis = import_ibis()
    said = _joined([table[name] for name in content])
    anonymous = ibis.literal("row" + _PARTED) + said
    name = anonymous
    if native is not None:
        own = table[native].cast("string")
        given = ibis.literal(f"id{_PARTED}{source}{_PARTED}") + own
        name = own.isnull().ifelse(anonymous, given)
    order = ibis.window(group_by=name, order_by=[table[SOURCE_COLUMN], table[ROW_COLUMN]])
    ordinal = ibis.row_number().over(order)
    numbered = name + (ordinal == 0).ifelse("", ibis.literal("#") + ordinal.cast("string"))
    return _uuid5(dataset_id, numbered)


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
