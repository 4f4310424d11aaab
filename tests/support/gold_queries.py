"""Whether a question is read as the query that it means."""

from __future__ import annotations

import re

from huiyin.ask.contracts import Answerable, AskBack

CONDITION = re.compile(r"([^=!]+)(!?=)(.+)")
BOUND = re.compile(r"(<=|>=|<|>)(.+)")


def compared(compare):
    if compare is None:
        return None
    return f"{compare.column}={compare.value}" if compare.column else compare.against.value


def plain(understood):
    rank, bound = understood.rank, understood.threshold
    return {
        "kind": understood.kind.value,
        "metrics": sorted(understood.metrics),
        "by": sorted(understood.by),
        "where": [(f.column, f.operator, sorted(f.values)) for f in understood.where],
        "since": understood.since,
        "until": understood.until,
        "grain": understood.grain.value if understood.grain else None,
        "compare": compared(understood.compare),
        "rank": {"best" if rank.best else "worst": rank.n} if rank else None,
        "threshold": (bound.operator, bound.value) if bound else None,
    }


def in_words(found):
    """Write what a question is read as in one line; of one that is not answered the reason."""
    if not isinstance(found, Answerable):
        return found.reason.value
    meant = found.understood
    rank = {True: "best", False: "worst"}[meant.rank.best] if meant.rank else ""
    parts = [
        meant.kind.value,
        "+".join(meant.metrics),
        f"by {','.join(meant.by)}" if meant.by else "",
        *(f"{f.column}{f.operator}{'|'.join(f.values)}" for f in meant.where),
        f"{meant.since}..{meant.until}" if meant.since else "",
        meant.grain.value if meant.grain else "",
        f"vs {compared(meant.compare)}" if meant.compare else "",
        f"{rank} {meant.rank.n}" if meant.rank else "",
        meant.threshold.words if meant.threshold else "",
    ]
    return "; ".join(part for part in parts if part)


def asked(surveys, question, dataset="门店满意度", before=None):
    """Give what is understood of a question that can be answered."""
    found = surveys.ask(question, dataset, before)
    assert isinstance(found, Answerable), found
    return found.understood


def parts_of(found):
    """Give what an answerable question says; what it leaves open is left out."""
    assert isinstance(found, Answerable), found
    return {name: part for name, part in plain(found.understood).items() if part}


def of(kind, metric, **parts):
    return {"kind": kind, "metrics": [metric], **parts}


def gold(query):
    where = [CONDITION.fullmatch(words).groups() for words in query["where"]]
    bound = BOUND.fullmatch(query["threshold"] or "")
    return query | {
        "metrics": sorted(query["metrics"]),
        "by": sorted(query["by"]),
        "where": [(column, op, sorted(values.split("|"))) for column, op, values in where],
        "threshold": (bound[1], float(bound[2])) if bound else None,
    }


def is_exact(question, asked):
    if isinstance(asked, Answerable):
        return question["answer"] == "query" and plain(asked.understood) == gold(question["query"])
    kind = "ask_back" if isinstance(asked, AskBack) else "refuse"
    return question["answer"] == kind and asked.reason.value == question["reason"]
