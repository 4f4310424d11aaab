"""What a respondent sees: pages that work without scripts, on a slow phone, in any browser."""
