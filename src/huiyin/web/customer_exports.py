"""A customer's own data to take along: one JSON document, and tables that a spreadsheet opens."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from huiyin.web.lists import csv_bytes

if TYPE_CHECKING:
    from huiyin.collect.customers.reading import Field
    from huiyin.web.customer_views import Part

_HEADS = ("field", "value", "purpose", "consent", "consent_at", "collected_at")


def own_data(
    customer_id: str,
    fields: Sequence[Field],
    found: Sequence[tuple[Part, list[dict[str, Any]]]],
    now: datetime,
) -> bytes:
    """Give a ZIP of ``data.json``, ``fields.csv`` and one CSV for each dataset.

    Parameters
    ----------
    customer_id : str
    fields : sequence of Field
    found : sequence of (Part, list of row)
    now : datetime
    """
    kept: list[dict[str, Any]] = [dict(zip(_HEADS, _field(one), strict=True)) for one in fields]
    datasets: list[dict[str, Any]] = [
        {"name": part.dataset.name, "rows": _said(rows)} for part, rows in found
    ]
    document = {"customer": customer_id, "made_at": now, "fields": kept, "datasets": datasets}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        words = json.dumps(document, ensure_ascii=False, indent=1, default=str)
        pack.writestr("data.json", words)
        pack.writestr("fields.csv", csv_bytes(_HEADS, [list(one.values()) for one in kept]))
        for number, one in enumerate(datasets, 1):
            heads = list(one["rows"][0])
            rows = [list(row.values()) for row in one["rows"]]
            pack.writestr(f"answers-{number}.csv", csv_bytes(heads, rows))
    return out.getvalue()


def _field(one: Field) -> tuple[Any, ...]:
    return (one.name, one.value, one.purpose, one.consent, one.consent_at, one.collected_at)


def _said(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    hidden = {"_row", "_source", "_flags", "_import_id", "_month"}
    return [{k: v for k, v in row.items() if k not in hidden} for row in rows]
