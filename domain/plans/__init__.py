"""What the group means to earn, spend and build: annual business plans, investments, and what both assume.

Words: an **annual plan** says what each unit of a group means to do in a year, month by month and account by account,
in numbered versions. An **investment** is money that goes out so that more comes back or a strategic objective is
reached; it passes **stage gates** in their order, and is looked at again when it is done. An **assumption** is what
both take for granted, within a range; its **readings** tell whether it still holds. A **derivation** says from which
account of a plan a strategic objective of a year comes. What always holds:

- At most one version of a group's plan for a year is approved. Only a draft can be written.
- A line is of one unit alone, without the units below it: a sum counts nothing twice. Profit follows from revenue and
  cost. What somebody states of a unit with all below it must be what the lines come to, to the last digit, before the
  plan is approved.
- Everything is in the one currency of its plan; what funds one strategic objective is in one currency as well.
- The decision about a stage gate is never taken before the gate in front of it is passed, and is never taken back.
- When the newest reading of an assumption leaves its range, everything that leans on it is flagged, until the strategy
  office settles each flag with a note.

Plans know strategies and call them; measures and objectives they know only by their ids.
"""
