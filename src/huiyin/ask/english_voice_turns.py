"""English turns of phrase that ask what customers say: their exact words, what they want."""

from __future__ import annotations

import re
from collections.abc import Callable

from huiyin.ask.english_step_turns import MEASURED

_SUBJECTS = (
    r"(?:topics|themes|issues|problems|points|concerns|complaints|worries|gripes|things|subjects"
    r"|matters|criticisms|suggestions|wishes)"
)
_RAISE = (
    r"(?:rais(?:e|ed|ing)|mention(?:ed|ing)?|bring(?:ing)? up|brought up|nam(?:e|ed|ing)"
    r"|cit(?:e|ed|ing)|voic(?:e|ed|ing)|flag(?:ged|ging)?(?: up)?|talk(?:ed|ing)? about"
    r"|touch(?:ed|ing)? on|complain(?:ed|ing)? about|writ(?:e|ing) about|wrote about|note|noted)"
)
_GRIEVANCES = (
    r"(?:grievances|objections|criticisms?|annoyances|bugbears|frustrations|negatives|beefs|pet"
    r" peeves|peeves|moans"
    r"|whinges|quibbles|niggles|rants|bones of contention|pet hates|gripes and groans|reproaches"
    r"|irritations|irritants|turn-?offs|sore spots|sore points|things (?:that )?(?:people"
    r"|customers|they|users"
    r"|members|clients|shoppers) (?:dislike|hate|complain about|object to)|bad words|hard words)"
)
_REMARKS = (
    r"(?:views|notes|thoughts|statements|testimonials|messages|reactions|observations|inputs"
    r"|utterances"
    r"|open ends|answers in (?:text|words|writing)|written answers|musings|words of wisdom"
    r"|outpourings)"
)


def _says(found: re.Match[str]) -> str:
    """Say “what do detractors claim”, “what people claimed” with the plain verb."""
    do = found["do"]
    verb = {"do": "say", "did": "say", "does": "say", "are": "saying"}.get(do, "said")
    return " ".join(filter(None, (found["ask"], do, found["who"], verb)))


VOICES: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # positive feedback on delivery, criticism of prices: what is said of one aspect
    (
        (
            r"\b(?:positive|negative|good|bad|critical|favou?rable|unfavou?rable|nice|harsh"
            r"|typical|main|worst"
            r"|best|common|frequent) (?:feedback|comments?|remarks?|voices|opinions?"
            r"|statements?|reactions?|words"
            r"|quotes) (?:on|about|regarding|concerning|to|of)"
            rf" (?=(?:the |our )?(?:\w+ )?{MEASURED}\b)"
        ),
        "comments about ",
    ),
    (
        (
            r"\b(?:critici[sz]ms?|critiques?|reactions?|statements?|utterances?|impressions?"
            r"|grumbles|gripes"
            r"|testimonials|suggestions?|praise|kudos|mentions?) (?:of|on|about|to|for|regarding)"
            rf" (?=(?:the |our )?(?:\w+ )?{MEASURED}\b)"
        ),
        "comments about ",
    ),
    (
        (
            r"\b(?:reactions?|statements?|utterances?|impressions?|critici[sz]ms?|grumbles"
            r"|gripes) (?:of|by|from)"
            rf" (.{{2,30}}?) (?:about|on|to|regarding) (?=(?:the |our )?(?:\w+ )?{MEASURED}\b)"
        ),
        r"comments of \1 about ",
    ),
    # what do families like about delivery, what do they want improved about it
    (
        (
            r"^what (?:do|did|does) (?P<who>.{2,30}?) (?:(?:dis)?like|love|hate|appreciate"
            r"|enjoy|value|resent"
            r"|critici[sz]e|praise|want (?:to be |to see )?(?:improved|changed|fixed|better))"
            r" (?:most |least |best )?(?:about|in|with|on|regarding|at)"
            rf" (?=(?:the |our )?(?:\w+ )?{MEASURED}\b)"
        ),
        r"what do \g<who> say about ",
    ),
    (
        (
            r"^what (?:is|are|'s) (?:the )?(?:problems?|issues?|trouble|wrong) with"
            r" (?P<what>.{2,30}?)"
            r" (?:according to|in the (?:eyes|view|opinion) of|from the (?:view|viewpoint"
            r"|perspective) of)"
            r" (?P<who>.{2,40}?)(?= (?:last|this|in|since|over|during)\b|\W*$)"
        ),
        r"what do \g<who> say about \g<what>",
    ),
    # the main grievances in Hangzhou, objections about the store; testimonials from passives
    (
        (
            rf"(?:(?<=^)|(?<=^the )|\b(?P<before>(?:are|were|show|list|see|give me|get|pull|find"
            rf"|any|main|top|biggest"
            r"|most common|most frequent|chief|key|common|usual|recent|all|of|with|us|customers?'?"
            r"|people's"
            r"|me|our|voiced|latest|their|his|is)"
            rf" (?:the |our |their )?)){_GRIEVANCES}(?=\W*$| (?:about|of|from|in|on|with|at|by"
            rf"|among|over|for|last|this"
            r"|since|during|we|they|people|customers)\b)"
        ),
        lambda m: f"{m['before'] or ''}complaints",
    ),
    (
        (
            rf"^((?:show|list|see|give me|get|pull|find|read|all|any|recent|latest|show me|read"
            rf" me)(?: the| all| some| any)? )?"
            rf"{_REMARKS} (?=(?:of|from|by|about|on|regarding) )"
        ),
        r"\1comments ",
    ),
    # what do detractors claim, put down in writing
    (
        (
            r"^(?P<ask>(?:show me |show |tell me |list |see )?what) (?P<do>do|did|does|are|have"
            r"|has)? ?(?P<who>.{2,40}?) "
            r"(?:claim(?:ed|ing)?|utter(?:ed|ing)?|put(?:ting)? (?:down|in writing|into words|in"
            r" their own words)"
            r"|jot(?:ted|ting)? down|assert(?:ed|ing)?|reckon(?:ed)?|opine[ds]?|profess(?:ed)?)"
            r"(?=\W*$| (?:in|last|this|since|over|during|so far|when|if|about|on)\b)"
        ),
        _says,
    ),
    (
        (
            r"^what (do|did|does) (.{2,40}?) (?:approve of|speak (?:well|highly) of|enjoy|cherish"
            r"|relish|be fond of|treasure"
            r"|esteem|respect|think highly of|warm to|rate highly|delight in|applaud|admire"
            r"|commend|value)(?: us for"
            r"| about us| most| the most)?(?=\W*$| (?:in|last|this|since|over|during|so far|on)\b)"
        ),
        r"what \1 \2 praise",
    ),
    (
        r"\b(what (?:do|did|does) .{2,40}? )(?:appreciate|love|like|praise) us for(?=\W*$)",
        r"\1like about us",
    ),
    # issues raised by families, what topics do families bring up
    (
        (
            rf"^(?:(?:the|main|top|key|biggest|most common|most frequent|frequent|show|list|me) )*"
            rf"{_SUBJECTS} (?:that )?(?:are |were |being )?{_RAISE} (?:most |most often )?by "
        ),
        "what was said by ",
    ),
    (
        (
            r"^(?:what|which) (?:kinds? of |sorts? of |main |other )?"
            rf"{_SUBJECTS} (do|did|are|have) (.{{2,40}}?) {_RAISE}(?: (?:the )?most(?: often)?)?\b"
        ),
        r"what \1 \2 say",
    ),
    # what do families bring up, object to, let us know
    (
        (
            r"^what (do|did|does) (.{2,40}?) (?:bring up|raise|point out|note|speak (?:about"
            r"|of)|let us know"
            r"|request|need from us|propose|demand|lack|slam|slate|knock|bash|trash"
            r"|blast"
            r"|object to|protest(?: about| against)?|loathe|detest|admire|applaud|commend|highlight"
            r"|beef about|flag(?: up)?|recommend we change|can't stand|cannot stand|put forward)"
            r"(?: (?:the )?most)?(?=\W*$| (?:in|last|this|since|over|during|so far|on)\b)"
        ),
        r"what \1 \2 say",
    ),
    # what do they kick off about
    (
        (
            r"\b(?:kick(?:s|ed|ing)? off|bang(?:s|ed|ing)? on|go(?:es|ing)? on|went on|harp(?:s"
            r"|ed|ing)?"
            r" on|bitch(?:es|ed|ing)?|mak(?:e|es|ing) a fuss|made a fuss|mouth(?:s|ed|ing)? off"
            r"|sound(?:s|ed|ing)? off|let(?:s|ting)? off steam|up in arms|have a beef|fuss(?:es"
            r"|ed|ing)?"
            r"|mither(?:s|ed|ing)?|bleat(?:s|ed|ing)?|rail(?:s|ed|ing)?) (?:about|over|against"
            r"|with)\b"
            r"|\b(?:slag(?:s|ged|ging)? off|lay(?:s|ing)? into|laid into|tak(?:e|es|ing) issue with"
            r"|took issue with|bemoan(?:s|ed|ing)?|lament(?:s|ed|ing)?|find(?:s|ing)? fault"
            r" with|found"
            r" fault with|have a go at|pick(?:s|ed|ing)? holes in)"
        ),
        "complain about",
    ),
    # their original comments
    (
        (
            r"(?<!their )(?<!own )\b(?:original|raw|actual|literal|unedited|uncensored"
            r"|unfiltered|exact|real)"
            r" (?=(?:comments?|words|wordings?|quotes?|answers?|feedback|remarks?|texts?"
            r"|statements?"
            r"|replies)\b)"
        ),
        "",
    ),
    # what is on the mind of families, on families' minds
    (
        r"^what(?: is| are|'s) on the minds? of (.{2,40}?)(?=\W*$| (?:in|last|this|since|over)\b)",
        r"what do \1 say",
    ),
    # sample comments for Chengdu, the word on the street, what gets on people's nerves
    (r"\b(?:sample|some sample|example|a sample of) (?=comments|quotes|verbatims|reviews)", ""),
    (r"\b(?:what is )?the word on the street(?= about| on|\W*$)", "what do customers say"),
    (
        (
            r"\bwhat (?:gets|is getting|got) on (?:our )?(?:customers'?|people's|shoppers'?|their)"
            r" nerves\b"
        ),
        "what annoys customers",
    ),
    # what people in Xi'an are unhappy about; what do they wish we did differently
    (
        (
            r"^((?:so |and |please |tell me |show me )*)what ((?:people|customers|clients"
            r"|users|shoppers"
            r"|members|families|gift buyers|office workers)(?: \w[\w' -]{2,30}?)?) (?:are|were) "
            r"(?:so |most |really )?(?:un|dis|not )?(?:happy|satisfied|pleased|angry|upset|annoyed"
            r"|cross|excited) (?:about|with|at)(?=\W*$| (?:in|last|this|since)\b)"
        ),
        r"\1what do \2 say",
    ),
    (
        (r"^what (do|did|does) (.{3,40}?) wish (?:that )?(?:we|us|our \w+)\b.{2,30}?(?=\W*$)"),
        r"what \1 \2 say",
    ),
    # things that gold members liked; what went down well with families; what rubbed people up
    (
        (
            r"^(?:(?:show|give|list|tell)(?: me| us)? )?(?:the |any |some )*things(?: that| which)?"
            r" (.{3,40}?) (?:liked?|loved?|hated?|disliked?|enjoyed|missed|appreciated?|wanted)"
            r"(?: (?:the )?most)?(?: about us)?(?=\W*$| (?:in|last|this|since)\b)"
        ),
        r"what do \1 say",
    ),
    (
        (
            r"^what (?:went|goes|is going|has gone) (?:down|over) (?:well|badly|poorly) with "
            r"(?:the |our )?(.{3,40}?)(?=\W*$| (?:in|at|last|this|since)\b)"
        ),
        r"what do \1 say",
    ),
    (
        (
            r"^what (?:rubbed|rubs|ticked|got|gets) (.{3,40}?) (?:up )?(?:the wrong way|off|going"
            r"|worked up)(?=\W*$| (?:in|at|last|this|since)\b)"
        ),
        r"what do \1 say",
    ),
    # what is the buzz among promoters
    (
        (
            r"^what is (?:the )?(?:buzz|chatter|talk|gossip|word|mood music|tenor|drift) (?:among"
            r"|amongst|from|with) (?:the |our )?(.{3,40}?)(?=\W*$| (?:in|at|last|this|since)\b)"
        ),
        r"what do \1 say",
    ),
    (
        (
            r"\bmost (?:frequent|common|recurring|repeated|widespread) (?=complaints?"
            r"|comments?|gripes)"
        ),
        "",
    ),
    (r"\bones (and|or) twos\b", r"1 \1 2"),
    # what themes come up among detractors
    (
        (
            r"^(?:what|which)(?: (?:themes?|topics?|subjects?|issues?|points?|things?|words?))?"
            r" (?:comes?|came|crops?|cropped|pops?|popped|is coming|are coming|keeps? coming"
            r"|kept coming) up(?: (?:most|a lot|again|again and again|often))* "
            r"(?:among|amongst|with|from|for|in the (?:comments|words|answers) of) "
            r"(?:the |our )?(.{3,50}?)(?=\W*$| (?:in|last|this|since|over|during)\b)"
        ),
        r"what do \1 say",
    ),
    # what did customers find disturbing in Harbin
    (
        (
            r"^what (do|did|does|have) (.{2,40}?) (?:find|found|consider|considered|call|called) "
            r"(?:so |most |the most |particularly |especially |really )?(?!us\b|it\b|our\b|the\b)"
            r"(?:[a-z]+(?:ing|ful|ive|ed|ent|ant|able|ible|ous)|bad|good|great|odd|strange|wrong"
            r"|lovely|awful|nice|terrible)(?: about (?:us|it))?(?=\W*$| (?:in|at|last|this"
            r"|since)\b)"
        ),
        r"what \1 \2 say",
    ),
    # what ideas did black gold members leave us, what message do the comments of detractors send
    (
        (
            r"^(?:what|which|any) (?:ideas?|suggestions?|wishes|thoughts?|advice|tips|requests?"
            r"|proposals?|input|hints?|notes?) (do|did|have) (.{2,40}?) (?:leave|left|have"
            r"|give|given"
            r"|make|made|offer|send|sent|share|shared|come up with|drop)(?: (?:us|with us"
            r"|for us|to us))?"
            r"(?=\W*$| (?:in|last|this|since|over|during)\b)"
        ),
        r"what \1 \2 say",
    ),
    (
        (
            r"^what (?:signals?|message|story|picture|tale) (?:do|does|did) (?:the )?(?:comments?"
            r"|words|remarks|answers) (?:of|from|by) (.{2,50}?) (?:send|tell|give|paint"
            r"|show)(?: us)?"
            r"(?=\W*$)"
        ),
        r"what do \1 say",
    ),
    # experiences that families reported
    (
        (
            r"^(?:(?:show|give|list|tell|read)(?: me| us)? )?(?:the |any |some"
            r" )*(?:personal |own )?"
            r"(?:experiences|stories|anecdotes|remarks|thoughts|accounts|impressions)"
            r"(?: that| which)? (.{3,40}?) (?:reported|report|shared|share|told|tell us|described"
            r"|describe|wrote|left|had)(?: (?:us|to us|with us))?(?=\W*$| (?:in|last|this|since)\b)"
        ),
        r"what do \1 say",
    ),
    # thoughts of black gold members; messages customers left yesterday
    (
        (
            r"^(?:(?:show|give|read|get|send|collect)(?: me| us)? )?(?:the |all |all the |any "
            r"|some )?"
            r"(?:thoughts|impressions|messages|notes|testimonials|statements|ideas|reactions|views)"
            r" (?:of|from|by|left by|sent by|written by|given by) (?=(?:our |the |all |\w+"
            r" )*(?:members"
            r"|customers|people|clients|users|shoppers|families|workers|buyers|owners|callers)\b)"
            r"(?!.* (?:on|about|regarding) )"
        ),
        "comments of ",
    ),
    (
        (
            r"^(?:(?:show|give|read|get|send)(?: me| us)? )?(?:the |all |all the )?(?:messages"
            r"|notes"
            r"|words|lines|thoughts|remarks|comments|feedback)(?: that| which)? (?:our |the )?"
            r"(.{3,30}?)(?: have)? (?:left|wrote|sent|gave|posted|submitted|shared)(?: us| behind)?"
            r"(?=\W*$| (?:in|on|this|last|yesterday|since|during|over|for)\b)"
        ),
        r"comments of \1",
    ),
    # ideas on how to improve checkout: what is said about it
    (
        (
            r"\b(?:ideas|suggestions|thoughts|proposals|tips|advice) (?:from|of|by) ((?:our |the"
            r" )?\w+)"
            r" (?:on|about|for|regarding|as to) (?:how (?:to|we (?:can|could|should)) \w+ )?"
            r"(?:the |our )?(\w+)"
        ),
        r"what do \1 say about \2",
    ),
    # clients leaving us: what did they tell
    (
        (
            r"\bwhat (do|did|does|have) (.{2,30}?) (?:tell|told|report|express|state|put down|jot"
            r" down"
            r"|scribble|convey|voice|utter|remark)(?: us| me)?(?=\W*$| (?:in|last|this|since"
            r"|about)\b)"
        ),
        r"what \1 \2 say",
    ),
    # customers leaving bad scores in May
    (
        (
            r"\b(customers|people|users|clients|shoppers|members|those) (?:leaving|giving|posting"
            r"|submitting|handing out|awarding)(?: us)? (?=(?:bad|poor|negative|good|positive|low"
            r"|high|terrible) (?:reviews?|ratings?|scores?|marks|grades)\b)"
        ),
        r"\1 who gave ",
    ),
    # what have we learned from promoters
    (
        (
            r"^what (?:have|did|do|can) we (?:learned?|learnt|learn|hear|heard|gather|gathered"
            r"|get|got"
            r"|pick(?:ed)? up) from (?!.*\b(?:on|about)\b)"
        ),
        "comments of ",
    ),
    # top reason why people would not recommend us
    (
        (
            r"^(?:what (?:is|are) )?(?:the )?(?:main |top |key |biggest |number one )*reasons?"
            r" (?:why "
            r"|that )?(?:customers|people|users|clients|shoppers|members) (?:would|do|did|will"
            r"|might)"
            r" not recommend(?: us)?(?=\W*$)"
        ),
        "what do detractors say",
    ),
    # comments with 1 or 2 on service
    (
        (
            r"\b(comments|reviews|feedback) (?:with|of|at|having|rated) (?:an? )?(\d(?: (?:or|and"
            r"|to)"
            r" \d)?)(?: stars?| points?)? (?:on|for|in) (?:the |our )?(\w+)(?=\W*$)"
        ),
        r"\1 of people who gave \3 a \2",
    ),
    # complain of
    (r"\b(complain(?:s|ed|ing|ts?)?) of (?=\w)", r"\1 about "),
    # what wound people up; what is eating folks in the northeast; what irks staff
    (
        (
            r"^what (?:is |was |has been )?(?:wound|eats?|ate|eating|irks?|irked|irking"
            r"|gall(?:s|ed|ing)|rankles?|rankled|rile[sd]?|riling|peeve[sd]?|peeving|niggles?"
            r"|niggled|narks?|narked"
            r"|hacks?|hacked|ticks?|ticked|bugs|bugged|bugging) "
            r"((?:the |our )?(?:people|folks?|customers|clients|users|shoppers|members|staff|guests"
            r"|everyone|families|buyers))(?: (?:up|off))?(?: (?:the )?most)?(?: about)?\b"
        ),
        r"what do \1 complain about",
    ),
    # what is customers' beef with delivery; what compliments did they pay us
    (
        (
            r"\bwhat (?:compliments|tributes|kudos|bouquets|kind words|nice things)"
            r" (did|do|does|have) (.{2,40}?) (?:pay|give|send|say|have)(?: (?:to |about )?us)?\b"
        ),
        r"what praise \1 \2 give",
    ),
    # what reasons do promoters give
    (
        (
            r"^(?:what|which) (?:reasons?|explanations?|arguments?) (do|did|does) (.+?) "
            r"(?:give|gave|name|have|mention|state|offer)\b(?! for\b)"
        ),
        r"what \1 \2 say",
    ),
    (
        r"^what (do|did) (.+?) (?:give|name|mention) as (?:their |the |a )?reasons?\b",
        r"what \1 \2 say",
    ),
    # what do the detractors among gift buyers talk about
    (r"^(what (?:do|did|are) .{3,60}?) (?:talk|talking|write|writing) about\b", r"\1 say"),
    # their exact words; what did they want more of
    (r"\b(?:their|the|in their) (?:exact|own|actual|very) words\b|\bword for word\b", "comments"),
    (
        (
            r"\bwhat (?:do|does|did|would) (.{2,40}?) (?:want|like|wish)"
            r" (?:more|less|to see more) of\b"
        ),
        r"what do \1 say",
    ),
    # what office workers want, since March
    (
        (
            r"^(?:so |and |tell me |show me )?what "
            r"(?!do\b|does\b|did\b|are\b|is\b|was\b|would\b|will\b|makes?\b)"
            r"([a-z][a-z -]{2,40}?) (?:want|need|wish for|expect|dislike)(?: from us)?(?=\W*$|,)"
        ),
        r"what do \1 say",
    ),
    # how do detractors describe us; let me see how they talk about our stores
    (
        (
            r"\bhow (do|does|did|would) (.{2,50}?) (?:describe|characteri[sz]e|talk about|speak of"
            r"|speak about)(?: (?:us|it|things|(?:our|the) \w+))?(?=\W|$)"
        ),
        r"what \1 \2 say",
    ),
    (
        (
            r"\bhow ((?!(?:do|does|did)\b).{2,40}?) (?:describes?|talks? about|speaks? of)"
            r" (?:us|(?:our|the) \w+)(?=\W|$)"
        ),
        r"what \1 say",
    ),
    # what would gold members like us to do; what are families asking for
    (
        (
            r"\bwhat (?:do|does|did|would|should) (.{2,60}?) (?:like|want|wish|expect|need|ask)"
            r" (?:us|our \w+) to (?:do|improve|change|fix|add|offer|stop|start)"
            r"(?: (?:better|differently|more|first|next))?(?=\W|$)"
        ),
        r"what do \1 say",
    ),
    (
        (
            r"\bwhat (?:do|does|did|are|is|were) (.{2,40}?) (?:ask|asking|asked|wish|wishing"
            r"|hope|hoping|call|calling) for(?=\W*$| (?:in|during|over|last|this|since)\b)"
        ),
        r"what do \1 say",
    ),
    # people who left bad reviews; the words of our promoters
    (
        (
            r"\b(who|that) (?:left|posted|submitted|wrote)(?: us)?(?: an?)? "
            r"(?=(?:bad|poor|negative|good|positive|low|high) (?:reviews?|ratings?|scores?))"
        ),
        r"\1 gave ",
    ),
    (r"^(?:the )?(?:very |exact |own )?words (?=of\b|from\b)", "comments "),
    # what annoys customers: what they say, not what the unhappy ones among them say
    (
        (
            r"^what (?:annoys|upsets|frustrates|angers|irritates|bothers|disappoints|bugs"
            r"|infuriates|delights|pleases|thrills|puts off) (.+?)(?: (?:the )?most)?(?=\W*$)"
        ),
        r"what do \1 say",
    ),
    # gift buyers: what do they love about us
    (
        (
            r"^(.{3,60}?)[:,] what do they (?:love|like|hate|dislike|enjoy|want|appreciate)"
            r"(?: about (?:us|it|our \w+))?(?=\W*$)"
        ),
        r"what do \1 say",
    ),
    # reviews by people who cannot find features: no groups are asked for
    (
        (
            r"\bby (?=(?:our |the )?(?:people|customers|users|clients|those|members|shoppers)"
            r" (?:who|that|with|on|in|from)\b)"
        ),
        "from ",
    ),
    # reasons for low scores; what reasons do they give
    (
        (
            r"^(?:what are )?(?:the )?(?:main |top )?reasons (?:for|behind|given for) "
            r"(?:the |their )?(?:low|bad|poor|negative) (?:scores|ratings|reviews|marks)"
        ),
        "what do dissatisfied customers say",
    ),
    (
        (
            r"^what reasons (?:do|did) (.+?) (?:give|gave|name|have) for (?:the |their )?"
            r"(?:low|bad|poor|negative) (?:scores|ratings|reviews|marks)"
        ),
        r"what do dissatisfied \1 say",
    ),
    # 1-star reviews on Weibo: what they say
    (
        r"^((?:the |all |any |latest )?)(\d)[- ]star reviews\b(?!.*\b(?:by|per|each|share|say))",
        r"\1\2-star comments",
    ),
    # reviews with 5 stars, 1-star comments
    (r"\b(?:with|of) (\d)[- ]stars?\b", r"that gave \1"),
    (r"\b(\d)[- ]star (reviews|ratings|comments|feedback)\b", r"\2 that gave \1"),
)
