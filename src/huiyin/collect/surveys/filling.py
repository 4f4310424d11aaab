"""Piping: ``{{name}}`` in words becomes a fact of the customer, or an earlier answer.

What is filled in is plain text: a page escapes it like any other words. It is never read again,
so braces in an answer stay braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from huiyin.collect.surveys.contracts import NOT_APPLICABLE, OTHER, Kind
from huiyin.collect.surveys.definition import Csat, Definition, Matrix, Words, say
from huiyin.core.text import ZH

_PLACE = re.compile(r"\{\{\s*([^{}|]{1,90}?)\s*(?:\|([^{}]{0,200}))?\}\}")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
"""Signs that are not seen, and those that turn the direction of the words around them."""
LONGEST_FILLED = 200
NOT_PIPED = frozenset({Kind.CONTACT, Kind.FILE, Kind.CONSENT, Kind.NOTE})
"""Answers that are never repeated in words: sealed, or no words at all."""


def places(words: str) -> Iterator[tuple[str, str | None]]:
    """List the places to fill in words: name and fallback (None where none is given)."""
    yield from ((found[1], found[2]) for found in _PLACE.finditer(words))


def fill(words: str, known: Mapping[str, str]) -> str:
    """Fill the places in words.

    Parameters
    ----------
    words : str
        ``{{name}}`` or ``{{name|fallback}}``.
    known : mapping of str to str
        What is filled in, by name; a name that is missing or empty gives the fallback, else "".

    Returns
    -------
    str
        Plain text, not escaped.

    Examples
    --------
    >>> fill("{{name|dear customer}}, hello", {})
    'dear customer, hello'
    """
    return _PLACE.sub(lambda found: _clean(known.get(found[1]) or found[2] or ""), words)


def _clean(words: str) -> str:
    return _UNSEEN.sub(" ", words).strip()[:LONGEST_FILLED]


def gather(
    definition: Definition,
    answers: Mapping[str, Any],
    fields: Mapping[str, str],
    language: str,
    own: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Gather what can be filled in: facts of the respondent, and answers in words.

    Parameters
    ----------
    definition : Definition
    answers : mapping
        Those that count (`logic.find_way`).
    fields : mapping of str to str
        Only those that the definition names are used.
    language : str
    own : mapping of str to str, optional
        Question id → what was written beside the option ``other``.

    Returns
    -------
    dict of str to str
        By field name, question id, and ``question.row``. A field goes before a question.
    """
    known: dict[str, str] = {}
    for question in definition.questions:
        answer = answers.get(question.id)
        if answer is not None and question.kind not in NOT_PIPED:
            known |= dict(_spoken(question, answer, language, (own or {}).get(question.id)))
    return known | {name: fields[name] for name in definition.fields if fields.get(name)}


def _spoken(
    question: Any, answer: Any, language: str, own: str | None
) -> Iterator[tuple[str, str]]:
    if isinstance(question, Matrix) and isinstance(answer, Mapping):
        for row, level in answer.items():
            yield f"{question.id}.{row}", _level(question, level, language)
    elif isinstance(answer, (list, tuple)):
        comma = "、" if language == ZH else ", "
        yield question.id, comma.join(_option(question, one, language, own) for one in answer)
    elif hasattr(question, "options"):
        yield question.id, _option(question, answer, language, own)
    else:
        yield question.id, _level(question, answer, language)


def _option(question: Any, code: Any, language: str, own: str | None) -> str:
    if code == OTHER and own:
        return own
    labels = (say(one.label, language) for one in question.options if one.code == code)
    return next(labels, str(code))


def _level(question: Any, level: Any, language: str) -> str:
    words: Sequence[Words] = question.words if isinstance(question, (Csat, Matrix)) else ()
    if level == NOT_APPLICABLE:
        return ""
    if words and isinstance(level, int) and 1 <= level <= len(words):
        return say(words[level - 1], language) or str(level)
    return str(level)
