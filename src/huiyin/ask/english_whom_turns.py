"""English turns of phrase for whom a question is about: parts of the customers, who is left out."""

from __future__ import annotations

import re
from collections.abc import Callable

from huiyin.ask.english_group_turns import GROUPED, levels

WHERE = r"(?:south|north)?(?:east|west)(?:ern)?|(?:south|north)(?:ern)?|central"
LEFT_OUT = (
    r"(?:(?:is|are|being|were|was) )?(?:(?:left|taken|filtered|stripped|kept) out"
    r"|excluded|omitted|removed|ignored|(?:set |put |left )?aside|disregarded"
    r"|not (?:counted|included|counting)|don't count|do not count|discounted)"
)
LEAVES_WHOM = r"(?:the |all )?(?!and\b|but\b|excluding\b|not\b)(\w[\w -]{1,28}?)"
BOUND_OF_LEVELS = (
    r"\b((?:who|that) (?:rate[sd]?|gave|give|scored?|mark(?:ed)?)(?: [a-z][a-z -]{1,25}?)?)"
    r" (?P<bound>below|under|less than|lower than|at most|over|above|more than"
    r"|higher than|at least)"
    r" (?P<n>\d|10)(?![\d.%])"
)
WHOM: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (
        (
            r"\b(gold|silver)(?: (members?|customers?))? "
            r"(?:upwards?|plus|and upwards?|and better|or better)\b"
        ),
        r"\1 and above",
    ),
    # the top tier of a company's own levels
    (
        (
            r"\b(of|for|from|in|among|are|do) (?:the|our) (?:top|highest|upper|best) tier"
            r"(?: (?:accounts|clients|customers|members))?"
            r"(?=\W*$| (?:in|last|this|say|fall|rate)\b)"
        ),
        r"\1 the top tiers",
    ),
    (
        (
            r"\b(of|for|from|in|among|are|do) (?:the|our) (?:bottom|lowest|lower) tier"
            r"(?: (?:accounts|clients|customers|members))?"
            r"(?=\W*$| (?:in|last|this|say|fall|rate)\b)"
        ),
        r"\1 the lower tiers",
    ),
    # clients leaving us
    (
        (
            r"\b(?:(who|that) )?(?:left|leaving|leave|quit|quitting|ditched|abandoned|deserted"
            r"|dumped)"
            r" us\b(?= (?:in|last|this|since|for good|recently)\b|\W*$|[,:;])"
        ),
        lambda m: f"{m[1] or 'who'} churned",
    ),
    # users with a fault, what NPS do they give
    (
        (
            r"^([^,:]{3,60}?)[,:] what (?:is|was|are) their ([a-z][a-z -]{2,30}?)(?=\W*$| (?:in"
            r"|last"
            r"|this|since|over|during)\b)"
        ),
        r"what is the \2 of \1",
    ),
    (
        (
            r"^([^,:]{3,60}?)[,:] what ([a-z][a-z -]{2,30}?) do they (?:give|have|get|report|show"
            r"|leave)"
            r"(?: us)?(?=\W*$| (?:in|last|this|since|over|during)\b)"
        ),
        r"what is the \2 of \1",
    ),
    # NPS earned by each clerk
    (
        (
            r"\b(?:earned|obtained|gained|collected|achieved|scored|received|won|got|reached) by"
            r" (?=each|every|the|our|individual|all)"
        ),
        "by ",
    ),
    # cut into pieces by tier
    (
        (
            r"\b(cut|slice|split|break|divide|chop|carve|separate) (.{2,40}?) (?:up )?into"
            r" (?:pieces"
            r"|parts|slices|groups|chunks|bits|segments|buckets|shares) (?:by|per|along|according"
            r" to)\b"
        ),
        r"\2 by",
    ),
    # individual scores, individual clerks
    (
        r"\bindividual (?=scores?|ratings?|marks|results|numbers|figures|values)",
        "",
    ),
    # NPS, overall, price
    (r"(?<=[:,]) overall(?=, \w+\W*$|,? and \w+\W*$)", " overall satisfaction"),
    # NPS and overall for families
    (
        (
            r"\b((?:nps|score|effort|intent|share|spend) (?:and|plus|as well as)) overall"
            r"(?= (?:for|of|in|by|among|at|this|last|since|please)\b|\W*$|,)"
        ),
        r"\1 overall satisfaction",
    ),
    (BOUND_OF_LEVELS, levels),
    # to get an invoice sorted
    (
        r"\bto get (.{1,40}?) (?:sorted|fixed|solved|resolved|handled|done|dealt with)\b",
        r"for \1",
    ),
    # overall satisfied and dissatisfied rates
    (
        r"\bsatisfied (and|or|vs\.?|versus) dissatisfied (?:rates?|shares?|percentages?)\b",
        r"satisfaction rate \1 dissatisfaction rate",
    ),
    # mean rating, one line per shop
    (
        (
            r",? (?:with )?(?:one|a) (?:line|row|figure|number|value|point|bar) (?:per"
            r"|for (?:each|every)) "
        ),
        " by ",
    ),
    # leaving competitor A aside
    (
        r"\b(?:leave|leaving|put|putting|set|setting) (?!aside)(.{2,40}?) aside\b",
        r"excluding \1",
    ),
    # NPS, SMS left out; with families set aside, NPS; SMS alone
    (
        rf"(?:[,;:(]|\bwith) ?{LEAVES_WHOM} {LEFT_OUT}(?=\W*$|[,;)])",
        r" excluding \1",
    ),
    (rf"^{LEAVES_WHOM} {LEFT_OUT}(?=[,;:] )", r"excluding \1"),
    (r"^([\w ]{2,25}) alone(?=\W*$)", r"only \1"),
    # renewed their contract; whose delivery was late
    (r"\b(renew(?:ed|s)?) (?:their|the|its) contracts?\b", r"\1"),
    (
        (
            r"\bwhose (?:delivery|parcel|package|order|shipment) (?:was|came|arrived|is) "
            r"(?:delivered )?(late|on time)\b"
        ),
        r"with \1 delivery",
    ),
    # typical amount per order
    (
        r"\b(?:typical|usual) (?:amount|spend|value) per (?:order|visit|purchase)\b",
        "average order value",
    ),
    # users plagued by crashes; users who cannot find what they are looking for
    (
        (
            r"\b(?:(?:who|that) (?:are|were|is|was|got|get|have been) )?(?:troubled|bothered"
            r"|plagued|hit|affected|hampered|put off) (?:by|with) "
            r"(?=(?:too many |the |our )?(?:crash|fault|failure|ads\b|advert|login|log-?in|coupon"
            r"|payment|error|bug|problem|return|late|invoice))"
        ),
        "with ",
    ),
    (
        (
            r"\b(?:can ?not|could not|unable to|not able to|fail(?:ed)? to|struggled? to) find"
            r" (?:(?:an? |the |any )?functions?|what they (?:are|were) (?:looking|searching) for"
            r"|what they (?:need|want)(?:ed)?|their way(?: around)?)(?!\w)"
        ),
        "could not find features",
    ),
    # carrier A or B; team 1, 2 and 5
    (
        (
            r"\b(carrier|competitor|express|courier|team|version|agent) (\w+), (\d|[a-z]),?"
            r" and (\d|[a-z])\b"
        ),
        r"\1 \2, \1 \3 and \1 \4",
    ),
    (
        (
            r"\b(carrier|competitor|express|courier|team|version|agent) ([a-z]|\d(?:\.\d)?)"
            r" (or|and|vs\.?|versus) ([b-z]|\d(?:\.\d)?)(?![\w.])"
        ),
        r"\1 \2 \3 \1 \4",
    ),
    # A vs B clients
    (
        (
            r"\b([abc])(?=(?:(?:,| and| or| vs\.?| versus) [abc]){1,2}"
            r" (?:clients|accounts|customers|companies)\b)"
        ),
        r"\1-tier",
    ),
    # A clients; c accounts
    (r"\b([abc])[ -](?=(?:clients|accounts|customers|companies)\b)", r"\1-tier "),
    # how often do we solve app faults
    (r"\bhow often (?:do|did) (?:we|you|they) (?:solve|resolve|fix)\b", "resolution rate of"),
    # recipients of late parcels
    (r"\bof late (?=parcel|deliver|package|shipment|order)", "for late "),
    # leave Beijing Wangjing out
    (r"\b(?:leave|take|filter|strip|keep|leaving|taking) (.{2,40}?) out\b", r"excluding \1"),
    # cases that stayed unresolved
    (r"\b(?:stayed|remained) (?=un|not\b|in\b)", "were "),
    # leaves the most problems unsolved
    (r"\b(?:leaves|left) (?=the (?:most|fewest|least)\b)", "has "),
    # neither families nor gift buyers
    (r"\bneither (.+?) nor (.+?)(?=[:,;?]|$)", r"excluding \1 and \2"),
    # put the regions in order of NPS; regions from the most to the least satisfied
    (r"\bin (?:(?:ascending|descending|rank) )?order of\b", "ranked by"),
    (
        (
            r"^(?:(?:list|show|sort|order|put|rank|arrange|give)(?: me)? )?(.{3,30}?),? "
            r"from (?:the )?(?:most|least) to (?:the )?(?:least|most) (?:satisfied|happy|content)\b"
        ),
        r"rank \1 by satisfaction",
    ),
    # is there a difference in NPS between member tiers
    (
        (
            r"^(?:is|are|was|were) there (?:an? |any |much (?:of an? )?|big "
            r"|large )*differences? in"
            r" (.{2,40}?) (?:between|across|among|by) (?:the |our )?(?:different |various )?"
            r"(?!.*\b(?:and|or|20\d\d|q[1-4])\b)(\w+(?: \w+)?)(?=\W*$)"
        ),
        r"\1 by \2",
    ),
    # returning gift buyers; held gold cards; those on time
    (
        (
            r"\b(?:returning|repeat) (?=(?:gift|famil|office|shoppers|visitors|members|silver|gold"
            r"|black|regular|women|men)\w*\b)"
        ),
        "repurchased ",
    ),
    (
        (
            r"\b(?:held|holds?|have|has|had|own|owned|carry) (?:an? )?"
            r"(?=(?:silver|gold|black gold|regular) (?:members|cards?\b))"
        ),
        "are ",
    ),
    (r"\b(?:those|the ones|ones)(?: that (?:are|were|came|arrived))? on time\b", "on-time ones"),
    # satisfaction across every channel other than SMS: all of them together
    (
        (
            r"\b(?:across|over|in) (?:all|every|any) (\w+(?: \w+)?) (?:other than|apart from|but"
            r"|except(?: for)?|bar|save) (?!not\b)"
        ),
        r"excluding \1 ",
    ),
    # anything but the mini program
    (
        (
            r"\b(?:any|every)(?:thing|one|body|where)(?: else)? (?:but|bar|save|besides"
            r"|except(?: for)?|other than|apart from) (?!not\b)"
        ),
        "excluding ",
    ),
    # all channels but the mini program
    (
        r"\b(?:all|every|any) (\w+(?: \w+){0,2}) (?:but|bar|save|besides) (?!not\b)",
        r"\1 except ",
    ),
    # in May, no black gold
    (
        (
            r",? (?:and )?no (?=(?:[a-z]+ )?"
            r"(?:gold|silver|black|regular|famil|office|gift|sms|wechat|android|ios|phone|mini"
            r"|competitor|carrier|team)\w*\b[\w ]{0,20}\W*$)"
        ),
        " excluding ",
    ),
    # down south, up north
    (
        (
            r"\b(?:down|up|out|over) (?=(?:the )?(?:south|north)(?:east|west)?\b(?!-)"
            r"|(?:the )?(?:east|west)\b)"
        ),
        "in the ",
    ),
    (r"\bin the the\b", "in the"),
    # 18-25s
    (r"\b(\d\d-\d\d)s\b", r"\1"),
    # break NPS down by region, at store level, region-wise
    (r"\b(break|split|slice|cut) (.{1,40}?) (down|up) (?=by\b|per\b)", r"\1 \3 \2 "),
    (
        rf"\b(?:at|on) (?:an? |the )?({GROUPED})[- ]level\b|\b({GROUPED})[- ]wise\b",
        r"by \1\2",
    ),
    # the south and north of China
    (
        rf"\b({WHERE}) (and|or|vs\.?|versus|with) ({WHERE}) china\b",
        r"\1 china \2 \3 china",
    ),
)
