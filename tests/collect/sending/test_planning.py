"""Whom a mailing invites: nobody once too often, however many plans meet."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from at_once import at_once
from guests import KEY, add_customer, add_mailing, add_survey, invite, plan
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from huiyin.collect.customers.changes import silence
from huiyin.collect.customers.contracts import Consent
from huiyin.collect.sending.contracts import Sample
from huiyin.collect.sending.frequency import FrequencyRule, do_set_rule, has_room
from huiyin.collect.sending.planning import Candidate
from huiyin.collect.sending.refusing import Refusal, Source, do_block
from huiyin.collect.sending.sampling import draw
from huiyin.store.contracts import Actor
from huiyin.store.tables import Contact, Customer, Mailing, SurveyInvitation
from huiyin.store.unit_of_work import unit_of_work

START = datetime(2026, 1, 1, tzinfo=UTC)


def work(database):
    return unit_of_work(database, Actor.system())


def test_each_reason_is_said(sqlite_database):
    made = plan(purpose="满意度调查", needs_consent=True)
    with work(sqlite_database) as uow:
        mailing = add_mailing(uow, add_survey(uow), made)
        good = add_customer(uow, "a@example.com", consent=Consent.GIVEN)
        silent = add_customer(uow, "b@example.com")
        other = add_customer(uow, "c@example.com", consent=Consent.GIVEN, purpose="营销")
        phone = add_customer(uow, "13800138000", consent=Consent.GIVEN)
        blocked = add_customer(uow, "d@example.com", consent=Consent.GIVEN)
        gone = add_customer(uow, "e@example.com", consent=Consent.GIVEN)
        silence(uow, uow.session.get_one(Customer, gone))
        do_block(uow, KEY, ["D@example.com"], Refusal("来电要求", Source.MANUAL))
        counts = invite(uow, mailing, made, good, silent, other, phone, blocked, gone)
        assert counts == {
            "planned": 1, "no_consent": 2, "no_address": 1, "do_not_contact": 1, "unknown": 1,
        }  # fmt: skip
        assert invite(uow, mailing, made, good) == {"already": 1}
        second = add_mailing(uow, add_survey(uow), made)
        assert invite(uow, second, made, good) == {"too_recent": 1}


@pytest.mark.parametrize("most", [1, 2])
def test_plans_that_meet_leave_nobody_with_one_too_many(database, most):
    """Six mailings to the same customers at once: the rule holds for each of them."""
    rule = FrequencyRule.model_validate({"limits": [{"most": most, "days": 30}]})
    made, n_mailings = plan(), 6
    with work(database) as uow:
        do_set_rule(uow, rule, 0)
        people = [add_customer(uow, f"p{n}@example.com") for n in range(5)]
        mailings = [add_mailing(uow, add_survey(uow), made).id for _ in range(n_mailings)]

    def send(mailing_id, order):
        with work(database) as uow:
            invite(uow, uow.session.get_one(Mailing, mailing_id), made, *order)

    orders = [people, people[::-1]] * (n_mailings // 2)
    at_once(*(partial(send, *one) for one in zip(mailings, orders, strict=True)))
    with database.reading() as session:
        counted = select(Contact.customer_id, func.count()).group_by(Contact.customer_id)
        assert dict(session.execute(counted).all()) == dict.fromkeys(people, most)
        assert session.scalar(select(func.count()).select_from(SurveyInvitation)) == 5 * most


@given(st.lists(st.integers(0, 40), max_size=30), st.integers(1, 4), st.integers(1, 10))
def test_no_stretch_of_days_ever_holds_more_than_the_rule_says(days, most, span):
    kept = []
    for day in days:
        at = START + timedelta(days=day)
        if has_room(kept, at, most, span):
            kept.append(at)
    for first in kept:
        end = first + timedelta(days=span)
        assert sum(first <= one < end for one in kept) <= most


def test_a_stratified_sample_takes_the_same_share_of_each_group():
    everybody = [
        Candidate(str(n), str(n), START, stratum="东" if n % 10 else "西") for n in range(200)
    ]
    sample = Sample(size=50, by="区", seed=7)
    drawn = draw(everybody, sample)
    assert sum(one.stratum == "西" for one in drawn) == 5
    assert len(drawn) == 50
    assert drawn == draw(everybody, sample)
    assert drawn != draw(everybody, Sample(size=50, by="区", seed=8))
