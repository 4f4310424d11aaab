"""What came of a message, as servers and gateways tell it later."""

import email.policy
from email.message import EmailMessage
from functools import partial

import pytest
from guests import KEY, add_customer, add_mailing, add_survey, invite, plan, take_due
from sqlalchemy import select

from huiyin.collect.sending.contracts import SendingError
from huiyin.collect.sending.funnel import by_channel, fetch_funnel
from huiyin.collect.sending.going_out import do_note_sent
from huiyin.collect.sending.mailings import do_start
from huiyin.collect.sending.receipts import Receipt, do_take_receipt, read_report
from huiyin.core.clock import system_clock
from huiyin.store.contracts import Actor
from huiyin.store.tables import DoNotContact, SurveyInvitation
from huiyin.store.unit_of_work import unit_of_work

REPORT = """From: MAILER-DAEMON@mx.example.com
To: ask@example.com
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=B"

--=B
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--=B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; li@example.com
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--=B
Content-Type: {kind}

From: ask@example.com
Message-ID: <one.0@example.com>
Subject: A try

--=B--
"""


def report(action="failed", status="5.1.1", kind="text/rfc822-headers"):
    words = REPORT.format(action=action, status=status, kind=kind)
    return read_report(words.replace("\n", "\r\n").encode())


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_says_of_which_mail_and_why(kind):
    reason = "smtp; 550 no such user"
    assert report(kind=kind) == Receipt(
        "<one.0@example.com>", delivered=False, reason=reason, hard=True
    )
    assert not report(status="5.2.2", kind=kind).hard  # a full mailbox
    assert report("delivered", "2.0.0", kind) == Receipt("<one.0@example.com>", delivered=True)
    assert report("delayed", "4.4.1", kind) is None


def test_a_mail_that_reports_nothing_is_refused():
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["Message-ID"] = "<one.0@example.com>"
    mail.set_content("I am away")
    for raw in (mail.as_bytes(), b"", b"\xff\x00", report_without_original()):
        with pytest.raises(SendingError):
            read_report(raw)


def report_without_original():
    return REPORT.format(action="failed", status="5.1.1", kind="text/plain").encode()


def sent_to(database, *addresses, channel="mail"):
    """Send to new customers; gives the invitations in their order."""
    made = plan(channel=channel)
    with work(database) as uow:
        people = [add_customer(uow, one) for one in addresses]
        mailing = add_mailing(uow, add_survey(uow), made)
        do_start(uow, mailing, mailing.revision)
        invite(uow, mailing, made, *people)
    take_due(partial(work, database), mailing.id, noted=do_note_sent)
    with work(database) as uow:
        asked = select(SurveyInvitation.customer_id, SurveyInvitation.id)
        ids = dict(uow.session.execute(asked).all())
        return mailing.survey_id, [ids[one] for one in people]


def work(database):
    return unit_of_work(database, Actor.system(), clock=system_clock)


def funnel(database, survey_id):
    with database.reading() as session:
        (steps,) = fetch_funnel(session, survey_id)
        return steps


def test_delivered_is_said_only_where_receipts_tell_it(sqlite_database):
    survey_id, (one, other, _) = sent_to(
        sqlite_database, *(f"{name}@example.com" for name in "abc")
    )
    steps = funnel(sqlite_database, survey_id)
    assert (steps["sent"], steps["delivered"], steps["delivered_by"]) == (3, 3, "no_bounce")
    with work(sqlite_database) as uow:
        assert do_take_receipt(uow, KEY, Receipt(f"<{one}.0@example.com>", delivered=True))
        failed = Receipt(f"{other}.0", delivered=False, reason="550", hard=True)
        assert do_take_receipt(uow, KEY, failed)
        assert not do_take_receipt(uow, KEY, Receipt("<else@example.com>", delivered=True))
    steps = funnel(sqlite_database, survey_id)
    assert (steps["delivered"], steps["delivered_by"], steps["bounced"]) == (1, "receipt", 1)
    with sqlite_database.reading() as session:
        assert session.get(SurveyInvitation, one).status == "delivered"
        assert session.scalar(select(DoNotContact.shown)) == "b***@example.com"


def test_what_bounced_before_it_went_out_is_not_taken_off_what_went_out(sqlite_database):
    survey_id, (one, *_) = sent_to(sqlite_database, "a@example.com", "b@example.com")
    with work(sqlite_database) as uow:
        row = uow.session.get(SurveyInvitation, one)
        row.sent_at, row.status = None, "bounced"
    steps = funnel(sqlite_database, survey_id)
    assert (steps["sent"], steps["delivered"], steps["bounced"]) == (1, 1, 1)


def test_a_receipt_that_comes_first_counts_when_the_message_is_noted(sqlite_database):
    _, (one,) = sent_to(sqlite_database, "a@example.com")
    with work(sqlite_database) as uow:
        row = uow.session.get(SurveyInvitation, one)
        row.status, row.sent_at = "sending", None
        do_take_receipt(uow, KEY, Receipt(f"{one}.0", delivered=True))
        assert row.status == "sending"
        do_note_sent(uow, one)
        assert row.status == "delivered"


def test_channels_add_up_their_mailings_and_claim_no_receipts_they_have_not():
    steps = {"planned": 10, "bounced": 0, "refused": 0, "opened": 4, "started": 3}
    row = {**steps, "sent": 9, "finished": 2, "delivered": 8, "delivered_by": "receipt"}
    other = row | {"delivered": 9, "delivered_by": "no_bounce"}
    link = row | {"channel": "link", "sent": 3, "delivered": None, "delivered_by": "unknown"}
    mails, links = by_channel([link, row | {"channel": "mail"}, other | {"channel": "mail"}])
    assert (mails["channel"], mails["sent"], mails["delivered"]) == ("mail", 18, 17)
    assert (mails["delivered_by"], mails["finished_share"]) == ("no_bounce", 4 / 17)
    assert (links["channel"], links["delivered"], links["finished_share"]) == ("link", None, None)
    (alone,) = by_channel([row | {"channel": "mail"}])
    assert (alone["delivered_by"], alone["finished_share"]) == ("receipt", 0.25)
