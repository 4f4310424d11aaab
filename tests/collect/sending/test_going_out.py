"""Workers that meet: every message is sent by one of them, and who has answered is not reminded."""

import threading
from datetime import timedelta

from guests import KEY, add_customer, add_mailing, add_survey, invite, plan
from sqlalchemy import func, select

from huiyin.collect.sending.arriving import use_up
from huiyin.collect.sending.frequency import REMINDER
from huiyin.collect.sending.going_out import do_claim, do_note_sent
from huiyin.collect.sending.mailings import do_start
from huiyin.core.clock import system_clock
from huiyin.store.contracts import Actor
from huiyin.store.tables import Contact, Mailing, SurveyInvitation
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


def at_once(*works):
    """Do works at the same moment; what goes wrong in one is raised here."""
    gate, faults = threading.Barrier(len(works)), []

    def run(one):
        try:
            gate.wait()
            one()
        except Exception as fault:  # noqa: BLE001 -- told below
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(one,)) for one in works]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert faults == []


def claimer(database, mailing_id, letters, days=0):
    def claim():
        for _ in range(N_CUSTOMERS):
            with work(database, days) as uow:
                mailing = uow.session.get_one(Mailing, mailing_id)
                letters.extend(do_claim(uow, KEY, mailing, MADE, limit=2))

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
