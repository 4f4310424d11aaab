"""English as it is typed in haste, written in full: qtr, isn't, w/ gold card, crash %."""

from __future__ import annotations

import re

ABBREVIATIONS = {
    "yr": "year", "yrs": "years", "mth": "month", "mths": "months", "mnth": "month",
    "mnths": "months",
    "qrtr": "quarter", "yday": "yesterday", "mthly": "monthly", "wkly": "weekly", "mos": "months",
    "wk": "week", "wks": "weeks", "qtr": "quarter", "qtrs": "quarters", "w/o": "without",
    "cust": "customer", "custs": "customers", "u": "you", "pls": "please", "plz": "please",
    "thx": "thanks", "ur": "your", "sth": "something", "btw": "by the way", "bc": "because",
    "cuz": "because", "whats": "what is", "hows": "how is", "wheres": "where is", "whys": "why is",
    "gimme": "give me", "lemme": "let me", "wanna": "want to", "dept": "department",
    "excl.": "excluding", "excl": "excluding", "incl.": "including", "incl": "including",
    "prev": "previous", "pct": "percent", "pct.": "percent", "avg.": "average",
    "sat.": "satisfaction", "&": "and", "ppl": "people", "acct": "account", "accts": "accounts",
    "mgr": "manager", "mgrs": "managers", "mgmt": "management", "svc": "service",
    "diff": "difference", "grp": "group", "rgn": "region", "biz": "business", "prob": "problem",
    "sry": "sorry", "rn": "right now", "atm": "right now", "lmk": "let me know", "cld": "could",
    "wld": "would", "shld": "should", "abt": "about", "coz": "because", "tbh": "honestly",
    "imo": "i think", "fwiw": "by the way", "b4": "before", "btwn": "between", "w/out": "without",
    "thru": "through", "nr": "number", "chk": "check", "cmp": "compare", "tho": "though",
    "wots": "what is", "wot": "what", "w": "with",
    "probs": "problems", "qns": "questions", "cmts": "comments", "satis": "satisfaction",
}  # fmt: skip
ABBREVIATED = re.compile(
    r"(?<![a-z0-9/.])(?:" + "|".join(map(re.escape, ABBREVIATIONS)) + r")(?![a-z0-9/])"
)
WITH = re.compile(r"(?<![a-z0-9/])w/ ?(?=[a-z0-9])")
SAT = re.compile(
    r"(?<=service )sat\b|(?<=customer )sat\b|(?<=overall )sat\b"
    r"|(?<!on )(?<!last )(?<!this )\bsat(?= (?:score|rating|level|by|in|for|of|per|with|trend)\b)"
)
"""Short for satisfaction; on Sat is a day."""
VERSUS = re.compile(r"(?<=[a-z0-9] )v\.?(?= [a-z0-9])")
BARE_PERCENT = re.compile(r"(?<!\d )(?<!\d)(?<!how many )\bper ?cent(?= of\b)|^per ?cent\b")
CHANGES_BY = r"change|increase|decrease|rise|drop|growth|decline|difference|fall|up|down|points?"
SHARE_OF = re.compile(r"(?<!\d)(?<!\d )%(?= ?of\b)")
SHARE_AFTER = re.compile(
    r"(?<=[a-z])(?<!\bthe)(?<!\ba)(?<!\bwhat)(?<!\bwhich)(?<!\bin)(?<!\bas)(?<!\bme)"
    rf" ?%(?! ?(?:{CHANGES_BY}|(?:un|dis)?(?:happy|satisfied))\b)"
)
SHARE_BEFORE = re.compile(rf"(?<![\da-z])%(?= ?(?!{CHANGES_BY})[a-z])")
"""A sign without a number says how many of them: crash %, % of families."""
YEAR_AT_END = re.compile(r"(?<=\b20\d\d)\.(?=\s*$)")
"""For 2025. is no month."""
LETTERS_ONLY = re.compile(r"[\x00-\x7f]*")
ARE = re.compile(r"\b(what|who|how|where|why|they|we|you|there|these|those)['’]re\b(?!-)")
IS = re.compile(r"\b(what|who|how|where|why|that|there|it|here)'s\b")
NOT = re.compile(
    r"\b(ca|wo|sha|(?:do|does|did|is|are|was|were|has|have|had|would|could|should))n'?t\b"
    r"|\b([a-z]+)n't\b"
)
WHOLE_VERB = {"ca": "can", "wo": "will", "sha": "shall"}


def written_out(text: str) -> str:
    """Write short forms in full: qtr, pls, isn't.

    Examples
    --------
    >>> written_out("members who aren't gold, last qtr")
    'members who are not gold, last quarter'
    """
    text = ABBREVIATED.sub(
        lambda m: ABBREVIATIONS[m[0]], IS.sub(r"\1 is", ARE.sub(r"\1 are", text))
    )
    text = YEAR_AT_END.sub("", text)
    if LETTERS_ONLY.fullmatch(text):
        text = _share_signs(VERSUS.sub("vs", SAT.sub("satisfaction", WITH.sub("with ", text))))
    return NOT.sub(lambda m: f"{WHOLE_VERB.get(m[1], m[1] or m[2])} not", text)


def _share_signs(text: str) -> str:
    text = BARE_PERCENT.sub("share", text)
    text = SHARE_OF.sub("share", text)
    text = SHARE_AFTER.sub(" share", text)
    return SHARE_BEFORE.sub("share of ", text).replace("share of  ", "share of ")
