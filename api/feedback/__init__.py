"""Feedback in the schema: threads, messages, and what can be done with them."""
