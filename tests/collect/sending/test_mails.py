"""The first question in a mail is a row of links, all of one width, whatever stands below."""

import re
from datetime import UTC, datetime

import pytest

from huiyin.collect.sending.contracts import Message
from huiyin.collect.sending.going_out import Letter
from huiyin.collect.sending.mails import Sheet, compose_mail
from huiyin.collect.sending.transport import MailSettings
from huiyin.collect.surveys.definition import Definition

ENDS = {"low": {"en": "Not at all"}, "high": {"en": "Extremely"}}


def mail_page(question, n=1):
    asked = {"id": "q", "title": {"en": "Would you?"}, **question}
    page = {"id": "p", "questions": [asked | {"id": f"q{number}"} for number in range(n)]}
    definition = Definition.model_validate(
        {"title": {"en": "Try"}, "languages": ["en"], "pages": [page]}
    )
    settings = MailSettings(host="mx.example.com", from_address="ask@example.com")
    sheet = Sheet(definition, Message(), settings, "https://ask.example.com", "en")
    now = datetime(2026, 5, 1, tzinfo=UTC)
    mail = compose_mail(sheet, Letter("i1", "li@example.com", "t", {}, 0, now), now)
    return mail.get_body(("html",)).get_content()


@pytest.mark.parametrize(("kind", "n"), [({"kind": "nps"}, 11), ({"kind": "csat", "points": 2}, 2)])
@pytest.mark.parametrize("ends", [{}, ENDS])
def test_every_row_has_as_many_columns_as_there_are_levels(kind, n, ends):
    rows = re.findall(r"<tr>(.*?)</tr>", mail_page({**kind, **ends}), re.DOTALL)
    spans = [re.findall(r'<td(?: colspan="(\d+)")?', row) for row in rows]
    assert [sum(int(one or 1) for one in row) for row in spans] == [n] * (2 if ends else 1)


def test_the_ends_stand_below_where_they_are_named():
    page = mail_page({"kind": "nps", **ENDS})
    assert page.index("Not at all") < page.index("Extremely")
    assert "colspan" not in mail_page({"kind": "nps"})


def test_a_mail_promises_the_minutes_that_the_page_says():
    assert "It takes about 1 min." in mail_page({"kind": "nps"})
    assert "It takes about 4 min." in mail_page({"kind": "text"}, n=8)
