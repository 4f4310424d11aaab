"""Questionnaires as the answer pages know them: read once, used by many requests."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from huiyin.collect.sending.arriving import Guest
from huiyin.collect.surveys.changes import Status
from huiyin.collect.surveys.definition import Definition, FileAsked
from huiyin.collect.surveys.keeping import Home
from huiyin.collect.surveys.minutes import expect_minutes, whole_minutes
from huiyin.collect.surveys.reading import definition_of, fetch_version, find_link
from huiyin.store.database import Database
from huiyin.store.tables import Dataset, Survey

FRESH_SECONDS = 1.0
MOST = 2_000


@dataclass(frozen=True)
class Version:
    """One version as it is asked."""

    survey_id: str
    number: int
    definition: Definition
    named: Mapping[str, str]

    @cached_property
    def asked(self) -> dict[str, Any]:
        """Questions by id."""
        return {question.id: question for question in self.definition.questions}

    @cached_property
    def files(self) -> dict[str, FileAsked]:
        """Questions for files by id."""
        asked = self.definition.questions
        return {one.id: one for one in asked if isinstance(one, FileAsked)}

    @cached_property
    def minutes(self) -> Mapping[str, int]:
        """Language → how many minutes it takes, at least one."""
        return {tag: whole_minutes(self.definition, tag) for tag in self.definition.languages}

    @cached_property
    def alike(self) -> bool:
        """Whether everybody gets the same first page (but for the facts of their link)."""
        page = self.definition.pages[0]
        return not (
            page.random_order or any(getattr(one, "random_order", False) for one in page.questions)
        )

    @cached_property
    def several(self) -> bool:
        """Whether it has more than one page, so that answers under way are kept."""
        return len(self.definition.pages) > 1

    @cached_property
    def shortest_minutes(self) -> float:
        """How long the shortest way through takes."""
        return expect_minutes(self.definition).shortest


@dataclass(frozen=True, slots=True)
class Entrance:
    """A way in: its link, the questionnaire behind it, and the version that is asked now."""

    link_id: str
    code: str
    kind: str
    fields: Mapping[str, str]
    options: Mapping[str, Any]
    status: Status
    closed: bool
    opens_at: datetime | None
    closes_at: datetime | None
    home: Home
    zone: str
    current: Version
    guest: Guest | None = None
    mode: str = "self"
    way: str = ""
    """Where its address begins, where it is neither an open link nor a personal one."""
    customer: str | None = None
    """Whom a site vouches for that we do not know."""
    entered_by: str | None = None
    response_id: str | None = None
    """Of the one answer that may come this way; None: each page opened begins another."""

    @property
    def root(self) -> str:
        """Where its address begins: open links and personal ones are apart."""
        return self.way or ("/s/" if self.guest is None else "/i/")

    @property
    def framed(self) -> bool:
        """Whether it stands within a page of somebody else, or of the staff: no cookie is set."""
        return bool(self.way)

    @property
    def sites(self) -> tuple[str, ...]:
        """Whose pages may frame it."""
        return tuple(self.options.get("sites", ()))

    @property
    def path(self) -> str:
        """Its address on this server."""
        return self.root + self.code

    def for_guest(self, guest: Guest, token: str) -> Entrance:
        """Give the same way in as a personal link opens it."""
        return replace(self, code=token, fields={**self.fields, **guest.fields}, guest=guest)

    def open_at(self, now: datetime) -> bool:
        """Tell whether it can be answered at a moment."""
        started = self.opens_at is None or self.opens_at <= now
        over = self.closes_at is not None and self.closes_at <= now
        return self.status is Status.OPEN and not self.closed and started and not over


class Known:
    """Entrances by code, each read again after a second; versions for ever: they never change."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._lock = threading.Lock()
        self._entrances: dict[str, tuple[float, Entrance | None]] = {}
        self._versions: dict[tuple[str, int], Version] = {}

    def peek(self, code: str) -> tuple[bool, Entrance | None]:
        """Give the entrance if it was read within the last second; (found, entrance)."""
        kept = self._entrances.get(code)
        if kept is None or time.monotonic() - kept[0] > FRESH_SECONDS:
            return False, None
        return True, kept[1]

    def entrance(self, code: str) -> Entrance | None:
        """Give the entrance of a code, None where there is none."""
        fresh, known = self.peek(code)
        if fresh:
            return known
        with self._lock:
            fresh, known = self.peek(code)
            if not fresh:
                known = self._read(code)
                if len(self._entrances) >= MOST:
                    self._entrances.clear()
                self._entrances[code] = (time.monotonic(), known)
        return known

    def _read(self, code: str) -> Entrance | None:
        with self.database.reading() as session:
            link = find_link(session, code)
            survey = session.get(Survey, link.survey_id) if link else None
            dataset = session.get(Dataset, survey.dataset_id) if survey else None
            if link is None or survey is None or dataset is None or survey.version is None:
                return None
            return Entrance(
                link_id=link.id,
                code=code,
                kind=link.kind,
                fields=dict(link.fields),
                options=dict(link.options),
                status=Status(survey.status),
                closed=link.closed_at is not None or survey.archived_at is not None,
                opens_at=survey.opens_at,
                closes_at=survey.closes_at,
                home=Home(survey.id, dataset.id, dataset.epoch),
                zone=dataset.zone,
                current=self.version(survey.id, survey.version),
            )

    def version(self, survey_id: str, number: int) -> Version:
        """Give a version.

        Raises
        ------
        NotFoundError
            There is none.
        """
        known = self._versions.get((survey_id, number))
        if known is None:
            with self.database.reading() as session:
                found = fetch_version(session, survey_id, number)
                known = Version(
                    survey_id, number, definition_of(found.document), dict(found.columns)
                )
            if len(self._versions) >= MOST:
                self._versions.clear()
            self._versions[survey_id, number] = known
        return known
