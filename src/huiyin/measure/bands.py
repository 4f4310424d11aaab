"""Groups by satisfaction band: ``band:COLUMN`` in a question, a column made beside the data's own.

The groups of a rating are read as ``1–2 不满意``, ``3 一般``, ``4–5 满意``: first the levels, so
that they stand in order wherever they are listed, then whom they mean in the dataset's language.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING, Any

from huiyin.codebook.bands import BAND, Stretch, stretches
from huiyin.codebook.contracts import RATING_ROLES, Codebook, Column
from huiyin.codebook.cuts import Cuts
from huiyin.core.text import EN, Text
from huiyin.measure.contracts import Filter, Query, QueryError
from huiyin.measure.named_columns import named_column
from huiyin.measure.row_facts import Fact

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

_COMPARED = {"<=": le, ">=": ge, "<": lt, ">": gt}
NO_BANDS = Text(
    "“{c}”不是评分，分不出满意、一般、不满意；请换一列评分",
    "“{c}” is no rating: it has no satisfied, neutral and dissatisfied; take a rating",
)
NO_SUCH_BAND = Text("“{c}”没有“{v}”这一档。有：{k}", "“{c}” has no band “{v}”. There are: {k}")
BY_BAND = Text("{c}（分档）", "{c} (bands)")


def rated_column(codebook: Codebook, name: str) -> Column | None:
    """Give the rating that ``band:NAME`` is cut from; None for the name of a plain column.

    Raises
    ------
    QueryError
        There is no such column, or it is no rating.
    """
    if not name.startswith(BAND) or name in codebook:
        return None
    column = named_column(codebook, name.removeprefix(BAND))
    if column.role not in RATING_ROLES or not stretches(column):
        raise QueryError(NO_BANDS.format(c=column.name))
    return column


def band_value(one: Stretch, codebook: Codebook) -> str:
    """Write a band as a group: ``4–5 满意``."""
    return f"{one.words} {one.label.say(codebook.language or EN)}"


def band_names(codebook: Codebook) -> dict[str, Text]:
    """Give what people call the bands of every rating."""
    ratings = codebook.with_role(*RATING_ROLES)
    return {f"{BAND}{c.name}": BY_BAND.format(c=c.label) for c in ratings if stretches(c)}


def band_facts(codebook: Codebook, query: Query, cuts: Cuts) -> tuple[Fact, ...]:
    """Give the columns of bands that a question names in its groups, filters or comparison.

    Raises
    ------
    QueryError
        As `rated_column`.
    """
    named: Iterable[str] = (*query.by, *(one.column for one in query.where))
    if query.compare and query.compare.column:
        named = (*named, query.compare.column)
    found = (rated_column(codebook, name) for name in dict.fromkeys(named))
    return tuple(_fact(column, codebook, cuts) for column in found if column is not None)


def _fact(column: Column, codebook: Codebook, cuts: Cuts) -> Fact:
    found = stretches(column, cuts)
    name = f"{BAND}{column.name}"

    def put(_dataset: Dataset, rows: Any) -> Any:
        import ibis

        code = rows[column.name].cast("float64")
        cases = [(_inside(code, one), band_value(one, codebook)) for one in found]
        return rows.mutate(**{name: ibis.cases(*cases)})

    return Fact(f"{name}:{'/'.join(one.words for one in found)}", put)


def _inside(code: Any, one: Stretch) -> Any:
    first, *others = (_COMPARED[operator](code, bound) for operator, bound in one.bounds)
    for other in others:
        first = first & other
    return first


def as_levels(codebook: Codebook, one: Filter, cuts: Cuts) -> tuple[Filter, ...]:
    """Say a condition on one band as conditions on the rating's levels.

    Parameters
    ----------
    codebook : Codebook
    one : Filter
        Any; those on plain columns are given back as they are.
    cuts : Cuts

    Raises
    ------
    QueryError
        There is no such band, or several are asked for at once.
    """
    column = rated_column(codebook, one.column)
    if column is None:
        return (one,)
    by_value = {band_value(s, codebook): s for s in stretches(column, cuts)}
    value = one.values[0] if len(one.values) == 1 and one.operator == "=" else ""
    if value not in by_value:
        said = {"c": one.column, "v": "|".join(one.values), "k": "、".join(by_value)}
        raise QueryError(NO_SUCH_BAND.format(**said))
    bounds = by_value[value].bounds
    return tuple(Filter(column.name, operator, (f"{bound:g}",)) for operator, bound in bounds)
