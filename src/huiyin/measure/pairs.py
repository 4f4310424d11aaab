"""Pairs: how one respondent counts for us beside how they count for a competitor."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import RATING_ROLES, Codebook, Column
from huiyin.codebook.rivals import rivals_of
from huiyin.measure.contracts import Query, QueryError
from huiyin.measure.metric import Form, MetricRules, Value
from huiyin.measure.rivals import codes_of
from huiyin.measure.row_facts import Fact
from huiyin.measure.row_values import number_of

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

OFTEN_PAIRED = ("score", "satisfied", "nps")
"""Metrics of a rating that boards and people set beside a competitor."""


@dataclass(frozen=True, slots=True)
class Pair:
    """How one row counts for us, and the column that asks the same of the competitor.

    Attributes
    ----------
    value : Value
    rival : Column
    """

    value: Value
    rival: Column

    @property
    def name(self) -> str:
        """Name the column of each row's difference; that of the competitor begins so."""
        value = self.value
        return f"_pair:{value.column}:{self.rival.name}:{value.form}:{value.high}:{value.points}"

    @property
    def gap(self) -> Value:
        """Count the difference."""
        return Value(self.name, Form.NUMBER, origin=0.0, factor=self.value.factor)

    @property
    def theirs(self) -> Value:
        """Count the competitor's number, where both are rated."""
        return _plain(self.value, f"{self.name}:theirs")


def pair_fact(name: str, pairs: tuple[Pair, ...]) -> Fact:
    """Make the columns of pairs: each row's difference, and the competitor's own number.

    Both are NULL where not both are rated.

    Parameters
    ----------
    name : str
        Of the fact.
    pairs : tuple of Pair
    """

    def put(dataset: Dataset, rows: Any) -> Any:
        import ibis

        codes = {pair.theirs.column: codes_of(dataset, rows, pair.rival) for pair in pairs}
        rated = rows.mutate(**codes)
        made = {}
        for pair in pairs:
            mine = number_of(rated, pair.value)
            other = number_of(rated, replace(pair.value, column=pair.theirs.column))
            both = mine.notnull() & other.notnull()
            made[pair.name] = ibis.ifelse(both, mine - other, None)
            whole = other + (pair.value.origin or 0.0)
            made[pair.theirs.column] = ibis.ifelse(both, whole, None)
        return rated.mutate(**made)

    return Fact(name, put)


def _plain(value: Value, column: str) -> Value:
    """Give the value of a column that holds what `number_of` gave: centred where that was."""
    origin = (value.origin or 0.0) if value.form is Form.NUMBER else 0.0
    return Value(column, Form.NUMBER, origin=origin, factor=value.factor, shift=value.shift)


def often_paired(codebook: Codebook, rules: MetricRules) -> list[Fact]:
    """List the facts of the pairs that people ask for: of every rating that a competitor has too.

    Parameters
    ----------
    codebook : Codebook
    rules : MetricRules
    """
    from huiyin.measure.catalogue import find_metric

    found: dict[str, Fact] = {}
    for own in codebook.with_role(*RATING_ROLES):
        for rival in rivals_of(codebook, own):
            for metric in OFTEN_PAIRED:
                with suppress(QueryError):  # the metric is not defined on this scale
                    asked = find_metric(f"{metric}:{own.name}", codebook, Query(()), rules)
                    pairs = [Pair(value, rival) for value in asked.reading.values]
                    found |= {pair.name: pair_fact(pair.name, (pair,)) for pair in pairs}
    return list(found.values())
