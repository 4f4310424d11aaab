"""Every planted truth of a world, in the order of the manual."""

from __future__ import annotations

from huiyin.sample.surveys.arms import BANK
from huiyin.sample.surveys.internal import QUESTIONS as OF_STAFF
from huiyin.sample.surveys.shop import ASPECTS as OF_SHOPS
from huiyin.sample.truths.truth import Truth
from huiyin.sample.world import Plans


def all_truths(plans: Plans) -> tuple[Truth, ...]:
    """List what was planted; call it after the files are made, when dirty rows are counted."""
    return (
        plans.delay.truth(),
        plans.queue.truth(),
        plans.idle.truth(),
        plans.begging.truth(),
        plans.withheld.truth(),
        plans.release.truth(),
        plans.reworded.truth(),
        *plans.seasons.truths(),
        plans.silent.truth(),
        plans.repurchase.truth(),
        plans.opening.truth(BANK.questions),
        plans.reimbursement.truth(OF_STAFF),
        plans.canteen.truth(OF_STAFF),
        plans.rival.truth(OF_SHOPS),
        plans.parts.truth(),
        plans.dirty.truth(),
    )
