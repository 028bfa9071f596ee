"""The demo group, built by its command, signed in to, and fed by a partner with the real figures of one airline."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import httpx
import pytest

from api.demo import figures
from api.demo.logins import LOGINS
from domain.scorecards.scoring import replays
from tests.conftest import Cluster, clone, complete
from tests.journeys import airline_by_hand, year_by_hand
from tests.journeys.demo_facts import FACTS
from tests.journeys.demonstration import (
    CARD,
    CASCADE,
    HOME,
    PROMISES,
    SIGHT,
    Answer,
    Demo,
    Row,
    count,
    health,
    is_ready,
    items,
    jetblue,
    killed,
    measured,
    of,
    push,
    refuses_what_is_wrong,
    run,
    slices,
)
from tests.running import free_port, process, until

pytestmark = pytest.mark.timeout(400)


@pytest.fixture(scope="module")
def demo(
    cluster: Cluster, template: str, redis_url: str, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demo]:
    database_url = complete(clone(cluster, template, f"demo_{worker_id}"))
    home, port = tmp_path_factory.mktemp("demo"), free_port()
    environment = dict(os.environ) | {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "CATCHBALL_HOME": str(home),
        "CATCHBALL_PORT": str(port),
    }
    killed(environment)
    tables = ("tenant", "unit", "person", "objective", "journal", "login")
    left = {name: complete(count(database_url, f"select count(*) from {name}")) for name in tables}
    said = run(environment, "demo")
    url = f"http://localhost:{port}"
    with process("web", environment, Path(home) / "web.log"), httpx.Client(timeout=30) as http:
        until(lambda: is_ready(url), "the web process is ready")
        yield Demo(url, http, database_url, environment, left, said)


def test_a_killed_build_leaves_an_empty_tenant_that_the_next_one_fills(demo: Demo) -> None:
    nothing = dict.fromkeys(("unit", "person", "objective", "journal", "login"), 0)
    assert demo.left_by_the_killed == {"tenant": 1} | nothing
    assert demo.count("select count(*) from tenant") == 1
    assert demo.count("select count(*) from person") == 240
    assert demo.count("select count(*) from login") == 240


def test_a_second_build_finds_it_there(demo: Demo) -> None:
    entries = demo.count("select count(*) from journal")

    said = run(demo.environment, "demo", "--quietly")

    assert said == "The demo group is there already\n"
    assert demo.count("select count(*) from journal") == entries


def test_it_says_how_to_sign_in_and_everybody_named_can(demo: Demo) -> None:
    for login, password, who in LOGINS:
        assert f"{login:<24}{password:<16}{who}" in demo.said

    names = [
        of(demo.sign_in(login).ask("{ viewer { person { name } } }"), "viewer", "person") for login, _, _ in LOGINS
    ]

    assert [str(name["name"]) for name in names] == [
        "Lin Mei",
        "Daniel Okoye",
        "Zhao Hao",
        "Marcus Hale",
        "Grace Adeyemi",
        "Wen Jing",
        "Elena Fischer",
        "Ole Berg",
    ]


def test_the_group_is_diverse_and_four_levels_deep(demo: Demo) -> None:
    assert demo.count("select count(distinct kind) from unit") == 4
    assert demo.count("select count(distinct form) from unit_term") == 5
    assert demo.count("select max(depth) from unit_closure") == 3
    assert demo.count("select count(*) from person where name_zh is not null") == 138
    assert demo.count("select count(*) from reporting_line where kind = 'DOTTED'") == 12
    assert demo.count("select count(*) from employment where share < 100 and valid_to = 'infinity'") == 18
    assert demo.count("select count(distinct person_id) from role_grant where role = 'HR_PARTNER'") == 5


def test_two_cycles_are_over_and_one_runs_beside_the_public_record(demo: Demo) -> None:
    assert demo.count("select count(*) from cycle where closed_at is not null") == 2
    assert demo.count("select count(*) from cycle where closed_at is null") == 2
    assert demo.count("select count(distinct kind) from key_result") == 4
    assert demo.count("select count(distinct state) from objective") == 7
    unread = "journal_unread u join journal j using (tenant_id, id) where j.kind <> 'SignedIn'"
    assert demo.count(f"select count(*) from {unread}") == 0
    open_promises = "objective o join cycle c on c.id = o.cycle_id where c.closed_at is not null"
    assert demo.count(f"select count(*) from {open_promises} and o.closed_at is null") == 0


def test_what_was_reached_is_carried_up_to_every_parent(demo: Demo) -> None:
    counted = "unnest(c.counted_parents, c.counted_weights) e (parent_id, weight)"
    carried = f"(select coalesce(sum(e.weight), 0) from roll_up c, {counted} where e.parent_id = r.objective_id)"
    assert demo.count(f"select count(*) from roll_up r where denominator <> {carried}") == 0
    parents = "select count(distinct parent_id) from objective where state in ('ACTIVE', 'ACHIEVED', 'MISSED')"
    assert demo.count("select count(*) from roll_up where denominator > 0") == demo.count(parents) > 100


def test_nothing_happened_in_the_future_and_nobody_beyond_full_time(demo: Demo) -> None:
    for column in ("journal.at", "objective.updated_at", "check_in.recorded_at", "inbox_item.created_at"):
        assert demo.count(f"select count(*) from {column.split('.')[0]} where {column} > now()") == 0
    assert demo.count("select max(recorded_at)::date - now()::date from check_in") > -14
    over = "select person_id from employment where valid_to = 'infinity' group by person_id having sum(share) > 100"
    assert demo.count(f"select count(*) from ({over}) o") == 0


def test_the_young_employee_has_a_today_worth_looking_at(demo: Demo) -> None:
    mei = demo.sign_in("mei.lin")

    home = of(mei.ask(HOME), "home")

    goals = cast("list[dict[str, object]]", of(home, "objectives")["nodes"])
    assert [(goal["title"], goal["state"], goal["weight"]) for goal in goals] == [
        ("Coach one newcomer to independence", "INFORMATION_REQUESTED", 20),
        ("Write answers that guests find by themselves", "ACTIVE", 25),
        ("Solve returns in one message", "ACTIVE", 45),
        ("Learn to read our figures myself", "DRAFT", 10),
    ]
    assert all(goal["parent"] for goal in goals)
    results = cast("list[Answer]", goals[2]["keyResults"])
    assert min(len(cast("list[object]", of(one, "checkIns")["nodes"])) for one in results) >= 12
    kinds = ("INFORMATION_REQUESTED", "RECALL_ASKED", "INTERLOCK_DELIVERED", "OBJECTIVE_APPROVED")
    assert home["inbox"] == {"nodes": [{"kind": kind} for kind in kinds]}
    assert (home["unreadCount"], home["openApprovalCount"]) == (4, 0)


def test_what_she_did_stands_on_the_board_of_the_season_and_in_her_ledger(demo: Demo) -> None:
    mei = demo.sign_in("mei.lin")

    board = of(mei.ask("{ board { people mine { points rank } top { points rank you person { name } } } }"), "board")

    ranks = demo.count("select count(*) from standing where is_shown")
    earned = """select 10 * count(distinct (c.recorded_at at time zone 'Asia/Shanghai')::date) + 15 * (
                  select count(*) from recall_answer a where a.person_id = p.id and a.answered_at > min(s.starts_on))
                from season s, check_in c join person p on p.id = c.author_id
                where p.name = 'Lin Mei' and c.recorded_at > s.starts_on group by p.id"""
    assert (board["people"], of(board, "mine")["points"]) == (ranks, demo.count(earned))
    top = cast("list[Answer]", board["top"])
    assert len(top) == 20
    assert all(one["person"] for one in top)
    assert [one["points"] for one in top] == sorted((one["points"] for one in top), reverse=True)  # type: ignore[type-var]
    wrong = """select count(*) from standing s where s.points <> (select balance from ledger_account a
               where a.holder_id = s.person_id and a.currency = 'EXPERIENCE')"""
    assert (demo.count(wrong), demo.count("select sum(balance)::integer from ledger_account")) == (0, 0)


def test_four_approvals_wait_for_her_manager_and_one_shows_what_changed(demo: Demo) -> None:
    daniel = demo.sign_in("daniel.okoye")

    found = daniel.ask(
        "{ home { openApprovalCount } approvals { nodes { state requestedBy { nameZh } changes { field before } } } }"
    )

    waiting = cast("list[Answer]", of(found, "approvals")["nodes"])
    assert of(found, "home")["openApprovalCount"] == 4
    assert {one["state"] for one in waiting} == {"OPEN"}
    edited = [one for one in waiting if all(change["before"] for change in cast("list[Answer]", one["changes"]))]
    assert [[change["field"] for change in cast("list[Answer]", one["changes"])] for one in edited] == [
        ["keyResult.target"]
    ]


def test_goals_are_cascaded_from_the_group_to_the_person(demo: Demo) -> None:
    depth = demo.count(
        """with recursive line as (
             select o.id, o.parent_id, 1 depth from objective o join person p on p.id = o.owner_id
             where p.name = 'Lin Mei' and o.state = 'ACTIVE'
             union all select o.id, o.parent_id, l.depth + 1 from line l join objective o on o.id = l.parent_id)
           select max(depth) from line"""
    )

    assert depth == 5


def test_the_young_employee_sees_the_way_from_her_goal_to_the_mission_of_the_group(demo: Demo) -> None:
    mei = demo.sign_in("mei.lin")
    goals = cast("list[Answer]", of(mei.ask("{ home { objectives(first: 6) { nodes { id title } } } }"), "home",
                                    "objectives")["nodes"])  # fmt: skip
    returns = next(one for one in goals if one["title"] == "Solve returns in one message")

    sight = of(mei.ask(SIGHT, id=returns["id"]), "lineOfSight")

    steps = cast("list[Answer]", sight["steps"])
    assert [one["level"] for one in steps] == [0, 1, 2, 3]
    assert (steps[0]["ownerName"], steps[-1]["title"]) == (
        "Lin Mei",
        "Win the neighbourhood, online and around the corner",
    )
    top = of(sight, "strategicObjective")
    assert (top["code"], top["titleZh"]) == ("C1", "让客户主动推荐我们")
    assert of(top, "theme")["name"] == "Grow with our customers"
    assert of(top, "longTermGoal")["code"] == "NPS"
    assert of(top, "strategy")["missionZh"] == "让人们每天依赖的事情都可靠。"
    assert str(of(top, "intent")["willNotDo"]).startswith("We do not pay for praise")


def test_twelve_months_of_the_airline_are_what_a_hand_computes_from_the_record(demo: Demo) -> None:
    sql = """select string_agg(u.code || ' ' || round(s.value, 2), ', ' order by u.code)
             from score s join scorecard k on k.id = s.scorecard_id join unit u on u.id = k.unit_id
             where s.period = '2013-{:02}-01'"""

    for month in range(1, 13):
        by_hand = airline_by_hand.scores(month)
        assert str(demo.count(sql.format(month))) == ", ".join(f"{unit} {by_hand[unit]}" for unit in sorted(by_hand))


def test_the_targets_of_2013_come_down_to_the_airports_and_add_up(demo: Demo) -> None:
    head = demo.sign_in("guoqiang.zhao")
    own = of(head.ask(PROMISES), "viewer", "person", "objectives")["nodes"]
    top = next(one["id"] for one in cast("list[Answer]", own) if one["title"] == "纽约全年运力与准点")

    graph = of(head.ask(CASCADE, root=top), "cascade", "graph")

    nodes = cast("list[Answer]", graph["nodes"])
    assert [[one["depth"] for one in nodes].count(depth) for depth in range(4)] == [1, 8, 22, 0]
    assert (nodes[0]["assigned"], [one["share"] for one in nodes]) == ("100", ["100"] * 31)
    assert slices(graph) == year_by_hand.slices()
    sql = """select string_agg(m.code || ' ' || k.current || ' ' || o.weight, ', ' order by m.code collate "C")
             from key_result k join objective o on o.id = k.objective_id join measure m on m.id = k.measure_id
             where m.code ~ '^NY_.*(FLOWN|MILES)$'"""
    assert str(demo.count(sql)) == year_by_hand.reached_without("NY_AA_EWR", "NY_EV_JFK")


@pytest.mark.parametrize("fact", FACTS)
def test_the_demo_tells_that(demo: Demo, fact: str) -> None:
    question, answer = FACTS[fact]

    assert demo.count(question) == answer


def test_the_health_of_the_groups_cascade_is_known_part_by_part(demo: Demo) -> None:
    parts = health(demo.sign_in("jing.wen"), "Haiyue Group")

    # Nothing was promised within one unit; all else has a figure, and some intents are held from the top to a team.
    assert {kind for kind, value in parts.items() if value.is_nan()} == {"PROMISES_INSIDE"}
    assert parts["CARRIED"] <= parts["ASSIGNED"]
    assert 0 < parts["INTENT_FIDELITY"] < 5


def test_all_scores_scored_anew_are_what_is_kept(demo: Demo) -> None:
    assert "76 scored anew: as kept" in run(demo.environment, "prove")


def test_whoever_is_named_sees_their_own_scorecard_with_a_score(demo: Demo) -> None:
    for login, _, _ in LOGINS:
        card = of(demo.sign_in(login).ask(CARD), "home", "scorecard")

        assert of(card, "score")["status"] == "SCORED"
        kinds = [one["kind"] for one in cast("list[Answer]", card["items"])]
        assert 3 <= kinds.count("MEASURE") <= 7
        assert kinds.count("OBJECTIVE") == 1


def test_a_closed_month_of_the_young_employee_comes_out_the_same_bytes(demo: Demo) -> None:
    months = """closed_score z join scorecard k on k.id = z.scorecard_id join person p on p.id = k.person_id
                where p.name = 'Lin Mei' and z.period = k.closed_through"""
    inputs, outcome = (str(demo.count(f"select z.{one} from {months}")) for one in ("inputs", "outcome"))

    assert replays.score_bytes(replays.replayed(inputs.encode())).decode() == outcome


def test_companies_are_managed_differently_and_one_is_out_of_step(demo: Demo) -> None:
    office = demo.sign_in("jing.wen")

    found = of(
        office.ask("{ modes(first: 100) { nodes { unit { code } fit { value style deviations { reason } } } } }"),
        "modes",
    )

    fits = {str(of(one, "unit")["code"]): of(one, "fit") for one in cast("list[Answer]", found["nodes"])}
    assert {fits[code]["style"] for code in ("AIR", "MFG", "RET", "TEC")} == {
        "STRATEGIC_CONTROL",
        "OPERATING_CONTROL",
        "FINANCIAL_CONTROL",
    }
    reasons = {code: [one["reason"] for one in cast("list[Answer]", fits[code]["deviations"])] for code in fits}
    assert (fits["MFG"]["value"], fits["TEC"]["value"]) == ("1", "0.4")
    assert reasons["TEC"] == [None, None, None]
    assert [one is not None for one in reasons["AIR"]] == [True]


def test_an_administrator_sees_nobodys_goals(demo: Demo) -> None:
    ole = demo.sign_in("ole.berg")

    found = ole.ask("{ objectives(first: 100) { nodes { audience owner { name } } } }")

    nodes = cast("list[dict[str, object]]", of(found, "objectives")["nodes"])
    assert {str(one["audience"]) for one in nodes if of(one, "owner")["name"] != "Ole Berg"} <= {"GROUP", "UNIT"}


def test_a_partner_pushes_a_year_of_real_figures_and_the_promise_moves(demo: Demo) -> None:
    marcus, partner = demo.sign_in("marcus.hale"), demo.partner("actuals:write")
    record = figures.read()
    year = items([figure for month in range(1, 13) for figure in record.of("B6", month)])
    assert jetblue(marcus)["progress"] == "0"

    first = push(partner, year[:36], key="first half")
    summer = jetblue(marcus)
    again = push(partner, year[:36], key="first half")
    rest = push(partner, year[36:], key="second half")

    assert (first["recorded"], first["refused"], rest["recorded"], rest["refused"]) == (36, 0, 36, 0)
    assert again == first
    assert measured(summer) == ["67.23", "1.08", "18.54", "4622"]
    december = jetblue(marcus)
    assert measured(december) == ["59.69", "1.5", "19.5", "4741"]
    assert [one["progress"] for one in cast("list[Answer]", december["keyResults"])] == [
        "15.63",
        "92.86",
        "35",
        "100",
    ]
    assert december["progress"] == "51.82"
    refuses_what_is_wrong(demo, partner, marcus, year)


def test_a_good_row_is_recorded_between_bad_ones_and_read_back(demo: Demo) -> None:
    partner = demo.partner("actuals:write")
    good = {"measure": "B6_ON_TIME", "period": "2011-03-01", "value": "77.5", "unitOfMeasure": "%"}

    answer = push(partner, [good | {"unitOfMeasure": ""}, good, good])

    results = cast("list[Answer]", answer["results"])
    assert [one["problem"] and of(one, "problem")["code"] for one in results] == [
        "unit_mismatch",
        None,
        "duplicate_in_request",
    ]
    recorded = of(results[1], "actual")
    assert recorded | {"id": None} == {
        "id": None,
        "period": "2011-03-01",
        "value": "77.5",
        "measure": {"code": "B6_ON_TIME"},
    }


def test_refusals_of_whole_requests_are_data(demo: Demo) -> None:
    reader, partner, mei = demo.partner("measures:read"), demo.partner("actuals:write"), demo.sign_in("mei.lin")
    row = {"measure": "B6_ON_TIME", "period": "2010-01-01", "value": "70", "unitOfMeasure": "%"}

    refused = [push(client, [row]) for client in (reader, mei)]
    empty = push(partner, [])
    push(partner, [row], key="one")
    reused = push(partner, [row | {"value": "71"}], key="one")

    assert [one["code"] for one in refused] == ["not_permitted", "not_permitted"]
    assert (empty["__typename"], empty["field"]) == ("InvalidInput", "items")
    assert reused["__typename"] == "KeyReused"


def test_a_thousand_rows_come_in_one_request(demo: Demo) -> None:
    partner = demo.partner("actuals:write")
    rows: Sequence[Row] = [
        {"measure": f"{subject}_FLIGHTS", "period": f"{year}-{month:02}-01", "value": "9", "unitOfMeasure": "flights"}
        for year in range(1950, 1960)
        for month in range(1, 13)
        for subject in ("AA", "AS", "DL", "EV", "F9", "FL", "HA", "MQ", "UA")
    ][:1000]

    answer = push(partner, rows)

    assert (answer["recorded"], answer["refused"]) == (1000, 0)
    assert all(one["actual"] for one in cast("list[Answer]", answer["results"]))
