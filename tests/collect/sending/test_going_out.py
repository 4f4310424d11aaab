"""Workers that meet: every message is sent by one of them, and who has answered is not reminded."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from at_once import at_once
from guests import KEY, add_customer, add_mailing, add_survey, invite, plan, take_due
from sqlalchemy import func, select, text

from huiyin.collect.sending.arriving import use_up
from huiyin.collect.sending.frequency import REMINDER, FrequencyRule, do_set_rule
from huiyin.collect.sending.going_out import do_note_sent, is_busy
from huiyin.collect.sending.mailings import do_start
from huiyin.collect.sending.refusing import Refusal, Source, do_block, do_note_bounce, do_unblock
from huiyin.core.clock import system_clock
from huiyin.store.contracts import Actor
from huiyin.store.tables import (
    Contact,
    Customer,
    DoNotContact,
    Mailing,
    Survey,
    SurveyInvitation,
    SurveyLink,
)
from huiyin.store.unit_of_work import unit_of_work

N_WORKERS, N_CUSTOMERS = 4, 12
MADE = plan(reminders={"most": 1, "after_days": 1})


def work(database, days=0):
    later = lambda: system_clock() + timedelta(days=days)  # noqa: E731 -- a clock
    return unit_of_work(database, Actor.system(), clock=later)


def begun(database):
    with work(database) as uow:
        mailing = add_mailing(uow, add_survey(uow), MADE)
        do_start(uow, mailing, mailing.revision)
        people = [add_customer(uow, f"p{n}@example.com") for n in range(N_CUSTOMERS)]
        invite(uow, mailing, MADE, *people)
    return mailing.id


def claimer(database, mailing_id, letters, days=0):
    def claim():
        for _ in range(N_CUSTOMERS):
            letters.extend(take_due(partial(work, database, days), mailing_id, limit=2))

    return claim


def test_each_message_is_claimed_by_one_worker_and_each_reminder_once(database):
    mailing_id, letters = begun(database), []
    at_once(*[claimer(database, mailing_id, letters)] * N_WORKERS)
    ids = sorted(one.invitation_id for one in letters)
    assert len(ids) == len(set(ids)) == N_CUSTOMERS
    with work(database) as uow:
        for one in ids:
            do_note_sent(uow, one)
    answered, racing = ids[:4], ids[4:8]
    with work(database) as uow:
        for one in answered:
            use_up(uow.session.connection(), one, uow.now, by_day=False)

    def answer():
        for one in racing:
            with work(database) as uow:
                use_up(uow.session.connection(), one, uow.now, by_day=False)

    again = []
    at_once(answer, *[claimer(database, mailing_id, again, days=2)] * N_WORKERS)
    reminded = [one.invitation_id for one in again]
    assert len(reminded) == len(set(reminded))
    assert set(ids[8:]) <= set(reminded) <= set(ids[4:])
    with database.reading() as session:
        of_reminders = select(func.count()).select_from(Contact).where(Contact.kind == REMINDER)
        assert session.scalar(of_reminders) == len(reminded)
        finished = select(func.count(SurveyInvitation.finished_at))
        assert session.scalar(finished) == len(answered) + len(racing)


def claim(database, mailing_id, days, limit=50):
    """Give the addresses that messages go to on a day."""
    letters = take_due(partial(work, database, days), mailing_id, limit, noted=do_note_sent)
    return {one.address for one in letters}


def test_an_address_that_would_name_somebody_else_gets_nothing_and_stops_nobody(sqlite_database):
    odd = [
        "a,p1@example.com",
        "a<p1@example.com",
        "a:b;p1@example.com",
        "=?utf-8?q?p1?=@example.com",
    ]
    with work(sqlite_database) as uow:
        mailing = add_mailing(uow, add_survey(uow), MADE)
        do_start(uow, mailing, mailing.revision)
        people = [add_customer(uow, one) for one in [*odd, "o'neil+x@example.com"]]
        counts = invite(uow, mailing, MADE, *people)
    assert counts == {"no_address": len(odd), "planned": 1}
    assert claim(sqlite_database, mailing.id, 0) == {"o'neil+x@example.com"}


def test_reminders_that_the_rule_denies_hold_up_no_first_message(database):
    mailing_id = begun(database)
    everybody = {f"p{n}@example.com" for n in range(N_CUSTOMERS)}
    assert claim(database, mailing_id, 0) == everybody
    with work(database, days=2) as uow:
        do_set_rule(uow, FrequencyRule(reminders=True), 0)
        new = add_customer(uow, "new@example.com")
        invite(uow, uow.session.get_one(Mailing, mailing_id), MADE, new)
    denied = N_CUSTOMERS // 2
    claimed = [claim(database, mailing_id, 2, limit=2) for _ in range(denied + 1)]
    assert claimed == [set()] * denied + [{"new@example.com"}]
    assert claim(database, mailing_id, 31) == everybody


@pytest.mark.parametrize("why", ["paused", "closed", "over", "not yet", "link closed", "archived"])
def test_nothing_leads_to_a_closed_page(sqlite_database, why):
    mailing_id = begun(sqlite_database)
    with work(sqlite_database) as uow:
        mailing = uow.session.get_one(Mailing, mailing_id)
        survey = uow.session.get_one(Survey, mailing.survey_id)
        match why:
            case "over":
                survey.closes_at = uow.now - timedelta(minutes=1)
            case "not yet":
                survey.opens_at = uow.now + timedelta(days=1)
            case "link closed":
                uow.session.get_one(SurveyLink, mailing.link_id).closed_at = uow.now
            case "archived":
                survey.archived_at = uow.now
            case _:
                survey.status = why
    with sqlite_database.reading() as session:
        mailing = session.get_one(Mailing, mailing_id)
        assert not is_busy(session, mailing, system_clock())
    assert claim(sqlite_database, mailing_id, 0) == set()
    with work(sqlite_database) as uow:
        survey = uow.session.get_one(Survey, mailing.survey_id)
        survey.status, survey.archived_at = "open", None
        survey.opens_at, survey.closes_at = None, None
        uow.session.get_one(SurveyLink, mailing.link_id).closed_at = None
    assert len(claim(sqlite_database, mailing_id, 0)) == N_CUSTOMERS


@pytest.mark.parametrize("by_day", [False, True])
def test_who_answered_by_another_link_is_not_reminded(database, by_day):
    with work(database) as uow:
        do_set_rule(uow, FrequencyRule(limits=()), 0)
        survey, person = add_survey(uow), add_customer(uow, "p@example.com")
        written, rung = (add_mailing(uow, survey, MADE) for _ in range(2))
        for one in (written, rung):
            do_start(uow, one, one.revision)
            invite(uow, one, MADE, person)
    assert claim(database, written.id, 0) == {"p@example.com"}
    with work(database) as uow:
        own = select(SurveyInvitation.id).where(SurveyInvitation.mailing_id == rung.id)
        use_up(uow.session.connection(), uow.session.scalar(own), uow.now, by_day=by_day)
    assert claim(database, written.id, 2) == set()


def test_who_refused_a_while_is_reminded_when_they_do_no_longer(sqlite_database):
    mailing_id = begun(sqlite_database)
    claim(sqlite_database, mailing_id, 0)
    with work(sqlite_database) as uow:
        do_block(uow, KEY, ["p3@example.com"], Refusal("来电要求", Source.MANUAL))
    assert len(claim(sqlite_database, mailing_id, 2)) == N_CUSTOMERS - 1
    with work(sqlite_database) as uow:
        do_unblock(uow, uow.session.scalar(select(DoNotContact.id)))
    assert claim(sqlite_database, mailing_id, 4) == {"p3@example.com"}
    with sqlite_database.reading() as session:
        assert {*session.scalars(select(SurveyInvitation.round))} == {1}


def wait_for_waiting(session, n):
    """Wait until so many wait for a lock."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    for _ in range(1_000):
        if session.scalar(waiting) >= n:
            return
        time.sleep(0.02)
    raise TimeoutError


def test_a_plan_and_reminders_lock_customers_in_one_order(databases):
    """The reminders come in the other order; each waits for the other if they lock in theirs."""
    database = databases.postgresql()
    mailing_id = begun(database)
    claim(database, mailing_id, 0)
    with work(database) as uow:
        people = sorted(uow.session.scalars(select(Customer.id)))
        for n, one in enumerate(people[::-1]):
            mine = select(SurveyInvitation).where(SurveyInvitation.customer_id == one)
            uow.session.scalar(mine).due_at = uow.now - timedelta(days=1, minutes=-n)
        other = add_mailing(uow, add_survey(uow), MADE).id

    def plan_another():
        with work(database, days=40) as uow:
            return invite(uow, uow.session.get_one(Mailing, other), MADE, *people)

    with ThreadPoolExecutor(2) as pool:
        with work(database) as uow:
            uow.session.execute(
                select(Customer.id).where(Customer.id == people[0]).with_for_update()
            )
            planned = pool.submit(plan_another)
            wait_for_waiting(uow.session, 1)
            reminded = pool.submit(claim, database, mailing_id, 2)
            wait_for_waiting(uow.session, 2)
        assert planned.result() == {"planned": N_CUSTOMERS}
        assert len(reminded.result()) == N_CUSTOMERS
    database.close()


def test_a_mail_that_comes_back_as_it_is_answered_leaves_the_answer(databases):
    database = databases.postgresql()
    mailing_id = begun(database)
    claim(database, mailing_id, 0)
    with database.reading() as session:
        one = session.scalar(select(SurveyInvitation.id))

    def bounce():
        with work(database) as uow:
            return do_note_bounce(uow, KEY, one, "550", hard=False)

    with ThreadPoolExecutor(1) as pool:
        with work(database) as uow:
            use_up(uow.session.connection(), one, uow.now, by_day=False)
            bounced = pool.submit(bounce)
            wait_for_waiting(uow.session, 1)
        assert bounced.result()
    with database.reading() as session:
        assert session.get(SurveyInvitation, one).status == "finished"
    database.close()
