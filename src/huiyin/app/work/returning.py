"""Reads the mailbox that mails which come back go to, and notes whose they are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from huiyin.collect.sending.contracts import SendingError
from huiyin.collect.sending.receipts import do_take_receipt, read_report
from huiyin.collect.sending.transport import BOUNCE_SETTING, fetch_mailbox, fetch_transport
from huiyin.connectors.imap import take_reports
from huiyin.core.text import Text

if TYPE_CHECKING:
    from huiyin.store.jobs.worker import JobContext
    from huiyin.web.system import System

READING = Text("读取退信", "reading mails that came back")
AT_ONCE = 500
"""Reports of one run; what is left is read at the next."""


def read_bounces(system: System, context: JobContext) -> dict[str, Any]:
    """Read the unread reports; safe to run twice, as each is marked read once it is noted."""
    with system.database.reading() as session:
        if fetch_transport(session, BOUNCE_SETTING).settings is None:
            return {"reports": 0}
        mailbox, settings = fetch_mailbox(session, system.key)
    if not settings.on:
        return {"reports": 0}
    counts: Counter[str] = Counter()

    def take(raw: bytes) -> None:
        context.progress(READING, counts.total(), counts.total() + 1)
        counts[_noted(system, context, raw)] += 1

    n_reports = take_reports(mailbox, take, most=AT_ONCE)
    return {"reports": n_reports, **counts}


def _noted(system: System, context: JobContext, raw: bytes) -> str:
    """Note what a report says; gives what became of it."""
    try:
        receipt = read_report(raw)
    except SendingError:
        return "unreadable"
    if receipt is None:
        return "late"
    with context.uow() as work:
        return "noted" if do_take_receipt(work, system.key, receipt) else "not_ours"
