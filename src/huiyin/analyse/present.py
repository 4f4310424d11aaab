"""Drivers in the shapes others read: JSON, an Arrow table, a notebook view."""

from __future__ import annotations

from dataclasses import fields
from html import escape
from math import isfinite
from typing import TYPE_CHECKING, Any

from huiyin.analyse.contracts import DRIVER_FLAG_TEXT, QUADRANT_TEXT, Driver, DriverResult
from huiyin.core.text import ZH

if TYPE_CHECKING:
    import pyarrow as pa


def _number(value: float | None) -> float | None:
    """Give a JSON number: NaN and infinities have none."""
    return float(value) if value is not None and isfinite(value) else None


def drivers_json(result: DriverResult) -> dict[str, Any]:
    """Give the documented JSON shape of drivers (``docs/contracts.md``).

    Returns
    -------
    dict
        Plain values only; a number that cannot be given is None. With ``not_estimable`` the
        list of drivers is empty.
    """
    shape: dict[str, Any] = {
        "target": result.target,
        "method": result.method,
        "n": result.n,
        "r2": _number(result.r2),
        "drivers": [_driver_json(driver) for driver in result.drivers],
        "bootstrap": result.bootstrap,
        "seed": result.seed,
        "n_total": result.n_total,
        "r2_low": _number(result.r2_low),
        "r2_high": _number(result.r2_high),
        "level": result.level,
        "importance_cut": _number(result.importance_cut),
        "performance_cut": _number(result.performance_cut),
        "missing_method": result.missing_method,
        "dropped": {name: dict(text) for name, text in result.dropped.items()},
        "notes": [dict(note) for note in result.notes],
    }
    if result.not_estimable is not None:
        shape["not_estimable"] = result.not_estimable.reason.value
    return shape


def _driver_json(driver: Driver) -> dict[str, Any]:
    shape: dict[str, Any] = {}
    for field in fields(Driver):
        value = getattr(driver, field.name)
        if field.name == "label":
            value = dict(value)
        elif field.name == "quadrant":
            value = value.value
        elif field.name == "flags":
            value = list(value)
        elif isinstance(value, float):
            value = _number(value)
        shape[field.name] = value
    return shape


def drivers_arrow(result: DriverResult) -> pa.Table:
    """Give one row per driver; the label in Chinese where there is one, flags joined by commas."""
    import pyarrow as pa

    text = {"column", "label", "quadrant", "flags"}
    whole = {"n", "priority"}
    columns: dict[str, Any] = {}
    for field in fields(Driver):
        values = [_plain(getattr(driver, field.name)) for driver in result.drivers]
        kind = pa.string() if field.name in text else pa.int64() if field.name in whole else None
        columns[field.name] = pa.array(values, kind or pa.float64())
    return pa.table(columns)


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return ",".join(value)
    say = getattr(value, "say", None)
    return say(ZH) if say else value


def drivers_html(result: DriverResult) -> str:
    """Give a small table for notebooks, every word escaped."""
    if result.not_estimable is not None:
        return f"<p>{escape(result.not_estimable.say(ZH))}</p>"
    head = "".join(
        f"<th>{word}</th>"
        for word in ("驱动因素", "重要性", "区间", "相关", "β", "得分", "象限", "提示")
    )
    rows = "".join(_driver_row(driver) for driver in result.drivers)
    r2 = "—" if result.r2 is None else f"{result.r2:.3f}"
    caption = (
        f"{escape(result.target_label.say(ZH))} · {result.method} · n = {result.n:,} · R² = {r2}"
    )
    return (
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _driver_row(driver: Driver) -> str:
    cells = (
        escape(driver.label.say(ZH)),
        f"{driver.share:.1%}",
        "—" if driver.low is None or driver.high is None else f"{driver.low:.1%}–{driver.high:.1%}",
        f"{driver.correlation:.2f}",
        f"{driver.beta:.2f}",
        "—" if driver.performance is None else f"{driver.performance:.1f}",
        escape(QUADRANT_TEXT[driver.quadrant].say(ZH)),
        escape(
            "；".join(DRIVER_FLAG_TEXT[f].say(ZH) for f in driver.flags if f in DRIVER_FLAG_TEXT)
        ),
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
