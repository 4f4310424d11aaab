"""Versions of the company's own words in the store: kept for ever, one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from huiyin.ask.dictionary import words as our_words
from huiyin.ask.own.contracts import (
    LONGEST_MEANING,
    LONGEST_WORD,
    MOST_WORDS,
    OwnWord,
    OwnWords,
    OwnWordsError,
)
from huiyin.ask.spelling import normal
from huiyin.core.text import Text
from huiyin.store.contracts import EditConflictError
from huiyin.store.tables import AskWordsVersion
from huiyin.store.unit_of_work import UnitOfWork

_SAME = Text("和版本 {n} 一样，没有存新版本。", "The same as version {n}: none was saved.")
_TOO_MANY = Text("自己的词最多 {n} 个。", "At most {n} own words.")
_LENGTH = Text(
    "“{word}”：自己的词 1 到 {a} 个字，意思 1 到 {b} 个字。",
    "“{word}”: an own word has 1 to {a} characters, its meaning 1 to {b}.",
)
_TWICE = Text("“{word}”写了两次。", "“{word}” stands there twice.")
_TAKEN = Text(
    "“{word}”是提问本来就认得的说法，不能改成别的意思。",
    "“{word}” is already a word of asking and cannot mean something else.",
)
_ITSELF = Text("“{word}”的意思不能是它自己。", "“{word}” cannot mean itself.")


def fetch_own_words(session: Session) -> OwnWords:
    """Give the newest version; version 0 without words where none is kept."""
    row = _newest(session)
    return OwnWords(0, ()) if row is None else _words(row)


def fetch_versions(session: Session, limit: int = 50) -> tuple[OwnWords, ...]:
    """List the newest versions, the newest first."""
    rows = select(AskWordsVersion).order_by(AskWordsVersion.version.desc()).limit(limit)
    return tuple(map(_words, session.scalars(rows)))


def do_save_own_words(
    work: UnitOfWork, entries: Sequence[OwnWord], *, base_version: int
) -> OwnWords:
    """Keep a list as the next version.

    Parameters
    ----------
    work : UnitOfWork
    entries : sequence of OwnWord
        The whole list.
    base_version : int
        The version that the change was made on.

    Raises
    ------
    EditConflictError
        Somebody has saved a version since.
    OwnWordsError
        A word cannot be taken, or nothing was changed.
    """
    last = _newest(work.session)
    before = OwnWords(0, ()) if last is None else _words(last)
    if before.version != base_version:
        raise EditConflictError(before.created_by, before.created_at or work.now)
    kept = _checked(entries)
    if kept == before.entries:
        raise OwnWordsError(_SAME.format(n=before.version))
    row = AskWordsVersion(
        version=before.version + 1,
        entries=_document(kept),
        created_by=work.actor.name,
        created_at=work.now,
    )
    work.session.add(row)
    try:
        work.session.flush()
    except IntegrityError as error:  # two people saved at the same moment
        raise EditConflictError(None, work.now) from error
    facts = ({"entries": _document(before.entries)}, {"entries": _document(kept)})
    work.audit("save", "ask_words", str(row.version), before=facts[0], after=facts[1])
    return _words(row)


def _checked(entries: Sequence[OwnWord]) -> tuple[OwnWord, ...]:
    if len(entries) > MOST_WORDS:
        raise OwnWordsError(_TOO_MANY.format(n=MOST_WORDS))
    kept = tuple(OwnWord(one.word.strip(), one.means.strip()) for one in entries)
    seen: set[str] = set()
    for one in kept:
        _check(one, seen)
        seen.add(normal(one.word))
    return kept


def _check(one: OwnWord, seen: set[str]) -> None:
    plain = normal(one.word)
    fits = 0 < len(plain) <= LONGEST_WORD and 0 < len(normal(one.means)) <= LONGEST_MEANING
    if not fits:
        text = _LENGTH.format(word=one.word[:LONGEST_WORD], a=LONGEST_WORD, b=LONGEST_MEANING)
        raise OwnWordsError(text)
    if plain in seen:
        raise OwnWordsError(_TWICE.format(word=one.word))
    if plain == normal(one.means):
        raise OwnWordsError(_ITSELF.format(word=one.word))
    if plain in _ours():
        raise OwnWordsError(_TAKEN.format(word=one.word))


def _ours() -> frozenset[str]:
    """List the words that say what is asked: they cannot be given another meaning."""
    known = our_words()
    said = (*known.metrics.values(), *known.operations.values(), *known.signals.values())
    return frozenset(word for several in said for word in several) | known.fillers


def _newest(session: Session) -> AskWordsVersion | None:
    rows = select(AskWordsVersion).order_by(AskWordsVersion.version.desc()).limit(1)
    return session.scalars(rows).first()


def _words(row: AskWordsVersion) -> OwnWords:
    entries = tuple(OwnWord(word, means) for word, means in row.entries)
    return OwnWords(row.version, entries, row.created_by, row.created_at)


def _document(entries: Sequence[OwnWord]) -> list[list[str]]:
    return [[one.word, one.means] for one in entries]
