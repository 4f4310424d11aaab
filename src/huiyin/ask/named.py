"""What a question names: rows, groups, and what is left open or is not there."""

from __future__ import annotations

from dataclasses import dataclass, field

from huiyin.ask.contracts import Why, sorted_conditions
from huiyin.measure.contracts import Filter


@dataclass(slots=True)
class Named:
    """What stands in the question about rows and groups.

    `values` are the conditions in the order of the words; `open_value` a value of several
    columns, `open_column` a word for several, `missing` what there is not.
    """

    values: list[tuple[int, Filter]] = field(default_factory=list)
    by: list[str] = field(default_factory=list)
    marked: bool = False
    ranged: set[str] = field(default_factory=set)
    told: list[str] = field(default_factory=list)
    open_value: tuple[str, tuple[str, ...]] | None = None
    open_column: tuple[str, tuple[str, ...]] | None = None
    missing: tuple[Why, str] | None = None
    rates: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def where(self, *, beside_rest: bool = False) -> tuple[Filter, ...]:
        """Give the conditions: several values of a column mean any of them.

        What is left out says nothing of values that are asked for, but `beside_rest` it does.
        """
        merged: dict[tuple[str, str], list[str]] = {}
        for _, one in self.values:
            known = merged.setdefault((one.column, one.operator), [])
            known += [value for value in one.values if value not in known]
        wanted = {column for column, operator in merged if operator == "="}
        return sorted_conditions(
            tuple(
                Filter(column, op, tuple(values))
                for (column, op), values in merged.items()
                if op == "=" or beside_rest or column not in wanted  # 不要华南,看华中
            )
        )
