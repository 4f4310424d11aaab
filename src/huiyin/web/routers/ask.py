"""Ask: a question in Chinese or English, read with the words of what the person may see."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import Field

from huiyin.ask.answering import answer_asked
from huiyin.ask.calculated import calculated_metrics
from huiyin.ask.carried import carried
from huiyin.ask.contracts import Answerable, Asked, ColumnValues
from huiyin.ask.endpoint.contracts import Endpoint
from huiyin.ask.endpoint.helping import helped, may_help
from huiyin.ask.endpoint.keeping import fetch_endpoint
from huiyin.ask.meanings import Vocabulary
from huiyin.ask.own.contracts import OwnWords
from huiyin.ask.own.keeping import fetch_own_words
from huiyin.ask.pointing import groups_shown, names_groups, points_back, with_names
from huiyin.ask.present import answer_json, asked_json
from huiyin.ask.reading import ask
from huiyin.ask.spelling import LONGEST_QUESTION
from huiyin.ask.values import fetch_values
from huiyin.ask.vocabulary import build_vocabulary
from huiyin.core.text import Text
from huiyin.measure.catalogue import operational_metrics
from huiyin.measure.definitions.words import day_of
from huiyin.measure.metric import HOUSE_RULES
from huiyin.measure.present import query_json
from huiyin.people.contracts import Person, Right
from huiyin.people.sealing import UnsealError
from huiyin.web.access import TheSystem, allow
from huiyin.web.bodies import Body, VersionNumber
from huiyin.web.corridors import View, open_view, opened_corridor
from huiyin.web.kept_results import kept
from huiyin.web.stopping import STOPPABLE
from huiyin.web.told import told

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from huiyin.web.system import System

router = APIRouter(prefix="/api/v1/datasets/{dataset_id}", tags=["ask"])
LONGEST_THREAD = 20
MOST_VOCABULARIES = 16
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Question = Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION)]


class AskBody(Body):
    """A question, and those before it in the thread, the first first."""

    question: Question
    thread: list[Question] = Field(default_factory=list, max_length=LONGEST_THREAD)
    version: VersionNumber | None = None


@router.post("/ask", dependencies=[STOPPABLE])
def post_ask(dataset_id: str, body: AskBody, system: TheSystem, person: Reader) -> dict[str, Any]:
    """Read a question and answer it; the shape is that of ``huiyin ask --json``."""
    with system.database.reading() as session:
        view = open_view(session, system, person, dataset_id, body.version)
        own = fetch_own_words(session)
        endpoint = _endpoint(session, system)
    asked, dropped = _read(system, person, view, body, own, endpoint)
    document = asked_json(body.question, asked, query_json)
    if dropped:
        document["model"] = dict(dropped)
    if not isinstance(asked, Answerable):
        return document
    document |= _from_the_thread(system, view, body, own, asked)
    answer = _told(system, person, view, asked)
    part = view.part_beside(asked.query.where)
    if part is not None and "voices" in answer:
        document["words_of"] = part
    return document | answer


def _from_the_thread(
    system: System, view: View, body: AskBody, own: OwnWords, asked: Answerable
) -> dict[str, Any]:
    """Say what an answer keeps of the questions before it, and whether it would do without."""
    if not body.thread:
        return {}
    vocabulary = _vocabulary(system, view, own)
    alone = ask(body.question, vocabulary, day_of(system.clock()))
    kept_parts = carried(asked, alone, vocabulary.codebook)
    if kept_parts is None:
        return {}
    return {"carried": dict(kept_parts), "stands_alone": isinstance(alone, Answerable)}


def _endpoint(session: Session, system: System) -> Endpoint | UnsealError | None:
    """Give the model's endpoint, or why it cannot be used; questions are read without it then."""
    try:
        return fetch_endpoint(session, system.key)
    except UnsealError as fault:
        return fault


def _read(
    system: System,
    person: Person,
    view: View,
    body: AskBody,
    own: OwnWords,
    endpoint: Endpoint | UnsealError | None,
) -> tuple[Asked, Text | None]:
    """Read the thread by our own rules; the last question may be read by the model."""
    vocabulary = _vocabulary(system, view, own)
    today = day_of(system.clock())
    asked: Asked | None = None
    questions: list[str] = []
    for words in (*body.thread, body.question):
        questions.append(_named(system, person, view, words, asked))
        asked = ask(questions[-1], vocabulary, today, asked)
    own_reading = asked or ask(body.question, vocabulary, today)
    if isinstance(endpoint, UnsealError):
        return own_reading, endpoint.sentence if may_help(own_reading) else None
    return helped(endpoint, own_reading, vocabulary, today, questions)


def _named(system: System, person: Person, view: View, words: str, before: Asked | None) -> str:
    """Name the groups that a follow-up points at; they are those of the answer before it."""
    if not (isinstance(before, Answerable) and names_groups(before) and points_back(words)):
        return words
    return with_names(words, groups_shown(before.query.by[0], _told(system, person, view, before)))


def _told(system: System, person: Person, view: View, asked: Answerable) -> dict[str, Any]:
    """Give the answer to what was understood, kept as long as the data stays."""
    read = asked_json("", asked, query_json)
    facts = [read["kind"], read["query"], read["rank"], read["threshold"]]
    key = view.key("ask", facts)
    found: dict[str, Any] = told(
        system, person, view, key, lambda own: answer_json(answer_asked(own, asked))
    )
    return found


def _vocabulary(system: System, view: View, own: OwnWords) -> Vocabulary:
    """Give the words of a version for a viewer: the values are fetched once, small groups not.

    The company's own words are laid over them; a new version of those is used from the next
    question on.
    """
    key = view.key("ask values")
    values: dict[str, list[str]] = kept(system.folders.cache, key, lambda: _values(system, view))
    frozen = tuple((name, tuple(found)) for name, found in values.items())
    rules = replace(HOUSE_RULES, complaints=view.rules.complaints)
    there = tuple(one.id for one in operational_metrics(view.snapshot.asked_codebook, rules))
    return _built(view, frozen, f"{key}-{own.version}", own, there)


@dataclass(slots=True)
class _Place:
    """Where a vocabulary is held; the questions of a thread come at once, one of them builds it."""

    building: Lock = field(default_factory=Lock)
    vocabulary: Vocabulary | None = None


@lru_cache(maxsize=MOST_VOCABULARIES)
def _from_key(key: str) -> _Place:
    """Hold a place for the vocabulary of a key; the longest unused one is let go."""
    del key
    return _Place()


def _built(
    view: View,
    values: tuple[tuple[str, tuple[str, ...]], ...],
    key: str,
    own: OwnWords,
    there: tuple[str, ...],
) -> Vocabulary:
    place = _from_key(key)
    with place.building:
        if place.vocabulary is None:
            codebook = view.snapshot.asked_codebook
            made = calculated_metrics(codebook, view.rules)
            known = ColumnValues(dict(values))
            place.vocabulary = build_vocabulary(
                codebook, known, operations=there, calculated=made, own=own.entries
            )
        return place.vocabulary


def _values(system: System, view: View) -> dict[str, Any]:
    with opened_corridor(system, view) as corridor:
        return dict(fetch_values(corridor, view.minimum_n).by_column)
