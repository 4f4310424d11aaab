"""The first rows of an import, to look at while its columns are understood."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from huiyin.codebook.contracts import Codebook, Role
from huiyin.core.masking import mask_contacts

HIDDEN = "••••"
_OWN = "_"


def preview_rows(files: Sequence[Path], codebook: Codebook, most: int) -> dict[str, Any]:
    """Read the first staged rows.

    Parameters
    ----------
    files : sequence of Path
        Staged rows, opened; there may be none yet.
    codebook : Codebook
        Columns with contact data are hidden, contact data elsewhere is masked.
    most : int

    Returns
    -------
    dict
        ``columns`` and ``rows`` of words, None where empty.
    """
    import pyarrow.parquet as pq

    if not files:
        return {"columns": [], "rows": []}
    batch = next(pq.ParquetFile(files[0]).iter_batches(batch_size=most), None)
    names = [name for name in pq.read_schema(files[0]).names if not name.startswith(_OWN)]
    if batch is None:
        return {"columns": names, "rows": []}
    hidden = {column.name for column in codebook if column.role is Role.CONTACT}
    columns = [_words(batch.column(name), hidden=name in hidden) for name in names]
    return {"columns": names, "rows": [list(row) for row in zip(*columns, strict=True)]}


def _words(column: Any, *, hidden: bool) -> list[str | None]:
    values = column.to_pylist()
    if hidden:
        return [None if value is None else HIDDEN for value in values]
    return [None if value is None else mask_contacts(str(value)) for value in values]
