"""English figures of speech, in the plain words that they stand for."""

from __future__ import annotations

import re
from collections.abc import Callable

from huiyin.ask.english_comparing_turns import DATED

WORD_NUMBERS = ("one", "two", "three", "four", "five")
_PLACING = (
    r"(?:league(?: table)?|tables?|list|lists|charts?|rankings?|pack|pile|ladder|class|field)"
)
_MEASURES = (
    r"(?:compare|compares|stack up|stacks up|measure up|measures up|square up|line up|match up)"
)
_PAIR = r"(?!it\b|they\b|this\b|that\b|things\b)(.{2,40}?)"
FIGURES: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # any shop south of 40, north of 80 %
    (r"\b(?:south|the wrong side|shy|short) of (?=\d)", "below "),
    (r"\b(?:north|upwards?) of (?=\d)", "above "),
    # which city tops the league on delivery; who props up the table
    (
        (
            rf"\b(?:tops?|topped|topping|leads?|led|leading|heads?|headed"
            rf"|heading)(?: up)? (?:the|our) {_PLACING}\b"
        ),
        "is best",
    ),
    (
        (
            rf"\b(?:props?|propped|propping) up (?:the|our) {_PLACING}\b"
            r"|\b(?:brings?|brought|bringing) up the rear\b"
            rf"|\b(?:is|are|was|were|sits?|sitting|comes?|came|ends? up|ended up) (?:at )?(?:the )?"
            rf"(?:bottom|foot) of (?:the|our) {_PLACING}\b|\bdead last\b"
        ),
        "is worst",
    ),
    # which team lets us down most on speed
    (
        (
            r"^(which .{2,30}?|who)(?: is| are| has| have)? (?:lets?|letting|let|fails?|failing)"
            r" (?:us|people|customers|the side|clients|them|shoppers)"
            r"(?: down)?(?: (?:the )?(?:most|worst|badly))?(?= (?:on|in|for|when|with)\b|\W*$)"
        ),
        r"\1 is worst",
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
    # is it mostly the price that drags satisfaction down: what weighs on it is asked
    (
        (
            r"^(?:is|was) (?:it )?(?:mostly|mainly|chiefly|largely"
            r"|primarily|really|above all|only|just|simply)?"
            r" ?(?:the |our )?.{2,40}? (?:that|which|what) (?:is "
            r"|are |was )?(?:mostly |mainly |really )?"
            r"(?:drag(?:s|ged|ging)?|pull(?:s|ed|ing)?|hold(?:s|ing)?"
            r"|held|weigh(?:s|ed|ing)?|bring(?:s|ing)?|brought)"
            r"(?: (?:down|back|on))? (.{2,40}?)(?: (?:down|back|low))?"
            r"(?=\W*$| (?:in|among|for|at|since|over|this|last)\b)"
        ),
        r"what drives \1",
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
    # since the new manager took over: when that was is not said
    (
        (
            r"\b(since|after|before|until|from when|when) (?:we |the |our |a |they |he |she )?"
            r"(?:\w+ ){0,4}?(?:took over|(?:was|were|got) (?:hired"
            r"|replaced|refurbished|renovated|launched|introduced"
            r"|redesigned|rolled out)|went live|started work|rolled"
            r" out|brought in|refurbished|renovated"
            r"|redesigned|relaunched|introduced|launched)(?: (?:the"
            r"|our|a) (?:\w+ ){0,2}\w+)?(?=\W*$|,| (?:has|have|had"
            r"|is|was|did)\b)"
        ),
        r"\1 the campaign",
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
    # improved by at least 3: how much it changed is asked
    (
        (
            r"\bby (?:at least|more than|over|about|around|some|roughly"
            r"|as much as|up to|nearly|almost) (?=\d)"
        ),
        "by ",
    ),
    # shops in Sichuan by NPS
    (
        (
            r"^(?:the |our |all |all the )?(shops|stores|branches"
            r"|channels|segments|teams|agents|provinces|cities|regions)"
            r"( (?:in|of) [a-z' -]{2,20}?)? by ((?:nps|satisfaction"
            r"|effort|(?:\w+ ){1,2}(?:score|rate|rating)))(?=\W*$)"
        ),
        r"\3\2 by \1",
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
            r"|coming along|progressed|progressing|moved|getting on)"
            r"(?= (?:over|since|during|in|this|across|from)\b)"
        ),
        r"\1 trend",
    ),
    # which department is the hardest to please; which branch keeps people waiting longest
    (
        (
            r"\b(?:the )?(?:hardest|most difficult|toughest) to (?:please"
            r"|satisfy|win over|keep happy)\b"
        ),
        "the least satisfied",
    ),
    (r"\b(?:the )?(?:easiest) to (?:please|satisfy|win over|keep happy)\b", "the most satisfied"),
    (
        (
            r"\b(?:keeps?|kept|keeping|leaves?|makes?) (?:people|customers"
            r"|us|clients|them|visitors)"
            r" (?:waiting|wait|queu(?:e|ing))(?: (?:the )?longest)\b"
        ),
        "has the worst waiting time",
    ),
    # products with an NPS in the red
    (
        r"\b(?:in the red|under water|underwater|in negative territory|below the zero line)\b",
        "negative",
    ),
    # which shop is the black sheep on tidiness; our star performer
    (
        (
            r"\b(?:our |the )?(?:black sheep|weak(?:est)? (?:link"
            r"|spot|point)|problem child|laggard|sore spot|achilles"
            r" heel"
            r"|wooden spoon|worst offender|bottom of the heap)\b"
        ),
        "worst",
    ),
    (
        (
            r"\b(?:our |the )?(?:star (?:performer|pupil)|poster child"
            r"|shining (?:star|example)|top dog|front[ -]?runner|pick"
            r" of the bunch)\b"
        ),
        "best",
    ),
    # that do not even make 20; break the 85% mark
    (r"\b((?:do|does|did|can|could) not) (?:even|quite|really|ever) (?=\w+ (?:an? )?\d)", r"\1 "),
    (
        (
            r"\b(?:breaks?|broke|breaking|clears?|cleared|clearing"
            r"|cracks?|cracked|cross(?:es|ed)?|pass(?:es|ed)?|beats?)"
            r" (?:through )?(?:the |an? )?(\d+(?:\.\d+)? ?(?:%|per"
            r" ?cent|points?)?)(?: (?:mark|barrier|line|threshold"
            r"|level|hurdle))?(?!\w)"
        ),
        r"is above \1",
    ),
    (r"(\d ?%?)[ -](?:mark|barrier|line|hurdle)\b", r"\1"),
    # what is eating into our NPS
    (
        r"\b(?:eating (?:into|away at)|gnawing at|chipping away at|biting into|costing us on)\b",
        "hurting",
    ),
    # is service or price the bigger factor in satisfaction
    (
        (
            r"^(?:is|are|was) .{2,40} or .{2,40} the (?:bigger|stronger"
            r"|main|more important|greater|larger|key|real|bigger)"
            r" (?:factor|driver|influence|lever|reason|issue|thing) (?:in|of|for|behind|on|with)"
            r" ((?=.*(?:nps|satisf|recommend|happ|rating|score)).{2,40}?)(?=\W*$)"
        ),
        r"what drives \1",
    ),
    (
        (
            r"^(?:which|what) is the (?:bigger|stronger|more important"
            r"|greater|larger) (?:factor|driver|influence|lever)"
            r" (?:in|of|for|behind|on|with) (.{2,40}?)[,:] .{2,40} or .{2,40}$"
        ),
        r"what drives \1",
    ),
    # do big orders come with better ratings
    (
        (
            r"\b(?:big|bigger|large|larger|small|smaller|high|higher|low"
            r"|lower)(?:[- ]value)? (?:orders|baskets|tickets|purchases)\b"
        ),
        "order value",
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
            r" (.{2,40}?) (?:mad|crazy|nuts|up the wall|up the wrong"
            r" way|up|off|see red|grumble|moan|complain|smile)(?:"
            r" (?:the )?most)?(?=\W*$)"
        ),
        r"what do \1 say",
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
    # since January, through the end of March; from February until the close of Q2
    (
        (
            rf"\b(from|since|between) (?:the (?:start|beginning) of"
            rf" )?({DATED}),? (?:and |up |right )?"
            rf"(?:until|till|through|thru|to) the (?:very )?(?:end|close) of (?={DATED})"
        ),
        r"from \2 to ",
    ),
    (
        rf"\b(this year|year),? (?:up )?(?:to|through|thru|till) the (?:end|close) of (?={DATED})",
        r"\1 until the end of ",
    ),
    (
        (
            rf"^(?:up )?(?:until|till|through|thru|to) (?:the (?:end|close) of )?({DATED}),? "
            r"(.{4,60}?) (?:in |over |during )?this year\b"
        ),
        r"this year until the end of \1 \2",
    ),
    # compare this May to last May
    (
        (
            rf"^compare ((?:this )?{DATED}) (?:to|with|and|against) (?=last\b"
            rf"|(?:this )?{DATED})"
        ),
        r"\1 versus ",
    ),
    # yesterday compared with the day before
    (
        (
            r"\byesterday (?:vs\.?|versus|compared (?:to|with)|against"
            r"|and) the day before\b(?! yesterday)"
        ),
        "yesterday versus the previous day",
    ),
    # who is dragging the Southwest down on service
    (
        (
            r"^(?:who|which (\w+)) (?:is|are|was|were) (?:dragging"
            r"|holding|pulling|letting|bringing|weighing) "
            r"(?!.*\b(?:nps|satisfaction|score|rating)\b.* (?:down"
            r"|back)\b)(.{2,30}?) (?:down|back)(?: (?:the )?most)?\b"
        ),
        lambda m: f"which {m[1]} in {m[2]} is worst" if m[1] else f"where is worst in {m[2]}",
    ),
    # put the four channels side by side on NPS
    (
        (
            r"^(?:please )?(?:put|set|lay|show|place|see|line up|have)"
            r"(?: me)? (?:the |our |all )*(?:\w+ )?(channels|regions"
            r"|provinces|cities"
            r"|shops|stores|segments|tiers|brands|teams|branches|carriers"
            r"|releases|modules|industries|products|sites"
            r"|departments|platforms|age groups)(?: all)? (?:side"
            r" by side|next to each other|next to one another) "
            r"(?:on|for|in|by) (.{2,40})$"
        ),
        r"\2 by \1",
    ),
    (r"\b(?:measures?|stacks?) up to\b", "compare with"),
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
    # what is propping up satisfaction
    (
        (
            r"^what (?:is |has been |keeps )?(?:prop(?:s|ping)|hold"
            r"(?:s|ing)|carr(?:ies|ying)|buoy(?:s|ing)|keep(?:s|ing)"
            r"|push(?:es|ing))"
            r" up (?=.*\b(?:nps|satisf|score|rating))"
        ),
        "what drives ",
    ),
    # one-star reviews
    (
        r"\b(one|two|three|four|five)[- ]star(?=s?\b)",
        lambda m: f"{WORD_NUMBERS.index(m[1]) + 1}-star",
    ),
    # NPS for the period: which is not said
    (
        (
            r"\b(?:for|over|in|during) (?:the|this|that) (?:period|time"
            r" ?frame|time)(?=\W*$)"
        ),
        "back then",
    ),
    # which matter drags down satisfaction most, is holding it back: no factor but a group
    (
        (
            r"^which (?!aspect|factor|thing|rating|driver|area|part"
            r"|dimension|score|one)(\w+(?: \w+)?) (?:is |are |has"
            r" been )?"
            r"(?:drag|hold|pull|weigh|bring)(?:s|ing|ged|ed)? (?:down |back |on )?(?:the |our )?"
            r"((?=.*\b(?:nps|satisf|score|rating|rate))[a-z ]{3,30}?)"
            r"(?: down| back)?(?: (?:the )?most)?(?=\W*$)"
        ),
        r"which \1 has the worst \2",
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
    # how did they rate us overall
    (r"\b(rated?|scored?|find|found) us overall\b", r"\1 overall satisfaction"),
    # who is last on checkout among the provinces
    (r"\b(is|are|was|were|comes?|came) last(?= (?:on|in|for|among|at)\b|\W*$)", r"\1 worst"),
    (
        (
            r"^((?:who|which .{2,25}?) (?:is|are|was|were|comes?|came))"
            r" first(?= (?:on|in|for|among|at)\b|\W*$)"
        ),
        r"\1 best",
    ),
    # what moved satisfaction most; what accounts for its fall
    (
        (
            r"^what (?:has )?(?:moved|moves|shifted|shifts|swung|swings)"
            r" (.{2,40}?) (?:the )?most(?=\W*$)"
        ),
        r"what drives \1",
    ),
    (r"^what (?:accounts?|accounted) for (?:the |this )?", "what lies behind the "),
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
    (
        (
            r"\bcosts? us (?=(?:nps|satisf|repeat|repurchase|renewals?"
            r"|customers' |any |our )\w*)"
        ),
        "hurt ",
    ),
    (r"\bthe turn of the year\b", "the start of the year"),
    # which account manager keeps clients happiest
    (
        (
            r"\b(?:keeps?|makes?|leaves?|has|gets?) (?:our |the |its"
            r" |their )?(?:clients|customers|people|shoppers|users"
            r"|guests) (?:the )?"
            r"(?=(?:most|least) (?:happy|satisfied|unhappy)\b|(?:un)?happiest\b)"
            r"(\w+(?: (?:happy|satisfied|unhappy))?)"
        ),
        r"has the \1 customers",
    ),
    # how do carriers rank on timeliness
    (
        (
            r"^how (?:do|did) (?:the |our |all )*(carriers|regions"
            r"|provinces|cities|shops|stores|channels|segments|tiers"
            r"|brands|teams|branches"
            r"|releases|modules|industries|products|sites|departments"
            r"|platforms|agents|age groups) (?:rank|place) (?:on|in"
            r"|for|by) (.{2,60})$"
        ),
        r"rank the \1 by \2",
    ),
    # that cannot get past 30; the direction of travel; top of the class
    (
        (
            r"\b(can|could|do|does|did) not (?:get|go|climb|move|rise)"
            r" (?:past|beyond|over|above|through)"
            r" (?=\d)"
        ),
        "are at most ",
    ),
    (r"\b(?:the )?(?:direction of travel|trajectory) (?:of|for|in) ", "trend of "),
    (r"\b(?:the )?top of the (?:class|league|table|pile|tree|list|rankings?)\b", "best"),
    # by the end of May, how had satisfaction developed since January
    (
        (
            rf"^by the (?:end|close) of ({DATED}),? (.{{4,60}}?) since"
            rf" (?:the (?:start|beginning) of )?"
            rf"({DATED})(?=\W*$)"
        ),
        r"\2 from \3 to \1",
    ),
)
