"""Speak to a running server from Python: the same questions, numbers and rights as in its pages."""
