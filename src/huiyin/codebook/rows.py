"""What the rows of a dataset are."""

from __future__ import annotations

from huiyin.codebook.contracts import RATING_ROLES, Codebook, Role


def are_answers(codebook: Codebook) -> bool:
    """Tell whether rows are answers to questions, and no events that a case passes through.

    They are rated, and nothing says when what they are about was over.

    Parameters
    ----------
    codebook : Codebook
    """
    return bool(codebook.with_role(*RATING_ROLES)) and codebook.first(Role.RESOLVED) is None
