"""Questionnaires from and for other systems."""
