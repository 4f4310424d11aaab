"""English turns of phrase that ask which is best or worst: tops the league, annoys users most."""

from __future__ import annotations

import re
from collections.abc import Callable

_PLACING = (
    r"(?:league(?: table)?|tables?|list|lists|charts?|rankings?|pack|pile|ladder|class|field)"
)
PEOPLE = "(?:the |our )?(?:customers?|people|users?|clients?|shoppers?|members|everyone|us|them)"
VEXES = (
    "(?:annoy|upset|frustrat|irritat|infuriat|anger|bother|disappoint|vex|bug|enrag)"
    "(?:s|es|e|ed|t?ing)?"
)
PLEASES = r"(?:pleas|delight|satisf|impress|thrill|charm|wow)(?:s|es|e|ies|y|ed|ing|ying)?"
LAST_ONE = (
    r"(?:laggard|straggler|tail-?ender|under-?performer|under-?achiever|worst offender|weak link"
    r"|basket case|poor performer|low performer|bottom performer|worst performer|bad performer"
    r"|back-?marker|loser|also-ran|worst one)"
)
FIRST_ONE = (
    r"(?:(?<!team )leader(?!board)|front-?runner|champion|winner|top performer|high performer"
    r"|star performer|best performer|strong performer|high-?flyer|standout|over-?achiever"
    r"|pace-?setter|top scorer|best scorer|role model|top dog)"
)
_THINGS = (
    "regions?|provinces?|cit(?:y|ies)|stores?|shops?|channels?|branch(?:es)?|teams?|agents?"
    "|segments?|tiers?"
    "|brands?|industr(?:y|ies)|modules?|releases?|carriers?|managers?|tellers?|departments?|sites?"
    "|platforms?|groups?|places?|areas?|outlets?|locations?|ones?|aspects?|stages?|versions?"
)
"""What is ranked."""
_N = r"(?:\d\d?|two|three|four|five|six|seven|eight|nine|ten)"


def _ends(found: re.Match[str]) -> str:
    """Say “laggards on NPS by city”, “3 front-runners” as the worst and the best of them."""
    end = "worst" if found["last"] else "best"
    return f"{end} {found['n'] or 5} "


def _end_of(found: re.Match[str]) -> str:
    """Say “city laggards” as the worst cities."""
    group, many = found[1], found["many"]
    if many:
        group = group[:-1] + "ies" if group[-2:] in {"ty", "ry"} else group + "s"
    return f"{'worst' if found['last'] else 'best'} {group.replace('branchs', 'branches')}"


RANKING: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # line the cities up by repurchase; how did this shop place among all stores
    (
        (
            r"^((?:please |pls |can you |could you |i'd like to )?)(?:grade|line up|arrange|put in"
            r" order|list in order|sequence"
            r"|position|place|stack rank|stack up|put in (?:a )?ranking|rate)"
            rf" ((?:all |the |our |these )*(?:\w+ )?(?:{_THINGS}|segments)) (by|according to|in"
            rf" terms of) "
        ),
        r"\1rank \2 by ",
    ),
    (
        (
            r"^(?:please |pls |can you |could you )?(?:put|line|arrange|list|place|sort)"
            rf" ((?:all |the |our |these )*(?:\w+ )?(?:{_THINGS}|segments)) (?:up|in order|into"
            rf" order|in sequence|in a row)"
            r" (?:by|of|according to|in terms of) "
        ),
        r"rank \1 by ",
    ),
    (
        (
            r"^((?:how|where) (?:did|does|do|has|would) .{3,50}?) (?:place|grade|line up|stack up"
            r"|position|come|finish|sit|figure)"
            r" (?=(?:among|amongst|in the ranking|within) )"
        ),
        r"\1 rank ",
    ),
    # the lousiest five shops, the most dreadful regions on NPS; the finest, the most impressive
    (
        (
            r"\b(?:lousiest|crappiest|crummiest|shabbiest|sorriest|direst|ugliest|shittiest"
            r"|suckiest|rottenest"
            r"|nastiest|most (?:awful|terrible|dreadful|horrible|horrendous|atrocious|abysmal"
            r"|appalling|dismal|pathetic|lousy|disastrous|disappointing|problematic|troublesome"
            r"|troubled|troubling|worrying|worrisome|concerning|alarming|lamentable"
            r"|embarrassing|unfavou?rable|negative|unsatisfactory|unpopular"
            r"|disliked|hated|criticised|criticized|in need of (?:improvement|attention|help|work))"
            r"|(?:furthest|farthest) behind|rock[- ]bottom|least (?:good|favou?rable|impressive"
            r"|convincing|positive|flattering|attractive))"
            rf"(?= (?:{_N}\b|first\b|on\b|for\b|in\b|by\b|nps|csat|satisf|score|rating|rat(?:e"
            rf"|io)\b"
            rf"|result|figure|number|value|(?:[a-z]+ ){{0,2}}(?:{_THINGS})\b)|\W*$)"
        ),
        "worst",
    ),
    (
        (
            r"\b(?:finest|nicest|topmost|top-most|uppermost|most (?:impressive"
            r"|outstanding|excellent"
            r"|admirable|brilliant|favou?rable|superb|stellar|convincing|positive|remarkable"
            r"|flattering)|least (?:bad|awful|terrible|negative))"
            rf"(?= (?:{_N}\b|first\b|on\b|for\b|in\b|by\b|nps|csat|satisf|score|rating|rat(?:e"
            rf"|io)\b"
            rf"|result|figure|number|value|renewal|repurchase|(?:[a-z]+ ){{0,2}}(?:{_THINGS})\b)"
            rf"|\W*$)"
        ),
        "best",
    ),
    # which shop has the minimum satisfaction
    (
        (
            r"\b((?:which|what|where|who|list|rank|sort|order|shops?|stores?|regions?)\b.{0,50}?"
            r" (?:has|have|had|is|are|was|with|gets?|shows?|records?|by) (?:the"
            r" )?)(?:(?P<low>minimum"
            r"|minimal|min)|maximum|maximal|max)(?= (?!of\b|\d)|\W*$)"
        ),
        lambda m: f"{m[1]}{'lowest' if m['low'] else 'highest'}",
    ),
    (
        r"(, )(?:(?P<low>minimum|smallest)|maximum|topmost) first(?=\W*$)",
        lambda m: f"{m[1]}{'lowest' if m['low'] else 'highest'} first",
    ),
    # top 3 and three lowest regions
    (
        (
            rf"\b(top|best) ({_N}) and (?:the )?{_N} (?:lowest|worst|weakest|poorest|bottom|at the"
            rf" bottom)\b"
        ),
        r"\1 \2 and bottom \2",
    ),
    # which region is the leader on NPS; city laggards; three laggards on price by region
    (rf"\b(is|are|was|were) (?:the |our |a )?(?:biggest |clear )?{LAST_ONE}s?\b", r"\1 worst"),
    (rf"\b(is|are|was|were) (?:the |our |a )?(?:biggest |clear )?{FIRST_ONE}s?\b", r"\1 best"),
    (
        (
            r"\b(region|province|city|store|shop|channel|branch|team|agent|segment|tier|brand"
            r"|industry"
            r"|module|release|carrier|account manager|teller|department|site|platform|age group)s?"
            rf" (?:(?P<last>{LAST_ONE})|{FIRST_ONE})(?P<many>s)?(?= (?:on|in|for|at|by|when)\b)"
        ),
        _end_of,
    ),
    (
        (
            rf"\b(?:the |our )?(?:(?P<n>{_N}) )?(?:top |worst |biggest )?(?:(?P<last>{LAST_ONE})"
            rf"|{FIRST_ONE})s (?=(?:on|in|for|at) )"
        ),
        _ends,
    ),
    (rf"\b{LAST_ONE}(?= (?:on|in|for|at|\w+ on|\w+ in)\b)", "worst"),
    (rf"\b{FIRST_ONE}(?= (?:on|in|for|at)\b)", "best"),
    # which region is miles ahead, off the pace
    (
        (
            r"^((?:which|what) \w+(?: \w+)?|who) (is|are|was|were) (?:(?P<up>in the lead|out in"
            r" front"
            r"|unbeaten|unmatched|unrivalled|second to none|in pole position|(?:miles|streets"
            r"|way) ahead"
            r"|tops|the (?:high point|finest|king|cream|pick)|killing it|crushing it|nailing it"
            r"|smashing it|rocking it|flying high)|failing|in trouble|dragging its feet|the"
            r" pits|the low"
            r" point|badly off|off the pace|a disaster|hopeless|rock bottom|in the doldrums|on"
            r" its knees)"
            r" (?=(?:on|in|for|with|at) )"
        ),
        lambda m: f"{m[1]} {m[2]} {'best' if m['up'] else 'worst'} ",
    ),
    # which one ranks first, comes in last
    (
        (
            r"\b(?:ranks?|ranked|ranking|places?|placed|comes? in|came in|finish(?:es|ed)?|stands?)"
            r" (?:(?P<up>first|1st|top|highest|best|in first place|at the top)|(?:dead"
            r" )?(?:last|bottom"
            r"|lowest|worst)|in last place|at the bottom)(?! (?:\d|two|three|four|five|to|quarter"
            r"|month|week|year))\b"
        ),
        lambda m: "is best" if m["up"] else "is worst",
    ),
    # which region is ahead of all others, behind on price
    (
        (
            r"^((?:so |and )?(?:which|what|who) ?(?:\w+(?: \w+)?)?) (is|are|was|were)(?: the|"
            r" furthest| the"
            r" furthest| far| well| lagging| falling| way)? (?P<way>ahead|behind)(?: of)?(?: (?:all"
            r"|everyone|everybody)?(?: of)? ?(?:the )?(?:others?|rest|else|pack|field))?"
            r" (?=(?:on|in|for|when it comes to|with) (?!q[1-4]|20\d\d|last|this))"
        ),
        lambda m: f"{m[1]} {m[2]} {'best' if m['way'] == 'ahead' else 'worst'} ",
    ),
    # name three regions that lead on checkout; the first 3 shops by NPS
    (
        (
            r"\b(\w+s) (?:that|who|which) (?:(?P<up>lead|top|excel|shine|stand out|do best)"
            r"|lag(?: behind)?|trail|struggle|do worst) (?:on|in|for|at|with) (?=(?:the |our )?\w)"
        ),
        lambda m: f"{m[1]} with the {'best' if m['up'] else 'worst'} ",
    ),
    (
        (
            rf"^((?:show|list|give|name)(?: me| us)? )?(?:the )?first ({_N}) (?=[a-z ]+s (?:by|on"
            rf"|for) )"
        ),
        r"\1top \2 ",
    ),
    (
        (
            r"\bproblem (?=(?:regions?|provinces?|city|cities|stores?|shops?|channels?"
            r"|branch(?:es)?"
            r"|teams?|agents?|segments?|tiers?|brands?|carriers?|tellers?|departments?|sites?"
            r"|age groups?|modules?|releases?|managers?) (?:on|for|in|with|by)\b)"
        ),
        "worst ",
    ),
    # errands by effort, most tedious first
    (
        (
            r"\b(?:the )?(?:hardest|easiest|toughest|most (?:tedious|painful|difficult|laborious"
            r"|cumbersome|tiring|effortless|troublesome|complicated)) (?:ones? )?first(?=\W*$)"
        ),
        "effort best to worst",
    ),
    # anyone below 25 NPS among the cities of the East
    (
        (
            r"^(?:anyone|anybody|who|who is|is anyone|is anybody|is there anyone)"
            r" ((?:below|under|above"
            r"|over|at least|at most)\b.{3,40}?) among (?:the |our )?(?=\w+)(\w+)\b"
        ),
        r"which \2 are \1",
    ),
    # which stores have the greatest problems with checkout; which regions suffer most on delivery
    (
        (
            r"^((?:which|what) .{2,30}?|who|where|(?:the )?\w+) (?:do we )?(?:have|has|had|having"
            r"|see"
            r"|sees|face|faces|got|with) (?:the )?(?:greatest|biggest|most|worst|largest"
            r"|most serious|main) (?:problems?|troubles?|issues?|difficult(?:y|ies)|weakness(?:es)?"
            r"|pains?|struggles?) (?:with|in|on|at|around) (?:the |our )?"
            r"(?=(?:checkout|delivery|service|price|pricing|prices|tidiness|cleanliness|quality"
            r"|product|after|support|packing|packaging|waiting|paperwork|stability|interface"
            r"|timeliness|speed|payout|assessment|reporting)\b)"
        ),
        r"\1 is worst on ",
    ),
    (
        r"\bsuffer(?:s|ed|ing)? (?:the )?(?:most|worst)(?= (?:on|in|for|from|with|when)\b|\W*$)",
        "is worst",
    ),
    # which team makes people mad the most
    (
        (
            r"^((?:which|whose) .{2,30}?|who) (?:makes?|gets?|leaves?) (?:the |our )?(?:customers"
            r"|people|clients|shoppers|users"
            r"|members|callers|guests) (?:the )?(?:most )?(?:mad|angry|unhappy|annoyed|upset|sad"
            r"|furious|cross|frustrated|dissatisfied)(?: (?:the )?most)?(?=\W*$| (?:in|on|over|this"
            r"|last|since|with)\b)"
        ),
        r"\1 has the worst satisfaction",
    ),
    # most detractors in percent
    (
        (
            r"\b(?:has|have|had) (?:the )?(most|fewest) (detractors|promoters|passives|(?:un)?happy"
            r" customers|(?:dis)?satisfied customers),? (?:in|by|as) (?:an? |of )?(?:per"
            r" ?cent(?:age)?|shares?|proportion)(?: terms)?(?=\W*$)"
        ),
        lambda m: f"has the {'highest' if m[1] == 'most' else 'lowest'} share of {m[2]}",
    ),
    # best clerk on overall
    (
        (r"\b(on|by|for|in) overall(?=\W*$|,| (?:in|for|this|last|since|among|at)\b)"),
        r"\1 overall satisfaction",
    ),
    # store #1 in service
    (
        (
            r"\b(store|shop|region|city|province|channel|branch|carrier)"
            r" (?:#|no\.? ?|nr\.? ?|number )(?:1|one)(?=\W|$)"
        ),
        r"which \1 is best",
    ),
    (
        r"\b(?:is|are|comes?|ranks?) (?:#|no\.? ?|nr\.? ?|number )(?:1|one)(?=\W|$)",
        "is best",
    ),
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
    # who is last on checkout among the provinces
    (r"\b(is|are|was|were|comes?|came) last(?= (?:on|in|for|among|at)\b|\W*$)", r"\1 worst"),
    (
        (
            r"^((?:who|which .{2,25}?) (?:is|are|was|were|comes?|came))"
            r" first(?= (?:on|in|for|among|at)\b|\W*$)"
        ),
        r"\1 best",
    ),
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
    # top of the class
    (r"\b(?:the )?top of the (?:class|league|table|pile|tree|list|rankings?)\b", "best"),
    # which channel the satisfaction is comparatively low
    (
        (
            r"\b(?:on |in |at )?which (\w+(?: \w+)?) (?:the |our |is the )?([a-z][a-z -]{2,30}?)"
            r" (?:is |are |was )?"
            r"(?:comparatively|relatively|rather|quite|a bit) (low|high)(?:er)?(?=\W*$)"
        ),
        r"which \1 has the \3est \2",
    ),
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
    # loses the most renewals
    (
        (
            r"\b(?:loses?|lost|losing|misses|missed) (?:the )?most (?:renewals|renewing \w+"
            r"|contracts)\b"
        ),
        "has the lowest renewal rate",
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
    # for every shop, ordered
    (r", (?:ordered|in order|sorted|in descending order|in ascending order)(?=\W*$)", ", ranked"),
    # which regions should I worry about
    (
        (
            r"\bshould (?:i|we|you) (?:worry|be (?:worried|concerned)|care|bother) (?:most )?about"
            r"(?: (?:the )?most)?\b"
        ),
        "are worst",
    ),
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
)
