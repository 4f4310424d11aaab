"""The company's own words for asking: read, saved as a new version, and the versions before."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from huiyin.ask.own.contracts import LONGEST_MEANING, LONGEST_WORD, MOST_WORDS, OwnWord, OwnWords
from huiyin.ask.own.keeping import do_save_own_words, fetch_own_words, fetch_versions
from huiyin.people.contracts import Person, Right
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import Body, VersionNumber
from huiyin.web.lists import listed

router = APIRouter(prefix="/api/v1/ask/words", tags=["ask"])
Editor = Annotated[Person, Depends(allow(Right.EDIT_METRICS))]


class WordBody(Body):
    """A word of the company and the known word that it means."""

    word: Annotated[str, Field(min_length=1, max_length=LONGEST_WORD)]
    means: Annotated[str, Field(min_length=1, max_length=LONGEST_MEANING)]


class WordsBody(Body):
    """The whole list; `version` as it was read, 0 where none is kept."""

    version: VersionNumber
    entries: Annotated[list[WordBody], Field(max_length=MOST_WORDS)]


@router.get("")
def get_words(system: TheSystem, _: Editor) -> dict[str, Any]:
    """Give the words that hold now."""
    with system.database.reading() as session:
        return _item(fetch_own_words(session))


@router.put("")
def put_words(body: WordsBody, request: Request, person: Editor) -> dict[str, Any]:
    """Save the list as a new version; the next question is read with it."""
    entries = [OwnWord(one.word, one.means) for one in body.entries]
    with changing(request, person) as uow:
        return _item(do_save_own_words(uow, entries, base_version=body.version))


@router.get("/versions")
def get_versions(system: TheSystem, _: Editor) -> dict[str, Any]:
    """List the newest versions with their words, the newest first."""
    with system.database.reading() as session:
        return listed([_item(one) for one in fetch_versions(session)])


def _item(found: OwnWords) -> dict[str, Any]:
    return {
        "version": found.version,
        "entries": [{"word": one.word, "means": one.means} for one in found.entries],
        "created_by": found.created_by,
        "created_at": found.created_at.isoformat() if found.created_at else None,
    }
