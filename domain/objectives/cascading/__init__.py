"""The cascade: what serves what, how a target is thrown down in slices, and how much of it is carried.

An **alignment** is an edge from an objective to another one or to a strategic objective, agreed by both sides:
*shared* (the same result), *split* (a slice of a key result's target), *weighted* (counts by its weight) or
*qualitative* (a line of sight and no more). A **slice** is thrown down to a receiver, who accepts it with an objective
of their own, declines with a reason or counters; silence is never consent, and nothing is deleted by a decline. Slices
and reserve add up to the target exactly when a split is published and when it is closed, unless somebody waives that
with a reason. *Assigned* is what was thrown down, *carried* what an accountable person accepted; carried never exceeds
assigned.
"""
