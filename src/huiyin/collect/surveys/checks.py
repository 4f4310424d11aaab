"""What is wrong with a questionnaire before anybody is asked.

Dead ends and what nobody ever reaches are proved by walking every way that answers can differ in
(`reach`), not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Any

from huiyin.collect.surveys.addresses import plain_address
from huiyin.collect.surveys.classes import TooManyWaysError
from huiyin.collect.surveys.contracts import Ending
from huiyin.collect.surveys.contradictions import check_contradictions
from huiyin.collect.surveys.definition import Condition, Definition, tests
from huiyin.collect.surveys.findings import Finding, Severity, error, warning
from huiyin.collect.surveys.logic import holds
from huiyin.collect.surveys.logos import is_logo_id
from huiyin.collect.surveys.reach import (
    Key,
    Reach,
    explore,
    placed,
    stand_ins_of,
    variables,
)
from huiyin.collect.surveys.references import check_places, check_references
from huiyin.collect.surveys.sentences import (
    in_both,
    name_page,
    name_question,
    quote,
    say_condition,
    say_jump,
)
from huiyin.core.text import Text

MOST_SPENT = 10_000
"""Squares of the numbers of comparisons that are spent on conditions by themselves."""
MOST_COMBINATIONS = 2_000
"""Combinations tried for one condition where not all ways can be walked."""
_NEVER_ASKED = Text(
    "{what}永远不会被问到：{condition}，这不可能。",
    "{what} is never asked: it cannot be that {condition}.",
)
_NEVER_SHOWN = Text(
    "{what}永远不会出现：{condition}，这不可能。",
    "{what} is never shown: it cannot be that {condition}.",
)
_NEVER_JUMPS = Text(
    "{what}的这条跳转永远不会发生：{jump}。", "This jump of {what} never happens: {jump}."
)
_NEVER_FULL = Text(
    "配额{what}一份也收不到：{condition}，这不可能。",
    "Nobody ever counts for the quota {what}: it cannot be that {condition}.",
)
_ALWAYS = Text(
    "{what}的条件总是成立，等于没有：{condition}。",
    "The condition of {what} always holds: {condition}.",
)
_ALWAYS_ADVICE = Text("删掉这个条件，或改成想要的。", "Remove the condition, or say what is meant.")
_NO_WAY = Text(
    "没有人走得到{what}：前面的跳转总会跳过它。",
    "Nobody reaches {what}: a jump before it always skips it.",
)
_BEHIND = Text(
    "{what}的这条跳转轮不到，前面那条总会先跳走：{jump}。",
    "In {what} a jump before this one always goes first: {jump}.",
)
_DEAD_END = Text(
    "没有一条路能答完：每个人都会被判为不符合条件。",
    "No way is complete: everybody is screened out.",
)
_NOT_CHECKED = Text(
    "条件太多，走法没能全部验证；每个条件单独查过。",
    "Too many conditions to walk every way; each was checked by itself.",
)

_NO_LOGO = Text(
    "标志不是在这里上传的，答题页上不会显示。请重新上传。",
    "The logo was not uploaded here and will not be shown. Upload it again.",
)
_BAD_REDIRECT = Text(
    "答完后要去的网址不对：{address}。请检查网站的名字。",
    "The address to go to after the thanks cannot be: {address}. Check the name of the site.",
)


def check(definition: Definition) -> tuple[Finding, ...]:
    """Find what is wrong with a questionnaire.

    Parameters
    ----------
    definition : Definition

    Returns
    -------
    tuple of Finding
        Errors first; none where all is well.
    """
    found, broken = check_references(definition)
    found += [*check_places(definition), *check_contradictions(definition)]
    found += [*_bad_redirect(definition), *_foreign_logo(definition)]
    try:
        found += _reached(definition, explore(definition), broken)
    except TooManyWaysError:
        found.append(warning("not_checked", _NOT_CHECKED))
        found += _one_by_one(definition, broken)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.severity is not Severity.ERROR))


def _bad_redirect(definition: Definition) -> Iterator[Finding]:
    if definition.redirect:
        try:
            plain_address(definition.redirect)
        except ValueError:
            yield error("bad_redirect", _BAD_REDIRECT.format(address=definition.redirect))


def _foreign_logo(definition: Definition) -> Iterator[Finding]:
    if definition.theme.logo and not is_logo_id(definition.theme.logo):
        yield warning("foreign_logo", _NO_LOGO)


def can_be_published(findings: tuple[Finding, ...]) -> bool:
    """Tell whether nothing found is an error."""
    return all(one.severity is not Severity.ERROR for one in findings)


def _reached(definition: Definition, reach: Reach, broken: frozenset[Key]) -> Iterator[Finding]:
    for page in definition.pages:
        if page.id in reach.pages:
            continue
        if not reach.truths.get(("page", page.id, 0)):
            sentence = _NO_WAY.format(what=name_page(definition, page))
            yield error("unreachable_page", sentence).at(page=page.id)
    for key, condition in placed(definition):
        truths = reach.truths.get(key)
        last_of_several = key[0] == "jump" and key[2] > 0 and truths == {True}
        if truths and len(truths) == 1 and key not in broken and not last_of_several:
            yield _constant(definition, key, condition, holding=truths == {True})
    yield from _behind(definition, reach)
    if set(reach.endings) == {Ending.SCREENED_OUT}:
        yield error("dead_end", _DEAD_END)


def _behind(definition: Definition, reach: Reach) -> Iterator[Finding]:
    for page in definition.pages:
        for number, jump in enumerate(page.jumps):
            key = ("jump", page.id, number)
            looked_at = key in reach.taken or reach.truths.get(key)
            if page.id in reach.pages and not looked_at:
                said = say_jump(definition, jump)
                sentence = _BEHIND.format(what=name_page(definition, page), jump=said)
                yield error("unreachable_jump", sentence).at(page=page.id)


def _constant(definition: Definition, key: Key, condition: Condition, *, holding: bool) -> Finding:
    """Remark on a condition that is always the same."""
    what, where = _place(definition, key)
    said = say_condition(definition, condition)
    if holding:
        sentence = _ALWAYS.format(what=what, condition=said)
        return Finding("always_true", Severity.WARNING, sentence, *where, _ALWAYS_ADVICE)
    if key[0] == "jump":
        page = next(page for page in definition.pages if page.id == key[1])
        sentence = _NEVER_JUMPS.format(what=what, jump=say_jump(definition, page.jumps[key[2]]))
    else:
        form = {"page": _NEVER_SHOWN, "question": _NEVER_ASKED, "quota": _NEVER_FULL}[key[0]]
        sentence = form.format(what=what, condition=said)
    return Finding("never_true", Severity.ERROR, sentence, *where)


def _place(
    definition: Definition, key: Key
) -> tuple[Text, tuple[str | None, str | None, str | None]]:
    kind, name, _ = key
    if kind == "quota":
        quota = next(quota for quota in definition.quotas if quota.id == name)
        return quote(in_both(quota.name, quota.id)), (None, None, name)
    for page in definition.pages:
        if kind != "question" and page.id == name:
            return name_page(definition, page), (name, None, None)
        if kind == "question" and any(one.id == name for one in page.questions):
            return name_question(definition, name), (page.id, name, None)
    raise KeyError(name)


def _one_by_one(definition: Definition, broken: frozenset[Key]) -> Iterator[Finding]:
    """Prove what can be proved of each condition by itself, whatever is answered elsewhere."""
    spent = 0
    for key, condition in placed(definition):
        spent += sum(1 for _ in tests(condition)) ** 2
        if spent > MOST_SPENT:
            return
        truth = None if key in broken else _truth_alone(definition, condition)
        if truth is not None:
            yield _constant(definition, key, condition, holding=truth)


def _truth_alone(definition: Definition, condition: Condition) -> bool | None:
    """Tell whether a condition is always the same, None where it is not, or nobody knows."""
    names = sorted(variables(condition))
    try:
        values = stand_ins_of(definition, [condition])
    except TooManyWaysError:
        return None
    choices = [(None, *values.get(name, ())) for name in names]
    if prod(len(choice) for choice in choices) > MOST_COMBINATIONS:
        return None
    truths = {_holds(condition, names, given) for given in product(*choices)}
    return truths.pop() if len(truths) == 1 else None


def _holds(condition: Condition, names: list[str], given: tuple[Any, ...]) -> bool:
    known = {name: one for name, one in zip(names, given, strict=True) if one is not None}
    fields = {name[1:]: one for name, one in known.items() if name.startswith("{")}
    return holds(condition, known, fields)
