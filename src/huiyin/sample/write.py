"""Write the whole sample: tables, codebooks, workbook, truths."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from huiyin.core.progress import Progress, no_progress
from huiyin.sample.contracts import SampleSettings
from huiyin.sample.folder import Folder
from huiyin.sample.papers import write_benchmarks, write_codebook, write_readme, write_truths
from huiyin.sample.records.customers import write_customers
from huiyin.sample.records.events import write_events
from huiyin.sample.records.internal_tickets import write_internal_tickets
from huiyin.sample.records.leads import write_leads
from huiyin.sample.records.orders import OrderBook, write_silent_orders
from huiyin.sample.records.organisation import write_organisation
from huiyin.sample.records.repairs import write_repairs
from huiyin.sample.records.reviews import write_reviews
from huiyin.sample.surveys.app import write_app_survey
from huiyin.sample.surveys.arms import SURVEYS
from huiyin.sample.surveys.business import make_accounts, write_business
from huiyin.sample.surveys.internal import write_internal_survey
from huiyin.sample.surveys.shop import CHECKOUT, write_shop_survey
from huiyin.sample.surveys.simple import write_simple_survey
from huiyin.sample.surveys.visit import write_visits
from huiyin.sample.truths.all_truths import all_truths
from huiyin.sample.truths.truth import Truth
from huiyin.sample.workbook import write_workbook
from huiyin.sample.world import World, make_world, number_shop_customers


@dataclass(frozen=True, slots=True)
class Sample:
    """What was written.

    Attributes
    ----------
    folder : Path
    rows : mapping of str to int
        Table → rows; the surveys come first.
    truths : tuple of Truth
    """

    folder: Path
    rows: dict[str, int]
    truths: tuple[Truth, ...]


def write_sample(
    folder: Path, settings: SampleSettings, progress: Progress = no_progress
) -> Sample:
    """Make the sample company and write it into a folder.

    Parameters
    ----------
    folder : Path
        Made if it is not there; files of an earlier sample are replaced.
    settings : SampleSettings
        Equal settings give equal tables.
    progress : Progress
        Told how many answers are made.

    Returns
    -------
    Sample

    Raises
    ------
    OSError
        The folder cannot be written to. No table is replaced then, and no draft is left.
    """
    folder.mkdir(parents=True, exist_ok=True)
    world = make_world(settings, CHECKOUT)
    opened = Folder(folder, progress, settings.answers)
    try:
        _write_tables(world, opened)
        opened.publish()
    finally:
        opened.tidy()
    files = sorted(opened.files.values(), key=lambda file: not file.table.is_survey)
    for file in files:
        write_codebook(folder, file.table)
    write_benchmarks(folder, world)
    write_workbook(world, folder)
    truths = all_truths(world.plans)
    write_truths(folder, world, truths)
    write_readme(folder, world, files, truths)
    return Sample(folder, {file.table.name: file.n_rows for file in files}, truths)


def _write_tables(world: World, folder: Folder) -> None:
    shop_numbers = number_shop_customers(world)
    customers = shop_numbers.customers
    book = OrderBook(world, folder, customers)
    write_shop_survey(world, folder, shop_numbers, book)
    write_silent_orders(world, book, customers)
    write_app_survey(world, folder, customers)
    write_visits(world, folder, customers)
    accounts = make_accounts(world)
    write_business(world, folder, accounts, write_leads(world, folder, accounts))
    for survey in SURVEYS:
        write_simple_survey(world, folder, customers, survey)
    write_internal_survey(world, folder)
    write_reviews(world, folder)
    write_customers(world, folder, customers)
    write_organisation(world, folder)
    write_events(world, folder)
    write_internal_tickets(world, folder)
    write_repairs(world, folder, customers)
