"""Modes of performance management in the schema."""
