"""The engines that Catchball brings along: a real PostgreSQL 18 and a real Redis in one folder.

Words: the *home* is the folder that holds everything of one installation; a *child* is a process
that dies with its parent; a *tether* is what makes it so; the *hold* is the lock on a home.
Invariants: one holder per home; a PostgreSQL left behind is stopped cleanly before another starts
on its files; nothing here listens on a network port.
"""
