"""What bodies share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from huiyin.core.errors import BadInputError
from huiyin.core.text import EN, ZH, Text

LARGEST_NUMBER = 2**31 - 1
SAYING_SOMETHING = StringConstraints(strip_whitespace=True, min_length=1)
"""Words that somebody will read, as a name or a reason: spaces alone say nothing."""
VersionNumber = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]
"""A version of something kept: what every database can hold."""


_HALF = re.compile("[\ud800-\udfff]")
_HALF_CHARACTER = Text(
    "{place}里有半个字符（单独的代理码，如 \\ud800），保存不了，请发完整的文字。",
    "{place} holds half a character (a lone surrogate such as \\ud800): send the whole one.",
)
_WHOLE = Text("请求的内容", "The request")
_ITEM = Text("第 {n} 项", "item {n}")
_ROW = Text("第 {n} 行", "row {n}")


class HalfCharacterError(BadInputError):
    """A text of a request is none: half a character cannot be kept, nor said again."""


class Body(BaseModel):
    """A body: unknown fields are refused, texts have an end and only whole characters."""

    model_config = ConfigDict(extra="forbid", str_max_length=4096)

    @model_validator(mode="before")
    @classmethod
    def _whole_characters(cls, sent: Any) -> Any:
        refuse_half_characters(sent)
        return sent


def refuse_half_characters(sent: Any) -> None:
    """Refuse what JSON sent where a text of it, or a name, holds a lone surrogate.

    Raises
    ------
    HalfCharacterError
        It says where.
    """
    waiting: list[tuple[tuple[Any, ...], Any]] = [((), sent)]
    while waiting:
        path, one = waiting.pop()
        if isinstance(one, str):
            if not one.isascii() and _HALF.search(one):
                raise HalfCharacterError(_HALF_CHARACTER.format(place=_place(path)))
        elif isinstance(one, dict):
            waiting += [((*path, name), value) for name, value in one.items()]
            for name in one:
                if isinstance(name, str) and not name.isascii() and _HALF.search(name):
                    raise HalfCharacterError(_HALF_CHARACTER.format(place=_place(path)))
        elif isinstance(one, list):
            waiting += [((*path, number), value) for number, value in enumerate(one)]


def _place(path: Sequence[Any]) -> Text:
    if not path:
        return _WHOLE
    said = []
    for before, part in zip((None, *path), path, strict=False):
        number = _ROW if before == "rows" else _ITEM
        named = Text.same(f"“{str(part)[:60]}”")
        said.append(number.format(n=part + 1) if isinstance(part, int) else named)
    return Text("".join(one.say(ZH) for one in said), ", ".join(one.say(EN) for one in said))


class Revision(Body):
    """The state that an edit was made on."""

    revision: int
