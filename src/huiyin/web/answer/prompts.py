"""What an agent is told at each question: how to read it out, and what to enter."""

from __future__ import annotations

from huiyin.core.text import EN, LANGUAGES, Text

PROMPTS = {
    "lead": Text(
        "先报单位和来意，说明约几分钟，对方愿意再问。照题目原话念，不解释、不引导。",
        "Say who you are, why you call and how long it takes; ask only who is willing. "
        "Read the words as they stand: explain nothing, lead nobody.",
    ),
    "nps": Text(
        "念题目和两头的意思，请对方说一个 0 到 10 的数。",
        "Read the question and what both ends mean; ask for a number from 0 to 10.",
    ),
    "csat": Text(
        "念题目，从低到高念一遍选项，对方选一个。",
        "Read the question, then the levels from low to high; one is chosen.",
    ),
    "ces": Text(
        "念题目，从低到高念一遍选项，对方选一个。",
        "Read the question, then the levels from low to high; one is chosen.",
    ),
    "matrix": Text(
        "先念题目和选项，再一行一行问，每行选一个。",
        "Read the question and the levels, then ask row by row; one in each.",
    ),
    "single": Text(
        "念完全部选项再让对方选，只选一个。",
        "Read all options before one is chosen.",
    ),
    "multiple": Text(
        "一项一项念，每项问“是不是”，可以选几项。",
        "Read one option after another and ask yes or no; several may be chosen.",
    ),
    "ranking": Text(
        "念完全部选项，先问哪个最重要，再问第二。",
        "Read all options; ask which comes first, then which comes second.",
    ),
    "slider": Text(
        "念题目和两头的意思，请对方说一个数。",
        "Read the question and what both ends mean; ask for a number.",
    ),
    "text": Text(
        "照对方的原话记，不归纳；追问一句“还有吗”。",
        "Write down their own words, no summary; ask once “anything else?”.",
    ),
    "date": Text("问清年月日。", "Ask for day, month and year."),
    "file": Text("电话里不收文件，跳过。", "No files by telephone: go on."),
    "contact": Text(
        "先说明用途，对方愿意再记，记完念一遍核对。",
        "Say what it is for; write it down only if they agree, and read it back.",
    ),
    "consent": Text(
        "把整句念完，对方明确说“同意”才勾。",
        "Read the whole sentence; tick it only after a clear yes.",
    ),
    "note": Text("念给对方听。", "Read this out."),
}


def prompt(kind: str, language: str) -> str:
    """Tell an agent how to ask a question of a kind; ``lead`` is what comes before all."""
    return PROMPTS[kind].say(language if language in LANGUAGES else EN)
