"""What a column means: role, scale, labels; and what is known of it before that is decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape

from huiyin.codebook.numerals import Comma
from huiyin.core.errors import BadInputError
from huiyin.core.text import Text


class Role(StrEnum):
    """What a column is for. Parts that read only some roles leave the others alone."""

    ID = "id"
    TIME = "time"
    CUSTOMER = "customer"
    ACCOUNT = "account"
    WEIGHT = "weight"
    STRATA = "strata"
    CLUSTER = "cluster"
    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    OVERALL = "overall"
    INTENT = "intent"
    OUTCOME = "outcome"
    ASPECT = "aspect"
    DIMENSION = "dimension"
    UNIT = "unit"
    STAFF = "staff"
    CHANNEL = "channel"
    PRODUCT = "product"
    STAGE = "stage"
    TOUCHPOINT = "touchpoint"
    ORDER = "order"
    TICKET = "ticket"
    STATUS = "status"
    OPENED = "opened"
    FIRST_RESPONSE = "first_response"
    RESOLVED = "resolved"
    PROMISED = "promised"
    DELIVERED = "delivered"
    AMOUNT = "amount"
    CURRENCY = "currency"
    COST = "cost"
    TEXT = "text"
    CHOICE_SET = "choice_set"
    CONTACT = "contact"
    DURATION = "duration"
    META = "meta"
    IGNORE = "ignore"


RATING_ROLES = frozenset({Role.NPS, Role.CSAT, Role.CES, Role.OVERALL, Role.INTENT, Role.ASPECT})
"""Roles whose typed column holds a level on a scale."""

TIME_ROLES = frozenset(
    {Role.TIME, Role.OPENED, Role.FIRST_RESPONSE, Role.RESOLVED, Role.PROMISED, Role.DELIVERED}
)
"""Roles whose typed column holds a moment."""

NUMBER_ROLES = frozenset({Role.WEIGHT, Role.OUTCOME, Role.AMOUNT, Role.COST, Role.DURATION})
"""Roles whose typed column holds a number; an outcome may be in words (`Column.events`)."""

NEVER_EMPTY_ROLES = frozenset(
    {
        Role.IGNORE, Role.ID, Role.TIME, Role.CUSTOMER, Role.ACCOUNT, Role.CONTACT, Role.WEIGHT,
        Role.STRATA, Role.CLUSTER,
    }
)  # fmt: skip
"""Roles that mean something only with values in them: who, when, and the design."""

GROUP_ROLES = frozenset(
    {
        Role.DIMENSION, Role.UNIT, Role.STAFF, Role.CHANNEL, Role.PRODUCT, Role.STAGE,
        Role.TOUCHPOINT, Role.STATUS, Role.STRATA, Role.CLUSTER, Role.CURRENCY,
    }
)  # fmt: skip
"""Roles that make sense as a group to compare."""

ACCEPT_CONFIDENCE = 0.6
"""A guess below this is listed as “please check” and the column is not used until confirmed."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An ordered answer scale.

    Attributes
    ----------
    minimum, maximum : float
        Lowest and highest level *as coded*, from the survey's definition or the codebook,
        never from the answers observed alone.
    direction : int
        1 where the high code is the good end, -1 where the low code is.
    levels : mapping of str to float
        Words (as they stand in the file) to their code, for scales answered in words.
    missing_codes : tuple of str
        Values that mean “no answer”: 99, “不适用”, “Don't know”…
    """

    minimum: float
    maximum: float
    direction: int = 1
    levels: Mapping[str, float] = field(default_factory=dict)
    missing_codes: tuple[str, ...] = ()

    @property
    def n_levels(self) -> int:
        """Count the integer levels of the scale."""
        return round(self.maximum - self.minimum) + 1


OPPOSITES = {
    "是": "否", "有": "无", "会": "不会", "对": "不对", "yes": "no", "y": "n", "true": "false",
    "t": "f", "1": "0",
}  # fmt: skip
"""What an outcome in words says where it did not happen."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a dataset and what it means.

    Attributes
    ----------
    name : str
        Unique name in the dataset, as shown and as typed on the command line.
    role : Role
    scale : Scale or None
        For rating roles.
    label : Text
        What a person reads: the question's wording, else the header.
    confidence : float
        In [0, 1]. 1 where a person or the survey's own definition said so.
    reason : Text
        Why this role was chosen.
    group : str or None
        The question that several columns belong to: a matrix (`aspect`), or the options of a
        multi-select (`choice_set`, one column per option; `option` is then that option's label).
    option : str or None
        Label of the option, for a multi-select spread over columns.
    separator : str or None
        For a multi-select in one cell: what stands between the options (问卷星 ``┋``).
    labels : mapping of str to str
        Value → label, where values are codes (SPSS value labels, 按序号 exports).
    events : tuple of str
        For `outcome`: the values that count as “it happened” (churned, bought again). Empty for
        a numeric outcome.
    missing_codes : tuple of str
        Values that mean “no answer” where the column has no scale.
    empty : bool
        A question names it, and nobody answered it: no value says on which scale it stands.
    """

    name: str
    role: Role
    label: Text
    scale: Scale | None = None
    confidence: float = 1.0
    reason: Text = field(default_factory=lambda: Text("", ""))
    group: str | None = None
    option: str | None = None
    separator: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    events: tuple[str, ...] = ()
    missing_codes: tuple[str, ...] = ()
    empty: bool = False

    def code_of(self, word: str) -> float | None:
        """Give the number that a word stands for in the data.

        Parameters
        ----------
        word : str
            A level of the scale, or of an outcome in words whether it happened: 是, 否.

        Returns
        -------
        float or None
            None where it is no such word; it may still be a number as it is written.
        """
        if self.scale is not None and word in self.scale.levels:
            return float(self.scale.levels[word])
        if word in self.events:
            return 1.0
        opposites = {OPPOSITES.get(event.lower()) for event in self.events}
        return 0.0 if self.role is Role.OUTCOME and word.lower() in opposites else None

    @property
    def usable(self) -> bool:
        """Tell whether the guess is sure enough to compute with."""
        return self.confidence >= ACCEPT_CONFIDENCE

    @property
    def is_unsure_time(self) -> bool:
        """Tell whether it is a moment in use of which nothing tells day from month."""
        return self.role in TIME_ROLES and self.confidence == ACCEPT_CONFIDENCE

    @property
    def please_check(self) -> bool:
        """Tell whether a person should look at it, used or not."""
        return not self.usable or self.is_unsure_time


@dataclass(frozen=True, slots=True)
class Codebook:
    """All columns of a dataset, in file order."""

    columns: tuple[Column, ...]
    profile: str = "plain"
    language: str = "zh-CN"

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise UnknownColumnError(name, tuple(c.name for c in self.columns))

    def __contains__(self, name: object) -> bool:
        return any(column.name == name for column in self.columns)

    def with_role(self, *roles: Role) -> tuple[Column, ...]:
        """List the usable columns that have one of `roles`, in file order."""
        return tuple(c for c in self.columns if c.role in roles and c.usable)

    def first(self, *roles: Role) -> Column | None:
        """Give the first usable column with one of `roles`, if any."""
        found = self.with_role(*roles)
        return found[0] if found else None

    @property
    def doubts(self) -> tuple[Column, ...]:
        """List the columns a person should check."""
        return tuple(c for c in self.columns if not c.usable)

    @property
    def unsure_times(self) -> tuple[Column, ...]:
        """List the moments in use that a person should check: nothing tells day from month."""
        return tuple(column for column in self.columns if column.is_unsure_time)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{word}</th>" for word in ("列", "角色", "量表", "把握", "理由"))
        rows = "".join(f"<tr>{_html_cells(column)}</tr>" for column in self.columns)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _html_cells(column: Column) -> str:
    scale = f"{column.scale.minimum:g}–{column.scale.maximum:g}" if column.scale else ""
    sure = f"{column.confidence:.0%}" + ("" if column.usable else "（请核对）")
    words = (column.name, column.role.value, scale, sure, column.reason.say())
    return "".join(f"<td>{escape(word)}</td>" for word in words)


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """What is known of a raw column before anyone says what it means.

    Attributes
    ----------
    name : str
        Unique column name.
    native_type : str
        ``text``, ``integer``, ``number``, ``boolean``, ``date`` or ``timestamp``: how the file
        itself stores it (CSV: always ``text``).
    n, n_missing, n_distinct : int
        Rows looked at; of them empty; distinct non-empty values.
    top : tuple of (str, int)
        Most frequent values with counts, at most 200, most frequent first.
    sample : tuple of str
        Up to 200 non-empty values spread over the file.
    numeric_share, integer_share, date_share : float
        Share of the non-empty values that read as a number, a whole number, a date or time.
    minimum, maximum : float or None
        Of the numeric values.
    mean_length, max_length : float
        Characters per non-empty value.
    monotone : bool
        Numeric values that only rise (or only fall) with the row: a running number.
    hint : ColumnHint or None
        What the file's layout already says.
    day_first : bool or None
        Dates like 05/06/2024 where no value tells day from month: whether they are read with the
        day first. None for all other columns.
    comma : Comma
        What the commas in its numbers are.
    """

    name: str
    native_type: str
    n: int
    n_missing: int
    n_distinct: int
    top: tuple[tuple[str, int], ...]
    sample: tuple[str, ...]
    numeric_share: float
    integer_share: float
    date_share: float
    minimum: float | None
    maximum: float | None
    mean_length: float
    max_length: int
    monotone: bool
    hint: ColumnHint | None = None
    day_first: bool | None = None
    comma: Comma = Comma.NONE


@dataclass(frozen=True, slots=True)
class ColumnHint:
    """What a file's layout says of a column: SPSS labels, Qualtrics header rows, 问卷星 numbering.

    Every field may be absent; a hint outranks a guess.
    """

    question: str | None = None
    group: str | None = None
    option: str | None = None
    separator: str | None = None
    role: Role | None = None
    scale: Scale | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    missing_codes: tuple[str, ...] = ()
    reason: Text | None = None


class UnknownColumnError(BadInputError):
    """A column is named that the dataset does not have; a `book` given names its ratings."""

    def __init__(self, name: str, known: tuple[str, ...], book: Codebook | None = None) -> None:
        from huiyin.codebook.missing import beside_ratings, no_column

        sentence = no_column(name, known)
        super().__init__(beside_ratings(sentence, book) if book else sentence)
        self.name = name


class CodebookError(BadInputError):
    """A codebook file or a ``--set`` cannot be understood."""
