"""English turns of phrase that say a plain thing with a picture: walked away happy, outspend."""

from __future__ import annotations

import re
from collections.abc import Callable

MORE = "(?:more|less|fewer|better|worse|higher|lower|bigger|smaller|greater)"
PICTURED: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
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
    # walked away satisfied
    (
        (
            r"\b(?:walk|walked|went|go|came|come|left|leave) (?:away|home|out|off|us|the (?:shop"
            r"|store|branch)) "
            r"(?=(?:un|dis)?(?:satisfied|happy)\b)"
        ),
        "were ",
    ),
    # do black gold customers outspend gold ones; bigger spenders; better marks
    (r"\bout-?spen(?:d|ds|t) ", "spend more than "),
    (
        r"^(?:are|were) (.{3,40}?) (?:bigger|heavier|better|higher) spenders(?=\W*$)",
        r"do \1 spend more",
    ),
    (
        (
            r"\b(?:give|gives|gave|giving) us (?:the )?(better|higher|worse|lower)"
            r" (?:marks|scores|grades|ratings|stars)\b"
        ),
        lambda m: "is happier" if m[1] in {"better", "higher"} else "is less satisfied",
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
    # how much of a burden is the paperwork
    (
        (
            r"^how much of an? (?:burden|hassle|pain|problem|nuisance|headache|bother) (?:is|are"
            r"|was|were) "
            r"(?:the |our )?(.{3,30}?)(?: (?:seen as|felt to be|considered|thought to be))?"
            r"(?=\W*$| (?:at|in|for|among|this|last|since)\b)"
        ),
        r"how do people find \1",
    ),
    # how often does Express B arrive on time
    (
        (
            r"\bhow often (?:does|do|did|has|have) (.{2,40}?) (?:arrived?|come|came|delivers?"
            r"|delivered|get there"
            r"|turn up|show up) on[- ]time\b"
        ),
        r"on-time rate of \1",
    ),
    # the same month of the prior year
    (
        (
            r"\b(?:the )?same (?:month|quarter|week|period|time|days) (?:of|in|the) (?:the )?"
            r"(?:prior|previous|preceding|last) year\b"
        ),
        "the same period last year",
    ),
    # what does the typical order come to
    (
        (
            r"^what (?:does|did|do) (?:the|an?) (?:typical|usual|average|normal) (?:order|basket"
            r"|bill|purchase)"
            r" (?:come to|amount to|cost|add up to)\b"
        ),
        "what is the average order value",
    ),
    (r"^(?:a )?read-?out of ", "show me "),
)
