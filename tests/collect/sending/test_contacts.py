"""Messages that go out late: what counts is when a customer is written to, never one too many."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from at_once import at_once
from guests import KEY, add_customer, add_mailing, add_survey, plan, take_due
from sqlalchemy import select

from huiyin.collect.sending.arriving import use_up
from huiyin.collect.sending.going_out import do_note_failed, do_note_sent
from huiyin.collect.sending.handing_out import do_hand_out
from huiyin.collect.sending.mailings import do_start
from huiyin.collect.sending.planning import Candidate, do_plan_invitations
from huiyin.core.clock import system_clock
from huiyin.store.contracts import Actor
from huiyin.store.tables import Contact, Mailing, SurveyInvitation
from huiyin.store.unit_of_work import unit_of_work

N_CUSTOMERS = 12
MAIL, LINK = plan(), plan(channel="link")
REMINDED = plan(reminders={"most": 1, "after_days": 1})


class House:
    """An installation whose clock is set by days; the rule is ours: one contact in 30 days."""

    def __init__(self, database, n=N_CUSTOMERS):
        self.database, self.start = database, system_clock()
        with self.on(0) as uow:
            self.people = [add_customer(uow, f"p{k}@example.com") for k in range(n)]
            self.survey = add_survey(uow)

    def on(self, day):
        """Work on a day."""
        now = self.start + timedelta(days=day)
        return unit_of_work(self.database, Actor.system(), clock=lambda: now)

    def planned(self, day, made=MAIL, due=None, **more):
        """Start a mailing to everybody on a day; gives its id and what became of them."""
        at = self.start + timedelta(days=day if due is None else due)
        with self.on(day) as uow:
            mailing = add_mailing(uow, self.survey, made)
            do_start(uow, mailing, mailing.revision)
            some = [Candidate(one, one, at, more) for one in self.people]
            return mailing.id, do_plan_invitations(uow, KEY, mailing, made, some)

    def sent(self, mailing_id, day, limit=50):
        """Send what is due of a mailing on a day; gives the addresses."""
        letters = take_due(partial(self.on, day), mailing_id, limit, noted=do_note_sent)
        return [one.address for one in letters]

    def rows(self, mailing_id):
        with self.database.reading() as session:
            asked = select(SurveyInvitation).where(SurveyInvitation.mailing_id == mailing_id)
            return list(session.scalars(asked))


def test_what_goes_out_late_counts_when_it_goes_out(database):
    house = House(database)
    early, counts = house.planned(0)
    assert counts == {"planned": N_CUSTOMERS}  # and waits, as its mail server is away
    later, counts = house.planned(31)
    assert counts == {"planned": N_CUSTOMERS}
    assert len(house.sent(later, 31)) == N_CUSTOMERS
    assert house.sent(early, 32) == house.sent(early, 90) == []
    assert {(one.status, one.reason) for one in house.rows(early)} == {("refused", "too_recent")}
    with database.reading() as session:
        left = Counter(session.scalars(select(Contact.customer_id)))
    assert left == Counter(house.people)


def test_links_that_are_handed_out_late_are_judged_once_more(database):
    house = House(database)
    early, _ = house.planned(0, LINK)
    later, _ = house.planned(31)
    house.sent(later, 31)
    with house.on(32) as uow:
        assert do_hand_out(uow, KEY, uow.session.get_one(Mailing, early)) == []
    with house.on(62) as uow:
        found = do_hand_out(uow, KEY, uow.session.get_one(Mailing, early))
    assert sorted(one.customer_id for one in found) == sorted(house.people)
    assert house.planned(63)[1] == {"too_recent": N_CUSTOMERS}


def test_mailings_that_are_late_together_leave_nobody_with_one_too_many(database):
    house = House(database)
    mailings = [house.planned(31 * n)[0] for n in range(3)]
    sender = lambda one: lambda: [house.sent(one, 93, limit=3) for _ in range(N_CUSTOMERS)]  # noqa: E731
    got = at_once(*[sender(one) for one in mailings * 2])
    letters = Counter(address for each in got for some in each for address in some)
    assert letters == Counter(f"p{k}@example.com" for k in range(N_CUSTOMERS))


def test_a_few_minutes_late_hold_up_and_never_drop_the_next_one(database):
    house = House(database, 1)
    first, _ = house.planned(0)
    second, counts = house.planned(0, due=30)
    assert counts == {"planned": 1}
    assert len(house.sent(first, 0.01)) == 1
    assert house.sent(second, 30) == []
    assert {one.status for one in house.rows(second)} == {"planned"}
    assert len(house.sent(second, 30.1)) == 1


@pytest.mark.parametrize("answers", [False, True])
def test_a_reminder_that_was_not_taken_goes_to_who_has_not_answered_since(database, answers):
    house = House(database, 1)
    mailing, _ = house.planned(0, REMINDED)
    house.sent(mailing, 0)
    (letter,) = take_due(partial(house.on, 2), mailing)
    with house.on(2) as uow:
        do_note_failed(uow, letter, "450 later", for_good=False)
    with house.on(2) as uow:
        other = add_mailing(uow, house.survey, LINK)
        uow.session.add(_by_telephone(uow, other, house.people[0]))
        uow.session.flush()
        if answers:
            use_up(uow.session.connection(), "tel", uow.now, by_day=False)
    assert len(house.sent(mailing, 2.1)) == (0 if answers else 1)
    assert house.sent(mailing, 9) == []


def _by_telephone(uow, mailing, customer_id):
    return SurveyInvitation(
        id="tel", mailing_id=mailing.id, survey_id=mailing.survey_id, customer_id=customer_id,
        occasion="x", token_hash=uow.now.isoformat(), sealed="",
        channel="phone", status="sent", round=1,
        due_at=uow.now, planned_at=uow.now, sent_at=uow.now,
    )  # fmt: skip
