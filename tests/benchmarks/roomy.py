"""The product's web process with room for a document that reads 500 objectives at once, for the benchmark alone.

As installed, a document may cost 1,000 points, and a person holds 2,000: the tree of a company costs 17,916. All else
is as in `catchball web`.
"""

from functools import partial

import uvicorn

from api import app
from api.commands import place, web
from api.guard import limits
from api.guard.assembly import Options
from api.guard.callers import Budget
from api.identity import identifying

POINTS = 10**9


def main() -> None:
    app.Options = partial(Options, limits=limits.Limits(cost=POINTS))
    identifying.PERSON_BUDGET = Budget(points_max=POINTS, points_per_second=POINTS, credit=POINTS)
    uvicorn.Server(web.configuration(place.current())).run()


if __name__ == "__main__":
    main()
