"""Held up at the worst places: between looking, waiting, taking, handing over and noting."""

from datetime import timedelta

import pytest
from guests import KEY, add_customer, add_mailing, add_survey, invite, plan, take_due
from sqlalchemy import select

from huiyin.collect.sending.arriving import use_up
from huiyin.collect.sending.frequency import FrequencyRule, Limit, do_set_rule
from huiyin.collect.sending.going_out import (
    do_note_failed,
    do_note_sent,
    do_release_interrupted,
    do_take,
    fetch_due,
)
from huiyin.collect.sending.mailings import do_pause, do_save_mailing, do_start, do_stop, plan_of
from huiyin.collect.sending.meeting import do_meet, do_stand_behind
from huiyin.collect.sending.planning import Candidate
from huiyin.collect.sending.refusing import Refusal, Source, do_block
from huiyin.collect.surveys.changes import LinkKind, do_open_link
from huiyin.core.clock import system_clock
from huiyin.store.contracts import Actor
from huiyin.store.tables import Contact, Mailing, Survey, SurveyInvitation
from huiyin.store.unit_of_work import unit_of_work

MAIL, TEXT = plan(), plan(channel="sms")
REMINDED = plan(reminders={"most": 2, "after_days": 8})
MINUTE = timedelta(minutes=1)
HELD_UP = 20 * MINUTE


class House:
    """One customer, and a clock that goes on when it is told to; one contact in 30 days."""

    def __init__(self, database):
        self.database, self.now = database, system_clock()
        self.start = self.now
        with self.work() as uow:
            self.customer = add_customer(uow, "p@example.com", "13800138000")
            self.survey = add_survey(uow)

    def work(self):
        return unit_of_work(self.database, Actor.system(), clock=lambda: self.now)

    def to(self, days, span=timedelta()):
        self.now = self.start + timedelta(days=days) + span

    def planned(self, made=MAIL):
        """Start a mailing to the customer now; gives its id."""
        with self.work() as uow:
            mailing = add_mailing(uow, self.survey, made)
            do_start(uow, mailing, mailing.revision)
            assert invite(uow, mailing, made, self.customer) == {"planned": 1}
            return mailing.id

    def due(self, mailing_id):
        with self.work() as uow:
            mailing = uow.session.get_one(Mailing, mailing_id)
            return fetch_due(uow.session, mailing, plan_of(mailing), uow.now)

    def taken(self, mailing_id, noted=None):
        return take_due(self.work, mailing_id, noted=noted)

    def sent(self, mailing_id):
        return len(self.taken(mailing_id, noted=do_note_sent))


def test_who_began_earlier_and_waited_is_judged_by_the_time_after_the_wait(databases):
    """The other one began, took and sent its message between this one's beginning and its lock."""
    database = databases.postgresql()
    house = House(database)
    early = house.planned()
    house.to(31)
    late = house.planned()
    house.to(60)
    (one,) = house.due(early)
    with house.work() as uow:
        assert uow.session.get_one(Mailing, early).status == "running"
        house.now += HELD_UP
        assert house.sent(late) == 1
        assert do_take(uow, KEY, MAIL, one) is None
    assert house.sent(early) == 0
    database.close()


def test_what_is_taken_after_a_wait_counts_from_then(databases):
    database = databases.postgresql()
    house = House(database)
    (one,) = house.due(house.planned())
    with house.work() as uow:
        house.now += HELD_UP
        assert do_take(uow, KEY, MAIL, one).taken_at == house.now
    with database.reading() as session:
        assert session.scalar(select(Contact.at)) == house.now
    database.close()


def test_who_is_met_after_a_wait_is_met_then(databases):
    database = databases.postgresql()
    house = House(database)
    with house.work() as uow:
        link = do_open_link(uow, house.survey.id, LinkKind.PHONE, "tel")
        rung = do_stand_behind(uow, link, "phone", "other").id
    with house.work() as uow:
        one = Candidate(house.customer, "call", uow.now)
        mailing = uow.session.get_one(Mailing, rung)
        house.now += HELD_UP
        assert do_meet(uow, KEY, mailing, one).invitation_id
    with database.reading() as session:
        assert session.scalar(select(Contact.at)) == house.now
        assert session.scalar(select(SurveyInvitation.sent_at)) == house.now
    database.close()


def test_a_message_counts_from_when_it_was_handed_over(database):
    house = House(database)
    first = house.planned()
    (letter,) = house.taken(first)
    house.now += 8 * MINUTE
    with house.work() as uow:
        do_note_sent(uow, letter.invitation_id)
    house.to(31)
    second = house.planned()
    with house.work() as uow:
        uow.session.scalar(select(Contact).where(Contact.at > house.start + HELD_UP)).at -= HELD_UP
        uow.session.scalar(
            select(SurveyInvitation).where(SurveyInvitation.mailing_id == second)
        ).due_at = house.start
    house.to(30, MINUTE)
    assert house.sent(second) == 0
    house.to(30, HELD_UP)
    assert house.sent(second) == 1


def test_a_text_message_that_may_have_gone_out_counts_until_it_is_given_up(database):
    house = House(database)
    lost = house.planned(TEXT)
    assert len(house.taken(lost)) == 1
    house.now += HELD_UP
    with house.work() as uow:
        do_release_interrupted(uow, uow.session.get_one(Mailing, lost), TEXT)
    with database.reading() as session:
        assert session.scalar(select(Contact.at)) == house.now


def test_what_is_on_its_way_takes_place_now_however_long_ago_it_was_taken(database):
    house = House(database)
    house.taken(house.planned())
    house.to(31)
    later = house.planned()
    assert house.sent(later) == 0


def test_a_reminder_that_was_not_taken_is_judged_anew(database):
    house = House(database)
    with house.work() as uow:
        do_set_rule(uow, FrequencyRule(limits=(Limit(most=1, days=7),), reminders=True), 0)
    reminded = house.planned(REMINDED)
    assert house.sent(reminded) == 1
    house.to(8)
    (letter,) = house.taken(reminded)
    with house.work() as uow:
        do_note_failed(uow, letter, "450 later", for_good=False)
    house.to(16)
    assert house.sent(house.planned()) == 1
    house.to(17)
    assert house.sent(reminded) == 0
    house.to(24)
    assert house.sent(reminded) == 1
    with database.reading() as session:
        times = sorted(session.scalars(select(Contact.at)))
        rounds = session.scalars(select(SurveyInvitation.round))
    assert [(one - house.start).days for one in times] == [0, 16, 24]
    assert sorted(rounds) == [0, 1]


def test_who_lost_a_message_to_another_changes_nothing(database):
    house = House(database)
    mailing_id = house.planned()
    (lost,) = house.taken(mailing_id)
    house.now += HELD_UP
    with house.work() as uow:
        do_release_interrupted(uow, uow.session.get_one(Mailing, mailing_id), MAIL)
    (mine,) = house.taken(mailing_id)
    with house.work() as uow:
        do_note_failed(uow, lost, "timeout", for_good=True)
        one = uow.session.get_one(SurveyInvitation, mine.invitation_id)
        assert (one.status, one.claimed_at) == ("sending", mine.taken_at)


def _answer(uow, one):
    use_up(uow.session.connection(), one.id, uow.now, by_day=False)


def _pause(uow, one):
    mailing = uow.session.get_one(Mailing, one.mailing_id)
    do_pause(uow, mailing, mailing.revision)


def _stop(uow, one):
    mailing = uow.session.get_one(Mailing, one.mailing_id)
    do_stop(uow, mailing, mailing.revision)


def _change(uow, one):
    """Another text, saved while it was paused; started again at once."""
    mailing = uow.session.get_one(Mailing, one.mailing_id)
    made = plan_of(mailing).model_copy(update={"purpose": "another"})
    do_pause(uow, mailing, mailing.revision)
    uow.session.flush()
    do_save_mailing(uow, mailing, mailing.revision, "x", made)
    uow.session.flush()
    do_start(uow, mailing, mailing.revision)


def _refuse(uow, _):
    do_block(uow, KEY, ["p@example.com"], Refusal("来电要求", Source.MANUAL))


def _close(uow, one):
    uow.session.get_one(Survey, one.survey_id).status = "closed"


@pytest.mark.parametrize("meanwhile", [_answer, _pause, _stop, _change, _refuse, _close])
@pytest.mark.parametrize("reminder", [False, True])
def test_what_happens_between_looking_and_taking_holds(database, meanwhile, reminder):
    house = House(database)
    mailing_id = house.planned(REMINDED)
    if reminder:
        assert house.sent(mailing_id) == 1
        house.to(9)
    (one,) = house.due(mailing_id)
    with house.work() as uow:
        meanwhile(uow, uow.session.get_one(SurveyInvitation, one))
    with house.work() as uow:
        assert do_take(uow, KEY, REMINDED, one) is None
    with database.reading() as session:
        assert len(list(session.scalars(select(Contact.id)))) == (
            0 if meanwhile is _stop and not reminder else 1
        )
