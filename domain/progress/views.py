"""What of a board can be read, and who is named on it."""

from domain.kernel.views import Column, Extensions, Fact, Facts, Kind, Many, One, Roots, View
from domain.progress.rules import NEIGHBOURS, TOP_MAX, WIDTH

_COUNTS = "standing_count c where c.tenant_id = {tenant} and c.season_id = {running_season}"
FACTS: Facts = {
    "running_season": Fact(
        "(select s.id from season s where s.tenant_id = {tenant} and s.starts_on <= {today} and {today} <= s.ends_on)",
        "uuid",
    ),
    "people_ranked": Fact(f"(select coalesce(sum(c.people), 0) from {_COUNTS} and c.width = {WIDTH})", "integer"),
}
"""The season of today, and how many are ranked in it."""

_BEHIND_STEP = f"{{row}}.points - {{row}}.points % {WIDTH} + {WIDTH}"
RANK = (
    f"(1 + coalesce((select sum(c.people) from {_COUNTS} and c.width = {WIDTH} and c.points >= {_BEHIND_STEP}), 0)"
    f" + coalesce((select sum(c.people) from {_COUNTS} and c.width = 1 "
    f"and c.points > {{row}}.points and c.points < {_BEHIND_STEP}), 0))"
)
"""As `rules.rank`: the hundreds above, and the exact points above within one's own hundred."""
NAMED = f"({{row}}.person_id = {{me}} or 2 * ({RANK} - 1) <= {{people_ranked}} - 1)"
"""As `rules.may_be_named`, and oneself always."""


def _next(comparison: str, direction: str) -> str:
    """The nearest of those who stand before or behind the standing `m`."""
    order = ", ".join(f"b.{column}{direction}" for column in ("minus_points", "reached_at", "person_id"))
    return (
        "(select b.person_id from standing b where b.tenant_id = {tenant} and b.season_id = m.season_id and b.is_shown "
        f"and (b.minus_points, b.reached_at, b.person_id) {comparison} (m.minus_points, m.reached_at, m.person_id) "
        f"order by {order} limit {NEIGHBOURS})"
    )


_AROUND_ME = (
    "(select n.person_id from standing m cross join lateral "
    f"(select m.person_id union all {_next('<', ' desc')} union all {_next('>', '')}) n "
    "where m.tenant_id = {tenant} and m.season_id = {running_season} and m.person_id = {me} and m.is_shown)"
)
_PLACES = "{child}.minus_points, {child}.reached_at, {child}.person_id"

BOARD = View(
    name="Board",
    prefix="sea",
    source="(select w.* from season w where w.id = {running_season})",
    visible="{me} is not null",
    facts=FACTS,
    fields={
        "name": Column("{row}.name"),
        "nameZh": Column("{row}.name_zh"),
        "startsOn": Column("{row}.starts_on", Kind.DATE),
        "endsOn": Column("{row}.ends_on", Kind.DATE),
        "people": Column("{people_ranked}", Kind.INTEGER),
        "mine": One("Standing", on="{child}.season_id = {row}.id and {child}.person_id = {me}"),
        "top": Many("Standing", on="{child}.season_id = {row}.id and {child}.is_shown", order=_PLACES, limit=TOP_MAX),
        "around": Many(
            "Standing",
            on="{child}.season_id = {row}.id and {child}.person_id in " + _AROUND_ME,
            order=_PLACES,
            limit=2 * NEIGHBOURS + 1,
        ),
    },
)

STANDING = View(
    name="Standing",
    prefix="std",
    # Of one season, so that a person's id tells the rows apart. It is no field: it would name who is not named.
    source="(select s.*, s.person_id as id from standing s where s.season_id = {running_season})",
    visible="({me} is not null and ({row}.is_shown or {row}.person_id = {me}))",
    facts=FACTS,
    fields={
        "points": Column("{row}.points", Kind.INTEGER),
        "rank": Column(f"case when {{row}}.is_shown then {RANK} end", Kind.INTEGER),
        "you": Column("({row}.person_id = {me})", Kind.BOOLEAN),
        "person": One("Person", on="{child}.id = {row}.person_id"),
    },
    masks={"person": NAMED},
)

VIEWS = (BOARD, STANDING)

EXTENSIONS: Extensions = {
    "Viewer": {
        "inRankings": Column(
            "not exists (select from ranking_absence a where a.tenant_id = {tenant} and a.person_id = {row}.id)",
            Kind.BOOLEAN,
        ),
    },
}

ROOTS: Roots = {"board": One("Board", on="true")}
