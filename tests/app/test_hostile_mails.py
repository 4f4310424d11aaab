"""What strangers and careless hands write stays words in a mail: no header, no markup, no link."""

import re

import pytest
from cast import Cast
from guests import KEY, add_customer, add_mailing, add_survey, invite, plan
from hostile import TEXTS, faults_of_markup
from pydantic import ValidationError
from sinks import mail_sink

from huiyin.app.wiring import build_worker
from huiyin.app.work.sending import order_sends
from huiyin.collect.sending.mailings import do_start
from huiyin.collect.sending.transport import MAIL_SETTING, MailSettings, do_set_transport
from huiyin.people.settings import do_change_setting

OURS = "https://ask.example.com/i/"
HEADERS = {
    "subject", "from", "to", "date", "message-id", "list-unsubscribe", "list-unsubscribe-post",
    "auto-submitted", "mime-version", "content-type",
}  # fmt: skip
LONGEST_LINE = 998
"""Of RFC 5322, without its end."""
UNSEEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xff]")


@pytest.fixture
def cast(sqlite_database, tmp_path):
    made = Cast(sqlite_database, tmp_path)
    with made.uow() as uow:
        do_change_setting(uow, "public_address", "https://ask.example.com", 0)
        do_change_setting(uow, "allow_private_addresses", True, 0)
    return made


def send(cast, sink, text, *addresses):
    """Write a text wherever a mail has words, and send it."""
    sender = MailSettings(
        host="127.0.0.1", port=sink.port, security="none", from_address="ask@example.com",
        from_name=text.translate({10: None, 13: None})[:100],
    )  # fmt: skip
    said = {"zh-CN": text}
    asked = {"kind": "nps", "id": "rec", "title": said, "low": said, "high": said}
    words = {"subject": {"zh-CN": f"{{{{name}}}} {text}"}, "body": {"zh-CN": f"{{{{name}}}}{text}"}}
    made = plan(language="zh-CN", message=words)
    with cast.uow() as uow:
        do_set_transport(uow, KEY, MAIL_SETTING, sender, None, 0)
        pages = [{"id": "p1", "questions": [asked]}]
        survey = add_survey(uow, title=said, languages=["zh-CN"], pages=pages)
        mailing = add_mailing(uow, survey, made)
        do_start(uow, mailing, mailing.revision)
        people = [add_customer(uow, one) for one in addresses]
        invite(uow, mailing, made, *people, fields={"name": text})
    order_sends(cast.system)
    build_worker(cast.system).run_until_idle()


def check_head(raw):
    head, _, rest = raw.partition(b"\r\n\r\n")
    assert rest
    lines = head.split(b"\r\n")
    assert all(len(line) <= LONGEST_LINE and not UNSEEN.search(line) for line in lines)
    names = [line.split(b":")[0].decode().lower() for line in lines if line[:1].strip()]
    assert sorted(names) == sorted(HEADERS)


@pytest.mark.parametrize("name", sorted(TEXTS.keys() - {"braces"}))  # those fill in nothing
def test_a_text_stays_a_text_in_a_mail(cast, name):
    text = TEXTS[name]
    with mail_sink() as sink:
        send(cast, sink, text, "li@example.com")
    ((mail,), (envelope,)) = sink.mails, sink.envelopes
    assert envelope.rcpt_tos == ["li@example.com"]
    check_head(envelope.content)
    assert [one.addr_spec for one in mail["from"].addresses] == ["ask@example.com"]
    assert [one.addr_spec for one in mail["to"].addresses] == ["li@example.com"]
    plain, page = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert faults_of_markup(page) == []
    assert all(one.startswith(OURS) for one in re.findall(r'(?:href|src)="([^"]*)"', page))
    assert OURS in plain
    mark = text[-3:]
    assert all(mark in words for words in (mail["subject"], plain, page)) or len(text) > 200


@pytest.mark.parametrize(
    "address",
    [
        "a@example.com,b@example.com", "a,b@example.com", "a;b@example.com", "<b@example.com>",
        '"a b"@example.com', "a@example.com\r\nBcc: b@example.com", "a\u2028b@example.com",
        "a\x00b@example.com", "李@例子.com", "a\u202eb@example.com",
        f"{'a' * 300}@example.com", "a@example.com> SIZE=1", "a(b)@example.com",
    ],
)  # fmt: skip
def test_an_address_is_one_address_or_none_and_holds_up_nobody(cast, address):
    with mail_sink() as sink:
        send(cast, sink, "试", address, "good@example.com")
    for envelope in sink.envelopes:
        check_head(envelope.content)
        assert envelope.rcpt_tos in ([address], ["good@example.com"])
    assert ["good@example.com"] in [one.rcpt_tos for one in sink.envelopes]


@pytest.mark.parametrize("field", ["from_address", "reply_to"])
@pytest.mark.parametrize("text", ["a@b.c\r\nBcc: x@y.z", "a@b.c, x@y.z", "a@b.c\x00", "a(b)@b.c"])
def test_an_address_of_ours_is_one_address(field, text):
    with pytest.raises(ValidationError):
        MailSettings.model_validate({"host": "x", "from_address": "a@b.c", field: text})
