"""Metric rules as a file: the stored text under one line that says which version it is."""

from __future__ import annotations

import re

from huiyin.core.text import Text
from huiyin.measure.definitions.contracts import DefinitionError, RulesVersion

_FIRST_LINE = "# huiyin metrics · version {version}\n"
_READ = re.compile(r"\ufeff?# huiyin metrics · version (\d{1,9})\r?\n")


def file_text(version: RulesVersion) -> str:
    """Give the text of a file: first the line with the version, then the text as stored."""
    return _FIRST_LINE.format(version=version.version) + version.text


def read_file_text(text: str) -> tuple[int | None, str]:
    """Part a file into the version it was made from and the text of the rules.

    Returns
    -------
    (int or None, str)
        None where the file does not say.
    """
    found = _READ.match(text)
    if found is None:
        return None, text.removeprefix("\ufeff")
    return int(found[1]), text[found.end() :]


def decoded(raw: bytes) -> str:
    """Decode a file's bytes.

    Raises
    ------
    DefinitionError
        It is not UTF-8.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise DefinitionError(
            Text(
                "第 {line} 行不是 UTF-8 文字，请另存为 UTF-8",
                "line {line} is not UTF-8; save the file as UTF-8",
            ).format(line=line)
        ) from error
