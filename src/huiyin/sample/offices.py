"""Where the company's own staff work, and what they ask administration, HR and IT for."""

from __future__ import annotations

import numpy as np

from huiyin.sample.months import DAY, Ints, Month, seconds_of

SITES = ("上海总部", "广州分部", "北京分部", "武汉分部", "成都分部", "沈阳分部", "西安分部")
"""One in each of `places.REGIONS`, in the same order: a row rule on 大区 holds for staff too."""
SITE_WEIGHTS = (0.30, 0.20, 0.18, 0.10, 0.09, 0.05, 0.08)
LARGE_SITES = 3
"""So many of the first sites are large enough that a month of answers says something."""
DEPARTMENTS = ("门店运营", "客服中心", "应用事业部", "企业客户部", "总部职能")
DEPARTMENT_WEIGHTS = (0.36, 0.22, 0.16, 0.12, 0.14)
ERRANDS = ("IT报修", "费用报销", "办公报修", "入职手续", "HR咨询")
EXPENSE_CLAIMS = 1
"""Position in `ERRANDS`."""
ERRAND_WEIGHTS = (0.34, 0.30, 0.14, 0.07, 0.15)
SHARE = 0.10
"""Answers of the staff for each answer of a customer; they come on top of ``--answers``."""
MOST_ANSWERS = 50_000
TICKETS_PER_ANSWER = 3.0
_SATURDAY = 5
_OPENS, _CLOSES = 9.0, 17.9


def n_answers(of_customers: int) -> int:
    """Count the answers of the staff in a sample of so many answers of customers."""
    return min(round(SHARE * of_customers), MOST_ANSWERS)


def office_moments(rng: np.random.Generator, month: Month, n: int) -> Ints:
    """Draw local moments in office hours from Monday to Friday, in seconds since 1970, sorted."""
    weekday = (month.first.weekday() + np.arange(month.n_days)) % 7
    day = rng.choice(np.flatnonzero(weekday < _SATURDAY), n)
    hour = rng.uniform(_OPENS, _CLOSES, n)
    return np.sort(seconds_of(month.first) + day * DAY + (hour * 3600).astype(np.int64))
