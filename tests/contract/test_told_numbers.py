"""Numbers that somebody asks for on the web are noted: who opens a corridor is known by name."""

import ast
from pathlib import Path

WEB = Path(__file__).resolve().parents[2] / "src" / "huiyin" / "web"
OPENS = {
    "told.py": "the one way: what is told is noted",
    "near_queries.py": "counts what tells two questions apart; tells nobody",
    "viewing.py": "draws a figure of an answer that was told",
    "questions.py": "answers a share link: its question is fixed, and nobody's",
    "boards.py": "voices, for who may read the rows",
    "enough.py": "whole questionnaires: no conditions",
    "client_scores.py": "whole datasets by client: no conditions",
    "routers/ask.py": "the words of a dataset",
    "routers/survey_results.py": "whole questionnaires: no conditions",
}


def test_whoever_opens_a_corridor_on_the_web_is_listed_with_a_reason():
    opening = set()
    for file in WEB.rglob("*.py"):
        calls = (n for n in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(n, ast.Call))
        if any(isinstance(c.func, ast.Name) and c.func.id == "opened_corridor" for c in calls):
            opening.add(file.relative_to(WEB).as_posix())
    assert opening == set(OPENS)
