"""What the question “why did it change” is answered with: frozen, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from huiyin.analyse.contracts import Verbatim
from huiyin.core.absence import NotEstimable
from huiyin.core.text import Text
from huiyin.measure.contracts import Call, Cell, DataFacts, Definition, Query, Side, Unit


@dataclass(frozen=True, slots=True)
class Span:
    """A number with its interval, in the metric's unit; no interval where no error is known."""

    estimate: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Contributor:
    """One group of one dimension, and its part in the change.

    Attributes
    ----------
    dimension : str
    label : Text
        Of the dimension.
    value : str or None
        None: answers whose group is unknown.
    folded : int
        Above 0: as many groups, too small to be shown, together.
    n_before, n_after : int
        Answers on either side.
    share_before, share_after : float
        Of all answers of the side, in [0, 1].
    before, after : float or None
        The metric in the group; None where nobody answered.
    mix, rate : float
        What its share, and what its own number, brought; together the `contribution`.
    contribution : Span
        All contributions of a dimension add up to the change.
    beyond : Span
        The contribution beyond what the group's size alone would have brought: 0 where all
        groups changed alike. `p`, `q` and `call` are of it.
    p, q : float or None
        q within all groups of all dimensions.
    call : Call or None
        None where nothing can be tested, and for folded groups.
    pushes : bool
        `beyond` goes the way of the change; otherwise it holds back.
    flags : tuple of str
        ``new``, ``gone``, ``small_sample``.
    """

    dimension: str
    label: Text
    value: str | None
    folded: int
    n_before: int
    n_after: int
    share_before: float
    share_after: float
    before: float | None
    after: float | None
    mix: float
    rate: float
    contribution: Span
    beyond: Span
    p: float | None
    q: float | None
    call: Call | None
    pushes: bool
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dimension:
    """How much one dimension explains, best first.

    Attributes
    ----------
    column, label : str, Text
    mix, rate : Span
        Totals over the groups; they add up to the change.
    spread : float
        How much its groups stand out together, noise taken off, in the metric's unit.
    p, q : float or None
        That no group stands out (Simes); q over the dimensions.
    mix_q : float or None
        That the groups' shares brought nothing; q over the dimensions. None where no group stands
        on both sides: there the shares are all there is.
    reversed : bool
        Simpson's paradox: within the groups the metric really went the other way.
    groups : tuple of Contributor
        By size of contribution.
    """

    column: str
    label: Text
    mix: Span
    rate: Span
    spread: float
    p: float | None
    q: float | None
    mix_q: float | None
    reversed: bool
    groups: tuple[Contributor, ...]

    @property
    def replaced(self) -> bool:
        """Tell whether no group stands on both sides: whatever changed came with the change."""
        return all(not g.folded and not (g.n_before and g.n_after) for g in self.groups)


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody said who stands in a contributing group.

    `concern` is the aspect that the same answer calls worst, as people call it; None where it calls
    none bad.
    """

    dimension: str
    value: str
    verbatim: Verbatim
    concern: Text | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap to a competitor over who rated both.

    Attributes
    ----------
    rival : Text
        What the competitor is called.
    aspects : tuple of Cell
        All that is asked of both, furthest behind first; their comparisons are one family.
    names : tuple of Text
        What is rated in each.
    n_behind : int or None
        Answers that rate the competitor higher; None where these are too few to be told.
    """

    rival: Text
    aspects: tuple[Cell, ...]
    names: tuple[Text, ...]
    n_behind: int | None = None

    @staticmethod
    def ours(cell: Cell) -> float | None:
        """Give our own number over who rated both: that of the competitor, and the gap."""
        compared = cell.comparison
        if compared is None or compared.reference is None or compared.difference is None:
            return None
        return compared.reference + compared.difference


@dataclass(frozen=True, slots=True)
class Why:
    """A change, where it sits, and what people there say.

    Attributes
    ----------
    query : Query
    definition : Definition
    unit : Unit
    data : DataFacts
        Which rows the number now stands on.
    before, after : Side
    whole : Cell
        The metric now, compared with before: the same number as the query gives.
    whole_before : Cell or None
        The metric on the other side; None where it is hidden, or of no plain span.
    dimensions : tuple of Dimension
    contributors : tuple of Contributor
        Of all dimensions, those that stand out most first.
    family : int
        Tests that were corrected together.
    finding : Text
    voices : tuple of Voice
    notes : tuple of Text
    not_estimable : NotEstimable or None
        Why there is no change to take apart.
    gap : Gap or None
        Where it is no change but a gap to a competitor: `before` of a group is then the
        competitor's number and `after` ours, over those who rated both.
    """

    query: Query
    definition: Definition
    unit: Unit
    data: DataFacts
    before: Side
    after: Side
    whole: Cell
    dimensions: tuple[Dimension, ...]
    contributors: tuple[Contributor, ...]
    family: int
    finding: Text
    voices: tuple[Voice, ...] = ()
    notes: tuple[Text, ...] = ()
    not_estimable: NotEstimable | None = None
    whole_before: Cell | None = None
    gap: Gap | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the documented JSON shape (``docs/contracts.md``)."""
        from huiyin.analyse.why.present import why_json

        return why_json(self)
