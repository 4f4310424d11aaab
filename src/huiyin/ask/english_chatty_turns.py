"""English as it is chatted: what annoys people most, whatever happened to, real or just noise."""

from __future__ import annotations

import re
from collections.abc import Callable

NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
           "nine": 9, "ten": 10, "zero": 0}  # fmt: skip
SAYERS = (
    "(?:detractors?|promoters?|passives?|(?:un|dis)?(?:happy|satisfied) (?:customers|people|users"
    "|clients"
    "|shoppers|members))"
)


PARTS = (
    "(?:q[1-4]|h[12]|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
OF_WORTH = {"deal": "contract", "account": "contract"}
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


def _level(found: re.Match[str]) -> str:
    """Say “gave us a five” by its figure."""
    return f"{found[1]} {NUMBERS[found[2]]}"


CHATTY: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # Q1 vs Q2 2025
    (
        (
            rf"\b(?P<one>{PARTS})(?P<by> (?:vs\.?|versus|or|against|compared (?:to|with)|than)"
            rf" (?:in )?)"
            rf"(?P<other>{PARTS}) (?:of |in )?(?P<year>20\d\d|last year)\b"
        ),
        _year_of_both,
    ),
    # rolling 30 days; north of 40; two-thirds
    (
        r"\b(?:rolling|running) (\d+|\w+)[ -](day|week|month)s?\b(?: average| window)?",
        r"last \1 \2s",
    ),
    (r"\bnorth of (?=\d)|\b(?:clear|crack|break)(?:s|ing|ed)? (?=\d)", "above "),
    (r"\bsouth of (?=\d)", "below "),
    (r"\b(one|two|three)-(third|quarter|fifth|tenth)", r"\1 \2"),
    (
        (
            r"\b(team|version|group|agent|carrier) (one|two|three|four|five|six|seven|eight|nine"
            r"|ten)\b"
        ),
        lambda m: f"{m[1]} {NUMBERS[m[2]]}",
    ),
    # how many in a hundred; who is the happiest bunch: families, commuters or gifters
    (
        r"\bhow many (?:in|out of|of) (?:a |every |each |one )?(?:hundred|100)(?: of them)?\b",
        "what percentage of customers",
    ),
    (
        (
            r"^who (?:is|are) (?:the |our )?(happiest|unhappiest|most satisfied|least satisfied"
            r"|most likely"
            r" to come back)(?: bunch| crowd| lot| group| ones?)?\W+(?=.* or )(.+?)(?=\W*$)"
        ),
        r"which of \2 is \1",
    ),
    # which channel the satisfaction is comparatively low
    (
        (
            r"\b(?:on |in |at )?which (\w+(?: \w+)?) (?:the |our |is the )?([a-z][a-z -]{2,30}?)"
            r" (?:is |are |was )?"
            r"(?:comparatively|relatively|rather|quite|a bit) (low|high)(?:er)?(?=\W*$)"
        ),
        r"which \1 has the \3est \2",
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
    # compare to last year, how about NPS in May
    (
        (
            r"^(?:compare|compared|comparing) (?:to|with) ((?:the )?(?:last|same|previous|a)"
            r" [^,]{3,30}),"
            r" (?:how (?:about|is|was)|what (?:about|is|was))? ?(.+?)(?=\W*$)"
        ),
        r"\2 compared to \1",
    ),
    (r"\b(\d\d) ?(?:-|to) ?(\d\d) years?[ -]olds? (?=people|customers|users)", r"\1-\2 year old "),
    # what share find it effortless; eats up most effort
    (
        (
            r"\b(?:share|percentage|percent|proportion)(?: of (?:customers|people|users|callers"
            r"|them))? "
            r"(?:who |that )?(?:find|found|thought|think|finds) (?:it|this|us) (?:very )?(?:easy"
            r"|effortless"
            r"|simple|painless|a breeze)\b"
        ),
        "easy share",
    ),
    (r"\b(?:eat|take|soak|use|suck|swallow)s? up (?=(?:the )?(?:most|least))", "takes "),
    (r"\b(how|what|where|why)'d\b", r"\1 did"),
    (r"\bwhichever (\w+) (?=(?:has|is|gets|got|scores?)\b)", r"which \1 "),
    (r"\btendenc(?:y|ies)\b", "trend"),
    # what does NPS look like in May
    (r"^(?:so |and )?what (?:does|do|did) (.{2,60}?) look like\b", r"what is \1"),
    # how punctual were we
    (
        (
            r"\bhow (?:punctual|timely) (?:are|is|were|was|have) (?:we|us|our deliveries"
            r"|deliveries)(?: been)?\b"
        ),
        "what is the on-time rate",
    ),
    (r"\bhow (?:punctual|timely) (?:are|is|were|was) (?=\w)", "what is the on-time rate of "),
    # could anybody tell me; where do I see
    (
        (
            r"^(?:hi,? |hello,? |hey,? )?(?:could|can|would|will) (?:anyone|anybody|someone"
            r"|somebody"
            r"|one of you|any of you) (?:please |kindly |quickly )*(?:tell|show|give|let|send|get)"
            r" (?:me|us)(?: know)?,? "
        ),
        "",
    ),
    (
        (
            r"(?:^|(?<=, ))where (?:do|can|could|would|should) (?:i|we|one) (?:see|find|look up"
            r"|check|get"
            r"|view|read) (?=(?:how|what|which|the|our|nps|satisf|whether)\b)"
        ),
        "",
    ),
    # gave us a five on service
    (
        (
            r"\b((?:gave|give|gives|giving|rated|scored)(?: (?:us|it|our|the|service|delivery"
            r"|checkout"
            r"|price|prices|quality|tidiness|\w+ quality))*(?: an?| just| only)*) "
            r"(one|two|three|four|five|six|seven|eight|nine|ten|zero)"
            r"(?= (?:on|for|in|stars?|or|to|out)\b|\W*$)"
        ),
        _level,
    ),
    (
        (
            r"\b(gave|give|gives|giving) us (?:an? )?(\d+)(?: stars?)? (?:on|for) (?:the |our )?"
            r"([a-z][a-z -]{2,20}?)(?=\W*$| (?:in|this|last|since|during|over|from|by)\b)"
        ),
        r"\1 \3 a \2",
    ),
    # which comments came with a 1 on tidiness
    (
        (
            r"^(?:which|what) comments (?:came|come|go|went|were left|are left|came in) with"
            r" (?:an? )?"
            r"(\d+)(?: stars?)? (?:on|for|in) (?:the |our )?([a-z][a-z -]{2,20}?)"
            r"(?=\W*$| (?:in|this|last|since|during|over|from|by)\b)"
        ),
        r"comments of people who gave \2 a \1",
    ),
    (
        (
            r"^(?:(?:show|give|read|get|find|send)(?: me| us)? )?(?:the )?(?:exact |very |own"
            r" )?words "
            r"(?=of\b|from\b|by\b)"
        ),
        "comments ",
    ),
    (
        (
            r"^(?:(?:show|give|list|tell)(?: me| us)? |what are )?(?:the |main |top |key |biggest"
            r" )*reasons "
            rf"(?:of|from|by|given by|named by|for being) (?:the |our )?({SAYERS})\b"
        ),
        r"what do \1 say",
    ),
    # the top thing to work on for gift buyers' satisfaction
    (
        (
            r"^what (?:would be|is|are|was|should be) (?:the |our |my )?(?:top|main|number one"
            r"|first|biggest"
            r"|most important|key|best) (?:thing|lever|point|area|priority|item|place)s? (?:to|we"
            r" should"
            r"|we need to|we could|worth) (?:start )?(?:work(?:ing)? on|fix(?:ing)?|improv(?:e"
            r"|ing)|tackl(?:e|ing)"
            r"|address(?:ing)?|chang(?:e|ing))(?: (?:for|to (?:lift|raise|improve|get|boost)))?"
            r" (?=\w)"
        ),
        "what drives ",
    ),
    (
        (
            r"\b(?:the )?(?:single |one |very )*(?:biggest|main|top|most important|chief"
            r"|strongest)"
            r" reasons? (?:for|behind|to) (?=coming|return|recommend|being (?:un|dis)?(?:happy"
            r"|satisfied)|buying)"
        ),
        "drives ",
    ),
    (r"\bratio\b", "rate"),
    # which customers are least satisfied: which kind of them
    (
        (
            r"^which (customers|people|clients|users|shoppers|members) (?:are|were) we "
            r"(?:pleasing|satisfying|delighting|serving|treating) (?:the )?(least|most|worst"
            r"|best)\b"
        ),
        r"which kind of \1 is \2 satisfied",
    ),
    (
        (
            r"^which (customers|people|clients|users|shoppers|members) (?:are|were|feel|is) (?:the"
            r" )?"
            r"(least|most) (?=(?:un|dis)?(?:satisfied|happy|pleased)|likely)"
        ),
        r"which kind of \1 is \2 ",
    ),
    # which employees do customers like the best
    (
        (
            r"^(which|what) (.{3,30}?) (do|does|did) (.{2,40}?) (?:like|love|enjoy|appreciate"
            r"|favou?r|value)"
            r" (?:the )?(best|most|least)(?=\W*$| (?:in|during|over|last|this|since)\b)"
        ),
        lambda m: f"{m[1]} {m[2]} {m[3]} {m[4]} rate {'worst' if m[5] == 'least' else 'best'}",
    ),
    # leaving out the north
    (r"\b(?:leaving|taking|keeping|stripping|filtering) out (?=\w)", "excluding "),
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
    # loses the most renewals
    (
        (
            r"\b(?:loses?|lost|losing|misses|missed) (?:the )?most (?:renewals|renewing \w+"
            r"|contracts)\b"
        ),
        "has the lowest renewal rate",
    ),
    # are bigger contracts happier
    (
        (
            r"^(?:are|do) (?:bigger|larger|smaller|higher|richer) (contract|order|basket|deal"
            r"|account)s?"
            r" (?:customers |clients )?(?:(?:end up|come out|tend to be) )?(?:happier|unhappier"
            r"|(?:more|less) (?:happy|satisfied))(?=\W*$)"
        ),
        lambda m: (
            f"does {'contract' if m[1] in {'deal', 'account'} else m[1]} value relate to"
            f" satisfaction"
        ),
    ),
    # more hassle
    (
        (
            r"\b(more|most|less|least) (?:of an? )?(?:hassle|trouble|bother|faff|headache|hard"
            r" work)\b"
            r"(?! with)"
        ),
        r"\1 effort",
    ),
    # where in the process
    (
        (
            r"^(?:at what (?:point|moment) |where )(?:in|of|along|during) (?:the |our )?(?:whole "
            r"|claims? "
            r"|entire |customer )*(?:process|journey|flow|procedure)\b"
        ),
        "which stage",
    ),
)
