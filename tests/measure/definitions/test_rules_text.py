"""Metric rules as text: lossless both ways, and one clear sentence per fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.codebook.cuts import Cuts
from huiyin.core.text import Text
from huiyin.measure.aspects import Aspect, Indicator
from huiyin.measure.catalogue import metric_catalogue
from huiyin.measure.definitions.contracts import RulesTextError
from huiyin.measure.definitions.reading import read_rules
from huiyin.measure.definitions.writing import house_text, rules_text
from huiyin.measure.metric import HOUSE_RULES, Better, Elsewhere, LevelPoints, MetricRules
from huiyin.measure.rule_windows import KEYS, Windows


def test_house_text_says_what_the_code_does():
    assert read_rules(house_text()) == HOUSE_RULES
    for metric in metric_catalogue():
        assert f"  {metric}: " in house_text()


def test_definitions_that_must_not_drift():
    rules = read_rules(house_text())
    assert rules.cuts.satisfied == {2: 1, 3: 1, 4: 2, 5: 2, 7: 2, 10: 3, 11: 3}
    assert rules.cuts.easy == {2: 1, 3: 1, 4: 2, 5: 2, 7: 3}
    assert (rules.cuts.fine_levels, rules.cuts.fine_cut) == (100, 0.8)
    assert rules.cuts.settled == {2, 3, 4, 5, 7}
    assert (rules.delta_nps, rules.delta_share, rules.delta_points) == (5, 0.03, 2)
    assert (rules.level_points, rules.odd_nps) == ("linear", "non_standard")
    assert rules.minimum_n == 10
    assert rules.delta_duration == 0.1
    assert rules.windows == Windows(90, 90, 30, 7, 30, 90, 30, 90)


def test_a_text_from_before_the_windows_means_what_it_meant_then():
    lines = house_text().splitlines(keepends=True)
    start = lines.index("windows:\n")
    old = [*lines[:start], *lines[start + 1 + len(KEYS) :]]
    text = "".join(line for line in old if not line.startswith("  duration:"))
    assert "_days" not in "".join(line for line in text.splitlines() if not line.startswith("#"))
    assert read_rules(text) == HOUSE_RULES


def test_days_of_the_rules_stand_in_every_word_of_the_metric():
    words = Text("前 {active_days} 天 {n}", "{churn_days} days {n}")
    said = Windows(active_days=45, churn_days=120).said(words)
    assert said == Text("前 45 天 {n}", "120 days {n}")


words = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff"),
                min_size=1, max_size=12).filter(str.strip)  # fmt: skip
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
shares = st.floats(0.001, 0.5)
weights = st.floats(0.001, 1e6)
tops = st.dictionaries(st.integers(3, 101), st.integers(1, 2), max_size=4)


@st.composite
def spans(draw):
    first, last = sorted((draw(days), draw(days)))
    return draw(st.sampled_from([None, first])), draw(st.sampled_from([None, last]))


@st.composite
def indicators(draw):
    columns = tuple(draw(st.lists(words, min_size=1, max_size=3)))
    return Indicator(draw(words), columns, draw(weights), *draw(spans()))


@st.composite
def aspects(draw):
    names = draw(st.lists(words, max_size=3, unique=True))
    made = []
    for name in names:
        parts = tuple(draw(st.lists(indicators(), min_size=1, max_size=3)))
        label = draw(st.sampled_from([Text.same(name), Text(name, draw(words))]))
        made.append(Aspect(name, label, parts, *draw(spans())))
    return tuple(made)


@st.composite
def rule_sets(draw):
    points = draw(st.sampled_from(LevelPoints))
    table = {5: (0.0, 12.5, 60.0, 80.0, 100.0), 3: (0.0, 0.1, 99.9)}
    return MetricRules(
        level_points=points,
        points_tables=table if points is LevelPoints.TABLE else {},
        other_scales=draw(st.sampled_from([Elsewhere.REFUSED, Elsewhere.LINEAR])),
        delta_nps=draw(st.floats(0.01, 200)),
        delta_share=draw(st.floats(1e-6, 1)),
        delta_points=draw(st.floats(0.01, 100)),
        delta_duration=draw(st.floats(0.001, 1)),
        windows=Windows(*draw(st.lists(st.integers(1, 3660), min_size=8, max_size=8))),
        cuts=Cuts(draw(tops), draw(tops), draw(shares), draw(st.integers(12, 101)),
                  draw(st.floats(0.5, 0.99)), draw(st.frozensets(st.integers(2, 101)))),
        odd_nps=draw(st.sampled_from([Elsewhere.REFUSED, Elsewhere.NON_STANDARD])),
        better={f"mean:{draw(words)}": Better.LOWER, "nps": Better.LOWER},
        index_weights=draw(st.dictionaries(words, weights, max_size=3)),
        aspects=draw(aspects()),
        minimum_n=draw(st.integers(2, 1000)),
    )  # fmt: skip


@settings(max_examples=150)
@given(rule_sets())
def test_value_to_text_to_value_is_the_same(rules):
    text = rules_text(rules)
    assert read_rules(text) == rules
    assert rules_text(read_rules(text)) == text


def test_version_is_the_rows_and_not_the_texts():
    assert read_rules(house_text(), 7) == replace(HOUSE_RULES, version=7)


TWICE = """aspects:
- {name: a, until: 2025-02-01, indicators: [{name: b}]}
- {name: a, from: 2025-02-01, indicators: [{name: b}]}"""
# fault: what is written instead of what, the line that is named (by its words), the sentence
FAULTS = {
    "no YAML": ("  share: 0.03", "  share: 0.03: 1", None, "YAML"),
    "a key that is missing": ("delta:\n  nps: 5\n", "delta:\n", "  share: 0.03", "nps is missing"),
    "a key that is not known": ("  share: 0.03", "  share: 0.03\n  ratio: 1", None, "no such key"),
    "a key that stands twice": ("  nps: 5", "  nps: 5\n  nps: 6", None, "stands twice"),
    "no number": ("  nps: 5", "  nps: five", None, "no number"),
    "not a number at all": ("  nps: 5", "  nps: nan", None, "no number"),
    "out of range": ("  share: 0.03", "  share: 3", None, "at most 1"),
    "zero margin": ("  points: 2", "  points: 0", None, "above 0"),
    "not whole": ("minimum_n: 10", "minimum_n: 2.5", None, "whole number"),
    "too small a group": ("minimum_n: 10", "minimum_n: 1", None, "at least 2"),
    "too many top levels": ("{2: 1, 3: 1, 4: 2, 5: 2, 7: 2,", "{2: 2,", None, "at most 1"),
    "no number of levels": ("{2: 1, 3: 1, 4: 2, 5: 2, 7: 3}", "{five: 2}", None, "of levels"),
    "an unknown word": ("points: linear", "points: squared", None, "times20"),
    "table without tables": ("points: linear", "points: table", None, "tables"),
    "an unknown metric": ("  nps: higher", "  npss: higher", None, "no metric"),
    "an unknown end": ("  nps: higher", "  nps: up", None, "higher, lower"),
    "another format": ("format: 1", "format: 2", None, "format: 1"),
    "a list that is none": ("[2, 3, 4, 5, 7]", "5", "settled: 5", "list"),
    "an aspect without indicators": (
        "aspects: []", "aspects: [{name: a, indicators: []}]", None, "at least one"
    ),
    "an impossible day": (
        "aspects: []",
        "aspects: [{name: a, from: 2025-02-31, indicators: [{name: b}]}]",
        None,
        "2025-03-01",
    ),
    "an end before its start": (
        "aspects: []",
        "aspects: [{name: a, from: 2025-02-01, until: 2025-01-01, indicators: [{name: b}]}]",
        None,
        "before the first",
    ),
    "days that overlap": (
        "aspects: []",
        TWICE,
        None,
        "overlap",
    ),
    "weights of nothing": ("index_weights: {}", "index_weights: {a: 0}", None, "weights are 0"),
    "points that fall": (
        "  points: linear", "  points: table\n  tables: {3: [0, 100, 50]}", None, "rise"
    ),
    "points of another number": (
        "  points: linear", "  points: table\n  tables: {3: [0, 100]}", None, "3 levels need 3"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_fault_names_line_key_and_what_to_do(name):
    old, new, named, words = FAULTS[name]
    assert house_text().count(old) == 1
    text = house_text().replace(old, new)
    with pytest.raises(RulesTextError, match=words) as error:
        read_rules(text)
    named = named or new.splitlines()[-1]
    assert named in text.splitlines()[error.value.line - 1]
    assert f"第 {error.value.line} 行" in error.value.say("zh-CN")
    assert "\n" not in error.value.say()


def test_fault_in_a_nested_key_names_the_whole_way():
    text = house_text().replace(
        "aspects: []", "aspects: [{name: a, indicators: [{name: b, weight: x}]}]"
    )
    with pytest.raises(RulesTextError) as error:
        read_rules(text)
    assert error.value.key == "aspects[1].indicators[1].weight"


@pytest.mark.parametrize(
    "text",
    ["", "   \n", "- 1", "null", "a: &a [*a]", "[" * 5000, "x" * 200_001, "a: \x00", "a: \ud800",
     "&a a: *a", "!!python/object:os.system {}", "a: b: c", "? {}\n: 1", "%YAML 9.9\n---\na: 1"],
)  # fmt: skip
def test_anything_else_is_refused_in_a_sentence(text):
    with pytest.raises(RulesTextError):
        read_rules(text)
