"""English turns of phrase that ask how a number moved: on the slide, held steady."""

from __future__ import annotations

import re
from collections.abc import Callable

from huiyin.ask.english_comparing_turns import DATED, MONTH_NAMES
from huiyin.ask.english_step_turns import MEASURED

MOVED = (
    r"(?:chang|improv|rose|ris|fall|fell|drop|slip|declin|decreas|increas|gone|go|went|get|got|pick"
    r"|come|came|coming|grow|grew|climb|worsen|deteriorat|mov|slid|dip|recover|rebound|gain|tank"
    r"|fluctuat|var(?:y|ied)|shift|swing|swung|jump|sink|sank|sunk|plung|weaken|strengthen|wobbl"
    r"|surg|slump|tumbl|erod|soar|edg|creep|crept|drift)[a-z]*"
)
MOVES = (
    "drop|fall|rise|change|decline|increase|jump|dip|gain|improvement|movement|shift|move|growth"
    "|recovery|slide|slump|decrease|uptick|bump"
)
MOVE_NOUNS = (
    "downturn|fall-?off|drop-?off|deterioration|worsening|reduction|plunge|dent|loss|upturn"
    "|upswing|surge|climb|lift"
    "|swing|spike|tumble|downswing|collapse|descent|weakening|setback|rebound"
)
"""Other nouns of a move, told by what stands after them."""
FALLS = {
    "go": "fall", "goes": "falls", "going": "falling", "went": "fell", "gone": "fallen",
    "take": "fall", "takes": "falls", "taking": "falling", "took": "fell", "taken": "fallen",
}  # fmt: skip
QUICK = "(?:quicker|faster|cleaner|friendlier|cheaper|smoother|tidier|easier)"
SLOW = "(?:slower|dirtier|messier|ruder|pricier|dearer|harder)"
GAINS = {"make": "improve", "makes": "improves", "making": "improving", "made": "improved"}
MONTH_OF_YEAR = "|".join(name[:3] for name in MONTH_NAMES.split()[:12])
LONGER = (
    r"(?:since\b|between\b|(?:over|during|in|across|from|through|throughout) (?!(?:the"
    r" )?(?:last|past)"
    rf" (?:month|week)\b|(?:{MONTH_OF_YEAR})\w*\W*$)|this (?:year|quarter)\b"
    r"|last (?:year|quarter)\b|year[ -]to[ -]date|so far|ytd\b)"
)
"""What a course may be told of: days that are more than one month."""


def _course(found: re.Match[str]) -> str:
    """Say “did NPS rise between January and May” as a course; two months in a row are compared."""
    first, last = (MONTH_OF_YEAR.split("|").index(one[:3]) for one in (found["a"], found["b"]))
    if (last - first) % 12 < 2:  # noqa: PLR2004
        return found[0]
    return f"{found['what']} trend from {found['a']} to {found['b']}"


MOVING: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # did NPS rise between January and May, how has it changed from January to May
    (
        (
            r"^(?:so |and )?(?:how )?(?:(?:has|have|did|is|are|was|were) (?:there been )?"
            r"|how much did (?=.*(?:fluctuat|vary|swing|wobble)))(?P<what>.{2,60}?)"
            rf" (?:been )?{MOVED}(?: (?:up|down|off|back|any|better|worse|higher|lower|ground))*"
            rf" (?:from|between) (?P<a>(?:{MONTH_OF_YEAR})[a-z]*) (?:to|and|until|till|through)"
            rf" (?P<b>(?:{MONTH_OF_YEAR})[a-z]*)(?=\W*$)"
        ),
        _course,
    ),
    # how many points did NPS lose: points of the number, no membership points
    (
        (
            r"\bhow many (?:percentage )?(?:points|pts|pp) (?=(?:did|has|have|was|were|is|are"
            r"|higher|lower|better|worse|up|down)\b)"
        ),
        "how much ",
    ),
    (
        (
            r"\b(lose|loses|lost|losing|gain|gains|gained|gaining|shed|drop|dropped|fall|fell|rise"
            r"|rose|climb|climbed|add|added)(?: any| some| many| a few)? (?:percentage )?points?\b"
        ),
        r"\1",
    ),
    # how NPS going since January; NPS chart since January
    (
        (
            r"^how (?!is\b|are\b|was\b|were\b|has\b|have\b|did\b|do\b|does\b)(.{2,40}?)"
            rf" (?:going|moving|trending|developing) (?={LONGER})"
        ),
        r"\1 trend ",
    ),
    (
        rf"^(?!.*\b(?:by|per|bar|pie)\b)(.*{MEASURED}) (?:line )?(?:chart|graph|plot) (?={LONGER})",
        r"\1 trend ",
    ),
    # the NPS story since January
    (
        (
            rf"({MEASURED}) (?:pattern|direction|story|journey|moves|drift|trail|flow)"
            r" (?=(?:since|over|during|from|in the last|this year|throughout)\b)"
        ),
        r"\1 trend ",
    ),
    # the size of the drop in NPS
    (
        (
            r"\b(?:what (?:is|was) )?(?:the )?(?:size|magnitude|extent|scale|amount) of"
            rf" (?=(?:the |our |that |this |any )?(?:{MOVES}) (?:in|of)\b)"
        ),
        "",
    ),
    # did we make progress on service
    (
        (
            r"\b(mak(?:e|es|ing)|made) (?:any |some |much |good |real |great |a lot of |enough )*"
            r"(?:progress|headway|strides|inroads|gains|advances|ground|improvements?)"
            r" (?=(?:on|in|with|at|regarding)\b)"
        ),
        lambda m: GAINS[m[1]] + " ",
    ),
    # is NPS moving in the right direction, going the wrong way
    (
        (
            r"\b(?:moving|heading|headed|going|trending|developing|pointing|drifting)"
            r" (?:in )?(?:the |a )(?:(?P<up>right|good|positive|upward|healthy)"
            r"|wrong|bad|negative|downward|unhealthy) (?:direction|way)\b"
        ),
        lambda m: "improving" if m["up"] else "worsening",
    ),
    # how is NPS tracking this year, coming along since March
    (
        (
            r"^(?:so |and )?how(?:'s| is| are) (?P<what>.{2,40}?) (?:tracking|coming along"
            r"|shaping up|progressing|getting along|moving along|evolving|behaving|trending)"
            rf" (?={LONGER})(?!.*\b(?:vs|versus|against|compared|than)\b)"
        ),
        r"\g<what> trend ",
    ),
    (
        (
            r"\bhow (?:did|does|do) (?P<what>.{2,40}?) (?:move|shift|evolve|behave|progress|travel"
            rf"|go|track|drift) (?={LONGER})(?!.*\b(?:vs|versus|against|compared|than|to)\b)"
        ),
        r"how did \g<what> develop ",
    ),
    (
        (
            r"\b(show|tell|give)(?: me| us)? how (?P<what>.{2,40}?) (?:moved|shifted|evolved|went"
            rf"|behaved|drifted) (?={LONGER})(?!.*\b(?:vs|versus|against|compared|than|to)\b)"
        ),
        r"\1 \g<what> trend ",
    ),
    (
        r"^(?:in )?(?:what|which) direction (?:has|have|did) (.{2,40}?) (?:taken|take|gone|go)\b",
        r"\1 trend",
    ),
    # share solved dropping in which region most
    (
        (
            r"^(?:the )?([^,]{3,40}?) (?:is |are )?(dropping|falling|rising|improving|declining"
            r"|slipping"
            r"|growing|worsening|dropped|fell|rose|improved|declined|slipped|grew|worsened) in"
            r" which"
            r" (\w+(?: \w+)?) (?:the )?most\b"
        ),
        r"which \3 \2 most in \1",
    ),
    # did anything move on price between Q4 and Q1
    (
        (
            rf"^did (?:anything|something|much|a lot) (?:move|change|shift|happen) (?:on|in"
            rf"|with|to)"
            rf" (.{{3,30}}?) between ({DATED}) and ({DATED})\b"
        ),
        r"how did \1 change in \3 compared with \2",
    ),
    # health insurance payout, did it get quicker after January
    (
        (
            rf"\b(?:get|got|gotten|become|became|grow|grown|turn|turned) (?:any |a bit |a"
            rf" little |much"
            rf" |even )?(?:(?P<up>{QUICK})|{SLOW})(?= (?:after|since|in|over|during|this|last)\b)"
        ),
        lambda m: "improved" if m["up"] else "worsened",
    ),
    # jump in NPS in April, where did it come from; the drop in May, what is it attributed to
    (
        (
            rf"^(?:the |this |that |a )?((?:{MOVES}|{MOVE_NOUNS}) (?:in|of) [^,:?]{{2,60}}?)[,:?]+"
            rf" (?:where"
            r" (?:did|does) (?:it|this|that) come from|what (?:is|was|lies|could be|can be) (?:be)?"
            r" ?(?:behind it|(?:it|this|that) (?:be )?(?:attributed to|due to|down to|caused by"
            r"|owed to|because of))|what (?:caused|drove|explains|triggered|is driving|led to)"
            r" (?:it|this|that)|how (?:come|so))(?=\W*$)"
        ),
        r"why the \1",
    ),
    (
        (
            rf"^what (?:is|was|are|can|could|should|do we) (?:the |this |that )?((?:{MOVES}"
            rf"|{MOVE_NOUNS})"
            rf" (?:in|of)"
            r" .{2,60}?) (?:be )?(?:attributed to|due to|down to|caused by|owed to|because of"
            r"|explained by|triggered by)(?=\W*$)"
        ),
        r"why the \1",
    ),
    # in which province was the drop in NPS most severe
    (
        (
            rf"^(?:in|at|for) which (\w+(?: \w+)?) (?:was|is|were) the ({MOVES}) (?:in|of)"
            rf" (.{{2,40}}?)"
            r" (?:the )?(?:most (?:severe|dramatic|marked|pronounced|visible|striking)|biggest"
            r"|largest|greatest|sharpest|steepest|strongest|worst)\b"
        ),
        r"which \1 had the biggest \2 in \3",
    ),
    # anything unusual in satisfaction over the past eight weeks
    (
        (
            r"^(?:is there |was there |did you see |see )?anything (?:dramatic|unusual|notable|new"
            r"|interesting|strange|odd|weird|striking|happening|going on|special|remarkable"
            r"|suspicious|worth noting) (?:in|with|about|on|to) (?=.*\b(?:over|since|during|last"
            r"|past|this|in)\b)"
        ),
        "trend of ",
    ),
    # thanks to what did NPS improve
    (
        (
            r"^(?:thanks to what|owing to what|due to what|because of what|on account of what"
            r"|how come|how is it that|why on earth|why the hell|why in the world|what made it"
            r" that)"
            r" (?=did|does|has|is|was|have|are|the|our|nps|satisf)"
        ),
        "why ",
    ),
    # versus what it was in Q1
    (
        (
            r"\b(vs\.?|versus|than|compared (?:to|with)|against|from) what (?:it|they|that)"
            r" (?:was|were|used to be|had been)(?: back)? (?=in\b|last\b|a\b|during\b)"
        ),
        r"\1 ",
    ),
    # NPS by week of May
    (rf"\bby (day|week) of (?={DATED})", r"by \1 in "),
    # how many points did NPS gain from Q1 to Q2
    (
        (
            rf"^((?:by )?how (?:much|far|many (?:percentage )?points) (?:did|has|have) .{{2,60}}?)"
            rf" (?:from|between) ({DATED}) (?:to|and|until|till) ({DATED})\b"
        ),
        r"\1 in \3 versus \2",
    ),
    # are we getting faster at replying
    (
        (
            r"\b(did|have|has|are) (?:we|they|you) (?:get|got|gotten|become|getting) (?:any )?"
            r"(faster|quicker|slower) (?:at|in|with) (?:replying|responding|answering|reply"
            r"|response)\b"
        ),
        lambda m: f"{m[1]} speed of reply {'get better' if m[2] != 'slower' else 'get worse'}",
    ),
    # has delivery gone to the dogs, did service take a knock
    (
        (
            r"\b(?:(go|goes|going|went|gone) (?:to (?:the dogs|pot|seed|rack and ruin|hell)"
            r"|off (?:a|the) (?:cliff|rails|boil)|pear-shaped|backwards?|belly up|into (?:freefall"
            r"|reverse|a tailspin))"
            r"|(take|takes|taking|took|taken) an? (?:\w+ )?(?:tumble|dive|knock|battering|nosedive"
            r"|beating|hammering|turn for the worse|step back|downturn))\b"
        ),
        lambda m: FALLS[m[1] or m[2]],
    ),
    # week on week for the last two months: shown by week
    (
        (
            r"\b(day|week|month|quarter)[ -](?:on|over|by|after|to)[ -]\1\b"
            r"(?=.{0,40}\b(?:for|over|in|during) the (?:last|past)"
            r" (?:\w+ )?(?:days|weeks|months|quarters)\b)"
        ),
        r"by \1",
    ),
    # has checkout been on the slide since February, on the mend
    (
        (
            r"\bon (?:the|a|its|their) (?:slide|decline|wane|skids|way"
            r" down|downward path|downward slope)\b"
        ),
        "falling",
    ),
    (
        r"\bon (?:the|a|its|their) (?:rise|mend|up|way up|increase|upward path|upward slope)\b",
        "rising",
    ),
    # how has price held up over the last six months
    (
        (
            r"^how (?:has|have) (.{2,40}?) (?:been )?(?:held up|holding"
            r" up|fared|faring|evolved|evolving|come along"
            r"|coming along|progressed|progressing|moved|getting on|shifted|tracked|drifted"
            r"|unfolded|panned out|played out|going|tracking|drifting|unfolding|varied|gone|run"
            r"|wandered|travelled|traveled)"
            r"(?= (?:over|since|during|in|this|across|from)\b)"
        ),
        r"\1 trend",
    ),
    # which site has come on most
    (r"\b(?:has|have|had) come (?:on|along) (?:the )?(?:most|furthest)\b", "improved the most"),
    # is delivery getting any quicker
    (
        (
            r"\bgetting (?:any |a bit |a little |much |even |steadily"
            r" |slowly )?(?:quicker|faster|cleaner|friendlier|cheaper"
            r"|smoother|tidier"
            r"|stronger|happier|more satisfied)\b"
        ),
        "improving",
    ),
    (
        (
            r"\bgetting (?:any |a bit |a little |much |even |steadily"
            r" |slowly )?(?:slower|dirtier|messier|ruder|pricier|weaker"
            r"|unhappier"
            r"|less (?:satisfied|happy)|more expensive)\b"
        ),
        "worsening",
    ),
    # the direction of travel
    (r"\b(?:the )?(?:direction of travel|trajectory) (?:of|for|in) ", "trend of "),
    # the story of satisfaction this year, a graph of NPS since March
    (
        (
            r"\b(?:story|journey|path|arc|pattern|direction|drift|series|run|record|graph|plot)"
            r" of (?=(?:the |our )?(?:nps|net|satisf|effort|repurchase|repeat|return|churn)"
            r"[^,]{0,30} (?:this|last|over|since|during|in|from|so far)\b)"
        ),
        "trend of ",
    ),
    (r"\b(?:path|arc|sparkline|momentum|track record|time series)\b(?! to)", "trend"),
    (r"\bby the (month|week|quarter|day)\b(?! (?:of|that|in which|when)\b)", r"by \1"),
    (r"\b(?:month-on-month|month-over-month) (?:figures|numbers|values)\b", "by month"),
    (
        (
            r"(?<!half )\b(?:through|throughout|across) the (?:whole |entire )?year\b"
            r"(?! (?:of|to|before))"
        ),
        "by month this year",
    ),
    # by the end of May, how had satisfaction developed since January
    (
        (
            rf"^by the (?:end|close) of ({DATED}),? (.{{4,60}}?) since"
            rf" (?:the (?:start|beginning) of )?"
            rf"({DATED})(?=\W*$)"
        ),
        r"\2 from \3 to \1",
    ),
    # has the situation of tidiness been improved
    (r"\b(?:the )?(?:situation|condition|state) of (?=(?:the |our )?\w)", ""),
    (
        (
            r"\b(has|have|had) (.{2,40}?) been (improved|increased|decreased|raised|lowered"
            r"|reduced)\b"
        ),
        r"\1 \2 \3",
    ),
    # the tendency of NPS
    (r"\btendenc(?:y|ies)\b", "trend"),
    # has it become rarer
    (
        (
            r"\b(?:become|became|got|gotten|getting|grown|becoming) (?:rarer|less (?:common"
            r"|frequent"
            r"|widespread|prevalent|often))\b"
        ),
        "gone down",
    ),
    (
        (
            r"\b(?:become|became|got|gotten|getting|grown|becoming) (?:commoner|more (?:common"
            r"|frequent"
            r"|widespread|prevalent))\b"
        ),
        "gone up",
    ),
    # whatever happened to our checkout scores: why they moved
    (r"^what(?:ever|soever)? happened (?=to\b|with\b)", "what happened "),
    # is the drop real, or just noise
    (
        (
            r",? ?\b(?:(?:for )?real|genuine|significant|meaningful|a trend|something),? or"
            r" (?:is it |is that |was it )?(?:just |only |merely |mere |pure |plain |random "
            r"|statistical |a matter of )*"
            r"(?:noise|chance|a blip|blip|a fluke|fluke|coincidence|random|luck|nothing)(?=\W*$)"
        ),
        "",
    ),
    (
        rf"\b({MOVES}) in (.{{2,40}}?) (?:from|between) ({DATED}) (?:to|and) ({DATED})\b",
        r"\1 in \2 in \4 compared with \3",
    ),
    # has satisfaction held up since; held steady
    (
        (
            r"\bhow (has|have|had|did|is|are) (.{2,60}?) (?:held|hold|holding) (?:up|steady|firm"
            r"|on)\b"
        ),
        lambda m: f"how {m[1]} {m[2]} develop{'ed' if m[1] != 'did' else ''}",
    ),
    (
        r"\b(has|have|had|did|is|are) (.{2,60}?) (?:held|hold|holding) (?:up|steady|firm|on)\b",
        r"\1 \2 stayed steady",
    ),
    # month on month, what did after-sales do
    (
        (
            r"\bwhat (?:did|has|have) (.{2,40}?) (?:do|done)(?=\W*$| (?:in|over|during|last|this"
            r"|since|from|between|month|week|quarter|year)\b)"
        ),
        r"how did \1 change",
    ),
    # stores whose product quality dropped: which of them they are
    (
        (
            r"^(?:(?:show|list|give|find|name|pick out|flag|any)(?: me| us)? )?(?:all |the |any )*"
            r"(stores|shops|regions|cities|provinces|channels|teams|agents|branches|tellers"
            r"|industries|modules|releases|carriers|departments|sites|groups|tiers|age groups"
            r"|segments|clerks) (?:whose|where(?: the)?|with) (?=.{2,40}\b(?:dropped|fell|slipped"
            r"|rose|improved|declined|went (?:up|down)|got (?:better|worse)|worsened|grew"
            r"|decreased"
            r"|increased|slid|sank|climbed|deteriorated|recovered)\b)"
        ),
        r"which \1 ",
    ),
)
