"""``huiyin doctor``: is everything here that is needed, and what to do where it is not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from huiyin.app.cli import options

if TYPE_CHECKING:
    from huiyin.app.doctor import Check

MARK = {True: "✓", False: "✗"}


def doctor(lang: options.Language = None, as_json: options.AsJson = False) -> None:
    """检查运行环境  Check this machine."""
    from huiyin.app.doctor import examine

    language = options.choose_language(lang)
    checks = [_check_json(finding, language) for finding in examine()]
    if as_json:
        options.print_json({"ok": all(check["ok"] for check in checks), "checks": checks})
        return
    for check in checks:
        sys.stdout.write(f"{MARK[check['ok']]} {check['needed_for']}: {check['fact']}\n")
        if check["advice"]:
            sys.stdout.write(f"  → {check['advice']}\n")


def _check_json(finding: Check, language: str) -> dict[str, Any]:
    """Give one line; advice only where something is amiss."""
    amiss = finding.advice if not finding.ok else None
    return {
        "name": finding.name,
        "ok": finding.ok,
        "needed_for": finding.needed_for.say(language),
        "fact": finding.fact,
        "advice": amiss.say(language) if amiss else None,
    }
