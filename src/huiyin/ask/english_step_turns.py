"""English turns of phrase that say in which steps of time a number is shown."""

from __future__ import annotations

_STEP = "(day|week|month|quarter|year)"
STEPS: tuple[tuple[str, str], ...] = (
    # broken down by month: no group, a step
    (
        (
            r"\b(?:broken|split|cut|divided|sliced|grouped|separated|breakdown|break it|split it) ?"
            rf"(?:down |out |up )?(?:by|into) (?:the )?(?:calendar )?{_STEP}s?\b"
        ),
        r"by \1",
    ),
    # for each of the last six months
    (
        (
            r"\b(?:for|in|of|over|during) (?:each|every)(?: single)?(?: one)? of "
            r"((?:the )?(?:last|past|previous) \w+) (day|week|month|quarter)s\b"
        ),
        r"by \2 over \1 \2s",
    ),
    (
        (
            r"\b(?:for|in|over|during) (?:each|every)(?: single)? (day|week|month|quarter) "
            r"(?=(?:of|over|in|since|from) )"
        ),
        r"by \1 ",
    ),
    # month on month since December: shown by month, no comparison of one with the one before
    (
        rf"\b{_STEP}[ -](?:on|over|by|after|to)[ -]\1\b(?=.{{0,20}}\b(?:since|from)\b)",
        r"by \1",
    ),
    (r"\b(?:going|looking) back (?=(?:\w+) (?:days|weeks|months|quarters)\b)", "over the last "),
    (r"\bwhat (.{2,40}?) (?:has )?looked like (?=(?:over|during|in|since|from) )", r"\1 trend "),
    (
        (
            r"^what (?:has|have|had) (.{2,40}?) (?:looked|been) like "
            r"(?=(?:over|during|in|since|from) )"
        ),
        r"\1 trend ",
    ),
    (
        (
            r"^(?:where|which way|what way) (?:is|has|are) (.{2,40}?) (?:been )?"
            r"(?:heading|headed|going)\b"
        ),
        r"\1 trend ",
    ),
    (
        r"\b(?:pattern|shape|picture) of (.{2,40}?) (?=(?:over|during|since|from) )",
        r"\1 trend ",
    ),
)
