"""Where a sentence is read: one that says what to do says what can be done there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Any

from huiyin.core.text import Text

HOW = "{how}"
"""Stands in a sentence where the advice goes."""


class Surface(StrEnum):
    """The command line and Python, or the pages of a server."""

    COMMAND = "command"
    PAGES = "pages"


_surface: ContextVar[Surface] = ContextVar("surface", default=Surface.COMMAND)


@contextmanager
def speaking_on(surface: Surface) -> Iterator[None]:
    """Let the sentences said inside be those of `surface`; other threads are not touched."""
    token = _surface.set(surface)
    try:
        yield
    finally:
        _surface.reset(token)


class TextBySurface(Text):
    """A text with its own words on each surface; `format` fills in those of the present one.

    Examples
    --------
    >>> how = TextBySurface(Text("用 --by", "use --by"), Text("选分组", "choose groups"))
    >>> words = how.within(Text("要先分组：{how}", "Groups are needed: {how}"))
    >>> with speaking_on(Surface.PAGES):
    ...     words.say("en")
    'Groups are needed: choose groups'
    >>> words.say("en")
    'Groups are needed: use --by'
    """

    __slots__ = ("_by_surface",)

    def __init__(self, command: Text, pages: Text) -> None:
        self._by_surface = {Surface.COMMAND: command, Surface.PAGES: pages}

    @property
    def _by_tag(self) -> dict[str, str]:  # type: ignore[override]
        return dict(self._by_surface[_surface.get()])

    def within(self, sentence: Text) -> TextBySurface:
        """Put this advice into the place ``{how}`` of a sentence; its other places stay open."""
        command, pages = (
            Text.of({tag: words.replace(HOW, how.say(tag)) for tag, words in sentence.items()})
            for how in self._by_surface.values()
        )
        return TextBySurface(command, pages)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle with the words of every surface."""
        return TextBySurface, tuple(self._by_surface.values())
