"""Column names that are unique, whatever the header row holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

from huiyin.codebook.spelling import without_unseen
from huiyin.core.text import Text, listed
from huiyin.engine.contracts import MARK_COLUMNS, SYSTEM_COLUMNS

_CHINESE = re.compile("[\u4e00-\u9fff]")
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")

OURS = frozenset(
    {*SYSTEM_COLUMNS, *MARK_COLUMNS, "_response_id", "_import_id", "_customer", "_month"}
)
"""Columns that stand beside those of the file: what a file calls so gets a number behind it."""
_RENAMED = Text(
    "“{place}”的列 {names} 与系统自用的列同名，读成了 {new}。",
    "Columns of “{place}” called as ours are, {names}, are read as {new}.",
)


def one_line(words: str | None) -> str:
    """Trim, drop what shows nothing, and turn every run of white space into one space."""
    return _SPACE.sub(" ", without_unseen(words or "")).strip()


def unique_names(headers: Iterable[str | None]) -> tuple[str, ...]:
    """Name columns after their headers: blanks by position, repeats by number.

    Parameters
    ----------
    headers : iterable of str or None
        As the file has them.

    Returns
    -------
    tuple of str
        Unique even where upper and lower case are taken as equal, as SQL engines do.

    Examples
    --------
    >>> unique_names(["id", "", "score", "Score"])
    ('id', 'column 2', 'score', 'Score (2)')
    """
    words = [one_line(header) for header in headers]
    blank = "第{}列" if any(_CHINESE.search(word) for word in words) else "column {}"
    taken = {name.casefold() for name in OURS}
    written = {word.casefold() for word in words}
    names = []
    for position, word in enumerate(words, start=1):
        names.append(_free(word or blank.format(position), taken, written, blank=not word))
        taken.add(names[-1].casefold())
    return tuple(names)


def _free(name: str, taken: set[str], written: set[str], *, blank: bool) -> str:
    key = name.casefold()
    if key not in taken and not (blank and key in written):
        return name
    number = 2
    while (numbered := f"{name} ({number})".casefold()) in taken or numbered in written:
        number += 1
    return f"{name} ({number})"


def renamed_notes(names: Iterable[str], place: str) -> tuple[Text, ...]:
    """Say which columns of a file were renamed since they are called as ours are."""
    new = [name for name in names if name.rpartition(" (")[0].casefold() in OURS]
    if not new:
        return ()
    was = listed(name.rpartition(" (")[0] for name in new)
    return (_RENAMED.format(place=place, names=was, new=listed(new)),)
