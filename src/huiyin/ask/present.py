"""An answer, a question back or a refusal as JSON. No arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiyin.ask.answers import Answer, Bounded, Place, Ranking
from huiyin.ask.contracts import Answerable, AskBack, Asked, Refusal
from huiyin.measure.contracts import Query


def asked_json(
    question: str, asked: Asked, query_json: Callable[[Query], dict[str, Any]]
) -> dict[str, Any]:
    """Give how a question was read (``docs/contracts.md``).

    Parameters
    ----------
    question : str
    asked : Asked
    query_json : callable
        Writes a query so that it can be asked again.
    """
    if isinstance(asked, Answerable):
        return {"question": question, "answer": "query", **_query(asked, query_json)}
    if isinstance(asked, AskBack):
        return {
            "question": question,
            "answer": "ask_back",
            "reason": asked.reason.value,
            "text": dict(asked.text),
            "options": list(asked.options),
        }
    return _refusal(question, asked)


def _refusal(question: str, asked: Refusal) -> dict[str, Any]:
    return {
        "question": question,
        "answer": "refuse",
        "reason": asked.reason.value,
        "text": dict(asked.text),
    }


def _query(asked: Answerable, query_json: Callable[[Query], dict[str, Any]]) -> dict[str, Any]:
    rank, bound = asked.understood.rank, asked.understood.threshold
    return {
        "kind": asked.kind.value,
        "reading": dict(asked.reading),
        "query": query_json(asked.query),
        "rank": {"best" if rank.best else "worst": rank.n} if rank else None,
        "threshold": bound.words if bound else None,
        "unused": list(asked.unused),
        "doubted": list(asked.doubted),
    }


def answer_json(answer: Answer) -> dict[str, Any]:
    """Give what was answered, beside `asked_json`."""
    ends = answer.ends and answer.ends.isoformat()
    found: dict[str, Any] = {"sentence": dict(answer.sentence), "ends": ends}
    if answer.result is not None:
        found["result"] = answer.result.to_json()
    if answer.ranking is not None:
        found["ranking"] = _ranking(answer.ranking)
    if answer.bounded is not None:
        found["bounded"] = _bounded(answer.bounded)
    return found | dict(answer.analysis)


def _ranking(found: Ranking) -> dict[str, Any]:
    return {
        "places": [_place(place) for place in found.places],
        "n_groups": found.n_groups,
        "n_real": found.n_real,
        "n_hidden": found.n_hidden,
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "by": dict(place.cell.by),
        "estimate": place.cell.estimate,
        "shrunken": place.shrunken,
        "tier": place.tier,
        "call": place.call.value if place.call else None,
        "worse": place.worse,
        "n": place.cell.n,
    }


def _bounded(found: Bounded) -> dict[str, Any]:
    return {
        "real": [dict(cell.by) for cell in found.real],
        "cannot_tell": [dict(cell.by) for cell in found.cannot_tell],
        "n_groups": found.n_groups,
        "n_hidden": found.n_hidden,
    }
