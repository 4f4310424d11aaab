"""Where our own reading ends, the model may help: through the same query and the same checks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from huiyin.ask.contracts import Answerable, AskBack, Asked, Missing, Refusal, Why
from huiyin.ask.endpoint.asking import ask_model
from huiyin.ask.endpoint.checking import checked_reading
from huiyin.ask.endpoint.contracts import DroppedReadingError, Endpoint, EndpointError
from huiyin.ask.meanings import Vocabulary
from huiyin.core.text import Text

HELPED_BACK = frozenset({Missing.WHAT, Missing.METRIC, Missing.COLUMN})
HELPED_REFUSALS = frozenset({Why.NO_SUCH_METRIC, Why.NO_SUCH_COLUMN, Why.NO_SUCH_VALUE})
"""What the model is asked about. A person, a cause, the future, or two readings that give
different numbers stay as our own reading has them."""


def may_help(asked: Asked) -> bool:
    """Tell whether the model is asked about a question at all."""
    if isinstance(asked, AskBack):
        return asked.reason in HELPED_BACK
    return isinstance(asked, Refusal) and asked.reason in HELPED_REFUSALS


def helped(
    endpoint: Endpoint | None,
    asked: Asked,
    vocabulary: Vocabulary,
    today: date,
    questions: Sequence[str],
) -> tuple[Asked, Text | None]:
    """Let the model read what our own reading could not.

    Parameters
    ----------
    endpoint : Endpoint, optional
        None, or switched off: nothing is sent.
    asked : Asked
        Our own reading.
    vocabulary : Vocabulary
    today : date
    questions : sequence of str
        The thread, the last one is asked.

    Returns
    -------
    Asked
        The model's reading where it passes every check, else our own.
    Text or None
        Why the model's answer was not used.
    """
    if endpoint is None or not endpoint.settings.on or not may_help(asked):
        return asked, None
    try:
        document = ask_model(endpoint, vocabulary, today, questions)
        found: Answerable = checked_reading(document, vocabulary, today)
    except (EndpointError, DroppedReadingError) as fault:
        return asked, fault.sentence
    return found, None
