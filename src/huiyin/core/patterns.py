"""Patterns that are compiled when they are first used: a command uses a few of several hundred."""

from __future__ import annotations

import re
from typing import Any, cast


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Give what `re.compile` gives, compiled at its first use.

    Parameters
    ----------
    pattern : str
    flags : int
        As for `re.compile`.

    Returns
    -------
    re.Pattern of str
        To be used by its methods; the functions of `re` do not take it.

    Raises
    ------
    re.error
        The pattern is none; raised where it is first used.

    Examples
    --------
    >>> later("门?店").search("门店").end()
    2
    """
    return cast("re.Pattern[str]", _Later(pattern, flags))


class _Later:
    """Becomes the pattern, method by method, as they are asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._given = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        method = getattr(re.compile(*self._given), name)
        setattr(self, name, method)  # found without a detour from now on
        return method
