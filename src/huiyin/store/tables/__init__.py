"""Every table, one file per noun."""

from huiyin.store.tables.base import Revised, Table
from huiyin.store.tables.boards import Board, BoardVersion, TileComment, Visit
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
from huiyin.store.tables.definitions import (
    AskWordsVersion,
    BenchmarkRow,
    MetricRulesVersion,
    Target,
    WeightSet,
)
from huiyin.store.tables.events import Event
from huiyin.store.tables.made import MadeDefinition
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
from huiyin.store.tables.sending import Contact, DoNotContact, Mailing, SurveyInvitation
from huiyin.store.tables.surveys import (
    AnswerDraft,
    AnswerFile,
    LogoPicture,
    QuotaPlaces,
    Survey,
    SurveyDay,
    SurveyLink,
    SurveyVersion,
)
from huiyin.store.tables.views import SavedView

__all__ = [
    "AnswerDraft", "AnswerFile", "ApiToken", "AskWordsVersion", "AuditRow", "BenchmarkRow",
    "Board", "BoardVersion", "Client",
    "CodebookVersion", "Contact", "Customer", "CustomerField", "CustomerKey", "DataModel",
    "Dataset", "DatasetVersion", "DoNotContact", "Erasure", "Event", "Identity", "Import",
    "Invitation", "Job", "Lease", "LogoPicture", "MadeDefinition", "Mailing", "MetricRulesVersion",
    "QuotaPlaces", "Refresh", "Revised", "RowRule", "SavedReport",
    "SavedView", "Schedule", "Session", "Setting", "ShareLink", "SignInAttempt", "SignInState",
    "Staff",
    "Submission", "Survey", "SurveyDay", "SurveyInvitation", "SurveyLink", "SurveyVersion",
    "Table", "Target", "TileComment", "Unit", "Upload", "Visit", "WeightSet",
]  # fmt: skip
