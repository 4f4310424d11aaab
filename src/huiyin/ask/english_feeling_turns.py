"""English turns of phrase that say how customers feel: fed up with, gave us a five."""

from __future__ import annotations

import re
from collections.abc import Callable

WORD_NUMBERS = ("one", "two", "three", "four", "five")
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
           "nine": 9, "ten": 10, "zero": 0}  # fmt: skip
SAYERS = (
    "(?:detractors?|promoters?|passives?|(?:un|dis)?(?:happy|satisfied) (?:customers|people|users"
    "|clients"
    "|shoppers|members))"
)


def _level(found: re.Match[str]) -> str:
    """Say “gave us a five” by its figure."""
    return f"{found[1]} {NUMBERS[found[2]]}"


_PERSONS = (
    r"(?:customers?|people|users?|clients?|shoppers?|members?|respondents?|claimants?|families"
    r"|office workers"
    r"|gift buyers|guests?|buyers?|visitors?|patrons?|recipients?|folks?|accounts?|consumers?"
    r"|callers?|policyholders?"
    r"|(?:gold|silver|black[- ]gold|regular|android|ios|phone|email|wecom)(?: \w+)? (?:members?"
    r"|users?|customers?))"
)
_SHARED = r"(?:rate|share|percentage|proportion|ratio)\b"
_GLAD = (
    "(?:content|contented|pleased|well pleased|glad|delighted|cheerful|chuffed|thrilled|fulfilled)"
)
_SORE = (
    "(?:displeased|annoyed|angry|upset|cross|disappointed|frustrated|let down|fed up|irritated"
    "|disgruntled|discontent"
    "|discontented)"
)
FEELINGS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # to what extent are they satisfied, how much satisfied
    (
        (
            r"\b(?:to what (?:extent|degree)|how much) (?:(?P<be>are|were|is|was)"
            r" (?P<who>.{2,40}?) )?"
            r"(?P<how>satisfied|happy|pleased|content)\b"
        ),
        lambda m: f"how {m['how']} {m['be'] + ' ' + m['who'] if m['be'] else ''}".strip(),
    ),
    # less than happy customers; the share of not satisfied members
    (
        (
            r"\b(?:less than|far from|anything but|nowhere near) (?:satisfied|happy|pleased"
            r"|content|thrilled|impressed"
            r"|delighted)\b"
        ),
        "dissatisfied",
    ),
    (
        rf"\b(?:not|non)[- ](?:satisfied|happy|pleased|content)(?= (?:{_PERSONS}\b|{_SHARED}))",
        "dissatisfied",
    ),
    # disappointed customers, negative gold members; the positive ones
    (
        rf"\b(?:disappointed|let[- ]down|upset|displeased)(?= (?:{_PERSONS}\b|{_SHARED}))",
        "dissatisfied",
    ),
    (
        (
            rf"\b(?<!more )(?<!most )(?<!less )(?<!least )(?:negative|sour|cross|sulky|grudging)(?="
            rf" {_PERSONS}\b)"
        ),
        "dissatisfied",
    ),
    (
        (
            rf"\b(?<!more )(?<!most )(?<!less )(?<!least )(?:positive|well[- ]pleased|fulfilled"
            rf"|over"
            rf" the moon)(?= {_PERSONS}\b)"
        ),
        "satisfied",
    ),
    # who felt let down
    (
        (
            r"\b(are|were|is|was|feels?|felt|feeling|been|be) (?:really |badly |rather |somewhat )?"
            r"let down\b(?! by)"
        ),
        r"\1 unhappy",
    ),
    # how many of our families were pleased
    (
        (
            rf"^((?:how many|what share|what percentage|what proportion|what percent)\b.{{2,50}}?"
            rf" (?:are|were|is|was|feel|felt)"
            rf") (?:(?:very |really |quite )?(?:(?P<good>{_GLAD})|{_SORE}))(?= (?:in|last|this"
            rf"|since|over|during|so far|by)\b|\W*$)"
        ),
        lambda m: f"{m[1]} {'satisfied' if m['good'] else 'dissatisfied'}",
    ),
    # which release annoyed users with ads the most
    (
        (
            r"\b(?:annoyed|bothered|plagued|troubled|burdened|pestered) (?:our |the )?(?:users"
            r"|customers|people) with (.{3,30}?) (?:the )?most\b"
        ),
        r"has the highest share of \1",
    ),
    # were late deliveries rated worse for the courier's manners
    (
        (
            r"^(?!.*\b(?:than|versus|now|or|and)\b)((?:are|is|were|was) late .{3,40}? rated"
            r" (?:better|worse|higher|lower) (?:on|for) .{3,30}?)(?: too| as well)?(?=\W*$)"
        ),
        r"\1 than on-time ones",
    ),
    # are delayed cases rated worse on packing, do solved cases rate the agents better
    (
        (
            r"^(?!.*\b(?:than|versus|now|or|and)\b)((?:are|is|were|was) .{3,40}? rated (?:better"
            r"|worse|higher|lower) (?:on|for) .{3,30}?)(?: too| as well)?(?=\W*$)"
        ),
        r"\1 than the others",
    ),
    (
        (
            r"^(?!.*\b(?:than|versus|now|or|and|who)\b)((?:do|does|did) .{3,40}? (?:rate|score"
            r"|judge) .{3,30}? (?:better|worse|higher|lower))(?: too| as well)?(?=\W*$)"
        ),
        r"\1 than the others",
    ),
    # would people choose us again
    (
        (
            r"^would (?=(?:people|customers|clients|users|shoppers|they|the \w+|our \w+|families"
            r"|(?:gold|silver|black gold|regular) members|gift buyers|office workers)"
            r" (?:still |really |ever )?(?:choose|come|return|renew|recommend|buy)\b)"
        ),
        "do ",
    ),
    # how willing are clients to renew
    (
        (
            r"\bhow (?:willing|keen|inclined|ready|eager|prepared|disposed|minded) (?=(?:is|are|was"
            r"|were)\b.{2,60}\bto (?:renew|come|return|buy|choose|recommend|stay|shop|visit)\b)"
        ),
        "how likely ",
    ),
    # reasonably happy: of no price
    (r"\b(?:reasonably|fairly) (?!pric)(?=[a-z])", ""),
    # who lived through a fault
    (
        (
            r"\b(?:lived through|went through|suffered(?: from)?|endured|hit by) (?=(?:an?"
            r" )?faults?\b)"
        ),
        "had ",
    ),
    # what is making office workers tired of us
    (
        (
            r"^what (?:is |are |was |were )?(?:makes?|made|making|gets?|getting|got) (.{2,40}?) "
            r"(?:tired|sick|weary|wary|fed up|angry|mad|cross|annoyed|furious|sad|grumpy|bored"
            r"|nervous|anxious|proud|excited)(?: (?:of|with|at|about) (?:us|our \w+))?"
            r"(?: (?:the )?most)?(?=\W*$| (?:in|last|this|since)\b)"
        ),
        r"what do \1 say",
    ),
    # people giving 1 star overall
    (
        (
            r"\b(gave|give|gives|giving|left|leaving) (?:us )?(?:an? |only |just )?(\d)(?:[-"
            r" ]?stars?)?"
            r" (?:overall|all in all|in total)\b(?! (?:satisf|rating|score))"
        ),
        r"\1 overall satisfaction a \2",
    ),
    (
        (
            r"\b(gave|give|gives|giving|left|leaving) (?:us )?(?:an? |only |just )?(\d)[-"
            r" ]?stars?\b"
            r"(?! (?:or|and|to) \d)(?! (?:reviews?|comments?)\b)"
        ),
        r"\1 \2",
    ),
    # satisfied or not
    (
        (
            r"\b(?:are they |were they )?(?:happy|satisfied|pleased) or (?:not|unhappy|dissatisfied"
            r"|unsatisfied)\b"
        ),
        "satisfaction",
    ),
    # are customers willing to recommend us; the desire to return
    (
        (
            r"\b(?:willing|ready|keen|prepared|inclined|eager|disposed) to"
            r" (?=recommend|come (?:back|again)|return|renew|buy)"
        ),
        "likely to ",
    ),
    (
        (
            r"\b(?:desire|readiness|inclination|eagerness|propensity|wish|appetite|keenness) to"
            r" (?=recommend|come (?:back|again)|return|renew|buy)"
        ),
        "willingness to ",
    ),
    (
        (
            r"^(?:are|were|is) (.{3,40}?) likely to (recommend|come back|come again|return"
            r"|renew)(?: us)?"
            r"(?=\W*$| (?:in|at|this|last|since|from)\b)"
        ),
        r"likely to \2 of \1",
    ),
    # what gets under the skin of families; what drives them up the wall
    (
        (
            r"^what (?:is |are )?(?:gets?|got|getting) (?:under the skin"
            r"|on the nerves|up the nose) of (.{2,40}?)(?: (?:the )?most)?"
            r"(?=\W*$)"
        ),
        r"what do \1 say",
    ),
    (
        (
            r"^what (?:is |are )?(?:drives?|driving|winds?|winding"
            r"|ticks?|ticking|rubs?|rubbing|turns?|turning|puts?|putting"
            r"|makes?)"
            r" (?!(?:the |our )?(?:nps|score|satisf|rating|numbers?|intent)\w*\b)"
            r"(.{2,40}?) (?:mad|crazy|nuts|up the wall|up the wrong"
            r" way|up|off|see red|grumble|moan|complain|smile)(?:"
            r" (?:the )?most)?(?=\W*$)"
        ),
        r"what do \1 say",
    ),
    # content with the price
    (r"\bcontent (?=with |about )", "satisfied "),
    # what are people fed up with
    (
        (
            r"^what (?:are|is|were) (.{2,40}?) (?:fed up with|tired"
            r" of|sick of|mad about|cross about|cross with|up in arms"
            r" about"
            r"|on about|raving about|excited about|keen on|fond of"
            r"|bothered by|bothered about|worried about)(?=\W*$| "
            r"(?:in|last|this|since|at)\b)"
        ),
        r"what do \1 say",
    ),
    # one-star reviews
    (
        r"\b(one|two|three|four|five)[- ]star(?=s?\b)",
        lambda m: f"{WORD_NUMBERS.index(m[1]) + 1}-star",
    ),
    # how did they rate us overall
    (r"\b(rated?|scored?|find|found) us overall\b", r"\1 overall satisfaction"),
    # in customers' eyes
    (
        (
            r",? in (?:the )?(?:eyes of (?:our |the )?(?:customers"
            r"|people|clients|shoppers)|(?:our |their |the )?(?:customers'?"
            r"|people's|clients'?"
            r"|customer's|shoppers'?) (?:eyes|view|opinion))"
        ),
        "",
    ),
    # who is the happiest bunch: families, commuters or gifters
    (
        (
            r"^who (?:is|are) (?:the |our )?(happiest|unhappiest|most satisfied|least satisfied"
            r"|most likely"
            r" to come back)(?: bunch| crowd| lot| group| ones?)?\W+(?=.* or )(.+?)(?=\W*$)"
        ),
        r"which of \2 is \1",
    ),
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
    # walked away satisfied
    (
        (
            r"\b(?:walk|walked|went|go|came|come|left|leave) (?:away|home|out|off|us|the (?:shop"
            r"|store|branch)) "
            r"(?=(?:un|dis)?(?:satisfied|happy)\b)"
        ),
        "were ",
    ),
    # how much of a burden is the paperwork
    (
        (
            r"^how much of an? (?:burden|hassle|pain|problem|nuisance|headache|bother) (?:is|are"
            r"|was|were) "
            r"(?:the |our )?(.{3,30}?)(?: (?:seen as|felt to be|considered|thought to be))?"
            r"(?=\W*$| (?:at|in|for|among|this|last|since)\b)"
        ),
        r"how do people find \1",
    ),
    # share very satisfied
    (
        (
            r"^(?:for|of|among|amongst|in) (?:the |our |all )?([^,]{3,40}?)(?: please)?, (?:what "
            r"|the )?"
            r"(?:share|percentage|percent|proportion|%) (?:is |are |was |were )?"
            r"(very |un|dis|quite |fairly )?(satisfied|happy|unhappy)(?=\W*$)"
        ),
        r"share of \1 who are \2\3",
    ),
    # what is the main reason of customers unsatisfied
    (
        (
            r"^(?:what|which) (?:is|are|was|were) (?:the )?(?:main |top |key |biggest |major "
            r"|first |number one )*"
            r"reasons? (?:of|for|why|that|behind)(?: the| our)? (customers?|people|users?|clients?"
            r"|families"
            r"|shoppers|members)(?: are| being| is| feel| were)? (?:un|dis|not )(?:satisfied"
            r"|happy)"
        ),
        r"what do unhappy \1 say",
    ),
    (
        (
            r"^(?:the )?(?:main |top |key |biggest |major |first |number one )+reasons? (?:why "
            r"|that )?"
            r"(customers?|people|users?|clients?|families|shoppers|members) (?:are|feel|were) "
            r"(?:un|dis|not )(?:satisfied|happy) with (?:the |our )?"
        ),
        r"what do \1 say who are dissatisfied with ",
    ),
    (
        (
            r"^((?:detractor|promoter|passive)s?)(?:'s?|s')? (?:reasons|arguments|explanations"
            r"|motives)\b"
        ),
        r"what do \1 say",
    ),
    # do people who spend more like us better
    (r"\b(?:like|love|enjoy|appreciate) us (?:more|better)\b", "are happier"),
    (r"\b(?:like|love|enjoy|appreciate) us (?:less|worse)\b", "are less satisfied"),
    # do solved cases end up happier
    (
        (
            r"^do(?:es)? (.{3,50}?) (?:end up|come out|turn out|walk away|leave|go home|tend to"
            r" be)"
            r" (?=happier|unhappier|more |less )"
        ),
        r"are \1 ",
    ),
    # are families happier: than the others
    (
        (
            r"^((?:so |and )?(?:is|are|was|were) (?!.*\b(?:than|or|and|with|now|again|about|when"
            r"|if)\b)"
            r".{2,60}? (?:happier|unhappier|(?:more|less) (?:satisfied|happy)))(?=\W*$)"
        ),
        r"\1 than the others",
    ),
    # what does the happy crowd say
    (
        (
            r"^what does (?=(?:the |our )?(?:happy|unhappy|angry|gold|silver|black gold|average"
            r"|typical"
            r"|whole)? ?(?:\w+ )?(?:crowd|bunch|lot|camp|customer|family|client|user|shopper"
            r"|member|side"
            r"|group|tribe|buyer|worker|person)\b .{0,20}\b(?:say|think|write|praise|complain"
            r"|grumble"
            r"|moan|mention|tell|suggest|gripe|talk)\b)"
        ),
        "what do ",
    ),
    # main reasons people give us a 0 to 6
    (
        (
            r"^(?:what are |give me |show me |list )?(?:the )?(?:main |top |key |biggest )*reasons"
            r" (?:why |that )?((?:customers|people|users|clients|shoppers|members|families"
            r"|office workers|gift buyers) (?:give|gave|score|rate|leave|left) )"
        ),
        r"what do \1",
    ),
    (
        (
            r"^what do ((?:customers|people|users|clients|shoppers|members|families|office workers"
            r"|gift buyers)) (?:give|gave|score|leave|left) (?:us )?(?:an? )?"
            r"(\d+(?:(?: or | to |-)\d+)?(?: or (?:less|below|more|above))?)"
        ),
        r"what do \1 who gave \2 say",
    ),
    # satisfaction with the tellers: what is rated, no groups
    (
        r"\b(satisfaction|satisfied|happy|unhappy|pleased) with (the |our )?(teller|courier)s\b",
        r"\1 with \2\3 attitude",
    ),
)
