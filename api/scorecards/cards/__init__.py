"""Scorecards, their scores and the trace of a score in the schema."""
