"""How each respondent rates us beside a competitor: whose column that is, and their own gap.

``gap:COLUMN`` in a condition is what one respondent gave us less what they gave the competitor, in
steps of the scale: below 0 they rate us worse. Who did not rate both has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import RATING_ROLES, Codebook, Column, Role
from huiyin.codebook.rivals import GAP, is_same_scale, rivals_named
from huiyin.core.text import Text
from huiyin.measure.contracts import Filter, QueryError
from huiyin.measure.named_columns import named_column

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

NO_RIVAL = Text(
    "“{c}”没有问过竞品的同一题；有的话写成 competitor:列名",
    "There is no question about a competitor like “{c}”; if there is one, write competitor:COLUMN",
)
_SEVERAL = Text(
    "“{c}”有好几列问竞品，请写成 competitor:列名，可用：{names}",
    "Several columns ask “{c}” of a competitor; write competitor:COLUMN with one of {names}",
)
_OTHER_SCALE = Text(
    "“{c}”和“{r}”不是同一种量表，不能逐人相减",
    "“{c}” and “{r}” are not on the same scale and are not subtracted pair by pair",
)


def rival_of(codebook: Codebook, own: Column, named: str | None = None) -> Column:
    """Find the column that asks of a competitor what a column asks of us.

    Parameters
    ----------
    codebook : Codebook
    own : Column
        A rating.
    named : str, optional
        The column that was named for it, or the block of questions about one competitor.

    Returns
    -------
    Column
        On the same scale.

    Raises
    ------
    QueryError
        There is none, several fit, or it is on another scale.
    """
    found = rivals_named(codebook, own, named)
    if not found:
        raise QueryError(NO_RIVAL.format(c=own.name))
    if len(found) > 1:
        names = "、".join(column.name for column in found)
        raise QueryError(_SEVERAL.format(c=own.name, names=names))
    (rival,) = found
    if rival.role not in RATING_ROLES | {Role.META} or not is_same_scale(own, rival):
        raise QueryError(_OTHER_SCALE.format(c=own.name, r=rival.name))
    return rival


def gap_sides(codebook: Codebook, name: str) -> tuple[Column, Column] | None:
    """Give our column and the competitor's of ``gap:COLUMN`` or ``gap:COLUMN:THEIRS``.

    None for the name of a plain column.

    Raises
    ------
    QueryError
        There is no such column, or nothing asks the same of one competitor.
    """
    if not name.startswith(GAP) or name in codebook:
        return None
    said = name.removeprefix(GAP)
    if said in codebook or ":" not in said:
        own = named_column(codebook, said)
        return own, rival_of(codebook, own)
    places = [at for at, letter in enumerate(said) if letter == ":" and said[:at] in codebook]
    at = places[-1] if places else said.index(":")
    own = named_column(codebook, said[:at])
    return own, rival_of(codebook, own, said[at + 1 :])


def is_gap(codebook: Codebook, name: str) -> bool:
    """Tell whether a condition on `name` is one on the gap to a competitor."""
    return name.startswith(GAP) and name not in codebook


def rated_both(one: Filter) -> Filter:
    """Give the condition that somebody has the gap at all which another condition is on."""
    return Filter(one.column, ">=", ("-inf",))


def gap_of(dataset: Dataset, rows: Any, own: Column, rival: Column) -> Any:
    """Plan each row's own gap: above 0 we are rated better; NULL where not both are rated."""
    mine, theirs = (codes_of(dataset, rows, column) for column in (own, rival))
    direction = own.scale.direction if own.scale else 1
    return (mine - theirs) * float(direction)


def codes_of(dataset: Dataset, rows: Any, column: Column) -> Any:
    """Plan the codes of a rating as numbers, also of one kept as words; NULL off its scale."""
    import ibis

    found = rows[dataset.column_name(column.name)]
    number = found if found.type().is_numeric() else found.try_cast("float64")
    number = number.cast("float64")
    low, high = (column.scale.minimum, column.scale.maximum) if column.scale else (0.0, 0.0)
    return ibis.ifelse(number.between(low, high), number, None)
