"""A dataset's letter falls with what was found, and says why."""

import pytest

from huiyin.clean.contracts import Ledger, RuleUse
from huiyin.clean.grade import grade_dataset
from huiyin.core.text import Text


def rule(n_flagged, *, excludes=False, applicable=True):
    name = Text("超速", "speeder")
    return RuleUse("speeder", 1, name, name, name, excludes, {}, applicable, None, n_flagged)


@pytest.mark.parametrize(
    ("rows", "valid", "flagged", "doubts", "letter"),
    [
        (1000, 1000, 0, 0, "A"),
        (1000, 990, 0, 0, "A"),
        (1000, 970, 0, 0, "B"),
        (1000, 850, 0, 0, "C"),
        (1000, 850, 200, 0, "D"),
        (1000, 1000, 150, 0, "B"),
        (1000, 1000, 0, 3, "B"),
        (60, 60, 0, 0, "B"),
        (60, 30, 30, 9, "D"),
    ],
)
def test_each_finding_costs_a_letter(rows, valid, flagged, doubts, letter):
    grade = grade_dataset(Ledger(rows, valid, (rule(flagged),)), n_doubts=doubts)
    assert grade.letter == letter
    assert grade.reasons


def test_reasons_name_what_was_found():
    ledger = Ledger(1000, 850, (rule(200), rule(0, applicable=False)))
    words = [why.say("en") for why in grade_dataset(ledger, n_doubts=2).reasons]
    assert words == [
        "15.0% of the rows are left out",
        "“speeder” marks 20.0% of the rows",
        "columns to be checked: 2",
        "rules that do not apply here: 1",
    ]


def test_an_empty_dataset_is_no_good_one():
    assert grade_dataset(Ledger(0, 0, ()), n_doubts=0).letter == "B"
