"""English turns of phrase that only lead to a question, or say its plain words at length."""

from __future__ import annotations

import re
from collections.abc import Callable

from huiyin.ask.english_step_turns import MEASURED

NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
           "nine": 9, "ten": 10, "zero": 0}  # fmt: skip
ASKERS = (
    r"(?:(?:the |our |my |some |an? )?(?:vice[ -])?(?:president|vp|chairman|chairwoman|chair|board"
    r"|director|directors|boss|ceo|cfo|coo|cmo|head office|hq|leadership|management|secretary"
    r"|assistant|consultants?|auditors?|audit|finance|accounting|investors?|shareholders?"
    r"|controller|controlling|procurement|marketing|merchandising|training|ops|operations"
    r"|colleagues?|(?:area |regional |store |shop |district |line )?managers?)"
    r"(?: (?:team|people|guys|lady|office|dept|department|committee|folks|meeting))?)"
)
"""Who passes a question on, or claims something."""
_OCCASION = (
    r"(?:(?:staff|board|team|management|budget|sales|strategy|town hall|status|weekly|monthly"
    r"|quarterly"
    r"|annual|performance|review|planning|company|morning|client|customer) )*"
    r"(?:meetings?|presentations?|decks?|slides?|slide deck|workshops?|audits?|pitch|pitches"
    r"|keynote|talks?"
    r"|newsletters?|memos?|articles?|summar(?:y|ies)|emails?|e-mails?|conferences?|offsites?"
    r"|get-together"
    r"|debrief|briefing|appraisals?|one-on-ones?|1:1|townhall|town hall|jour fixe|stand-?up"
    r"|letters?"
    r"|speech|town hall|board paper|paper|plans?|budget|targets?|kick-?off|all-hands|catch-?up"
    r"|dinner"
    r"|lunch|deadline)"
)
_WHOSE = (
    r"(?:(?:my|our|a|an|this|that|the next|the upcoming|an upcoming|the|his|her|their)"
    r"|(?:tomorrow|today|tonight|next week|next month|next quarter|next year|this week|this"
    r" afternoon"
    r"|monday|tuesday|wednesday|thursday|friday)'s)"
)
_WHEN = (
    r"(?: (?:tomorrow|today|tonight|later|soon|this (?:afternoon|morning|evening|week)|next"
    r" (?:week|month)"
    r"|on (?:mon|tues|wednes|thurs|fri)day|i(?:'m| am) (?:writing|preparing|making)|with (?:my"
    r"|our|the) \w+"
    r"|at (?:noon|\d+(?: ?[ap]m)?|\w+ o'clock)|in (?:an hour|a minute|ten minutes|\d+ minutes)))*"
)
_PURPOSE = (
    rf"(?:(?:(?:i|we) (?:need|want) (?:it|this|that|them) )?(?:for|before|ahead of|in"
    rf" preparation (?:for|of)"
    rf"|to prepare(?: for)?|to set|to write|to finish) {_WHOSE} {_OCCASION}{_WHEN}"
    r"|(?:i|we)(?:'m|'re| am| are) (?:writing|preparing|making|drafting|putting together|working on"
    r"|building|finishing) (?:an?|my|our|the|some) [^,:;]{2,40}"
    r"|sorry (?:to (?:bother|disturb|trouble|interrupt)(?: you)?|for (?:asking|bothering"
    r"|the)[^,:;]*)"
    r"|(?:i|we)(?:'ve| have)? (?:lost|forgot|forgotten|misplaced|mislaid|deleted) (?:my|our|the)"
    r" (?:notes?|file|sheet|report|numbers?|password|printout|copy|paper|email)"
    r"|(?:my |the |our )?(?:dashboard|excel|laptop|bi|bi tool|tableau|system|tool|screen|file"
    r"|spreadsheet"
    r"|computer|printer) (?:is|are|has|was)(?: been)? (?:down|broken|not working|frozen|gone|wrong"
    r"|out of date|outdated|stuck|dead|crashed)"
    r"|(?:i|we) (?:can ?not|can't|could not|couldn't|don't|do not) (?:seem to )?find (?:it"
    r"|this|that|the"
    r" (?:number|figure|value))[^,:;]{0,30}"
    r"|(?:in|from|according to|based on|per|as per|going by) (?:the|our|this) (?:feedback|survey"
    r"|questionnaire|answers?|response)(?: data| answers| results| responses)?"
    r"|(?:from|going by) what we (?:have|see|know|collected)|(?:just )?(?:to|so (?:that )?i can)"
    r" (?:share|discuss|show|present|compare notes) (?:it |this |that )?(?:with|to) [^,:;]{2,30}"
    r"|no (?:charts?|graphs?|plots?|tables?)(?:,? please)?|just the (?:number|figure|value)"
    r"|(?:and )?(?:please )?(?:be brief|make it quick|hurry|asap|it's urgent|it is urgent|urgent))"
)
"""Why somebody asks, and how it should be answered: nothing of what is asked."""
TALK: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # I am interested in NPS; will you pull it, would it be possible to; do me a favour
    (
        (
            r"^(?:hi,? |hello,? |hey,? )?i(?: am|'m) (?:interested in|looking for|after|asking for"
            r"|keen to (?:know|see|hear))"
            r" (?=(?:the |our )?[a-z])"
        ),
        "show ",
    ),
    (r"\bi am\b", "i'm"),
    (
        (
            r"\b(?:will|would) you (?:please |kindly )?(?=(?:pull|look|show|tell|give|get|list"
            r"|find|send|check|compare|rank"
            r"|plot|draw|break|run|split)\b)"
        ),
        "can you ",
    ),
    (r"\b(?:would|will) it be possible (?:for you )?to ", "can you "),
    (r"^do me a favou?r(?:,| and|:)? ", ""),
    # how is this shop faring on service; how fares the Northwest
    (
        (
            r"\b(how (?:is|are|was|were) .{2,50}?) (?:faring|holding up|behaving|getting on"
            r"|getting along|coming along"
            r"|shaping up|bearing up) (?=(?:on|in|at|with|for|compared|vs|versus|against)\b)"
        ),
        r"\1 doing ",
    ),
    (r"^how fares? (.{2,40}?)(?=\W*$)", r"how is \1 doing"),
    # the president wants to know; training says competence improved, did it
    (
        (
            rf"^{ASKERS} (?:just |now |again |urgently )?(?:wants?|wanted|needs?|needed|asks?|asked"
            r"|is asking|keeps asking|would like|wishes|requests?|requested|insists? on|demands?)"
            r"(?: me| us)?(?: to (?:know|see|have|get|understand|check|hear|look at|show))?"
            r"(?: (?:for|about|the|our))?[,:]? "
        ),
        "",
    ),
    (
        (
            rf"^(?:so )?{ASKERS} (?:says?|said|claims?|claimed|thinks?|believes?|reckons?|insists?"
            r"|swears?|suspects?|reports?|reported|tells me|told me|keeps saying)(?: that)?,? "
        ),
        "",
    ),
    # before my meeting: NPS of families; NPS of families, I need this for a slide
    (
        rf"^(?:so |and |hi,? |hey,? )?{_PURPOSE}(?: ?[,:;.–-]+ ?| i (?:need|want) )(?=.{{8}})",
        "",
    ),
    (rf"(?<=.{{8}}) ?[,;.–-]+ ?(?:and )?{_PURPOSE}(?=\W*$)", ""),
    (rf"(?<=.{{8}}) (?:for|before|ahead of) {_WHOSE} {_OCCASION}{_WHEN}(?=\W*$)", ""),
    # does anyone know our satisfied rate
    (
        (
            r"^(?:does|do|would|might|could) (?:anyone|anybody|someone|somebody|you guys|any of"
            r" you)"
            r" (?:here |happen to )?(?:know|have|remember|recall|see|tell)(?: me| us)?(?:"
            r" about)?,? "
        ),
        "",
    ),
    # create a line chart of NPS by month; a heat map of satisfaction; create NPS by region
    (
        (
            r"\b(?:create|build|construct|design|set up|draw up|assemble|compose)"
            r"(?= (?:me |us )?(?:an? |the )?(?:[a-z]+ ){0,2}(?:chart|graph|plot|table|list|ranking"
            r"|breakdown|comparison|view|overview|diagram|visuali[sz]ation|trend|histogram"
            r"|heat ?map)s?\b)"
        ),
        "make",
    ),
    (r"\bheat ?maps?\b(?= (?:of|for|with|showing)\b)", "chart"),
    (
        (
            r"^(?:(?:please|pls|can you|could you|would you) )*create "
            r"(?!.*\b(?:survey|questionnaire|form|question|alert|goal|target|campaign|report)s?\b)"
            rf"(?=(?:[a-z-]+ ){{0,2}}{MEASURED}\b)"
        ),
        "show ",
    ),
    # kindly share the NPS trend
    (
        (
            r"^(?:(?:please|pls|plz|kindly|can you|could you|would you|can u|could u|you may"
            r"|request you"
            r" to|requesting you to|need you to|do) )+(?:please |kindly )?share(?: with (?:me"
            r"|us|the"
            r" team))? (?!of\b)"
        ),
        "show ",
    ),
    # please advise NPS; kindly confirm, do update on
    (
        (
            r"^(?:(?:please|pls|plz|kindly|can you|could you|would you|can u|could u|do)"
            r" )+(?:please"
            r" |kindly )?(?:advise|intimate|confirm|furnish|revert|update|assist|help|arrange"
            r"|forward|circulate|highlight|brief|inform|enlighten)(?: me| us)?"
            r"(?: (?:with|on|about|regarding|of|as to))? (?=(?:the |our |what|how|which|nps|satisf"
            r"|average|[a-z-]+ ))"
        ),
        "show ",
    ),
    # as per our survey
    (
        (
            r",? ?\bas per (?:the |our |your |latest |last )*(?:survey|data|records?|system"
            r"|results?"
            r"|responses|feedback|reports?|numbers|surveys|dashboard)\b,?"
        ),
        "",
    ),
    # whip up NPS for families, I'm after NPS
    (
        (
            r"^(?:(?:please|pls|plz|can you|could you|kindly|quickly) )*(?:whip up|rustle up"
            r"|cook up"
            r"|conjure up|draw up|punch up|call up|dish up|serve up|hand over|send over|look"
            r" ?up|retrieve"
            r"|output|query|calc|quote|disclose|mind sharing|(?:i'm|i am|im) after|do me a"
            r" favou?r and"
            r" show|tell us)(?: me| us)? (?:the |our |a )?"
            rf"(?=(?:[a-z-]+ ){{0,2}}{MEASURED}\b)"
        ),
        "show ",
    ),
    # do you have NPS for families
    (
        (
            r"^(?:so |and |hi |hello )?(?:do (?:you|we|u|i|they) (?:happen to |already )?have|have"
            r" (?:you|we|u) got|got) (?:(?:the|our|any|a|an|latest|current|some) )*"
            r"(?!.*\b(?:more|less|higher|lower|better|worse|fewer|than)\b)"
            rf"(?=(?:[a-z-]+ ){{0,2}}{MEASURED}\b)"
        ),
        "show ",
    ),
    # a quick question: how many are satisfied
    (
        (
            r"^(?:a |one |just a |just one |very |another )*(?:basic|simple|quick|short|easy|stupid"
            r"|silly|dumb|small|tiny|little|last|final|honest|serious|general|random|naive|burning"
            r"|urgent|clear|straight|plain|one more|double|follow-?up)(?: little)?"
            r" (?:question|one|thing|request|ask|check|query|favou?r|answer|answers)"
            r"(?: please| only| from me)?[,:;.-]+ "
        ),
        "",
    ),
    # a few metrics for Nanjing: NPS, overall
    (
        (
            r"^(?:(?:show|give|get)(?: me)? )?(?:the |these |following |several |some |a few |all"
            r" |key"
            r" |main |my |our |three |two |four )*(?:metrics?|kpis?|indicators?|measures)"
            r" (?:for|of|on|in) ([^,:]{2,40}?)(?: please)?: "
        ),
        r"for \1: ",
    ),
    # no charts please
    (
        (
            r"[,;]? ?\b(?:and )?(?:no|without|not an?|skip the) (?:graphs?|charts?|plots?|tables?"
            r"|text"
            r"|fluff|explanations?|details?|waffle|rounding|decimals|frills|fuss|slides?|pictures?)"
            r"(?: please| needed)?(?=\W*$|,)"
        ),
        "",
    ),
    # are you sure NPS is up
    (
        r"^(?:are|r) (?:you|u) (?:sure|certain|positive|serious|saying)(?: that)?,? ",
        "",
    ),
    # a reliable figure for tidiness
    (
        (
            r"\b(?:an? |the |some |any )?(?:reliable|trustworthy|solid|dependable|robust|official"
            r"|definitive|precise|accurate|verified|authentic|realistic|honest|correct|hard|exact"
            r"|latest|fresh|clean)"
            r" (?:numbers?|figures?|values?|data|stats?|readings?|estimates?) (?:for|of|on|about) "
        ),
        "",
    ),
    # NPS fell in May - correct?
    (
        (
            r"\s*[-–—,.;:]\s*(?:correct|true or not|true|yes|no|confirmed?|is that (?:so|right"
            r"|true))\s*\?$"
        ),
        "?",
    ),
    (r"\b(?:double|cross|fact)[- ]check(?=(?: the| if| whether| that)\b)", "check"),
    # satisfaction company-wide
    (
        (
            r",? ?\b(?:company|group|chain|nation|country|firm|organi[sz]ation|business|enterprise"
            r"|network)[- ]?wide\b"
        ),
        "",
    ),
    # is delivery up to standard
    (r"\bup to (?:the )?(?:standards?|scratch|par|snuff|expectations?)\b", "good"),
    # fold all stores together
    (
        (
            r"\b(?:folding|lumping|adding|putting|taking|pooling|combining|counting|bundling)"
            r" all (?:the |our )?\w+ (?:together|up|in),? "
        ),
        "",
    ),
    # never mind the cost, what do people say
    (
        (
            r"^(?:never mind|forget(?: about)?|not talking about|no matter) (?:the |our )?\w+"
            r"(?: \w+)?, (?=what|how|which|who|show|is|are)"
        ),
        "",
    ),
    # in the first half, own fleet aside: carrier A or B
    (r"(?<=, )(?!this\b|that\b|jok)([\w' -]{3,25}) aside(?=[,:;])", r"excluding \1"),
    # it has been wobbling, hasn't it
    (
        r",? (?:has|have|is|are|was|were|did|does|do) not (?:it|they|we|that)(?=\?|\W*$|,)\??",
        ",",
    ),
    # how satisfied, on average, were people
    (r"\b(how (?:satisfied|happy|pleased)),? on average,?", r"\1"),
    # wait, do gold members …; basic question: …
    (
        (
            r"^(?:(?:ok|okay|no|oh|sorry),? )?(?:wait|hold on|hang on|one sec(?:ond)?|just"
            r" a sec(?:ond)?"
            r"|hm+|listen|look)[,!.]+ (?=\w)"
        ),
        "",
    ),
    (
        (
            r"^(?:a |one |just a |my |another |and )?(?:very )?(?:basic|simple|quick|silly"
            r"|dumb|stupid|small"
            r"|tiny|short|last|final|first|easy|dull|boring|odd) (?:question|query|one"
            r"|thing|request)"
            r"[:,;.-]+ ?(?=\w)"
        ),
        "",
    ),
    # would they tell their friends about us
    (
        (
            r"\bwould (.{2,40}?) (?:tell|recommend us to|send us|bring|refer us to)"
            r" (?:their |his |her )?"
            r"(?:friends?|family|others|colleagues|relatives)(?: about us)?(?=\W|$)"
        ),
        r"do \1 recommend us",
    ),
    # are we going to hit 50 in July
    (
        (
            r"\b(?:going to|on (?:track|course) to|set to|about to|bound"
            r" to) (?!the\b|our\b|a\b|an\b|this\b|that\b|be\b|\w*shops?\b"
            r"|\w*stores?\b)(?=[a-z])"
        ),
        "going to be ",
    ),
    # give me a flavour of the comments
    (
        (
            r"\b(?:give|get|show|got|have|let) (?:me |us )?(?:have"
            r" )?(?:an? |the )?(?:quick |brief |rough |short )?(?:flavou?r"
            r"|taste|sense|feel|gist|idea"
            r"|sample|impression|summary|overview|digest|rundown|glimpse|picture) of "
        ),
        "show me ",
    ),
    (r"\b(?:levels?|degree|rate) of (?=satisfaction\b)", ""),
    (r"\bhow much per ?cent\b", "how many percent"),
    (r"\bnext to (?:ours|us|our own)\b", "versus us"),
    # how much did we make in the south: no revenue is in the data
    (
        (
            r"\bhow much (?:money )?(?:did|do|does|have|has) (?:we|the .{2,30}?|our .{2,30}?) "
            r"(?:make|made|earn|earned|sell|sold|take in|turn over|gross|rake in|bring in|take)\b"
        ),
        "what is revenue",
    ),
    # team two
    (
        (
            r"\b(team|version|group|agent|carrier) (one|two|three|four|five|six|seven|eight|nine"
            r"|ten)\b"
        ),
        lambda m: f"{m[1]} {NUMBERS[m[2]]}",
    ),
    # 20 to 30 years old people
    (r"\b(\d\d) ?(?:-|to) ?(\d\d) years?[ -]olds? (?=people|customers|users)", r"\1-\2 year old "),
    # how'd; whichever
    (r"\b(how|what|where|why)'d\b", r"\1 did"),
    (r"\bwhichever (\w+) (?=(?:has|is|gets|got|scores?)\b)", r"which \1 "),
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
    # leaving out the north
    (r"\b(?:leaving|taking|keeping|stripping|filtering) out (?=\w)", "excluding "),
    # where in the process
    (
        (
            r"^(?:at what (?:point|moment) |where )(?:in|of|along|during) (?:the |our )?(?:whole "
            r"|claims? "
            r"|entire |customer )*(?:process|journey|flow|procedure)\b"
        ),
        "which stage",
    ),
    # how often does Express B arrive on time
    (
        (
            r"\bhow often (?:does|do|did|has|have) (.{2,40}?) (?:arrived?|come|came|delivers?"
            r"|delivered|get there"
            r"|turn up|show up) on[- ]time\b"
        ),
        r"on-time rate of \1",
    ),
    # what does the typical order come to
    (
        (
            r"^what (?:does|did|do) (?:the|an?) (?:typical|usual|average|normal) (?:order|basket"
            r"|bill|purchase)"
            r" (?:come to|amount to|cost|add up to)\b"
        ),
        "what is the average order value",
    ),
    (r"^(?:a )?read-?out of ", "show me "),
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
    # what happens to be our NPS
    (r"\bhappens? to be\b", "is"),
    # late deliveries versus on time ones
    (
        r"\bon time (?=ones|deliver|parcel|order|shipment|package)",
        "on-time ",
    ),
    # had a fault recently
    (
        r"\b(faults?|problems?|errors?|crash(?:es)?) (?:recently|lately|of late|not long ago)\b",
        r"\1 in the last 30 days",
    ),
)
