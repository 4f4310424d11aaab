"""Words of the command line that need no checking are taken as they are.

Typer checks every option with pydantic, also those that nobody gave: importing it and building a
check for each is a tenth of a short command. Whatever is more than a word or a path is left to it.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperGroup

from huiyin.app.cli.usage import one_sentence, refuse_repeated


class QuickCommand(TyperCommand):
    """A command whose texts and paths are not checked by pydantic; no option is dropped."""

    def make_parser(self, ctx: Any) -> Any:
        """Give the parser; an option that takes one value is refused where it stands twice."""
        parser = super().make_parser(ctx)
        parser.parse_args = partial(_parsed_once, parser.parse_args)  # type: ignore[method-assign]
        return parser

    def get_params(self, ctx: Any) -> list[Any]:
        """List the options, that of the help included."""
        return [_taken_as_it_is(param) for param in super().get_params(ctx)]


class QuickGroup(TyperGroup):
    """A group of commands with such options of its own, whose faults end in one sentence."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """Read the words before the command."""
        with one_sentence():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        """Read the command's own words, and run it."""
        with one_sentence():
            return super().invoke(ctx)

    def get_params(self, ctx: Any) -> list[Any]:
        """List the options, that of the help included."""
        return [_taken_as_it_is(param) for param in super().get_params(ctx)]


def _parsed_once(parse: Any, args: list[str]) -> Any:
    parsed = parse(args=args)
    refuse_repeated(parsed[-1])
    return parsed


def _taken_as_it_is(param: Any) -> Any:
    if not isinstance(param.get_runtime_param, partial):
        param.get_runtime_param = partial(_PlainTypes, param.get_runtime_param)
    return param


class _PlainTypes:
    """Stands before Typer's own coercion; `checked` gives that."""

    def __init__(self, checked: Any) -> None:
        self._checked = checked

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Give the value as the command wants it."""
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        plain = _plain_type(param, several=several)
        values = list(value) if several else [value]
        if plain and all(isinstance(v, plain) or _is_taken_as(plain, v) for v in values):
            taken = [v if isinstance(v, plain) else plain(v) for v in values]
            return taken if several else taken[0]
        return self._checked().coerce(value, param=param, ctx=ctx)


def _plain_type(param: Any, *, several: bool) -> type | None:
    described = param.type_descriptor
    info = described.parameter_info
    if info.parser or info.exists or info.resolve_path or described.is_ranged or described.is_file:
        return None
    for plain in (str, Path, int, float):
        if described.annotation == (list[plain] if several else plain):  # type: ignore[valid-type]
            return plain
    return None


def _is_taken_as(plain: type, value: Any) -> bool:
    """Tell whether a word becomes a count or path without a question.

    An unreadable file is refused by Typer.
    """
    if not isinstance(value, str):
        return False
    if plain is int:
        return value.isascii() and value.isdigit()
    return plain is Path and (os.access(value, os.R_OK) or not os.path.lexists(value))
