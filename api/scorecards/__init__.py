"""Measures, actuals and formulas in the schema; `cards` are what is scored, `scoring` tries rules."""
