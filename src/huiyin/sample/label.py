"""Generated data says so: the mark in every file, and how to find it again."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from huiyin.core.text import Text

GENERATED_KEY = "huiyin-generated"
GENERATED_VALUE = "sample company of huiyin; no real customers"
GENERATED = Text(
    "这是生成的示例数据，不是真实客户。", "This is generated sample data, not real customers."
)
_PROPERTIES = "docProps/core.xml"


def is_generated(path: Path) -> bool:
    """Tell whether a file is marked as generated sample data.

    Parameters
    ----------
    path : Path
        A Parquet file or a workbook; other kinds carry no mark.
    """
    if path.suffix.lower() == ".parquet":
        import pyarrow.parquet as pq

        return GENERATED_KEY.encode() in (pq.read_metadata(path).metadata or {})
    if path.suffix.lower() != ".xlsx":
        return False
    try:
        with ZipFile(path) as parts:
            known = _PROPERTIES in parts.namelist()
            return known and GENERATED_KEY.encode() in parts.read(_PROPERTIES)
    except BadZipFile:
        return False
