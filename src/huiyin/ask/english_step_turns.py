"""English turns of phrase that say in which steps of time a number is shown."""

from __future__ import annotations

import re
from collections.abc import Callable

_STEP = "(day|week|month|quarter|year)"
MEASURED = (
    r"(?:nps|net promoter score|satisf\w+|dissatisf\w+|happy|csat|ces|rates?|ratings?"
    r"|shares?|scores?|percentage|trends?|effort|intent|value|perception"
    r"|price|checkout|tidiness|after-sales|packing|timeliness|stability"
    r"|waiting|canteen|experience|quality|speed|service|delivery|support|paperwork|attitude"
    r"|courier|packaging|competence|expertise|professionalism|reporting|assessment|payouts?|reply"
    r"|replies|responsiveness|features|ease|usability|joining|onboarding|expenses|hr|office|stars"
    r"|willingness|amount|order|basket|contract|renewal|outcome|handling|result|environment"
    r"|cleanliness|pricing|prices|complaints)"
)
_STEADY = (
    r"(?:(?:(?:stay|stayed|staying|remain|remained|hold|held|holding|keep|kept|been|be|being) )?"
    r"(?:(?:fairly|pretty|quite|very|really|reasonably|relatively|so|all that|more or less"
    r"|rather) )*"
    r"(?:steady|stable|flat|consistent|constant|even|unchanged|volatile|erratic|bumpy|jumpy"
    r"|up and down|all over the place)\b"
    r"|\b(?:stay|stayed|stays|staying|remain|remained|hold|held|keep|kept) level\b(?! of)"
    r"|\b(?:stay|stayed|stays|staying|remain|remained|stick|stuck|hold|held|holding|stand"
    r"|stood) (?:where (?:it|they) (?:is|was"
    r"|were|are)|put|in place|(?:its|their) (?:own|ground)|the same(?! (?:as|in))|much the"
    r" same(?! (?:as|in))|as it was)\b"
    r")"
)
_SHOWN = (
    r"(?:aggregated?|averaged|bucketed|binned|rolled up|summ?arised|summ?arized|tallied|plotted"
    r"|charted|tracked|tabulated|laid out|presented|resampled|reported)"
)
_SERIES = (
    r"(?:steps?|buckets?|bins?|intervals?|increments?|slices?|chunks?|granularity|resolution|grain"
    r"|frequency|cadence|breakdown|series|values?|view|basis|level|points?|terms|rhythm|detail"
    r"|figures|numbers|averages?)"
)
STEPS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # in monthly steps, at weekly granularity, with a monthly breakdown
    (
        (
            r"\b(?:in|at|on|with|as|using) (?:an? |the )?(daily|weekly|monthly|quarterly|yearly)"
            rf"[ -]{_SERIES}\b"
        ),
        r"\1",
    ),
    # month-wise; aggregated by week; a month at a time; with one point per month
    (rf"\b(?:on an? )?{_STEP}[ -]?wise(?: basis)?\b", r"by \1"),
    (rf"\b{_SHOWN} (?:by|per|to|at|into|in|over) (?:the |each |every )?{_STEP}s?\b", r"by \1"),
    (rf"\b(?:an?|one) {_STEP} at a time\b|\bone {_STEP} after (?:another|the other)\b", r"by \1\2"),
    (
        (
            r",? ?\b(?:with )?(?:one|an?) (?:data ?)?(?:point|dot|bar|value|figure|number|average)"
            rf" (?:per|for (?:each|every)|each|every) {_STEP}\b"
        ),
        r" by \1",
    ),
    # chart NPS this year, one line for each shop: a course
    (
        (
            r"^(?!.*\bbar)(?=.*\b(?:plot|chart|graph|draw|line chart|over time|trend)\b)(.*?),? ?"
            r"\b(?:with )?(?:one|an?|a separate|separate) (?:line|curve|series)s?"
            r" (?:per|for (?:each|every)|by|each|every) (?:of the )?(?=\w)"
        ),
        r"trend of \1 by ",
    ),
    # by region and month, by month and region: a course of each of them
    (
        (
            r"\b(by|per) (?:(\w+(?: \w+)?) and (day|week|month|quarter)|(day|week|month|quarter)"
            r" and (?:by |per |also )?(?!quarter\b|month\b|week\b|year\b|day\b)"
            r"((?:member|age|customer|app|account|phone|operating|issue|service|claim)?"
            r" ?\w+(?: type| group| manager| tier| version| system| stage| brand)?))"
            r"(?=\W*$| (?:th|in|for|over|since|from|last|during|between|year|of|please|pls"
            r"|until|till|up to"
            r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[1-4]|ytd|only|with|among))"
        ),
        lambda m: f"trend by {m[3] or m[4]} by {m[2] or m[5]}",
    ),
    # week for week; month in, month out
    (rf"\b{_STEP} (?:for|to|upon) \1\b|\b{_STEP} in,? (?:and )?\2 out\b", r"by \1\2"),
    # in successive quarters, each consecutive month
    (rf"\b(each|every) (?:successive|consecutive|individual) (?={_STEP}\b)", r"\1 "),
    (
        rf"\b(?:in|over|across|for) (?:successive|consecutive|individual) {_STEP}s\b",
        r"by \1",
    ),
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
            r"\b(?:(?:for|in|over|during) (?:each|every)(?: single)? (day|week|month|quarter) "
            r"(?=(?:of|over|in|since|from) )"
            r"|(?:each|every)(?: single)? (week|month|quarter) (?=from ))"
        ),
        lambda m: f"by {m[1]} " if m[1] else f"{m[2]}ly ",
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
    # was satisfaction steady week by week; has NPS stayed flat: how it went is asked
    (
        (
            r"^(?!.*\b(?:which|who|than|whose|most|least|more (?!or less)|why)\b)"
            r"((?:is|was|are|were|has|have|had|did|does|do) "
            rf".{{0,60}}?\b{MEASURED}\b.{{0,60}}?) ?{_STEADY}"
        ),
        r"\1 over time",
    ),
    (
        r"\bover time through(?:out)? (?=q[1-4]|the|this|last|20\d\d|[a-z]+ quarter)",
        "over time in ",
    ),
    (r"\bthroughout (?=q[1-4]|the|this|last|20\d\d)", "over "),
    (r"\b(every|each) single (?=day|week|month|quarter)", r"\1 "),
    # draw NPS this year: as plotted
    (
        (
            r"^((?:please |can you |could you )?)(?:draw|sketch)(?: me)? "
            r"(?!an?\b|up\b|the (?:line|chart|curve))"
        ),
        r"\1plot ",
    ),
    # phone and SMS apart: each of them
    (
        r"^(?!.*\bhow (?:far|much|many points)\b)(.*\w and \w[\w ]{0,20}?) apart(?=\W*$)",
        r"\1 separately",
    ),
    # what does NPS come to, in May
    (
        (
            r"\bwhat(?: would| did| does| do| 'd|'d) (.{2,50}?) (?:come to|stand at|amount to"
            r"|work out at|add up to|run at|sit at)"
            r"(?=\W*$| (?:in|for|over|during|last|this|by|on|at|up|down)\b)"
        ),
        r"what is \1",
    ),
    (
        (
            r"\bhow (?:steady|stable|volatile|consistent) (?:is|was|has|have|are|were) "
            rf"((?=.*\b{MEASURED}\b).{{2,50}}?)(?: been)?"
            r"(?= (?:over|during|in|since|from|this|last|by|through)\b|\W*$)"
        ),
        r"\1 trend",
    ),
    (
        r"\b(?:pattern|shape|picture) of (.{2,40}?) (?=(?:over|during|since|from) )",
        r"\1 trend ",
    ),
)
