"""How performance is managed in a unit: its mode, and how well that fits the kind of enterprise it is.

Words: a **mode** is a set of **features** (weights of perspectives, cycle, reviews, scoring, key figures set by
headquarters, approvals, distribution, incentives, rating scale, interlocks, currency), together with the **style** in
which headquarters parents the unit and the stage of its **life cycle**. A **template** recommends a mode by enterprise
form, style and life cycle, and says which range of the observable features fits the style. A **design record** says by
which factors a mode was designed. What always holds:

- A **setting** says what a feature is in one unit during a period. At a date the nearest setting upwards holds, and
  where there is none, the template of the unit's own form. The tree is that of the date: a reorganisation rewrites
  nothing.
- A **locked** setting holds for everything below. Nobody below can override it; what was set there before rests. Of
  several locked ones the highest holds.
- A **deviation** is an observable feature outside of the style's range. Who sets one gives a reason.
- The **fit** is the weight of the observable features inside their ranges, from 0 to 1. It judges no unit: it says
  where the way of managing it departs from what its kind of enterprise asks for, and why.

Scorecards ask `service_effective.effective` for the modes of many units in one statement, and `scales` carries scores
of units that work on different scales onto one.
"""
