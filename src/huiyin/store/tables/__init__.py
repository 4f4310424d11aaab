"""Every table, one file per noun."""

from huiyin.store.tables.base import Revised, Table
from huiyin.store.tables.customers import Client, Customer, CustomerField, CustomerKey, Erasure
from huiyin.store.tables.data import (
    CodebookVersion,
    DataModel,
    Dataset,
    DatasetVersion,
    Import,
    Refresh,
    SavedReport,
    Submission,
    Upload,
)
from huiyin.store.tables.definitions import BenchmarkRow, MetricRulesVersion, Target, WeightSet
from huiyin.store.tables.operations import AuditRow, Job, Lease, Schedule, Setting
from huiyin.store.tables.people import (
    ApiToken,
    Identity,
    Invitation,
    RowRule,
    Session,
    ShareLink,
    SignInAttempt,
    SignInState,
    Staff,
    Unit,
)
from huiyin.store.tables.surveys import (
    AnswerDraft,
    QuotaPlaces,
    Survey,
    SurveyDay,
    SurveyLink,
    SurveyVersion,
)

__all__ = [
    "AnswerDraft", "ApiToken", "AuditRow", "BenchmarkRow", "Client", "CodebookVersion", "Customer",
    "CustomerField", "CustomerKey", "DataModel", "Dataset", "DatasetVersion", "Erasure",
    "Identity", "Import", "Invitation", "Job", "Lease", "MetricRulesVersion", "QuotaPlaces",
    "Refresh", "Revised", "RowRule", "SavedReport", "Schedule", "Session", "Setting", "ShareLink",
    "SignInAttempt", "SignInState", "Staff", "Submission", "Survey", "SurveyDay", "SurveyLink",
    "SurveyVersion", "Table", "Target", "Unit", "Upload", "WeightSet",
]  # fmt: skip
