"""Columns made by hand, profiled as the reader's output would be."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import pytest

from huiyin.codebook.contracts import Codebook, ColumnProfile
from huiyin.codebook.dates import is_date
from huiyin.codebook.infer import infer_codebook
from huiyin.codebook.numerals import as_number

Columns = Mapping[str, Sequence[str]]


def profile_of(name: str, values: Sequence[str]) -> ColumnProfile:
    filled = [v.strip() for v in values if v.strip()]
    numbers = [n for v in filled if (n := as_number(v)) is not None]
    lengths = [len(v) for v in filled]
    steps = [b - a for a, b in pairwise(numbers)]
    n = max(1, len(filled))
    return ColumnProfile(
        name=name,
        native_type="text",
        n=len(values),
        n_missing=len(values) - len(filled),
        n_distinct=len(set(filled)),
        top=tuple(Counter(filled).most_common(200)),
        sample=tuple(filled[:200]),
        numeric_share=len(numbers) / n,
        integer_share=sum(x == int(x) for x in numbers) / n,
        date_share=sum(map(is_date, filled)) / n,
        minimum=min(numbers, default=None),
        maximum=max(numbers, default=None),
        mean_length=sum(lengths) / n,
        max_length=max(lengths, default=0),
        monotone=len(steps) > 1 and (all(s > 0 for s in steps) or all(s < 0 for s in steps)),
    )


@pytest.fixture(scope="session")
def profile() -> Callable[[str, Sequence[str]], ColumnProfile]:
    return profile_of


@pytest.fixture(scope="session")
def infer() -> Callable[[Columns], Codebook]:
    def run(columns: Columns, profile_name: str = "plain") -> Codebook:
        profiles = [profile_of(name, values) for name, values in columns.items()]
        return infer_codebook(profiles, profile_name=profile_name)

    return run
