"""The strategy map and its intents in the schema."""
