"""Formulas: measures that are computed from other measures, in a language that can do nothing else.

    100% * ON_TIME / FLIGHTS          a share in percent
    REVENUE - if_missing(REBATES, 0)  what to take where a month lacks an input
    (COST / COST[-12] - 1) * 100%     against the same month a year before
    ytd("CO2 AIR") / ytd(SEATS)       from January of the year on; codes with other signs stand in quotes

`terms` has the tree, `parsing` reads it, `units` says in which unit of measure it counts, `evaluating` what it comes
to, `ordering` which formula follows from which.

What always holds: nothing is ever executed; length, depth, parts and references are bounded; every step is exact, and
the value is rounded half up once, at twenty decimals. What was told is never overwritten by a formula.
"""
