"""What a text becomes before it enters an office file: legal characters, known width."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BREAKS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_ZERO_WIDTH = re.compile(
    "[\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)


def printable(text: str) -> str:
    r"""Drop what XML 1.0 forbids or discourages; every line break becomes a line feed.

    Parameters
    ----------
    text : str
        Any text, lone surrogates and control characters included.

    Returns
    -------
    str
        The same text, safe to write into XLSX and PPTX.

    References
    ----------
    XML 1.0 (Fifth Edition), production 2 ``Char`` and the note below it.

    Examples
    --------
    >>> printable("好\x00评\r\n谢谢")
    '好评\n谢谢'
    """
    return _ILLEGAL.sub("", _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """Give `printable` text with every run of white space as one blank."""
    return " ".join(printable(text).split())


def display_width(text: str) -> int:
    """Count columns: a wide (Chinese, full-width, emoji) character takes two, a mark none.

    Examples
    --------
    >>> display_width("NPS 得分")
    8
    """
    shown = _ZERO_WIDTH.sub("", text)
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in shown)


def shortened(text: str, width: int) -> str:
    """Cut one line of text to `width` columns, with an ellipsis where something was cut.

    Examples
    --------
    >>> shortened("交付效率与物流", 9)
    '交付效…'
    """
    if display_width(text) <= width:
        return text
    kept, used = [], 2
    for character in text:
        used += display_width(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"
