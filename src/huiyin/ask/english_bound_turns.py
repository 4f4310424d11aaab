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
)
