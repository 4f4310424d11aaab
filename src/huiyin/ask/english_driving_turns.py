"""English turns of phrase that ask what a number goes with, and what weighs on it most."""

from __future__ import annotations

import re
from collections.abc import Callable

from huiyin.ask.english_step_turns import MEASURED

"""What of two things weighs more on a third."""
WILLING = {"coming": "return intent", "returning": "return intent", "recommending": "nps",
           "renewing": "renewal intent"}  # fmt: skip
_HOLDS_OFF = (
    r"(?:puts?|putting|stops?|stopping|stopped|keeps?|keeping|kept|prevents?|preventing|prevented"
    r"|discourages?|discouraging|deters?|deterring|holds?|holding|scares?|scaring|turns?|turning"
    r"|drives?|driving)"
)
_NUMBER = rf"((?:the |our )?(?:[a-z-]+ ){{0,2}}{MEASURED}(?: to (?:return|renew|buy))?)"
_NO_FALL = (
    r"(?!.*\b(?:drop|fall|fell|dip|rise|rose|low|lower|high|higher|gap|difference|change|decline"
    r"|increase|slump|last|this|since|in)\b)"
)


def _moved_to(found: re.Match[str]) -> str:
    """Say “what drives people to come back” by the number that is meant."""
    who = re.sub(
        r"\b(?:people|customers|clients|users|shoppers|them|our|the|more|to|someone)\b",
        "",
        found["who"],
    )
    word = found["what"][:3]
    wanted = {"ren": "renewal intent", "rec": "nps"}.get(word, "return intent")
    return f"what drives {wanted}" + (f" of {who.strip()}" if who.strip() else "")


_HARMS = (
    "(?:damag|spoil|lower|reduc|depress|dampen|dent|erod|undermin|wreck|sink|kill|ruin|sapp?|crush"
    "|tank|destroy|impair"
    "|weaken|squash|deflat|jeopardi[sz]|harm|worsen|shav|chok|sabotag|poison|torpedo)(?:ing|es|s)"
)
"""Verbs that say that a number is made lower."""
_SWAYS = (
    "govern|dictate|underlie|underpin|fuel|propel|motivate|steer|sway|power|colou?r|spur|animate"
    "|stimulate|inspire|incentivi[sz]e|foster|condition"
)
"""Verbs that say no more than that one thing weighs on another."""
DRIVING: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # does satisfaction follow price
    (
        (
            rf"^(?:does|do|did) (?P<a>(?:the |our )?(?:\w+ )?{MEASURED}) (?:follow|track"
            rf"|mirror|echo"
            r"|shadow|move with|go with|rise with|fall with|depend on|vary with|hinge on)"
            rf" (?P<b>(?:the |our )?(?:\w+ )?{MEASURED})(?=\W*$)"
        ),
        r"is \g<a> related to \g<b>",
    ),
    # what impact does delivery have on satisfaction; did delivery help satisfaction
    (
        (
            r"^what (?:impact|effect|influence|bearing|difference|role) (?:does|do|did|has|have)"
            rf" (?P<a>(?:the |our )?(?:\w+ )?{MEASURED}) (?:have|had|make|made|play)"
            r" (?:on|to|for|in) (?P<b>.{2,40}?)(?=\W*$)"
        ),
        r"does \g<a> affect \g<b>",
    ),
    (
        (
            rf"^(?:did|does|has|do|is) (?P<a>(?:the |our )?(?:\w+ )?{MEASURED}) (?:help(?:ed"
            rf"|ing)?|hurt(?:ing)?"
            r"|benefit(?:ed|ing)?|boost(?:ed|ing)?|lift(?:ed|ing)?)"
            rf" (?P<b>(?:the |our )?(?:\w+ )?{MEASURED})\b"
        ),
        r"does \g<a> affect \g<b>",
    ),
    # has the price increase hurt NPS: what was done, no rating
    (
        (
            r"\b(?:price|fee|fare|staff|menu|opening hours) (?:increases?|rises?|hikes?|cuts?"
            r"|reductions?|changes?)"
            r" (?=(?:hurt|harm|damage|ruin|help|lift|boost|benefit|raise|lower|reduce|have|had"
            r"|affect)\w*\b)"
        ),
        "repricing ",
    ),
    # top three drivers of NPS
    (
        (
            r"\b(?:top|main|biggest|strongest|first|key) (?:\d+|two|three|four|five|six|ten"
            r"|few) (?:key |main )?"
            r"(drivers|factors|levers|influences|influencers)\b"
        ),
        r"main \1",
    ),
    # what makes people give a high NPS, what makes NPS go up
    (
        (
            r"^what makes? (?:people|customers|clients|users|shoppers|them|someone|somebody)"
            r" (?:give|leave|award)"
            r" (?:us )?(?:an? )?(?:high|higher|good|better|great|top|low|lower|bad|poor)(?=\W| )"
        ),
        "what drives",
    ),
    (
        (
            rf"^what (?:makes?|gets?|causes|would make|would get|lets) (?P<what>(?:the |our"
            rf" )?(?:\w+ )?{MEASURED}"
            r"(?: (?:of|among|for|with) [\w ]{2,30}?)?) (?:to )?(?:go|move|rise|climb|grow"
            r"|improve|increase|shift|tick)"
            r"(?: (?:up|higher|upwards?))?(?=\W*$)"
        ),
        r"what drives \g<what>",
    ),
    # what explains NPS among families, what is behind satisfaction: all in all, no change of it
    (
        (
            r"^(?!.*\b(?:drop|fall|rise|jump|decline|increase|change|jan|feb|mar|apr|may|jun"
            r"|jul|aug|sep|oct"
            r"|nov|dec|low|high|difference|gap|last|this|month|week|quarter|year|since|q[1-4]"
            r"|20\d\d)\w*)"
            r"what(?:'s| is)? (?:explains?|behind|lies behind|underlies|underpins)"
            r" (?P<what>(?:the |our )?(?:\w+ )?"
            rf"{MEASURED}(?: (?:with|of|among|for|in|to) (?:the )?[\w ]{{2,30}}?)?)(?=\W*$)"
        ),
        r"what drives \g<what>",
    ),
    # what drives people to come back, gets clients to renew
    (
        (
            r"^what (?:drives|drove|gets|got|brings|leads|motivates|pushes|encourages"
            r"|convinces|persuades"
            r"|inspires|moves|prompts|induces|causes|makes|tempts|entices|would get|would make)"
            r" (?P<who>(?:\w+ ){1,3}?)(?:to |into )?(?P<what>com(?:e|ing) (?:back|again)"
            r"|return(?:ing)?|buy(?:ing)?"
            r" again|shop(?:ping)? again|keep coming|renew(?:ing)?(?: (?:the|their) contracts?)?"
            r"|recommend(?:ing)?(?: us)?)(?=\W*$)"
        ),
        _moved_to,
    ),
    # does price or service drive NPS more, is it driven more by price or by service
    (
        (
            r"^(?:does|do|is it) (?P<a>[\w -]{3,25}?) or (?P<b>[\w -]{3,25}?)(?: that)?"
            r" (?:drives?|affects?"
            r"|influences?|moves?|shapes?|impacts?|determines?|matters?|counts?|weighs?)(?:"
            r" more)?(?: for| to| on)?"
            r" (?P<what>[\w -]{2,40}?)(?: more| most| the most)?(?=\W*$)"
        ),
        r"which drives \g<what> more, \g<a> or \g<b>",
    ),
    (
        (
            r"^(?:is|are) (?P<what>[\w -]{2,40}?) (?:driven|affected|influenced|shaped|moved"
            r"|determined) (?:more"
            r" |rather |mostly |mainly )?by (?P<a>[\w -]{3,25}?) or (?:more |rather )?(?:by"
            r" )?(?P<b>[\w -]{3,25}?)(?=\W*$)"
        ),
        r"which drives \g<what> more, \g<a> or \g<b>",
    ),
    # how important is price for NPS
    (
        (
            r"^how (?:important|crucial|decisive|relevant|vital|critical|essential|big a"
            r" factor|much of a factor"
            r"|influential) (?:is|are|was) (?P<a>[\w' -]{3,30}?) (?:for|to|in|when it comes to"
            r"|as regards)"
            r" (?P<b>(?:the |our )?(?:\w+ )?"
            rf"{MEASURED}\b)"
        ),
        r"how much does \g<a> matter for \g<b>",
    ),
    # which things make a difference to NPS, what is it linked to most, which aspect decides it
    (
        (
            r"^(?:which|what) (?:things?|aspects?|parts?|points?) (?:makes?|make) (?:a|the|any"
            r"|most) difference (?:to|for|in)\b"
        ),
        "which factors drive",
    ),
    (
        (
            r"^what (?:is|are) (?P<what>.{2,40}?) (?:most )?(?:linked|tied|connected|related) to"
            r" (?:the )?most(?: strongly)?(?=\W*$)"
        ),
        r"what drives \g<what>",
    ),
    (
        (
            r"^(?:which|what) (?:of the )?(?:aspects?|factors?|things?|parts?|ratings?) (?:is|are"
            r"|was|were) (?:most )?"
            r"(?:decisive|crucial|critical|key|pivotal|essential|vital) (?:for|to|in)\b"
        ),
        "which factors drive",
    ),
    # what propels NPS for credit cards, which factors motivate people to return
    (
        (
            r"^(?:so )?(?:what|which (?:aspects?|factors?|dimensions?|areas?|things|elements"
            r"|topics|parts?))"
            r"(?: really| mainly| mostly| most| actually| typically| usually| would| might| could)?"
            rf" (?:{_SWAYS})s? (?=[a-z])"
        ),
        "what drives ",
    ),
    # what is spoiling satisfaction in the Southwest, what dents NPS; what is lifting it
    (
        (
            r"^(?:so )?what(?: is| are)?(?: really| mainly| mostly| most| currently| actually)?"
            rf" (?:{_HARMS}) (?=(?:the |our |my )?(?:[a-z-]+ ){{0,2}}{MEASURED}\b)"
        ),
        "what is dragging down ",
    ),
    (
        (
            r"^(?:so )?what (?:is|are)(?: really| mainly| mostly| most| currently| actually)?"
            r" (?:lifting|boosting|raising|pushing up|propping up|pulling up|strengthening"
            r"|supporting|buoying) "
            rf"(?=(?:the |our |my )?(?:[a-z-]+ ){{0,2}}{MEASURED}\b)"
        ),
        "what drives ",
    ),
    # what should we strengthen first for office workers
    (
        (
            r"^((?:what|where|which \w+) (?:should|could|can|must|would|do) (?:we|you|i)(?: need"
            r" to| have to)?(?: first)?) "
            r"(?:enhance|better|upgrade|lift|boost|raise|strengthen|get better|polish|sharpen"
            r"|ameliorate|beef up|step up)"
            r"(?=(?: first| most)?(?: (?:for|to|with|among|at)\b|\W*$))"
        ),
        r"\1 improve",
    ),
    (
        (
            r"\bto (?:strengthen|better|ameliorate|get better|enhance|polish|upgrade) "
            rf"(?=(?:the |our |my )?(?:[a-z-]+ ){{0,1}}{MEASURED}\b)"
        ),
        "to improve ",
    ),
    # does professionalism dictate satisfaction
    (
        rf"^(?:do|does|did|can|could|might|would) (.{{2,40}}?) (?:{_SWAYS}) (?=[a-z])",
        r"does \1 influence ",
    ),
    # pain points for NPS, which points influence it: no membership points
    (
        (
            r"\b(?:pain|sore|sticking) points? (?=(?:for|of|in|on|with) (?:the |our"
            r" )?(?:[a-z-]+ ){0,2}"
            rf"{MEASURED}\b)"
        ),
        "bottlenecks ",
    ),
    (r"^which points (?=(?:influence|affect|matter|drive|determine|shape)s?\b)", "which aspects "),
    # which aspects push up NPS
    (
        (
            r"^which (?:aspects?|factors?|dimensions?|areas?|things|elements|topics|ratings?)"
            r" (?:most |strongly |mainly )?(?:push(?:es)? up|lifts?|raises?|boosts?|help|props? up"
            r"|explains?|predicts?|carry|carries|moves?) (?:our |the )?(?=[a-z])"
        ),
        "what drives ",
    ),
    # what governs NPS, what is crucial for it, what reduces it
    (
        (
            r"^what (?:really |mainly |mostly |most )?(?:weighs (?:down )?on|governs|dictates"
            r"|underlies"
            r"|underpins|predicts|triggers|fuels|propels|powers|sways|steers|swings|controls"
            r"|impinges on|bears on|contributes to|feeds into|plays into|improves|increases"
            r"|benefits"
            r"|sustains|is (?:most )?(?:key|crucial|critical|decisive|essential|vital|instrumental"
            rf"|central|pivotal) (?:to|for|in)) {_NUMBER}(?=\W*$)"
        ),
        r"what drives \1",
    ),
    (
        (
            r"^what (?:really |mainly |mostly |most )?(?:decreases|lowers|reduces|erodes|saps"
            r"|weighs down"
            rf"|undermines|harms) {_NUMBER}(?=\W*$)"
        ),
        r"what drags \1 down",
    ),
    # how to increase NPS; where to invest to lift it
    (
        (
            r"^how to (?:best )?(?:increase|grow|enhance|raise|strengthen|maximi[sz]e|push up"
            r"|drive up|boost"
            r"|lift|better|up) "
        ),
        "how can we improve ",
    ),
    (
        (
            r"^where to (?:best |first )?(?:invest|act|focus|begin|start|spend(?: money)?|put"
            r" (?:our )?money"
            r"|improve|intervene|concentrate)(?: first)? (?:in order )?(?:to|for) "
        ),
        "where should we invest to ",
    ),
    # what does NPS come down to, what explains NPS, root causes of NPS; of a move it is asked why
    (
        rf"^{_NO_FALL}what (?:is|are) {_NUMBER} (?:down to|owed to|due to|attributable to)(?=\W*$)",
        r"what drives \1",
    ),
    (rf"^{_NO_FALL}what (?:explains|accounts for) {_NUMBER}(?=\W*$)", r"what drives \1"),
    (
        (
            rf"^{_NO_FALL}(?:what are |show )?(?:the )?root causes? (?:of|for|behind)"
            rf" {_NUMBER}(?=\W*$)"
        ),
        r"drivers of \1",
    ),
    # what correlates most with NPS
    (
        (
            r"^what (?:else )?(?:is |are )?(?:the )?(?:most |best |more )?(?:strongly |closely )?"
            r"(?:correlat(?:es?|ed)|related|linked|tied|connected|associated) (?:the )?(?:most "
            r"|best"
            r" |strongest |closest )?(?:strongly |closely )?(?:with|to) "
        ),
        "what drives ",
    ),
    (
        (
            r"^(?:rank|order|sort|list) (?:all )?(?:the |our )?(?:aspects|factors|dimensions|areas"
            r"|ratings|items|drivers) (?:by|on|according to) (?:their |the )?(?:impact"
            r"|influence|effect"
            r"|importance|weight|leverage|relevance) (?:on|for|to) "
        ),
        "drivers of ",
    ),
    # what kills our NPS; what keeps it from rising
    (
        (
            rf"^{_NO_FALL}what(?:'s| is| are)? (?:kill(?:s|ing)?|wreck(?:s|ing)?|torpedo(?:es|ing)?"
            r"|eat(?:s|ing)? into|chip(?:s|ping)? away at|poison(?:s|ing)?|sabotag(?:es|ing)"
            rf"|burden(?:s|ing)?) {_NUMBER}(?=\W*$)"
        ),
        r"what drags \1 down",
    ),
    (
        (
            r"^what(?:'s| is)? (?:keep|stop|prevent|block|hinder)(?:s|p?ing)? (.{2,30}?) from"
            r" (?:rising|growing|improving|going up|climbing|being (?:higher|better)|getting"
            r" (?:better|higher))(?=\W*$)"
        ),
        r"what holds \1 back",
    ),
    # on what depends NPS
    (r"^(?:on|from) what (?:does )?depends? (.{2,30}?)(?=\W*$)", r"what does \1 depend on"),
    # quick wins for NPS; where can we gain most on it
    (
        (
            r"^(?:what are |which are |show |any )?(?:the |our )?(?:biggest |best |main |main"
            r" )?(?:quick wins?"
            r"|low[- ]hanging fruits?|opportunit(?:y|ies)|improvement potentials?|room) (?:for"
            r" improvement )?(?:for|on|in|with|to (?:improve|raise|lift|increase)) "
        ),
        "levers for ",
    ),
    (r"^where (?:can|could|do) we (?:gain|win|get) (?:the )?most (?:on|for|in) ", "levers for "),
    (
        (
            r"^what would (?:make|bring) the (?:biggest|greatest|most) (?:difference|change|gain)"
            r" (?:to|for|in|on) "
        ),
        "what has the biggest impact on ",
    ),
    # what has the biggest bearing on NPS
    (
        (
            r"\b(?:has|have|had) the (?:biggest|greatest|largest|most|strongest)"
            r" (?:bearing|sway|pull|grip) (?:on|over)\b"
        ),
        "has the biggest influence on",
    ),
    # what pulled NPS down in May
    (
        (
            r"^what (?:has )?(?:pulled|dragged|brought|pushed|weighed) (.{2,40}?) down"
            r"(?= (?:in|during|last|this|on|over)\b)"
        ),
        r"why did \1 fall",
    ),
    # is tidiness or service closer tied to NPS
    (
        (
            r"^(?:is|are) .{3,40} or .{3,40} (?:closer|more (?:closely|strongly|tightly)) (?:tied"
            r"|linked|related|connected|bound) (?:to|with) (.{2,40}?)(?=\W*$)"
        ),
        r"what drives \1",
    ),
    # what puts customers off coming again, what keeps clients from renewing
    (
        (
            rf"^what (?:is |are |was |mostly |mainly |usually )?{_HOLDS_OFF} .{{2,40}}?"
            rf" (?:off|back|away"
            r"|from)(?: from)? (coming again|coming back|returning|recommending us|recommending"
            r"|renewing)(?: to us| with us)?(?=\W*$| (?:in|at|among)\b)"
        ),
        lambda m: f"what drives {WILLING[m[1].split()[0]]}",
    ),
    # how driven by price is renewal intent
    (
        (
            r"^how (?:much |strongly |heavily |far )?(?:driven|influenced|affected|shaped|swayed"
            r"|determined|moved|coloured|colored) by (?:the |our )?(.{3,40}?) (?:is|are"
            r"|was) (.{3,40}?)"
            r"(?=\W*$)"
        ),
        r"does \1 relate to \2",
    ),
    (
        (
            r"^how (?:much |strongly |heavily |far )(?:is|are|was) (.{3,40}?) (?:driven|influenced"
            r"|affected|shaped|swayed|determined|moved|coloured|colored) by (?:the |our"
            r" )?(.{3,40}?)"
            r"(?=\W*$)"
        ),
        r"does \2 relate to \1",
    ),
    # what is our NPS driven by
    (
        (
            r"^(?:by )?what(?: is| are| was| were|'s) (?:the |our )?(.{2,40}?) (?:most |mostly "
            r"|mainly"
            r" |chiefly |largely )?(?:driven|shaped|determined|influenced|affected|governed|moved)"
            r"(?: most| mostly| mainly| up| down)?(?: by)?(?=\W*$| (?:in|for|among|at|since"
            r"|over)\b)"
        ),
        r"what drives \1",
    ),
)
