"""Plans, investments and assumptions in the schema."""
