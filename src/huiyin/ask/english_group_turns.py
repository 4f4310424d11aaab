"""English turns of phrase that say of whom, of what and split by what."""

from __future__ import annotations

import re
from collections.abc import Callable

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


def levels(found: re.Match[str]) -> str:
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
)
