"""The words that people use, read from ``words.yaml``, and from a company's own file beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from huiyin.ask.spelling import normal


@dataclass(frozen=True, slots=True)
class YesNo:
    """How people speak of a column that says yes or no."""

    rate: tuple[str, ...] = ()
    not_rate: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """Synonyms, in normal writing, by what they mean."""

    metrics: Mapping[str, tuple[str, ...]]
    operations: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[str, ...]]
    roles: Mapping[str, tuple[str, ...]]
    generic_columns: Mapping[tuple[str, ...], tuple[str, ...]]
    aspects_all: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    yes_no: Mapping[str, YesNo]
    loose_values: Mapping[str, tuple[str, ...]]
    unknown_metrics: tuple[str, ...]
    no_columns: tuple[str, ...]
    places: tuple[str, ...]
    rivals: tuple[str, ...]
    signals: Mapping[str, tuple[str, ...]]
    fillers: frozenset[str]


def parted(text: str | None) -> tuple[str, ...]:
    """Part a list of words by 、 or a comma, each in normal writing, each once."""
    if text is None:
        return ()
    pieces = (piece for part in str(text).split("、") for piece in part.split(","))
    return tuple(dict.fromkeys(word for word in map(normal, pieces) if word))


@cache
def words() -> Words:
    """Give the words that come with Huiyin."""
    known, english = loaded("words.yaml"), loaded("english.yaml")["words"]
    return read_words({name: _both(said, english.get(name)) for name, said in known.items()})


@cache
def loaded(name: str) -> dict[str, Any]:
    """Read a file of words as it is written."""
    text = resources.files("huiyin.ask").joinpath(name).read_text("utf-8")
    known: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 -- both loaders are safe ones
    return known


def _both(said: Any, more: Any) -> Any:
    """Put the lists of two files together."""
    if not more:
        return said
    if isinstance(said, str):
        return f"{said}、{more}"
    return {name: _both(said.get(name, ""), more.get(name)) for name in {**said, **more}}


def read_words(known: Mapping[str, Any]) -> Words:
    """Read the form of ``words.yaml``."""
    return Words(
        metrics=_lists(known.get("metrics")),
        operations=_lists(known.get("operations")),
        columns=_lists(known.get("columns")),
        roles=_lists(known.get("roles")),
        generic_columns={
            parted(said): tuple(columns)
            for said, columns in (known.get("generic_columns") or {}).items()
        },
        aspects_all=parted(known.get("aspects_all")),
        values=_lists(known.get("values")),
        yes_no={
            column: YesNo(**{part: parted(said) for part, said in parts.items()})
            for column, parts in (known.get("yes_no") or {}).items()
        },
        loose_values=_lists(known.get("loose_values")),
        unknown_metrics=parted(known.get("unknown_metrics")),
        no_columns=parted(known.get("no_columns")),
        places=parted(known.get("places")),
        rivals=parted(known.get("rivals")),
        signals=_with_signs(_lists(known.get("signals"))),
        fillers=frozenset(parted(known.get("fillers"))),
    )


SIGNS = {"gt": (">",), "lt": ("<",), "ge": ("≥",), "le": ("≤",)}


def _with_signs(signals: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: (*spoken, *SIGNS.get(name, ())) for name, spoken in signals.items()}


def _lists(known: Mapping[str, str] | None) -> dict[str, tuple[str, ...]]:
    return {str(name): parted(said) for name, said in (known or {}).items()}
