"""Small text files that people write by hand: codebooks, margins, benchmarks."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text

_ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order: the second is what Chinese Windows saves."""
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]")

_MISSING = Text(
    "没有文件“{file}”，请核对文件名和路径。",
    "There is no file “{file}”: check its name and folder.",
)
_A_FOLDER = Text(
    "“{file}”是文件夹，不是文件。请写上文件名。",
    "“{file}” is a folder, not a file: add the name of the file.",
)
_NOT_READABLE = Text(
    "读不了“{file}”：没有读取权限。请改权限，或换一个文件。",
    "“{file}” cannot be read: there is no right to. Change that, or give another file.",
)
_FAILED = Text(
    "读“{file}”时出错（{why}）。请检查磁盘或网络，再试一次。",
    "Reading “{file}” failed ({why}). Check disk or network and try again.",
)
_NOT_TEXT = Text(
    "“{file}”第 {line} 行第 {column} 列不是文字：这不是文本文件，或文件已损坏。"
    "请另存为 UTF-8 文本再试。",
    "“{file}”, line {line}, column {column}: no text stands there; this is no text file, or it is "
    "damaged. Save it as UTF-8 text and try again.",
)


class UnreadableTextError(BadInputError):
    """A text file is not there, may not be read, or holds no text."""


def shown_name(path: Path) -> str:
    """Give a file's name for a sentence; the path where it has none, as ``.`` has.

    Examples
    --------
    >>> shown_name(Path("a/b.yaml")), shown_name(Path("."))
    ('b.yaml', '.')
    """
    return path.name or str(path)


def read_words(path: Path) -> str:
    """Read a text file: UTF-8, UTF-16 with its mark, or GB18030.

    Raises
    ------
    UnreadableTextError
        It is not there, is a folder, may not be read, or holds no text; the sentence says which,
        and where.
    """
    return _decoded(read_raw(path), path)


def read_raw(path: Path) -> bytes:
    """Read a file's bytes.

    Raises
    ------
    UnreadableTextError
        It is not there, is a folder, or may not be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as fault:
        raise UnreadableTextError(_MISSING.format(file=path)) from fault
    except IsADirectoryError as fault:
        raise UnreadableTextError(_A_FOLDER.format(file=path)) from fault
    except PermissionError as fault:
        words = _A_FOLDER if path.is_dir() else _NOT_READABLE  # as Windows answers for a folder
        raise UnreadableTextError(words.format(file=path)) from fault
    except OSError as fault:
        raise UnreadableTextError(_FAILED.format(file=path, why=fault.strerror)) from fault


def text_of(raw: bytes) -> str:
    """Read bytes as text: UTF-16 where they say so, UTF-8, else GB18030.

    Raises
    ------
    ValueError
        They are no text.
    """
    for encoding in _encodings(raw):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("no text")


def _encodings(raw: bytes) -> tuple[str, ...]:
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return ("utf-16",) if marked else _ENCODINGS


def _decoded(raw: bytes, path: Path) -> str:
    for encoding in _encodings(raw):
        try:
            words = raw.decode(encoding)
        except UnicodeDecodeError as error:
            before = raw[: error.start].decode(encoding, "replace")
            continue
        found = _NO_TEXT.search(words)
        if found is None:
            return words
        before = words[: found.start()]
        break
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    raise UnreadableTextError(_NOT_TEXT.format(file=shown_name(path), line=line, column=column))
