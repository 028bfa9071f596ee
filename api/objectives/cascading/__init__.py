"""Alignments between objectives, the cascade, slices and what-if in the schema."""
