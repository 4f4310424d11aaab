"""A whole board on paper: PDF, slides, workbook. Nothing is computed here."""
