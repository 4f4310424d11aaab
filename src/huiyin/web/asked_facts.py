"""What an answer is about, in words: of which data, days and rows, beside what."""

from __future__ import annotations

from huiyin.core.text import Text
from huiyin.measure.condition_words import conditions_text, typed_texts
from huiyin.measure.contracts import Result
from huiyin.report.code_names import against_name
from huiyin.web.board_filters import days_words

_SOURCE = Text("数据", "Data")
_DAYS = Text("时间", "Days")
_ONLY = Text("只看", "Only")
_AGAINST = Text("对比", "Against")
_SEEN = Text("按数据权限只含", "Rows in view")


def asked_facts(result: Result, source: str) -> tuple[tuple[Text, Text], ...]:
    """Say what an answer is about to somebody who has it alone; what was not asked is left out.

    Parameters
    ----------
    result : Result
    source : str
        Name of the dataset.
    """
    query = result.query
    compared = next((cell.comparison for cell in result.cells if cell.comparison), None)
    facts = (
        (_SOURCE, Text.same(source)),
        (_DAYS, days_words(query.since, query.until)),
        (_ONLY, conditions_text(query.where)),
        (_AGAINST, against_name(compared.against) if compared else Text("", "")),
        (_SEEN, typed_texts(result.data.row_rule)),
    )
    return tuple((name, words) for name, words in facts if words.say())
