"""What a file of another system cannot say of a questionnaire's logic: a sentence for each rule."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.collect.surveys.contracts import Ending
from huiyin.collect.surveys.definition import Condition, Definition
from huiyin.collect.surveys.formats.picks import UnsayableError, clauses_of, picks_of
from huiyin.collect.surveys.formats.qsf_rules import jumps_carried
from huiyin.collect.surveys.sentences import (
    in_both,
    name_page,
    name_question,
    quote,
    say_condition,
    say_jump,
)
from huiyin.core.text import Text

_SHOWN = Text("{what}的显示条件（{condition}）", "the condition of {what} ({condition})")
_JUMP = Text("{page}后面的跳转：{jump}", "a jump after {page}: {jump}")
_SCREENED = Text(
    "{page}后面的跳转：{jump}（带出去成为普通结束）",
    "a jump after {page}: {jump} (it becomes a plain end)",
)
_QUOTA = Text("配额{name}", "the quota {name}")
_WITH_JUMPS = "qsf"
_WITH_CONDITIONS = frozenset({"qsf", "lss"})


def lost_rules(definition: Definition, kind: str) -> Iterator[Text]:
    """Name each condition, jump and quota that a format does not carry.

    Parameters
    ----------
    definition : Definition
    kind : str
        Ending of the file.
    """
    for page in definition.pages:
        if page.show_if and not _carried(definition, page.show_if, kind):
            said = say_condition(definition, page.show_if)
            yield _SHOWN.format(what=name_page(definition, page), condition=said)
        for question in page.questions:
            if question.show_if and not _carried(definition, question.show_if, kind):
                said = say_condition(definition, question.show_if)
                yield _SHOWN.format(what=name_question(definition, question.id), condition=said)
        carried = jumps_carried(definition, page) if kind == _WITH_JUMPS else []
        for number, jump in enumerate(page.jumps):
            if number >= len(carried) or jump.end is Ending.SCREENED_OUT:
                sentence = _JUMP if number >= len(carried) else _SCREENED
                said = say_jump(definition, jump)
                yield sentence.format(page=name_page(definition, page), jump=said)
    for quota in definition.quotas:
        yield _QUOTA.format(name=quote(in_both(quota.name, quota.id)))


def _carried(definition: Definition, condition: Condition, kind: str) -> bool:
    if kind not in _WITH_CONDITIONS:
        return False
    try:
        return bool(clauses_of(picks_of(definition, condition)))
    except UnsayableError:
        return False
