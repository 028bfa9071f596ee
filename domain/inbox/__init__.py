"""The inbox: what a person should know or do, which devices ring for it, and what was sent to them.

An *item* is the truth; a *delivery* is one try to ring one *device* about it. An item is unique by its dedupe key,
a delivery by item, channel and device, so that a repeated event changes nothing. A device belongs to the session in
which it was registered and falls silent with it.
"""
