"""Display logic of Qualtrics: which choices are selected, in groups that all hold or any."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from huiyin.collect.surveys.contracts import Ending
from huiyin.collect.surveys.definition import Words
from huiyin.collect.surveys.formats.drafts import LEFT_JUMP_OF, LEFT_LOGIC, LEFT_PAGE_LOGIC, Draft
from huiyin.collect.surveys.formats.picks import (
    Choice,
    Pick,
    Several,
    Tree,
    UnsayableError,
    draft_of,
)
from huiyin.core.text import Text

_LOCATOR = re.compile(r"q://(QID\d{1,9})/SelectableChoice/(\w{1,20})(?:/(\w{1,20}))?")
_OPERATORS = {"Selected": True, "NotSelected": False}
Place = Callable[[Pick], tuple[str, str]]
"""Gives the number of the question and the rest of the locator of a choice."""
Read = Callable[[str, str, str | None], Pick | None]
"""Finds the choice of a locator; None where that question was not carried over."""


def write_logic(
    clauses: Sequence[Sequence[Pick]], place: Place, *, in_page: bool
) -> dict[str, Any]:
    """Write clauses, as `clauses_of` gives them, as display logic."""
    logic: dict[str, Any] = {}
    for number, clause in enumerate(clauses):
        group: dict[str, Any] = {
            str(n): _expression(pick, place, first=n == 0) for n, pick in enumerate(clause)
        }
        logic[str(number)] = group | {"Type": "AndIf" if number else "If"}
    return logic | {"Type": "BooleanExpression", "inPage": in_page}


def _expression(pick: Pick, place: Place, *, first: bool) -> dict[str, Any]:
    number, rest = place(pick)
    locator = f"q://{number}/SelectableChoice/{rest}"
    expression = {
        "LogicType": "Question",
        "QuestionID": number,
        "QuestionIsInLoop": "no",
        "ChoiceLocator": locator,
        "Operator": "Selected" if pick.selected else "NotSelected",
        "QuestionIDFromLocator": number,
        "LeftOperand": locator,
        "Type": "Expression",
    }
    return expression if first else expression | {"Conjuction": "Or"}


def read_logic(logic: object, read: Read) -> Tree:
    """Read display logic; “and” binds closer than “or”, as Qualtrics has it.

    Raises
    ------
    UnsayableError
        It asks for what we do not compare: devices, places, words, whether something was shown.
    """
    groups = _numbered(logic)
    return _joined([(_kind(group), _group(group, read)) for group in groups])


def _kind(group: Mapping[str, Any]) -> str:
    kind = group.get("Type", "If")
    if kind not in {"If", "AndIf", "OrIf", "ElseIf"}:
        raise UnsayableError
    return "And" if kind == "AndIf" else "Or"


def _group(group: Mapping[str, Any], read: Read) -> Tree:
    found = _numbered(group)
    return _joined([(str(one.get("Conjuction", "Or")), _leaf(one, read)) for one in found])


def _leaf(one: Mapping[str, Any], read: Read) -> Pick:
    operator = str(one.get("Operator"))
    found = _LOCATOR.fullmatch(str(one.get("ChoiceLocator") or one.get("LeftOperand")))
    if one.get("LogicType") != "Question" or operator not in _OPERATORS or found is None:
        raise UnsayableError
    pick = read(found[1], found[2], found[3])
    if pick is None:
        raise UnsayableError
    return pick if _OPERATORS[operator] else pick.turned()


def _joined(parts: list[tuple[str, Tree]]) -> Tree:
    runs: list[list[Tree]] = []
    for how, tree in parts:
        if how not in {"And", "Or"}:
            raise UnsayableError
        if how == "And" and runs:
            runs[-1].append(tree)
        else:
            runs.append([tree])
    every = [run[0] if len(run) == 1 else Several("all", tuple(run)) for run in runs]
    return every[0] if len(every) == 1 else Several("any", tuple(every))


def _numbered(logic: object) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = (
        [one for key, one in logic.items() if str(key).isdigit() and isinstance(one, dict)]
        if isinstance(logic, dict)
        else []
    )
    if not found:
        raise UnsayableError
    return found


@dataclass(frozen=True, slots=True)
class Offer:
    """What a question offers: key of the file → code of the row, and key → value."""

    kind: str
    rows: Mapping[str, str]
    values: Mapping[str, Any]


@dataclass(slots=True)
class _Skip:
    page: Draft
    when: Draft
    aim: str
    block: str
    title: Words


@dataclass(slots=True)
class LogicReader:
    """Turns the logic of a file into conditions and jumps, and says what it could not turn.

    Parameters
    ----------
    left : list of Text
        Takes a sentence for each rule that was left behind.
    branches : mapping
        Block → the conditions of the branches that it stands in.
    """

    left: list[Text]
    branches: Mapping[str, list[object]]
    _offers: dict[str, tuple[str, Offer]] = field(default_factory=dict)
    _skips: list[_Skip] = field(default_factory=list)
    _begun: list[tuple[Draft, str, list[str]]] = field(default_factory=list)

    def learn(self, number: str, draft: Draft, offer: Offer) -> None:
        """Remember a question: conditions of later ones may name it."""
        if offer.values:
            self._offers[number] = (draft["id"], offer)

    def begin(self, page: Draft, block: str, names: list[str]) -> None:
        """Remember where a page begins: jumps may lead there."""
        self._begun.append((page, block, names))

    def display(self, payload: Mapping[str, Any], title: Words) -> Draft:
        """Read when a question is shown."""
        return (
            self._shown([payload["DisplayLogic"]], LEFT_LOGIC, _name(title))
            if (payload.get("DisplayLogic"))
            else {}
        )

    def branch(self, block: str, number: int) -> Draft:
        """Read when a page is shown."""
        logics = self.branches.get(block, [])
        return self._shown(logics, LEFT_PAGE_LOGIC, Text.same(str(number))) if logics else {}

    def _shown(self, logics: list[object], sentence: Text, name: Text) -> Draft:
        try:
            trees = tuple(read_logic(one, self._pick) for one in logics)
            tree = trees[0] if len(trees) == 1 else Several("all", trees)
            return {"show_if": draft_of(tree, self._known())}
        except UnsayableError:
            self.left.append(sentence.format(q=name))
            return {}

    def _known(self) -> dict[str, Choice]:
        return {
            code: Choice(offer.kind, list(offer.values.values()))
            for code, offer in self._offers.values()
        }

    def _pick(self, number: str, first: str, second: str | None) -> Pick | None:
        code, offer = self._offers.get(number, ("", None))
        if offer is None or bool(offer.rows) != (second is not None):
            return None
        row = offer.rows.get(first, "") if second is not None else ""
        value = offer.values.get(first if second is None else second)
        if value is None or (second is not None and not row):
            return None
        return Pick(code, row, value)

    def skips(self, payload: Mapping[str, Any], page: Draft, title: Words) -> None:
        """Read where one goes on after a question."""
        block = self._begun[-1][1]
        for one in skips_of(payload):
            found = _LOCATOR.fullmatch(str(one.get("ChoiceLocator")))
            pick = self._pick(found[1], found[2], found[3]) if found else None
            if pick is None or one.get("Condition") != "Selected" or found is None:
                self.left.append(LEFT_JUMP_OF.format(q=_name(title)))
                continue
            when = draft_of(pick, self._known())
            aim = str(one.get("SkipToDestination"))
            self._skips.append(_Skip(page, when, aim, block, title))

    def aim(self, pages: list[Draft]) -> None:
        """Lead each jump to the page it means, once all are known."""
        for skip in self._skips:
            jump = self._jump(skip, [one for one in pages if one["questions"]])
            if jump is None:
                self.left.append(LEFT_JUMP_OF.format(q=_name(skip.title)))
            else:
                skip.page.setdefault("jumps", []).append({"when": skip.when, **jump})

    def _jump(self, skip: _Skip, pages: list[Draft]) -> Draft | None:
        if skip.aim == "ENDOFSURVEY":
            return {"end": str(Ending.COMPLETE)}
        begun = [one for one in self._begun if any(one[0] is page for page in pages)]
        place = next(n for n, one in enumerate(begun) if one[0] is skip.page)
        for page, block, names in begun[place + 1 :]:
            if skip.aim in names[:1] or (skip.aim == "ENDOFBLOCK" and block != skip.block):
                return {"to": page["id"]}
        return {"end": str(Ending.COMPLETE)} if skip.aim == "ENDOFBLOCK" else None


def skips_of(payload: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """List where a question leads to."""
    found = payload.get("SkipLogic")
    listed = list(found.values()) if isinstance(found, dict) else found
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _name(title: Words) -> Text:
    return Text.same(next(iter(title.values()), ""))
