"""An answer of the server: as it came, as rows, as a frame, as a table in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from huiyin.core.text import ZH

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

NUMBERS = ("estimate", "low", "high", "level", "n", "n_customers", "n_effective")
WORDS = ("unit", "method", "not_estimable")
COMPARED = ("against", "reference", "difference", "p", "q", "delta", "family", "call", "n_more")
COUNTS = frozenset({"n", "n_customers", "family", "n_more"})
FIGURES = frozenset(
    {"estimate", "low", "high", "level", "n_effective", "reference", "difference"}
) | {"difference_low", "difference_high", "p", "q", "delta"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """Cells of a query: one for each metric and group.

    Attributes
    ----------
    json : dict
        ``query, definition, data, cells, notes``, as ``huiyin query --json`` gives them.
    """

    json: dict[str, Any]

    @property
    def cells(self) -> list[dict[str, Any]]:
        """The cells; one that cannot be estimated has ``not_estimable`` and no ``estimate``."""
        return list(self.json["cells"])

    def rows(self) -> list[dict[str, Any]]:
        """Give one flat row for each cell: its groups, its numbers, its comparison.

        Returns
        -------
        list of dict
            What does not exist is None; `difference_low` and `difference_high` are the ends of
            the interval of the difference.
        """
        groups = list(dict.fromkeys(name for cell in self.cells for name in cell["by"]))
        return [_row(cell, groups) for cell in self.cells]

    def to_arrow(self) -> pa.Table:
        """Give the rows as an Arrow table; counts are whole numbers, names are strings."""
        import pyarrow as pa

        rows = self.rows()
        names = list(rows[0]) if rows else ["metric", "unit"]
        schema = pa.schema([(name, _kind(name, pa)) for name in names])
        return pa.Table.from_pylist(rows, schema=schema)

    def to_pandas(self) -> pd.DataFrame:
        """Give the rows as a frame."""
        import pandas as pd

        return pd.DataFrame.from_records(self.rows())

    def _repr_html_(self) -> str:
        rows = self.rows()
        if not rows:
            return "<p>—</p>"
        head = "".join(f"<th>{escape(name)}</th>" for name in rows[0])
        body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(cell: dict[str, Any], groups: list[str]) -> dict[str, Any]:
    compared = cell.get("comparison") or {}
    own = {"metric", "label", "flags", *NUMBERS, *WORDS, *COMPARED}
    row = {(f"by_{name}" if name in own else name): cell["by"].get(name) for name in groups}
    row |= {"metric": cell["metric"], "label": cell["label"].get(ZH)}
    row |= {name: cell.get(name) for name in (*NUMBERS, *WORDS)}
    row["flags"] = " ".join(cell.get("flags", ()))
    row |= {name: compared.get(name) for name in COMPARED}
    row |= {f"difference_{end}": compared.get(end) for end in ("low", "high")}
    return row


def _kind(name: str, pa: Any) -> Any:
    if name in COUNTS:
        return pa.int64()
    return pa.float64() if name in FIGURES else pa.string()


def _cells(row: dict[str, Any]) -> str:
    return "".join(f"<td>{escape('—' if one is None else str(one))}</td>" for one in row.values())
