"""English turns of phrase that set one side beside another, or a time beside an earlier one."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from huiyin.ask.english_comparing_turns import DATED, MONTH_NAMES

BOTH_MONTHS = "|".join(
    rf"(?:{a}|{a[:3]}) and (?:in )?(?:{b}|{b[:3]})" for a, b in pairwise(MONTH_NAMES.split())
)
SETS_AGAINST = (
    r"compar|differ|versus|\bvs\b|\bthan\b|\bbetween\b|chang|develop|\bup\b|\bdown\b|better|worse"
    r"|higher|lower|more|less|\brise|\brose|\bfall|\bfell|drop|grow"
    r"|grew|improv|declin|slip|trend|each"
    r"|both|respectively|separate|apart|against|month|\bwhy\b|\bgap\b|side by side"
)
EITHER_WAY = (
    r"(?:not|no|up|down|better|worse|higher|lower|more|less|good|bad|rise|rising|rose|fall|falling"
    r"|fell|so|yes|both|the (?:other|same))\b"
)
CHANNELS = (
    r"(?:sms|text messages?|texts?|wechat|wecom|mini[- ]?program|official account|receipts?"
    r"|qr codes?|e-?mails?)"
)
AGAINST = r"(?:vs\.?|versus|or|than|and|against|compared (?:with|to))"
_MEASURES = (
    r"(?:compare|compares|stack up|stacks up|measure up|measures up|square up|line up|match up)"
)
_PAIR = r"(?!it\b|they\b|this\b|that\b|things\b)(.{2,40}?)"
BESIDE: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # Chengdu and the rest of the Southwest
    (r"^(?!.*\bhow\b)([\w' -]{2,30}) and (?=the rest(?: of the [\w-]+)?\W)", r"\1 versus "),
    (r"^who (?=(?:is|are) (?:the )?(?:more|less|[a-z]{3,}er) .* or )(?!.* by )", "which one "),
    # which is larger, the share of families in the East or in the South
    (r"\bwhich (?:one )?is (?:larger|bigger|greater)\b", "which is higher"),
    (r"\bwhich (?:one )?is smaller\b", "which is lower"),
    # who wins on after-sales, who is ahead on service
    (
        (
            r"^who (?:wins|won|is winning|leads|is leading|is ahead|is in front|is on top"
            r"|comes out ahead)"
            r" (?=(?:on|in|at|when it comes to) )"
        ),
        "who is best ",
    ),
    # by SMS versus by phone; SMS or phone: of channels
    (
        (
            rf"\b(?:by |via |through |over |on )?({CHANNELS}) ({AGAINST}) (?:by |via |through "
            rf"|over "
            rf"|on )?"
            r"(?:the )?(?:tele)?phone(?: calls?)?\b(?! (?:brand|owner|user|model|make))"
        ),
        r"\1 \2 telephone",
    ),
    (
        (
            rf"\b(?:by |via |through |over |on )?(?:the )?(?:tele)?phone(?: calls?)? ({AGAINST})"
            rf" (?:by |via |through |over |on )?(?:the )?({CHANNELS})\b"
        ),
        r"telephone \1 \2",
    ),
    # are Xiaomi people harder to please than Apple ones
    (
        r"\b(?:harder|more difficult|tougher|trickier) to (?:please|satisfy|impress) than\b",
        "less satisfied than",
    ),
    (r"\b(?:easier|simpler) to (?:please|satisfy|impress) than\b", "more satisfied than"),
    # what lead do we have over competitor A
    (
        (
            r"\bwhat (?:kind of )?(?:an? )?(?:lead|margin|edge|advantage|gap|head start|distance)"
            r" do we"
            r" have (?:over|on|against|to|towards?) "
        ),
        "us versus ",
    ),
    # distance between regions
    (
        (
            r"\b(?:distance|spread|gulf|disparity|discrepancy|divergence)s? (?=between\b|among\b"
            r"|across\b)"
        ),
        "gap ",
    ),
    (r"\b(?:greatest|widest|largest|broadest) gaps?\b", "biggest gap"),
    # which of price and quality do customers rate worse
    (
        (
            r"^(?:which|what)(?: one)? of (.{3,30}?) (?:and|or) (.{3,30}?) (?:do|did|does) (?:our"
            r" |the )?"
            r"(?:customers|people|clients|users|shoppers|members|guests) (?:rate|score|like|find"
            r"|see"
            r"|judge) (worse|better|lower|higher)(?: than the other)?\b"
        ),
        r"\1 or \2, which is \3",
    ),
    (
        (
            r"^(?:.{0,20}\bbetween )?(.{3,30}?) (?:and|or|vs\.?|versus) (.{3,30}?), (?:which|what)"
            r"(?: one)? (?:do|did|does) (?:our |the )?(?:customers|people|clients|users|shoppers"
            r"|members|guests) (?:rate|score|like|find|see|judge)s? (worse|better|lower|higher)\b"
        ),
        r"\1 or \2, which is \3",
    ),
    # how do Chengdu and Chongqing stack up against each other on price
    (
        (
            rf"\bhow (?:do|does|did) {_PAIR} and (.{{2,30}}?) {_MEASURES}"
            r"(?: (?:against|to|with) (?:each other|one another))?(?="
            r" (?:on|in|for|when|with regard)\b|\W*$)"
        ),
        r"compare \1 and \2",
    ),
    (r"\b(?:against|to|with|from|between) (?:each other|one another)\b", ""),
    # does it stack up to
    (r"\b(?:measures?|stacks?) up to\b", "compare with"),
    # do black gold customers outspend gold ones; bigger spenders; better marks
    (r"\bout-?spen(?:d|ds|t) ", "spend more than "),
    (
        r"^(?:are|were) (.{3,40}?) (?:bigger|heavier|better|higher) spenders(?=\W*$)",
        r"do \1 spend more",
    ),
    (
        (
            r"\b(?:give|gives|gave|giving) us (?:the )?(better|higher|worse|lower)"
            r" (?:marks|scores|grades|ratings|stars)\b"
        ),
        lambda m: "is happier" if m[1] in {"better", "higher"} else "is less satisfied",
    ),
    # do customers who spend more rate us higher
    (
        (
            r"^(?:do|does|did) (?:the )?(?:customers|people|clients|users|members|those|shoppers)"
            r" (?:who|that) (\w+ (?:more|less|longer|better|worse|higher|lower)) rate us"
            r" (?:higher|better|lower|worse)(?=\W*$)"
        ),
        r"does \1 relate to satisfaction",
    ),
    # did families rate us higher than gift buyers
    (
        r"^(?:did|do|does|have) (.{2,40}?) rated? us (higher|better|lower|worse) than\b",
        r"is satisfaction of \1 \2 than",
    ),
    # do iPhone users rate checkout higher than Huawei users, find prices fairer
    (
        (
            r"^(?:do|does|did|have) (.{2,40}?) (?:rate[sd]?|score[sd]?|judge[sd]?|find|found) "
            r"((?:the |our )?[a-z][a-z -]{2,25}?) (higher|better|lower|worse|more highly) than\b"
        ),
        r"is \2 of \1 \3 than",
    ),
    # how far are we behind the competitor; NPS in May above April
    (
        (
            r"\bhow far (?:are|is|were|was) (?:we|us) (?:behind|ahead of|below|above) "
            r"(?=(?:the |our )?(?:compet|rival))"
        ),
        "us versus ",
    ),
    (rf"\b((?:in|for) {DATED}) (?:above|over) (?={DATED})", r"\1 higher than in "),
    (rf"\b((?:in|for) {DATED}) (?:below|under) (?={DATED})", r"\1 lower than in "),
    # this year compared with last
    (
        (
            r"\b(this (year|quarter|month|week)\b.{0,40}?"
            r"(?:versus|vs\.?|than|compared (?:with|to)|against)) (?:the )?last(?: one)?"
            r"(?=\W*$|[,;])"
        ),
        r"\1 last \2",
    ),
    # us or them; NPS: East China or South China
    (
        (
            r"\b(?:us|we|ourselves|our own|ours) (or|and|vs\.?|versus) "
            r"(?:them|they|theirs|the others?)(?=\W*$|[,:;]| (?:on|in|for|by|when|regarding|at|this"
            r"|last)\b)"
        ),
        r"us \1 the competitor",
    ),
    (
        r"^who (?=(?:is|are|was|does|did|gets|has|scores|do)\b.*\b(?:us|we|ourselves) or )",
        "which one ",
    ),
    (
        (
            r"^(?!.*\b(?:which|what|who|whether|where)\b)([^,:?]{2,40})[:,] (?:is it |are |is )?"
            rf"(?!{EITHER_WAY})([^,:?]{{2,30}}?) or (?!{EITHER_WAY})([^,:?]{{2,30}}?)(?=\W*$)"
        ),
        r"\1: \2 versus \3",
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
            r"\b((?:up|down|better|worse|higher|lower)(?: or (?:up|down|better|worse))?"
            r"(?: (?:by )?\d+(?:\.\d+)? ?(?:%|per ?cent|points?|pp))?) on"
            r"(?= (?:the )?(?:last|previous|prior)\b)"
        ),
        r"\1 versus",
    ),
    # does better service mean higher NPS
    (
        r"^(do(?:es)? .{3,50}) mean (?=(?:an? )?(?:higher|lower|better|more|less|worse)\b)",
        r"\1 bring ",
    ),
    # which of the two is weaker
    (r"\b(?:weaker|poorer|inferior)\b", "worse"),
    (r"\b(?:stronger|superior)\b", "better"),
    # how far did each region move between Q4 and Q1
    (
        (
            r"\b(how (?:much|far|many points) (?:did|has|have) .{2,60}) between (.{2,20}?) and "
            r"(?=(?:q[1-4]|20\d\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b)"
        ),
        r"\1 in \2 versus ",
    ),
    # which stores lost the most from Q4 to Q1
    (
        (
            rf"^(which .{{2,60}}?\bmost\b.{{0,30}}?) (?:from|between) ({DATED}) (?:to|and) "
            rf"({DATED})\b"
        ),
        r"\1 in \3 versus \2",
    ),
    # did service get better from March 2025 to March 2026
    (
        (
            r"^((?:did|has|have) .{2,50}? (?:gone|go|got|gotten|get|improved?|risen|rise"
            r"|fallen|fall"
            r"|dropp?(?:ed)?|worsened?|changed?|grown?|grow|declined?)(?: (?:up|down|better"
            r"|worse|(?:un)?happier|(?:more|less) (?:satisfied|happy|loyal)|[a-z]{3,}er))?)"
            rf" (?:from|between) ({DATED}) (?:to|and) ({DATED})(?=\W*$)"
        ),
        r"\1 in \3 compared with \2",
    ),
    (
        rf"^((?:did|has|have) .{{3,60}}?) (?:vs\.?|versus) (?={DATED}\W*$)",
        r"\1 compared with ",
    ),
    # from April to May, did NPS fall; better than a year before
    (
        (
            rf"^(?:from|between) ({DATED}) (?:to|and) ({DATED}),? ((?:did|has"
            rf"|have) .{{3,50}}?)(?=\W*$)"
        ),
        r"\3 in \2 compared with \1",
    ),
    (r"\bthan (?:a|one|the) year before\b", "than a year ago"),
    # customers whose case was solved than those whose was not
    (
        (
            r"\b(whose \w+ (?:was|is|were|has been)) (\w+) (than|vs\.?|versus"
            r"|compared (?:with|to)) "
            r"(?:those|the ones|ones|people|customers) whose (?:\w+ )?(?:was|is|were|has been) not"
            r"(?=\W*$)"
        ),
        r"\1 \2 \3 those not \2",
    ),
    # this year's NPS next to last year's
    (
        r"\bnext to (?=(?:last|the previous|the prior) (?:year|quarter|month|week))",
        "compared with ",
    ),
    # NPS in April and May: both together; nothing sets one against the other
    (
        (
            rf"^(?!.*(?:{SETS_AGAINST}))(.{{2,60}}? (?:in|of|for|during|over|from)) "
            rf"((?:{BOTH_MONTHS})(?: 20\d\d| this year| last year)?)(?=\W|$)"
        ),
        lambda m: f"{m[1]} {re.sub(r' and (?:in )?', ' to ', m[2])}",
    ),
    # NPS less families
    (
        (
            r"^(?!.*\bthan\b)(.*?\b(?:nps|satisfaction|spend|rate|score)) less "
            r"(?!(?:(?:the |that of )?(?:satisf|dissat|detract|compet)|happ|pleas|good|often"
            r"|likely|in\b|for\b|of\b|by\b|\d))(?=[a-z])"
        ),
        r"\1 excluding ",
    ),
)
