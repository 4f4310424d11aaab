"""Real files: the headline columns get their role and scale."""

import pytest

from huiyin.codebook.contracts import RATING_ROLES, Role
from huiyin.codebook.infer import infer_codebook
from huiyin.collect.column_profiles import profile_columns
from huiyin.collect.contracts import ReadOptions
from huiyin.collect.read import read
from huiyin.engine.duck import Engine


@pytest.fixture
def book_of(shared, tmp_path):
    def run(path: str):
        with Engine() as engine:
            staged = read([shared / "data" / path], ReadOptions(None, None, tmp_path / "work"))
            profiles = profile_columns(staged, engine)
        return infer_codebook(profiles, profile_name=staged.profile)

    return run


def test_garden_stores(book_of):
    book = book_of("garden_nps/nps.csv")
    nps = book["nps"]
    assert (nps.role, nps.scale.minimum, nps.scale.maximum) == (Role.NPS, 0, 10)
    assert book["intention"].role is Role.INTENT
    assert book["explication"].role is Role.TEXT
    assert book["CaTicket"].role is Role.AMOUNT
    assert "NA" in nps.scale.missing_codes


def test_call_centre(book_of):
    book = book_of("helpdesk/pwc_Call-Center-Dataset.xlsx")
    assert book["Satisfaction rating"].role is Role.CSAT
    assert book["Agent"].role is Role.STAFF
    assert book["Speed of answer in seconds"].role is Role.DURATION


@pytest.mark.parametrize(
    "path",
    [
        "olist/sample3000_albuquerques/olist_orders_dataset.csv",
        "olist/sample3000_albuquerques/olist_products_dataset.csv",
        "helpdesk/helpdesk.csv",
        "hcahps/state_results.csv",
        "weights/survey_apistrat.csv",
    ],
)
def test_files_without_ratings_have_none(book_of, path):
    assert not [c.name for c in book_of(path) if c.role in RATING_ROLES and c.usable]
