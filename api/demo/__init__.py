"""The demo group: four companies, 240 invented people and their goals, told through the services as if it had happened.

One of the companies is measured by real figures, those of New York's airports in 2013. Everything is told in one
transaction, so a build that is killed leaves nothing behind but an empty tenant, which the next one fills.
"""
