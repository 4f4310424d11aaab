"""What can be asked of customers, and what can go wrong."""

from __future__ import annotations

from enum import StrEnum

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text

CUSTOMER = Text("客户", "customer")
CLIENT = Text("客户单位", "client")
FIELD = Text("联系方式", "contact field")
CUSTOMER_COLUMN = "_customer"
"""VARCHAR in the lake: the surrogate of who answered, NULL where nobody can be told."""
CUSTOMERS_LEASE = "customers"
"""Held while customers are told apart, so that nobody becomes two."""
ERASE_JOB = "erase_customer"
RETENTION_JOB = "keep_retention"
LONGEST_TEXT = 200


class Consent(StrEnum):
    """What a customer said to the use of a field."""

    UNKNOWN = "unknown"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ReasonMissingError(BadInputError):
    """Something that needs a reason was asked for without one."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "请写明理由，会记入审计日志。",
                "Say why: the reason is kept in the audit log.",
            )
        )


class ClientExistsError(BadInputError):
    """Two clients would have one key."""

    def __init__(self, key: str) -> None:
        super().__init__(
            Text("客户单位“{key}”已经有了。", "There is a client “{key}” already.").format(key=key)
        )


class BadClientListError(BadInputError):
    """A list of clients cannot be read, or a row of it cannot be understood."""
