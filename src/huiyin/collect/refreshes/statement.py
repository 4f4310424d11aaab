"""One SELECT and nothing else: looked at before it is sent anywhere."""

from __future__ import annotations

import logging

from huiyin.collect.refreshes.contracts import BadSourceError
from huiyin.core.text import Text

LONGEST = 50_000
_ONE_SELECT = Text(
    "只能写一条 SELECT 查询（可以用 WITH、UNION），这里有别的内容。请只保留查询。",
    "Give one SELECT (WITH and UNION are fine) and nothing else.",
)
_UNREADABLE = Text("看不懂这条 SQL：{why}。", "This SQL is not understood: {why}.")
_ENDS = Text("太长", "too long")


def checked_select(statement: str, dialect: str) -> str:
    """Give a statement back if it is one SELECT that changes nothing.

    The transaction is read-only as well; this gives the better sentence, and refuses what a
    read-only transaction lets through (several statements, locks, settings).

    Parameters
    ----------
    statement : str
    dialect : str
        ``postgres`` or ``sqlite``.

    Raises
    ------
    BadSourceError
        It is something else, or cannot be read.
    """
    import sqlglot
    from sqlglot import exp

    logging.getLogger("sqlglot").setLevel(logging.ERROR)  # its warnings repeat the statement
    plain = statement.strip().rstrip(";").strip()
    if len(plain) > LONGEST:
        raise BadSourceError(_UNREADABLE.format(why=_ENDS))
    try:
        found = sqlglot.parse(plain, read=dialect)
    except sqlglot.errors.SqlglotError as fault:
        why = " ".join(str(fault).split("\x1b", 1)[0].split())[:200]
        raise BadSourceError(_UNREADABLE.format(why=why)) from fault
    changes = (exp.DML, exp.DDL, exp.Into, exp.Lock, exp.Command, exp.Drop, exp.Alter)
    if len(found) != 1 or not isinstance(found[0], exp.Query):
        raise BadSourceError(_ONE_SELECT)
    if any(not isinstance(node, exp.Query) for node in found[0].find_all(*changes)):
        raise BadSourceError(_ONE_SELECT)
    return plain
