"""The running system: settings, wiring, commands. The only layer that sees all the others."""
