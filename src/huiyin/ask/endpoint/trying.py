"""An invented survey that the model is tried with: nothing of the company is sent."""

from __future__ import annotations

from functools import cache

from huiyin.ask.contracts import ColumnValues
from huiyin.ask.meanings import Vocabulary
from huiyin.ask.vocabulary import build_vocabulary
from huiyin.codebook.files import parse_codebook

SAMPLE_QUESTION = "华东的满意度是多少？"
_BOOK = """
columns:
- {name: 时间, role: time}
- {name: 大区, role: dimension}
- {name: 总体满意度, role: overall, scale: {min: 1, max: 5}}
"""


@cache
def sample_vocabulary() -> Vocabulary:
    """Give the words of the invented survey."""
    values = ColumnValues({"大区": ("华东", "华南")})
    return build_vocabulary(parse_codebook(_BOOK, "sample"), values)
