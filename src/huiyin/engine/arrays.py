"""Arrow arrays straight from buffers: ``pyarrow.array`` would load pandas, which costs a second."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

BLANKS = " \t\r\n\u00a0\u3000\ufeff"
"""What stands around a value without being part of it."""
LOOSE_ENDS = rf"^[{BLANKS}]|[{BLANKS}]$|^$"


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


def without_blanks(texts: Any) -> Any:
    """Turn the empty words of a string array into NULL."""
    import pyarrow as pa

    if not len(texts):
        return texts
    _, ends, content = texts.buffers()
    lengths = np.diff(np.frombuffer(ends, np.int32, len(texts) + 1, 4 * texts.offset))
    known = np.pad(_known(texts) & (lengths > 0), (texts.offset, 0))
    buffers = [_bits(known), ends, content]
    return pa.Array.from_buffers(pa.string(), len(texts), buffers, offset=texts.offset)


def any_begins(texts: Any, signs: bytes) -> bool:
    """Tell whether some word of a column begins with one of the signs; empty words do not.

    Parameters
    ----------
    texts : pyarrow.StringArray, (n,)
    signs : bytes
        Of one byte each.
    """
    if not len(texts):
        return False
    _, ends, content = texts.buffers()
    places = np.frombuffer(ends, np.int32, len(texts) + 1, 4 * texts.offset)
    starts = places[:-1][np.diff(places) > 0]
    if not len(starts):
        return False
    wanted = np.zeros(256, np.bool_)
    wanted[list(signs)] = True
    return bool(wanted[np.frombuffer(content, np.uint8)[starts]].any())


def any_loose_ends(texts: Any) -> bool:
    """Tell whether blanks stand around some word of a column, or nothing else does.

    The first and last bytes are looked at all at once; only words that begin or end as a blank
    does in UTF-8 are held against the pattern.

    Parameters
    ----------
    texts : pyarrow.ChunkedArray of strings, (n,)
    """
    return any(_is_loose(chunk) for chunk in texts.chunks if len(chunk))


def _is_loose(texts: Any) -> bool:
    import pyarrow.compute as pc

    _, ends, content = texts.buffers()
    places = np.frombuffer(ends, np.int32, len(texts) + 1, 4 * texts.offset)
    lengths, known = np.diff(places), _known(texts)
    if (known & (lengths == 0)).any():
        return True
    rows = np.flatnonzero(known)
    if not len(rows):
        return False
    signs = np.frombuffer(content, np.uint8)
    suspect = _BLANK_STARTS[signs[places[:-1][rows]]] | _BLANK_ENDS[signs[places[1:][rows] - 1]]
    some = texts.take(number_array(rows[suspect]))
    return bool(pc.any(pc.match_substring_regex(some, LOOSE_ENDS)).as_py())


def _bytes_at(place: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
    table = np.zeros(256, np.bool_)
    table[[blank.encode()[place] for blank in BLANKS]] = True
    return table


_BLANK_STARTS, _BLANK_ENDS = _bytes_at(0), _bytes_at(-1)


def numbers_of(column: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Give the numbers of a column, NaN where missing (``to_numpy`` would load pandas).

    Parameters
    ----------
    column : pyarrow.Array or pyarrow.ChunkedArray of numbers or booleans, (n,)

    Returns
    -------
    (n,) array of float64
    """
    import pyarrow as pa

    whole: Any = column.cast(pa.float64())
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.combine_chunks()
    if not len(whole):
        return np.empty(0)
    numbers = np.frombuffer(whole.buffers()[1], np.float64, len(whole), 8 * whole.offset)
    return np.where(_known(whole), numbers, np.nan)


def whole_numbers_of(column: Any) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Give the whole numbers of a column without missing values, exactly.

    Parameters
    ----------
    column : pyarrow.Array or pyarrow.ChunkedArray of integers, (n,)

    Returns
    -------
    (n,) array of int64
    """
    import pyarrow as pa

    whole: Any = column.cast(pa.int64())
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.combine_chunks()
    if not len(whole):
        return np.empty(0, np.int64)
    return np.frombuffer(whole.buffers()[1], np.int64, len(whole), 8 * whole.offset)


def codes_of(column: Any) -> tuple[np.ndarray[Any, np.dtype[np.int64]], Any]:
    """Give the distinct values of a column numbers in the order they come in.

    Parameters
    ----------
    column : pyarrow.ChunkedArray of words, numbers, booleans or times, (n,)

    Returns
    -------
    (n,) array of int64
        The number of each row's value; -1 where it is missing.
    pyarrow.Array
        The distinct values, by their numbers.
    """
    import pyarrow as pa

    whole: Any = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], whole.type)
    if not len(whole):
        return np.empty(0, np.int64), whole
    encoded = whole.dictionary_encode()
    codes = encoded.indices
    numbers = np.frombuffer(codes.buffers()[1], np.int32, len(codes), 4 * codes.offset)
    return np.where(_known(codes), numbers, -1).astype(np.int64), encoded.dictionary


def _known(array: Any) -> np.ndarray[Any, np.dtype[np.bool_]]:
    known = array.buffers()[0]
    if known is None:
        return np.ones(len(array), np.bool_)
    end = array.offset + len(array)
    bits = np.unpackbits(np.frombuffer(known, np.uint8), count=end, bitorder="little")
    return bits[array.offset :].astype(np.bool_)


def _bits(known: np.ndarray[Any, Any]) -> Any:
    return _buffer(np.packbits(known, bitorder="little"))


def _buffer(content: Any) -> Any:
    import pyarrow as pa

    return pa.py_buffer(content)
