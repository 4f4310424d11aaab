"""What is wrong with a YAML text, in our words: line, column, reason.

The library that reads YAML is not loaded here; only what its errors carry is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from huiyin.core.text import Text

_REASONS = (
    ("'\\t' that cannot start", Text("缩进用了制表符，请改用空格", "indent with blanks, not tabs")),
    (
        "that cannot start any token",
        Text("以这个符号开头的词要加引号", "put words that begin with this sign in quotes"),
    ),
    (
        "mapping values are not allowed",
        Text(
            "冒号多了，或缩进与上一行对不上；文字里的冒号要加引号",
            "there is a colon too many, or the indent does not fit the line before; put words with "
            "a colon in quotes",
        ),
    ),
    ("',' or ']'", Text("方括号 [ ] 没有配对，或少了逗号", "a bracket [ ] or a comma is missing")),
    ("',' or '}'", Text("花括号 { } 没有配对，或少了逗号", "a brace { } or a comma is missing")),
    ("unexpected end of stream", Text("引号没有配对", "a quotation mark is not closed")),
    (
        "expected <block end>",
        Text("缩进与上文对不上", "the indent does not fit the lines above"),
    ),
    ("could not find expected ':'", Text("名称后面少了冒号", "a colon is missing after a name")),
    ("undefined alias", Text("以 * 开头的词要加引号", "put words that begin with * in quotes")),
    ("duplicate anchor", Text("以 & 开头的词要加引号", "put words that begin with & in quotes")),
    ("unhashable key", Text("这里不能作名称", "this cannot be a name")),
)
_OTHER = Text("请检查缩进、冒号和引号", "check indents, colons and quotes")
_STRANGE = Text("有不能使用的字符，请删去", "a character there cannot be used; delete it")
_TOO_DEEP = Text("层次太深", "it is nested too deeply")


@dataclass(frozen=True, slots=True)
class YamlFault:
    """Where a YAML text is wrong (lines and columns from 1), and why; line 0 is the whole text."""

    line: int
    column: int
    why: Text


def yaml_fault(error: Exception, words: str) -> YamlFault:
    """Say what an error of the YAML library means.

    Parameters
    ----------
    error : Exception
        A ``YAMLError`` or a ``RecursionError``.
    words : str
        The text that was read.
    """
    if isinstance(error, RecursionError):
        return YamlFault(0, 0, _TOO_DEEP)
    mark: Any = getattr(error, "problem_mark", None)
    if mark is None:
        before = words[: getattr(error, "position", 0)]
        return YamlFault(before.count("\n") + 1, len(before) - before.rfind("\n"), _STRANGE)
    said = str(getattr(error, "problem", None) or "")
    why = next((reason for sign, reason in _REASONS if sign in said), _OTHER)
    return YamlFault(mark.line + 1, mark.column + 1, why)
