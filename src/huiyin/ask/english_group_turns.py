"""English turns of phrase that say of whom, of what and split by what."""

from __future__ import annotations

import re
from collections.abc import Callable

WHERE = r"(?:south|north)?(?:east|west)(?:ern)?|(?:south|north)(?:ern)?|central"
GROUPED = (
    "region|province|city|store|shop|channel|branch|team|agent|segment|tier|brand|industry|module"
    "|release|carrier|account|age|age group|age band|department|site|office|platform|product"
    "|operating system|os|version|app version|stage|teller|clerk|issue type|problem type"
    "|account manager|member tier|membership|customer tier|phone brand|occasion|service item|outlet"
    "|area|zone|location|customer group|policy type"
)
_OPEN_GROUPS = (
    r"(?:places|locations|areas|territories|markets|devices|groups|customer (?:groups|types"
    r"|segments)"
    r"|(?:kinds|types|sorts|groups) of (?:customers?|clients?|people|users?|shoppers?))"
)
_GROUPS = rf"(?:cities|branches|industries|(?:{GROUPED})s?)"

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


def _levels(found: re.Match[str]) -> str:
    """Say “who rated us under 3” by the levels that are meant: 2 or less."""
    bound, number = found["bound"], int(found["n"])
    down = bound in {"below", "under", "less than", "lower than", "at most"}
    number += 0 if bound.startswith("at ") else -1 if down else 1
    return f"{found[1]} {number} or {'less' if down else 'more'}"


GROUPS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # satisfaction ex Tibet, bar the Northwest, sans SMS; all channels less the official account
    (
        (
            r"\b(?:sans|omitting|ex(?= (?!customer|client|user|member|buyer|shopper|employee|staff"
            r"|colleague"
            r"|ante|post)[a-z])|bar(?= (?:the |those |our |for )?(?!chart|graph|plot|diagram"
            r"|none\b|code"
            r"|is\b|are\b|was\b|of\b|in\b|at\b|for\b|to\b|by\b)[a-z])(?<!a bar)(?<!the bar)(?<!our"
            r" bar)"
            r"(?<!as bar)(?<!of bar)(?<!stacked bar))"
            r"(?= [a-z])"
        ),
        "excluding",
    ),
    (
        (
            r"\b((?:everyone|everybody|all(?: our| the)?(?: \w+){0,2}|every \w+)),? (?:less|but"
            r" for|save(?: for)?|minus)"
            r"(?= (?:the |those )?[a-z])"
        ),
        r"\1 excluding",
    ),
    # departed accounts, clients who jumped ship; who did not re-sign
    (
        (
            r"\b(?:gone|departed|quit|cancelled|canceled|dropped[- ]out|defected|walked[- ]away"
            r"|jumped[- ]ship)"
            r" (?=(?:accounts?|clients?|customers?|companies)\b)"
        ),
        "churned ",
    ),
    (
        (
            r"\b(who|that) (?:have |had )?(?:quit|walked away|jumped ship|dropped out|defected"
            r"|departed)"
            r"(?: on us| from us| us)?\b"
        ),
        r"\1 churned",
    ),
    (
        (
            r"\b(did not|do not|does not|didn't|don't|doesn't|will not|won't) (?:prolong|extend"
            r"|re-?sign|sign again"
            r"|keep their contracts?|prolong their contracts?|extend their contracts?)\b"
        ),
        r"\1 renew",
    ),
    (
        (
            r"\b(who|that|have|has) (?:prolonged|extended|re-?signed|signed again|kept their"
            r" contracts?)\b"
        ),
        r"\1 renewed",
    ),
    # what percentage got sorted out; customers with pending issues
    (
        (
            r"\b(?:(got|get|gets|getting) (?:taken care of|dealt with|closed|put right|sorted(?:"
            r" out)?|settled|handled"
            r"|cleared(?: up)?|remedied|ironed out))\b"
        ),
        r"\1 solved",
    ),
    (
        (
            r"\b(were|was|are|been|being|is) (not )?(?:sorted out|ironed out|put right|taken care"
            r" of|remedied|cleared up)"
            r"\b"
        ),
        lambda m: f"{m[1]} {m[2] or ''}solved",
    ),
    (
        (
            r"\b(?:pending|outstanding|unsettled|unsorted|unfixed|not (?:yet )?(?:fixed|sorted"
            r"|closed|settled|solved|resolved)"
            r"|still[- ]open) (?=(?:issues?|problems?|cases?|tickets?|customers|complaints?|share"
            r"|rate|requests?|matters)\b)"
        ),
        "unresolved ",
    ),
    # overdue parcels, the share in time; it came without delay
    (
        (
            r"\b(?:overdue|belated|unpunctual|tardy|behind[- ]schedule)"
            r"(?= (?:rate|share|percent|deliver|parcel|shipment|arrival|order|package))"
        ),
        "late",
    ),
    (
        (
            r"\b(?:on schedule|in time|as promised|without delay|by the promised date|punctually)"
            r"(?= (?:rate|share|percent|deliver|parcel))"
        ),
        "on time",
    ),
    (
        (
            r"\b(arriv(?:e|es|ed|ing)|delivered|come|came|comes) (?:(?P<good>on schedule|in time"
            r"|as promised|without (?:a )?delay"
            r"|punctually|by the promised date|when promised)|behind schedule|overdue|past the"
            r" deadline|after the deadline"
            r"|later than promised)\b"
        ),
        lambda m: f"{m[1]} {'on time' if m['good'] else 'late'}",
    ),
    # users with bugs, without errors
    (
        (
            r"\b(with|without|having|had|no) (?:an? |any )?(?:errors?|bugs?|malfunctions?"
            r"|glitch(?:es)?|hiccups?|outages?)"
            r"\b(?! (?:of|in|share|rate|fix))"
        ),
        lambda m: f"{m[1]} {'a ' if m[1] in {'with', 'without', 'having', 'had'} else ''}fault",
    ),
    # how inclined are they to return; likely to visit again
    (
        (
            r"\b(how|more|most|less|least) (?:prone|inclined|apt|willing|disposed|eager)"
            r" (?=(?:(?:are|is|were) .{2,40}? |they are |people are )?to (?:come|return|recommend"
            r"|renew|buy|shop|visit"
            r"|order|purchase)\b)"
        ),
        r"\1 likely ",
    ),
    (
        (
            r"\b((?:likely|likelihood|intention|intent|willingness|plans?|desire)\b.{0,40}? )to"
            r" (?:(?:shop|order|visit|stop by)"
            r"(?: with us| from us| here| us)? again|be back|make another purchase)\b"
        ),
        r"\1to return",
    ),
    (
        (
            r"\b(did not|do not|does not|didn't|don't|never|not) "
            r"(?:shop|order|visit|purchase|reorder"
            r"|rebuy)(?: with us)? again\b"
        ),
        r"\1 buy again",
    ),
    (r"\bshop(?:ped|s)? with us again\b|\bma(?:k(?:es?|ing)|de) another purchase\b", "buy again"),
    (
        r"\b(?:visit|come|shop|return)(?:ed|ped|s)?(?: again)? (?=within (?:90|ninety) days)",
        "buy again ",
    ),
    # separated by city; the salesperson's age bracket
    (
        (
            r"\b(?:separated|divided|differentiated|disaggregated|classified|stratified|subdivided"
            r"|categori[sz]ed"
            r"|clustered|bucketed|partitioned) by "
        ),
        "split by ",
    ),
    (
        (
            r"\b(?:clerk|salesperson|sales ?person|sales assistant|sales clerk|shop assistant"
            r"|assistant|employee|associate|worker"
            r"|shop worker|cashier|courier|driver|manager|account manager|rep|teller|agent|seller"
            r"|staff)(?:'s|s'|s)?"
            r" age(?: (?:group|bracket|band|range|class)s?)?\b"
        ),
        "salesperson's age",
    ),
    # by courier; courier company B
    (
        (
            r"\b(by|per|each|every|which|across|between|of the (?:two|three)) couriers?\b(?!"
            r" (?:attitude|behaviou?r"
            r"|conduct|friendliness|politeness|courtesy|manner|company|companies|firm|service"
            r"|[ab]\b))"
        ),
        r"\1 carrier",
    ),
    (
        (
            r"\b(?:(?:courier|delivery|logistics|transport|shipping) (?:company|firm|partner"
            r"|provider|service)"
            r"|shipper|haulier|forwarder) (?=[ab]\b)"
        ),
        "carrier ",
    ),
    # build 5.1; which edition
    (
        (
            r"\b(?:build|edition|iteration|revision|update|software version|app update|app build"
            r"|rollout)"
            r" (?=\d\.\d)"
        ),
        "version ",
    ),
    (
        (
            r"\b(which|by|per|each|every|what|across) (?:app )?(?:build|edition|iteration|revision"
            r"|software version"
            r"|app update|rollout)(s?)\b(?! me\b)"
        ),
        r"\1 version\2",
    ),
    # which area of the app, the worst section of it
    (
        (
            r"\b(?:app )?(?:section|area|piece|part|bit|corner|screen|page|tab|component)(s?)"
            r" (?:of|in|within) the app\b"
        ),
        r"module\1",
    ),
    (
        (r"^(which|what) (?:app )?(section|screen|page|tab)(?= (?:is|has|was|gets|does|had) )"),
        r"\1 module",
    ),
    (r"\bby competitors?\b(?! [ab]\b)", "by brand"),
    (r"\bby make\b(?! of)", "by brand"),
    # in the various regions, among the regions
    (
        (
            r"\b(?:in|for|of|across|among|amongst|between|at|within) (?:(?:all|each of) )?(?:the "
            r"|our "
            r")?(?:various|individual|respective|diverse|several) "
            r"(?=(?:\w+ )?(?:regions|provinces|cities|stores|shops|channels|branches|teams|agents"
            r"|segments|tiers"
            r"|brands|industries|modules|releases|carriers|managers|tellers|departments|sites"
            r"|platforms|groups"
            r"|versions|stages|services|offices)\b)"
        ),
        "by ",
    ),
    # the over 50s, over-56s
    (
        (
            r"\b(?:the |our |all )?(?:customers |people |those )?(over|under|above"
            r"|below)[- ]?(\d\d)s\b"
            r"(?! (?:score|seconds))"
        ),
        r"customers \1 \2",
    ),
    (r"\b(over|under)-(\d\d)\b", r"\1 \2"),
    # NPS of 18-25 year olds: no days of May
    (
        (
            r"\b(?:the )?(\d\d) ?(?:-|–|to|and|till) ?(\d\d)[- ]?(?:years?|yrs?|y)[- ]?"
            r"(?:olds?|of age|o)\b(?! (?:group|band|bracket|segment))"
        ),
        r"aged \1-\2",
    ),
    # region breakdown of NPS, NPS with a store split, at city level; depending on tier
    (
        (
            r"^(?!(?:please )?(?:remove|drop|undo|skip|take|leave|without|no|forget|cancel)\b)(.*?)"
            rf"\b(?:with )?(?:an? |the )?({GROUPED})(?:[- ](?:wise )?(?:breakdowns?|splits?|cuts?"
            r"|comparisons?|drill-?downs?|distribution))(?: (?:of|for|on|in)(?= (?:the |our )?"
            r"(?!(?:q[1-4]|20\d\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|last"
            r"|this)\b)))?(?=\W|$)"
        ),
        r"\1by \2",
    ),
    (rf"\b({GROUPED})-level (?=[a-z])", r"by \1 "),
    (
        (
            r"\b(?:depending on|according to|along|distribution (?:over|across|among|between|by))"
            rf" (?:the |our )?({_GROUPS})(?=\W|$)"
        ),
        r"by \1",
    ),
    (
        rf"\b(?:of|for|in|at|across|by|per) (?:the |our |all |all the )?individual ({_GROUPS})\b",
        r"by \1",
    ),
    # show me NPS for all shops; compare shops on NPS
    (
        (
            r"^(?P<what>(?:show|list|give|get|pull|need|table|print|plot|chart)\b.{2,60})"
            r" (?:for|of)"
            rf" (?:all|all the|all of the|all our|each of the|every one of the) (?P<of>{_GROUPS})"
            r"(?=\W*$| (?:in|for|over|last|this|during)\b)"
        ),
        r"\g<what> by \g<of>",
    ),
    (
        (
            r"^(?:please |can you |could you )?compare (?:all |the |our |different |all the "
            r"|all our )*"
            rf"({_GROUPS}|{_OPEN_GROUPS}) (?:on|in|for|in terms of|with regard to|regarding"
            rf"|when it comes to)"
            r" (?!.*\b(?:by|with|against|versus|vs|to)\b)(?:the |our )?(.+)"
        ),
        r"\2 by \1",
    ),
    # NPS of the 26 to 35 bracket
    (
        (
            r"\b(?:the )?(\d\d)(?: ?to ?| ?- ?)(\d\d)(?:[- ]year[- ]olds?)?"
            r" (?:age )?(?:bracket|band)\b"
        ),
        r"\1-\2",
    ),
    # the over 50s, under-30s, the 60-plus crowd
    (
        (
            r"\b(of|for|among|from|(?<!s )are|do|did|with|by|the) (?:the |our )?(over"
            r"|under)[- ](\d\d)[’']?s?\b"
            r"\b(?: (?:crowd|group|customers|people|members))?"
            r"(?=\W*$| (?:in|last|this|say|fall|rate|happy)\b)"
            r"(?!.*(?:\b(?:stores|shops|regions|cities|channels)\b))"
        ),
        r"\1 customers \2 \3",
    ),
    (
        (
            r"\b(?:the |our )?(\d\d)[- ]?(?:plus|\+)"
            r"(?: (?:crowd|customers|people|members|age group)\b)"
        ),
        r"customers over \1",
    ),
    (r"\b(above|over|below|under) the age of (\d\d)\b", r"aged \1 \2"),
    (
        r"\b(?:customers |people |members |those )?aged (\d\d) (?:and|or) (?:over|older|above)\b",
        r"customers over \1",
    ),
    (
        (
            r"\b(of|for|among|from|are|do|with|by) (?:the |our )([2-7]0)s"
            r"(?: (?:crowd|group|customers|people))?"
            r"(?=\W*$| (?:in|last|this|say|fall|rate|happy)\b)"
        ),
        r"\1 people in their \2s",
    ),
    # at least gold, silver upwards
    (
        r"\bat least (gold|silver|black gold|basic)\b(?: (members?|customers?|cards?))?",
        r"\1 \2 and above",
    ),
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
    (BOUND_OF_LEVELS, _levels),
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
