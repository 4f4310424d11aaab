"""Views: a saved question and how it is drawn."""
