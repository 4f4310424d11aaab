"""English turns of phrase for who stands behind, above or higher than others."""

from __future__ import annotations

import re
from collections.abc import Callable

from huiyin.ask.english_asking_turns import FEELING

STANDING: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # how far is the Binjiang branch behind the others; does NPS vary across member tiers
    (
        (
            r"^how (?:far|much) (?:is|are|was|were) (.{3,40}?) (?:behind|below|ahead of|above) "
            r"(?=(?:the )?(?:other|others|rest)\b)"
        ),
        r"how does \1 compare with ",
    ),
    (
        (
            r"^(?:how much |how strongly |by how much )?(?:does|do|did) (.{2,40}?) (?:vary|differ) "
            r"(?:across|between|among|by|with) (?:the |our )?(?:different |various )?"
            r"(?!.*\b(?:and|or|20\d\d|q[1-4])\b)(\w+(?: \w+)?)(?=\W*$)"
        ),
        r"\1 by \2",
    ),
    # does spend go up with membership level
    (
        (
            r"^(does|do) (.{2,40}?) (?:go up|rise|grow|increase|go down|fall|drop|decrease"
            r"|vary|climb) with\b"
        ),
        r"\1 \2 relate to",
    ),
    # who came back versus those who did not
    (
        (
            r"\b(who|that) ([a-z ]{3,30}?) (versus|vs\.?|than|and|or|compared (?:to|with)) "
            r"(?:those|the ones|ones|people|customers|clients|users) (?:who|that|which) "
            r"(did|do|have|has|had|were|was|are) not(?=\W*$|,)"
        ),
        r"\1 \2 \3 those \1 \4 not \2",
    ),
    # as happy as
    (rf"\bas (?:{FEELING}) as\b", "happier than"),
    # how far behind the competitor are we
    (
        (
            r"\bhow (?:far|much) (?:behind|ahead of|better than|worse than) (.{2,30}?) "
            r"(?:are|is|were|was) (?:we|us)\b"
        ),
        r"us versus \1",
    ),
    # a bigger basket
    (
        r"\b(?:bigger|larger) (?=basket|order|spend|amount|contract|value|ticket|share)",
        "higher ",
    ),
    (
        r"\bsmaller (?=basket|order|spend|amount|contract|value|ticket|share)",
        "lower ",
    ),
    # rated us lower: no rate is asked for; happier than they were last year
    (r"\brate[sd]? us (?=(?:higher|lower|better|worse|more|less)\b)", "find us "),
    (
        r"\bthan (?:they|it|we) (?:were|was|did|had)(?: in)? (?=last|this|a year|the|q[1-4])",
        "than ",
    ),
    # where does NPS stand
    (r"\bwhere (?:do|does|did) (.{1,40}?) stand\b", r"what is \1"),
    # is the north behind the south
    (r"^((?:is|are|was|were) .{2,40}?) (?:behind|ahead of) (?!.* or )", r"\1 versus "),
    # are payment failures more frequent on iOS
    (
        (
            r"\bmore (?:frequent|common|widespread|prevalent)"
            r"(?= (?:in|on|among|amongst|with|for|at|under|than)\b)"
        ),
        "higher",
    ),
    (
        (
            r"\bless (?:frequent|common|widespread|prevalent)"
            r"(?= (?:in|on|among|amongst|with|for|at|under|than)\b)"
        ),
        "lower",
    ),
)
