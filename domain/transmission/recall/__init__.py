"""What people name of a strategy when nobody prompts them, and how much of it that is, without telling who said it.

A *round* asks the people of a unit and of all units below it, each at most once a quarter. A *question* is what one
person is asked: first for up to five *words* of their own, and only when these are fixed, which *priorities* of the
strategy they meant by them, their *marks*. *Recall* is the share of the k weightiest priorities that was named. It is
told for a unit when the round is over, five answered, and nothing of fewer follows by subtraction (`suppression`).
"""
