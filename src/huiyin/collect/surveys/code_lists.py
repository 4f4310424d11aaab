"""A list of places to hang a code at: shops, counters, staff; one way in for each line."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from sqlalchemy.orm import Session

from huiyin.collect.files.dialect import records
from huiyin.collect.surveys.changes import LinkKind, do_open_link
from huiyin.collect.surveys.contracts import SurveyError
from huiyin.collect.surveys.reading import definition_of, fetch_links, fetch_survey, fetch_version
from huiyin.core.ids import new_ids
from huiyin.core.text import Text, listed
from huiyin.store.tables import SurveyLink
from huiyin.store.unit_of_work import UnitOfWork

MOST_CODES = 200
LONGEST_LIST = 200_000
"""Characters of a list."""
LONGEST_VALUE = 200
_NAMES = frozenset({"名称", "name"})
_BETWEEN = " · "
_EMPTY = Text(
    "名单是空的：第一行写列名，下面一行一个码。",
    "The list is empty: the first line names the columns, each line below is one code.",
)
_MANY = Text("名单有 {n} 行，一次最多 {most} 行。", "The list has {n} lines, {most} at most.")
_UNKNOWN = Text(
    "第一行的“{names}”不是这份问卷发布的随答卷带的列。可以用的列：{known}。",
    "“{names}” in the first line is no fact that the published questionnaire keeps. "
    "These are: {known}.",
)
_TWICE = Text("第一行里“{name}”出现两次。", "“{name}” stands in the first line twice.")
_NONE = Text("没有；先在设计里加上再发布", "none; add them in the design and publish")
_WIDTH = Text(
    "第 {line} 行有 {n} 格，第一行有 {width} 格。", "Line {line} has {n} cells, the first {width}."
)
_BLANK = Text("第 {line} 行“{name}”是空的。", "In line {line} “{name}” is empty.")
_LONG = Text(
    "第 {line} 行有一格超过 {most} 个字。", "In line {line} a cell has more than {most} characters."
)
_NOT_OUT = Text(
    "问卷还没有发布，码打不开。", "The questionnaire is not published: no code opens it."
)


class CodeListError(SurveyError):
    """A list of codes cannot be used; the sentence says which line."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a code hangs: its name on the poster, and the facts that go with each answer."""

    name: str
    fields: Mapping[str, str]


def read_places(words: str, known: Collection[str]) -> list[Place]:
    r"""Read a list that was pasted from a table or stands in a CSV file.

    Parameters
    ----------
    words : str
        The first line names the columns: facts of the questionnaire, and 名称 or ``name`` where
        a code has a name of its own (else its values are its name). Parted by tabs, commas or
        semicolons.
    known : collection of str
        The facts that the questionnaire keeps.

    Returns
    -------
    list of Place
        The same line is one place, however often it stands there.

    Raises
    ------
    CodeListError
        It is empty, too long, or a line does not fit.

    Examples
    --------
    >>> read_places("shop,counter\n一店,3", ["shop", "counter"])[0].name
    '一店 · 3'
    """
    lines = _lines(words)
    if len(lines) < 2:  # noqa: PLR2004 -- heads and a line
        raise CodeListError(_EMPTY)
    if len(lines) - 1 > MOST_CODES:
        raise CodeListError(_MANY.format(n=len(lines) - 1, most=MOST_CODES))
    heads = lines[0][1]
    _check_heads(heads, known)
    places = [_place(heads, line, cells) for line, cells in lines[1:]]
    return list({_mark(one.name, one.fields): one for one in places}.values())


def known_facts(session: Session, survey_id: str) -> tuple[str, ...]:
    """Give the facts that answers to the published questionnaire keep.

    Raises
    ------
    NotFoundError
        There is no such questionnaire.
    CodeListError
        It is not published.
    """
    survey = fetch_survey(session, survey_id)
    if survey.version is None:
        raise CodeListError(_NOT_OUT)
    return definition_of(fetch_version(session, survey_id, survey.version).document).fields


def do_open_codes(work: UnitOfWork, survey_id: str, places: Sequence[Place]) -> list[SurveyLink]:
    """Open a way in for each place, in their order; one that is open already stays as it is."""
    there = {
        _mark(one.name, one.fields): one
        for one in fetch_links(work.session, survey_id)
        if one.kind == LinkKind.QR and one.closed_at is None
    }
    return [
        there.get(_mark(one.name, one.fields))
        or do_open_link(work, survey_id, LinkKind.QR, one.name, one.fields, link_id=link_id)
        for one, link_id in zip(places, new_ids(len(places), group=1), strict=True)
    ]


def _mark(name: str, fields: Mapping[str, str]) -> str:
    return json.dumps([name, sorted(fields.items())], ensure_ascii=False)


def _lines(words: str) -> list[tuple[int, list[str]]]:
    words = words.lstrip("\ufeff").replace("\x00", "")
    first = next((line for line in words.splitlines() if line.strip()), "")
    parted = next((sign for sign in "\t,;" if sign in first), ",")
    found, number = [], 0
    for cells, n_lines in records(StringIO(words, newline=""), parted):
        number += n_lines
        plain = [" ".join(cell.split()) for cell in cells]
        if any(plain):
            found.append((number, plain))
    return found


def _check_heads(heads: Sequence[str], known: Collection[str]) -> None:
    twice = next((one for one in heads if heads.count(one) > 1), None)
    if twice is not None:
        raise CodeListError(_TWICE.format(name=twice))
    strange = [one for one in heads if one not in known and not _is_name(one)]
    if strange or all(map(_is_name, heads)):
        shown = [one[:40] for one in (strange or heads)[:10]]
        facts = listed(known) if known else _NONE
        raise CodeListError(_UNKNOWN.format(names=listed(shown), known=facts))


def _is_name(head: str) -> bool:
    return head.lower() in _NAMES


def _place(heads: Sequence[str], line: int, cells: Sequence[str]) -> Place:
    if len(cells) != len(heads):
        raise CodeListError(_WIDTH.format(line=line, n=len(cells), width=len(heads)))
    if any(len(one) > LONGEST_VALUE for one in cells):
        raise CodeListError(_LONG.format(line=line, most=LONGEST_VALUE))
    for head, cell in zip(heads, cells, strict=True):
        if not cell:
            raise CodeListError(_BLANK.format(line=line, name=head))
    given = dict(zip(heads, cells, strict=True))
    fields = {head: cell for head, cell in given.items() if not _is_name(head)}
    own = next((cell for head, cell in given.items() if _is_name(head)), None)
    return Place((own or _BETWEEN.join(fields.values()))[:LONGEST_VALUE], fields)
