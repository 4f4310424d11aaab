"""English turns of phrase for what sways a number, lifts it or holds it down."""

from __future__ import annotations

import re
from collections.abc import Callable

WEIGHS = (
    "(?:(?:matters|counts|weighs|means) more (?:for|to|on)"
    "|(?:links?|relates?|ties|connects?|contributes?|adds|correlates?) (?:more |better |most"
    " |closer |more closely |more strongly )?(?:to|with)|(?:has|have|had) (?:the )?"
    "(?:more|bigger|greater|larger|stronger|biggest|most) (?:impact|effect|influence) on|drives)"
)
MORE = "(?:more|less|fewer|better|worse|higher|lower|bigger|smaller|greater)"
SWAYING: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # what is at the heart of low NPS in the south; the mechanisms behind the poor overall score
    (
        (
            r"^(?:finding |find |explain |tell me |show me )?(?:what (?:is|lies|was|sits)"
            r" (?:behind|at"
            r" the (?:heart|root|roots|core|bottom) of|underneath)|(?:what (?:is|are) )?(?:the"
            r" )?(?:main"
            r" |key |real |true |top |biggest |two |three |five |\d )*(?:reasons?|causes?"
            r"|mechanisms?|explanations?|forces?) (?:for|of"
            r"|behind)|what (?:explains|causes|caused))(?: the| our| this| such an?| such)?"
            r" (?:low|poor|bad|weak|disappointing|mediocre) (?=[^,]*\b(?:nps|satisfaction"
            r"|(?:overall"
            r"|service|delivery|price|checkout|tidiness|quality|stability) (?:score|rating)))"
        ),
        "why is down ",
    ),
    (
        (
            r"\bwhy (?:the |our )?([a-z -]{2,30}?) (is|are|was|were) (?:so |that |this |very "
            r"|rather"
            r" |pretty |quite )?low\b(?!er)"
        ),
        r"why \1 \2 down",
    ),
    # what limits satisfaction
    (
        (
            r"^what (?:most |really |mainly )?(?:limit|hinder|impede|undermine|constrain|restrain"
            r"|curb"
            r"|sap|cap|stifle|damage|harm|spoil|dampen|sink|tank|cost)s? (?!us\b|me\b)"
        ),
        "what hurts ",
    ),
    # opportunities to improve satisfaction
    (
        (
            r"^(?:what are |what is |where (?:are|is) |any |are there (?:any )?|show me |give me )?"
            r"(?:the |our |best |biggest |main |top )*(?:opportunit(?:y|ies)|ways?|options?"
            r"|potential"
            r"|room|chances?|possibilit(?:y|ies)|scope) (?:to|for us to|of|for) (?:improv(?:e|ing)"
            r"|rais(?:e|ing)|lift(?:ing)?|boost(?:ing)?|increas(?:e|ing)) (?:the |our )?"
            r"(?=(?:overall |customer )?(?:satisf\w+|nps|happiness|rating))"
        ),
        "what drives ",
    ),
    # is checkout the thing that hurts us most
    (
        (
            r"^(?:is|was) (?:the |our )?[a-z -]{3,30}? (?:the thing|what|the factor|the point|the"
            r" one)"
            r"(?: that| which)? (?:hurts|costs|harms|damages|kills|drags|annoys|bothers|upsets)"
            r" (?:us"
            r"|people|customers|them)(?: down)?(?: (?:the )?most)?(?: (?:with|among|for|at))"
        ),
        "what hurts satisfaction most among",
    ),
    # links between price and overall
    (
        (
            r"\b((?:links?|relations?|relationship|correlation|connection|ties?|association)"
            r" (?:between|of) .{2,40}? (?:and|with|to)) (?:the )?overall(?: score| rating)?(?=\W*$)"
        ),
        r"\1 overall satisfaction",
    ),
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
            r"|lower)(?:[- ]value)? (?:orders|baskets|tickets|purchases)(?= (?:come|go|mean|bring"
            r"|lead|make|get|have|correlate|relate|rate|leave|give|and)\b)"
        ),
        "order value",
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
    # what moved satisfaction most; what accounts for its fall
    (
        (
            r"^what (?:has )?(?:moved|moves|shifted|shifts|swung|swings)"
            r" (.{2,40}?) (?:the )?most(?=\W*$)"
        ),
        r"what drives \1",
    ),
    (r"^what (?:accounts?|accounted) for (?:the |this )?", "what lies behind the "),
    # what checkout costs us in NPS
    (
        (
            r"\bcosts? us (?=(?:nps|satisf|repeat|repurchase|renewals?"
            r"|customers' |any |our )\w*)"
        ),
        "hurt ",
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
    # the more people wait, the less they come back; the cleaner the shop, the higher the NPS
    (
        rf"^the {MORE} (?:the )?([^,]{{3,45}}), the {MORE} (?:the |is |are )?(.{{3,40}}?)(?=\W*$)",
        r"does \1 relate to \2",
    ),
    (
        (
            rf"^the ([a-z]{{3,}}er) (?:the |our )?([^,]{{3,45}}), the {MORE} (?:the |is |are )?"
            r"(.{3,40}?)(?=\W*$)"
        ),
        r"does \1 \2 relate to \3",
    ),
    # is price perception a driver of NPS
    (
        (
            r"^(?:is|are) (.{2,40}?) (?:really |actually )?(?:an? )?(?:key |main |real |major "
            r"|strong |big )*"
            r"(?:drivers?|factors?|levers?) (?:of|for|in|behind) "
        ),
        r"does \1 relate to ",
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
    # have any bearing on
    (r"\bha(?:s|ve|d) (?:any|a|some|much|no) bearing on\b", "affect"),
    # does poor price perception lead to low satisfaction
    (
        (
            r"^(does|do) (?:an? )?(?:poor|bad|low|weak|good|high|strong) (.{3,40}?) "
            r"(?:lead to|mean|result in|bring|cause|go (?:along |together )?with) (?:an? )?"
            r"(?:poor|bad|low|weak|good|high|strong) "
        ),
        r"\1 \2 relate to ",
    ),
    # where should we put our effort first if we want a better NPS
    (
        (
            r"^where (?:should|do|could|can|must|shall) (?:we|i) (?:put|focus|direct|spend|invest"
            r"|concentrate|start|begin)\b.{0,30}? (?:if we (?:want|wish|are)|to (?:get|have|reach"
            r"|achieve)|for)(?: to (?:get|have|reach|achieve))? (?:an? )?(?:better|higher) "
        ),
        "what drives ",
    ),
    # which improvements would help NPS most
    (
        (
            r"^(?:which|what) (?:improvements?|changes?|measures?|actions?|steps?) "
            r"(?:would|could|will|might|can) (?:help|lift|raise|improve|boost|increase) "
            r"(.{2,40}?) (?:the )?most(?=\W*$)"
        ),
        r"what drives \1",
    ),
    # which aspect weighs most on NPS; what has the most weight for it
    (
        (
            r"^(?:what|which)(?: (?:aspects?|factors?|things?|ratings?|areas?))? (?:weighs?|bears?)"
            r" (?:the )?(?:most|heaviest|heavily|more)(?: heavily)? (?:on|upon|in|with) (?:the )?"
        ),
        "what drives ",
    ),
    (
        (
            r"^(?:what|which)(?: (?:aspects?|factors?|things?|ratings?|areas?))? "
            r"(?:has|have|carries|carry) (?:the )?(?:most|biggest|greatest|largest) weight "
            r"(?:for|in|on|with) (?:the )?"
        ),
        "what drives ",
    ),
    (
        (
            r"^which (?:aspects?|factors?|things?|ratings?|areas?) (?:counts?|weighs?|matters?)"
            r" (?:the )?most (?:for|to|with)\b"
        ),
        "what matters most to",
    ),
    # what counts most for families
    (r"^what (?:counts|weighs) (?:the )?most (?:for|to|with)\b", "what matters most to"),
    # what matters more for NPS, stability or interface: what weighs on it is ranked
    (
        (
            rf"^(?:what|which)(?: one)? {WEIGHS} (?P<on>.{{2,30}}?)(?: more)?[,:]"
            r" .{2,40} or .{2,40}$"
        ),
        r"what drives \g<on>",
    ),
    (
        (
            rf"^(?!.*\bthan\b).{{2,40}} or .{{2,40}}[,:] (?:what|which)(?: one)? {WEIGHS} "
            r"(?P<on>.{2,40}?)(?: more)?(?=\W*$)"
        ),
        r"what drives \g<on>",
    ),
    (
        (
            r"^do(?:es)? .{2,40} (?:matter|count|weigh|affect (?P<one>.{2,30})) more than .{2,40}?"
            r"(?: (?:for|to) (?P<on>.{2,30}?))?(?=\W*$)"
        ),
        r"what drives \g<on>\g<one>",
    ),
    # what to improve to get more satisfied customers
    (
        (
            r"\bto (?:get|have|make|keep|win) (?:our |the |more )*(?:satisfied|happy|happier)"
            r" (?=customers|clients|users|people|members)"
        ),
        "to raise satisfaction of ",
    ),
    # what does ease of use depend on
    (
        r"^what (?:does|do|did) (.{2,50}?) (?:depend|hinge|rest) on(?: (?:the )?most)?(?=\W*$)",
        r"what drives \1",
    ),
    # problems that cost customers the most effort
    (
        r"\bcosts? (?:the |our )?(?:customers|people|clients|users) (?=(?:the )?(?:most|least))",
        "takes ",
    ),
    (
        (
            r"^(?:is|are) .{2,40} or .{2,40} more (?:important|relevant|decisive) (?:for|to)"
            r" (.{2,30}?)(?=\W*$)"
        ),
        r"what drives \1",
    ),
)
