"""The colours of a report, light and dark; every text pair has contrast 4.5 or more."""

from __future__ import annotations

INK, SOFT, RULE, PAPER, WASH = "#1F2329", "#5C626B", "#E3E6EB", "#FFFFFF", "#F6F7F9"
ACCENT, GOOD, BAD, UNSURE = "#3B5BDB", "#0F7B75", "#C8453B", "#8A8F98"
UNSURE_TEXT = "#666C75"
ACCENT_PALE, GOOD_PALE, BAD_PALE, GREY_PALE = "#DCE3FA", "#8CC5BF", "#EBA79F", "#D5D9DF"
ACCENT_BAND = "#E9EDFB"

HEAT = ("#F1F4FE", "#DFE6FC", "#C3CFF8", "#9DB0F1", "#5A76E2", "#3B5BDB")
"""Shades of a heat map; ink on the first `HEAT_PALE`, paper on the rest."""
HEAT_PALE = 4

DARK: dict[str, str] = {
    INK: "#E8EAED", SOFT: "#A9AFB9", RULE: "#343941", PAPER: "#1B1E23", WASH: "#14161A",
    ACCENT: "#8FA6FF", GOOD: "#4FC4BA", BAD: "#FF8A7E", UNSURE: "#949AA4",
    UNSURE_TEXT: "#A9AFB9", ACCENT_PALE: "#33406E", GOOD_PALE: "#2B6F6A", BAD_PALE: "#8A4039",
    GREY_PALE: "#4A5059", ACCENT_BAND: "#262D45",
    "#F1F4FE": "#20242F", "#DFE6FC": "#272E45", "#C3CFF8": "#2F3A60", "#9DB0F1": "#394A84",
    "#5A76E2": "#7890F0",
}  # fmt: skip
"""What each light colour becomes on dark paper."""

TONES: dict[str, str] = {
    "good": GOOD, "bad": BAD, "neutral": SOFT, "unknown": UNSURE, "accent": ACCENT,
}  # fmt: skip
"""Tone of a mark → its colour; words in grey use `UNSURE_TEXT`."""
