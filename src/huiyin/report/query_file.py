"""The answer to a question as a file for people: words of their language, numbers as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from huiyin.core.text import Text
from huiyin.measure.contracts import Result
from huiyin.report import workbook_words as w
from huiyin.report.workbook import SAFE
from huiyin.report.workbook_cells import direction_of, number_fields
from huiyin.report.workbook_page import Book, Page
from huiyin.report.workbook_scores import cells_table
from huiyin.report.workbook_values import Table, words


def query_table(result: Result, language: str, names: Mapping[str, Text] | None = None) -> Table:
    """Lay out an answer, a row for each number; columns in which nothing stands are left out.

    `names` says what people call the columns of the dataset.
    """
    directions = direction_of(result.definition)
    numbers = number_fields(language, whiskers=False)
    return cells_table(result.cells, directions, language, numbers, names)


def query_xlsx(
    result: Result,
    language: str,
    facts: Sequence[tuple[Text, Text]],
    names: Mapping[str, Text],
) -> bytes:
    """Write an answer as a workbook: its numbers from the first line on, and what they are of.

    Parameters
    ----------
    result : Result
    language : str
        A language tag.
    facts : sequence of (Text, Text)
        Name and words of what the answer is about.
    names : mapping of str to Text
        What people call the columns of the dataset.
    """
    import xlsxwriter

    buffer = BytesIO()
    book = Book(xlsxwriter.Workbook(buffer, SAFE), language)
    numbers = Page(book, w.ANSWER, None, headed=False)
    numbers.table(query_table(result, language, names))
    numbers.finish()
    about = Page(book, w.ANSWER_OF, None, widest=90)
    about.facts([(name, words(value, language)) for name, value in facts], title=w.DATA_FACTS)
    meant = [(d.label, words(d.formula, language)) for d in result.definition]
    about.facts(meant, title=w.METHOD)
    about.notes([note for d in result.definition for note in d.notes])
    about.notes(result.notes)
    about.finish()
    book.workbook.close()
    return buffer.getvalue()
