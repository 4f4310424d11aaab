"""Labels that fit: wrapped by the width of their characters, then cut with an ellipsis."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

ELLIPSIS = "…"
LEAD_MARK = " · "


def columns(text: str) -> int:
    """Count how many half-width columns a text takes."""
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)


def wrapped(text: str, width: int = 22, lines: int = 2) -> str:
    """Wrap a text to `lines` of `width` half-width columns; what does not fit becomes ``…``."""
    words = " ".join(text.split())
    rows: list[str] = []
    while words and len(rows) < lines:
        last = len(rows) == lines - 1
        row, words = _first_line(words, width, cut=last)
        rows.append(row)
    return "\n".join(rows)


def without_shared_lead(names: Sequence[str]) -> list[str]:
    """Drop what all names have in common before their first `` · ``: the metric's name, say."""
    leads = {name.partition(LEAD_MARK)[0] for name in names if LEAD_MARK in name}
    shared = len(leads) == 1 and all(LEAD_MARK in name for name in names) and len(names) > 1
    return [name.partition(LEAD_MARK)[2] if shared else name for name in names]


def short(text: str, width: int = 40) -> str:
    """Cut a text to one line of `width` half-width columns."""
    return wrapped(text, width, 1)


def _first_line(text: str, width: int, *, cut: bool) -> tuple[str, str]:
    if columns(text) <= width:
        return text, ""
    end = _letters_that_fit(text, width - (2 if cut else 0))
    if cut:
        return text[:end].rstrip() + ELLIPSIS, ""
    if text[end - 1 : end + 1].isascii():
        end = _end_of_word(text, end, width)
    return text[:end].rstrip(), text[end:].lstrip()


def _end_of_word(text: str, end: int, width: int) -> int:
    """Break between words, or behind a hyphen; within a word only where a line cannot hold it."""
    last = max(text.rfind(" ", 0, end + 1), text.rfind("-", 0, end) + 1)
    word = text[last:].split(maxsplit=1)[0] if text[last:].strip() else ""
    return last if last > end // 4 or (last > 0 and columns(word) <= width) else end


def _letters_that_fit(text: str, width: int) -> int:
    used = 0
    for place, letter in enumerate(text):
        used += columns(letter)
        if used > width:
            return max(1, place)
    return len(text)
