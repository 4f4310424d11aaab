"""Personal links that nobody sends: handed out by other means, but to nobody who refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from huiyin.collect.customers.reading import fetch_fields
from huiyin.collect.sending.addresses import fetch_reach
from huiyin.collect.sending.contacts import do_count_contacts
from huiyin.collect.sending.contracts import Channel, InvitationStatus, Plan, SendingError
from huiyin.collect.sending.going_out import step_of
from huiyin.collect.sending.mailings import plan_of
from huiyin.collect.sending.planning import AT_ONCE, open_facts
from huiyin.collect.sending.tokens import token_of
from huiyin.core.text import Text
from huiyin.store.bulk import batched
from huiyin.store.tables import Mailing, SurveyInvitation
from huiyin.store.unit_of_work import UnitOfWork

_NOT_LINKS = Text(
    "这次发送由邮件或短信发出，链接不能另外导出。",
    "Its links go out by mail or text message; they are not handed out beside.",
)
_OVER = (InvitationStatus.FINISHED, InvitationStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Handed:
    """A link to hand out, and to whom.

    Attributes
    ----------
    customer_id, token : str
    known : dict of str to str
        What the list says of the customer, by its columns: masked, or in clear where asked for.
    facts : dict of str to str
        What goes with the answer.
    """

    customer_id: str
    token: str
    known: dict[str, str]
    facts: dict[str, str]


def do_hand_out(
    work: UnitOfWork, key: bytes, mailing: Mailing, *, in_clear: bool = False
) -> list[Handed]:
    """Give every link of a mailing that is handed out by other means, and whose it is.

    Who has refused since they were invited, or was contacted by something else meanwhile, is left
    out, and noted as such.

    Raises
    ------
    SendingError
        Its links go out by mail or text message.
    """
    plan = plan_of(mailing)
    if plan.channel is not Channel.LINK:
        raise SendingError(_NOT_LINKS)
    one = SurveyInvitation
    asked = select(one).where(one.mailing_id == mailing.id, one.status.not_in(_OVER))
    rows = list(work.session.scalars(asked.order_by(one.id).with_for_update()))
    rows.sort(key=lambda row: row.customer_id)  # locked in one order, as by whoever else does
    found = [row for some in batched(rows, AT_ONCE) for row in _handed(work, key, plan, some)]
    facts = {"n_rows": len(found), "in_clear": in_clear}
    work.audit("export", "mailing", mailing.id, after=facts)
    datasets = [plan.audience.dataset_id] if plan.audience else []
    return [
        Handed(row.customer_id, token_of(key, row.id), known, open_facts(key, row.sealed))
        for some in batched(found, AT_ONCE)
        for row, known in _with_names(work, key, some, datasets, in_clear=in_clear)
    ]


def _with_names(
    work: UnitOfWork,
    key: bytes,
    some: Sequence[SurveyInvitation],
    datasets: Sequence[str],
    *,
    in_clear: bool,
) -> Iterator[tuple[SurveyInvitation, dict[str, str]]]:
    fields = fetch_fields(work.session, key, {row.customer_id for row in some}, datasets)
    for row in some:
        own = fields[row.customer_id]
        yield row, {one.name: one.value if in_clear else one.masked for one in own}


def _handed(
    work: UnitOfWork, key: bytes, plan: Plan, some: Sequence[SurveyInvitation]
) -> list[SurveyInvitation]:
    """Note those as sent who may still be asked, the others as refused; gives the former."""
    reach = fetch_reach(work.session, key, {row.customer_id for row in some}, plan)
    for row in some:
        row.reason = reach[row.customer_id].reason
    new = [row for row in some if row.reason is None and row.sent_at is None]
    counted = do_count_contacts(work, plan, new)
    denied = {row.id for row in new} - counted.allowed
    found = []
    for row in some:
        if row.id in denied:
            continue
        if row.reason is None:
            row.sent_at = row.sent_at or counted.moment
            found.append(row)
        row.status = InvitationStatus.REFUSED if row.reason else step_of(row)
    return found
