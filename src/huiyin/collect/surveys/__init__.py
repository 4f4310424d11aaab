"""Questionnaires: what is asked, in which order, of whom, and what an answer becomes."""
