"""Objectives: what a person promises to reach in a cycle, and the key results by which one sees it.

An objective is *drafted*, *submitted* to the approver, answered (*approved*, *declined* or *information requested*)
and, once promised, moved by *check-ins*. A decision binds to one version: its hash covers the objective and all of
its key results. Nothing is deleted by a decision. Weights are exact integers in percent; those of the key results of
a submitted objective add up to 100. Progress is in percent, may be negative and may exceed 100; no data is null.
"""
