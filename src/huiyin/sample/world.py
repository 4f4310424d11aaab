"""One seeded world: the company, its customers, the plans of the truths, and how much of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from huiyin.sample.company import Company, Customers, found_company
from huiyin.sample.contracts import SampleSettings
from huiyin.sample.draws import split, stream
from huiyin.sample.months import Ints, Month, busy_weights, months_until
from huiyin.sample.places import SHOPS
from huiyin.sample.ratings import Question
from huiyin.sample.truths.bank_opening import BankOpening
from huiyin.sample.truths.begging_shop import STARTS_IN_MONTH as BEGGING_MONTH
from huiyin.sample.truths.begging_shop import BeggingShop
from huiyin.sample.truths.delivery_delay import DeliveryDelay, plan_delivery_delay
from huiyin.sample.truths.dirty_rows import SPEEDER_SHARE, DirtyRows
from huiyin.sample.truths.idle_measure import IdleMeasure
from huiyin.sample.truths.new_canteen import NewCanteen, plan_new_canteen
from huiyin.sample.truths.queue_system import N_SHOPS, QueueSystem, plan_queue_system
from huiyin.sample.truths.rated_rival import RatedRival, plan_rated_rival
from huiyin.sample.truths.release_theme import ReleaseTheme, plan_release_theme
from huiyin.sample.truths.repurchase import Repurchase
from huiyin.sample.truths.reworded_question import IN_MONTH, RewordedQuestion
from huiyin.sample.truths.seasons import Seasons, plan_seasons
from huiyin.sample.truths.silent_unhappy import SilentUnhappy
from huiyin.sample.truths.slow_parts import SlowParts, plan_slow_parts
from huiyin.sample.truths.slow_reimbursement import SlowReimbursement, plan_slow_reimbursement
from huiyin.sample.truths.withheld_invitations import WithheldInvitations

CHUNK = 200_000
"""Rows made at once: what keeps memory bounded."""
SHARES = {
    "shop": 0.45, "app": 0.20, "visit": 0.12, "business": 0.03, "bank": 0.06,
    "insurance": 0.04, "logistics": 0.05, "market": 0.05,
}  # fmt: skip
"""Parts of the answers that each survey gets."""
RETURNING_EVERY = 10
"""Every tenth answer in the shops is by somebody who answered half a year before."""
RETURNS_AFTER = 6


@dataclass(frozen=True)
class Plans:
    """Where every truth is planted."""

    delay: DeliveryDelay
    queue: QueueSystem
    idle: IdleMeasure
    begging: BeggingShop
    withheld: WithheldInvitations
    release: ReleaseTheme
    reworded: RewordedQuestion
    seasons: Seasons
    silent: SilentUnhappy
    repurchase: Repurchase
    opening: BankOpening
    reimbursement: SlowReimbursement
    canteen: NewCanteen
    rival: RatedRival
    parts: SlowParts
    dirty: DirtyRows


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of one month of one table: `n` rows, after `before` rows of earlier pieces."""

    month: Month
    part: int
    n: int
    before: int
    before_in_month: int
    rng: np.random.Generator


@dataclass(frozen=True)
class World:
    """Everything that the tables are made from."""

    settings: SampleSettings
    months: tuple[Month, ...]
    company: Company
    plans: Plans
    answers: dict[str, int]

    def chunks(self, table: str, n: int, *, evenly: bool = False) -> Iterator[Chunk]:
        """Cut `n` rows into months and months into pieces, each with its own stream.

        Months get rows as busy as the shops are, or evenly.
        """
        before = 0
        parts = split(n, [1.0] * len(self.months)) if evenly else self.by_month(n)
        for month, n_month in zip(self.months, parts, strict=True):
            for part, start in enumerate(range(0, int(n_month), CHUNK)):
                rows = min(CHUNK, int(n_month) - start)
                rng = stream(self.settings.seed, table, month.index, part)
                yield Chunk(month, part, rows, before, start, rng)
                before += rows

    def by_month(self, n: int) -> Ints:
        """Split rows over the months as busy as they are."""
        return split(n, busy_weights(self.months))


def make_world(settings: SampleSettings, queue_question: Question) -> World:
    """Found the company and plant the truths.

    Parameters
    ----------
    settings : SampleSettings
    queue_question : Question
        The one that the queue system lifts.
    """
    months = months_until(settings.last_month)
    company = found_company(settings.seed, months)
    parts = split(settings.answers, list(SHARES.values()))
    answers = dict(zip(SHARES, map(int, parts), strict=True))
    return World(settings, months, company, _plant(company, queue_question), answers)


def _plant(company: Company, queue_question: Question) -> Plans:
    rng = stream(company.seed, "truths")
    months, end = company.months, company.months[-1]
    shops = tuple(int(i) for i in rng.permutation(len(SHOPS)))
    queued, idle, begging = shops[:N_SHOPS], shops[N_SHOPS : 2 * N_SHOPS], shops[2 * N_SHOPS]
    queue = plan_queue_system(company, tuple(sorted(queued)), queue_question, SPEEDER_SHARE)
    agent = int(rng.integers(len(company.agents)))
    inside = stream(company.seed, "truths of the staff")  # its own: the others stay where they are
    reimbursement = plan_slow_reimbursement(company, inside)
    return Plans(
        delay=plan_delivery_delay(company, rng),
        queue=queue,
        idle=IdleMeasure(tuple(sorted(idle)), queue.start, end),
        begging=BeggingShop(begging, months[BEGGING_MONTH], end),
        withheld=WithheldInvitations(agent, company.agents[agent]),
        release=plan_release_theme(company),
        reworded=RewordedQuestion(months[IN_MONTH], end),
        seasons=plan_seasons(months),
        silent=SilentUnhappy(),
        repurchase=Repurchase(),
        opening=BankOpening(),
        reimbursement=reimbursement,
        canteen=plan_new_canteen(company, inside, reimbursement.site),
        rival=plan_rated_rival(company, stream(company.seed, "truth of the rival")),
        parts=plan_slow_parts(company, stream(company.seed, "truth of the parts")),
        dirty=DirtyRows(),
    )


@dataclass(frozen=True)
class ShopNumbers:
    """Who answers in the shops in which month: new customers first, some again after half a year.

    Attributes
    ----------
    unique : (24,) array
        Answers of each month without repeats of the same answer.
    first_new : (24,) array
        Number of each month's first new customer.
    n_returning : (24,) array
        Answers of each month by customers who answered `RETURNS_AFTER` months before.
    """

    unique: Ints
    first_new: Ints
    n_returning: Ints
    customers: Customers

    def customer(self, month: Month, row: Ints) -> tuple[Ints, np.ndarray]:
        """Give the customers of the month's rows, and which of them are returning."""
        n_returning = self.n_returning[month.index]
        turn = row // RETURNING_EVERY
        returning = (row % RETURNING_EVERY == 0) & (turn < n_returning)
        passed = np.minimum((row + RETURNING_EVERY - 1) // RETURNING_EVERY, n_returning)
        earlier = self.first_new[month.index - RETURNS_AFTER] + turn
        return np.where(returning, earlier, self.first_new[month.index] + row - passed), returning


def number_shop_customers(world: World) -> ShopNumbers:
    """Lay out the customer numbers of the shops' survey, month by month."""
    dirty = world.plans.dirty
    unique = np.zeros(len(world.months), dtype=np.int64)
    for chunk in world.chunks("shop", world.answers["shop"]):
        unique[chunk.month.index] += chunk.n - dirty.n_duplicates(chunk.n)
    new = np.zeros_like(unique)
    returning = np.zeros_like(unique)
    for i, n in enumerate(unique):
        wanted = -(-int(n) // RETURNING_EVERY) if i >= RETURNS_AFTER else 0
        returning[i] = min(wanted, int(new[i - RETURNS_AFTER])) if wanted else 0
        new[i] = n - returning[i]
    first_new = 1 + np.concatenate([[0], np.cumsum(new)[:-1]])
    return ShopNumbers(unique, first_new, returning, Customers(world.company, int(new.sum())))
