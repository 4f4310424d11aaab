"""Ordered work is done, once as far as anyone can tell, and ends in a way that is shown."""

from datetime import UTC, datetime, timedelta

import pytest
from at_once import at_once
from sqlalchemy import select

from huiyin.core.errors import BadInputError, HuiyinError
from huiyin.core.surface import TextBySurface
from huiyin.core.text import Text
from huiyin.store.contracts import Actor, LeaseTakenError, NotFoundError
from huiyin.store.jobs.contracts import JobStateError, LeaseLostError
from huiyin.store.jobs.queue import cancel, retry
from huiyin.store.jobs.schedules import BadScheduleError, next_run
from huiyin.store.jobs.worker import Worker
from huiyin.store.leases import Leases
from huiyin.store.tables import Job, Schedule
from huiyin.store.unit_of_work import unit_of_work

ALICE = Actor("Alice")
STEP = Text("一步", "a step")


class Hands:
    """A clock that a test moves."""

    def __init__(self):
        self.now = datetime(2026, 3, 1, 8, tzinfo=UTC)

    def __call__(self):
        return self.now

    def forward(self, seconds):
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Hands()


def order(database, clock, kind="work", key=None, **payload):
    with unit_of_work(database, ALICE, clock=clock) as work:
        return work.enqueue(kind, payload, key=key)


def look(database, job_id):
    with database.reading() as session:
        return session.get_one(Job, job_id)


def test_a_job_is_done_and_says_what_came_of_it(database, clock):
    def work(context):
        context.log("began")
        context.progress(STEP, 1, 2)
        return {"rows": context.payload["n"]}

    job_id = order(database, clock, n=3)
    assert Worker(database, {"work": work}, clock).run_until_idle() == 1
    job = look(database, job_id)
    assert (job.status, job.result, job.attempts) == ("done", {"rows": 3}, 1)
    assert (job.done, job.total, job.stage["en"]) == (1, 2, "a step")
    assert "began" in job.log


def test_what_a_job_says_is_said_for_the_pages(database, clock):
    def work(_):
        raise BadInputError(TextBySurface(Text("用 --set", "--set"), Text("在码本里", "codebook")))

    job_id = order(database, clock)
    Worker(database, {"work": work}, clock).run_until_idle()
    assert look(database, job_id).error["sentence"] == {"zh-CN": "在码本里", "en": "codebook"}


def test_bad_input_fails_at_once_with_its_sentence(database, clock):
    def work(_):
        raise BadInputError(Text("第 3 行坏了", "row 3 is broken"))

    job_id = order(database, clock)
    Worker(database, {"work": work}, clock).run_until_idle()
    job = look(database, job_id)
    assert (job.status, job.attempts) == ("failed", 1)
    assert job.error["sentence"]["zh-CN"] == "第 3 行坏了"


@pytest.mark.parametrize("fault", [HuiyinError(STEP), ZeroDivisionError("x")])
def test_a_passing_fault_is_tried_again_later_and_then_given_up(database, clock, fault):
    tries = []

    def work(_):
        tries.append(clock())
        raise fault

    job_id = order(database, clock)
    worker = Worker(database, {"work": work}, clock)
    for _ in range(10):
        worker.run_until_idle()
        clock.forward(300)
    assert len(tries) == 5
    assert look(database, job_id).status == "failed"
    assert look(database, job_id).error["code"] == type(fault).__name__


class Killed(BaseException):
    """Ends a worker as an abort does: nothing is written any more."""


def test_a_job_that_kills_its_worker_again_and_again_is_given_up_with_a_sentence(database, clock):
    tries = []

    def work(context):
        tries.append(context.attempt)
        raise Killed

    job_id = order(database, clock)
    for _ in range(5):
        with pytest.raises(Killed):
            Worker(database, {"work": work}, clock).run_one()
        clock.forward(60)
    assert Worker(database, {"work": work}, clock).run_until_idle() == 1
    clock.forward(600)
    assert Worker(database, {"work": work}, clock).run_until_idle() == 0
    job = look(database, job_id)
    assert (tries, job.status) == ([1, 2, 3, 4, 5], "failed")
    assert "5" in job.error["sentence"]["zh-CN"]
    assert "memory" in job.error["sentence"]["en"]
    with unit_of_work(database, ALICE, clock=clock) as uow:
        retry(uow.session, job_id, clock())
    assert Worker(database, {"work": lambda _: None}, clock).run_one()
    assert look(database, job_id).status == "done"


def test_what_an_unknown_fault_says_is_kept_nowhere(database, clock, capsys):
    """Its message may hold somebody's data: class and place are enough to find it."""

    def work(_):
        raise ValueError("could not convert 张三 13800138000")

    job_id = order(database, clock)
    Worker(database, {"work": work}, clock).run_one()
    job = look(database, job_id)
    said = capsys.readouterr()
    for place in (job.log, str(job.error), said.out, said.err):
        assert "13800138000" not in place
        assert "ValueError" in place or place in ("", said.out, said.err)
    assert "test_jobs.py" in job.log


def test_a_worker_that_fell_silent_loses_its_job_to_another(database, clock):
    job_id = order(database, clock)
    seen = []

    def slow(context):
        clock.forward(60)
        Worker(database, {"work": lambda c: seen.append(c.attempt)}, clock).run_one()
        with pytest.raises(LeaseLostError):
            context.progress(STEP, 1, 1)
        context.check_cancelled()
        raise LeaseLostError

    Worker(database, {"work": slow}, clock).run_one()
    assert seen == [2]
    assert look(database, job_id).status == "done"


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_at_its_next_step(database, clock):
    waiting = order(database, clock)
    with unit_of_work(database, ALICE, clock=clock) as work:
        cancel(work.session, waiting, clock())
    assert Worker(database, {"work": lambda _: None}, clock).run_until_idle() == 0

    def run(context):
        with unit_of_work(database, ALICE, clock=clock) as work:
            cancel(work.session, context.job_id, clock())
        context.progress(STEP, 1, 2)
        raise AssertionError

    running = order(database, clock)
    Worker(database, {"work": run}, clock).run_until_idle()
    assert look(database, running).status == "cancelled"
    with unit_of_work(database, ALICE, clock=clock) as work:
        retry(work.session, running, clock())
    assert Worker(database, {"work": lambda _: None}, clock).run_until_idle() == 1
    with pytest.raises(JobStateError), unit_of_work(database, ALICE) as work:
        cancel(work.session, running, clock())
    with pytest.raises(JobStateError), unit_of_work(database, ALICE) as work:
        retry(work.session, running, clock())
    with pytest.raises(NotFoundError), unit_of_work(database, ALICE) as work:
        cancel(work.session, "nothing", clock())


def test_one_key_is_one_job_until_it_has_ended(database, clock):
    first = order(database, clock, key="sync:1")
    assert order(database, clock, key="sync:1") == first
    Worker(database, {"work": lambda _: None}, clock).run_until_idle()
    assert order(database, clock, key="sync:1") != first


def test_what_has_begun_may_have_looked_too_early_so_the_work_is_ordered_anew(database, clock):
    seen, orders = [], []

    def work(context):
        seen.append(context.payload["n"])
        if len(seen) == 1:  # somebody needs it again, after it has looked
            orders.extend(order_anew(database, clock, n) for n in (2, 3))

    first = order_anew(database, clock, 1)
    Worker(database, {"work": work}, clock).run_until_idle()
    assert seen == [1, 2], "the third waits with the second"
    assert first != orders[0] == orders[1]


def order_anew(database, clock, n):
    with unit_of_work(database, ALICE, clock=clock) as work:
        return work.enqueue("work", {"n": n}, key="sync:1", anew=True)


def test_many_who_order_one_key_at_once_get_one_job_and_no_fault(database, clock):
    got = at_once(*[lambda: order_anew(database, clock, 1)] * 6)
    assert len(got) == 6
    assert len(set(got)) == 1


def test_waiting_for_who_holds_what_a_job_needs_is_no_failed_attempt(database, clock):
    busy = [True] * 9

    def work(_):
        if busy:
            busy.pop()
            raise LeaseTakenError("lake/1")

    job_id = order(database, clock)
    worker = Worker(database, {"work": work}, clock)
    for _ in range(12):
        worker.run_until_idle()
        clock.forward(5)
    assert (look(database, job_id).status, look(database, job_id).attempts) == ("done", 1)


def test_workers_share_the_jobs_and_none_is_done_twice(database, clock):
    for i in range(20):
        order(database, clock, n=i)
    done = []
    workers = [Worker(database, {"work": lambda c: done.append(c.payload["n"])}) for _ in range(3)]
    clock.forward(0)
    at_once(*(worker.run_until_idle for worker in workers))
    assert sorted(done) == list(range(20))


def test_a_kind_without_a_handler_waits_for_another_worker(database, clock):
    job_id = order(database, clock, kind="other")
    assert Worker(database, {"work": lambda _: None}, clock).run_until_idle() == 0
    assert look(database, job_id).status == "queued"


def test_what_nobody_waits_for_is_done_after_all_else(database, clock):
    done = []
    kinds = {kind: lambda job: done.append(job.payload["n"]) for kind in ("report", "load")}
    order(database, clock, "report", n=1)
    order(database, clock, "load", n=2)
    Worker(database, kinds, clock, ("report",)).run_until_idle()
    assert done == [2, 1]


def test_what_nobody_waits_for_leaves_most_of_the_time_to_what_somebody_does(database, clock):
    def report(_):
        clock.forward(2)

    worker = Worker(database, {"report": report, "load": lambda _: None}, clock, ("report",))
    for number in range(4):
        order(database, clock, "report", n=number)
    assert worker.run_one()
    assert worker.run_one()  # nobody is waited for: one after the other
    worker.press()
    assert not worker.run_one()
    order(database, clock, "load")
    assert worker.run_one()
    clock.forward(6)
    assert worker.run_one()
    clock.forward(5.9)
    worker.press()
    assert not worker.run_one()
    clock.forward(0.1)
    order(database, clock, "report", n=5)
    assert worker.run_one()
    clock.forward(10)  # no answer since
    assert worker.run_one()
    assert not worker.run_one()


def test_what_nobody_waits_for_rests_longer_where_a_round_of_the_others_is_slow(database, clock):
    worker = Worker(database, {"report": lambda _: clock.forward(1)}, clock, ("report",))
    for number in range(3):
        order(database, clock, "report", n=number)
    worker.press(2.5)
    assert worker.run_one()
    clock.forward(7.4)
    worker.press(2.5)
    assert not worker.run_one()
    clock.forward(0.1)
    assert worker.run_one()
    clock.forward(10)  # nothing more came
    assert worker.run_one()


def test_a_schedule_orders_one_job_for_all_it_missed(database, clock):
    with unit_of_work(database, ALICE, clock=clock) as work:
        at = next_run("0 8 * * *", "Asia/Shanghai", clock())
        work.session.add(
            Schedule(
                kind="work", payload={}, cron="0 8 * * *", zone="Asia/Shanghai", next_run_at=at
            )
        )
    clock.forward(86_400 * 5)
    assert Worker(database, {"work": lambda _: None}, clock).run_until_idle() == 1
    with database.reading() as session:
        schedule = session.scalars(select(Schedule)).one()
        assert schedule.next_run_at > clock()
        assert schedule.last_run_at == clock()


def test_cron_is_read_on_the_clock_of_its_zone():
    after = datetime(2026, 3, 1, 1, tzinfo=UTC)  # nine in the morning in Shanghai
    assert next_run("30 9 * * *", "Asia/Shanghai", after) == datetime(2026, 3, 1, 1, 30, tzinfo=UTC)
    with pytest.raises(BadScheduleError, match="every day"):
        next_run("every day", "Asia/Shanghai", after)


def test_a_lease_has_one_holder_until_it_ends_or_runs_out(database, clock):
    leases, others = Leases(database, clock), Leases(database, clock)
    with leases.held("lake:1") as first:
        with pytest.raises(LeaseTakenError), others.held("lake:1"):
            pass
        clock.forward(31)
        with others.held("lake:1") as second:
            assert second == first + 1
    with leases.held("lake:1") as third:
        assert third == second + 1


def test_of_several_leases_those_are_held_that_nobody_else_holds(database, clock):
    leases, others = Leases(database, clock), Leases(database, clock)
    with others.held("lake:2"), leases.held_some(["lake:3", "lake:2", "lake:1"]) as held:
        assert {*held} == {"lake:1", "lake:3"}
        with others.held_some(["lake:1", "lake:4"]) as theirs:
            assert {*theirs} == {"lake:4"}
        with pytest.raises(LeaseTakenError), others.held("lake:3"):
            pass
    with others.held_some(["lake:1", "lake:2", "lake:3"]) as held:
        assert len(held) == 3
