"""English turns of phrase that ask how a number went over time: tracking it, its climb, its run."""

from __future__ import annotations

import re
from collections.abc import Callable

from huiyin.ask.english_comparing_turns import DATED, MONTH_NAMES
from huiyin.ask.english_moving_turns import MOVED
from huiyin.ask.english_step_turns import MEASURED

MONTH = "|".join(name[:3] for name in MONTH_NAMES.split()[:12])
STRETCH = (
    r"(?:(?:ever )?since\b|between\b|(?:over|during|across|throughout|for|in|within) (?:the )?"
    r"(?:(?:last|past|previous) (?:few |couple of |\w+ )?(?:weeks|months|quarters|years)"
    r"|(?:last|past|previous) (?:half|year)\b|course of|first half|second half|whole)"
    r"|in 20\d\d\b"
    rf"|from (?:the )?(?:early |late |mid |{MONTH}|q[1-4]|spring|summer|autumn|winter|start"
    rf"|beginning"
    r"|20\d\d|last)|this year\b|year to date|ytd\b|so far|until\b|till\b|up to\b|through(?:out)?\b"
    rf"|(?:{MONTH})[a-z]* (?:to|through|until|till|-|–) (?:{MONTH})"
    r"|over (?:the )?(?:weeks|months|quarters|years|time))"
)
"""Days that are long enough for a course."""
APART = r"(?:by|per|across|compared?|versus|vs\.?|against|than|which|each|every|split|separately)\b"
ASKS = (
    r"(?:(?:please|pls|kindly|can|could|would|will|you|i|we|want|wanna|need|have|to|'d|d|like|let's"
    r"|lets|let|us|just|help|me|try|go|and|ok|okay|hi|hello|hey|so|now|in|about|idea|is|the|it"
    r"|interested|curious) )*"
)
FAR = (
    r"(?:q[1-4] 20(?P<y>\d\d) (?:to|and|until|till|through) q[1-4] 20(?!(?P=y))\d\d"
    r"|q1(?: 20\d\d)? (?:to|and|until|till|through) q[34]|q2(?: 20\d\d)? (?:to|and|until|till"
    r"|through) q4"
    r"|20\d\d (?:to|and|until|till|through) 20\d\d)"
)
"""Two times with others between them."""
GRADUAL = (
    "climb|ascent|rise|slide|descent|decline|recovery|growth|erosion|improvement|deterioration"
    "|worsening|upswing|downswing|fall|drift|rebound|increase|decrease|comeback|slump|turnaround"
)
KEEPS = (
    r"(?:keeps?|kept|continues?|continued|continuing|goes on|go on|went on)(?: on)?(?: to)?"
    r" (?P<how>fall|ris|drop|climb|improv|slip|grow|declin|worsen|increas|decreas|slid|sink|recover"
    r"|deteriorat|creep|go|gett?|mov|head)(?:e|ping|ing|ting|s)?\b"
    r"(?: (?P<way>up|down|better|worse|higher|lower)\b)?"
)


def _keeps(found: re.Match[str]) -> str:
    """Say “does NPS keep falling” as a course that is told steadily."""
    way = f" {found['way']}" if found["way"] else ""
    verb = found["how"].removesuffix("t") if found["how"] == "gett" else found["how"]
    doubled = {"drop": "dropp", "slip": "slipp", "get": "gett"}.get(verb, verb)
    return f"is {found['what']} {doubled}ing{way} steadily"


def _between(found: re.Match[str]) -> str:
    """Say “how has NPS moved from January to May” as a course; two months in a row are compared."""
    ends = [MONTH.split("|").index(found[name][:3]) for name in ("a", "b")]
    if (ends[1] - ends[0]) % 12 < 2:  # noqa: PLR2004
        return found[0]
    return f"{found['before'] or ''}{found['what']} trend from {found['a']} to {found['b']}"


WENT = (
    r"^(?P<before>[^,:]{2,30}: |.{2,40} (?:that|if|whether|like) )?(?:so |and )?(?:how )?"
    r"(?:(?:has|have|did|is|are|was|were) (?:there been )?)?"
    rf"(?P<what>.{{2,60}}?) (?:(?:has|have|had|is|are) )?(?:been )?{MOVED}"
    rf"(?: (?:up|down|off|or|back|any|better|worse|higher|lower|ground|much|at all|{MOVED}))*"
)
MOVEMENT = (
    r"^(?P<before>(?:show me|give me|has there been|was there|have there been|is there) )?"
    r"(?:the |any |a )?(?:movements?|changes?|development|shifts?)"
    r" (?:in|of)"
)
MONTHS = rf"(?P<a>(?:{MONTH})[a-z]*) (?:to|and|until|till|through) (?P<b>(?:{MONTH})[a-z]*)"
ENDS = r"(?=\W*$| (?:in|for|among|with|at|on)\b)"
COURSES: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # NPS over the months, in the individual weeks, by calendar week
    (
        (
            r"\b(?:over|through|throughout|across|in|during) the (?:individual |single "
            r"|separate |different "
            r"|various |successive )?(month|week|quarter)s(?= (?:since|from|of|in|until|till"
            r"|up to|over|during"
            r"|this|last|january|between)\b|\W*$)"
        ),
        r"by \1",
    ),
    (r"\b(?:iso|calendar) (week|month|quarter|year)(?=s?\b)", r"\1"),
    # NPS plotted, NPS ever since October, NPS went from what to what
    (
        (
            rf"({MEASURED}) (?:plotted|charted|graphed|drawn|visuali[sz]ed)(?! (?:by|per|against"
            rf"|with)\b)"
        ),
        r"\1 trend",
    ),
    (
        rf"^(?P<what>(?:(?!{APART}).)*\b{MEASURED}(?:(?!{APART}).)*) ever since\b",
        r"\g<what> trend since",
    ),
    (rf"\b({MEASURED}) (?:went|goes|moved|has gone) from what to what\b", r"\1 trend"),
    (r"\btrend (?:analysis|report|overview|picture|view) (?=(?:of|for|on|in)\b)", "trend "),
    (
        rf"\b(?:the )?direction of (?=(?:the |our )?(?:\w+ )?{MEASURED}\b.*{STRETCH})",
        "trend of ",
    ),
    # what's NPS been like since March; what sort of shape is it in; how NPS looked in 2025
    (
        (
            rf"^what(?:'s| has| have) (?P<what>(?:(?!{APART}).){{2,50}}?) (?:been|looked) like(?="
            rf" {STRETCH})"
        ),
        r"\g<what> trend",
    ),
    (
        (
            r"^(?:(?:in )?what (?:sort of |kind of )?shape|how fit) (?:is|are|was|were)"
            r" (?P<what>.{2,40}?)(?: in)?"
            r"(?=,? (?:this|last|since|over|during|right|in|by|at)\b|\W*$)"
        ),
        r"how is \g<what>",
    ),
    (rf"^how (?P<what>(?:the |our )?(?:\w+ )?{MEASURED}) looked(?= {STRETCH})", r"\g<what> trend"),
    # does NPS show an upward trend, does it tend to fall
    (
        (
            r"^(?:does|do|did) (?P<what>.{2,50}?) (?:show|display|exhibit|have|follow|reveal)"
            r" (?:an?|any|some|the)"
            r" (?:\w+ )?(?:trend|pattern|tendency)\b"
        ),
        r"\g<what> trend",
    ),
    (
        (
            r"^(?:does|do|did) (?P<what>.{2,50}?) show (?:an?|any|some) (?:improvement"
            r"|progress|decline|growth"
            rf"|deterioration|movement)(?= {STRETCH})"
        ),
        r"\g<what> trend",
    ),
    (
        (
            r"^(?:does|do|did) (?P<what>.{2,50}?) tend to (?P<how>fall|ris|drop|climb|improv"
            r"|slip|grow|declin"
            r"|worsen|increas|decreas|sink|go|mov)(?:e|s)?\b(?: (?P<way>up|down|higher|lower)\b)?"
        ),
        _keeps,
    ),
    # how have our stores been doing on service since March
    (
        (
            r"\bhow (?:has|have|'ve) (?P<what>(?:the |our )?\w+(?: \w+){0,3}?) been (?:doing"
            r"|performing"
            r"|faring|scoring|getting on|getting along|rated) (?:on|regarding|when it comes to"
            r"|as to)"
            rf" (?P<on>(?:(?!{APART}).){{2,30}}?)(?= {STRETCH})"
        ),
        lambda m: (
            f"{m['on']} trend" + ("" if m["what"] in {"we", "things"} else f" of {m['what']}")
        ),
    ),
    # how has NPS been doing this year; how has service of gold members been since March
    (
        (
            rf"\bhow(?: has|'s| have|'ve| is| are) (?P<what>(?:(?!{APART}|\bif\b).){{2,60}}?) been"
            r" (?:doing|performing|faring|going|looking|behaving|coming along|shaping up|running"
            r"|getting on|getting along|holding up|scoring|progressing|tracking)"
            rf"(?P<on>(?: (?:on|with|in|for|among|at|regarding) (?:(?!the (?:last|past)"
            rf"|{MONTH}|q[1-4]"
            rf"|{APART}).){{2,30}}?)?)(?= {STRETCH})"
        ),
        r"\g<what> trend\g<on>",
    ),
    # where has NPS gone since March, how far has it come
    (
        (
            rf"^(?:so |and )?(?:where|how far) (?:has|have|did) (?P<what>(?:(?!{APART}).){{2,50}}?)"
            rf" (?:gone?|move[dn]?|travel+ed|come(?: along)?|progressed)(?: to)?(?= {STRETCH})"
        ),
        r"\g<what> trend",
    ),
    # the NPS journey of silver members since March
    (
        (
            rf"\b({MEASURED}) (?:journey|story|history|path|arc|progress|progression|evolution"
            rf"|course)"
            rf" (?=(?:of|for|among|in|at|with) .*{STRETCH})"
        ),
        r"\1 trend ",
    ),
    (
        (
            rf"\bhow(?: has|'s| have) (?P<what>(?:(?!{APART}|\bif\b|\blike).){{2,50}}?) been"
            rf"(?P<whom>(?: (?:for|with|among|in|at|on) (?:(?!the (?:last|past)|{MONTH}|q[1-4]).)"
            rf"{{2,30}}?)?) (?=(?!this year|so far|in|for){STRETCH})"
        ),
        r"\g<what>\g<whom> trend ",
    ),
    # how has each region been doing on NPS this year; track NPS by region this year
    (
        (
            r"\bhow (?:has|have) (?:each|every|all|the different|the various)(?: of the)?"
            r" (?P<by>\w+(?: \w+)?) (?:been"
            r" (?:doing|performing|faring|going|developing|trending|moving)|done|performed"
            r"|developed"
            r"|evolved|moved|fared) (?:on|in|for|with|regarding) (?P<what>.{2,40}?)"
            rf"(?= {STRETCH})"
        ),
        r"\g<what> trend by \g<by>",
    ),
    (
        (
            rf"^{ASKS}(?:track|trace|follow|monitor)(?:t?ing|e?ing)?(?: me| us)? (?:how )?"
            r"(?P<what>[^,]{2,50}?) (?:by|per|across|for each|for every) (?P<by>\w+(?: \w+)?)"
            rf"(?= {STRETCH})"
        ),
        r"\g<what> trend by \g<by>",
    ),
    # monthly NPS of all regions combined
    (
        (
            r"\b(?:of|for|across|over|in|with) (?:all|the|all the|all our|our) (?:stores|shops"
            r"|regions"
            r"|provinces|cities|segments|channels|branches|teams|sites|departments|platforms|brands"
            r"|carriers|products|tiers|industries|ages|age groups|customers)"
            r" (?:combined|together|as a whole|taken together|in total|pooled|lumped together)\b"
        ),
        "overall",
    ),
    # have people become happier with checkout
    (
        (
            r"\b(?:become|became|got|gotten|grown|grew) (?:any |a bit |a little |much |even )?"
            r"(?:(?P<up>happier|more (?:satisfied|content|pleased))|unhappier|less (?:happy"
            r"|satisfied"
            r"|content|pleased)|more (?:unhappy|dissatisfied|frustrated|annoyed))(?= with \w)"
        ),
        lambda m: "improved" if m["up"] else "worsened",
    ),
    # plot, chart, track NPS
    (
        (
            rf"^(?P<asks>{ASKS})(?:plot|graph|chart|track|trace|map|follow|monitor"
            rf"|watch)(?:t?ing|e?ing)?"
            r"(?: out)?(?: (?:me|us))? (?:how )?(?!of\b|for\b|the (?:line|chart|curve|course)"
            r"|an?\b|record|a (?:line|chart))"
            rf"(?P<what>(?:(?!{APART}).)*)$"
        ),
        r"show the trend of \g<what>",
    ),
    (
        r"^(?:map|trace|follow|monitor)(?:t?ing)?(?: out)? (?=.*\bby (?:day|week|month|quarter)\b)",
        "show ",
    ),
    # talk me through how NPS changed, walk me through NPS since March
    (
        (
            r"\b(?:talk|walk|take|run|guide|lead) (?:me|us) through (?:how|the way) (?=.*"
            r"\b(?:chang|mov|develop|evolv|went|trend|progress|been)\w*)"
        ),
        "show me how ",
    ),
    (
        (
            r"\b(?:talk|walk|take|run|guide|lead) (?:me|us) through (?!what|why|how)"
            rf"(?=(?:(?!{APART}).)*{STRETCH})"
        ),
        "show me the trend of ",
    ),
    # show me how satisfaction changed over the past year, could I see how it has been
    (
        (
            rf"^(?P<asks>{ASKS})(?:show|tell|give|see|know|describe|explain|outline"
            rf"|summari[sz]e|illustrate)"
            rf"(?: me| us)? how (?P<what>(?:(?!{APART}|\bmuch\b|\bmany\b).){{2,60}}?) (?:has "
            rf"|have )?(?:been"
            r" (?:chang|mov|develop|evolv|trend|go|do)ing|changed|moved|developed|evolved|shifted"
            r"|trended|progressed|went|gone|varied|fluctuated|behaved|drifted|ran|fared|performed)"
            rf"(?= {STRETCH})"
        ),
        r"show the trend of \g<what>",
    ),
    (
        (
            rf"^(?P<asks>{ASKS})(?:show|tell|give|see|know)(?: me| us)? how"
            rf" (?P<what>(?:(?!{APART}).){{2,50}}?) (?:has|have) been"
            rf"(?P<whom>(?: (?:for|with|among|in|at|on) (?:(?!the (?:last|past)|{MONTH}|q[1-4]).)"
            rf"{{2,30}}?)?) (?=(?!this year|so far|in|for){STRETCH})"
        ),
        r"show the trend of \g<what>\g<whom> ",
    ),
    # since January, how has NPS been doing
    (
        (
            rf"^(?P<days>(?=(?!this|so far|in ){STRETCH})[^,]{{5,40}}?),? (?:so |and )?how(?:"
            rf" has|'s| is| have)"
            rf" (?P<what>(?:(?!{APART}).){{2,50}}?) (?:been(?: (?:doing|going|looking|faring"
            rf"|performing))?"
            r"|doing|going|looking|faring|performing)(?=\W*$)"
        ),
        r"\g<what> trend \g<days>",
    ),
    # do you see a trend in NPS; NPS long-term; the monthly average of NPS
    (
        (
            r"^(?:do|can|could|did) (?:you|we|i) (?:see|notice|spot|detect|observe"
            r"|recogni[sz]e|find|make out)"
            r" (?:an?|any|some) (?:\w+ )?(trends?|patterns?) (?:in|for|with|on) "
        ),
        "trend of ",
    ),
    (r"\b(?:in|over) the long[ -](?:run|term)\b|\blong[ -](?:run|term)\b(?= trend)", "over time"),
    (r"\blong[ -]term\b(?! (?:customer|member|client|account|user))", "over time"),
    (r"\b(daily|weekly|monthly|quarterly) averages?(?! of\b)", r"\1"),
    (r"\b(?:the )?(daily|weekly|monthly|quarterly) averages? of\b", r"\1"),
    # in what way has NPS changed; did it change much
    (r"\bin (?:what|which) (?:way|manner|fashion|direction) (?=has|have|did|is)", "how "),
    (
        (
            r"^(?:did|has|have) (?P<what>.{2,50}?) changed? (?:much|a lot|at all|significantly|a"
            r" great deal)\b"
        ),
        r"how did \g<what> change",
    ),
    (
        (
            r"^(?:has|have|did) (?:anything|something|much|a lot) (?:changed?|moved?|happen(?:ed)?"
            rf"|shift(?:ed)?) (?:in|on|with|to|for|about) (?=.*(?!from|between){STRETCH})"
        ),
        "trend of ",
    ),
    # NPS throughout 2025, m-o-m NPS this year
    (
        (
            rf"^(?P<what>(?:(?!{APART}).)*\b{MEASURED}(?:(?!{APART}).)*) (?=throughout (?:20|the"
            rf"|this|last))"
        ),
        r"\g<what> trend ",
    ),
    (
        rf"\bm[-/]?o[-/]?m\b(?=.*{STRETCH})(?!.*\b(?:growth|change|rise|increase|drop|compar)\w*)",
        "by month",
    ),
    # what has been happening with NPS since March, what is going on with it month by month
    (
        (
            r"^(?:so |and )?what(?:'s| is| has| have)?(?: been)? (?:going on|happening|happened|up"
            r"|the story|become|the deal|the latest)(?: been)? (?:with|to|in|on|of|at)"
            rf" (?P<what>(?:(?!{APART}).){{2,60}}?),? (?=(?:by |each |every |{STRETCH}))"
        ),
        r"\g<what> trend ",
    ),
    # the climb of NPS since March
    (
        (
            rf"^(?:(?:show|give|see|chart|describe)(?: me| us)? )?(?:the |our |a |this"
            rf" )?(?:{GRADUAL})"
            rf" (?:of|in|for) (?P<what>(?:(?!{APART}).){{2,60}}?) (?=(?!from|between"
            rf"|in\b){STRETCH}[^,]*$)"
        ),
        r"\g<what> trend ",
    ),
    # does NPS keep falling
    (
        rf"^(?P<ask>(?:does|do|did|has|have|will|is|are) )(?P<what>.{{2,50}}?) (?:still )?{KEEPS}",
        _keeps,
    ),
    # the run of NPS since March
    (
        (
            r"\b(?:the |a )?(?:run|record|story|journey|path|arc|curve|line|shape|flow|life"
            r"|progress)"
            rf" of (?P<what>(?=.*\b{MEASURED}\b)(?:(?!{APART}).){{2,50}}?) (?={STRETCH})"
        ),
        r"trend of \g<what> ",
    ),
    # how did NPS run, unfold, pan out
    (
        (
            r"\bhow (?:did|does|do) (?P<what>.{2,50}?) (?:go|run|hold|hold up|come along|start"
            r" and (?:end|finish)|unfold|pan out|play out"
            r"|wander|swing"
            rf"|vary|fluctuate|travel|trend|look)"
            rf"(?P<whom>(?: (?:for|with|among|in|at|on) (?:(?!the (?:last|past)|{MONTH}|q[1-4]).)"
            rf"{{2,30}}?)?)(?= {STRETCH})"
            r"(?!.*\b(?:vs|versus|against|compared|than)\b)"
        ),
        r"\g<what>\g<whom> trend",
    ),
    # the behaviour, the seasonal pattern of NPS
    (
        (
            r"\b(?:the |any |a )?(?:behaviou?r|(?:seasonal|monthly|weekly|quarterly|yearly|annual)"
            r"(?:it(?:y|ies))? (?:pattern|swing|rhythm|cycle|movement|variation|fluctuation"
            r"|change)s?"
            r"|seasonality|cyclicality|swings|oscillations?|gyrations?|movements?|pattern) (?:of|in"
            rf"|for) (?=(?:the |our |average )?(?:\w+ ){{0,3}}{MEASURED})(?!.*\bfrom\b.*\bto\b)"
        ),
        "trend of ",
    ),
    # month on month between February and May: shown by month
    (
        (
            r"\b(day|week|month|quarter)[ -](?:on|over|by|after|to|upon)[ -]\1\b(?=.{0,40}"
            rf"(?:\bbetween (?:{DATED}) and|\bfrom\b|(?:first|second) half|\bthis year|\b20\d\d\b))"
            r"(?!.*\b(?:growth|change|rise|increase|drop|compar)\w*)"
        ),
        r"by \1",
    ),
    # East China: how has NPS moved from October to March; movement in NPS between January and May
    (rf"{WENT} (?:from|between) {MONTHS}{ENDS}", _between),
    (rf"{WENT} (?=(?:from|between) {FAR}{ENDS})", r"\g<before>\g<what> trend "),
    (rf"{MOVEMENT} (?P<what>.{{2,50}}?) (?:from|between) {MONTHS}{ENDS}", _between),
    (rf"{MOVEMENT} (?=.* from {FAR})", r"\g<before>trend of "),
    # how volatile has NPS been
    (
        (
            r"\bhow (?:steady|stable|volatile|consistent|erratic|bumpy|jumpy|smooth) (?:is|was|has"
            rf"|have|are|were) (?P<what>(?=.*\b{MEASURED}\b).{{2,50}}?) been\b"
        ),
        r"\g<what> trend",
    ),
    (
        (
            r"\bhow much (?:has|have|did) (?P<what>(?=.*\b"
            rf"{MEASURED}\b).{{2,50}}?) (?:fluctuated?|var(?:y|ied)|wobbled?|swung|swing|bounced?"
            r" around|moved? about|jumped? around)\b"
        ),
        r"\g<what> trend",
    ),
)
