"""Mails that come back are read from a mailbox by themselves: whose they are, and never again."""

from email.message import EmailMessage

import pytest
from mailboxes import mailbox
from office import Office
from sinks import mail_sink

from huiyin.app.wiring import build_worker
from huiyin.app.work.sending import order_sends
from huiyin.collect.sending.contracts import BOUNCE_JOB
from huiyin.connectors.imap import folder_name
from huiyin.people.settings import do_change_setting
from huiyin.store.tables import DoNotContact, Job, Schedule

REPORT = """Content-Type: multipart/report; report-type=delivery-status; boundary="=B"
From: MAILER-DAEMON@mx.example.com

--=B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; c1@example.com
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--=B
Content-Type: text/rfc822-headers

Message-ID: {name}

--=B--
"""


def report(name, action="failed", status="5.1.1"):
    words = REPORT.format(name=name, action=action, status=status)
    return words.replace("\n", "\r\n").encode()


def letter():
    mail = EmailMessage()
    mail["Subject"] = "下周的会"
    mail.set_content("老张，下周二开会。")
    return mail.as_bytes().replace(b"\n", b"\r\n")


@pytest.fixture
def office(cast, tmp_path):
    with cast.uow() as uow:
        do_change_setting(uow, "allow_private_addresses", True, 0)
    return Office(cast, tmp_path)


def set_up(office, box, *, revision=0, secret="geheim", **more):  # noqa: S107 -- of nobody
    settings = {"host": "localhost", "port": box.port, "security": "none", "user": "ask"} | more
    body = {"settings": settings, "secret": secret, "revision": revision}
    return office.call("/sending/bounces", body, method="put", browser=office.keeper).json()


def look(office):
    with office.cast.uow() as uow:
        job_id = uow.enqueue(BOUNCE_JOB, {})
    build_worker(office.cast.system).run_until_idle()
    with office.cast.database.reading() as session:
        return session.get_one(Job, job_id)


def send_all(office):
    """Mail the questionnaire to everybody; gives the mails as they went out."""
    with mail_sink() as sink:
        settings = {"host": "localhost", "port": sink.port, "security": "none"}
        settings["from_address"] = "ask@example.com"
        body = {"settings": settings, "revision": 0}
        office.call("/sending/mail", body, method="put", browser=office.keeper)
        office.start(office.plan(channel="mail"))
        order_sends(office.cast.system)
        build_worker(office.cast.system).run_until_idle()
        return list(sink.mails)


def test_who_cannot_be_reached_is_marked_and_not_written_to_again(office):
    mails = send_all(office)
    dead, full, late = (mail["Message-ID"] for mail in mails[:3])
    with mailbox(folder="&kABP4Q-") as box:
        box.mails += [
            letter(),
            report(dead),
            report(full, status="5.2.2"),
            report(late, "delayed", "4.4.1"),
            report("<somebody.else@example.com>"),
            report("").replace(b"Message-ID", b"Nothing"),
        ]
        kept = set_up(office, box, folder="退信")
        assert "geheim" not in str(kept)
        (waiting,) = office.call("/sending/bounces/test", browser=office.keeper).json().values()
        assert (waiting, box.seen) == (5, set())
        told = {"reports": 5, "noted": 2, "late": 1, "not_ours": 1, "unreadable": 1}
        assert look(office).result == told
        assert box.seen == {2, 3, 4, 5, 6}  # the letter is for people
        assert look(office).result == {"reports": 0}
    found = {one.id: one for one in office.invitations()}
    names = {one.strip("<").partition(".")[0] for one in (dead, full)}
    assert {one for one in found if found[one].status == "bounced"} == names
    with office.cast.database.reading() as session:
        (blocked,) = session.query(DoNotContact)
    assert blocked.source == "bounce"


def test_a_report_that_cannot_be_noted_is_read_again(office, monkeypatch):
    (first, *_) = send_all(office)
    with mailbox() as box:
        box.mails.append(report(first["Message-ID"]))
        set_up(office, box)
        with monkeypatch.context() as broken:
            broken.setattr("huiyin.app.work.returning.do_take_receipt", fail)
            assert look(office).status == "queued"
        assert box.seen == set()
        build_worker(office.cast.system).run_until_idle()
        assert look(office).result == {"reports": 1, "noted": 1}


def fail(*_):
    raise LookupError


def test_nothing_is_read_before_somebody_sets_it_up_or_once_it_is_off(office):
    def planned():
        with office.cast.database.reading() as session:
            return [one.enabled for one in session.query(Schedule).filter_by(id=BOUNCE_JOB)]

    assert planned() == []
    assert look(office).result == {"reports": 0}
    with mailbox() as box:
        kept = set_up(office, box)
        assert planned() == [True]
        set_up(office, box, on=False, secret=None, revision=kept["revision"])
        assert planned() == [False]
        assert look(office).result == {"reports": 0}
        assert box.done == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"secret": "falsch"}, "拒绝登录"),
        ({"folder": "Gone"}, "没有文件夹“Gone”"),
        ({"port": 1}, "没有回应"),
    ],
)
def test_what_is_wrong_with_the_mailbox_is_said(office, more, said):
    with mailbox() as box:
        set_up(office, box, **more)
        answer = office.call("/sending/bounces/test", browser=office.keeper, expect=(400, 422, 502))
        assert said in answer.text
        assert look(office).status == "failed"


def test_an_address_of_the_house_is_read_only_where_that_is_allowed(office):
    with office.cast.uow() as uow:
        do_change_setting(uow, "allow_private_addresses", False, 1)
    with mailbox() as box:
        set_up(office, box)
        answer = office.call("/sending/bounces/test", browser=office.keeper, expect=(400, 422))
        assert "内网" in answer.text
        assert box.done == []


def test_only_administrators_set_the_mailbox(office):
    for path, method in (("", "get"), ("/test", "post")):
        office.call(f"/sending/bounces{path}", method=method, expect=(403,))


def test_folders_are_named_as_the_protocol_has_it():
    assert folder_name("INBOX") == "INBOX"
    assert folder_name("退信 & more") == "&kABP4Q- &- more"
    assert folder_name("台北/日本語") == "&U,BTFw-/&ZeVnLIqe-"
