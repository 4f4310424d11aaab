"""English turns of phrase that ask what share of customers something holds for."""

from __future__ import annotations

from huiyin.ask.english_asking_turns import FEELING

SHARES: tuple[tuple[str, str], ...] = (
    # what slice of silver members, how big a part of them; the percentage share
    (
        (
            r"\b(?:what|which) (?:slice|chunk|cut|portion|ratio|percentage share|pct|per ?cent"
            r" share|number in"
            r" percent|quota"
            r"|part(?= of (?:the |our |all |all our )?(?:\w+ ){0,3}(?:customers|users|people"
            r"|clients|shoppers|members"
            r"|families|workers|buyers|promoters|detractors|them|those|parcels|deliveries|orders"
            r"|claimants|olds|calls"
            r"|cases|answers|respondents)\b)) of "
        ),
        "what share of ",
    ),
    (
        (
            r"\bhow (?:big|large|great|high|small|sizeable) an? (?:part|share|slice|portion"
            r"|proportion|chunk|fraction"
            r"|percentage) of "
        ),
        "what share of ",
    ),
    (r"\b(?:percentage|percent|relative) share\b", "share"),
    # who grumble about ads
    (
        (
            r"\b(who|that) (?:moan|grumble|grouse|whine|whinge|gripe|protest|kick up a fuss|rant"
            r"|bleat|beef)(?:s|d|ed)?"
            r" (?:about|over|against|at) "
        ),
        r"\1 complain about ",
    ),
    # unsolved cases by team, what percent
    (
        (
            r"^((?!how\b|what\b|which\b|the share|share\b)[a-z][a-z ]{3,40}?(?: by \w+)?), (?:in"
            r"|as an?|what|which|what is the) (?:per"
            r" ?cent|percentage"
            r"|share|proportion|fraction|portion|ratio)(?: is that| are they)?(?=\W*$)"
        ),
        r"share of \1",
    ),
    # how many percent complain about too many ads
    (
        (
            r"^(?:how many per ?cent|what (?:share|percentage|proportion))(?: of (?:the |our"
            r" )?(?:customers"
            r"|people|users|clients|them))? (?:complain|moan|grumble|grumbl|grous|grouse|whine"
            r"|whin|whinge|protest|gripe|report|mention)(?:s|ed)?"
            r"(?: about| of)? (?:having )?"
        ),
        "share of users complaining about ",
    ),
    # happy families share
    (
        (
            r"^(?:the )?(?:share of )?((?:un)?happy|(?:dis)?satisfied) (families|office workers"
            r"|gift buyers|gold members|silver members|customers|clients|users)"
            r" (?:share|percentage|rate|proportion)\b"
        ),
        r"share of \2 who are \1",
    ),
    # the percentage of gold members unhappy with delivery
    (
        (
            r"\b(share|percentage|proportion) of ((?!customers|people|users|clients|shoppers)"
            r"(?:(?!\b(?:who|that|are|were|is|was)\b)[a-z' -]){3,40}?) "
            r"(?=(?:un|dis)?(?:happy|satisfied) with\b)"
        ),
        r"\1 of \2 who are ",
    ),
    # how large is the share of families; what part of them; families: how many percent are
    (
        (
            r"\bhow (?:large|big|high|great|small) (?:is|was|are|were) (?:the |our )?"
            r"(share|proportion|percentage|part) of\b"
        ),
        r"what is the \1 of",
    ),
    (
        (
            r"\bwhat part of (?=(?:the |our |all )?[a-z' ]{2,40}"
            r"(?:customers|clients|users|people|are|were|is|was)\b)"
        ),
        "what share of ",
    ),
    (
        (
            r"^(?!(?:in|at|on|for|among|of|last|over|during|since)\b)([a-z][a-z -]{2,40}?)[:,] "
            r"(how many per ?cent|what (?:share|percentage|proportion))"
            r" (?=(?:are|were|is|was) )"
        ),
        r"\2 of \1 ",
    ),
    # what share of gold members are satisfied with the price
    (
        (
            r"^((?:what|which|how many|the)? ?(?:share|percentage|proportion|fraction|per ?cent)\b"
            rf".{{3,60}}?) (?:are|is) (?={FEELING} with\b)"
        ),
        r"\1 were ",
    ),
    # what share of North China's customers last month are gold members
    (
        (
            r"\b(share|percentage|proportion|fraction) of ([a-z][a-z ]{3,25})'s "
            r"(customers|clients|users|people|shoppers)\b(.{0,30}?) "
            r"(?:(?:are|were|is|was)|(?:held|holds?|have|has|had|own|owned|carry)"
            r"(?= (?:an? )?(?:silver|gold|black gold|regular)\b)) "
        ),
        r"\1 of \3 in \2\4 who are ",
    ),
    # competitor A's share of customers satisfied with price
    (
        (
            r"\b([a-z][\w .-]{2,30}?)'s (share|percentage|proportion) of "
            r"(?:customers|clients|users|people|shoppers) (?=(?:dis|un)?satisfied\b|(?:un)?happy\b)"
            r"(.{5,40}?)(?=$|[?,.]| (?:go|gone|rise|risen|fall|by|in|over|last|this|since|per|up"
            r"|down|quarter|month|week)\b)"
        ),
        r"\2 of customers \3 of \1",
    ),
    # how many gave a ten, in percent
    (
        (
            r"^(?:so |and )?((?:in|for|during|over) [^,]{2,25}, )?how many (?!per ?cent)(.+?),?"
            r" (?:in|as an?|in terms of)"
            r" (?:%|per ?cent(?:ages?)?|shares?|proportion)(?=\W|$)"
        ),
        r"\1what share of \2",
    ),
    # what share is satisfied and what share dissatisfied
    (
        (
            r"\bwhat (?:share|percentage|proportion) (?:is|are|was|were) satisfied,? and "
            r"(?:what|which) (?:share |percentage |proportion )?(?:is |are |was "
            r"|were )?dissatisfied"
        ),
        "satisfaction rate and dissatisfaction rate",
    ),
)
