"""Sending: personal links, mailings, whom to contact and how often."""
