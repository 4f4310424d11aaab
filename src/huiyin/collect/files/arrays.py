"""Arrow arrays straight from buffers: ``pyarrow.array`` would load pandas, which costs a second."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np


def text_array(cells: Iterable[str | None]) -> Any:
    """Build a string array; empty and missing cells are NULL.

    Parameters
    ----------
    cells : iterable of str or None

    Returns
    -------
    pyarrow.StringArray
    """
    import pyarrow as pa

    encoded = [cell.encode("utf-8", "replace") if cell else b"" for cell in cells]
    lengths = np.fromiter(map(len, encoded), np.int64, len(encoded))
    offsets = np.zeros(len(encoded) + 1, np.int32)
    np.cumsum(lengths, out=offsets[1:])
    buffers = [_bits(lengths > 0), _buffer(offsets), _buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(encoded), buffers)


def number_array(values: np.ndarray[Any, Any], missing: np.ndarray[Any, Any] | None = None) -> Any:
    """Build an array of numbers of the same width as `values`; NULL where `missing`."""
    import pyarrow as pa

    known = None if missing is None else _bits(~missing)
    content = _buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [known, content])


def _bits(known: np.ndarray[Any, Any]) -> Any:
    return _buffer(np.packbits(known, bitorder="little"))


def _buffer(content: Any) -> Any:
    import pyarrow as pa

    return pa.py_buffer(content)
