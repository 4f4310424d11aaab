"""Moments, tickets and questions of the tests of complaints, and which count by a plain loop."""

# ruff: noqa: DTZ001 -- moments are of the local clock, as the data has them

from __future__ import annotations

from datetime import datetime, timedelta

from huiyin.measure.contracts import Query, Viewer
from huiyin.measure.metric import MetricRules
from huiyin.measure.run import answer

OWNER = Viewer.owner()
FIRST = datetime(2025, 1, 1, 9)


def at(day, hour=9):
    return datetime(2025, 1, 1, hour) + timedelta(days=day)


def under(*sources, **more):
    return MetricRules(complaints=sources, **more)


def rate(engine, snapshot, rules, metric="complaint_rate", **query):
    return answer(engine, snapshot, Query((metric,), **query), OWNER, rules)


ASK = (("z", at(0), "咨询", "x", "已解决"), ("z", at(400), "咨询", "x", "已解决"))
"""The first and the last day that the tickets cover."""


def counting(told):
    """Give (customer, day) of the complaints that count, by a plain loop."""
    last, kept = {}, []
    for who, when, kind, matter, _ in sorted(told, key=lambda one: one[1]):
        if kind == "投诉":
            before = last.get((who, matter))
            if before is None or when > before + timedelta(days=30):
                kept.append((who, when.date()))
            last[who, matter] = when
    return kept


def met(bought, told):
    """Give (place of the order, day of the complaint) of the complaints that meet one."""
    found = []
    for who, day in counting(told):
        mine = [(when.date(), i) for i, (w, when) in enumerate(bought)
                if w == who and when.date() <= day <= when.date() + timedelta(days=90)]  # fmt: skip
        if mine:
            found.append((max(mine)[1], day))
    return found


def nearest(bought, told):
    """Give the same of all complaints by those who order: the last order before, else the first."""
    found = []
    for who, day in counting(told):
        mine = [(when.date(), i) for i, (w, when) in enumerate(bought) if w == who]
        before = [one for one in mine if one[0] <= day]
        first = [one for one in mine if one[0] == min(mine)[0]] if mine else []
        if mine:
            found.append((max(before or first)[1], day))
    return found
