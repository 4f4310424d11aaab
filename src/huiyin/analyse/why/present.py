"""Why as JSON: the documented shape, no arithmetic."""

from __future__ import annotations

from typing import Any

from huiyin.analyse.contracts import Verbatim
from huiyin.analyse.why.shapes import Contributor, Dimension, Gap, Span, Why
from huiyin.measure.contracts import Cell, Side

Json = dict[str, Any]


def why_json(why: Why) -> Json:
    """Give the documented JSON shape (``docs/contracts.md``); numbers that are not there are null.

    The query, the definition and the whole have the shapes of ``huiyin query --json``.
    """
    shape: Json = {
        "query": why.query.to_json(),
        "definition": why.definition.to_json(),
        "unit": why.unit.value,
        "data": why.data.to_json(),
        "before": _side(why.before),
        "after": _side(why.after),
        "whole": why.whole.to_json(),
        "whole_before": why.whole_before.to_json() if why.whole_before else None,
        "finding": dict(why.finding),
        "dimensions": [_dimension(one) for one in why.dimensions],
        "contributors": [_contributor(one) for one in why.contributors],
        "family": why.family,
        "voices": [
            {
                "dimension": v.dimension,
                "value": v.value,
                **_verbatim(v.verbatim),
                "concern": dict(v.concern) if v.concern else None,
            }
            for v in why.voices
        ],
        "notes": [dict(note) for note in why.notes],
    }
    if why.gap is not None:
        shape["gap"] = _gap(why.gap, why.whole)
    if why.not_estimable is not None:
        shape["not_estimable"] = why.not_estimable.reason.value
    return shape


def _gap(gap: Gap, whole: Cell) -> Json:
    compared = whole.comparison
    return {
        "rival": dict(gap.rival),
        "ours": gap.ours(whole),
        "theirs": compared.reference if compared else None,
        "aspects": [
            {**cell.to_json(), "name": dict(name), "ours": gap.ours(cell)}
            for cell, name in zip(gap.aspects, gap.names, strict=True)
        ],
        "n_behind": gap.n_behind,
    }


def _side(side: Side) -> Json:
    return {
        "since": side.since.isoformat() if side.since else None,
        "until": side.until.isoformat() if side.until else None,
        "where": [
            {"column": f.column, "operator": f.operator, "values": list(f.values)}
            for f in side.where
        ],
    }


def _dimension(one: Dimension) -> Json:
    return {
        "column": one.column,
        "label": dict(one.label),
        "mix": _span(one.mix),
        "rate": _span(one.rate),
        "spread": one.spread,
        "p": one.p,
        "q": one.q,
        "mix_q": one.mix_q,
        "reversed": one.reversed,
        "groups": [_contributor(group) for group in one.groups],
    }


def _contributor(one: Contributor) -> Json:
    return {
        "dimension": one.dimension,
        "label": dict(one.label),
        "value": one.value,
        "folded": one.folded,
        "n_before": one.n_before,
        "n_after": one.n_after,
        "share_before": one.share_before,
        "share_after": one.share_after,
        "before": one.before,
        "after": one.after,
        "mix": one.mix,
        "rate": one.rate,
        "contribution": _span(one.contribution),
        "beyond": _span(one.beyond),
        "p": one.p,
        "q": one.q,
        "call": one.call.value if one.call else None,
        "pushes": one.pushes,
        "flags": list(one.flags),
    }


def _span(span: Span) -> Json:
    return {"estimate": span.estimate, "low": span.low, "high": span.high}


def _verbatim(one: Verbatim) -> Json:
    return {"text": one.text, "column": one.column, "rating": one.rating, "band": one.band}
