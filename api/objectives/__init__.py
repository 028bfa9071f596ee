"""Objectives and their life in the schema; `cascading` links them, `targets` tests what they ask."""
