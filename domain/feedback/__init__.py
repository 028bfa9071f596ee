"""Feedback: what people say to each other about an objective, a check-in, a measure, or a person.

A *thread* is about one such thing, its *anchor*; nobody reads a thread who does not see its anchor. Its *class* says
who else reads it, each class with those before it: PRIVATE its opener alone, PARTICIPANTS who takes part, CHAIN the
managers above whom it is about, UNIT who works in the anchor's unit, GROUP everybody of the group. Whom a thread is
about takes part in it, unless it is private: nobody talks behind somebody's back. Who is added later reads what is said
from then on.

A *message* is never wider than its thread, and may be narrower. A thread becomes wider when all authors in it agree. An
author edits a message for a quarter of an hour; later edits keep what was there before, for its readers to see. What is
deleted leaves a *tombstone*: who said something when, and no word of it.

*Praise* is a thread about its recipient that names a *value* of the group. Whom a thread is about *pins* what others
said in it, as evidence; nobody else does.
"""
