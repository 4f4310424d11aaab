"""Relevance of LimeSurvey: expressions on codes of questions and answers."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from huiyin.collect.surveys.contracts import Kind
from huiyin.collect.surveys.formats.drafts import Draft
from huiyin.collect.surveys.formats.picks import (
    Choice,
    Pick,
    Several,
    Tree,
    UnsayableError,
    draft_of,
)

OWN = "-oth-"
_TOKEN = re.compile(
    r"""\s*(?:(?P<word>"[^"]*"|'[^']*')|(?P<name>[A-Za-z0-9_]+(?:\.NAOK)?)"""
    r"""|(?P<sign>==|!=|<=|>=|<|>|&&|\|\||!|\(|\)))"""
)
_SAME = {"==": "==", "eq": "==", "!=": "!=", "ne": "!=", "&&": "and", "||": "or", "not": "!"}
_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_SGQA = re.compile(r"\d{1,9}X\d{1,9}X(\d{1,20})(\w*)")
_WHOLE = re.compile(r"-?\d{1,4}", re.ASCII)
_TICKED = frozenset({Kind.MULTIPLE, Kind.CONSENT})
_LONGEST, _DEEPEST = 4_000, 40


def write_relevance(tree: Tree, say: Callable[[Pick], str]) -> str:
    """Write a tree as an expression; `say` writes one choice."""
    if isinstance(tree, Pick):
        return say(tree)
    link = " and " if tree.how == "all" else " or "
    return f"({link.join(write_relevance(part, say) for part in tree.parts)})"


@dataclass(frozen=True, slots=True)
class Named:
    """A question that was read: its draft, and what codes of the file mean.

    `rows` are sub-questions: rows of a matrix, or the options of a multiple choice.
    """

    draft: Draft
    values: Mapping[str, Any]
    rows: Mapping[str, Any]


@dataclass(slots=True)
class Relevance:
    """Reads expressions on the questions that came before."""

    by_title: dict[str, Named] = field(default_factory=dict)
    by_number: dict[str, Named] = field(default_factory=dict)

    def learn(self, title: str, number: str, named: Named) -> None:
        """Remember a question."""
        self.by_title[title], self.by_number[number] = named, named

    def read(self, words: str) -> Draft:
        """Read an expression as a condition.

        Raises
        ------
        UnsayableError
            It computes, or asks for what we do not compare.
        """
        reading = _Reading(_tokens(words), self)
        tree = reading.any(0)
        if reading.rest:
            raise UnsayableError
        known = {
            named.draft["id"]: Choice(
                named.draft["kind"], list(named.values.values()) or list(named.rows.values())
            )
            for named in self.by_title.values()
        }
        return draft_of(tree, known)

    def find(self, name: str) -> tuple[Named, str]:
        """Find the question of a name, and the code of its sub-question."""
        plain = name.removesuffix(".NAOK")
        found = _SGQA.fullmatch(plain)
        if found is not None:
            digits = found[1]
            for end in range(len(digits), 0, -1):
                if digits[:end] in self.by_number:
                    return self.by_number[digits[:end]], digits[end:] + found[2]
            raise UnsayableError
        title, _, row = plain.partition("_")
        if title not in self.by_title:
            raise UnsayableError
        return self.by_title[title], row


def _tokens(words: str) -> list[str]:
    found: list[str] = []
    place = 0
    words = words.strip()
    while place < len(words):
        match = _TOKEN.match(words, place)
        if match is None or len(words) > _LONGEST:
            raise UnsayableError
        token = match[0].strip()
        found.append(_SAME.get(token.lower(), token.lower() if token.lower() in _LINKS else token))
        place = match.end()
    return found


_LINKS = frozenset({"and", "or"})


@dataclass(slots=True)
class _Reading:
    rest: list[str]
    names: Relevance

    def any(self, depth: int) -> Tree:
        return self._linked("or", "any", self._all, depth)

    def _all(self, depth: int) -> Tree:
        return self._linked("and", "all", self._one, depth)

    def _linked(self, link: str, how: Any, part: Callable[[int], Tree], depth: int) -> Tree:
        if depth > _DEEPEST:
            raise UnsayableError
        parts = [part(depth + 1)]
        while self.rest[:1] == [link]:
            self.rest.pop(0)
            parts.append(part(depth + 1))
        return parts[0] if len(parts) == 1 else Several(how, tuple(parts))

    def _one(self, depth: int) -> Tree:
        first = self._take()
        if depth > _DEEPEST:
            raise UnsayableError
        if first == "!":
            return self._one(depth + 1).turned()
        if first == "(":
            inner = self.any(depth + 1)
            self._take(")")
            return inner
        if first == "is_empty":
            self._take("(")
            named, row = self.names.find(self._take())
            self._take(")")
            return _any_of(named, row).turned()
        return self._compared(*self.names.find(first))

    def _compared(self, named: Named, row: str) -> Tree:
        sign, value = self._take(), self._take().strip("\"'")
        if sign in _ORDER:
            return _ordered(named, row, sign, value)
        if sign not in {"==", "!="}:
            raise UnsayableError
        found = _any_of(named, row).turned() if not value else _equal(named, row, value)
        return found if sign == "==" else found.turned()

    def _take(self, wanted: str | None = None) -> str:
        token = self.rest.pop(0) if self.rest else ""
        if not token or (wanted is not None and token != wanted):
            raise UnsayableError
        return token


def _equal(named: Named, row: str, value: str) -> Tree:
    own = named.draft["id"]
    if named.draft["kind"] in _TICKED:
        if row not in named.rows or value != "Y":
            raise UnsayableError
        return Pick(own, "", named.rows[row])
    if value not in named.values:
        raise UnsayableError
    return Pick(own, _row(named, row), named.values[value])


def _row(named: Named, row: str) -> str:
    if named.draft["kind"] != Kind.MATRIX and not row:
        return ""
    if named.draft["kind"] != Kind.MATRIX or row not in named.rows:
        raise UnsayableError
    return str(named.rows[row])


def _any_of(named: Named, row: str) -> Tree:
    own = named.draft["id"]
    if named.draft["kind"] in _TICKED:
        if row not in named.rows:
            raise UnsayableError
        return Pick(own, "", named.rows[row])
    picks = tuple(Pick(own, _row(named, row), value) for value in named.values.values())
    if not picks:
        raise UnsayableError
    return Several("any", picks)


def _ordered(named: Named, row: str, sign: str, value: str) -> Tree:
    """Compare levels in their order; who gave none meets no comparison."""
    if not _WHOLE.fullmatch(value):
        raise UnsayableError
    found = tuple(
        Pick(named.draft["id"], _row(named, row), level)
        for code, level in named.values.items()
        if isinstance(level, int) and _WHOLE.fullmatch(code) and _ORDER[sign](int(code), int(value))
    )
    if not found:
        raise UnsayableError
    return Several("any", found)
