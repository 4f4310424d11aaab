"""What every layer may use: text, errors, absence, units. Standard library only."""
