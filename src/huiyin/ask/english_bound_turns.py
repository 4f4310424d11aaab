"""English turns of phrase that put a bound on a number: dips beneath 20, fail to clear 85%."""

from __future__ import annotations

import re
from collections.abc import Callable

from huiyin.ask.english_group_turns import GROUPED
from huiyin.ask.english_step_turns import MEASURED

_STANDS = (
    r"(?:(?:sit|hover|linger|languish|stay|remain|dip|slip|drop|land|slump|tumble|plunge|trail|lag"
    r"|score|average|rank|climb|jump|push|edge|inch|nudge|scrape|squeak|poke|creep|soar|float"
    r"|end up|come out)(?:s|ed|ped|ming|ping|ting|ing)?"
    r"|(?:fall|slide|sink|get|go|rise|come|run|stand|lie|hold|keep)s?|crept|fell|fallen|slid|sank"
    r"|sunk|got|gone|went|rose|risen|came|ran|sitting|stood|lay|held|kept|coming|going|getting"
    r"|running|standing|ended up|came out)"
)
_REACHES = (
    r"(?:clear|make|reach|hit|touch|manage|attain|achieve|scrape|muster|crack|meet|match"
    r"|get (?:even )?(?:to|up to)|rise to|climb to|come (?:up )?to|come near|get near)"
)
_FAR = r"(?:in |out |up |down |somewhere |well |far |just |slightly )?"
_EVEN = r"(?: even| quite| really| actually| once)?"
_NUMBER = r"(?=(?:the |an? |our )?\d)"

PERCENT = r"\d+(?:\.\d+)? ?(?:%|per ?cent)"
MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
)
PARTS = {"tenth": 10, "fifth": 20, "quarter": 25, "third": 33, "half": 50}
_NOT = (
    r"(?:can't|cannot|can not|couldn't|could not|(?:is|are|was|were) (?:unable|not able|yet) to"
    r"|never|(?:do|does|did|has|have|is|are) ?n[o']t|(?:do|does|did|has|have|had) not|not"
    r"|fail(?:s|ed|ing)? to|struggl(?:e|es|ed|ing) to|won't|hardly|barely|yet to)"
    r"(?: (?:even|quite|manage(?:d)? to|able to|yet|ever|currently|actually|really))*"
)
_REACH = (
    r"(?:break(?: through)?|broken(?: through)?|broke|crack(?:ed)?|cross(?:ed)?|clear(?:ed)?"
    r"|pass(?:ed)?|reach(?:ed)?|hit|make it to|make|get to|got to|attain(?:ed)?"
    r"|achieved?|touch(?:ed)?|meet|met|come up to|live up to)"
)
_OVER = r"(?:above|over|beyond|past|higher than|more than|better than)"
_UNDER = r"(?:below|under|beneath|lower than|less than|worse than)"
_GO = r"(?:be|get|go|come|climb|rise|move|stay|fall|drop|sink|slip|dip|stand|score|land|end up)"
BOUNDS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # in the black, in double digits
    (
        (
            r"\b(?:are|is|were|was|stay|stayed|stand|sit) (?:back )?in the black(?= (?:on|in|for"
            r"|with)\b|\W*$)"
        ),
        "are above 0",
    ),
    (
        r"\b(?:in|into) (?:the )?(?:(?P<two>double|two)|single|one)[- ]?(?:digits?|figures?)\b",
        lambda m: "at least 10" if m["two"] else "below 10",
    ),
    # no worse than 60, no better than 60; cannot get above 60, do not exceed 60
    (
        (
            rf"\b(?:no|not|never|nowhere|not any) (?:(?P<under>worse|lower|less|weaker|poorer)"
            rf"|better|higher|more"
            rf"|stronger) than {_NUMBER}"
        ),
        lambda m: "at least " if m["under"] else "at most ",
    ),
    (
        rf"\b{_NOT} {_GO} (?:(?P<under>{_UNDER})|{_OVER}) {_NUMBER}",
        lambda m: "have at least " if m["under"] else "have at most ",
    ),
    (
        (
            rf"\b{_NOT} (?:exceed|surpass|top|beat|outdo|overshoot|go beyond|get beyond)(?:ed)?"
            rf" {_NUMBER}"
        ),
        "have at most ",
    ),
    # which cities top 40 on NPS, trail 60%, undershoot 70, meet 75
    (
        (
            rf"^((?:so |and )?(?:which|what) (?:{GROUPED}|citie|branche|industrie)s) (?:tops?"
            rf"|topped)"
            r" (?=\d+(?:\.\d+)? ?(?:%|per ?cent)|[2-9]\d)"
        ),
        r"\1 are above ",
    ),
    (
        rf"\b(?:trail(?:s|ing|ed)?|undershoot(?:s|ing)?|undershot|underrun(?:s|ning)?) {_NUMBER}",
        "are below ",
    ),
    (
        rf"\b(?:overshoot(?:s|ing)?|overshot|outstrip(?:s|ping|ped)?|eclipse[sd]?) {_NUMBER}",
        "are above ",
    ),
    (
        (
            r"(?<!not )\b(?:meets?|met|meeting) (?:the )?(?=\d)(?=[\d.%]+ ?(?:per ?cent)?(?: (?:on"
            r"|in|for|with)|\W*$))"
        ),
        "reach ",
    ),
    (
        (
            r"\b(?:meets?|met|meeting|reach(?:es|ed)?|hits?|makes?|made) (?:the |our )?(\d[\d.%]*)"
            r" (?:target|goal"
            r"|bar|mark|line|threshold|hurdle)(?= (?:on|in|for|with)\b|\W*$)"
        ),
        r"reach \1",
    ),
    # with a minimum of 60, a ceiling of 40; 75+ on service
    (rf"\b(?:an? )?(?:minimum|floor) of {_NUMBER}", "at least "),
    (rf"\b(?:an? )?(?:maximum|ceiling|cap) of {_NUMBER}", "at most "),
    (
        (
            r"\b((?:gets?|got|scored?|scores|have|has|had|at|reach(?:es)?|hit|hits|made?|makes"
            r"|rated?|of)"
            r" \d+(?:\.\d+)?(?: ?%| per ?cent)?) ?\+(?= (?:on|in|for)\b|\W*$)"
        ),
        r"\1 or more",
    ),
    # a hair under 60, just a touch over 80
    (
        (
            r"\b(?:just |only )?(?:an? )?(?:hair|whisker|touch|shade|tad|smidgen|smidge|notch"
            r"|fraction|sliver"
            r"|hair's breadth|little bit|tiny bit|stone's throw)(?:'s breadth)?"
            r" (?=(?:under|below|above|over|short of|shy of|beneath|off|less than|more than)\b)"
        ),
        "",
    ),
    # increase by a tenth, up by a fifth
    (
        (
            r"\b(by|up|down) (?:about |roughly |almost |nearly |over |more than )?"
            r"(?:a|one) (tenth|fifth|quarter|third|half)\b(?! of)"
        ),
        lambda m: f"{m[1]} {PARTS[m[2]]}%",
    ),
    # in May 10% better than in April: ten of a hundred, no tenth of May
    (rf"\b({MONTHS}) (?={PERCENT})", r"\1, "),
    # 5% below last month, 5% above that of April
    (
        (
            rf"({PERCENT}) (?:below|under|short of)"
            r"(?= (?:last|the previous|the prior|that of|a year"
            rf"|in|where|its|{MONTHS})\b)"
        ),
        r"\1 lower than",
    ),
    (
        (
            rf"({PERCENT}) (?:above|over|ahead of)(?= (?:last|the previous|the prior|that of|a year"
            rf"|in|where|its|{MONTHS})\b)"
        ),
        r"\1 higher than",
    ),
    # NPS +5% in May, -5% vs last month
    (rf"(?<=[a-z]) \+ ?(?={PERCENT})", " up "),
    (
        (
            rf"(?<=[a-z]) [-–−] ?(?={PERCENT} (?:in|vs|on|since|over|year|month|from|compared"
            rf"|versus)\b)"
        ),
        " down ",
    ),
    (
        (
            r"\bby (?:no more than|not more than|at most|less than|up to|around|close to|as much as"
            rf"|some) (?={PERCENT})"
        ),
        "by ",
    ),
    # did we manage to lift NPS by 8%, we lifted it by 8%
    (
        (
            r"\b(did|have|has) (?:we|the team|they) (?:manage to |managed to )?"
            r"(?:lift|lifted|raised?|boost|boosted|improved?|increased?|push up|pushed up) "
            rf"(.{{2,30}}?) by (?={PERCENT})"
        ),
        r"\1 \2 rise by ",
    ),
    (
        (
            r"^(?:so |and )?we(?: have|'ve)? (?:lifted|raised|boosted|improved|increased"
            r"|pushed up) "
            rf"(.{{2,30}}?) by (?={PERCENT})"
        ),
        r"\1 rose by ",
    ),
    # the percentage change of NPS, change in percent
    (r"\b(?:the )?(?:percentage|percent|per cent|%) change (?:in|of|for) ", "change in "),
    (
        (
            r"^how much (did|has|have) (.{2,40}? (?:change|drop|fall|rise|grow"
            r"|improve)d?) in (?:per ?cent|percentage)"
            r"(?: terms)?\b"
        ),
        r"by what percentage \1 \2",
    ),
    (r"\bby what per ?cent\b", "by what percentage"),
    # what percent did NPS drop
    (
        (
            r"^(?:so |and )?(?:what|how much|how many) (?:percent|per cent|percentage)"
            r" (?:did|has|have) (.{2,40}? (?:drop|fall|fell|fallen|rise|risen|rose|grow|grown"
            r"|increased?|decreased?|declined?|improved?|dropped|changed?))\b"
        ),
        r"by what percentage did \1",
    ),
    # the 60 mark, a target of 60
    (
        (
            r"\b(?:the |a |our |its |their )?(\d\d?(?:\.\d+)?%?)(?:[- ](?:points?|percent))?"
            r"[- ](?:target|goal|mark|threshold|line|bar|kpi|benchmark|hurdle|cut-?off|limit)\b"
        ),
        r"\1",
    ),
    # NPS lt 60
    (r"\b(?:gte|ge) (?=\d)", "at least "),
    (r"\b(?:lte|le) (?=\d)", "at most "),
    (r"\blt (?=\d)", "below "),
    (r"\bgt (?=\d)", "above "),
    (r"\b(?:hitting|attaining|achieving|touching) (?:an? |the )?(?=\d\d?(?:%|\W|$))", "reaching "),
    (r"\bmin(?:imum)?\.? (?=\d)", "at least "),
    (r"\bmax(?:imum)?\.? (?=\d)", "at most "),
    (
        (
            r"\b(?:beating|passing|outdoing|outscoring|overshooting|in excess of|bigger than"
            r"|upwards? of)"
            r" (?:an? |the )?(?=\d)"
        ),
        "above ",
    ),
    (r"\b(?:undershooting|inferior to|lagging|trailing) (?:an? |the )?(?=\d)", "below "),
    # cannot break 60, are not at 60
    (rf"\b{_NOT} {_REACH} (?:an? |the )?(?=\d)", "is below "),
    (r"\b(?:is|are|was|were) not (?:yet |quite )?at (?=\d)", "is below "),
    # broke 80; hit 70, got to 70, made it to 70
    (
        r"\b(?:broke|broken|breaks?|cracks?|cracked)(?: through)? (?:an? |the )?(?=\d)",
        "exceed ",
    ),
    (
        (
            r"\b(?:hits?|mak(?:es?|ing) it to|made it to|gets? to|got to|getting to|achieve[sd]?"
            r"|achieving|attain(?:s|ed|ing)?|touch(?:es|ed)|notch(?:ed|es)? up|manage[sd]?"
            r"|arrives? at|arrived at|comes? up to|came up to) (?:an? |the )?"
            r"(?=\d\d?(?:\.\d+)?%?(?:\W|$))"
        ),
        "reach ",
    ),
    # an NPS of 70+, 70 upwards, from 70 up, a minimum NPS of 70
    (
        (
            rf"^(.*\b(?:which|who|whose|(?:{GROUPED})s|cities|branches|industries)\b.*{MEASURED}"
            r"(?: (?:of|at|is|are|was|with))? (?:an? )?\d\d?)\+(?=\W|$)"
            r"(?! (?:customers|people|members|users|group|shoppers|year))"
        ),
        r"\1 or more",
    ),
    (
        (
            r"\b(?:from (\d\d?(?:\.\d+)?%?) (?:up|upwards?|onwards?)|(\d\d?(?:\.\d+)?%?) (?:and"
            r" |or )?"
            r"upwards?)(?=\W|$)(?! (?:to|from)\b)"
        ),
        r"\1\2 or more",
    ),
    (r"\bminimum ((?:\w+ ){0,2}\w+ of) (?=\d)", r"\1 at least "),
    (r"\bmaximum ((?:\w+ ){0,2}\w+ of) (?=\d)", r"\1 at most "),
    # shops not hitting 55 NPS
    (r"\b(?:not|never) (?:hitting|reaching|making|meeting|getting to|touching) (?=\d)", "below "),
    # shops rated 90 or more on tidiness
    (
        (
            r"\b(?:rated|scored|given|graded|scoring) (\d\d(?:\.\d+)?) (?:or (?:more|better|higher"
            r"|above|over)|and (?:up|above|over|more|higher))\b"
        ),
        r"with a score of at least \1",
    ),
    # cities where no more than half would come again
    (
        (
            r"\b(?:where|in which|with|of which) ((?:at most|at least|(?:no |not )?(?:more"
            r"|less|fewer)"
            r" than|over|under)) (half|\d+ ?(?:%|per ?cent))(?: of (?:the |their |our"
            r" )?(?:customers"
            r"|people|shoppers))? would (?:come (?:again|back)|return)\b"
        ),
        lambda m: f"with return intent {m[1]} {'50%' if m[2] == 'half' else m[2]}",
    ),
    # are 80% of black gold members satisfied: how many are
    (
        (
            r"^(?:are|were|is|do) (?:at least |more than |over |under |fewer than |less"
            r" than |about "
            r"|almost |nearly )?\d+(?:\.\d+)? ?(?:%|per ?cent) of (?:the |our |all )*(.{3,50}?) "
            r"(?=(?:un|dis)?(?:satisfied|happy|pleased)\b)"
        ),
        r"what share of \1 are ",
    ),
    # NPS in Wuhan: is it above 40; more than 40 or not
    (
        (
            r"^(?!.*\b(?:which|any|what|how|who)\b)([^,:]{4,60}?)[,:] (?:is|was) (?:it|that) "
            r"((?:above|over|below|under|at least|(?:more|less|higher|lower) than) \d[\d.%]*"
            r"(?: ?(?:points|per ?cent))?)(?: or not)?(?=\W*$)"
        ),
        r"is \1 \2",
    ),
    (
        (
            r"^(?!.*\b(?:which|any|what|how|who)\b)([^,:]{4,60}?)[,:] "
            r"((?:above|over|below|under|at least|(?:more|less|higher|lower) than) \d[\d.%]*"
            r"(?: ?(?:points|per ?cent))?) or not(?=\W*$)"
        ),
        r"is \1 \2",
    ),
    # scoring 80 plus
    (
        r"\b(scor\w+|rated|at|of|with|reaching|gett?ing) (\d+(?:\.\d+)? ?%?) plus\b(?! \d)",
        r"\1 at least \2",
    ),
    # below our standard of 80
    (
        (
            r"\b(?:our |the |an? |my |their )?(?:standard|bar|threshold|cut-?off|requirement|limit"
            r"|minimum|floor|mark|line|level|hurdle|target|goal|quota|bottom line|red line|norm)"
            r" (?:of|at|is) (?=\d)"
        ),
        "",
    ),
    # at or over 90 percent
    (r"\bat or (?:over|above|beyond|north of) (?=\d)", "at least "),
    (r"\bat or (?:under|below|beneath|south of) (?=\d)", "at most "),
    # with less than half satisfied
    (
        (
            r"\bwith (more|less|fewer) than half (?:of )?(?:(?:the |their |its |our )?(?:customers"
            r"|people|clients|users) )?(?=(?:dis|un)?(?:satisfied|happy)\b)"
        ),
        r"with \1 than 50% ",
    ),
    # that fail to clear 85%, cannot even muster 20, have yet to reach 50
    (
        (
            r"\b(?:(?:fail(?:s|ed|ing)?|struggle[sd]?|struggling|(?:are|is|were|was) (?:unable"
            r"|not able|yet)|(?:have|has|had) yet) to"
            rf"|(?:do|does|did|can|could|has|have) (?:not|never){_EVEN}"
            rf"|(?:(?:don|doesn|didn|couldn|haven|hasn|can)'t|cannot){_EVEN})"
            rf" {_REACHES} {_NUMBER}"
        ),
        "below ",
    ),
    # dips beneath 20, sit under 20, languishing below 30
    (rf"\b{_STANDS} {_FAR}(?:below|under|beneath|underneath) {_NUMBER}", "below "),
    (rf"\b{_FAR}(?:beneath|underneath) {_NUMBER}", "below "),
    # scrape past 80%, climb above 50
    (rf"\b{_STANDS} {_FAR}(?:past|above|over|beyond) {_NUMBER}", "above "),
    # any shop south of 40, north of 80 %
    (r"\b(?:south|the wrong side|shy|short) of (?=\d)", "below "),
    (r"\b(?:north|upwards?) of (?=\d)", "above "),
    # improved by at least 3: how much it changed is asked
    (
        (
            r"\bby (?:at least|more than|over|about|around|some|roughly"
            r"|as much as|up to|nearly|almost) (?=\d)"
        ),
        "by ",
    ),
    # products with an NPS in the red
    (
        r"\b(?:in the red|under water|underwater|in negative territory|below the zero line)\b",
        "negative",
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
    # that cannot get past 30
    (
        (
            r"\b(can|could|do|does|did) not (?:get|go|climb|move|rise)"
            r" (?:past|beyond|over|above|through)"
            r" (?=\d)"
        ),
        "are at most ",
    ),
    # north of 40; two-thirds
    (r"\bnorth of (?=\d)|\b(?:clear|crack|break)(?:s|ing|ed)? (?=\d)", "above "),
    (r"\bsouth of (?=\d)", "below "),
    (r"\b(one|two|three)-(third|quarter|fifth|tenth)", r"\1 \2"),
    # how many in a hundred
    (
        r"\bhow many (?:in|out of|of) (?:a |every |each |one )?(?:hundred|100)(?: of them)?\b",
        "what percentage of customers",
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
    # regions that top an NPS of 30
    (r"\b(that|which|who|to) tops? (?=(?:an? )?(?:\w+ ){0,3}(?:of )?\d)", r"\1 are above "),
    # no higher than 20 %
    (r"\b(?:no|not) (?:higher|more|greater|larger|bigger) than\b", "at most"),
    (r"\b(?:no|not) (?:lower|less|fewer|smaller) than\b", "at least"),
)
