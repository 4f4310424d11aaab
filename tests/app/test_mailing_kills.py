"""The worker is killed in the middle of a mailing: each customer gets one message, the same one.

At worst the one under way goes out again, under the same Message-ID and with the same words.
"""

import random
import subprocess
import sys
import time
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest
from cast import Cast
from guests import KEY, add_customer, add_mailing, add_survey, invite, plan
from sinks import mail_sink
from sqlalchemy import select

from huiyin.collect.sending.going_out import INTERRUPTED
from huiyin.collect.sending.mailings import do_start
from huiyin.collect.sending.transport import MAIL_SETTING, MailSettings, do_set_transport
from huiyin.core.clock import system_clock
from huiyin.people.settings import do_change_setting
from huiyin.store.contracts import Actor
from huiyin.store.tables import Contact, SurveyInvitation
from huiyin.store.unit_of_work import unit_of_work

SCRIPT = Path(__file__).with_name("posting.py")
LATER = INTERRUPTED // timedelta(minutes=1) + 1
"""So many minutes lie between a kill and the next start: what was taken is given up by then."""
LONGEST = 0.05
"""Between one message and the next lie some hundredths of a second: a kill falls anywhere there."""
PATIENCE_SECONDS = 300
"""So long may no mail come at all, on the busiest machine; then it is a fault."""
MADE = plan(language="zh-CN", message={"body": {"zh-CN": "{{name}}，您好"}})


class Post:
    """An installation with a mailing to many, and the worker that sends it."""

    def __init__(self, database, folder, sink, n):
        self.database, self.sink, self.ahead = database, sink, 0
        self.folder = Cast(database, folder).system.folders.root
        settings = MailSettings(
            host="127.0.0.1", port=sink.port, security="none", from_address="ask@example.com"
        )
        with self.work() as uow:
            do_change_setting(uow, "public_address", "https://ask.example.com", 0)
            do_change_setting(uow, "allow_private_addresses", True, 0)
            do_set_transport(uow, KEY, MAIL_SETTING, settings, None, 0)
            self.survey = add_survey(uow)
            self.people = {add_customer(uow, one): one for one in addresses(n)}
        with self.work() as uow:
            mailing = add_mailing(uow, self.survey, MADE)
            do_start(uow, mailing, mailing.revision)
            some = list(self.people)
            assert invite(uow, mailing, MADE, *some, fields={"name": "李"}) == {"planned": n}

    def work(self):
        clock = lambda: system_clock() + timedelta(minutes=self.ahead)  # noqa: E731
        return unit_of_work(self.database, Actor.system(), clock=clock)

    def begin(self):
        address = self.database.url.render_as_string(hide_password=False)
        command = [sys.executable, SCRIPT, address, self.folder, str(self.ahead)]
        self.process = subprocess.Popen(command)

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.ahead += LATER

    def wait_for(self, n):
        """Wait until so many mails came in all, or none is left to send."""
        seen, since = len(self.sink.mails), time.monotonic()
        while len(self.sink.mails) < n and self.n_left():
            time.sleep(0.002)
            if len(self.sink.mails) > seen:
                seen, since = len(self.sink.mails), time.monotonic()
            assert self.process.poll() is None, "the worker ended by itself"
            assert time.monotonic() - since < PATIENCE_SECONDS, f"{seen} mails, then no more"

    def n_left(self):
        return sum(one.status in {"planned", "sending"} for one in self.kept(SurveyInvitation))

    def kept(self, table):
        with self.database.reading() as session:
            return list(session.scalars(select(table)))


def addresses(n):
    return [f"c{k}@example.com" for k in range(n)]


def words_of(mail):
    parts = [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]
    return (mail["subject"], mail["from"], *parts)


def kill_rounds(post, rounds, n):
    seed = random.SystemRandom().randrange(2**32)
    chance = random.Random(seed)  # noqa: S311 -- no secret
    try:
        post.begin()
        for number in range(1, rounds + 1):
            share = n * (number - chance.random()) / (rounds + 1)
            post.wait_for(max(round(share), 1))
            time.sleep(chance.uniform(0, LONGEST))
            post.kill()
            post.begin()
        while post.n_left():
            post.wait_for(10 * n)
        post.kill()
        check_each_got_one(post, rounds)
        check_the_books(post)
    except BaseException as fault:
        fault.add_note(f"seed {seed}")
        raise
    finally:
        post.process.kill()
        post.process.wait()


def check_each_got_one(post, rounds):
    came = defaultdict(list)
    for mail in post.sink.mails:
        came[mail["to"]].append(mail)
    assert set(came) == set(post.people.values())
    own = {post.people[one.customer_id]: one.id for one in post.kept(SurveyInvitation)}
    for address, mails in came.items():
        assert {mail["message-id"] for mail in mails} == {f"<{own[address]}.0@example.com>"}
        assert len({words_of(mail) for mail in mails}) == 1
    again = sum(len(mails) - 1 for mails in came.values())
    assert again <= rounds, again  # the one under way at each kill


def check_the_books(post):
    """Each message is one contact, when it went out last: nobody may be written to once more."""
    sent = {one.id: one for one in post.kept(SurveyInvitation)}
    assert {(one.status, one.round, one.claimed_at) for one in sent.values()} == {("sent", 0, None)}
    contacts = post.kept(Contact)
    assert sorted(one.customer_id for one in contacts) == sorted(post.people)
    assert all(one.at == sent[one.invitation_id].sent_at for one in contacts)
    with post.work() as uow:
        other = add_mailing(uow, add_survey(uow), MADE)
        assert invite(uow, other, MADE, *post.people) == {"too_recent": len(post.people)}


@pytest.fixture
def post(database, tmp_path):
    with mail_sink() as sink:
        yield lambda n: Post(database, tmp_path / "data", sink, n)


def test_a_killed_mailing_writes_to_each_once(post):
    kill_rounds(post(40), 2, 40)


@pytest.mark.soak
def test_a_mailing_that_is_killed_many_times_writes_to_each_once(post):
    kill_rounds(post(400), 20, 400)
