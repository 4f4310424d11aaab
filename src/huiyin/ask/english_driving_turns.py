"""English turns of phrase that ask what a number goes with, and what weighs on it most."""

from __future__ import annotations

WEIGHS = (
    "(?:(?:matters|counts|weighs|means) more (?:for|to|on)|(?:has|have|had) (?:the )?"
    "(?:more|bigger|greater|larger|stronger|biggest|most) (?:impact|effect|influence) on|drives)"
)
"""What of two things weighs more on a third."""
DRIVING: tuple[tuple[str, str], ...] = (
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
