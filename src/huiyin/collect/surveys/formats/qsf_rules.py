"""Conditions and jumps as a file of Qualtrics says them: display logic, branches, skips."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import takewhile
from typing import Any

from huiyin.collect.surveys.contracts import NOT_APPLICABLE, Kind
from huiyin.collect.surveys.definition import Definition, Jump, Page
from huiyin.collect.surveys.formats.picks import Pick, UnsayableError, clauses_of, picks_of
from huiyin.collect.surveys.formats.qsf_logic import write_logic

_END = "ENDOFSURVEY"


def write_flow(
    definition: Definition, page: Any, numbers: Mapping[str, str], at: tuple[str, int]
) -> dict[str, Any]:
    """Write a page in the flow, within a branch where it has a condition."""
    block, n = at
    shown = {"Type": "Block", "ID": block, "FlowID": f"FL_{2 * n}"}
    logic = write_shown(definition, page.show_if, numbers, in_page=False)
    if logic is None:
        return shown
    branch = {"Type": "Branch", "FlowID": f"FL_{2 * n + 1}", "Description": "New Branch"}
    return branch | {"BranchLogic": logic, "Flow": [shown]}


def write_shown(
    definition: Definition, condition: Any, numbers: Mapping[str, str], *, in_page: bool
) -> dict[str, Any] | None:
    """Write a condition; None where there is none, or it cannot be said."""
    if condition is None:
        return None
    try:
        clauses = clauses_of(definition, picks_of(definition, condition))
        return write_logic(clauses, partial(_place, definition, numbers), in_page=in_page)
    except UnsayableError:
        return None


def _place(definition: Definition, numbers: Mapping[str, str], pick: Pick) -> tuple[str, str]:
    question: Any = definition.question(pick.question)
    level = "99" if pick.value == NOT_APPLICABLE else str(pick.value)
    if pick.row:
        rows = [row.code for row in question.rows]
        return numbers[question.id], f"{rows.index(pick.row) + 1}/{level}"
    if question.kind == Kind.CONSENT:
        return numbers[question.id], "1"
    if hasattr(question, "options"):
        codes = [option.code for option in question.options]
        return numbers[question.id], str(codes.index(pick.value) + 1)
    return numbers[question.id], level


def write_skips(
    definition: Definition, page: Page, question: Any, numbers: Mapping[str, str]
) -> dict[str, Any]:
    """Write the jumps of a page beside the question that ends it, as far as they can be said."""
    if page.questions[-1] is not question:
        return {}
    made: list[dict[str, Any]] = []
    for jump in jumps_carried(definition, page):
        for pick in picks_of_jump(definition, page, jump):
            number, rest = _place(definition, numbers, pick)
            locator = f"q://{number}/SelectableChoice/{rest}"
            skip = {"SkipLogicID": len(made) + 1, "QuestionID": number, "Condition": "Selected"}
            skip |= {"ChoiceLocator": locator, "Locator": locator}
            made.append(skip | {"SkipToDestination": _aim(definition, jump, numbers)})
    return {"SkipLogic": made} if made else {}


def _aim(definition: Definition, jump: Jump, numbers: Mapping[str, str]) -> str:
    aim = next((page for page in definition.pages if page.id == jump.to), None)
    return numbers[aim.questions[0].id] if aim else _END


def jumps_carried(definition: Definition, page: Page) -> list[Jump]:
    """List the jumps of a page that the file says; those after one that it cannot say are left."""
    aims = {one.id for one in definition.pages if one.questions}
    return list(
        takewhile(
            lambda jump: (
                bool(picks_of_jump(definition, page, jump)) and (jump.to is None or jump.to in aims)
            ),
            page.jumps,
        )
    )


def picks_of_jump(definition: Definition, page: Page, jump: Jump) -> tuple[Pick, ...]:
    """Give the choices of the page's last question that make a jump; none where others do."""
    last = page.questions[-1].id if page.questions else ""
    try:
        clauses = clauses_of(definition, picks_of(definition, jump.when)) if jump.when else []
    except UnsayableError:
        return ()
    plain = len(clauses) == 1 and all(
        pick.selected and not pick.row and pick.question == last for pick in clauses[0]
    )
    return clauses[0] if plain else ()
