"""English turns of phrase in plain words: short forms in full, what stands apart together."""

from __future__ import annotations

import re

ABBREVIATIONS = {
    "yr": "year", "yrs": "years", "mth": "month", "mths": "months", "mos": "months",
    "wk": "week", "wks": "weeks", "qtr": "quarter", "qtrs": "quarters", "w/o": "without",
    "cust": "customer", "custs": "customers", "u": "you", "pls": "please", "plz": "please",
    "thx": "thanks", "ur": "your", "sth": "something", "btw": "by the way", "bc": "because",
    "cuz": "because", "whats": "what is", "hows": "how is", "wheres": "where is", "whys": "why is",
    "gimme": "give me", "lemme": "let me", "wanna": "want to", "dept": "department",
    "excl.": "excluding", "excl": "excluding", "incl.": "including", "incl": "including",
    "prev": "previous", "pct": "percent", "pct.": "percent", "avg.": "average",
    "sat.": "satisfaction", "&": "and",
}  # fmt: skip
ABBREVIATED = re.compile(
    r"(?<![a-z0-9/.])(?:" + "|".join(map(re.escape, ABBREVIATIONS)) + r")(?![a-z0-9/])"
)
IS = re.compile(r"\b(what|who|how|where|why|that|there|it|here)'s\b")
NOT = re.compile(
    r"\b(ca|wo|sha|(?:do|does|did|is|are|was|were|has|have|had|would|could|should))n'?t\b"
    r"|\b([a-z]+)n't\b"
)
WHOLE_VERB = {"ca": "can", "wo": "will", "sha": "shall"}
WHERE = r"(?:south|north)?(?:east|west)(?:ern)?|(?:south|north)(?:ern)?|central"
FEELING = (
    "(?:(?:un|dis)?(?:happy|satisfied|pleased|content)|angry|annoyed|upset|frustrated|disappointed)"
)
GROUPED = (
    "region|province|city|store|shop|channel|branch|team|agent|segment|tier|brand|industry|module"
    "|release|carrier|account"
)
TURNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        # Did NPS go up in May versus last
        (
            (
                r"\b(versus|vs\.?|than|compared (?:with|to)|against|over) (?:the )?"
                r"(?:last|previous|prior)(?: one)?(?=\W*$|[,;])"
            ),
            r"\1 the previous period",
        ),
        # up on last month
        (
            (
                r"\b((?:up|down|better|worse|higher|lower)(?: or (?:up|down|better|worse))?) on"
                r"(?= (?:the )?(?:last|previous|prior)\b)"
            ),
            r"\1 versus",
        ),
        # how likely are families to come back
        (
            (
                r"\bhow likely (?:are|is|were|was) (.{1,40}?) to (come back|come again|return|renew"
                r"|buy again|recommend)"
            ),
            r"likely to \2 of \1",
        ),
        # how do iOS users rate the interface: no rate is asked for
        (
            (
                r"\b(how (?:do|does|did|have|has|would) .{1,40}?)(?<!satisfaction)"
                r"(?<!purchase)(?<!renewal)(?<!resolution) (?:rated?|scored?|graded?|judged?"
                r"|see"
                r"|perceived?|view)(?= \w+)"
            ),
            r"\1 find",
        ),
        # are families satisfied
        (
            (
                rf"^(are|were|is|was) (?P<who>.{{1,40}}?) (?P<how>{FEELING})"
                r"(?= (?:with (?:us|our|the)|overall|in|during|over|last|this|since"
                r"|at the moment|right now"
                r"|so far)\b"
                r"|\W*$)"
            ),
            r"how \g<how> \1 \g<who>",
        ),
        # what makes families happy; what are families unhappy about
        (
            rf"^what (?:makes?|made|keeps?) (.{{1,40}}?) {FEELING}\b",
            r"what drives satisfaction of \1",
        ),
        (
            rf"^what (?:are|is|were) (.{{1,40}}?) {FEELING} (?:about|with|at|by)\b",
            r"what do \1 say",
        ),
        # does better service mean higher NPS
        (
            r"^(does .{3,50}) mean (?=(?:an? )?(?:higher|lower|better|more|less|worse)\b)",
            r"\1 bring ",
        ),
        # how satisfied are our employees: nobody asked them
        (
            rf"\bhow {FEELING} (?:are|is|were) (?:our |the )?(?:employees|staff|clerks)\b",
            "employee satisfaction",
        ),
        # all channels but the mini program
        (r"\b(?:all|every|any) (\w+) (?:but|bar|save) (?!not\b)", r"\1 except "),
        # rated us lower: no rate is asked for; happier than they were last year
        (r"\brate[sd]? us (?=(?:higher|lower|better|worse|more|less)\b)", "find us "),
        (
            r"\bthan (?:they|it|we) (?:were|was|did|had)(?: in)? (?=last|this|a year|the|q[1-4])",
            "than ",
        ),
        # how often do gold members come back
        (
            (
                r"\bhow often (?:do|does|did) (.{1,40}?)"
                r" (?:come back|buy again|return|reorder|repurchase)\b"
            ),
            r"repurchase rate of \1",
        ),
        # how hard was it for customers with returns
        (r"\bhow (?:hard|difficult) (?:is|was) it (?:for )?", "effort score of "),
        # the same stretch of last year
        (
            (
                r"\b(?:the )?same (?:stretch|time|window|months?|days?|weeks?|point|dates?|span)"
                r" (?:of |in |a )?(?:the )?(?:last year|year ago|year before|previous year)\b"
            ),
            "the same period last year",
        ),
        # 18-25s
        (r"\b(\d\d-\d\d)s\b", r"\1"),
        # where does NPS stand
        (r"\bwhere (?:do|does|did) (.{1,40}?) stand\b", r"what is \1"),
        # is the north behind the south
        (r"^((?:is|are|was|were) .{2,40}?) (?:behind|ahead of) (?!.* or )", r"\1 versus "),
        # no higher than 20 %
        (r"\b(?:no|not) (?:higher|more|greater|larger|bigger) than\b", "at most"),
        (r"\b(?:no|not) (?:lower|less|fewer|smaller) than\b", "at least"),
        # break NPS down by region, at store level, region-wise
        (r"\b(break|split|slice|cut) (.{1,40}?) (down|up) (?=by\b|per\b)", r"\1 \3 \2 "),
        (
            rf"\b(?:at|on) (?:an? |the )?({GROUPED})[- ]level\b|\b({GROUPED})[- ]wise\b",
            r"by \1\2",
        ),
        # the south and north of China
        (
            rf"\b({WHERE}) (and|or|vs\.?|versus|with) ({WHERE}) china\b",
            r"\1 china \2 \3 china",
        ),
    )
)


def written_out(text: str) -> str:
    """Write short forms in full: qtr, pls, isn't.

    Examples
    --------
    >>> written_out("members who aren't gold, last qtr")
    'members who are not gold, last quarter'
    """
    text = IS.sub(r"\1 is", text)
    text = NOT.sub(lambda m: f"{WHOLE_VERB.get(m[1], m[1] or m[2])} not", text)
    return ABBREVIATED.sub(lambda m: ABBREVIATIONS[m[0]], text)


def in_plain_english(text: str) -> str:
    """Say English turns of phrase in plain words.

    Parameters
    ----------
    text : str
        In small letters.

    Examples
    --------
    >>> in_plain_english("how do families rate our prices")
    'how do families find our prices'
    """
    for pattern, plain in TURNS:
        text = pattern.sub(plain, text)
    return text
