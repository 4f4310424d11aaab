"""Why a number changed: where the change sits, what people there say, what goes with it."""
