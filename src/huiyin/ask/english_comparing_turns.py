"""English turns of phrase that set things or times against each other."""

from __future__ import annotations

import re
from collections.abc import Callable

DATED = "(?:q[1-4]|20\\d\\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\\w*(?: 20\\d\\d)?"
MONTH_NAMES = (
    "january february march april may june july august september october november december january"
)
"""Two months that follow each other: April and May."""
"""What is no group after “or”: better or worse."""
_SET = (
    r"(?:vs\.?|versus|against|compared (?:to|with)|relative to|than|on|over|from|like|and|with|to)"
)
_NAMED_DAYS = rf"(?:{DATED}|this (?:month|quarter|week|year)|last (?:month|quarter|week)|yesterday)"
_EARLIER = (
    rf"(?:{DATED}|last (?:month|quarter|week|year)|the (?:month|quarter|week|year) before"
    r"|(?:the )?(?:previous|prior|preceding) (?:month|quarter|week|year))"
)
SHORT_STEPS = {"y": "year", "yr": "year", "q": "quarter", "m": "month", "w": "week"}
SHORT_BEFORE = {"m": "month", "q": "quarter", "w": "week"}
_BY_STEPS = (
    r"(?=.*\b(?:by|per|each|every) (?:month|week|quarter)\b|.*\b(?:monthly|weekly|quarterly"
    r"|trend|curve|over time)\b)"
)
_LAST_YEARS = (
    r"(?:same (?:months|weeks|quarters) (?:of|in|from) )?last year(?:'s)?"
    r"(?: (?:months?|weeks?|quarters?|values?|figures?|numbers?|line|curve|data|results?|ones?"
    r"|levels?|trend|scores?))*"
)
_BESIDE = (
    r"(?: (?:next to|beside|alongside|underneath|below|under|over|behind)(?: (?:it|them|that|those"
    r"|each))?| for (?:comparison|reference|context)| as (?:an? )?(?:comparison|reference|benchmark"
    r"|context|baseline)| overlaid| on top| in the (?:same chart|background)| side by side"
    r"| to compare(?: with)?| too)"
)
_SIDE = r"(?:version |release )?[\w.]+(?: [\w.]+)?"
_TROUBLE = (
    r"(?:(?:app )?crash(?:es)?|freez(?:es|ing)|log-?in (?:problems?|failures?|trouble|issues?)"
    r"|payment (?:problems?|failures?|trouble|issues?)|failed payments|coupon (?:problems?"
    r"|failures?"
    r"|trouble|issues?)|ads|adverts|advertising|too many ads)"
)
_MORE_TROUBLE = (
    r"(?:more |most )?(?:(?:people|customers|users|clients) )?(?:more |most )?(?:(?:complain|moan"
    r"|grumble|gripe|report|mention|have|suffer|see|meet|experience)(?:s|ing)? (?:more |most )?"
    rf"(?:(?:about|of|from) )?)?(?:more )?(?P<what>{_TROUBLE})(?: (?:more|most)(?: often)?)?"
)
COMPARING: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # by how much do families lead office workers on service
    (
        (
            r"^(?:by )?how (?:much|far|many (?:percentage )?points) (?:do|does|did|is|are)"
            r" (?P<a>.{2,30}?)"
            r" (?:lead|trail|lag|lag behind|beat|outscore|top|edge|outpace|outdo|leading"
            r"|trailing|lagging|beating)"
            r" (?P<b>.{2,30}?) (?:on|in|for|in terms of) (?P<what>.+)$"
        ),
        r"compare \g<a> with \g<b> on \g<what>",
    ),
    (
        (
            r"^(?P<ask>do|does|did) (?P<a>.{2,30}?) (?:lag|trail|lag behind|trail behind|fall"
            r" behind) (?P<b>.{2,30}?)"
            r" (?:on|in|for|in terms of) (?P<what>.+)$"
        ),
        r"are \g<a> worse than \g<b> on \g<what>",
    ),
    # put East China next to South China on NPS; as opposed to; how different are they
    (
        (
            r"^(?:put|set|place|show|hold)(?: me| us)? (?P<a>.{2,30}?) (?:next to|beside"
            r"|alongside|side by side with)"
            r" (?P<b>.{2,30}?) (?:on|in|for|in terms of) (?P<what>.+)$"
        ),
        r"compare \g<a> with \g<b> on \g<what>",
    ),
    (
        (
            r"^(?P<a>.{2,30}?) (?:side by side with|next to|alongside) (?P<b>.{2,30}?)"
            r" (?:on|in|for|in terms of) (?P<what>.+)$"
        ),
        r"compare \g<a> with \g<b> on \g<what>",
    ),
    (r"\bas opposed to\b", "versus"),
    (
        (
            r"^how different (?:is|are|was|were) (?P<a>.{2,30}?) (?:from|to|than) (?P<b>.{2,30}?)"
            r" (?:on|in|for) (?P<what>.+)$"
        ),
        r"difference between \g<a> and \g<b> on \g<what>",
    ),
    # own delivery alongside the rest, this year as opposed to last year
    (
        (
            r"\b(?:alongside(?: of)?|as opposed to|set beside|held against|put against|put beside"
            r"|put next to"
            r"|measured against|side by side with|pitted against|in contrast with"
            r"|against that of)(?= (?:the |our |that of )?[a-z0-9])"
        ),
        "versus",
    ),
    (
        (
            r"\bnext to (?=(?:the |all )?(?:rest|others?|average|last year|last month|last quarter"
            r"|competition|competitors?"
            r"|all other|other (?:shops|stores|regions|cities|brands|branches|teams|channels"
            r"|carriers))\b)"
        ),
        "versus ",
    ),
    # the NPS divide between gold and silver members
    (
        (
            r"\b(?:divide|margin|variance|chasm|gulf|split|spread|distance|imbalance|mismatch"
            r"|deviation)"
            r"(?= between (?!\d|20)(?:the |our )?[a-z])"
        ),
        "gap",
    ),
    # why does the South trail the North on NPS; is this shop trailing the other stores
    (
        (
            r"^why (?:is|are|was|were|does|do|did) (.{2,40}?) (?:trail(?:s|ing)?|lag(?:s|ging)?(?:"
            r" behind)?|behind) "
            r"(?=(?:the |all |our )?[a-z])(?!.*\b(?:by|much)\b)"
        ),
        r"why is \1 worse than ",
    ),
    (
        (
            r"^(is|are|was|were) (.{2,40}?) (?:trailing|lagging(?: behind)?) (?=(?:the |all |our"
            r" )?(?:other|others|rest|average)\b)"
        ),
        r"\1 \2 worse than ",
    ),
    # benchmark NPS of iOS and Android; weigh families against couples
    (
        (
            r"^((?:please |pls |can you |could you )?)(?:benchmark|weigh|match(?: up)?|pit|measure"
            r"|stack) (?=.{3,60}? (?:against|and"
            r"|with|versus|vs\.?) )"
        ),
        r"\1compare ",
    ),
    (r"^(?:benchmark) (?=(?:all |the |our )*\w+s (?:on|by|in|for)\b)", "compare "),
    (
        (
            r"\b(how (?:do|does|did) .{3,40}?) (?:benchmark|match up|weigh up|measure up|size up"
            r"|match) (?=(?:against|with|to) )"
        ),
        r"\1 compare ",
    ),
    # is NPS down by 8 percent, did it fall by half
    (
        (
            r"\b(up|down) by (?=(?:about |around |roughly |some |nearly |almost |more than |over"
            r" )?(?:\d|an? "
            r"|one |two |three |four |five |ten |half))"
        ),
        r"\1 ",
    ),
    (
        (
            r"\b(fall|fell|fallen|drop|dropped|decline|declined|decrease|decreased|go down|went"
            r" down|gone down"
            r"|shrink|shrank|shrunk|down|slump|slumped|plunge|plunged|cut|sank|sink)(?: by| in)?"
            r" half\b"
        ),
        r"\1",
    ),
    (r"\b(?:has|have|had) (.{2,40}?) halved\b", r"has \1 fallen"),
    (r"\b(?:did|does|do) (.{2,40}?) halve\b", r"did \1 fall"),
    (r"(?<!be )(?<!been )(?<!is )\bhalved\b", "fell"),
    # how does service for gold members differ from silver members
    (
        (
            r"^how (?:does|do|did|is|are|was|were) (.{3,60}?) (?:differ|different|deviate"
            r"|diverge|vary)"
            r" from (?:that of |those of |the )?(?!(?:last|one|each|shop|store|region)\b)"
        ),
        r"\1 compared to ",
    ),
    # how far are families behind office workers on price
    (
        (
            r"^how (?:far|much|many points) (?:is|are|was|were) (?!we\b|us\b)(.{2,40}?)"
            r" (?:behind|ahead of|in front of) (?!(?:all )?(?:the )?(?:others?|rest|average"
            r"|target|goal"
            r"|last|previous)\b)(.{2,40}?) (?=(?:on|in|for|when|with) )"
        ),
        r"gap between \1 and \2 ",
    ),
    # between families and office workers, which does better on price
    (
        (
            r"^(?:between|of|out of|among) (.{2,40}?) and (.{2,40}?)[,:]? (?:which|who)(?: one|"
            r" of them"
            r"| of the two)? (?=(?:does|did|is|was|has|had|fares?|scores?|performs?|rates?"
            r"|ranks?|gets?"
            r"|do|are|have)\b)"
        ),
        r"\1 or \2, which ",
    ),
    # benchmark families against office workers on price
    (
        (
            r"^(?:please |can you |could you |let's )?(?:benchmark|pit|weigh|measure|juxtapose"
            r"|match|set"
            r"|hold|line up) (.{2,40}?) (?:up )?(?:against|alongside|beside|with|to)"
            r" (?!(?:the )?(?:industry|market|sector|target)|\d+\W*$)"
        ),
        r"compare \1 with ",
    ),
    # is delivery better with us than with competitor A; NPS for us as against them
    (
        (
            r"^(is|are|was|were) (?:the )?([a-z -]{3,30}?) ((?:rated |scored )?(?:better|worse"
            r"|higher"
            r"|lower)) (?:with|for|at) us (?:than|or) (?:with |for |at )?"
        ),
        r"\1 our \2 \3 than ",
    ),
    (
        (
            r"^([a-z -]{3,30}?) (?:for|with|at) us (?:as )?(compared (?:to|with)|vs\.?|versus"
            r"|against) "
        ),
        r"our \1 \2 ",
    ),
    # NPS by month with last year's months next to it: a course beside that of a year ago
    (
        (
            rf"^{_BY_STEPS}(.{{3,60}}?),? (?:with|and|plus|next to|beside|alongside|against|vs\.?"
            r"|versus|compared (?:to|with)|overlaid with|on top of) (?:that of |those of"
            r" )?(?:the )?"
            rf"{_LAST_YEARS}(?:{_BESIDE})?(?=\W*$)"
        ),
        r"\1 with year on year",
    ),
    (rf"^{_BY_STEPS}(.{{3,60}}?),? {_LAST_YEARS}{_BESIDE}(?=\W*$)", r"\1 with year on year"),
    # 5.1 or 5.2: in which do people complain about crashes; does 5.1 crash more than 5.2
    (
        (
            rf"^({_SIDE}) (?:or|and|vs\.?|versus) ({_SIDE})[,:-]+ ?(?:in |on |with |for"
            rf" )?(?:which|where)"
            r"(?: (?:one|version|release|of (?:them|the two|these)))?"
            rf" (?:are there|is there|has|have|had|did|do|does|gets?|sees?)? ?{_MORE_TROUBLE}"
        ),
        lambda m: f"share of {m['what']} in {m[1]} vs {m[2]}",
    ),
    (
        (
            r"^(?:in |on |with |for )?(?:which|where)(?: (?:one|version|release|of (?:them|the two"
            rf"|these)))?,? (?:are there|is there|has|have|had|did|do|does|gets?|sees?)? ?"
            rf"{_MORE_TROUBLE}[,:]? (?:in |on |with |for )?({_SIDE}) or (?:in |on"
            rf" )?({_SIDE})(?=\W*$)"
        ),
        lambda m: f"share of {m['what']} in {m[2]} vs {m[3]}",
    ),
    (
        (
            rf"^(?:are|were|is) there (?:more|fewer) (?P<what>{_TROUBLE}) (?:in|on|with|for)"
            rf" ({_SIDE})"
            rf" (?:or|than) (?:in |on |with )?({_SIDE})(?=\W*$| (?:in|last|this|since)\b)"
        ),
        lambda m: f"share of {m['what']} in {m[2]} vs {m[3]}",
    ),
    (
        rf"^(?:does|do|did) ({_SIDE}) crash (?:more|less)(?: often)? than ({_SIDE})(?=\W*$)",
        r"share of crashes in \1 vs \2",
    ),
    # weigh up families and office workers, a duel between them, the delta between them
    (
        (
            r"^(?:please |let's |let us |can you |could you )?(?:weigh up|stack up|size up"
            r"|match up|line up"
            r"|pit|benchmark|differentiate(?: between)?|distinguish between|juxtapose|tell apart"
            r"|(?:set|put|place|lay) side by side|how different are|(?:a |the"
            r" )?(?:head[- ]to[- ]head"
            r"|face-?off|showdown|duel|match-?up|battle) (?:of|between))"
            r" (?=(?!nps|satisf).{2,60} (?:and|vs|versus|against|with) )"
        ),
        "compare ",
    ),
    (r"\b(?:delta|differential|diff)s? (?=between\b)", "difference "),
    # y/y, q-o-q
    (
        r"(?<![\w/])(y|yr|q|m|w)(?:/|-?o-?|-over-|-on-)\1(?![\w/])",
        lambda m: f"{SHORT_STEPS[m[1]]} on {SHORT_STEPS[m[1]]}",
    ),
    # vs PY, against LY, vs LM
    (
        rf"\b({_SET}) (?:the )?(?:py|ly|sply|pcp)\b(?! (?:and|or|is|was))",
        lambda m: f"{'than' if m[1] == 'than' else 'versus'} a year ago",
    ),
    (
        rf"\b({_SET}) (?:the )?[lp](m|q|w)\b",
        lambda m: f"{'than' if m[1] == 'than' else 'versus'} last {SHORT_BEFORE[m[2]]}",
    ),
    # against the prior year, versus twelve months earlier
    (
        (
            rf"\b(?!over )({_SET}) (?:(?:the )?(?:prior|previous|preceding|foregoing) year(?:'s)?"
            r"(?: (?:period|figure|value|number|level|result|score|month|quarter|week))?"
            r"|(?:12|twelve) months (?:ago|earlier|before|back|prior|previously))\b(?!-end)"
        ),
        lambda m: f"{'than' if m[1] == 'than' else 'versus'} a year ago",
    ),
    (
        (
            r"\b(?:the )?(?:corresponding|equivalent|comparable|matching|same|like|identical"
            r"|parallel)"
            r" (?:period|month|quarter|week|time|days|stretch|dates|months|weeks|point|span)"
            r" (?:of |in |from |during )?(?:(?:the )?(?:last|previous|prior|preceding) year|the"
            r" year"
            r" (?:before|prior|earlier)|a year (?:ago|earlier|before))\b"
        ),
        "same period last year",
    ),
    # did it improve in May on last year, this year on last
    (
        rf"\b({_NAMED_DAYS}) (?:on|from|over|and the same|and that of) last year(?:'s)?\b",
        r"\1 versus a year ago",
    ),
    # NPS in May was up on the year
    (r"\bon the (year|month|quarter|week)(?=\W*$)", r"\1 on \1"),
    # the annual change in NPS
    (
        (
            r"\b(?:the )?(?:annual|yearly) (?=(?:change|growth|increase|decrease|drop|rise|fall"
            r"|difference|decline|improvement)\b)(?!.*\b(?:since|over|by|each|per)\b)"
        ),
        "year on year ",
    ),
    # NPS in May minus April, this month / last month
    (rf"\bminus (?:in )?(?={_EARLIER}\b)", "versus "),
    (rf"\b({_NAMED_DAYS}) ?/ ?(?:in )?(?={_EARLIER}\b)", r"\1 versus "),
    # how far is NPS in May from April
    (
        (
            rf"^how (?:far|different|distant) (?:is|was|are|were) (.{{2,50}}?{_NAMED_DAYS})"
            rf" from (?={_EARLIER}\b)"
        ),
        r"\1 compared with ",
    ),
    # how does May stack up against April
    (
        (
            r"\b(?:stack|measure|square|shape|hold|line|weigh|match)(?:s|es)? up (?:against|to|with"
            r"|next to|beside|alongside)\b"
        ),
        "compare with",
    ),
    # canteen: the HQ or the Chengdu office, where is it better
    (
        (
            r"^(.{3,80} or .{3,60}?)[,:-]+ ?where (?:is|was) (?:it|that|this) (?=better|worse"
            r"|higher|lower)"
        ),
        r"\1, which is ",
    ),
    # families in Q1 versus families in Q4
    (
        (
            r"\b(\w[\w ]{2,30}(?<!week)(?<!weeks)(?<!days)(?<!half)(?<!part)(?<! end)(?<!start))"
            rf" (?:in|during|for|of) ({DATED}) (vs\.?|versus|against|compared"
            rf" (?:to|with)) \1 (?:in|during|for|of) (?={DATED})"
        ),
        r"\1 in \2 \3 ",
    ),
    # does anything separate mini program and SMS respondents in satisfaction
    (
        (
            r"^(?:does|do|did|is there) (?:anything|much|a lot|something)(?: that)? (?:separates?"
            r"|distinguish(?:es)?|divides?|sets? apart) (.{3,40}? and .{3,40}?) (?:in|on|when it"
            r" comes to) "
        ),
        r"compare \1 on ",
    ),
)
