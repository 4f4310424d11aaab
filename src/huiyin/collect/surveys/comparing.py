"""What changed between two versions of a questionnaire, and which answers can still be compared.

By the rule of the columns (`columns.name_columns`): a rewording keeps the column, so the trend goes
on with a mark; another scale, other options or rows open a new column, and the trend begins anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from huiyin.collect.surveys.change import Change, ChangeKind
from huiyin.collect.surveys.columns import name_columns
from huiyin.collect.surveys.comparing_details import (
    differ,
    other_pages,
    question_details,
    survey_details,
)
from huiyin.collect.surveys.definition import Condition, Definition, Page, Words, say
from huiyin.collect.surveys.sentences import (
    in_both,
    name_question,
    quote,
    say_condition,
    say_jump,
    say_quota,
)
from huiyin.core.text import EN, ZH, Text

_ADDED = Text("新增了{q}。", "{q} was added.")
_REMOVED = Text("删掉了{q}。", "{q} was removed.")
_MOVED = Text("{q}换了位置。", "{q} was moved.")
_REWORDED = Text(
    "{old}改成了{new}；还是同一列，趋势照接。",
    "{old} now reads {new}; same column, the trend goes on.",
)
_REWORDED_ELSEWHERE = Text(
    "{new}的文字在一种语言里改了；还是同一列，趋势照接。",
    "{new} reads differently in one language; same column, the trend goes on.",
)
_RESCALED = Text(
    "{q}换了题型、量表或选项：另起一列，和以前的不能直接比。",
    "{q} has another kind, scale or set of options: a new column, not to be compared with before.",
)
_OPTION_ADDED = Text("{q}加了“{label}”。", "{q} gained “{label}”.")
_OPTION_REMOVED = Text("{q}去掉了“{label}”。", "{q} lost “{label}”.")
_OPTION_ELSEWHERE = Text(
    "{q}里“{new}”的文字在一种语言里改了。", "In {q}, “{new}” reads differently in one language."
)
_OPTION_REWORDED = Text("{q}里的“{old}”改成了“{new}”。", "In {q}, “{old}” now reads “{new}”.")
_REQUIRED = Text("{q}改成了必答。", "{q} must now be answered.")
_OPTIONAL = Text("{q}改成了选答。", "{q} may now be left out.")
_SHOWN = Text(
    "{q}什么时候问变了：原来{old}，现在{new}。",
    "When {q} is asked changed: before, {old}; now, {new}.",
)
_ALWAYS = Text("都问", "always")
_PAGE_SHOWN = Text(
    "第 {n} 页什么时候出现变了：原来{old}，现在{new}。",
    "When page {n} is shown changed: before, {old}; now, {new}.",
)
_JUMP_ADDED = Text("第 {n} 页加了跳转：{jump}。", "Page {n} gained a jump: {jump}.")
_JUMP_REMOVED = Text("第 {n} 页去掉了跳转：{jump}。", "Page {n} lost a jump: {jump}.")
_QUOTA_ADDED = Text("加了配额：{quota}。", "A quota was added: {quota}.")
_QUOTA_CHANGED = Text(
    "配额变了。原来：{old}。现在：{new}。", "A quota changed. Before: {old}. Now: {new}."
)
_QUOTA_WORDS = Text(
    "一个配额的名称或满了以后说的话变了：{quota}。",
    "The name or words of a quota changed: {quota}.",
)
_QUOTA_REMOVED = Text("去掉了配额：{quota}。", "A quota was removed: {quota}.")
_LANGUAGE_ADDED = Text("加了语言：{tags}。", "Languages were added: {tags}.")
_LANGUAGE_REMOVED = Text("去掉了语言：{tags}。", "Languages were removed: {tags}.")
_ANONYMOUS = Text("改成了匿名。", "It is anonymous now.")
_NAMED = Text("不再匿名。", "It is no longer anonymous.")
_FIELDS = Text("随答卷保存的资料变了。", "The fields kept with an answer changed.")


def compare_definitions(old: Definition, new: Definition) -> tuple[Change, ...]:
    """Say what changed from one version to the next.

    Parameters
    ----------
    old, new : Definition

    Returns
    -------
    tuple of Change
        Questions in the order of the new version, what was removed, then logic and settings.
    """
    before = {question.id: question for question in old.questions}
    first = name_columns(old, [])
    second = name_columns(new, [first])
    found: list[Change] = []
    for question in new.questions:
        name = name_question(new, question.id)
        if question.id not in before:
            found.append(Change(ChangeKind.ADDED, _ADDED.format(q=name), question.id))
            continue
        rescaled = second.get(question.id) != first.get(question.id)
        found += _question(old, new, before[question.id], question, rescaled=rescaled)
    found += _removed(old, new)
    moved = list(_moved(old, new))
    moved += other_pages(old, new, {one.question for one in moved})
    return (*found, *moved, *_logic(old, new), *_settings(old, new), *survey_details(old, new))


def _removed(old: Definition, new: Definition) -> Iterator[Change]:
    for question in old.questions:
        if new.question(question.id) is None:
            sentence = _REMOVED.format(q=name_question(old, question.id))
            yield Change(ChangeKind.REMOVED, sentence, question.id)


def _question(
    old: Definition, new: Definition, before: Any, after: Any, *, rescaled: bool
) -> Iterator[Change]:
    name = name_question(new, after.id)
    if before.title != after.title:
        earlier = name_question(old, after.id)
        form = _REWORDED if differ(earlier, name) else _REWORDED_ELSEWHERE
        sentence = form.format(old=earlier, new=name)
        if not rescaled:
            yield Change(ChangeKind.REWORDED, sentence, after.id)
    if rescaled:
        yield Change(ChangeKind.RESCALED, _RESCALED.format(q=name), after.id, comparable=False)
    for part in ("options", "rows"):
        yield from _parts(name, after.id, _labels(before, part), _labels(after, part))
    if before.required != after.required:
        sentence = (_REQUIRED if after.required else _OPTIONAL).format(q=name)
        yield Change(ChangeKind.SETTINGS, sentence, after.id)
    if before.show_if != after.show_if:
        said = {"old": _when(old, before.show_if), "new": _when(new, after.show_if)}
        yield Change(ChangeKind.LOGIC, _SHOWN.format(q=name, **said), after.id)
    yield from question_details(name, before, after)


def _labels(question: Any, part: str) -> dict[str, Words]:
    return {one.code: one.label for one in getattr(question, part, ())}


def _parts(
    name: Text, question: str, before: dict[str, Words], after: dict[str, Words]
) -> Iterator[Change]:
    for code, label in after.items():
        said = in_both(label, code)
        if code not in before:
            sentence = _OPTION_ADDED.format(q=name, label=said)
            yield Change(ChangeKind.OPTIONS, sentence, question)
        elif before[code] != label:
            earlier = in_both(before[code], code)
            form = _OPTION_REWORDED if differ(earlier, said) else _OPTION_ELSEWHERE
            sentence = form.format(q=name, old=earlier, new=said)
            yield Change(ChangeKind.OPTIONS, sentence, question)
    for code in before.keys() - after.keys():
        sentence = _OPTION_REMOVED.format(q=name, label=in_both(before[code], code))
        yield Change(ChangeKind.OPTIONS, sentence, question)


def _when(definition: Definition, condition: Condition | None) -> Text:
    return say_condition(definition, condition) if condition else _ALWAYS


def _moved(old: Definition, new: Definition) -> Iterator[Change]:
    """Find the fewest questions whose moving explains the new order."""
    kept_old = [one.id for one in old.questions if new.question(one.id)]
    kept_new = [one.id for one in new.questions if old.question(one.id)]
    place = {name: number for number, name in enumerate(kept_old)}
    still = _longest_rising([place[name] for name in kept_new])
    for name in kept_new:
        if place[name] not in still:
            yield Change(ChangeKind.MOVED, _MOVED.format(q=name_question(new, name)), name)


def _longest_rising(numbers: list[int]) -> set[int]:
    best: list[list[int]] = []
    for number in numbers:
        best.append([*_longest(run for run in best if run[-1] < number), number])
    return set(_longest(best))


def _longest(runs: Iterable[list[int]]) -> list[int]:
    longest: list[int] = []
    for run in runs:
        longest = run if len(run) > len(longest) else longest
    return longest


def _logic(old: Definition, new: Definition) -> Iterator[Change]:
    before = {page.id: page for page in old.pages}
    for number, page in enumerate(new.pages, 1):
        earlier = before.get(page.id)
        shown = earlier.show_if if earlier else None
        if shown != page.show_if:
            said = {"old": _when(old, shown), "new": _when(new, page.show_if)}
            yield Change(ChangeKind.LOGIC, _PAGE_SHOWN.format(n=number, **said))
        yield from _jumps(old, new, (earlier, page), number)
    yield from _quotas(old, new)


def _quotas(old: Definition, new: Definition) -> Iterator[Change]:
    before, kept = {one.id: one for one in old.quotas}, {one.id for one in new.quotas}
    for quota in new.quotas:
        earlier, said = before.get(quota.id), say_quota(new, quota)
        if earlier is None:
            yield Change(ChangeKind.LOGIC, _QUOTA_ADDED.format(quota=said))
        elif earlier != quota:
            was = say_quota(old, earlier)
            form = _QUOTA_CHANGED if was != said else _QUOTA_WORDS
            yield Change(ChangeKind.LOGIC, form.format(old=was, new=said, quota=said))
    for quota in old.quotas:
        if quota.id not in kept:
            yield Change(ChangeKind.LOGIC, _QUOTA_REMOVED.format(quota=say_quota(old, quota)))


def _jumps(
    old: Definition, new: Definition, pages: tuple[Page | None, Page], number: int
) -> Iterator[Change]:
    earlier, page = pages
    jumps = earlier.jumps if earlier else ()
    for jump in page.jumps:
        if jump not in jumps:
            yield Change(ChangeKind.LOGIC, _JUMP_ADDED.format(n=number, jump=say_jump(new, jump)))
    for jump in jumps:
        if jump not in page.jumps:
            yield Change(ChangeKind.LOGIC, _JUMP_REMOVED.format(n=number, jump=say_jump(old, jump)))


def _settings(old: Definition, new: Definition) -> Iterator[Change]:
    if old.title != new.title:
        said = {"old": quote(_title(old)), "new": quote(_title(new))}
        sentence = Text("问卷标题{old}改成了{new}。", "The title {old} now reads {new}.")
        yield Change(ChangeKind.REWORDED, sentence.format(**said))
    for form, tags in (
        (_LANGUAGE_ADDED, [tag for tag in new.languages if tag not in old.languages]),
        (_LANGUAGE_REMOVED, [tag for tag in old.languages if tag not in new.languages]),
    ):
        if tags:
            yield Change(ChangeKind.SETTINGS, form.format(tags=", ".join(tags)))
    if old.anonymous != new.anonymous:
        yield Change(ChangeKind.SETTINGS, _ANONYMOUS if new.anonymous else _NAMED)
    if old.fields != new.fields:
        yield Change(ChangeKind.SETTINGS, _FIELDS)


def _title(definition: Definition) -> Text:
    return Text(say(definition.title, ZH), say(definition.title, EN))
