"""A list of the customers behind a mark, and how many of them may be written to for a purpose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from huiyin.collect.sending.contracts import REASON_TEXT, Audience, Channel, Plan
from huiyin.collect.sending.planning import Candidate
from huiyin.core.text import Text
from huiyin.web.audiences import sift
from huiyin.web.behind import Behind
from huiyin.web.customer_lists import PAGE_ROWS, customer_items, flat_item
from huiyin.web.customer_views import Part, Wanted

if TYPE_CHECKING:
    from huiyin.store.unit_of_work import UnitOfWork
    from huiyin.web.system import System

WAYS = {Channel.MAIL: Text("邮件", "mail"), Channel.SMS: Text("短信", "text message")}
"""By what customers could be written to."""


@dataclass(frozen=True, slots=True)
class CustomerList:
    """The customers behind a mark.

    Attributes
    ----------
    behind : Behind
    ids : tuple of str
        Surrogates, as many as the smallest group or more.
    """

    behind: Behind
    ids: tuple[str, ...]

    @classmethod
    def of(cls, system: System, behind: Behind) -> CustomerList:
        """Find the customers behind a mark of a view.

        Raises
        ------
        ViewError
            Nobody can be told, or they are too few.
        """
        with system.engines.lent() as engine:
            return cls(behind, tuple(behind.customers(engine)))

    @property
    def part(self) -> Part:
        """The dataset that they are of."""
        return self.behind.part

    def items(self, session: Session, system: System, most: int) -> list[dict[str, Any]]:
        """Give some of them as lists of customers show them: contact data masked."""
        wanted = Wanted(self.ids)
        return customer_items(session, system, [self.part], wanted, range(most))[0]

    def note(self, uow: UnitOfWork, purpose: str) -> None:
        """Write down who made the list, of whom, and for what."""
        facts = {
            "purpose": purpose,
            "customers": len(self.ids),
            "metric": self.behind.mark.metric,
            "group": dict(self.behind.mark.by),
            **self.behind.words,
            "query": self.behind.asked.view.query.model_dump(mode="json", exclude_defaults=True),
        }
        uow.audit("list_customers", "dataset", self.part.dataset.id, after=facts)


def list_json(
    session: Session, system: System, found: CustomerList, purpose: str
) -> dict[str, Any]:
    """Give a list as the page shows it: how many, how many may be written to, the newest."""
    return {
        "items": found.items(session, system, PAGE_ROWS),
        "total": len(found.ids),
        "purpose": purpose,
        "ways": [_way(session, system, found, purpose, channel) for channel in WAYS],
    }


def list_rows(
    session: Session, system: System, found: CustomerList, purpose: str
) -> list[dict[str, Any]]:
    """Give all of them as rows of a file, each with the purpose it was made for."""
    items = found.items(session, system, len(found.ids))
    return [flat_item(item) | {"purpose": purpose} for item in items]


def _way(
    session: Session, system: System, found: CustomerList, purpose: str, channel: Channel
) -> dict[str, Any]:
    """Count whom a mailing of a purpose could reach; those who gave no consent are left out."""
    plan = Plan(
        channel=channel,
        purpose=purpose,
        needs_consent=True,
        audience=Audience(dataset_id=found.part.dataset.id),
    )
    now = system.clock()
    some: Sequence[Candidate] = [Candidate(one, one, now, {}) for one in found.ids]
    eligible, excluded = sift(session, system.key, None, plan, some)
    return {
        "channel": channel.value,
        "words": dict(WAYS[channel]),
        "eligible": len(eligible),
        "excluded": [
            {"reason": reason.value, "words": dict(REASON_TEXT[reason]), "n": n}
            for reason, n in excluded.most_common()
        ],
    }
