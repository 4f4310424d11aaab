"""English turns of phrase that say which days are meant: rolling 30 days, Q1 vs Q2 2025."""

from __future__ import annotations

import re
from collections.abc import Callable

from huiyin.ask.english_comparing_turns import DATED

PARTS = (
    "(?:q[1-4]|h[12]|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
FIRST_OF_YEAR = frozenset({("dec", "jan"), ("q4", "q1"), ("h2", "h1")})


def _year_of_both(found: re.Match[str]) -> str:
    """Say “Q1 vs Q2 2025” with the year of both; December before January of the year before."""
    year = found["year"]
    if found["one"][:3] == found["other"][:3]:
        return found[0]  # May against May last year
    if (found["one"][:3], found["other"][:3]) in FIRST_OF_YEAR:
        if not year.isdigit():
            return found[0]
        year = str(int(year) - 1)
    return f"{found['one']} {year}{found['by']}{found['other']} {found['year']}"


DAYS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # through 2025: within it
    (
        (
            r"^(?!.*\b(?:from|since|between)\b.*\bthrough\b)(.*)\bthrough (?=20\d\d\b|last year\b"
            r"|this year\b|the year\b)"
        ),
        r"\1in ",
    ),
    # over Spring Festival this year and last
    (
        r"\bthis (year|quarter|month|week) (?:and|or) last(?=\W*$|,)",
        r"this \1 versus last \1",
    ),
    (
        (
            r"\bthis (year|quarter|month|week) (versus|vs\.?|against) last(?= (?:on|in|for|at"
            r"|among|by)\b)"
        ),
        r"this \1 \2 last \1",
    ),
    # the last 30 days against the 30 before
    (
        (
            r"\b((?:last|past|latest|these) (\w+) (?:days|weeks|months|quarters)) (?:vs\.?|versus"
            r"|against|compared (?:to|with)|and|or|than)(?: in)? (?:the )?"
            r"(?:\2 |same |other )?(?:days |weeks |months |quarters )?"
            r"(?:before|prior|preceding|earlier)(?: (?:that|them|those|these))?(?=\W|$)"
        ),
        r"\1 versus the previous period",
    ),
    # this quarter against the same one last year
    (
        (
            r"\b(?:the )?same (?:one|ones) (?:of |in |a )?(?:the )?(?:last year|year ago|year"
            r" before)\b"
        ),
        "the same period last year",
    ),
    # last year and this
    (
        r"\b(last (year|quarter|month|week)) (and|or|to|vs\.?|versus) this(?! (?:\w|one))",
        r"\1 \3 this \2",
    ),
    # up to and including March; all the way to May
    (
        (
            r"\b(?:up (?:to and including|through|until|till)|right (?:up )?(?:to|until|through)"
            r"|all the way (?:up )?(?:to|until|through))\b"
        ),
        "until",
    ),
    # from the start of the year till April; since January, up to April
    (
        (
            r"\b(?:since|from) the (?:very )?(?:start|beginning) of (?:the|this) year,? (?:and )?"
            rf"(?:up )?(?:to|until|till|through|thru) (?=(?:the end of )?{DATED})"
        ),
        "this year until ",
    ),
    (
        (
            rf"\b(?:since|from) ({DATED}),? (?:and |up |right )?(?:to|until|till|through|thru)"
            rf" (?:the end of )?(?={DATED})"
        ),
        r"from \1 to ",
    ),
    # six months of the satisfied rate
    (
        (
            r"^((?:show|give|get|plot|draw|pull|send)(?: me| us)? )?(\d+|two|three|four|five|six"
            r"|seven|eight|nine|ten|twelve) (days|weeks|months|quarters)(?:'|' worth)? (?:worth )?"
            r"of (?=(?:the |our )?[a-z])"
        ),
        lambda m: f"{m[1] or ''}last {m[2]} {m[3]} ",
    ),
    # the present quarter
    (r"\b(?:the )?present (?=day|week|month|quarter|year)", "this "),
    # since the new manager took over: when that was is not said
    (
        (
            r"\b(since|after|before|until|from when|when) (?:we |the |our |a |they |he |she )?"
            r"(?:\w+ ){0,4}?(?:took over|(?:was|were|got) (?:hired"
            r"|replaced|refurbished|renovated|launched|introduced"
            r"|redesigned|rolled out)|went live|started work|rolled"
            r" out|brought in|refurbished|renovated"
            r"|redesigned|relaunched|introduced|launched)(?: (?:the"
            r"|our|a) (?:\w+ ){0,2}\w+)?(?=\W*$|,| (?:has|have|had"
            r"|is|was|did)\b)"
        ),
        r"\1 the campaign",
    ),
    # since January, through the end of March; from February until the close of Q2
    (
        (
            rf"\b(from|since|between) (?:the (?:start|beginning) of"
            rf" )?({DATED}),? (?:and |up |right )?"
            rf"(?:until|till|through|thru|to) the (?:very )?(?:end|close) of (?={DATED})"
        ),
        r"from \2 to ",
    ),
    (
        rf"\b(this year|year),? (?:up )?(?:to|through|thru|till) the (?:end|close) of (?={DATED})",
        r"\1 until the end of ",
    ),
    (
        (
            rf"^(?:up )?(?:until|till|through|thru|to) (?:the (?:end|close) of )?({DATED}),? "
            r"(.{4,60}?) (?:in |over |during )?this year\b"
        ),
        r"this year until the end of \1 \2",
    ),
    # compare this May to last May
    (
        (
            rf"^compare ((?:this )?{DATED}) (?:to|with|and|against) (?=last\b"
            rf"|(?:this )?{DATED})"
        ),
        r"\1 versus ",
    ),
    # yesterday compared with the day before
    (
        (
            r"\byesterday (?:vs\.?|versus|compared (?:to|with)|against"
            r"|and) the day before\b(?! yesterday)"
        ),
        "yesterday versus the previous day",
    ),
    # NPS for the period: which is not said
    (
        (
            r"\b(?:for|over|in|during) (?:the|this|that) (?:period|time"
            r" ?frame|time)(?=\W*$)"
        ),
        "back then",
    ),
    # since the turn of the year
    (r"\bthe turn of the year\b", "the start of the year"),
    # Q1 vs Q2 2025
    (
        (
            rf"\b(?P<one>{PARTS})(?P<by> (?:vs\.?|versus|or|against|compared (?:to|with)|than)"
            rf" (?:in )?)"
            rf"(?P<other>{PARTS}) (?:of |in )?(?P<year>20\d\d|last year)\b"
        ),
        _year_of_both,
    ),
    # rolling 30 days
    (
        r"\b(?:rolling|running) (\d+|\w+)[ -](day|week|month)s?\b(?: average| window)?",
        r"last \1 \2s",
    ),
    # compare to last year, how about NPS in May
    (
        (
            r"^(?:compare|compared|comparing) (?:to|with) ((?:the )?(?:last|same|previous|a)"
            r" [^,]{3,30}),"
            r" (?:how (?:about|is|was)|what (?:about|is|was))? ?(.+?)(?=\W*$)"
        ),
        r"\2 compared to \1",
    ),
    # the same month of the prior year
    (
        (
            r"\b(?:the )?same (?:month|quarter|week|period|time|days) (?:of|in|the) (?:the )?"
            r"(?:prior|previous|preceding|last) year\b"
        ),
        "the same period last year",
    ),
    # the last three months, one by one
    (
        (
            r"\b((?:the )?(?:last|past|previous) \w+ (?:full |complete |whole |calendar )?"
            r"(month|week|quarter|day)s)\b(.{0,30}?),? (?:one (?:by|after) (?:one|the other)"
            r"|individually|separately|each on (?:its|their) own)(?=\W*$)"
        ),
        r"\1\3 by \2",
    ),
    # what was NPS in the previous quarter: no other time is set against it
    (
        (
            rf"^(?!.*\b(?:it|they|that|this|last|since|today|yesterday|month over|{DATED})\b)"
            r"(?!.*\b(?:chang|differ|up|down|better|worse|higher|lower|rise|rose|risen|fall|fell"
            r"|compar|grow|grew"
            r"|drop|improv|increase|decrease|declin|against|versus|vs|than)\w*\b.*\b(?:from|over"
            r"|in|for|on|to) the"
            r" (?:previous|prior|preceding))"
            r"((?!(?:and|or|same|also|now|what about|how about|but)\b).{3,90}?)"
            r"(?<! than)(?<! vs)(?<! vs\.)(?<! versus)(?<! against)(?<! to)(?<! with)(?<! and)(?<!"
            r" or)(?<! then)(?<! of)"
            r"(?<! on)(?<! is)(?<! was)( (?:in|for|over|during|from))?,? the (?:previous|prior"
            r"|preceding)"
            r" (?:full |calendar |whole )?"
            r"(month|quarter|week|year)(?=\W*$|, | (?:by|in|at|for|of|from|among|per|please|pls)\b)"
        ),
        r"\1\2 last \3",
    ),
    # in the course of April; counting from March; the first six months of 2025
    (
        r"\b(?:in|over) the course of (?=(?:the )?[a-z0-9])(?!the (?:survey|journey|process))",
        "during ",
    ),
    (rf"\b(?:as from|counting from|with effect from) (?={DATED})", "since "),
    (
        (
            r"\b(?:(?P<first>first)|second|last|final) (?:six months|semester) of "
            r"(?=20\d\d|the year"
            r"|this year|last year)"
        ),
        lambda m: f"{'first' if m['first'] else 'second'} half of ",
    ),
    # the month just gone, this very month, since the quarter began
    (
        (
            r"\b(?:in |over |during )?(?:the |this )?(month|quarter|week|year) (?:(?:that(?:'s| is"
            r"| has)? |which has )?"
            r"just (?:gone|past|passed|ended|finished|closed|over|been)|gone by|we(?:'ve| have)?"
            r" just"
            r" (?:closed|finished|had|ended))\b"
        ),
        r"last \1",
    ),
    (r"\bthis very (day|week|month|quarter|year)\b", r"this \1"),
    (
        (
            r"\b(?:since|from when|after|from the moment|as) (?:the|this) (?:new )?"
            r"(month|quarter|week|year) (?:began|begun|started|kicked off|opened|set in)\b"
        ),
        r"this \1",
    ),
    # nowadays; the last little while
    (
        (
            r"\b(?:nowadays|(?:in |over |for |during )?(?:the |this )?(?:last|past|recent)"
            r" (?:little"
            r" |short )?(?:while|bit|stretch|spell)|in recent times|as of recent(?:ly)?|at this"
            r" time of late)"
            r"(?=\W*$|,)"
        ),
        "lately",
    ),
    # the same stretch of last year
    (
        (
            r"\b(?:the )?same (?:stretch|time|window|months?|days?|weeks?|point|dates?|span)"
            r" (?:of |in |a )?(?:the )?(?:last year|year ago|year before|previous year)\b"
        ),
        "the same period last year",
    ),
)
