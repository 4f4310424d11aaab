"""The definition of a questionnaire: one frozen document, the same on every side.

`Definition` is what a designer saves, a version keeps, an answer page shows, and what is exported
and imported as JSON; its JSON Schema is `Definition.model_json_schema()`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from huiyin.codebook.contracts import Role
from huiyin.collect.surveys.contracts import (
    DEEPEST,
    LONGEST_WORDS,
    MOST_JUMPS,
    MOST_OPTIONS,
    MOST_PAGES,
    MOST_QUESTIONS,
    MOST_QUOTAS,
    MOST_RANKED,
    MOST_ROWS,
    MOST_SPREAD,
    MOST_TESTS,
    OTHER,
    Ending,
    Kind,
    Look,
    Op,
)
from huiyin.core.errors import SaidError
from huiyin.core.text import EN, ZH, Text

_TAG = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")
_CODE = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$"
_FIELD = r"^[^\s.{}_][^.{}\x00-\x1f]{0,59}$"


def _known_tags(words: dict[str, str]) -> dict[str, str]:
    for tag, one in words.items():
        if not _TAG.match(tag):
            raise SaidError(
                Text("“{value}”不是语言代码", "“{value}” is no language tag").format(value=tag)
            )
        if len(one) > LONGEST_WORDS:
            raise SaidError(
                Text("超过 {value} 个字", "longer than {value} characters").format(
                    value=LONGEST_WORDS
                )
            )
        if "\x00" in one:
            raise SaidError(Text("文字里有不能保存的字符", "words hold a sign that cannot be kept"))
    return words


Words = Annotated[dict[str, str], AfterValidator(_known_tags), Field(max_length=20)]
"""Language tag → words; ``{{name}}`` in them is filled with a field of the customer."""
Code = Annotated[str, Field(pattern=_CODE)]
"""A short name that never changes: of a page, a question, an option."""
FieldName = Annotated[str, Field(pattern=_FIELD)]
"""A fact that comes with a respondent: of the customer, or of the link (shop, counter)."""


class Part(BaseModel):
    """What every part of a definition is: frozen, and nothing unknown in it."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False
    )


class Test(Part):
    """A comparison with the answer to an earlier question (``q3``, ``q3.row`` of a matrix).

    Of a question that was not shown or not answered every comparison but `unanswered` is false.
    """

    __test__ = False  # no test case, whatever its name

    question: str = Field(max_length=90)
    op: Op
    value: str | int | float | bool | None = None

    @property
    def code(self) -> str:
        """Give the id of the question, without the row."""
        return split_name(self.question)[0]

    @property
    def row(self) -> str:
        """Give the row of the matrix, "" where none is named."""
        return split_name(self.question)[1]


def split_name(name: str) -> tuple[str, str]:
    """Take ``q3.row`` apart: the id of the question, and the row or ""."""
    code, _, row = name.partition(".")
    return code, row


class FieldTest(Part):
    """A comparison with a fact that came with the respondent."""

    field: FieldName
    op: Op
    value: str | int | float | None = None


class AllOf(Part):
    """All of these."""

    all: tuple[Condition, ...] = Field(min_length=1, max_length=MOST_TESTS)


class AnyOf(Part):
    """At least one of these."""

    any: tuple[Condition, ...] = Field(min_length=1, max_length=MOST_TESTS)


class Not(Part):
    """Not this."""

    no: Condition


Condition = Test | FieldTest | AllOf | AnyOf | Not


class Option(Part):
    """A choice: `exclusive` rules out all others (“none of these”)."""

    code: Code
    label: Words
    exclusive: bool = False
    fixed: bool = False
    """Keeps its place where the others come in random order."""


class Row(Part):
    """A line of a matrix: usually one aspect."""

    code: Code
    label: Words
    aspect: str | None = Field(default=None, max_length=60)


class Asked(Part):
    """What every question has.

    Attributes
    ----------
    id : str
        Never changes: versions of a question are compared by it.
    title : Words
    help : Words
    required : bool
    show_if : Condition or None
        Asked only where this holds; of earlier questions alone.
    purpose : Words
        Why this is asked, for personal data.
    """

    id: Code
    title: Words
    help: Words = {}
    required: bool = False
    show_if: Condition | None = None


class Rating(Asked):
    """A question that is answered by a level of a scale."""

    look: Look = Look.NUMBERS
    low: Words = {}
    """Words at the low end of the scale."""
    high: Words = {}
    not_applicable: bool = False


class Nps(Rating):
    """Would you recommend us, 0 to 10."""

    kind: Literal[Kind.NPS]

    @property
    def levels(self) -> range:
        """Give the levels."""
        return range(11)


class Csat(Rating):
    """How satisfied are you: with the whole (`overall`), one aspect, or an intent."""

    kind: Literal[Kind.CSAT]
    points: Literal[2, 3, 4, 5, 7, 10] = 5
    role: Literal[Role.CSAT, Role.OVERALL, Role.ASPECT, Role.INTENT] = Role.OVERALL
    aspect: str | None = Field(default=None, max_length=60)
    words: tuple[Words, ...] = ()
    """One for each level, low to high; none where the ends alone are named."""

    @property
    def levels(self) -> range:
        """Give the levels."""
        return range(1, self.points + 1)

    @model_validator(mode="after")
    def _words_for_each(self) -> Self:
        if self.words and len(self.words) != self.points:
            raise ValueError(f"{self.points} levels need {self.points} words")
        return self


class Ces(Rating):
    """How much effort did it take, or how easy was it.

    `direction` is 1 where the high level is the good end (“very easy”), -1 where it is the bad end.
    """

    kind: Literal[Kind.CES]
    points: Literal[5, 7] = 7
    direction: Literal[1, -1] = 1

    @property
    def levels(self) -> range:
        """Give the levels."""
        return range(1, self.points + 1)


class Slider(Asked):
    """A number on a line."""

    kind: Literal[Kind.SLIDER]
    minimum: int = Field(default=0, ge=-1000, le=1000)
    maximum: int = Field(default=100, ge=-1000, le=1000)
    step: int = Field(default=1, ge=1, le=1000)
    role: Literal[Role.OVERALL, Role.ASPECT, Role.CSAT, Role.OUTCOME] = Role.OVERALL
    aspect: str | None = Field(default=None, max_length=60)
    low: Words = {}
    high: Words = {}

    @model_validator(mode="after")
    def _from_low_to_high(self) -> Self:
        if self.minimum >= self.maximum:
            raise ValueError("the minimum must be below the maximum")
        return self


class Choosing(Asked):
    """A question with options."""

    options: tuple[Option, ...] = Field(min_length=1, max_length=MOST_OPTIONS)
    random_order: bool = False

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        _once([option.code for option in self.options], f"option of {self.id}")
        return self


class Single(Choosing):
    """One of several; beside the option ``other`` a respondent writes their own."""

    kind: Literal[Kind.SINGLE]
    role: Literal[
        Role.DIMENSION, Role.PRODUCT, Role.STAGE, Role.TOUCHPOINT, Role.CHANNEL, Role.UNIT,
        Role.STAFF, Role.OUTCOME,
    ] = Role.DIMENSION  # fmt: skip
    events: tuple[Code, ...] = ()
    """For `outcome`: the options that mean “it happened”."""
    as_list: bool = False
    """Drawn as a list to pull down, as many options are anyhow."""

    @property
    def pulled_down(self) -> bool:
        """Tell whether it is drawn as a list to pull down."""
        return self.as_list or len(self.options) > MOST_SPREAD


class Multiple(Choosing):
    """Any of several."""

    kind: Literal[Kind.MULTIPLE]
    least: int = Field(default=0, ge=0)
    most: int | None = Field(default=None, ge=1)


class Ranking(Choosing):
    """Several in order, the first being the most important."""

    kind: Literal[Kind.RANKING]
    options: tuple[Option, ...] = Field(min_length=1, max_length=MOST_RANKED)
    most: int | None = Field(default=None, ge=1)
    """How many places; all options where none is given."""


class Matrix(Asked):
    """Several rows on one scale."""

    kind: Literal[Kind.MATRIX]
    rows: tuple[Row, ...] = Field(min_length=1, max_length=MOST_ROWS)
    points: Literal[2, 3, 4, 5, 7, 10] = 5
    words: tuple[Words, ...] = ()
    low: Words = {}
    high: Words = {}
    look: Look = Look.NUMBERS
    not_applicable: bool = False
    random_order: bool = False
    role: Literal[Role.ASPECT, Role.META] = Role.ASPECT
    """`meta`: of somebody else, a competitor say; kept, and no part of our own scores."""

    @property
    def levels(self) -> range:
        """Give the levels of each row."""
        return range(1, self.points + 1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        _once([row.code for row in self.rows], f"row of {self.id}")
        if self.words and len(self.words) != self.points:
            raise ValueError(f"{self.points} levels need {self.points} words")
        return self


class TextAsked(Asked):
    """Words of the respondent's own."""

    kind: Literal[Kind.TEXT]
    long: bool = True
    longest: int = Field(default=2_000, ge=1, le=10_000)


class DateAsked(Asked):
    """A day."""

    kind: Literal[Kind.DATE]


class FileAsked(Asked):
    """A picture or a document, at most `megabytes`."""

    kind: Literal[Kind.FILE]
    megabytes: int = Field(default=5, ge=1, le=20)
    accepts: tuple[Literal["image", "pdf"], ...] = Field(default=("image",), min_length=1)


class Contact(Asked):
    """How to reach the respondent: sealed at once, never part of an analysis."""

    kind: Literal[Kind.CONTACT]
    fields: tuple[Literal["name", "phone", "email", "wechat", "company"], ...] = ("phone",)


class Consent(Asked):
    """A permission for one stated purpose; never ticked beforehand."""

    kind: Literal[Kind.CONSENT]
    purpose: Code = "follow_up"


class Note(Asked):
    """Words that are read, not answered."""

    kind: Literal[Kind.NOTE]


Question = Annotated[
    Nps | Csat | Ces | Slider | Single | Multiple | Ranking | Matrix | TextAsked | DateAsked
    | FileAsked | Contact | Consent | Note,
    Field(discriminator="kind"),
]  # fmt: skip


class Jump(Part):
    """After a page: where this holds, go on at a later page, or end."""

    when: Condition | None = None
    """None: always."""
    to: Code | None = None
    """Id of a later page."""
    end: Ending | None = None

    @model_validator(mode="after")
    def _one_aim(self) -> Self:
        if (self.to is None) == (self.end is None):
            raise ValueError("a jump goes to a page or ends the questionnaire: one of the two")
        return self


class Page(Part):
    """Questions that are shown together."""

    id: Code
    title: Words = {}
    questions: tuple[Question, ...] = Field(max_length=MOST_QUESTIONS)
    show_if: Condition | None = None
    random_order: bool = False
    jumps: tuple[Jump, ...] = Field(default=(), max_length=MOST_JUMPS)


class Quota(Part):
    """At most `most` finished answers for which `where` holds."""

    id: Code
    name: Words
    where: Condition
    most: int = Field(ge=0, le=10_000_000)
    full: Ending = Ending.SCREENED_OUT
    words: Words = {}
    """What somebody reads for whom there is no place left."""


class Theme(Part):
    """How the answer pages look."""

    color: str = Field(default="#3B5BDB", pattern=r"^#[0-9A-Fa-f]{6}$")
    logo: str | None = Field(default=None, max_length=60)
    """Id of an uploaded picture (`logos`); anything else, an address say, is never fetched."""


class Definition(Part):
    """A whole questionnaire.

    Attributes
    ----------
    title, intro, thanks, screened_out, privacy : Words
    languages : tuple of str
        In the order offered; the first is the default.
    fields : tuple of str
        Facts that come with a respondent and are kept with the answer.
    anonymous : bool
        No token, no customer, no field is kept with an answer.
    redirect : str or None
        Where the browser goes after the thanks: an https address.
    """

    title: Words
    languages: tuple[str, ...] = Field(default=(ZH,), min_length=1, max_length=20)
    intro: Words = {}
    thanks: Words = {}
    screened_out: Words = {}
    privacy: Words = {}
    pages: tuple[Page, ...] = Field(min_length=1, max_length=MOST_PAGES)
    quotas: tuple[Quota, ...] = Field(default=(), max_length=MOST_QUOTAS)
    fields: tuple[FieldName, ...] = Field(default=(), max_length=30)
    theme: Theme = Theme()
    anonymous: bool = False
    proof_of_work: bool = False
    redirect: str | None = Field(default=None, max_length=500, pattern=r"^https://[^\s<>\"']+$")

    @property
    def questions(self) -> Iterator[Question]:
        """List all questions in order."""
        for page in self.pages:
            yield from page.questions

    def question(self, question_id: str) -> Question | None:
        """Find a question by its id."""
        return next((one for one in self.questions if one.id == question_id), None)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        _known_tags(dict.fromkeys(self.languages, ""))
        if sum(1 for _ in self.questions) > MOST_QUESTIONS:
            raise ValueError(f"more than {MOST_QUESTIONS} questions")
        _once([page.id for page in self.pages], "page")
        _once([question.id for question in self.questions], "question")
        _once([quota.id for quota in self.quotas], "quota")
        for place, condition in conditions(self):
            _not_too_large(place, condition)
        _forward(self)
        return self


def conditions(definition: Definition) -> Iterator[tuple[str, Condition]]:
    """List every condition with the id of what it stands at."""
    for page in definition.pages:
        if page.show_if:
            yield page.id, page.show_if
        yield from ((one.id, one.show_if) for one in page.questions if one.show_if)
        yield from ((page.id, jump.when) for jump in page.jumps if jump.when)
    yield from ((quota.id, quota.where) for quota in definition.quotas)


def tests(condition: Condition) -> Iterator[Test | FieldTest]:
    """List the comparisons of a condition."""
    match condition:
        case AllOf(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from tests(part)
        case Not(no=part):
            yield from tests(part)
        case _:
            yield condition


def _depth(condition: Condition) -> int:
    match condition:
        case AllOf(all=parts) | AnyOf(any=parts):
            return 1 + max(_depth(part) for part in parts)
        case Not(no=part):
            return 1 + _depth(part)
        case _:
            return 0


def _not_too_large(place: str, condition: Condition) -> None:
    if _depth(condition) > DEEPEST:
        raise ValueError(f"the condition of {place} is nested deeper than {DEEPEST}")
    if sum(1 for _ in tests(condition)) > MOST_TESTS:
        raise ValueError(f"the condition of {place} compares more than {MOST_TESTS} times")


def _once(codes: list[str], what: str) -> None:
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise ValueError(f"there are two of {what} “{twice}”")


def _forward(definition: Definition) -> None:
    place = {page.id: number for number, page in enumerate(definition.pages)}
    for page in definition.pages:
        for jump in page.jumps:
            if jump.to is None:
                continue
            if place.get(jump.to, -1) <= place[page.id]:
                raise ValueError(f"a jump of page {page.id} must go to a later page")


def say(words: dict[str, str], language: str) -> str:
    """Say words in a language, else in the first there is; "" where there are none."""
    return Text.of(words).say(language) if words else ""


def own_option(question: Any) -> bool:
    """Tell whether a respondent may write an answer of their own beside the options."""
    return any(option.code == OTHER for option in getattr(question, "options", ()))


LANGUAGE_NAMES = {ZH: "中文", EN: "English"}

for _model in (AllOf, AnyOf, Not, Page, Jump, Quota, Definition):
    _model.model_rebuild()
