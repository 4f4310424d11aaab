"""A command that is written wrongly ends in one sentence, like any other bad input."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from typer._click import exceptions as typed

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text

MISSING = Text("还缺 {name}", "{name} is missing")
NO_SUCH_OPTION = Text("没有选项 {name}", "there is no option {name}")
CLOSE = Text("{fault}，是不是 {close}", "{fault}; did you mean {close}")
NO_VALUE = Text("选项 {name} 后面要跟一个值", "the option {name} wants a value")
BAD_VALUE = Text("{name} 的值不能用：{why}", "{name} does not take this value: {why}")
NO_SUCH_COMMAND = Text("没有命令“{name}”", "there is no command “{name}”")
OTHERWISE = Text("命令写法不对：{why}", "the command is not written rightly: {why}")
REPEATED = Text(
    "选项 {name} 写了不止一次，只能用一个值，请留下一个",
    "the option {name} stands more than once and takes one value; keep one of them",
)
_UNKNOWN_COMMAND = re.compile(r"No such command '(.*?)'\.(?: Did you mean (.*)\?)?", re.DOTALL)
HELP = Text("{fault}。用法见 {command} --help", "{fault}. See {command} --help")


class BadUsageError(BadInputError):
    """A command lacks something, or has an option or value that it does not know."""


@contextmanager
def one_sentence() -> Iterator[None]:
    """Turn a fault of the command line into a `BadUsageError`; help that was asked for passes.

    Raises
    ------
    BadUsageError
        The command is not written rightly.
    """
    try:
        yield
    except typed.NoArgsIsHelpError:
        raise
    except typed.UsageError as error:
        command = error.ctx.command_path if error.ctx else "huiyin"
        raise BadUsageError(HELP.format(fault=_fault(error), command=command)) from None


def refuse_repeated(order: Sequence[Any]) -> None:
    """Refuse an option of one value that stands more than once: only the last would count.

    Parameters
    ----------
    order : sequence
        The options and arguments as they stand in the command line.

    Raises
    ------
    BadUsageError
        Names the option.
    """
    seen = set()
    for param in order:
        if param.param_type_name != "option" or param.multiple or param.is_flag:
            continue
        if param.name in seen:
            raise BadUsageError(REPEATED.format(name=_name(param)))
        seen.add(param.name)


def _fault(error: typed.UsageError) -> Text:
    if isinstance(error, typed.MissingParameter):
        return MISSING.format(name=_name(error.param))
    if isinstance(error, typed.BadParameter):
        return BAD_VALUE.format(name=_name(error.param), why=_why(error.message))
    if isinstance(error, typed.BadOptionUsage):
        return NO_VALUE.format(name=error.option_name)
    if isinstance(error, typed.NoSuchOption):
        fault = NO_SUCH_OPTION.format(name=error.option_name)
        return _with_close(fault, error.possibilities or ())
    command = _UNKNOWN_COMMAND.fullmatch(error.message)
    if command:
        fault = NO_SUCH_COMMAND.format(name=command.group(1))
        return _with_close(fault, [command.group(2)] if command.group(2) else ())
    return OTHERWISE.format(why=_plain(error.message))


_WHY = (
    (r".*valid (?:number|float).*", Text("要一个数，如 0.9", "it takes a number, say 0.9")),
    (r".*valid integer.*", Text("要一个整数", "it takes a whole number")),
    (r".*greater than or equal to ([\d.]+).*", Text("不能小于 {n}", "it must be at least {n}")),
    (r".*less than or equal to ([\d.]+).*", Text("不能大于 {n}", "it must be at most {n}")),
)


def _why(message: str) -> Text:
    """Say what a checker of values says, in both languages where it is known."""
    for pattern, words in _WHY:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return words.format(n=found[1]) if found.groups() else words
    return Text.same(_plain(message))


def _with_close(fault: Text, possible: Sequence[str]) -> Text:
    return CLOSE.format(fault=fault, close=", ".join(sorted(possible))) if possible else fault


def _name(param: Any) -> str:
    """Give an option as it is typed, an argument in its place-holder's word."""
    if param is None:
        return "?"
    names: list[str] = param.opts
    return max(names, key=len) if param.param_type_name == "option" else names[0].upper()


def _plain(message: str) -> str:
    return message.rstrip(". ")
