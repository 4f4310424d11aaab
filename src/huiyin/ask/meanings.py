"""What words mean: the sorts of words, and the words of one dataset."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from huiyin.ask.contracts import Calculated
from huiyin.ask.spelling import stem
from huiyin.codebook.contracts import GROUP_ROLES, Codebook, Column, Role

RATED = (Role.NPS, Role.CSAT, Role.CES, Role.OVERALL, Role.INTENT, Role.ASPECT)
AMOUNTS = (Role.AMOUNT, Role.COST, Role.DURATION)
GROUPS = GROUP_ROLES | {Role.ACCOUNT, Role.OUTCOME}
OWN_METRIC = {Role.NPS: "nps", Role.CES: "ces", Role.INTENT: "intent"}
YES, NO = "是", "否"


class Sort(StrEnum):
    """What a word means."""

    METRIC = "metric"
    RATING = "rating"
    AMOUNT = "amount"
    RATE = "rate"
    COLUMN = "column"
    GENERIC = "generic"
    ASPECTS = "aspects"
    VALUE = "value"
    YES_NO = "yes_no"
    SIGNAL = "signal"
    FILLER = "filler"
    NO_METRIC = "no_metric"
    NO_COLUMN = "no_column"
    NO_VALUE = "no_value"
    LOOSE = "loose"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word may mean: `columns` and `value` where it is about data, `name` else."""

    sort: Sort
    name: str = ""
    columns: tuple[str, ...] = ()
    value: str | None = None


ORDER = {sort: at for at, sort in enumerate(
    (Sort.VALUE, Sort.YES_NO, Sort.RATE, Sort.RATING, Sort.AMOUNT, Sort.METRIC, Sort.COLUMN,
     Sort.GENERIC, Sort.ASPECTS, Sort.LOOSE, Sort.SIGNAL, Sort.NO_METRIC, Sort.NO_COLUMN,
     Sort.NO_VALUE, Sort.FILLER))}  # fmt: skip
CONTENT = frozenset(
    {
        Sort.METRIC, Sort.RATING, Sort.AMOUNT, Sort.RATE, Sort.COLUMN, Sort.GENERIC, Sort.ASPECTS,
        Sort.VALUE, Sort.YES_NO,
    }
)  # fmt: skip
"""Words about the data."""
RATED_TARGETS = (Role.OVERALL, Role.NPS, Role.INTENT, Role.ASPECT, Role.CSAT)
SOUNDED = frozenset(
    {Sort.VALUE, Sort.YES_NO, Sort.RATE, Sort.RATING, Sort.AMOUNT, Sort.METRIC, Sort.COLUMN}
)


@dataclass(slots=True)
class Vocabulary:
    """Words → meanings, and what is needed to forgive a slip.

    Attributes
    ----------
    exact : mapping of str to list of Meaning
    sound : how Chinese words sound → the words
    slip : sounds, or letters, with one left out → the words
    columns : the dataset's columns by name
    values : column → its values
    operations : ids of the operational metrics that the dataset can give
    calculated : id → what people made of others
    numbered : how values with one number are written, with any other number
    """

    codebook: Codebook
    exact: dict[str, list[Meaning]] = field(default_factory=dict)
    sound: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    slip: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    letters: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    stems: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    longest: int = 1
    starts: frozenset[str] = frozenset()
    operations: frozenset[str] = frozenset()
    calculated: Mapping[str, Calculated] = field(default_factory=dict)
    numbered: tuple[re.Pattern[str], ...] = ()

    def overall(self) -> Column | None:
        """Give the one question that says how satisfied a customer is in all."""
        for role in (Role.OVERALL, Role.CSAT):
            found = self.codebook.with_role(role)
            if len(found) == 1:
                return found[0]
        return None

    def only(self, role: Role) -> Column | None:
        """Give the column of a role, where there is one."""
        found = self.codebook.with_role(role)
        return found[0] if len(found) == 1 else None

    def aspects(self) -> tuple[Column, ...]:
        """List the columns that rate one aspect each."""
        return self.codebook.with_role(Role.ASPECT)

    def names_staff(self, meaning: Meaning) -> bool:
        """Tell whether a word is somebody's name: it is taken as it is written, or not at all."""
        column = meaning.columns[0] if meaning.sort is Sort.VALUE and meaning.columns else None
        return column is not None and self.codebook[column].role is Role.STAFF

    def meanings(self, word: str) -> tuple[Meaning, ...]:
        """Give what a word means, the most telling first."""
        return tuple(self.exact.get(word, ()))


def stems_of(phrase: str) -> str:
    """Write an English phrase without its plain endings."""
    return " ".join(stem(word.removesuffix("'s")) for word in phrase.split())
