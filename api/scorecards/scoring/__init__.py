"""Scores that are computed without keeping anything, in the schema."""
