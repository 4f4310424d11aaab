"""SPSS files: the file itself holds labels, missing codes and measurement levels."""

from __future__ import annotations

from huiyin.collect.names import unique_names
from huiyin.collect.profiles.layout import Head, Layout, Recognition
from huiyin.core.text import Text


class Spss:
    """Any SPSS data file."""

    name = "spss"
    title = Text(
        "SPSS 数据文件（.sav），标签取自文件", "SPSS data file (.sav), labels come with it"
    )

    def recognise(self, head: Head) -> Recognition | None:
        """Take every table that was read from an SPSS file."""
        if head.kind != "spss":
            return None
        return Recognition(
            1.0, Text("是 SPSS 文件，标签取自文件", "an SPSS file, labels come with it")
        )

    def lay_out(self, head: Head) -> Layout:
        """Use the variables' own names and labels."""
        return Layout(1, unique_names(head.row(0)), head.hints)


PROFILES = (Spss(),)
