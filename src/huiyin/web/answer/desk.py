"""The desk of one web process that takes in answers: what it knows, signs, throttles and keeps."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from huiyin.collect.sending.arriving import (
    Guest,
    UsedLinkError,
    find_guest,
    note_opened,
    note_started,
    use_up,
)
from huiyin.collect.surveys.columns import Kept, build_row
from huiyin.collect.surveys.day_counts import Step
from huiyin.collect.surveys.definition import Quota
from huiyin.collect.surveys.files import claim_files, files_of
from huiyin.collect.surveys.full_quotas import fetch_full, settled_quotas
from huiyin.collect.surveys.halves import open_draft, seal_draft
from huiyin.collect.surveys.keeping import (
    Draft,
    Outcome,
    UnderWay,
    drop_draft,
    keep_answer,
    keep_draft,
    keep_plain_answer,
    pack,
    quotas_of,
)
from huiyin.core.clock import day_began
from huiyin.core.ids import TIME_SIGNS, moment_of, new_id
from huiyin.store.intake import Intake
from huiyin.store.sealed_rows import RowSeal
from huiyin.store.tables import AnswerDraft
from huiyin.web.answer.files import FileDesk
from huiyin.web.answer.guards import Throttle
from huiyin.web.answer.known import Entrance, Known, Version
from huiyin.web.answer.ready import ReadyPages
from huiyin.web.answer.receiving import Progress
from huiyin.web.answer.tally import Tally
from huiyin.web.answer.tokens import Signer, Start

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from huiyin.web.system import System


class Desk:
    """Takes answers in; one for each web process.

    Parameters
    ----------
    system : System
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self.known = Known(system.database)
        self.intake = Intake(system.database)
        self.throttle = Throttle()
        self.ready = ReadyPages()
        self.rows = RowSeal(system.key)
        self.files = FileDesk(self)
        self.tally = Tally(self.intake)

    def count(self, entrance: Entrance, *steps: Step) -> None:
        """Count how far somebody came on an open link."""
        self.tally.count(entrance, self.now(), steps)

    @cached_property
    def signer(self) -> Signer:
        """Signs what a page carries."""
        return Signer(self.system.key)

    def now(self) -> datetime:
        """Give the moment."""
        return self.system.clock()

    async def entrance(self, code: str) -> Entrance | None:
        """Find the way in of a code."""
        fresh, known = self.known.peek(code)
        return known if fresh else await asyncio.to_thread(self.known.entrance, code)

    async def personal(self, token: str) -> Entrance | None:
        """Find the way in that a personal link opens, with who it was given to."""

        def read() -> tuple[Guest | None, Entrance | None]:
            with self.system.database.reading() as session:
                guest = find_guest(session, self.system.key, token)
            return guest, self.known.entrance(guest.code) if guest else None

        guest, entrance = await asyncio.to_thread(read)
        return entrance.for_guest(guest, token.lower()) if guest and entrance else None

    async def note_opened(self, entrance: Entrance) -> None:
        """Note that a personal link was opened; an open link leaves no trace."""
        await self._note(entrance, note_opened)

    async def note_started(self, entrance: Entrance) -> None:
        """Note that a personal link was begun; an open link leaves no trace."""
        await self._note(entrance, note_started)

    async def use_up(self, entrance: Entrance) -> None:
        """Note that a personal link has served, though no answer is kept; once is enough."""
        write = self._used_up(entrance, entrance.current, self.now())
        if write is not None:
            with suppress(UsedLinkError):
                await self.intake.kept(write)

    async def _note(self, entrance: Entrance, note: Callable[..., Any]) -> None:
        if entrance.guest is None:
            return
        by_day = entrance.current.definition.anonymous
        write = note(entrance.guest.invitation_id, self.now(), by_day=by_day)
        await self.intake.kept(write)

    async def version(self, entrance: Entrance, number: int) -> Version:
        """Give the version that an answer began with.

        Raises
        ------
        NotFoundError
            There is none.
        """
        if number == entrance.current.number:
            return entrance.current
        return await asyncio.to_thread(self.known.version, entrance.home.survey_id, number)

    def start(self, entrance: Entrance, language: str, mode: str | None = None) -> Start:
        """Begin an answer; nothing is kept of it."""
        return Start(
            response_id=self._response_id(entrance),
            code=entrance.code,
            version=entrance.current.number,
            at=self.now().timestamp(),
            language=language,
            seed=random.getrandbits(31),
            mode=mode or entrance.mode,
            invitation=entrance.guest.invitation_id if entrance.guest else None,
            customer=entrance.customer,
            entered_by=entrance.entered_by,
            asked_again=entrance.entered_by is not None,
        )

    def _response_id(self, entrance: Entrance) -> str:
        """Give the id of an answer: its call's, if any; an anonymous one tells its day."""
        own = entrance.response_id
        day = self.coarse(entrance, entrance.current, moment_of(own) if own else self.now())
        if day is None:
            return own or new_id()
        made = new_id(day.timestamp())
        return made[:TIME_SIGNS] + own[TIME_SIGNS:] if own else made

    @staticmethod
    def coarse(entrance: Entrance, version: Version, now: datetime) -> datetime | None:
        """Give the day, where no hour may be kept: it would tell whose an answer is."""
        return day_began(now, entrance.zone) if version.definition.anonymous else None

    async def finish(
        self,
        entrance: Entrance,
        version: Version,
        start: Start,
        progress: Progress,
        fields: Mapping[str, str] | None = None,
    ) -> Outcome:
        """Keep a finished answer; returns after it is on the disk.

        `fields` are the facts that came with it; those of the entrance where none are given.

        Raises
        ------
        QuotaFullError
            No place is left for it.
        UsedLinkError
            It came by a personal link that was answered before.
        FileGoneError
            A file of it is not there any more.
        StoreError
            It could not be kept.
        """
        now = self.now()
        fields = entrance.fields if fields is None else fields
        kept_at = self.coarse(entrance, version, now) or now
        kept = self._kept(entrance, start, now, kept_at, fields)
        answers = progress.way.answers
        row = build_row(version.definition, version.named, answers, progress.own, kept)
        row = self.rows.close(start.response_id, row)
        quotas = quotas_of(version.definition, answers, fields) if version.definition.quotas else ()
        also = self._also(entrance, version, start, answers, now, kept_at)
        if quotas or version.several or also is not None:
            write = keep_answer(entrance.home, start.response_id, row, kept_at, quotas, also)
            outcome = await self.intake.kept(write)
        else:
            plain = keep_plain_answer(entrance.home, start.response_id, row, kept_at)
            outcome = await self.intake.kept(plain)
        if outcome is Outcome.KEPT:
            self.count(entrance, Step.FINISHED)
        return outcome

    @staticmethod
    def _used_up(
        entrance: Entrance, version: Version, now: datetime
    ) -> Callable[[Connection], None] | None:
        if entrance.guest is None:
            return None
        guest, by_day = entrance.guest.invitation_id, version.definition.anonymous
        return lambda connection: use_up(connection, guest, now, by_day=by_day)

    def _also(
        self,
        entrance: Entrance,
        version: Version,
        start: Start,
        answers: Mapping[str, Any],
        now: datetime,
        kept_at: datetime,
    ) -> Callable[[Connection], None] | None:
        """Give what is written with an answer: its personal link is used up, its files are kept."""
        used_up = self._used_up(entrance, version, now)
        files = files_of(version.definition, answers) if version.files else ()
        if not files:
            return used_up

        def write(connection: Connection) -> None:
            if used_up is not None:
                used_up(connection)
            home = entrance.home.survey_id
            claim_files(connection, home, start.response_id, files, kept_at)

        return write

    def _kept(
        self,
        entrance: Entrance,
        start: Start,
        now: datetime,
        kept_at: datetime,
        fields: Mapping[str, str],
    ) -> Kept:
        return Kept(
            response_id=start.response_id,
            answered_at=kept_at.astimezone(UTC).isoformat(timespec="seconds"),
            channel=entrance.kind,
            mode=start.mode,
            language=start.language,
            version=start.version,
            finished=True,
            seconds=max(now.timestamp() - start.at, 0.0),
            customer=_customer(entrance, start),
            entered_by=start.entered_by,
            fields=fields,
        )

    async def keep_draft(self, entrance: Entrance, start: Start, progress: Progress) -> Outcome:
        """Keep an answer that is under way, so that it can be resumed; not one that is finished."""
        anonymous = entrance.current.definition.anonymous
        facts = {
            "channel": entrance.kind,
            "mode": start.mode,
            "language": start.language,
            "customer": None if anonymous else _customer(entrance, start),
            "entered_by": start.entered_by,
            "fields": dict(entrance.fields),
        }
        words = pack(UnderWay(progress.answers, progress.own, facts))
        draft = Draft(
            response_id=start.response_id,
            survey_id=entrance.home.survey_id,
            dataset_id=entrance.home.dataset_id,
            version=start.version,
            link_id=entrance.link_id,
            sealed=seal_draft(self.system.key, words),
            page=progress.page,
            started_at=datetime.fromtimestamp(start.at, UTC),
        )
        return await self.intake.kept(keep_draft(draft, self.now()))

    async def full_quota(
        self, entrance: Entrance, version: Version, progress: Progress
    ) -> Quota | None:
        """Give the full quota that ends an answer under way; None where none does by now."""
        definition, page = version.definition, progress.page
        if not definition.quotas or page is None:
            return None
        settled = settled_quotas(definition, page, progress.way.answers, entrance.fields)
        known = list(settled)

        def read() -> Quota | None:
            with self.system.database.reading() as session:
                return fetch_full(session, entrance.home.survey_id, known)

        return await asyncio.to_thread(read) if known else None

    async def drop_draft(self, start: Start) -> None:
        """Forget an answer under way that ended early: it is not half-finished."""
        await self.intake.kept(drop_draft(start.response_id))

    async def draft(self, start: Start) -> tuple[Mapping[str, Any], Mapping[str, str], str | None]:
        """Give the answers kept so far, own words, and the page; empty where there are none."""

        def read() -> tuple[Mapping[str, Any], Mapping[str, str], str | None]:
            with self.system.database.reading() as session:
                found = session.get(AnswerDraft, start.response_id)
                if found is None:
                    return {}, {}, None
                kept = open_draft(self.system.key, found)
                return kept.answers, kept.own, found.page

        return await asyncio.to_thread(read)

    def close(self) -> None:
        """Finish what waits."""
        self.tally.close()
        self.intake.close()


def _customer(entrance: Entrance, start: Start) -> str | None:
    return entrance.guest.customer_id if entrance.guest else start.customer
