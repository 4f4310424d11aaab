"""What a question keeps of its thread is said, and whether it would do without."""

import pytest

from huiyin.ask.carried import carried
from huiyin.ask.contracts import Answerable

FIRST = "上个月华东的NPS"


@pytest.mark.parametrize(
    ("question", "kept", "alone"),
    [
        ("各门店的总体满意率", "大区为华东 · 2026-05-01 至 2026-05-31", True),
        ("那华南呢", "NPS · 2026-05-01 至 2026-05-31", False),
        ("按渠道看", "NPS · 大区为华东 · 2026-05-01 至 2026-05-31", False),
        ("今年各大区的NPS", None, True),
    ],
)
def test_what_is_kept_is_said(surveys, question, kept, alone):
    whole = surveys.ask(question, before=surveys.ask(FIRST))
    itself = surveys.ask(question)
    found = carried(whole, itself, surveys.vocabulary("门店满意度").codebook)
    assert (found and found.say("zh-CN")) == kept
    assert isinstance(itself, Answerable) is alone
