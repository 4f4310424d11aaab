"""English turns of phrase in plain words: what stands apart is put together."""

from __future__ import annotations

import re

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
        # this year compared with last
        (
            (
                r"\b(this (year|quarter|month|week)\b.{0,40}?"
                r"(?:versus|vs\.?|than|compared (?:with|to)|against)) (?:the )?last(?: one)?"
                r"(?=\W*$|[,;])"
            ),
            r"\1 last \2",
        ),
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
                rf"^(are|were|is|was) (?P<who>.{{1,40}}?)(?<!less)(?<!more) (?P<how>{FEELING})"
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
            r"^(do(?:es)? .{3,50}) mean (?=(?:an? )?(?:higher|lower|better|more|less|worse)\b)",
            r"\1 bring ",
        ),
        # how satisfied are our employees: nobody asked them
        (
            rf"\bhow {FEELING} (?:are|is|were) (?:our |the )?(?:employees|staff|clerks)\b",
            "employee satisfaction",
        ),
        # what annoys customers: what they say, not what the unhappy ones among them say
        (
            (
                r"^what (?:annoys|upsets|frustrates|angers|irritates|bothers|disappoints|bugs"
                r"|infuriates|delights|pleases|thrills|puts off) (.+?)(?: (?:the )?most)?(?=\W*$)"
            ),
            r"what do \1 say",
        ),
        # gift buyers: what do they love about us
        (
            (
                r"^(.{3,60}?)[:,] what do they (?:love|like|hate|dislike|enjoy|want|appreciate)"
                r"(?: about (?:us|it|our \w+))?(?=\W*$)"
            ),
            r"what do \1 say",
        ),
        # how happy customers are
        (
            (
                rf"\bhow ({FEELING}) ((?!(?:are|is|were|was|with|in|by)\b)\w+(?: \w+){{0,3}}?)"
                r" (are|is|were|was)\b"
            ),
            r"how \1 \3 \2",
        ),
        # service is not great in Wuhan, is it
        (
            r"\b(is|are|was|were) not (?:very |so |that |too )?(?:great|brilliant|ideal|perfect)\b",
            r"\1",
        ),
        (r",? (?:is|are|was|were|does|do|did) (?:it|they)(?: not)?(?=\W*$)", ""),
        # which of the two is weaker
        (r"\b(?:weaker|poorer|inferior)\b", "worse"),
        (r"\b(?:stronger|superior)\b", "better"),
        # which regions should worry me most
        (
            (
                r"\b(?:(?:should|would|do|does|might|must) )?(?:worry|worries|concern|concerns"
                r"|trouble|troubles|bother|bothers|alarm|alarms) (?:me|us|you) (?:the )?most"
                r"(?: about)?\b"
            ),
            "are worst",
        ),
        # the biggest spenders
        (r"\b(biggest|largest|highest|top|best) spenders\b", "highest spend"),
        (r"\b(smallest|lowest) spenders\b", "lowest spend"),
        # to get an invoice sorted
        (
            r"\bto get (.{1,40}?) (?:sorted|fixed|solved|resolved|handled|done|dealt with)\b",
            r"for \1",
        ),
        # how far did each region move between Q4 and Q1
        (
            (
                r"\b(how (?:much|far) (?:did|has|have) .{2,60}) between (.{2,20}?) and "
                r"(?=(?:q[1-4]|20\d\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b)"
            ),
            r"\1 in \2 versus ",
        ),
        # does spend go up with membership level
        (
            (
                r"^(does|do) (.{2,40}?) (?:go up|rise|grow|increase|go down|fall|drop|decrease"
                r"|vary|climb) with\b"
            ),
            r"\1 \2 relate to",
        ),
        # who came back versus those who did not
        (
            (
                r"\b(who|that) ([a-z ]{3,30}?) (versus|vs\.?|than|and|or|compared (?:to|with)) "
                r"(?:those|the ones|ones|people|customers|clients|users) (?:who|that|which) "
                r"(did|do|have|has|had|were|was|are) not(?=\W*$|,)"
            ),
            r"\1 \2 \3 those \1 \4 not \2",
        ),
        # how many of our families were satisfied
        (
            (
                r"^how many (?!per ?cent)(?:of )?((?:our |the )?.{1,40}?) (are|were|is|was) "
                rf"(?={FEELING}\b)"
            ),
            r"what share of \1 \2 ",
        ),
        # reviews by people who cannot find features: no groups are asked for
        (
            (
                r"\bby (?=(?:our |the )?(?:people|customers|users|clients|those|members|shoppers)"
                r" (?:who|that|with|on|in|from)\b)"
            ),
            "from ",
        ),
        # as happy as; over-56s
        (rf"\bas (?:{FEELING}) as\b", "happier than"),
        (r"\b(over|under)[- ](\d\d)s?\b", r"\1 \2"),
        # how far behind the competitor are we
        (
            (
                r"\bhow (?:far|much) (?:behind|ahead of|better than|worse than) (.{2,30}?) "
                r"(?:are|is|were|was) (?:we|us)\b"
            ),
            r"us versus \1",
        ),
        # carrier A or B; team 1, 2 and 5
        (
            (
                r"\b(carrier|competitor|express|courier|team|version|agent) (\w+), (\d|[a-z]),?"
                r" and (\d|[a-z])\b"
            ),
            r"\1 \2, \1 \3 and \1 \4",
        ),
        (
            (
                r"\b(carrier|competitor|express|courier|team|version|agent) ([a-z]|\d(?:\.\d)?)"
                r" (or|and|vs\.?|versus) ([b-z]|\d(?:\.\d)?)(?![\w.])"
            ),
            r"\1 \2 \3 \1 \4",
        ),
        # reasons for low scores; what reasons do they give
        (
            (
                r"^(?:what are )?(?:the )?(?:main |top )?reasons (?:for|behind|given for) "
                r"(?:the |their )?(?:low|bad|poor|negative) (?:scores|ratings|reviews|marks)"
            ),
            "what do dissatisfied customers say",
        ),
        (
            (
                r"^what reasons (?:do|did) (.+?) (?:give|gave|name|have) for (?:the |their )?"
                r"(?:low|bad|poor|negative) (?:scores|ratings|reviews|marks)"
            ),
            r"what do dissatisfied \1 say",
        ),
        # reviews with 5 stars, 1-star comments
        (r"\b(?:with|of) (\d)[- ]stars?\b", r"that gave \1"),
        (r"\b(\d)[- ]star (reviews|ratings|comments|feedback)\b", r"\2 that gave \1"),
        # how long is the wait
        (
            r"\bhow long (?:is|was|are) (?:the )?(wait|waits|queue|queues)\b",
            "what is the waiting time",
        ),
        (
            (
                r"\bhow long (?:do|did) (.{2,30}?) (?:think they )?(?:have to |had to )?"
                r"(?:wait|queue)\b"
            ),
            r"waiting time of \1",
        ),
        # recipients of late parcels
        (r"\bof late (?=parcel|deliver|package|shipment|order)", "with late "),
        # leave Beijing Wangjing out
        (r"\b(?:leave|take|filter|strip|keep|leaving|taking) (.{2,40}?) out\b", r"excluding \1"),
        # cases that stayed unresolved
        (r"\b(?:stayed|remained) (?=un|not\b|in\b)", "were "),
        # leaves the most problems unsolved
        (r"\b(?:leaves|left) (?=the (?:most|fewest|least)\b)", "has "),
        # neither families nor gift buyers
        (r"\bneither (.+?) nor (.+?)(?=[:,;?]|$)", r"excluding \1 and \2"),
        # a bigger basket
        (
            r"\b(?:bigger|larger) (?=basket|order|spend|amount|contract|value|ticket|share)",
            "higher ",
        ),
        (
            r"\bsmaller (?=basket|order|spend|amount|contract|value|ticket|share)",
            "lower ",
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
        (
            (
                r"\bhow (?:hard|difficult|easy|painful|tough|tricky|complicated|cumbersome"
                r"|laborious) (?:is|was) it (?:to |for )?"
            ),
            "effort score of ",
        ),
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
