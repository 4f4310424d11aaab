"""English turns of phrase that doubt, vex and please: which module annoys users most."""

from __future__ import annotations

import re
from collections.abc import Callable

from huiyin.ask.english_comparing_turns import DATED

PEOPLE = "(?:the |our )?(?:customers?|people|users?|clients?|shoppers?|members|everyone|us|them)"
VEXES = (
    "(?:annoy|upset|frustrat|irritat|infuriat|anger|bother|disappoint|vex|bug|enrag)"
    "(?:s|es|e|ed|t?ing)?"
)
PLEASES = r"(?:pleas|delight|satisf|impress|thrill|charm|wow)(?:s|es|e|ies|y|ed|ing|ying)?"
MOVES = (
    "drop|fall|rise|change|decline|increase|jump|dip|gain|improvement|movement|shift|move|growth"
    "|recovery|slide|slump|decrease|uptick|bump"
)
VEXING: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # could be me, but; am I right that; I have a feeling that
    (
        (
            r"^(?:(?:it )?(?:could|might|may) be (?:just )?me,? but|maybe it is (?:just )?me,? but"
            r"|(?:i )?(?:could|might|may) be wrong,? but|correct me if i am wrong,? but"
            r"|am i (?:right|wrong|correct) (?:that|in thinking(?: that)?|to think(?: that)?)"
            r"|is it (?:just me or|true that|right that|correct that|the case that)"
            r"|i (?:have|had|get|got) (?:a|the|this) (?:feeling|hunch|impression|suspicion)(?:"
            r" that)?"
            r"|(?:my|a) (?:gut feeling|hunch|impression) is(?: that)?|rumou?r has it(?: that)?"
            r"|word is(?: that)?),? "
        ),
        "",
    ),
    (r"^(is|are|was|were|has|have|does|do|did) not (?!so\b|it\b)(.{2,40}? \w+ing\b)", r"\1 \2"),
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
    # which module annoys users most; which shops are letting us down the most on service
    (
        (
            rf"^(which|what) (.{{2,40}}?) (?:(?:is|are|was|were|has been|have been|keeps?) )?"
            rf"(?:let(?:s|ting)? {PEOPLE} down|fail(?:s|ed|ing)? {PEOPLE}|(?:{VEXES}|displeas\w+)"
            rf"(?: {PEOPLE})?)(?: the)? most (?:on|with|for|about|in|when it comes to|in terms of)"
            rf" "
        ),
        r"\1 \2 are worst on ",
    ),
    (
        (
            rf"^(which|what) (.{{2,40}}?) (?:(?:is|are|was|were|has been|have been|keeps?) )?"
            rf"(?:let(?:s|ting)? {PEOPLE} down|fail(?:s|ed|ing)? {PEOPLE}|(?:{VEXES}|displeas\w+)"
            rf" {PEOPLE})(?: the)? most\b"
        ),
        r"\1 \2 has the worst satisfaction",
    ),
    (
        (
            rf"^(which|what) (.{{2,40}}?) (?:(?:is|are|was|were|has been|have been|keeps?) )?"
            rf"{PLEASES} {PEOPLE}(?: the)? most\b"
        ),
        r"\1 \2 has the best satisfaction",
    ),
    # which factor influences satisfaction mostly; what moves the needle for gold members
    (
        (
            r"^(?:what|which)(?: (?:factors?|aspects?|things?|areas?|points?))? (?:influences?"
            r"|affects?|drives?"
            r"|impacts?|shapes?|determines?|moves?)(?: the)? (satisfaction|nps|intent|loyalty)"
            r" (?:mostly|primarily|chiefly|mainly|above all|more than anything)\b"
        ),
        r"what drives \1 most",
    ),
    (
        (
            r"\b(?:what|which \w+) (?:really |actually |most )?(?:moves?|shifts?|nudges?|tips?)"
            r" the "
            r"(?:needle|dial|scales?) (?:for|with|among) (?:the |our )?(?!nps\b|satisf)"
        ),
        "what drives satisfaction of ",
    ),
    (
        (
            r"^(.{3,25}) or (.{3,25})[:,] (?:which|what)(?: one)? (?:counts|matters|weighs|means)"
            r" (?:for )?"
            r"more (?:in|for|to|on|with|when it comes to) (?:the |our )?"
        ),
        "what drives ",
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
    # hardest to please; most of a hassle
    (
        (
            r"\b(?:hardest|toughest|most difficult|trickiest) to (?:please|satisfy|delight|impress"
            r"|win over|keep happy|make happy)\b"
        ),
        "least satisfied",
    ),
    (
        (r"\beasiest to (?:please|satisfy|delight|impress|win over|keep happy|make happy)\b"),
        "most satisfied",
    ),
    (
        (
            r"\b(?:the )?most of an? (?:hassle|pain|problem|nuisance|headache|chore|struggle"
            r"|bother"
            r"|burden|nightmare)\b"
        ),
        "the worst",
    ),
    # handles packing the worst
    (
        (
            r"^(which|what|whose) (.{2,30}?) (?:handle|manage|treat|run)[sd]? (?!the\b)"
            r"([a-z][a-z -]{2,25}?) (?:the )?(best|worst)\b"
        ),
        r"\1 \2 is \4 on \3",
    ),
    # within 2025, which region improved its service the most: how far each moved
    (
        (
            r"\bwhich (.{3,25}?) (improved|raised|lifted|lost|worsened|dropped|increased|boosted"
            r"|cut"
            r"|reduced) (?:its|their|the) (.{2,25}?) (?:the )?(most|least)\b"
        ),
        r"which \1 \2 most in \3",
    ),
    # a store where most people are dissatisfied
    (
        (
            r"\b(where|in which|with|of which) (?:most|the majority of|a majority of) (?:the |of"
            r" the )?"
            r"(customers|people|users|clients|shoppers|members)\b"
        ),
        r"\1 more than 50% of \2",
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
    # what does the happy crowd say; what happens to be our NPS
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
    (r"\bhappens? to be\b", "is"),
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
    # late deliveries versus on time ones
    (
        r"\bon time (?=ones|deliver|parcel|order|shipment|package)",
        "on-time ",
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
    # for every shop, ordered
    (r", (?:ordered|in order|sorted|in descending order|in ascending order)(?=\W*$)", ", ranked"),
    # had a fault recently
    (
        r"\b(faults?|problems?|errors?|crash(?:es)?) (?:recently|lately|of late|not long ago)\b",
        r"\1 in the last 30 days",
    ),
)
