"""Apply every rule: typed rows in, flagged rows and a ledger out. Nothing is deleted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from operator import or_
from pathlib import Path
from typing import Any

from huiyin.clean.contracts import Ledger, RuleUse
from huiyin.clean.facts import Facts, fetch_facts
from huiyin.clean.rule import Rule
from huiyin.clean.rules import all_rules
from huiyin.codebook.contracts import Codebook
from huiyin.core.text import Text
from huiyin.engine.columns import joined
from huiyin.engine.contracts import (
    FLAGS_COLUMN,
    MARK_COLUMNS,
    ROW_COLUMN,
    SOURCE_COLUMN,
    FlagMeaning,
    Snapshot,
    TypedFacts,
)
from huiyin.engine.duck import Engine
from huiyin.engine.startup import import_ibis
from huiyin.engine.typed import digest

N_EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class _Applied:
    """A rule on this dataset, with its bit and what it lacks."""

    rule: Rule
    bit: int
    note: Text | None


def clean(
    engine: Engine,
    typed: TypedFacts,
    codebook: Codebook,
    work: Path,
    *,
    sources: Sequence[str] = (),
    rules: Sequence[Rule] | None = None,
    as_view: bool = False,
) -> tuple[Snapshot, Ledger]:
    """Flag rows by every rule that the dataset allows.

    Parameters
    ----------
    engine : Engine
    typed : TypedFacts
        As `huiyin.engine.typed.write_typed` gives it.
    codebook : Codebook
    work : Path
        Folder for the flagged file; made if absent. Where no row is flagged the typed file serves.
    sources : sequence of str
        Names of the source files, for the snapshot.
    rules : sequence of Rule, optional
        Default: all of `huiyin.clean.rules`.
    as_view : bool
        Do not write the flagged rows: a view of the engine gives each its flags when it is read.

    Returns
    -------
    Snapshot
        Same rows, same order, with flags. Its id changes with content, codebook or rule versions.
    Ledger

    Raises
    ------
    EngineError
        A limit was met, or a file vanished.
    """
    work.mkdir(parents=True, exist_ok=True)
    facts = fetch_facts(engine, typed, codebook)
    chosen = all_rules() if rules is None else rules
    applied = [_Applied(rule, bit, rule.lacks(facts)) for bit, rule in enumerate(chosen)]
    flags = _find_flags(facts, applied, work)
    uses, n_excluded = _count(facts, applied, flags)
    legend = _legend(uses)
    files, view = _flagged(facts, flags, work, as_view=as_view)
    snapshot = Snapshot(
        id=_identity(facts, legend),
        files=files,
        codebook=codebook,
        n_rows=typed.n_rows,
        legend=legend,
        sources=tuple(sources),
        zone=typed.zone,
        view=view,
    )
    return snapshot, Ledger(typed.n_rows, typed.n_rows - n_excluded, uses)


def not_looked_at(n_rows: int) -> tuple[tuple[FlagMeaning, ...], Ledger]:
    """Give legend and ledger of rows that no rule has looked at yet.

    Parameters
    ----------
    n_rows : int
        All count for now.

    Returns
    -------
    tuple of FlagMeaning
        Each rule has the bit that `clean` will give it.
    Ledger
    """
    uses = tuple(_use(_Applied(rule, bit, None), 0, ()) for bit, rule in enumerate(all_rules()))
    return _legend(uses), Ledger(n_rows, n_rows, uses)


def _legend(uses: Sequence[RuleUse]) -> tuple[FlagMeaning, ...]:
    return tuple(FlagMeaning(u.rule_id, u.version, u.excludes, u.n_flagged) for u in uses)


def _find_flags(facts: Facts, applied: Sequence[_Applied], work: Path) -> Any:
    """Write the flagged rows alone, with their flags; None where there are none."""
    parts = [p for p in (_row_flags(facts, applied), *_set_flags(facts, applied)) if p is not None]
    if not parts:
        return None
    ibis = import_ibis()
    together = ibis.union(*parts) if len(parts) > 1 else parts[0]
    merged = together.group_by([SOURCE_COLUMN, ROW_COLUMN]).agg(found=together.found.bit_or())
    path = work / "flags.parquet"
    facts.engine.write_parquet(merged, path)
    flags = facts.engine.read_parquet([path])
    n_found = facts.engine.run(flags.count()).column(0)[0].as_py()
    return flags if n_found else None


def _row_flags(facts: Facts, applied: Sequence[_Applied]) -> Any:
    bits = []
    for use in applied:
        found = use.rule.find_rows(facts) if use.rule.find_rows and use.note is None else None
        if found is not None:
            bits.append(found.fill_null(False).ifelse(1 << use.bit, 0).cast("int64"))  # noqa: FBT003
    if not bits:
        return None
    table = facts.table.select(SOURCE_COLUMN, ROW_COLUMN, found=joined(or_, bits))
    return table.filter(table.found != 0)


def _set_flags(facts: Facts, applied: Sequence[_Applied]) -> list[Any]:
    ibis = import_ibis()
    sets = [
        (use.bit, use.rule.find_set(facts))
        for use in applied
        if use.rule.find_set and use.note is None
    ]
    return [
        rows.select(SOURCE_COLUMN, ROW_COLUMN, found=ibis.literal(1 << bit, "int64"))
        for bit, rows in sets
        if rows is not None
    ]


def _count(
    facts: Facts, applied: Sequence[_Applied], flags: Any
) -> tuple[tuple[RuleUse, ...], int]:
    if flags is None:
        return tuple(_use(use, 0, ()) for use in applied), 0
    mask = sum(1 << use.bit for use in applied if use.rule.excludes)
    asked = {f"n{use.bit}": _has(flags, 1 << use.bit).sum() for use in applied}
    asked["excluded"] = _has(flags, mask).sum()
    counts = facts.engine.run(flags.agg(**asked)).to_pylist()[0]
    uses = []
    for use in applied:
        n = int(counts[f"n{use.bit}"] or 0)
        uses.append(_use(use, n, _examples(facts, flags, use.bit) if n else ()))
    return tuple(uses), int(counts["excluded"] or 0)


def _has(flags: Any, mask: int) -> Any:
    return (flags.found & mask) != 0


def _examples(facts: Facts, flags: Any, bit: int) -> tuple[int, ...]:
    rows = flags.filter(_has(flags, 1 << bit)).order_by([SOURCE_COLUMN, ROW_COLUMN])
    found = facts.engine.run(rows.select(ROW_COLUMN).limit(N_EXAMPLES))
    return tuple(row.as_py() for row in found.column(0))


def _use(applied: _Applied, n_flagged: int, rows: tuple[int, ...]) -> RuleUse:
    rule = applied.rule
    return RuleUse(
        rule_id=rule.id,
        version=rule.version,
        title=rule.title,
        explanation=rule.explanation,
        source=rule.source,
        excludes=rule.excludes,
        parameters=rule.parameters,
        applicable=applied.note is None,
        note=applied.note,
        n_flagged=n_flagged,
        rows=rows,
    )


def _flagged(
    facts: Facts, flags: Any, work: Path, *, as_view: bool
) -> tuple[tuple[Path, ...], str | None]:
    typed = facts.typed
    if flags is None:
        return typed.files, typed.view
    if as_view or typed.view is not None:
        return typed.files, facts.engine.view(_with_flags(facts, flags))
    path = work / "flagged.parquet"
    facts.engine.write_parquet(_with_flags(facts, flags), path)
    return (path,), None


def _with_flags(facts: Facts, flags: Any) -> Any:
    key = [SOURCE_COLUMN, ROW_COLUMN]
    kept = facts.table.drop(FLAGS_COLUMN, *(m for m in MARK_COLUMNS if m in facts.table.columns))
    named = flags.rename(flag_source=SOURCE_COLUMN, flag_row=ROW_COLUMN)
    joined = kept.left_join(
        named, [kept[key[0]] == named.flag_source, kept[key[1]] == named.flag_row]
    )
    flagged = joined.mutate(**{FLAGS_COLUMN: joined.found.fill_null(0).cast("int64")})
    return flagged.drop("flag_source", "flag_row", "found")


def _identity(facts: Facts, legend: Sequence[FlagMeaning]) -> str:
    """Hash what the numbers stand on: rows as they were read, meanings, rules."""
    content = facts.typed.content or digest(facts.typed.files)
    seal = hashlib.sha256()
    seal.update(repr((facts.n_rows, content, facts.table.columns)).encode())
    seal.update(repr(facts.codebook).encode())
    seal.update(repr([(flag.rule_id, flag.version) for flag in legend]).encode())
    return seal.hexdigest()[:16]
