"""Partitions by time of the tables that only grow, and the mover that makes them before they are needed.

How it is done stands in `migrations/sql/0004_months.sql`; here it is called, by a role that may do nothing else of it.
"""

from datetime import date

from domain.kernel import database

MADE_MAX = 24
"""More are left to the next call: two years, if nobody called for as long."""

LACKING = """
select name from months.kept
where ends_on < date_trunc('month', now() at time zone 'UTC') + interval '2 months' order by name
"""
"""The divided tables without a partition for all of the coming month; for who owns them."""


async def provide(today: date | None = None) -> list[str]:
    """Makes the partitions of the next two months, one transaction each, and moves into them what waited in the rest.

    What was made. Ids hold the time of writing, which no test stops: without `today` the day is the database's own.
    Who finds a table in use for half a second gives up, and comes again; two at once are one.
    """
    made: list[str] = []
    while len(made) < MADE_MAX:
        found = await database.gate().fetchval("select provide_month($1)", today)
        if found is None:
            break
        made.append(found)
    return made
