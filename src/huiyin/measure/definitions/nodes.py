"""YAML nodes read one by one, so that each complaint names its line and key."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn, TypeVar

from huiyin.core.text import Text
from huiyin.core.yaml_faults import yaml_fault
from huiyin.measure.definitions.contracts import RulesTextError

LONGEST = 200_000
"""Characters of a rules text: far above what people write, far below what hurts."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_NO_YAML = Text(
    "不是正确的 YAML（第 {column} 列：{why}）", "not valid YAML (column {column}: {why})"
)
Word = TypeVar("Word")


@dataclass(frozen=True, slots=True)
class Place:
    """A YAML node and the key that leads to it."""

    node: Any
    key: str = ""

    def fault(self, zh: str, en: str) -> NoReturn:
        """Refuse what stands here.

        Raises
        ------
        RulesTextError
            Always.
        """
        raise RulesTextError(self.node.start_mark.line + 1, self.key, Text(zh, en))

    def fields(self) -> dict[str, Place]:
        """Give the ``name: value`` lines; a name may stand once only."""
        pairs = self.node.value
        if self.node.id != "mapping":
            self.fault("这里应写“名称: 值”", "write `name: value` here")
        found: dict[str, Place] = {}
        for name, value in pairs:
            word = Place(name, self.key).word()
            place = Place(value, f"{self.key}.{word}" if self.key else word)
            if word in found:
                Place(name, place.key).fault(
                    "写了两次，请只留一处", "stands twice, keep one of them"
                )
            found[word] = place
        return found

    def known(self, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Place]:
        """Give the fields, of which all `required` are there and no others than named."""
        found, needed = self.fields(), list(required)
        allowed = [*needed, *optional]
        for name, place in found.items():
            if name not in allowed:
                listed = ", ".join(allowed)
                place.fault(f"没有这一项，请删去或改成：{listed}", f"no such key; use {listed}")
        missing = [name for name in needed if name not in found]
        if missing:
            names = ", ".join(missing)
            self.fault(f"缺少 {names}，请补上", f"{names} is missing, add it")
        return found

    def items(self) -> list[Place]:
        """Give the members of a list."""
        if self.node.id != "sequence":
            self.fault(
                "这里应是列表，如 [1, 2] 或每行一个“- ”", "give a list: [1, 2], or `- ` lines"
            )
        return [Place(one, f"{self.key}[{i + 1}]") for i, one in enumerate(self.node.value)]

    def word(self) -> str:
        """Give one word or sentence, not empty."""
        if self.node.id != "scalar":
            self.fault("这里应是一个词", "a single word is expected here")
        word: str = self.node.value
        if not word.strip():
            self.fault("这里不能空着", "this must not be empty")
        return word

    def number(self, low: float, high: float, *, open_low: bool = False) -> float:
        """Give a number from `low` to `high`; with `open_low`, above `low`."""
        word = self.word()
        if _NUMBER.fullmatch(word) is None:
            self.fault(f"“{word}”不是数", f"“{word}” is no number")
        number = float(word)
        if not math.isfinite(number) or not low <= number <= high or (open_low and number == low):
            side = "大于" if open_low else "不小于"
            bound = "above" if open_low else "at least"
            self.fault(
                f"{word} 不行，应{side} {low:g}、不大于 {high:g}",
                f"{word} will not do: it must be {bound} {low:g} and at most {high:g}",
            )
        return number

    def whole(self, low: int, high: int) -> int:
        """Give a whole number from `low` to `high`."""
        number = self.number(low, high)
        if number != int(number):
            self.fault(f"{number:g} 应是整数", f"{number:g} must be a whole number")
        return int(number)

    def day(self) -> date:
        """Give a day written as 2025-03-01."""
        word = self.word()
        try:
            day = date.fromisoformat(word) if _DAY.fullmatch(word) else None
        except ValueError:  # the 31st of February
            day = None
        if day is None:
            self.fault(
                f"“{word}”不是日期，请写成 2025-03-01", f"“{word}” is no date; write 2025-03-01"
            )
        return day

    def one_of(self, words: dict[str, Word]) -> Word:
        """Give what one of a few words stands for."""
        word = self.word()
        if word not in words:
            listed = ", ".join(words)
            self.fault(f"不认识“{word}”，可写：{listed}", f"“{word}” is not known; write {listed}")
        return words[word]

    def by_name(self, read: Callable[[Place], Word]) -> dict[str, Word]:
        """Read every field alike."""
        return {name: read(place) for name, place in self.fields().items()}


def root_of(text: str) -> Place:
    """Give the root of a YAML text.

    Raises
    ------
    RulesTextError
        It is empty, too long or no YAML.
    """
    import yaml

    if len(text) > LONGEST:
        raise RulesTextError(
            1, "", Text("太长，最多 20 万字", "too long: 200,000 characters at most")
        )
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        found = yaml_fault(error, text)
        why = _NO_YAML.format(column=found.column, why=found.why) if found.line else found.why
        raise RulesTextError(found.line or 1, "", why) from error
    if node is None:
        raise RulesTextError(1, "", Text("是空的", "the text is empty"))
    return Place(node)
