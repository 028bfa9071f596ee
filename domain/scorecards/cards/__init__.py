"""Scorecards: what a unit or a person is measured by in a cycle, and how it came out, month by month.

Words: a **card** has **perspectives** with weights, and **items**, each a measure, an objective with all that serves
it, or the scorecard of a unit below, with a rule that turns what is **read** of it into a score: 100 is target met. A
**score** is that of a card as of a month. What always holds:

- Score flows one way: from measures, objectives and cards below into an item, never out of a card into an objective.
  Nothing counts twice in a card, on whatever ways it comes; cards never count in a circle.
- A card is scored by the policy that it was published under. A key figure without a strategic objective that it
  serves, or a reason why there is none, is not published.
- What an objective stood at when its month ended is what is read of it for that month from then on. Measures are read
  anew, so that a correction reaches every month it concerns, until the month is closed.
- A closed month keeps what it was scored from as bytes; scored again, the same bytes come out.
- What is confidential counts like everything else, and is named to those alone who keep the card or are scored by it.
"""
