"""What an industry changes on a role's board: what comes first, its own tiles, its targets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from huiyin.analyse.boards.contracts import INDUSTRY
from huiyin.analyse.boards.fitting import Plan, Source
from huiyin.core.text import EN, ZH, Text
from huiyin.store.contracts import NotFoundError

PACKAGE = "huiyin.analyse.boards.industries"
ORDER = (
    "retail", "ecommerce", "saas", "bank", "insurance", "logistics", "hospitality",
    "manufacturing", "internal",
)  # fmt: skip
"""As they are offered."""
FEWEST_SIGNS = 2
ARRANGED = Text("按“{name}”排列。", "Arranged for {name}.")
_NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry, and what it changes.

    Attributes
    ----------
    id : str
    name : Text
    surveys : tuple of str
        Industries of the questionnaires in the gallery that are of this one.
    signs : tuple of str
        Regular expressions; names of datasets and columns that fit speak for the industry.
    first : tuple of str
        Metrics whose numbers come first, in this order.
    goals : mapping of str to float
        Metric → what it should reach to begin with; a company's own target goes before.
    tiles : tuple of mapping
        Its own tiles, each with the roles whose boards have it.
    """

    id: str
    name: Text
    surveys: tuple[str, ...]
    signs: tuple[str, ...]
    first: tuple[str, ...]
    goals: Mapping[str, float]
    tiles: tuple[Plan, ...]


@cache
def industries() -> tuple[Industry, ...]:
    """List the industries in the order they are offered."""
    return tuple(read_industry(name) for name in ORDER)


@cache
def read_industry(name: str) -> Industry:
    """Read an industry.

    Raises
    ------
    NotFoundError
        There is none of that id.
    """
    import yaml

    if name not in ORDER:
        raise NotFoundError(INDUSTRY, name)
    plan: Mapping[str, Any] = yaml.safe_load(
        files(PACKAGE).joinpath(f"{name}.yaml").read_text("utf-8")
    )
    return Industry(
        name,
        Text.of({ZH: plan["name"][0], EN: plan["name"][1]}),
        tuple(plan["surveys"]),
        tuple(plan["signs"]),
        tuple(plan["first"]),
        plan["goals"],
        tuple(plan["tiles"]),
    )


def industry_of(sources: Sequence[Source], surveys: Mapping[str, str]) -> Industry | None:
    """Tell the industry of a board's data: by their questionnaire, else by their columns.

    Parameters
    ----------
    sources : sequence of Source
        The first choice first; the first that speaks for an industry decides.
    surveys : mapping of str to str
        Dataset → industry of the questionnaire that its answers come from.

    Returns
    -------
    Industry or None
        None where no data speak for one, or for two alike.
    """
    for source in sources:
        asked = surveys.get(source.id)
        by_survey = next((one for one in industries() if asked in one.surveys), None)
        found = by_survey if asked is not None else _by_signs(source)
        if found is not None:
            return found
    return None


def speaks(industry: Industry, source: Source, surveys: Mapping[str, str]) -> bool:
    """Tell whether a dataset is of an industry."""
    return industry_of([source], surveys) is industry


def _by_signs(source: Source) -> Industry | None:
    said = [source.name, *(c.name for c in source.codebook)]
    said += [words for column in source.codebook for words in column.label.values()]
    counts = sorted(((_signs(one, said), one) for one in industries()), key=lambda c: -c[0])
    (most, best), (second, _) = counts[0], counts[1]
    return best if most >= FEWEST_SIGNS and most > second else None


def _signs(industry: Industry, said: Sequence[str]) -> int:
    patterns = (re.compile(sign, re.IGNORECASE) for sign in industry.signs)
    return sum(any(pattern.search(words) for words in said) for pattern in patterns)


def adapted(plan: Plan, role: str, industry: Industry) -> Plan:
    """Give a role's template as an industry has it.

    Numbers stand in the places of the template's numbers: the industry's own tiles first, then
    what it names first, then the others in their order. Everything else stays where it is.
    """
    mine = [_without_roles(tile) for tile in industry.tiles if role in tile["roles"]]
    asked = [tuple(one["metrics"]) for one in mine]
    theirs = [one for one in plan["tiles"] if one["kind"] == _NUMBER]
    kept = [one for one in theirs if tuple(one["metrics"]) not in asked]
    ranked = sorted(kept, key=lambda one: _rank(one, industry))
    numbers = [_with_goal(one, industry) for one in (*mine, *ranked)]
    rest = [one for one in plan["tiles"] if one["kind"] != _NUMBER]
    return {
        **plan,
        "industry": industry.id,
        "tiles": [*numbers, *rest],
        "about": [
            f"{words} {ARRANGED.format(name=industry.name).say(tag)}"
            for words, tag in zip(plan["about"], (ZH, EN), strict=True)
        ],
    }


def _without_roles(tile: Plan) -> dict[str, Any]:
    return {key: value for key, value in tile.items() if key != "roles"}


def _rank(tile: Plan, industry: Industry) -> int:
    metric = _metric(tile)
    return industry.first.index(metric) if metric in industry.first else len(industry.first)


def _with_goal(tile: Plan, industry: Industry) -> Plan:
    goal = industry.goals.get(_metric(tile))
    return tile if goal is None else {**tile, "goal": goal}


def _metric(tile: Plan) -> str:
    return str(tile["metrics"][0]).partition(":")[0]
