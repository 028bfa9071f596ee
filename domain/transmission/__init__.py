"""How much of the strategy arrives: carried shares, line of sight, recall, promises between units, tested links.

A **part** is one thing that is told of the cascade of a unit with all units below it; an **index** is made of parts and
has no value while one of them is missing. A part that is missing is not zero and says why. An **orphan** is a promised
goal that reaches no strategic objective over agreed edges; a goal **of the ground** is one of somebody to whom nobody
answers; a **reading** is what the parts came to in a month. Formulas: sections 2.1.4 and 2.2 of the domain's paper.
"""
