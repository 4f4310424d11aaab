"""What is said of a column that is not there: names that are close, or where to find them all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from huiyin.codebook.spelling import numbered, spelling
from huiyin.core.text import Text, listed

if TYPE_CHECKING:
    from huiyin.codebook.contracts import Codebook

_CLOSE = 0.5
_MOST_RATINGS = 8
_MOST = 3
_MOST_NUMBERED = 6
_NO_COLUMN = Text(
    "没有名为“{name}”的列{left_out}。{near}", "There is no column “{name}”{left_out}. {near}"
)
_LEFT_OUT = Text("，或这一列不参与计算", ", or it is left out")
_NEAR = Text("相近的列：{names}", "Close ones: {names}")
_NONE_NEAR = Text("也没有相近的；{how}", "None is close; {how}")
_NUMBERED = Text(
    "编号 {name} 的列有 {n} 个，请写全：{names}",
    "{n} columns have the number {name}, write one in full: {names}",
)
_RATINGS = Text("这份数据里的评分列：{names}", "Ratings in this data: {names}")
_NO_RATINGS = Text("这份数据里没有认出评分列", "No rating was recognised in this data")


def ratings_there(codebook: Codebook) -> Text:
    """List the ratings that could be meant where a named one is not there, or say there is none.

    Examples
    --------
    >>> from huiyin.codebook.contracts import Codebook
    >>> ratings_there(Codebook(())).say("en")
    'No rating was recognised in this data'
    """
    from huiyin.codebook.contracts import RATING_ROLES

    names = [column.name for column in codebook.with_role(*RATING_ROLES)]
    if not names:
        return _NO_RATINGS
    more = ["…"] if len(names) > _MOST_RATINGS else []
    return _RATINGS.format(names=listed([*names[:_MOST_RATINGS], *more]))


def beside_ratings(sentence: Text, codebook: Codebook) -> Text:
    """Put the ratings there are after a sentence about one that is not."""
    end = Text("{said}。{there}。", "{said}. {there}.")
    return end.format(said=sentence, there=ratings_there(codebook))


def no_column(name: str, known: Iterable[str], *, may_be_left_out: bool = False) -> Text:
    """Say that there is no such column, and what may be meant.

    Parameters
    ----------
    name : str
        As typed.
    known : iterable of str
        Names that there are.
    may_be_left_out : bool
        True where a column that is not computed with would not be among them.
    """
    from huiyin.codebook.advice import LIST_COLUMNS

    names = tuple(known)
    alike = numbered(name, names)
    if alike:
        more = "…" if len(alike) > _MOST_NUMBERED else ""
        shown = listed([*alike[:_MOST_NUMBERED], *([more] if more else [])])
        near: Text = _NUMBERED.format(name=name, n=len(alike), names=shown)
    elif close := close_names(name, names):
        near = _NEAR.format(names=listed(close))
    else:
        near = LIST_COLUMNS.within(_NONE_NEAR)
    left_out = _LEFT_OUT if may_be_left_out else Text.same("")
    return _NO_COLUMN.format(name=name, left_out=left_out, near=near)


def close_names(name: str, known: Iterable[str]) -> list[str]:
    """Give up to three known names that are close to one: holding it, held by it, or alike.

    Examples
    --------
    >>> close_names("渠到", ["渠道", "编号"]), close_names("服务", ["您对服务的满意度", "编号"])
    (['渠道'], ['您对服务的满意度'])
    >>> close_names("zzz", ["渠道", "编号"])
    []
    """
    from difflib import get_close_matches

    spelt = {spelling(one): one for one in known}
    wanted = spelling(name)
    within = [key for key in spelt if _holds(key, wanted)]
    alike = get_close_matches(wanted, spelt, n=_MOST, cutoff=_CLOSE)
    return [spelt[key] for key in dict.fromkeys([*alike, *within])][:_MOST]


def _holds(key: str, wanted: str) -> bool:
    """Tell whether one of two names, both longer than a sign, holds the other."""
    return min(len(key), len(wanted)) > 1 and (wanted in key or key in wanted)
