"""``huiyin doctor``: is everything here that is needed, and what to do where it is not."""

from __future__ import annotations

import sys

from huiyin.app.cli import options

MARK = {True: "✓", False: "✗"}


def doctor(lang: options.Language = None, as_json: options.AsJson = False) -> None:
    """检查运行环境  Check this machine."""
    from huiyin.app.doctor import examine

    language = options.choose_language(lang)
    findings = examine()
    if as_json:
        options.print_json(
            {
                "ok": all(f.ok for f in findings),
                "checks": [
                    {"name": f.name, "ok": f.ok, "needed_for": f.needed_for.say(language),
                     "fact": f.fact, "advice": f.advice.say(language) if f.advice else None}
                    for f in findings
                ],
            }
        )  # fmt: skip
        return
    for finding in findings:
        sys.stdout.write(f"{MARK[finding.ok]} {finding.needed_for.say(language)}: {finding.fact}\n")
        if finding.advice and not finding.ok:
            sys.stdout.write(f"  → {finding.advice.say(language)}\n")
