"""How long after a row something still belongs to it: windows of operational metrics, as rules."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from huiyin.core.text import Text


@dataclass(frozen=True, slots=True)
class Windows:
    """Days of the windows that belong to the definitions of operational metrics.

    Attributes
    ----------
    repurchase_days : int
        Who orders again within it has bought again.
    churn_days : int
        Who was active at a start and orders nothing for so long is lost.
    active_days : int
        Who ordered so short before a start is active at it.
    contact_days : int
        A contact solved its matter if the customer does not come back with it within this.
    grace_days : int
        A contract not renewed so long after its end is lost.
    conversion_days : int
        A lead won within it is converted.
    complaint_repeat_days : int
        Complaints of one customer on one matter within it are one.
    complaint_order_days : int
        A complaint that names no order belongs to the customer's last row of so many days before.
    """

    repurchase_days: int = 90
    churn_days: int = 90
    active_days: int = 30
    contact_days: int = 7
    grace_days: int = 30
    conversion_days: int = 90
    complaint_repeat_days: int = 30
    complaint_order_days: int = 90

    def days(self) -> dict[str, int]:
        """Give the days by their keys, as the metric rules have them."""
        return asdict(self)

    def fill(self, words: str) -> str:
        """Put the days where words name a key, as in ``{churn_days}``; other places stay."""
        for key, days in self.days().items():
            words = words.replace(f"{{{key}}}", str(days))
        return words

    def said(self, text: Text) -> Text:
        """Put the days where a text names a key."""
        return Text.of({tag: self.fill(words) for tag, words in text.items()})


HOUSE_WINDOWS = Windows()
KEYS = tuple(HOUSE_WINDOWS.days())
