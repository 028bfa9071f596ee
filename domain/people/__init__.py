"""Who works where, for whom, since when.

Words: a **unit** is a group, company, department or team; its **terms** say what it is called and under which parent
it stands during a period. A person holds **employments** (position, unit, share of full time) and answers to managers
by **reporting lines**: one line manager, who approves, and any number of dotted lines.

Every period is half-open, from `valid_from` up to but without `valid_to`. What always holds:

- A unit has at most one term at any date, and its ancestors form no cycle.
- The shares of a person's employments add up to at most 100 at any date, and exactly one of them is primary.
- A person has at most one line manager at any date, and nobody answers to themself, over however many managers.
- `unit_closure` and `reporting_closure` at any date are the transitive closure of the terms and lines of that date.
- Changes of a tenant's structure wait for each other; what ended before today is history and does not change.
"""
