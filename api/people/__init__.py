"""Units, positions and persons in the schema."""
