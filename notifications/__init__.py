"""Delivery: who hears of a fact, in what words, by which channel, and what became of it."""
