"""A ledger as it is kept with a version of a dataset: written and read here alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.clean.contracts import Ledger, RuleUse
from huiyin.core.text import Text

_WORDS = ("title", "explanation", "source")


def ledger_to_plain(ledger: Ledger) -> dict[str, Any]:
    """Give a ledger as JSON can hold it."""
    rules = [_rule_to_plain(use) for use in ledger.rules]
    return {"n_rows": ledger.n_rows, "n_valid": ledger.n_valid, "rules": rules}


def ledger_from_plain(plain: Mapping[str, Any]) -> Ledger:
    """Read a ledger that was kept."""
    rules = tuple(_rule_from_plain(one) for one in plain["rules"])
    return Ledger(plain["n_rows"], plain["n_valid"], rules)


def _rule_to_plain(use: RuleUse) -> dict[str, Any]:
    return {
        "rule_id": use.rule_id,
        "version": use.version,
        **{name: dict(getattr(use, name)) for name in _WORDS},
        "excludes": use.excludes,
        "parameters": dict(use.parameters),
        "applicable": use.applicable,
        "note": dict(use.note) if use.note else None,
        "n_flagged": use.n_flagged,
        "rows": list(use.rows),
    }


def _rule_from_plain(plain: Mapping[str, Any]) -> RuleUse:
    return RuleUse(
        rule_id=plain["rule_id"],
        version=plain["version"],
        **{name: Text.of(plain[name]) for name in _WORDS},
        excludes=plain["excludes"],
        parameters=plain["parameters"],
        applicable=plain["applicable"],
        note=Text.of(plain["note"]) if plain["note"] else None,
        n_flagged=plain["n_flagged"],
        rows=tuple(plain["rows"]),
    )
