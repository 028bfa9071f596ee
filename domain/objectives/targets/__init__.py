"""Targets: whether a new one exceeds what came before, who may stay below, and who contributed what to a joint result.

A key result *continues* one of an earlier cycle: by saying so, or by the same measure of the same owner or unit. Where
the policy of the unit is on, its target is tested when the objective is submitted; what does not exceed needs an
*exemption* that two people agreed to and that ends. Shares of a joint result add up to exactly 100 once agreed.
"""
