"""What the n of a number counts."""

from __future__ import annotations

from huiyin.codebook.contracts import RATING_ROLES, TIME_ROLES, Codebook, Role
from huiyin.codebook.rows import are_answers
from huiyin.measure.catalogue import Asked
from huiyin.measure.contracts import Counted

OF_EVENTS = (*(TIME_ROLES - {Role.TIME}), Role.STAGE, Role.OUTCOME, Role.AMOUNT)


def counted_by(asked: Asked, codebook: Codebook) -> Counted:
    """Tell what the n of a metric counts.

    Parameters
    ----------
    asked : Asked
    codebook : Codebook

    Returns
    -------
    Counted
        Customers where each counts once, answers of what is rated; else what the metric says, and
        at last what the rows are.
    """
    if any(value.once for value in asked.reading.values):
        return Counted.CUSTOMERS
    of_metric: Counted | None = asked.metric.counted
    if of_metric is Counted.TICKETS and codebook.first(Role.STAGE):
        return Counted.RECORDS  # rows of a log are parts of tickets
    if of_metric is not None:
        return of_metric
    rated = asked.column is not None and asked.column.role in RATING_ROLES
    return Counted.ANSWERS if rated else what_rows_are(codebook)


def what_rows_are(codebook: Codebook) -> Counted:
    """Tell what the rows of a dataset are: answers, unless something says otherwise.

    Parameters
    ----------
    codebook : Codebook
    """
    if are_answers(codebook):
        return Counted.ANSWERS
    if codebook.first(Role.STAGE) is None:
        if codebook.first(Role.TICKET, Role.FIRST_RESPONSE):
            return Counted.TICKETS
        if codebook.first(Role.ORDER):
            return Counted.ORDERS
    return Counted.RECORDS if codebook.first(*OF_EVENTS) else Counted.ANSWERS
