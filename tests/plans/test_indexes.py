"""Every edge, filter and text of the views finds its rows by an index, and no index is there for nothing."""

from collections.abc import Sequence
from pathlib import Path

import asyncpg
import pytest

from api.reading import catalogue
from tests.plans import needs
from tests.plans.needs import Index, Need

ROOT = Path(__file__).parents[2]
CATALOGUE = catalogue.gather()
INDEXES = """
select c.relname::text, t.relname::text, i.indisunique, coalesce(pg_get_expr(i.indpred, i.indrelid), ''),
  array(select trim(both '"' from pg_get_indexdef(i.indexrelid, at, false)) from generate_series(1, i.indnkeyatts) at)
from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
where t.relnamespace = 'public'::regnamespace and t.relname not like 'tortoise%'
"""
SORTED = {
    "Person.objectives NEWEST": "a person has some dozens of objectives in all",
    "Person.objectives UPDATED": "the same",
    "Person.objectives TITLE": "the same",
    "Unit.objectives UPDATED": "those of one unit are sorted; the usual order, the newest first, is in the index",
    "Unit.objectives TITLE": "the same",
    "Unit.children CODE": "a unit has few units",
    "Strategy.themes": "a map has some twenty themes at most, and all parts of a map are read together",
    "Strategy.longTermGoals": "the same",
    "Strategy.strategicObjectives": "the same",
    "Strategy.causalLinks": "the same",
    "CascadeHealth.unsupported POSITION": "a map has at most a hundred strategic objectives",
    "StrategicObjective.followsFrom": "a strategic objective follows from few others",
    "Query.companyValues NAME": "a group has a dozen values, and some that are retired",
    "Query.perspectives POSITION": "a group has a dozen perspectives at most",
    "Query.strategies NEWEST": "few units have a strategy of their own",
}
"""Edges whose rows are found by an index and then sorted, and why that may be."""
WALKED = {
    "Query.cascade(depth)": "an objective has seven of them",
    "Query.cascadeHealth(unit)": "its row is made of a unit and a cycle, each found by its id",
    "Query.cascadeHealth(cycle)": "the same",
    "Query.companyValues(retired)": "a group has a dozen values, and some that are retired",
    "Query.people(search)": "what is searched stands inside of names; the page is walked in their order",
    "Query.people(unit)": "the employments of the unit lead to its people",
    "Query.units(kind)": "a group has few units",
    "Query.interlocks(filter.status)": "no status is rare; the page is taken from the reach, or walked in its order",
    "Query.interlocks(filter.cycle)": "the same holds of a cycle",
    "Query.interlocks(filter.waitsForMe)": "what waits for the actor is in their reach",
    "Query.objectives(filter.state)": "no state is rare; the page is taken from the reach, or walked in its order",
    "Query.objectives(filter.cycle)": "the same holds of a cycle",
    "Query.exemptions(state)": "exemptions are few; the page is walked in its order",
    "Query.scorecards(filter.state)": "no state is rare; the page is taken from the reach, or walked in its order",
    "Query.scorecards(filter.cycle)": "the same holds of a cycle",
    "Query.checkIns(filter.serving)": "its strands are found by the objective",
    "Query.checkIns(filter.line)": "its strands are found by the author",
    "Query.assumptions(kind)": "a group takes some dozens of things for granted; the page is walked in its order",
    "Query.assumptions(broken)": "the same",
    "Query.revisions(open)": "what is open was raised lately; the page is walked from the newest on",
    "Query.objectives(filter.mine)": "its truth value stands in the statement, where the owner's index is found",
}
"""Filters that no index answers by itself, and why that may be."""
STATEMENTS = {
    "time_off_person": ("domain/progress/service_time.py", "tenant_id = $1 and person_id = $2"),
    "ledger_entry_from": ("domain/progress/service_ledger.py", "tenant_id = $1 and {side} = $2"),
    "ledger_entry_to": ("domain/progress/service_ledger.py", 'side="to_id"'),
    "point_entry_person": ("domain/progress/service_awards.py", "e.person_id = any($2::uuid[])"),
    "alignment_sliced": ("domain/migrations/sql/0010_alignments.sql", "a.parent_key_result_id = b.child_key_result_id"),
    "approval_decider": ("domain/objectives/views.py", "a.decided_by_id = {{me}}"),
    "delivery_device": ("domain/inbox/service.py", "device_id=device_id, state=DeliveryState.QUEUED"),
    "delivery_due": ("domain/kernel/claims.py", "order by run_at, {queue.key[0]} limit {limit}"),
    "delivery_parked": ("notifications/deliveries.py", "parked_at is not null and expires_at <= $2"),
    "feedback_word_message": (
        "domain/feedback/service_words.py",
        "delete from feedback_word where tenant_id = $1 and message_id = $2",
    ),
    "feedback_request_due": ("domain/feedback/service_requests.py", 'due.order_by("due_on", "id")'),
    "exceed_test_previous": ("domain/migrations/sql/0015_ratchets.sql", "foreign key (tenant_id, previous_id)"),
    "key_result_continues": ("domain/migrations/sql/0015_ratchets.sql", "foreign key (tenant_id, continues_id)"),
    "target_exemption_previous": ("domain/migrations/sql/0015_ratchets.sql", "foreign key (tenant_id, previous_id)"),
    "device_person": ("domain/inbox/service.py", "person_id=notice.person_id, dead_at=None"),
    "employment_unit": ("domain/people/views.py", "and e.unit_id = {row}.id"),
    "inbox_item_subject": ("domain/inbox/service.py", "subject_id=subject_id, kind=kind, state=InboxState.OPEN"),
    "journal_unread_due": ("domain/kernel/claims.py", "order by run_at, {queue.key[0]} limit {limit}"),
    "key_result_measure": ("domain/objectives/service_actuals.py", "on v.measure_id = k.measure_id"),
    "measure_input_use": (
        "domain/scorecards/service_calculating.py",
        "join measure_input i on i.tenant_id = $1 and i.input_id = b.id",
    ),
    "receipt_age": ("domain/kernel/work.py", "delete from receipt where tenant_id = $1 and at < $2"),
    "reporting_closure_up": ("domain/people/service_closure.py", "c.{below} = a.id"),
    "scorecard_item_measure": ("domain/scorecards/cards/service_touched.py", "i.measure_id = m.id group by 1"),
    "scorecard_item_objective": ("domain/scorecards/cards/service_touched.py", "i.objective_id = a.id"),
    "scorecard_item_of": ("domain/scorecards/cards/service_touched.py", "i.of_scorecard_id = u.id"),
    "scorecard_item_serves": (
        "domain/scorecards/cards/service_content.py",
        "delete from scorecard_item {of_card} and id <> all($3)",
    ),
}
"""Indexes that no view asks for, with the file and the words of a statement that does."""
OF_ALL_TENANTS = {"delivery_due", "journal_unread_due", "login_pkey", "tenant_pkey", "tenant_slug_key"}
"""What is asked before a tenant is known."""


@pytest.fixture(scope="module")
async def indexes(database_url: str) -> Sequence[Index]:
    connection = await asyncpg.connect(database_url)
    rows = await connection.fetch(INDEXES)
    await connection.close()
    return [
        Index(
            name=name,
            table=table,
            columns=tuple(columns) if name in OF_ALL_TENANTS else tuple(columns[1:]),
            where=where,
            is_unique=is_unique,
        )
        for name, table, is_unique, where, columns in rows
    ]


def best(indexes: Sequence[Index], need: Need) -> Index | None:
    """The index that serves it best; of equal ones that which is there anyway, and the shortest."""
    found = max(indexes, key=lambda one: (one.serves(need), one.is_unique, -len(one.columns)))
    return found if found.serves(need) > (0, 0) else None


def unordered(indexes: Sequence[Index], need: Need) -> bool:
    """Whether its rows are found by all columns, but not read in their order. The last columns only break ties."""
    found, ordered = max(one.serves(need) for one in indexes)
    return found == len(need.equal) and not ordered and bool(need.order)


async def test_the_tenant_stands_first_in_every_index(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    rows = await connection.fetch(INDEXES)
    await connection.close()

    assert {name for name, *_, columns in rows if columns[0] != "tenant_id"} == OF_ALL_TENANTS


def test_every_edge_is_found_by_an_index(indexes: Sequence[Index]) -> None:
    edges = list(needs.of_edges(CATALOGUE))

    assert len(edges) > 50
    assert [one for one in edges if max(index.serves(one)[0] for index in indexes) < len(one.equal)] == []


def test_every_edge_is_read_in_its_order_or_says_why_not(indexes: Sequence[Index]) -> None:
    assert {one.by for one in needs.of_edges(CATALOGUE) if unordered(indexes, one)} == set(SORTED)


def test_every_filter_is_answered_by_an_index_or_says_why_not(indexes: Sequence[Index]) -> None:
    assert {one.by for one in needs.of_filters(CATALOGUE) if best(indexes, one) is None} == set(WALKED)


def test_every_strand_is_read_in_its_order_by_an_index(indexes: Sequence[Index]) -> None:
    strands = list(needs.of_strands(CATALOGUE))

    assert {one.by for one in strands} >= {"Query.checkIns(filter.line) in strands"}
    assert [one for one in strands if max(index.serves(one) for index in indexes) < (1, len(one.order))] == []


def test_every_lookup_in_a_text_is_answered_by_an_index(indexes: Sequence[Index]) -> None:
    lookups = list(needs.of_texts(CATALOGUE))

    assert {one.by for one in lookups} >= {"the fact units_at_work", "who sees Objective", "the reach of Objective"}
    assert [one for one in lookups if best(indexes, one) is None] == []


def test_no_index_is_there_for_nothing(indexes: Sequence[Index]) -> None:
    wanted = [
        *needs.of_edges(CATALOGUE),
        *needs.of_filters(CATALOGUE),
        *needs.of_strands(CATALOGUE),
        *needs.of_texts(CATALOGUE),
    ]
    used = {found.name for found in (best(indexes, one) for one in wanted) if found}

    assert {one.name for one in indexes if not one.is_unique} - used == set(STATEMENTS)


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_statement_that_needs_an_index_is_still_there(name: str) -> None:
    path, words = STATEMENTS[name]

    assert words in " ".join((ROOT / path).read_text(encoding="utf-8").split())


def test_alternatives_of_a_condition_are_taken_apart() -> None:
    either = "({child}.from_id = {row}.id or {child}.to_id = {row}.id) and {today} < {child}.valid_to"

    assert needs.alternatives(either) == [frozenset({"from_id"}), frozenset({"to_id"})]
    assert needs.alternatives("true") == [frozenset()]


@pytest.mark.parametrize(
    ("columns", "served"),
    [
        ("a b at id", (2, 2)),
        ("b a at", (2, 1)),
        ("a b", (2, 0)),
        ("a at b", (1, 0)),
        ("at a b", (0, 0)),
    ],
)
def test_an_index_serves_by_its_first_columns(columns: str, served: tuple[int, int]) -> None:
    need = Need("", "t", frozenset({"a", "b"}), ("at", "id"), "")

    assert Index("i", "t", tuple(columns.split()), "", is_unique=False).serves(need) == served


def test_one_row_is_in_every_order() -> None:
    need = Need("", "t", frozenset({"a", "b"}), ("at", "id"), "")

    assert Index("i", "t", ("a", "b"), "", is_unique=True).serves(need) == (2, 2)


def test_an_index_of_some_rows_serves_who_asks_for_those() -> None:
    index = Index("i", "t", ("a",), "(ended_at IS NULL)", is_unique=False)
    of_all, of_some = (Need("", "t", frozenset({"a"}), (), text) for text in ("a = 1", "a = 1 and ended_at is null"))

    assert (index.serves(of_all), index.serves(of_some)) == ((0, 0), (1, 0))
