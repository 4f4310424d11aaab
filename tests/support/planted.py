"""What plants each truth of the sample company, and what plants nothing."""

from __future__ import annotations

NOTHING_PLANTED = {
    "delivery_delay": ("delivery_delay.LATE_SHARE", 0.07),
    "queue_system": ("queue_system.LIFT_POINTS", 0.0),
    "begging_shop": ("begging_shop.BEGGED_SHARE", 0.0),
    "withheld_invitations": ("withheld_invitations.WITHHELD_INVITED_SHARE", 0.95),
    "release_theme": ("release_theme.RISEN_SHARE", 0.04),
    "reworded_question": ("reworded_question.PULL", 0.0),
    "season_sale": ("seasons.SALE_LATE_SHARE", 0.07),
    "season_festival": ("seasons.FESTIVAL_PULL", 0.0),
    "silent_unhappy": ("silent_unhappy.SILENCE", 1.0),
    "repurchase": ("repurchase.SLOPE", (0.0, 0.0, 0.0)),
    "bank_opening": ("bank_opening.OPENING_PULL", 0.0),
    "slow_parts": ("slow_parts.TIMES_AS_LONG", 1.0),
    "slow_reimbursement": ("slow_reimbursement.PULL", 0.0),
    "rated_rival": (
        "rated_rival.AHEAD",
        {"price": 0.0, "price there": 0.0, "service": 0.0},
    ),
    "new_canteen": ("new_canteen.LIFT", 0.0),
}
"""Truth → the constant of `huiyin.sample.truths` that plants it, and the value that does not."""
