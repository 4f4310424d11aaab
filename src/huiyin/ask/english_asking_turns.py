"""English turns of phrase that ask how customers rate: what score does checkout get."""

from __future__ import annotations

import re
from collections.abc import Callable

from huiyin.ask.english_moving_turns import MOVED

FEELING = (
    "(?:(?:un|dis)?(?:happy|satisfied|pleased|content)|angry|annoyed|upset|frustrated|disappointed)"
)
"""How customers may be said to feel."""


def _rated_end(found: re.Match[str]) -> str:
    """Say “which shop do families rate worst” by what is rated: all in all, or one aspect."""
    return f"which {found[1]} has the {found[3]} {found[4] or 'satisfaction'} of {found[2]}"


ASKING: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # what level is NPS at; where are we on NPS with families
    (
        (
            r"\b(?:at )?(?:what|which) level (?:is|was|are|were|does|did|do|has) (?P<what>.{2,40}?)"
            r" (?:at|on|sit|stand|reach|have|get|sitting|standing)(?: at| on)?(?=\W*$| (?:in"
            r"|for|among|of"
            r"|with|last|this|at|during|over|on|right|now)\b)"
        ),
        r"what is \g<what>",
    ),
    (r"\b(nps|satisfaction|effort|service|price|quality|delivery) levels?\b(?! of)", r"\1"),
    (r"^at what level (?:is|was|are|were) (?=.{2,40}$)", "what is "),
    (
        (
            r"^(?:so |and )?where (?:are|were|do|did) we (?:stand |land |end up )?(?:on|with"
            r"|regarding|in terms"
            r" of|as regards) (?=(?:the |our )?\w)"
        ),
        "what is ",
    ),
    (r"\b(?:in |for )?the (?:subset|subgroup|sub-group|subsample|slice) of\b", "for"),
    # where are we at with NPS
    (r"^where (?:are|do) we (?:stand |at )(?:with|on) ", "what is "),
    # what mark did people give our prices
    (
        (
            r"^what (?:marks?|grades?|scores?|ratings?) (?:do|did|does) (.{2,30}?) give"
            r" (?:to )?(?:the"
            r" |our )?(.{3,25}?)(?=\W*$| (?:in|last|this|since|during|over|on)\b)"
        ),
        r"what is the score of \2 of \1",
    ),
    # the likelihood of gift buyers coming back
    (
        (
            r"\blikelihood (?:of|that) (?:the |our )?(.{3,30}?) (?:will |would )?(?:coming"
            r"|come|returning"
            r"|return)(?: (?:back|again))?(?=\W*$| (?:in|by|last|this|since)\b)"
        ),
        r"return intent of \1",
    ),
    # how much effort do loans cost people aged over 56
    (
        (
            r"\b(how much effort .{2,30}?) costs? (?=(?:the |our )?(?:people|customers|clients"
            r"|users) \w)"
        ),
        r"\1 take ",
    ),
    # how many families answered; which shop has the most customers
    (
        (
            r"\bhow many (.{2,30}?) (?:answered|responded|replied|took part|participated|filled"
            r" (?:it|this|the survey|the questionnaire) (?:in|out))\b(?!.*\b(?:percent|share|%))"
        ),
        "how many answers",
    ),
    (
        (
            r"\b(?:has|have|had|got|gets|draws|attracts) (?:the )?(?:most|fewest) (?:customers"
            r"|visitors|shoppers|guests|answers|responses|traffic)(?=\W*$| (?:in|last|this)\b)"
        ),
        "has the most footfall",
    ),
    # how often do users hit a payment failure
    (
        (
            r"\bhow often (?:do|does|did) (.{2,30}?) (?:hit|meet|run into|face|see|get|encounter"
            r"|suffer|have|experience|stumble (?:on|over|into)) (?:an? |any )?"
            r"(?=crash|payment|login|log-?in|coupon|too many|ads|fault)"
        ),
        r"share of \1 who met ",
    ),
    # the speed of the checkout
    (
        (
            r"\b(speed|efficiency|quality|stability|friendliness) of (?:the |our )?"
            r"(checkout|till|tills|delivery|service|products?)\b"
        ),
        r"\2 \1",
    ),
    # waiting at the till: how fast the checkout is; how long somebody waits is no rating
    (
        (
            r"^(?!.*\bhow (?:long|many)\b)(.*?)\b(?:the )?(?:waiting|waits?|queu(?:e?ing|es?))"
            r"(?: times?)? (?:at|in) (?:the |our )?(?:checkout|till|cashier|cash desk)s?\b"
        ),
        r"\1checkout speed",
    ),
    # spend on average per order
    (
        r"\bspend on average (per|an?|each|every) (order|visit|purchase)\b",
        r"spend \1 \2 on average",
    ),
    # which shop do families rate worst; what region rates us best
    (
        (
            r"^(?:which|what) (\w+(?: \w+)?) (?:do|does|did) (.{2,40}?) (?:rate|score|judge|mark) "
            r"(?:the )?(best|highest|worst|lowest)(?: overall)?"
            r"(?: (?:on|for|in terms of) (.{2,30}?))?"
            r"(?=\W*$| (?:in|during|over|last|this|since)\b)"
        ),
        _rated_end,
    ),
    (
        (
            r"^(?:which|what) (\w+(?: \w+)?) (?:rates?|rated|scores?|scored) us (?:the )?"
            r"(best|highest|worst|lowest)(?: overall)?"
            r"(?=\W*$| (?:in|during|over|last|this|since)\b)"
        ),
        r"which \1 has the \2 satisfaction",
    ),
    # what is the reason satisfaction was lower in Q1
    (
        (
            r"^(?:what (?:is|was)|for what|for which) (?:the )?reasons?(?: that"
            r"| why)? (?!for\b|of\b"
            r"|behind\b|given\b|to\b)"
        ),
        "why ",
    ),
    # what score does checkout get
    (
        (
            r"^(?:so |and )?what (score|rating|mark) (?:does|do|did) (.{3,40}?) "
            r"(?:get|have|receive|achieve|reach|earn)\b"
        ),
        r"what is the \1 of \2",
    ),
    # what NPS do we get from users who had a crash
    (
        (
            r"^(?:so |and )?what (.{3,40}?) (?:do|did|have) we (?:get|got|see|seen|have|had"
            r"|receive)"
            r" (?:from|among|for|with|in)\b"
        ),
        r"what is the \1 of",
    ),
    # what has checkout been doing day to day
    (
        (
            r"\bwhat(?: has|'s| is) (.{2,40}?) been (?:doing|up to)(?=\W*$| (?:day|week|month|over"
            r"|in|since|this|last|by)\b)"
        ),
        r"\1 trend",
    ),
    # who is the least happy with us, who is happiest: groups, not one of them
    (
        (
            r"^who (?:is|are|was|were) (?:the )?(least|most)"
            r" (happy|satisfied|unhappy|dissatisfied|pleased|content|critical|demanding)\b"
        ),
        r"which kind of customers is \1 \2",
    ),
    (
        (
            r"^who (?:is|are|was|were) (?:the )?(happiest|unhappiest)\b"
            r"(?! (?:customer|client|user|person|people|shopper|buyer|guest))"
        ),
        lambda m: f"which kind of customers is {'most' if m[1][0] == 'h' else 'least'} happy",
    ),
    # what class of customers, which part of our customer base, which cohort
    (
        (
            r"\b(?:what|which) (?:class|category|profile|group|slice|cohort|bunch|portion"
            r"|section|part(?= of (?:our |the )?customer base)|type|kind|sort|breed)(?:e?s|ies)?"
            r" of (?:our |the )?(?:customer base|clientele|customers?|clients?|people|persons?"
            r"|shoppers?"
            r"|users?|buyers?|audience)\b"
            r"|\b(?:what|which) (?:cohort|crowd|demographic|customer profile)s?\b"
        ),
        "which kind of customers",
    ),
    (r"\bwhere (?:in|around|across) (?:the |our )?(?:country|map|market|network)\b", "where"),
    # which customers are the happiest: groups, nobody in person
    (
        (
            r"(^(?:so |and )?|\b(?:tell me|show me|know|find out|see|say|from|is it) |, )"
            r"(?:which|what) (?:customers|clients|people|shoppers|users|buyers|guests|audiences?"
            r"|employees|staff|colleagues|workers|patients|consumers|respondents|visitors|persons?)"
            r"(?= (?:is|are|was|were|has|have|had|do|did|gives?|gave|rates?|rated|comes?|came"
            r"|feels?|likes?|scores?|saw|improved?|finds?|thinks?|buys?|returns?|enjoys?|trusts?)\b"
            r"[^,]{0,60}\b(?:most|least|best|worst|highest|lowest|happiest|unhappiest|hardest"
            r"|biggest|largest|below|under|above|over|too|dragg?ing|pulling)\b)"
        ),
        r"\1which kind of customers",
    ),
    # the lowest NPS comes from which customers
    (
        (
            r"\b(?:comes?|is|are|stems?) (?:from|among|with) "
            r"(?:which|what) (?:(?:kinds?|types?|sorts?|groups?) of )?"
            r"(?:customers?|clients?|people|persons?|shoppers?|users?|buyers?|groups?)(?=\W*$)"
        ),
        "is of which kind of customers",
    ),
    # who rates us lowest, who likes us best
    (
        (
            r"^(?:so |and )?who (?=(?:rates|scores|likes|loves|enjoys|finds|thinks|feels|trusts"
            r"|returns|comes back|buys again|saw|appreciates|values|hates|dislikes)\b"
            r"[^,]{0,60}\b(?:most|least|best|worst|highest|lowest|biggest|largest|too)\b)"
        ),
        "which kind of customers ",
    ),
    (r"\b(which|what) audiences?\b", r"\1 kind of customers"),
    (r"\b(?:in )?(?:which|what) parts? of china\b", "where"),
    # in which regions is NPS highest
    (
        (
            r"^(?:in|on|at|for) (?:which|what) (\w+s) (?:is|are|was|were) (?:the )?(.{2,40}?)"
            r" (?:the )?(lowest|highest|best|worst|weakest|strongest)\b"
        ),
        r"which \1 have the \3 \2",
    ),
    (r"\bwhereabouts\b(?= (?:is|are|was|were|do|does|did|in)\b)", "where"),
    (
        (
            r"\b(satisfaction|nps|rates?|scores?|it)(?: (?:split|broken down|shown|cut))?"
            r" geographically\b"
        ),
        r"\1 by location",
    ),
    (
        r"\b(?:a |the )?(?:geographic(?:al)?|spatial) (?:breakdown|split|view|distribution) of ",
        "by location ",
    ),
    (r"\bfrom place to place\b", "by place"),
    (
        r"^(.{2,40}?) (?:across the map|around the (?:country|map)|on (?:a|the) map)(?=\W*$)",
        r"\1 by location",
    ),
    # where did NPS drop most
    (
        (
            r"^where (?:did|has|have|was|is) (?:the |our )?(?P<what>.{2,40}?)"
            rf" (?P<how>{MOVED}(?: (?:up|down|off|back))?) (?:the )?(?P<most>most|least)\b"
        ),
        r"in which location has \g<what> \g<how> the \g<most>",
    ),
    (
        (
            r"^how (?:does|do|did) (.{2,40}?) (?:vary|differ|look|change|compare)"
            r" (?:geographically|(?:across|around|throughout) the (?:country|map))\b"
        ),
        r"\1 by location",
    ),
    (
        r"^who (?:is|are) (?=(?:the )?(?:most|least|more|less) (?:likely|inclined|willing|loyal))",
        "which kind of customers is ",
    ),
    # which kind of customers complains the most, rates service worst
    (
        (
            r"^(which kind of customers|who|where(?: do (?:people|customers|they))?)"
            r" (?:complains?|grumbles?|moans?|gripes?)(?: about us)? (?:the )?(most|least)\b"
        ),
        lambda m: (
            f"{'which kind of customers' if m[1] == 'who' else m[1].partition(' do ')[0]}"
            f" is {'least' if m[2] == 'most' else 'most'} happy"
        ),
    ),
    # how much effort do returns cost our customers
    (
        (
            r"^how much effort (?:do|does|did|is|are) (.{3,40}?)(?: (?:cost|take|require|need"
            r"|demand)s?)?"
            r"(?: (?:from|of|for))?(?: (?:the |our )?(?:customers|people|clients|users|us"
            r"|them))?(?=\W*$)"
        ),
        r"effort score of \1",
    ),
    # how big is the typical order
    (
        (
            r"\bhow (?:large|big|high) (?:is|was) (?:the |an? )?(?:typical|average|mean|usual) "
            r"(?:order|basket|bill|purchase|ticket)\b"
        ),
        "what is the average order value",
    ),
    # why is NPS so low: why it is down
    (
        r"^(why (?:is|are|was|were) .{2,50}?) (?:so |this |that |very |rather )?low\b",
        r"\1 down",
    ),
    # how do clients feel after delivery: about us, as nothing else is named
    (
        (
            r"\bhow (?:do|does|did) (.{1,40}?) feel(?: about (?:us|our (?:company|brand)))?"
            r"(?! (?:about|towards?|regarding|with)\b)(?=\W|$)"
        ),
        r"how satisfied are \1",
    ),
    # how likely are families to come back
    (
        (
            r"\bhow likely (?:are|is|were|was) (.{1,40}?) to (come back|come again|return|renew"
            r"|buy again|recommend)"
        ),
        r"likely to \2 of \1",
    ),
    # how do iOS users rate the interface: no rate is asked for
    (
        (
            r"\b(how (?:do|does|did|have|has|would) .{1,40}?)(?<!satisfaction)"
            r"(?<!purchase)(?<!ease)(?<!repeat)(?<!renewal)(?<!resolution) (?:rated?|scored?"
            r"|graded?|judged?"
            r"|see"
            r"|perceived?|view)(?= (?!(?:been|moved?|changed?|develop|trend|shift|evolve|run"
            r"|ran|look"
            r"|behave|progress|fare|held|hold|track|unfold|fluctuate|vary|stay|pan|play|gone|go|do"
            r"|done|drop|fall|fell|rise|rose|improve|climb|slip|since|over|for|among|of)\w*\b)\w+)"
        ),
        r"\1 find",
    ),
    # are families satisfied
    (
        (
            rf"^(are|were|is|was) (?P<who>.{{1,40}}?)(?<!less)(?<!more) (?P<how>{FEELING})"
            r"(?= (?:with (?!how\b|what\b|.* (?:or|and|than) )\w+"
            r"|overall|in|during|over|last|this|since"
            r"|at the moment|right now"
            r"|so far)\b"
            r"|\W*$)"
        ),
        r"how \g<how> \1 \g<who>",
    ),
    # what makes families happy; what are families unhappy about
    (
        rf"^what (?:makes?|made|keeps?) (.{{1,40}}?) {FEELING}\b",
        r"what drives satisfaction of \1",
    ),
    (
        (
            r"^what (?:are|is|were) (?!(?:the |our )?(?:share|percentage|proportion"
            r"|percent|rate)\b)"
            rf"(.{{1,40}}?) {FEELING} (?:about|with|at|by)\b"
        ),
        r"what do \1 say",
    ),
    # how satisfied are our employees: nobody asked them
    (
        rf"\bhow {FEELING} (?:are|is|were) (?:our |the )?(?:employees|staff|clerks)\b",
        "employee satisfaction",
    ),
    # how happy customers are
    (
        (
            rf"\bhow ({FEELING}) ((?!(?:are|is|were|was|with|in|by)\b)\w+(?: \w+){{0,3}}?)"
            r" (are|is|were|was)\b"
        ),
        r"how \1 \3 \2",
    ),
    # service is not great in Wuhan, is it
    (
        r"\b(is|are|was|were) not (?:very |so |that |too )?(?:great|brilliant|ideal|perfect)\b",
        r"\1",
    ),
    (r",? (?:is|are|was|were|does|do|did) (?:it|they)(?: not)?(?=\W*$)", ""),
    # how many of our families were satisfied
    (
        (
            r"^how many (?!per ?cent)(?:of )?((?:our |the )?.{1,40}?) (are|were|is|was) "
            rf"(?={FEELING}\b)"
        ),
        r"what share of \1 \2 ",
    ),
    # how long is the wait
    (
        r"\bhow long (?:is|was|are) (?:the )?(wait|waits|queue|queues)\b",
        "what is the waiting time",
    ),
    (
        (
            r"\bhow long (?:do|did) (.{2,30}?) (?:think they )?(?:have to |had to )?"
            r"(?:wait|queue)\b"
        ),
        r"waiting time of \1",
    ),
    # how often do gold members come back
    (
        (
            r"\bhow often (?:do|does|did) (.{1,40}?)"
            r" (?:come back|buy again|return|reorder|repurchase)\b"
        ),
        r"repurchase rate of \1",
    ),
    # how hard was it for customers with returns
    (
        (
            r"\bhow (?:hard|difficult|easy|painful|tough|tricky|complicated|cumbersome"
            r"|laborious) (?:is|was) it (?:to |for )?"
        ),
        "effort score of ",
    ),
)
