"""How periods are written in English: March to May, the week before last, first half of May."""

from __future__ import annotations

from huiyin.ask.days import VAGUE, last, part_now
from huiyin.ask.english_period_readers import (
    FORTNIGHT,
    MONTHS,
    WEEKDAYS,
    english_month,
    last_weekend,
    ordinal,
    read_ago,
    read_end,
    read_english_weekday,
    read_half_month,
    read_short,
    read_week_of,
    read_whole_units,
    this_half,
)
from huiyin.ask.numerals import WORD_NUMBER
from huiyin.ask.period_readers import (
    Read,
    days_back,
    fixed,
    half_year,
    read_dotted,
    read_half,
    read_last,
    read_part,
    read_quarter,
    year_to_date,
)

MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
MONTH_AFTER = MONTH.replace("<month>", "<month0>")
EN_YEAR = (
    r"(?:(?:\s*,?\s*(?:of\s+)?(?P<y>(?:19|20)\d{2}|'\d{2}|last year|this year"
    r"|the year before last)\b))"
)
EN_BEFORE = r"(?:(?P<y0>(?:19|20)\d{2}|last year'?s?|this year'?s?)\s+)?"
EN_N = rf"(?P<n>\d{{1,3}}|{WORD_NUMBER})"
EN_UNIT = r"(?P<unit>day|week|month|quarter|year)s?\b"
EN_MONTH = rf"(?:{EN_BEFORE}{MONTH}{EN_YEAR}?|(?P<back>this|last|the current) (?P<whole>month))"
WEEKDAY = "(?P<weekday>" + "|".join(f"{d}|{d[:3]}" for d in WEEKDAYS) + r")\b\.?"
SEASONS = r"(?:spring(?! festival)|summer|autumn|winter)"
FEASTS = (
    "christmas|xmas|easter|thanksgiving|halloween|black friday|(?:valentine|mother|father|women"
    "|teacher|children)(?:'?s|s')? day|lantern festival|(?:fiscal|financial) (?:year|quarter|month"
    r"|q[1-4]|h[12]|first half|second half)"
    r"|fy ?\d{2,4}"
)
"""What no calendar here has: when it is has to be said."""


def telling_forms(names: str) -> tuple[tuple[str, Read], ...]:
    """List the forms in which shorter ones stand that mean other days.

    Parameters
    ----------
    names : str
        Of holidays and sales, as alternatives.
    """
    start = r"(?:(?:the )?(?:very )?(?:start|beginning) of )"
    return (
        (r"\b(?:the\s+)?day before yesterday\b", days_back(2)),
        (
            r"\b(?:the\s+)?(?P<unit>week|month|quarter|year) before last\b",
            lambda m, a: part_now(m["unit"], 2, a.today),
        ),
        (
            (
                rf"\b(?:since|from|starting|starting from) (?:{start}(?:the|this) (?:calendar )?"
                r"year|(?:the )?new year(?!'?s)|new year'?s(?: day)?(?! eve))(?: on(?:wards?)?\b)?"
                r"(?! (?:to|until|till|through)\b)"
            ),
            year_to_date("year"),
        ),
        (
            rf"\b(?:since|from) {start}(?:the|this) (?P<unit>month|quarter|week)\b",
            lambda m, a: part_now(m["unit"], 0, a.today),
        ),
        (
            (
                rf"\b(?:the )?(?P<side>first|last|final) {EN_N} (?P<edge>day|week|month)s? "
                rf"(?:of|in) (?:{EN_MONTH}|(?P<yy>20\d\d|this year|last year|the year)\b)"
            ),
            read_end,
        ),
        (
            rf"\b(?:the )?(?P<half>first|second|1st|2nd|latter|other) half of {EN_MONTH}",
            read_half_month,
        ),
        (
            (
                r"\b(?:the )?(?P<o>first|second|third|fourth|opening|final|last|closing) "
                r"quarter of (?P<y>20\d\d|last year|this year|the year)(?P<y0>)\b"
            ),
            ordinal,
        ),
        (
            (
                r"(?<!until )(?<!till )(?<!through )(?<!as of )\b(?<!until the )(?<!by the"
                r" )(?<!to the )"
                r"(?<!till the )(?<!through the )(?<!as of the )(?<!as at the )"
                r"(?<!were )(?<!was )(?<!are )(?<!arrived )(?<!came )(?<!delivered )"
                r"(?:early|mid|middle|late|(?:first|second|third|last|final) week"
                r"|(?:middle|end|close)(?= of))"
                rf"(?:[ -](?:of |in )?)(?:{EN_MONTH}"
                r"|(?P<yy>20\d\d|(?:this|last|the) (?:year|quarter))\b)"
            ),
            fixed(VAGUE),
        ),
        (
            (
                r"\b(?:before|after|pre|post|ahead of|following|(?:in )?the run[- ]?up to"
                r"|leading up to|around) "
                rf"(?:the )?(?:{names})\b(?: holidays?| festival| week)?"
            ),
            fixed(VAGUE),
        ),
        (
            (
                rf"\b(?:(?:the|this|last) (?:{SEASONS})|(?:last|this) fall(?! (?:in|of)\b)"
                rf"|{SEASONS} of)"
                rf"(?: of)?{EN_YEAR}?\b|\b(?:{SEASONS}|fall) (?:20\d\d|last year)\b"
            ),
            fixed(VAGUE),
        ),
        (rf"\b(?:last |this )?(?:{FEASTS})\b{EN_YEAR}?", fixed(VAGUE)),
        (r"\b(?:the )?(?:latest|most recent) (?:day|week|month|quarter|year)\b", fixed(VAGUE)),
        (
            rf"\b(?:the )?(?:last|past|recent) (?:couple of|few|several) {EN_UNIT}",
            fixed(VAGUE),
        ),
        (
            r"\b(?:the |these |those )?(?:last|past) (?:days|weeks|months|quarters|years)\b",
            fixed(VAGUE),
        ),
        (
            (
                r"\b(?:the )?first (?:few )?(?:days|weeks|months) of "
                rf"(?:{EN_MONTH}|(?P<yy>(?:the|this|last) (?:year|quarter|month)|20\d\d)\b)"
            ),
            fixed(VAGUE),
        ),
        (
            (
                rf"\b(?:the )?(?:last|past|previous|latest|most recent)\s+{EN_N}?\s*"
                r"(?:full|whole|complete|entire|calendar) "
                rf"{EN_UNIT}"
            ),
            read_whole_units,
        ),
        (rf"\b(?:a|{EN_N}) (?P<unit>day|week|month|quarter)s? ago\b", read_ago),
        (r"\b(?P<short0>last|past) (?P<n>\d{1,3}) ?(?P<short>d|w|mo|m|q|y)\b", read_short),
        (r"\b(?:the )?(?:last|past) fortnight\b", lambda _m, a: last(FORTNIGHT, "day", a.today)),
        (r"\b(?:the )?last weekend\b", last_weekend),
        (
            r"\b(?:last|past) \d+ hours\b|\b(?:last night|this (?:morning|afternoon))\b",
            fixed(VAGUE),
        ),
        (
            (
                rf"\b(?P<told>last|on|since|this past|this) {WEEKDAY}(?!s)"
                rf"|\b{WEEKDAY.replace('weekday', 'weekday0')} (?:of )?(?P<of_last>last week)\b"
            ),
            read_english_weekday,
        ),
    )


def english_forms() -> tuple[tuple[str, Read], ...]:
    """List the plain English forms, the more telling ones first."""
    may = r"(?<!\w)"
    return (
        (
            (
                r"\b(?:over|during|within|throughout) the (?:last|past) "
                r"(?P<n>)(?P<unit>year|month|week)\b"
            ),
            read_last,
        ),
        (
            (
                r"\b(?:year[- ]to[- ]date|ytd|so far this year"
                r"|(?:this|the)(?: current| running)? year so far)\b"
            ),
            year_to_date("year"),
        ),
        (
            (
                r"\b(?:month[- ]to[- ]date|mtd|so far this month"
                r"|(?:this|the)(?: current| running)? month so far)\b"
            ),
            year_to_date("month"),
        ),
        (
            (
                r"\b(?:quarter[- ]to[- ]date|qtd|so far this quarter"
                r"|(?:this|the)(?: current| running)? quarter so far|the running quarter)\b"
            ),
            year_to_date("quarter"),
        ),
        (
            rf"\b(?:last|past|previous|recent|latest|trailing|preceding)\s+{EN_N}[\s-]+{EN_UNIT}",
            read_last,
        ),
        (
            (
                r"\b(?:last|past|previous)\s+half[- ]year\b|\bpast half a year\b"
                r"|\blast half a year\b"
            ),
            half_year,
        ),
        (
            (
                rf"\b(?:the\s+)?{EN_N}[\s-]+{EN_UNIT} "
                r"(?:up )?(?:to|until|till|ending|through) yesterday\b"
            ),
            read_last,
        ),
        (rf"\b(?:the\s+)?past\s+(?P<n>)(?:a\s+)?{EN_UNIT}", read_last),
        (r"\b(?:this|the (?:current|running)) half(?:[- ]year)?\b(?! of\b)", this_half),
        (
            (
                rf"\b{EN_BEFORE}(?P<h>first|second|1st|2nd) half(?: (?:of )?(?:the year"
                r"|(?P<y>20\d{2}|last year|this year)))?(?!-| (?:of|year|time|an?)\b)"
            ),
            read_half,
        ),
        (rf"\b{EN_BEFORE}h(?P<h>[12])\b{EN_YEAR}?", read_half),
        (
            (
                rf"\b{EN_BEFORE}(?P<o>first|second|third|fourth|1st|2nd"
                rf"|3rd|4th) quarter\b(?:\s+(?:of\s+)?(?P<y>20\d{{2}}|last year"
                rf"|this year|the year)\b)?"
            ),
            ordinal,
        ),
        (
            r"\b(?P<y>(?:20)?2\d) ?q(?P<q>[1-4])\b|\b(?P<q2>[1-4])q(?P<y2>(?:20)?2\d)\b",
            read_quarter,
        ),
        (rf"\b{EN_BEFORE}q(?P<q>[1-4])\b{EN_YEAR}?", read_quarter),
        (
            (
                r"(?<![\d/])(?P<y>)(?P<m>1[0-2]|[1-9])/(?P<d>[12]\d|3[01]|[1-9])\s*(?:to|-|–|through)\s*"
                r"(?P<m2>1[0-2]|[1-9])/(?P<d2>[12]\d|3[01]|[1-9])(?![\d/])"
            ),
            read_dotted,
        ),
        (
            (
                rf"\b(?:the )?week (?:of|from|starting|beginning|commencing)(?: on)? (?:the )?"
                rf"(?:{MONTH}\s+(?P<d>\d{{1,2}})"
                rf"|(?P<d0>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH_AFTER})"
                rf"(?:st|nd|rd|th)?(?!\d){EN_YEAR}?"
            ),
            read_week_of,
        ),
        (
            (
                rf"{may}{EN_BEFORE}{MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd"
                rf"|th)?(?:\s*(?:to|-|–|through)\s*(?P<d2>\d{{1,2}})(?:st"
                rf"|nd|rd|th)?)?(?!\d){EN_YEAR}?"
            ),
            english_month,
        ),
        (
            (
                rf"{may}(?P<d0>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:to|-|–|through|until)\s*"
                rf"(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}{EN_YEAR}?"
            ),
            english_month,
        ),
        (rf"{may}(?P<d0>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}{EN_YEAR}?", english_month),
        (
            (
                rf"{may}{EN_BEFORE}(?:last\s+|this\s+)?(?!may (?:i|we|be"
                rf"|you)\b){MONTH}{EN_YEAR}?"
            ),
            english_month,
        ),
        (
            (
                r"\b(?P<back>this|the current|current|last|previous)\s+(?P<unit>week"
                r"|month|quarter|year)\b"
            ),
            read_part,
        ),
    )
