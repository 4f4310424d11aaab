"""Mails and text messages really go out: to a mail server and a gateway on loopback."""

import re
from datetime import timedelta

import pytest
from cast import Cast
from guests import KEY, add_customer, add_mailing, add_survey, invite, plan
from sinks import mail_sink, sms_gateway
from sqlalchemy import select

from huiyin.app import backup as whole
from huiyin.app import restoring
from huiyin.app.wiring import build_worker
from huiyin.app.work import sending
from huiyin.app.work.sending import order_sends
from huiyin.collect.sending.arriving import find_guest, use_up
from huiyin.collect.sending.mailings import do_start
from huiyin.collect.sending.refusing import do_unsubscribe
from huiyin.collect.sending.tokens import token_of
from huiyin.collect.sending.transport import (
    MAIL_SETTING,
    SMS_SETTING,
    MailSettings,
    SmsSettings,
    do_set_transport,
)
from huiyin.people.settings import do_change_setting
from huiyin.store.contracts import Actor
from huiyin.store.tables import DoNotContact, Job, Mailing, Schedule, Setting, SurveyInvitation
from huiyin.store.unit_of_work import unit_of_work

SECRET = "geheim-7"  # noqa: S105 -- of nobody


class House:
    """An installation that sends, with a clock that can be moved."""

    def __init__(self, database, folder, transport, name):
        self.cast = Cast(database, folder)
        self.database, self.ahead = database, timedelta()
        clock = self.cast.system.clock
        object.__setattr__(self.cast.system, "clock", lambda: clock() + self.ahead)
        self.system = self.cast.system
        with self.work() as uow:
            do_change_setting(uow, "public_address", "https://ask.example.com/", 0)
            do_change_setting(uow, "allow_private_addresses", True, 0)
            do_set_transport(uow, KEY, name, transport, SECRET, 0)

    def work(self):
        return unit_of_work(self.database, Actor.system(), clock=self.system.clock)

    def mailing(self, *addresses, language=None, survey=None, **words):
        made = plan(language=language, **words)
        with self.work() as uow:
            self.people = [add_customer(uow, one) for one in addresses]
            mailing = add_mailing(uow, add_survey(uow, **(survey or {})), made)
            do_start(uow, mailing, mailing.revision)
            invite(uow, mailing, made, *self.people, fields={"name": "<b>李</b>"})
        return mailing

    def run(self):
        order_sends(self.system)
        build_worker(self.system).run_until_idle()

    def later(self, **span):
        self.ahead += timedelta(**span)
        self.run()

    def invitations(self):
        with self.database.reading() as session:
            return list(session.scalars(select(SurveyInvitation).order_by(SurveyInvitation.id)))


def mail_settings(port):
    return MailSettings(
        host="127.0.0.1", port=port, security="none", from_address="ask@example.com",
        from_name="回音",
    )  # fmt: skip


@pytest.fixture
def posted(sqlite_database, tmp_path):
    with mail_sink() as sink:
        house = House(sqlite_database, tmp_path, mail_settings(sink.port), MAIL_SETTING)
        house.sink = sink
        yield house


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-CN", ("您会推荐", "打开问卷", "退订")), ("en", ("Would you", "Open", "Unsubscribe"))],
)
def test_a_mail_carries_the_first_question_and_a_way_out(posted, language, words):
    body = {language: "{{name}}，你好"} if language == "zh-CN" else {}
    posted.mailing("li@example.com", language=language, message={"body": body})
    posted.run()
    (mail,) = posted.sink.mails
    (one,) = posted.invitations()
    link = f"https://ask.example.com/i/{token_of(KEY, one.id)}"
    assert (mail["to"], mail["list-unsubscribe"]) == ("li@example.com", f"<{link}/stop>")
    assert mail["message-id"] == f"<{one.id}.0@example.com>"
    plain, page = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert all(word in page for word in words)
    assert {f"{link}?rec={n}" for n in range(11)} <= set(re.findall(r'href="([^"]*)"', page))
    assert link in plain
    assert "<b>" not in page
    assert (one.status, one.round) == ("sent", 0)
    posted.run()
    assert len(posted.sink.mails) == 1


def test_reminders_go_to_those_only_who_have_not_answered(posted):
    posted.mailing(
        "a@example.com", "b@example.com", "c@example.com",
        reminders={"most": 2, "after_days": 3},
    )  # fmt: skip
    posted.run()
    by_customer = {one.customer_id: one.id for one in posted.invitations()}
    answered, stopped, silent = (by_customer[one] for one in posted.people)
    with posted.work() as uow:
        use_up(uow.session.connection(), answered, uow.now, by_day=False)
        do_unsubscribe(uow, KEY, token_of(KEY, stopped))
    posted.later(days=2)
    assert len(posted.sink.mails) == 3
    for _ in range(4):
        posted.later(days=3)
    again = posted.sink.mails[3:]
    assert [mail["to"] for mail in again] == ["c@example.com"] * 2
    assert [mail["message-id"] for mail in again] == [
        f"<{silent}.{number}@example.com>" for number in (1, 2)
    ]


def test_a_dead_address_is_not_used_again_and_a_busy_one_is(posted):
    posted.sink.refuse.add("dead@example.com")
    posted.sink.busy.add("busy@example.com")
    posted.mailing("dead@example.com", "busy@example.com", "good@example.com")
    posted.run()
    states = {one.customer_id: one for one in posted.invitations()}
    dead, busy, good = (states[one] for one in posted.people)
    assert (dead.status, busy.status, good.status) == ("bounced", "planned", "sent")
    assert "550" in dead.reason
    with posted.database.reading() as session:
        (entry,) = session.scalars(select(DoNotContact))
        assert (entry.shown, entry.source) == ("d***@example.com", "bounce")
    posted.sink.busy.clear()
    posted.later(minutes=20)
    assert [mail["to"] for mail in posted.sink.mails] == ["good@example.com", "busy@example.com"]


def test_what_cannot_be_sent_is_tried_once_a_minute(posted):
    posted.mailing("li@example.com")
    with posted.work() as uow:
        uow.session.delete(uow.session.get_one(Setting, MAIL_SETTING))

    def n_failed():
        with posted.database.reading() as session:
            asked = select(Job).where(Job.kind == "send_mailing", Job.status == "failed")
            return len(session.scalars(asked).all())

    for _ in range(3):
        posted.run()
    assert n_failed() == 1
    posted.later(minutes=2)
    assert n_failed() == 2
    with posted.work() as uow:
        do_set_transport(uow, KEY, MAIL_SETTING, mail_settings(posted.sink.port), None, 0)
    posted.later(minutes=2)
    assert [mail["to"] for mail in posted.sink.mails] == ["li@example.com"]


def test_what_is_planned_at_night_waits_for_the_morning(posted):
    night = posted.system.clock().replace(hour=18, minute=0)  # 2 in Shanghai
    posted.ahead = night - posted.system.clock()
    posted.mailing("li@example.com", window={"from_hour": 9, "to_hour": 10})
    posted.run()
    assert posted.sink.mails == []
    posted.later(hours=7, minutes=5)
    assert len(posted.sink.mails) == 1


def test_an_interrupted_mail_is_the_same_mail(posted):
    posted.mailing("li@example.com")
    with posted.work() as uow:
        one = uow.session.scalar(select(SurveyInvitation))
        one.status, one.claimed_at = "sending", uow.now
    posted.run()
    assert posted.sink.mails == []
    posted.later(minutes=11)
    assert [mail["message-id"] for mail in posted.sink.mails] == [f"<{one.id}.0@example.com>"]


def test_a_mail_that_was_held_up_after_it_was_taken_is_judged_anew(posted, monkeypatch):
    """Nobody may hold it back for so long that what was judged then holds no longer."""
    posted.mailing("li@example.com")
    take = sending.do_take

    def held_up(*words):
        letter = take(*words)
        posted.ahead += timedelta(minutes=11)
        return letter

    monkeypatch.setattr(sending, "do_take", held_up)
    posted.run()
    (one,) = posted.invitations()
    assert (posted.sink.mails, one.status) == ([], "planned")
    monkeypatch.undo()
    posted.later(minutes=16)
    assert [mail["to"] for mail in posted.sink.mails] == ["li@example.com"]


def test_a_restore_writes_to_nobody_again_and_opens_no_used_link(database, tmp_path):
    with mail_sink() as sink:
        house = House(database, tmp_path / "data", mail_settings(sink.port), MAIL_SETTING)
        addresses = [f"{name}@example.com" for name in ("stopped", "finished", "silent", "late")]
        mailing = house.mailing(*addresses[:3])
        made = plan()
        with house.work() as uow:
            late = add_customer(uow, addresses[3])
            audience = {"dataset_id": "x"}
            wave = plan(rule={"on": "wave", "cron": "0 9 1 * *"}, audience=audience)
            waves = add_mailing(uow, add_survey(uow), wave)
            do_start(uow, waves, waves.revision)
        whole.backup(house.system, tmp_path / "b.tar")
        with house.work() as uow:
            invite(uow, uow.session.get_one(Mailing, mailing.id), made, late)
        house.run()
        assert sorted(mail["to"] for mail in sink.mails) == sorted(addresses)
        token = {one.customer_id: token_of(KEY, one.id) for one in house.invitations()}
        stopped, finished = house.people[:2]
        with house.work() as uow:
            do_unsubscribe(uow, KEY, token[stopped])
            used = uow.session.scalar(
                select(SurveyInvitation.id).where(SurveyInvitation.customer_id == finished)
            )
            use_up(uow.session.connection(), used, uow.now, by_day=False)
        restoring.restore(house.system, tmp_path / "b.tar")
        house.run()
        with house.work() as uow:
            row = uow.session.get_one(Mailing, mailing.id)
            assert (row.status, uow.session.get(Schedule, waves.id)) == ("paused", None)
            guests = {who: find_guest(uow.session, KEY, one) for who, one in token.items()}
            assert {who for who, guest in guests.items() if guest.used} == {finished}
            do_start(uow, row, row.revision)
            assert invite(uow, row, made, *house.people, late) == {"already": 4}
            other = add_mailing(uow, add_survey(uow), made)
            counts = invite(uow, other, made, *house.people, late)
            assert counts == {"do_not_contact": 1, "too_recent": 3}
        house.later(days=1)
    assert len(sink.mails) == len(addresses)


def test_the_password_rests_sealed(posted):
    with posted.database.reading() as session:
        kept = session.get(Setting, MAIL_SETTING).value
    assert SECRET not in str(kept)


GATEWAY = {
    "headers": {"authorization": "Bearer {{secret}}", "content-type": "application/json"},
    "body": '{"to": "{{phone}}", "words": "{{text}}", "name": "{{id}}"}',
    "success": '"code": 0',
}


def test_a_text_message_goes_through_the_gateway(sqlite_database, tmp_path):
    with sms_gateway() as gateway:
        settings = SmsSettings(url=gateway.url + "/send", **GATEWAY)
        house = House(sqlite_database, tmp_path, settings, SMS_SETTING)
        house.mailing(
            "13800138000", channel="sms", message={"sms": {"zh-CN": '{{name}} "点" {{link}}'}}
        )
        house.run()
        ((path, headers, body),) = gateway.got
    (one,) = house.invitations()
    link = f"https://ask.example.com/i/{token_of(KEY, one.id)}"
    assert (path, headers["authorization"]) == ("/send", f"Bearer {SECRET}")
    assert body == {
        "to": "13800138000", "words": f'<b>李</b> "点" {link}', "name": f"{one.id}.0",
    }  # fmt: skip
    assert one.status == "sent"


def test_a_gateway_that_says_no_is_believed_and_its_secret_is_not_kept(sqlite_database, tmp_path):
    with sms_gateway(b'{"code": 7, "key": "geheim-7"}') as gateway:
        house = House(
            sqlite_database, tmp_path, SmsSettings(url=gateway.url, **GATEWAY), SMS_SETTING
        )
        house.mailing("13800138000", channel="sms")
        house.run()
    (one,) = house.invitations()
    assert one.status == "bounced"
    assert '"code": 7' in one.reason
    assert SECRET not in one.reason
    with house.database.reading() as session:
        assert session.scalar(select(Mailing.status)) == "running"
