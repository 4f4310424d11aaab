"""English turns of phrase that put a bound on a number: dips beneath 20, fail to clear 85%."""

from __future__ import annotations

import re
from collections.abc import Callable

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

BOUNDS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
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
