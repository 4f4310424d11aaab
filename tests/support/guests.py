"""Customers who can be reached, and mailings to them."""

from sqlalchemy import select

from huiyin.collect.customers.boxes import Boxes
from huiyin.collect.customers.contracts import Consent
from huiyin.collect.customers.keys import blind_indexer, known_by, spelled
from huiyin.collect.sending.contracts import Plan
from huiyin.collect.sending.going_out import do_take, fetch_due
from huiyin.collect.sending.mailings import do_create_mailing, plan_of
from huiyin.collect.sending.planning import Candidate, do_plan_invitations
from huiyin.collect.surveys.changes import do_create_survey, do_publish
from huiyin.collect.surveys.definition import Definition
from huiyin.core.ids import new_id
from huiyin.store.tables import Customer, CustomerField, CustomerKey, Dataset, Mailing

KEY = b"k" * 32
EVERYBODY = select(Customer.id).order_by(Customer.id)
ALL_DAY = {"from_hour": 0, "to_hour": 24}
NPS = {"kind": "nps", "id": "rec", "title": {"zh-CN": "您会推荐我们吗？", "en": "Would you?"}}


def add_customer(uow, *addresses, consent=Consent.UNKNOWN, purpose=None):
    """A customer with addresses (mail, telephone), as an import leaves one."""
    customer_id, boxes, blind = new_id(), Boxes(KEY), blind_indexer(KEY)
    ((wrapped, box),) = boxes.made([customer_id])
    uow.session.add(
        Customer(
            id=customer_id, wrapped_key=wrapped, attributes={},
            first_seen_at=uow.now, last_seen_at=uow.now,
        )
    )  # fmt: skip
    uow.session.flush()
    dataset_id = _list_of_guests(uow)
    for address in addresses:
        known = known_by(address)
        hidden = blind(spelled(known))
        uow.session.add(
            CustomerField(
                customer_id=customer_id, dataset_id=dataset_id, field=known.kind,
                purpose=purpose, consent=consent,
                ciphertext=box.close(known.kind, address),
                blind_index=hidden, collected_at=uow.now,
            )
        )  # fmt: skip
        uow.session.add(CustomerKey(customer_id=customer_id, kind=known.kind, blind_index=hidden))
    uow.session.flush()
    return customer_id


def _list_of_guests(uow):
    """The dataset that they came with, the same for all."""
    known = uow.session.scalar(select(Dataset.id).where(Dataset.name == "名单"))
    if known is not None:
        return known
    made = Dataset(name="名单", zone="Asia/Shanghai", generated=False)
    uow.session.add(made)
    uow.session.flush()
    return made.id


def add_survey(uow, **more):
    """A published questionnaire of one question."""
    page = {"id": "p1", "questions": [NPS]}
    definition = {
        "title": {"zh-CN": "试", "en": "A try"}, "languages": ["zh-CN", "en"], "pages": [page],
    }  # fmt: skip
    survey = do_create_survey(uow, "试", Definition.model_validate(definition | more))
    do_publish(uow, survey.id, survey.revision)
    return survey


def plan(**words):
    """A plan whose window never closes."""
    base = {"channel": "mail", "window": ALL_DAY, "rule": {"on": "event", "event": "x"}}
    return Plan.model_validate(base | words)


def add_mailing(uow, survey, made):
    return do_create_mailing(uow, survey.id, "一次发送", made)


def invite(uow, mailing, made, *customers, fields=None):
    """Plan one invitation of each customer, due now."""
    some = [Candidate(one, one, uow.now, fields or {}) for one in customers]
    return do_plan_invitations(uow, KEY, mailing, made, some)


def invite_everybody(uow):
    """Invite every customer there is, by a mailing of its own."""
    made = plan(channel="link")
    invite(uow, add_mailing(uow, add_survey(uow), made), made, *uow.session.scalars(EVERYBODY))


def take_due(work, mailing_id, limit=50, noted=None):
    """Send what a mailing has to send now, as the work of sending does; gives the letters.

    `work` opens a transaction; `noted` is done in another one with each letter before the next.
    """
    letters = []
    with work() as uow:
        mailing = uow.session.get_one(Mailing, mailing_id)
        made = plan_of(mailing)
        due = fetch_due(uow.session, mailing, made, uow.now, limit)
    for one in due:
        with work() as uow:
            letter = do_take(uow, KEY, made, one)
        if letter is not None:
            letters.append(letter)
            if noted is not None:
                with work() as uow:
                    noted(uow, letter.invitation_id)
    return letters
